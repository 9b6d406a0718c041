//! Following: where an application stands, and what the learner can do about it.

#[cfg(feature = "ssr")]
mod dates;
mod island;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod priority;
#[cfg(feature = "ssr")]
mod read;
#[cfg(feature = "ssr")]
mod status;
#[cfg(feature = "ssr")]
mod suggestions;
#[cfg(all(test, feature = "ssr"))]
mod tests;
#[cfg(feature = "ssr")]
mod waiting;

use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub use dates::NewDatesPage;
pub use island::StatusTracker;
#[cfg(feature = "ssr")]
pub use pages::{ApplicationPage, ApplicationsPage, WithdrawPage};
#[cfg(feature = "ssr")]
pub(crate) use read::read;
#[cfg(feature = "ssr")]
pub(crate) use status::update;

/// Where an application stands, as the island puts it into the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusUpdate {
    /// Differs whenever anything else here does.
    pub stamp: String,
    /// Where it stands, whose turn it is: for people who do not see it change.
    pub said: String,
    /// Whether it can be taken back.
    pub can_withdraw: bool,
    /// The part of the page that changes.
    pub html: String,
}

/// The ids by which the island finds the parts of the page that the server wrote.
pub(crate) mod ids {
    /// The box around what changes.
    pub const STATUS: &str = "status";
    /// On [`STATUS`]: the stamp of what it shows.
    pub const STAMP: &str = "data-stamp";
    /// On [`STATUS`]: the application's reference.
    pub const REFERENCE: &str = "data-reference";
    /// The sentence that says where it stands.
    pub const STANDS: &str = "stands";
    /// Where a change is said to people who do not see it.
    pub const NEWS: &str = "status-news";
    /// Where a broken line is said.
    pub const PROBLEM: &str = "status-problem";
}
