//! The binary `wex`: commands, settings, the site over HTTP, logs.

mod cli;
mod commands;
mod config;
mod demo;
mod http;
mod progress;
mod start;
mod telemetry;
mod worker;

pub use cli::run;
pub use http::{Assets, Shared, Web, router};

/// Why a command could not do what it was asked: a sentence for whoever typed it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(String);

impl Failure {
    fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl From<services::Error> for Failure {
    fn from(error: services::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self(error.to_string())
    }
}
