//! `wex`: see `wex --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::run()
}
