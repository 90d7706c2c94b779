//! `monitorah`: the server and its commands in one binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    monitorah_server::cli::main()
}
