//! Following: where an application stands, and what the learner can do about it.

mod island;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod read;
mod status;
#[cfg(all(test, feature = "ssr"))]
mod tests;

use serde::{Deserialize, Serialize};

pub use island::StatusTracker;
#[cfg(feature = "ssr")]
pub use pages::{ApplicationPage, ApplicationsPage, WithdrawPage};
#[cfg(feature = "ssr")]
pub(crate) use read::read;

use crate::form::Pair;

/// Where a step of the tracker lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mark {
    /// Behind us.
    Done,
    /// Here.
    Now,
    /// Ahead.
    Later,
    /// The way ended here.
    Ended,
}

/// A step of the tracker.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StatusStep {
    /// What it is.
    pub title: String,
    /// When it was done, in words; empty when it was not.
    pub when: String,
    /// A sentence about it; empty when there is nothing to say.
    pub about: String,
    /// Where it lies.
    pub mark: Mark,
}

/// Where an application stands, in words: what the server's page and the island's updates show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The application's reference.
    pub reference: String,
    /// Differs whenever anything else here does.
    pub stamp: String,
    /// Where it stands, in one sentence.
    pub stands: String,
    /// What happens next, by when, and whose turn it is.
    pub next: String,
    /// The last day for an answer to the offer, in words; empty when there is no offer to answer.
    pub answer_by: String,
    /// Whether it is a draft, to go on with.
    pub draft: bool,
    /// Whether it can be taken back.
    pub can_withdraw: bool,
    /// The way from sending to the place.
    pub steps: Vec<StatusStep>,
    /// About the waiting list; empty when not on it.
    pub line: String,
    /// Each check and how far it is.
    pub checks: Vec<Pair>,
    /// About the parent or carer; empty when nobody has to agree.
    pub guardian: String,
    /// Whether the parent or carer can be sent a new link.
    pub can_ask_again: bool,
    /// Other things to do, where it ended without a place: address and words.
    pub others: Vec<Pair>,
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
