//! Finding the heading row and matching its columns by meaning. The match is a value that a person
//! may look at and change.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::cell::{Sheet, SheetRow};
use crate::fields::{Field, plain_heading};

/// How far down a heading is looked for: title rows, notes and logos stand above it.
const LOOK: usize = 40;
/// How many examples of a column are shown.
const EXAMPLES: usize = 3;
/// The longest heading, in words, that is searched for phrases; longer ones are sentences.
const LONGEST_HEADING: usize = 14;

/// A column as its writer named it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Counted from 0.
    pub index: usize,
    /// The heading as written; empty where there is none.
    pub header: String,
    /// The first three values below it that differ.
    pub examples: Vec<String>,
}

/// Which column means what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The heading row, as [`SheetRow::line`] numbers it.
    pub header_line: u32,
    /// Every column, from the left.
    pub columns: Vec<Column>,
    /// The meaning of columns, by their index.
    fields: BTreeMap<Field, usize>,
    /// Whether the headings are those of answers to a Microsoft Form.
    pub looks_like_form_answers: bool,
}

/// No row of the sheet reads like headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "We could not find a row of headings. Put one above the list: Opportunity title, Type, Start, End, Where, Postcode."
)]
pub struct NoHeader;

impl Mapping {
    /// Finds the heading row, and matches each column by its heading.
    ///
    /// # Errors
    /// When no row names at least two columns.
    pub fn find(sheet: &Sheet) -> Result<Self, NoHeader> {
        let (index, _) = best_header(sheet).ok_or(NoHeader)?;
        Self::at(sheet, index).ok_or(NoHeader)
    }

    /// The same, with the heading row that a person chose; `None` where the sheet has no such line.
    pub fn with_header_line(sheet: &Sheet, line: u32) -> Option<Self> {
        Self::at(sheet, sheet.rows.iter().position(|row| row.line == line)?)
    }

    fn at(sheet: &Sheet, index: usize) -> Option<Self> {
        let header = sheet.rows.get(index)?;
        let below = &sheet.rows[index + 1..];
        let width = sheet.rows[index..].iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let columns = (0..width)
            .map(|column| Column {
                index: column,
                header: domain::understand::tidy(&header.cell(column).text),
                examples: examples(below, column),
            })
            .filter(|column| !(column.header.is_empty() && column.examples.is_empty()))
            .collect();
        let looks_like_form_answers = is_form(header);
        Some(Self { header_line: header.line, columns, fields: match_fields(header), looks_like_form_answers })
    }

    /// The column that means this, where one does.
    pub fn column(&self, field: Field) -> Option<&Column> {
        let index = *self.fields.get(&field)?;
        self.columns.iter().find(|column| column.index == index)
    }

    /// The heading of a field as its writer wrote it; our own word where the file has none.
    pub fn header(&self, field: Field) -> &str {
        self.column(field)
            .map(|column| column.header.as_str())
            .filter(|header| !header.is_empty())
            .unwrap_or(field.label())
    }

    /// What a column means, where it is matched.
    pub fn field(&self, index: usize) -> Option<Field> {
        self.fields.iter().find(|(_, at)| **at == index).map(|(field, _)| *field)
    }

    /// Every field that has a column.
    pub fn matched(&self) -> impl Iterator<Item = (Field, &Column)> {
        Field::ALL.into_iter().filter_map(|field| Some((field, self.column(field)?)))
    }

    /// The columns that mean nothing to us, with their examples: nothing is dropped in silence.
    pub fn unmatched(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| self.field(column.index).is_none())
    }

    /// A person's choice: this column means that, or (with `None`) nothing does. A column has one
    /// meaning, so any earlier one goes. Unknown columns change nothing.
    pub fn set(&mut self, field: Field, index: Option<usize>) {
        match index {
            None => {
                self.fields.remove(&field);
            }
            Some(index) if self.columns.iter().any(|column| column.index == index) => {
                self.fields.retain(|_, at| *at != index);
                self.fields.insert(field, index);
            }
            Some(_) => {}
        }
    }
}

fn examples(rows: &[SheetRow], column: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for row in rows {
        let cell = row.cell(column);
        if !cell.is_blank() && !out.contains(&cell.text) {
            out.push(cell.text.clone());
            if out.len() == EXAMPLES {
                break;
            }
        }
    }
    out
}

/// The row that reads most like headings, and how much so: at least two columns must be named. The
/// first of equals wins.
pub(crate) fn best_header(sheet: &Sheet) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    for (index, row) in sheet.rows.iter().take(LOOK).enumerate() {
        let mut score = match_fields(row).len();
        if is_form(row) {
            // A form's headings are questions: few of them name our fields.
            score = score.max(6);
        }
        if score >= 2 && best.is_none_or(|(_, other)| score > other) {
            best = Some((index, score));
        }
    }
    best
}

/// Microsoft Forms puts these columns before its questions.
fn is_form(row: &SheetRow) -> bool {
    let headings: BTreeSet<String> = row.cells.iter().map(|cell| plain_heading(&cell.text)).collect();
    let has = |name: &str| headings.contains(name);
    has("start time") && has("completion time") && (has("id") || has("email") || has("name"))
}

/// Gives each field the column that names it best; the best matches are given first, so that
/// "Closing date" is not taken for the start.
fn match_fields(row: &SheetRow) -> BTreeMap<Field, usize> {
    let form = is_form(row);
    let mut matches: Vec<(u32, usize, Field)> = Vec::new();
    for (index, cell) in row.cells.iter().enumerate() {
        let heading = plain_heading(&cell.text);
        if heading.is_empty() || heading.split(' ').count() > LONGEST_HEADING {
            continue;
        }
        if form
            && matches!(
                heading.as_str(),
                "id" | "start time" | "completion time" | "email" | "name" | "last modified time"
            )
        {
            // About the answer, not about what it says.
            continue;
        }
        for field in Field::ALL {
            let score = field.score(&heading);
            if score > 0 {
                matches.push((score, index, field));
            }
        }
    }
    matches.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut fields = BTreeMap::new();
    let mut used = BTreeSet::new();
    for (_, index, field) in matches {
        if !fields.contains_key(&field) && used.insert(index) {
            fields.insert(field, index);
        }
    }
    fields
}
