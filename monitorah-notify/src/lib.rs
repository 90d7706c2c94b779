//! Part of Monitorah.
