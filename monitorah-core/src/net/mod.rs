//! The only room that opens sockets to addresses that a user chose (I6).
