//! The form: one question a page. The texts are [`domain::form`]'s; what travels between server and
//! browser is only where somebody is, what they wrote, and what needs mending.

#[cfg(feature = "ssr")]
mod data;
mod island;
mod kept;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod question;
#[cfg(all(test, feature = "ssr"))]
mod tests;

use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub(crate) use data::{Pair, StepData};
pub use island::QuestionForm;
#[cfg(feature = "ssr")]
pub use pages::{ApplyPage, CheckPage, SentPage};
#[cfg(feature = "ssr")]
pub(crate) use question::{Words, field_view, question_view, school_list, schools_in_words};

/// A question as the island puts it into the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionUpdate {
    /// Its address.
    pub address: String,
    /// The window's title.
    pub title: String,
    /// The question, as the page has it.
    pub html: String,
}

/// What became of a saved answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepOutcome {
    /// The next question.
    Next(QuestionUpdate),
    /// The same question, with what needs mending.
    Mend(QuestionUpdate),
    /// Every question is answered: the address of "Check your answers".
    Check(String),
}

/// Schools that the typed words may mean, to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolsUpdate {
    /// How many there are, in words; empty when there is nothing to say.
    pub said: String,
    /// The list, as the page has it.
    pub html: String,
}

/// The ids by which the island finds the parts of the page that the server wrote.
pub(crate) mod ids {
    /// The box around the question.
    pub const QUESTION: &str = "question";
    /// On [`QUESTION`]: the address of what it shows.
    pub const ADDRESS: &str = "data-address";
    /// Where a broken line is said.
    pub const PROBLEM: &str = "question-problem";
    /// Where the number of schools and the count of words are said to people who do not see them.
    pub const STATUS: &str = "question-status";
    /// The box around the schools to choose from.
    pub const SCHOOLS: &str = "school-list";
}
