//! Applying and following: the form, where an application stands, and a parent or carer's consent.

mod api;
#[cfg(feature = "ssr")]
mod calendar;
#[cfg(feature = "ssr")]
mod consent;
mod consent_api;
mod form;
mod tracker;

pub use api::*;
pub use consent_api::*;
pub use form::{QuestionForm, QuestionUpdate, SchoolsUpdate, StepOutcome};
pub use tracker::{StatusTracker, StatusUpdate};

/// The pages, which exist on the server only.
#[cfg(feature = "ssr")]
pub mod pages {
    pub use crate::consent::{ConsentPage, PrivatePage, QuestionPage, WithdrawConsentPage};
    pub use crate::form::{ApplyPage, CheckPage, SentPage};
    pub use crate::tracker::{ApplicationPage, ApplicationsPage, WithdrawPage};
}
