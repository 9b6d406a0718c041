//! All SQL of wex, for SQLite and PostgreSQL from one text.
//!
//! A function here takes an open [`Tx`] and domain types, and returns domain types; row structs stay
//! private to their module. "Not found" is an `Option`, not an error.

#[macro_use]
mod dialect;

pub mod accounts;
pub mod adviser_links;
pub mod applications;
pub mod attendance;
pub mod audit;
pub mod bank_holidays;
pub mod bulk;
pub mod cancellations;
pub mod catalogue;
pub mod certificates;
pub mod clearance_types;
pub mod consents;
pub mod date_changes;
pub mod demonstration;
pub mod documents;
pub mod enrolments;
pub mod exports;
pub mod feedback;
pub mod imports;
pub mod keyed;
pub mod ledger;
pub mod messages;
pub mod opportunities;
pub mod organisations;
pub mod places;
pub mod priority;
pub mod reflections;
pub mod retention;
pub mod saved;
pub mod sessions;
pub mod settings;
pub mod sign_ins;
pub mod suggestions;
pub mod testing;
pub mod typed_forms;
pub mod waiting;

pub use dialect::{Db, Error, SqliteTx, Tx, Writes, commits};

/// The result of every store function.
pub type Result<T, E = Error> = std::result::Result<T, E>;
