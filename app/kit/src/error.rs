//! What a person is told when something cannot be done.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why not, in a form that is safe to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "error", content = "with", rename_all = "snake_case")]
pub enum AppError {
    /// It is not there, or not for this person.
    NotFound,
    /// Somebody has to sign in first.
    SignIn,
    /// A rule says no: one plain sentence.
    Refused(String),
    /// Too many tries; wait so many seconds.
    TooMany(i64),
    /// Something went wrong; the reference is in the log.
    Unexpected(String),
    /// The line to the service is broken: only the browser says this.
    NoConnection,
}

impl AppError {
    /// The sentence for a person.
    #[must_use]
    pub fn in_words(&self) -> String {
        match self {
            Self::NotFound => "We cannot find that. It may have moved, or the link may be incomplete.".into(),
            Self::SignIn => "Sign in to go on. What you wrote is kept.".into(),
            Self::Refused(sentence) => sentence.clone(),
            Self::TooMany(seconds) => format!(
                "That was a lot of tries. Wait {} and try again.",
                if *seconds > 90 { format!("{} minutes", (seconds + 59) / 60) } else { format!("{seconds} seconds") }
            ),
            Self::Unexpected(reference) => format!(
                "Something went wrong on our side. Try again in a minute. If it happens again, tell us this reference: {reference}."
            ),
            Self::NoConnection => {
                "We could not reach the service. Check your connection and try again. What you wrote is still here."
                    .into()
            }
        }
    }
    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::SignIn => 401,
            Self::Refused(_) => 409,
            Self::TooMany(_) => 429,
            Self::Unexpected(_) | Self::NoConnection => 500,
        }
    }
    /// The title of the page that shows it.
    #[must_use]
    pub fn title(&self) -> &'static str {
        match self {
            Self::NotFound => "Page not found",
            Self::SignIn => "Sign in to go on",
            Self::Refused(_) => "That cannot be done",
            Self::TooMany(_) => "Wait a moment",
            Self::Unexpected(_) | Self::NoConnection => "Sorry, there is a problem with the service",
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.in_words())
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // The browser's side of a broken line.
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::NoConnection,
            // A form that does not fit what the server expects: an old page, or not our form.
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::Refused("This page is out of date. Go back, load it again and try once more.".into())
            }
            other => {
                leptos::logging::error!("server function: {other}");
                Self::Unexpected("SF".into())
            }
        }
    }
}

#[cfg(feature = "ssr")]
impl From<services::Error> for AppError {
    fn from(error: services::Error) -> Self {
        match error {
            services::Error::NotFound => Self::NotFound,
            services::Error::SignIn => Self::SignIn,
            services::Error::Refused(sentence) => Self::Refused(sentence),
            services::Error::TooMany(seconds) => Self::TooMany(seconds),
            services::Error::Store(_) | services::Error::Unexpected(_) => {
                Self::Unexpected(super::page::logged(&error.to_string()))
            }
        }
    }
}
