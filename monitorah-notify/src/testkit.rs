//! What tests of channels are written with: a receiver on loopback and a fixed message.
