//! What a use case answers when it cannot do what was asked.

/// Why not.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or not for this person: the two look alike on purpose.
    #[error("not found")]
    NotFound,
    /// Somebody has to sign in first.
    #[error("sign in first")]
    SignIn,
    /// A rule says no: one plain sentence for the person, with what to do.
    #[error("{0}")]
    Refused(String),
    /// Too many tries; how many seconds to wait.
    #[error("too many tries, wait {0} seconds")]
    TooMany(i64),
    /// The store failed. People see a reference, the log has the rest.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Something else that should not happen.
    #[error("unexpected: {0}")]
    Unexpected(String),
}

impl Error {
    /// A rule's no, in words.
    pub fn refused(sentence: impl Into<String>) -> Self {
        Self::Refused(sentence.into())
    }
}

impl From<domain::application::Refused> for Error {
    fn from(refused: domain::application::Refused) -> Self {
        match refused {
            domain::application::Refused::Role => Self::NotFound,
            domain::application::Refused::State(state) => {
                Self::Refused(format!("This application is now {}. Nothing was changed.", state.in_words()))
            }
        }
    }
}

/// The result of every use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;
