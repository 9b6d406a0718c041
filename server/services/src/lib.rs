//! Use cases, named as verbs. Each takes the actor and the clock from a [`Ctx`], asks the policy, opens
//! one transaction, and saves state, event, message and audit together.

pub mod context;
pub mod error;
pub mod time;

pub mod advise;
pub mod applications;
pub mod attendance;
pub mod audit;
mod calendar_file;
pub mod cancelling;
pub mod certificates;
pub mod clearances;
pub mod demo;
pub mod demonstration;
pub mod discover;
pub mod documents;
pub mod enrolments;
pub mod feedback;
pub mod identity;
pub mod import;
pub mod mail;
pub mod messages;
pub mod new_dates;
pub mod open_data;
pub mod opportunities;
pub mod own_data;
pub mod policy;
pub mod priority;
pub mod record;
pub mod reference;
pub mod saved;
pub mod sessions;
pub mod suggesting;
pub mod testing;
pub mod tick;
pub mod working_days;

pub use context::{Actor, Ctx, Membership, Services, Settings};
pub use error::{Error, Result};

/// Writes an unexpected failure to the log, under the reference that the person sees.
pub fn log_unexpected(reference: &str, what: &str) {
    tracing::error!(reference, what, "unexpected");
}
