//! Identifiers. One type each, so that the compiler keeps a session's apart from an application's.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A person who can sign in.
    AccountId,
    /// A provider, school or college.
    OrganisationId,
    /// A department of an organisation.
    DepartmentId,
    /// A place where an opportunity happens.
    SiteId,
    /// Something a provider advertises.
    OpportunityId,
    /// A dated run of an opportunity.
    SessionId,
    /// One learner's application for one session.
    ApplicationId,
    /// One check of one applicant.
    ClearanceId,
    /// One document that was added for a check.
    DocumentId,
    /// One email or text message.
    MessageId,
    /// One uploaded spreadsheet.
    ImportId,
    /// One cancelling of a place, of a session, or of a department's dates.
    CancellationId,
    /// One change of a session's dates.
    DateChangeId,
    /// One time that a learner took what can be taken at any time.
    EnrolmentId,
    /// Something else that was suggested beside an application.
    SuggestionId,
}
