//! What differs between the two databases, and the macros that run one SQL text on either.

mod connect;
mod group;

pub use connect::{Db, SqliteTx, Tx, Writes, commits};

/// What can go wrong in the store. None of it is a person's mistake: those are domain answers.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or is not there.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The disk did not take it, or the transaction that it was part of was rolled back.
    #[error("not kept: {0}")]
    NotKept(String),
    /// A migration failed.
    #[error("migration: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// What is stored does not fit the types: a newer or a damaged database.
    #[error("stored {what} {value:?} is not known to this version of wex")]
    Unknown {
        /// Which column.
        what: &'static str,
        /// What it holds.
        value: String,
    },
    /// The address of the database is of neither kind.
    #[error("DATABASE_URL must start with sqlite: or postgres:, but it is {0:?}")]
    Address(String),
    /// JSON of ours that does not read back.
    #[error("stored JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Error {
    /// Whether a unique index refused a second of the same.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(e)) if e.is_unique_violation())
    }
    /// Whether a check refused: such as more places held than there are.
    #[must_use]
    pub fn is_check(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(e)) if e.is_check_violation())
    }
}

/// Runs a statement; how many rows it changed.
macro_rules! exec {
    ($tx:expr, $sql:expr $(, $arg:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(t) => sqlx::query($sql)$(.bind($arg))*.execute(&mut **t).await.map(|r| r.rows_affected()),
            $crate::Tx::Postgres(t) => sqlx::query($sql)$(.bind($arg))*.execute(&mut **t).await.map(|r| r.rows_affected()),
        }
    };
}

/// Reads every row as the given type.
macro_rules! all {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(t) => sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_all(&mut **t).await,
            $crate::Tx::Postgres(t) => sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_all(&mut **t).await,
        }
    };
}

/// Reads one row as the given type, or none.
macro_rules! opt {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(t) => sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_optional(&mut **t).await,
            $crate::Tx::Postgres(t) => sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_optional(&mut **t).await,
        }
    };
}

/// Reads exactly one row as the given type.
macro_rules! one {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        match $tx {
            $crate::Tx::Sqlite(t) => sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_one(&mut **t).await,
            $crate::Tx::Postgres(t) => sqlx::query_as::<_, $row>($sql)$(.bind($arg))*.fetch_one(&mut **t).await,
        }
    };
}

/// A stored word as its domain type.
pub(crate) fn known<T>(what: &'static str, value: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, Error> {
    parse(value).ok_or_else(|| Error::Unknown { what, value: value.to_owned() })
}
