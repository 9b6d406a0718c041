//! NHS trusts: the ODS file `etr`, which has no headings.

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::understand::{postcode, tidy};
use serde::Serialize;

use super::table::published_date;
use super::{ListError, Reading, readable_name};
use crate::read::separated_rows;

/// An NHS trust.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trust {
    /// The line of the file.
    pub line: u32,
    /// The ODS code, like R0A.
    pub code: String,
    /// The name, in readable letters.
    pub name: String,
    /// The NHS England region's ODS code, like Y62.
    pub region: Option<String>,
    /// The integrated care board's ODS code, like QOP.
    pub icb: Option<String>,
    /// The address without the postcode, the town last, in readable letters.
    pub address: Vec<String>,
    /// The town.
    pub town: Option<String>,
    /// The postcode, written the usual way.
    pub postcode: Option<String>,
    /// When it opened.
    pub opened: Option<NaiveDate>,
    /// When it closed, where it has.
    pub closed: Option<NaiveDate>,
}

/// Reads the ODS file `etr`: code, name, region, board, five lines of address (the fourth is the
/// town), postcode, opened, closed (yyyymmdd), and more that is not needed.
///
/// # Errors
/// When the file is no text with separators.
pub fn trusts(bytes: &[u8]) -> Result<Reading<Trust>, ListError> {
    const AGAIN: &str = "Download the file from its publisher again.";
    let mut out = Reading::default();
    let mut seen = HashSet::new();
    for row in separated_rows(bytes)? {
        let text = |column: usize| tidy(&row.cell(column).text);
        let some = |column: usize| Some(text(column)).filter(|text| !text.is_empty());
        let code = text(0).to_uppercase();
        out.read += 1;
        if !(3..=8).contains(&code.len()) || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
            out.refuse(row.line, "1", &code, "The first column is not an ODS code.", AGAIN);
            continue;
        }
        let Some(name) = some(1) else {
            out.refuse(row.line, "2", "", "The name is missing.", AGAIN);
            continue;
        };
        if !seen.insert(code.clone()) {
            out.refuse(row.line, "1", &code, "This code stands on an earlier line.", AGAIN);
            continue;
        }
        let (opened, closed) = (text(10), text(11));
        let wrong = [("11", &opened), ("12", &closed)]
            .into_iter()
            .find(|(_, written)| !written.is_empty() && published_date(written).is_none());
        if let Some((column, written)) = wrong {
            out.refuse(row.line, column, written, "This is not a date.", AGAIN);
            continue;
        }
        let written = text(9);
        let usual = postcode(&written).ok().map(|taken| taken.value);
        if usual.is_none() && !written.is_empty() {
            out.note(row.line, "10", &written, "not a postcode: left out");
        }
        out.rows.push(Trust {
            line: row.line,
            code,
            name: readable_name(&name),
            region: some(2),
            icb: some(3),
            address: (4..9).filter_map(some).map(|part| readable_name(&part)).collect(),
            town: some(7).map(|town| readable_name(&town)),
            postcode: usual,
            opened: published_date(&opened),
            closed: published_date(&closed),
        });
    }
    Ok(out)
}
