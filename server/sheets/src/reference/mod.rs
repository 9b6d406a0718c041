//! Official lists, in the layouts in which their publishers give them out: NHS trusts (ODS), schools
//! (GIAS), postcodes and their districts, and areas (ONS, NHS England).
//!
//! Each reader gives typed rows, and a refusal for every line that it could not take.

mod areas;
mod grid;
mod names;
mod places;
mod postcodes;
mod schools;
mod table;
mod trusts;

pub use self::areas::{Area, AreaCode, AreaReading, AuthorityRegion, IcbMember, Region, areas};
pub use names::readable_name;
pub use places::{Place, places};
pub use postcodes::{Centre, Level, PlaceFiles, Places};
pub use schools::{School, schools};
pub use trusts::{Trust, trusts};

use serde::Serialize;

use crate::report::{Refusal, Report};

/// Something about one cell that was decided or left out; the row itself was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellNote {
    /// The line of the file.
    pub line: u32,
    /// The column's heading, or its number where the layout has none.
    pub column: String,
    /// The cell as written.
    pub value: String,
    /// What became of it, in words.
    pub understood_as: String,
}

/// A list as read.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reading<T> {
    /// How many rows stand in it.
    pub read: usize,
    /// The rows that were taken.
    pub rows: Vec<T>,
    /// The lines that were not, one reason each.
    pub refused: Vec<Refusal>,
    /// What was decided about single cells of rows that were taken.
    pub notes: Vec<CellNote>,
}

impl<T> Default for Reading<T> {
    fn default() -> Self {
        Self { read: 0, rows: Vec::new(), refused: Vec::new(), notes: Vec::new() }
    }
}

impl<T> Reading<T> {
    /// The counts, as if every row were new.
    pub fn report(&self) -> Report {
        Report {
            read: self.read,
            taken: self.rows.len(),
            unchanged: 0,
            refused: self.refused.clone(),
            remarks: Vec::new(),
        }
    }

    fn refuse(&mut self, line: u32, column: &str, value: &str, reason: impl Into<String>, mend: &str) {
        self.refused.push(Refusal {
            line,
            column: column.to_owned(),
            value: value.to_owned(),
            reason: reason.into(),
            mend: mend.to_owned(),
            file: None,
        });
    }

    fn note(&mut self, line: u32, column: &str, value: &str, understood_as: &str) {
        self.notes.push(CellNote {
            line,
            column: column.to_owned(),
            value: value.to_owned(),
            understood_as: understood_as.to_owned(),
        });
    }
}

/// Why a whole list could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// The file could not be read at all.
    #[error(transparent)]
    Read(#[from] crate::ReadError),
    /// The file is not the list that was expected.
    #[error("This is not {expected}: the heading “{column}” is missing. Choose the publisher’s file as it is.")]
    Layout {
        /// The list, with an article: "a list of schools".
        expected: &'static str,
        /// The heading that was looked for.
        column: &'static str,
    },
    /// The file ended early, or the disk failed.
    #[error("The file cannot be read: {detail}.")]
    Unread {
        /// What the machine says.
        detail: String,
    },
    /// More than every second line is wrong.
    #[error(
        "Most lines of this file are wrong, beginning with line {first}: {reason} Choose the publisher’s file as it is."
    )]
    MostlyWrong {
        /// The first of them.
        first: u32,
        /// What is wrong with it.
        reason: String,
    },
    /// The conversion of the national grid cannot be set up.
    #[error("The national grid cannot be converted to degrees.")]
    Grid,
}
