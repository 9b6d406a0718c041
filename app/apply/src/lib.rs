//! Applying and following: the form, where an application stands, and a parent or carer's consent.

#[cfg(feature = "ssr")]
mod act;
mod act_api;
mod api;
#[cfg(feature = "ssr")]
mod attendance;
#[cfg(feature = "ssr")]
mod checks;
#[cfg(feature = "ssr")]
mod consent;
mod consent_api;
#[cfg(feature = "ssr")]
mod documents;
mod form;
#[cfg(feature = "ssr")]
mod joining;
#[cfg(feature = "ssr")]
mod paper;
#[cfg(feature = "ssr")]
pub mod record;
mod tracker;

pub use act_api::*;
pub use api::*;
pub use consent_api::*;
pub use form::{QuestionForm, QuestionUpdate, SchoolsUpdate, StepOutcome};
pub use tracker::{StatusTracker, StatusUpdate};

/// The pages, which exist on the server only.
#[cfg(feature = "ssr")]
pub mod pages {
    pub use crate::act::{ActFormPage, ActPage, AdviserActFormPage, AdviserActPage, WithdrawForPage};
    pub use crate::checks::CheckDetailPage;
    pub use crate::consent::{ConsentPage, CorrectGuardianPage, PrivatePage, QuestionPage, WithdrawConsentPage};
    pub use crate::form::{ApplyPage, CheckPage, SentPage};
    pub use crate::joining::JoiningPage;
    pub use crate::paper::PaperPage;
    pub use crate::record::{CertificatePage, CheckCertificatePage, FeedbackPage, RecordPage};
    pub use crate::tracker::NewDatesPage;
    pub use crate::tracker::{ApplicationPage, ApplicationsPage, WithdrawPage};
}
