//! Understanding what people write in spreadsheets and forms.
//!
//! Every function here is pure: text (and, for dates, today's date) in; a value with the remarks
//! that a person should see, or a [`Problem`] in plain words, out. None of them can panic, whatever
//! the text.

mod ages;
mod contact;
mod date_words;
mod dates;
mod kinds;
mod particulars;
mod places;
mod text;
mod times;

#[cfg(test)]
mod tests;

pub use ages::{Ages, YOUNGEST, ages, year_group_age};
pub use contact::{POSTCODE_AREAS, email, is_outcode, outcode, postcode, postcode_in};
pub use dates::{Days, date, dates, excel_serial, long_date};
pub use kinds::{delivery, kind, suggest_kind};
pub use particulars::{audiences, nothing_needed, setting};
pub use places::{Places, places};
pub use text::{is_blank, is_not_known, tidy};
pub use times::{Hours, hours, short_time};

use serde::{Deserialize, Serialize};

/// A value that was understood, with what a person should be told about how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken<T> {
    /// The value.
    pub value: T,
    /// Set where something was decided for the writer: “over 16” taken as 16 and over.
    pub note: Option<String>,
}

impl<T> Taken<T> {
    /// A value that says exactly what was written.
    pub const fn plain(value: T) -> Self {
        Self { value, note: None }
    }

    /// A value that the writer should check.
    pub fn noted(value: T, note: impl Into<String>) -> Self {
        Self { value, note: Some(note.into()) }
    }

    /// The same remark about another value.
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Taken<U> {
        Taken { value: with(self.value), note: self.note }
    }
}

/// Why a text could not be taken, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{reason} {mend}")]
pub struct Problem {
    /// One plain sentence: what is wrong.
    pub reason: String,
    /// One plain sentence: what to do.
    pub mend: String,
}

impl Problem {
    /// What is wrong, and what to do about it.
    pub fn new(reason: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { reason: reason.into(), mend: mend.into() }
    }
}
