//! What an answer must be like, as typed data.
