//! The log, on stderr.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::LogFormat;

/// Begins the log. Called once, by the process.
///
/// # Errors
/// When `level` is not understood, with what was expected.
pub fn begin(format: LogFormat, level: &str) -> Result<(), String> {
    let filter = EnvFilter::try_new(level)
        .map_err(|_| format!("WEX_LOG_LEVEL must be error, warn, info, debug or trace, but it is {level:?}"))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let begun = match format {
        LogFormat::Json => log.json().flatten_event(true).try_init(),
        LogFormat::Plain => log.with_target(false).try_init(),
    };
    begun.map_err(|_| "the log has begun already".to_owned())
}
