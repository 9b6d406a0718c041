//! A provider's list of opportunities: every row understood, or refused with all its problems.

mod particulars;
mod row;
#[cfg(test)]
mod rule_tests;
mod rules;

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime};
use domain::search::{Audience, Setting};
use domain::understand::tidy;
use domain::{Delivery, Kind};
use serde::Serialize;

use crate::cell::{Sheet, SheetRow};
use crate::fields::Field;
use crate::mapping::Mapping;
use crate::report::{Refusal, Report};

/// What is known besides the file.
#[derive(Clone, Debug)]
pub struct Given {
    /// Today in London: dates before it have passed, and it decides missing years.
    pub today: NaiveDate,
    /// The organisation of rows that name none.
    pub organisation: Option<String>,
}

impl Given {
    /// Today, and no organisation for rows that name none.
    pub const fn on(today: NaiveDate) -> Self {
        Self { today, organisation: None }
    }
}

/// Something that was decided for the writer and that the writer should check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The column's heading as written.
    pub column: String,
    /// The cell as written.
    pub value: String,
    /// What it was taken as, in words: “taken as 16 and over”.
    pub understood_as: String,
}

/// A fact that a provider has to add before the opportunity can be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The first day.
    Start,
    /// When a day starts and ends: what was written could not be read.
    Times,
    /// The number of places.
    Places,
    /// The youngest age.
    MinimumAge,
    /// In person or online.
    Delivery,
    /// The site or address, where people come in person.
    Where,
    /// The postcode, where people come in person.
    Postcode,
    /// The contact's address: what was written is none.
    Contact,
}

impl Missing {
    /// What people read: "the number of places".
    pub const fn label(self) -> &'static str {
        match self {
            Self::Start => "the first day",
            Self::Times => "the times of the day",
            Self::Places => "the number of places",
            Self::MinimumAge => "the minimum age",
            Self::Delivery => "in person or online",
            Self::Where => "where it is",
            Self::Postcode => "the postcode",
            Self::Contact => "the contact email",
        }
    }
}

/// A row that was understood. With something in `missing` it can only become a draft.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnderstoodRow {
    /// The row, as [`SheetRow::line`] numbers it.
    pub line: u32,
    /// The provider's own reference.
    pub reference: Option<String>,
    /// The organisation as written, a code or a name; the given one where none is written.
    pub organisation: String,
    /// The department, ward or team.
    pub department: Option<String>,
    /// What it is called; one line.
    pub title: String,
    /// What sort of thing it is.
    pub kind: Kind,
    /// How it is attended; a guess where `missing` names it.
    pub delivery: Delivery,
    /// The first day.
    pub start: Option<NaiveDate>,
    /// The last day; the first one where no other is written.
    pub end: Option<NaiveDate>,
    /// When each day starts, London time.
    pub daily_start: Option<NaiveTime>,
    /// When each day ends.
    pub daily_end: Option<NaiveTime>,
    /// How many people can come, at least 1. `None` without [`Missing::Places`] means no limit: an
    /// online session for which no number is written.
    pub capacity: Option<u32>,
    /// Whether the capacity is for each day.
    pub per_day: bool,
    /// The youngest age on the first day.
    pub min_age: Option<u8>,
    /// The oldest age on the first day.
    pub max_age: Option<u8>,
    /// The last day on which people can apply.
    pub closing: Option<NaiveDate>,
    /// The site or address.
    pub place: Option<String>,
    /// The town: its own column, or the last part of the address.
    pub town: Option<String>,
    /// The postcode, written the usual way.
    pub postcode: Option<String>,
    /// Who can apply, in words.
    pub who_for: Option<String>,
    /// What learners will do; may have several lines.
    pub what_you_will_do: Option<String>,
    /// What to wear.
    pub dress: Option<String>,
    /// The address for questions.
    pub contact_email: Option<String>,
    // What is absent from here on is absent from the row's JSON too: a list without these columns says what it
    // said before there were any, and is known again by its hash.
    /// With patients or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<Setting>,
    /// For whom it is above all; nobody in particular where it is for everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audiences: Option<Vec<Audience>>,
    /// Whether no experience and no grades are needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nothing_needed: Option<bool>,
    /// Buses and stops.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_bus: Option<String>,
    /// What people need to have for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub equipment: Option<String>,
    /// What comes before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps_before: Option<String>,
    /// What usually follows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps_after: Option<String>,
    /// What the writer should check.
    pub notes: Vec<Note>,
    /// What the writer has to add before it can be published.
    pub missing: Vec<Missing>,
}

/// A row that repeats an earlier one in every cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Repeat {
    /// The later row.
    pub line: u32,
    /// The earlier one.
    pub of: u32,
}

/// A whole file: every row read is in exactly one of `rows`, `repeats` and (by line) `problems`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Understood {
    /// How many rows stand below the headings.
    pub read: usize,
    /// The rows that were understood, from the top.
    pub rows: Vec<UnderstoodRow>,
    /// The rows that repeat an understood one.
    pub repeats: Vec<Repeat>,
    /// Every problem of every row that was not understood, from the top.
    pub problems: Vec<Refusal>,
    /// What stands above the headings, a line each.
    pub above: Vec<String>,
}

impl Understood {
    /// The counts, as if every understood row were new. Whoever stores the rows moves those that were
    /// known already to `unchanged`.
    pub fn report(&self) -> Report {
        Report {
            read: self.read,
            taken: self.rows.len(),
            unchanged: self.repeats.len(),
            refused: self.problems.clone(),
            remarks: Vec::new(),
        }
    }
}

/// Understands every row below the headings.
pub fn opportunities(sheet: &Sheet, mapping: &Mapping, given: &Given) -> Understood {
    let mut out = Understood::default();
    let mut same_cells: HashMap<Vec<String>, u32> = HashMap::new();
    let mut same_reference: HashMap<String, u32> = HashMap::new();
    let header = sheet.rows.iter().find(|row| row.line == mapping.header_line).map(cells);
    let form = mapping.looks_like_form_answers && mapping.column(Field::Title).is_none();
    for row in &sheet.rows {
        if row.line < mapping.header_line {
            out.above.push(cells(row).into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" "));
        }
        if row.line <= mapping.header_line || row.is_blank() {
            continue;
        }
        out.read += 1;
        let cells = cells(row);
        if form {
            out.problems.push(refusal(row, mapping, Field::Title, FORM));
            continue;
        }
        if Some(&cells) == header.as_ref() {
            out.problems.push(refusal(row, mapping, Field::Title, HEADING));
            continue;
        }
        if let Some(first) = same_cells.get(&cells) {
            if out.problems.iter().any(|problem| problem.line == *first) {
                let reason = format!("This row repeats line {first}, which was not taken.");
                out.problems.push(refusal(
                    row,
                    mapping,
                    Field::Reference,
                    (&reason, "Mend that line, and remove this one."),
                ));
            } else {
                out.repeats.push(Repeat { line: row.line, of: *first });
            }
            continue;
        }
        same_cells.insert(cells, row.line);
        let reference = tidy(&mapping.cell(row, Field::Reference).text);
        if !reference.is_empty() {
            if let Some(first) = same_reference.get(&reference.to_lowercase()) {
                let reason = format!("Line {first} has the same reference, and says something else.");
                let mend = "Give each opportunity a reference of its own, or remove one of the two rows.";
                out.problems.push(refusal(row, mapping, Field::Reference, (&reason, mend)));
                continue;
            }
            same_reference.insert(reference.to_lowercase(), row.line);
        }
        match row::understand(row, mapping, given) {
            Ok(understood) => out.rows.push(understood),
            Err(problems) => out.problems.extend(problems),
        }
    }
    out
}

const FORM: (&str, &str) = (
    "This file is a list of applications, the answers to a form, not a list of opportunities.",
    "Import a list of opportunities, with a column for each opportunity’s title.",
);

const HEADING: (&str, &str) = ("This row repeats the headings.", "Remove the row, or leave it: nothing is lost.");

fn cells(row: &SheetRow) -> Vec<String> {
    let mut cells: Vec<String> = row.cells.iter().map(|cell| tidy(&cell.text)).collect();
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

fn refusal(row: &SheetRow, mapping: &Mapping, field: Field, (reason, mend): (&str, &str)) -> Refusal {
    Refusal {
        line: row.line,
        column: mapping.header(field).to_owned(),
        value: tidy(&mapping.cell(row, field).text),
        reason: reason.to_owned(),
        mend: mend.to_owned(),
        file: None,
    }
}
