//! Schools and colleges: GIAS (Get Information about Schools).

use std::collections::HashSet;

use chrono::NaiveDate;
use domain::understand::postcode;
use serde::Serialize;

use super::table::{Table, optional, published_date};
use super::{ListError, Reading};

/// A school or college.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct School {
    /// The line of the file.
    pub line: u32,
    /// The unique reference number.
    pub urn: u32,
    /// The name.
    pub name: String,
    /// The town.
    pub town: Option<String>,
    /// The postcode, written the usual way.
    pub postcode: Option<String>,
    /// Whether it leads a group.
    pub lead_school: bool,
    /// When it opened.
    pub opened: Option<NaiveDate>,
    /// When it closed, where it has.
    pub closed: Option<NaiveDate>,
}

/// Reads a list of schools: `urn, name, town, postcode, lead_school, open_date, close_date`, or the
/// same columns under the names that GIAS itself gives them. Dates are dd-mm-yyyy.
///
/// # Errors
/// When the file is no text with separators, or has no URN, or no name.
pub fn schools(bytes: &[u8]) -> Result<Reading<School>, ListError> {
    const LIST: &str = "a list of schools";
    const AGAIN: &str = "Download the file from its publisher again.";
    let table = Table::read(bytes)?;
    let urn = table.need(LIST, &["urn"])?;
    let name = table.need(LIST, &["name", "establishmentname", "schoolname"])?;
    let town = table.column(&["town"]);
    let code = table.column(&["postcode"]);
    let lead = table.column(&["lead_school"]);
    let open = table.column(&["open_date", "opendate"]);
    let close = table.column(&["close_date", "closedate"]);
    let mut out = Reading { rows: Vec::with_capacity(table.rows.len()), ..Reading::default() };
    let mut seen = HashSet::with_capacity(table.rows.len());
    for row in &table.rows {
        out.read += 1;
        let written = urn.text(row);
        let Ok(number) = written.parse::<u32>() else {
            out.refuse(row.line, &urn.name, &written, "This is not a URN, which is a whole number.", AGAIN);
            continue;
        };
        let called = name.text(row);
        if called.is_empty() {
            out.refuse(row.line, &name.name, "", "The name is missing.", AGAIN);
            continue;
        }
        if !seen.insert(number) {
            out.refuse(row.line, &urn.name, &written, "This URN stands on an earlier line.", AGAIN);
            continue;
        }
        let (opened, closed) = (optional(open.as_ref(), row), optional(close.as_ref(), row));
        let wrong = [(&open, &opened), (&close, &closed)].into_iter().find_map(|(column, written)| {
            let (column, written) = (column.as_ref()?, written.as_ref()?);
            published_date(written).is_none().then_some((column, written))
        });
        if let Some((column, written)) = wrong {
            out.refuse(row.line, &column.name, written, "This is not a date.", AGAIN);
            continue;
        }
        let written = optional(code.as_ref(), row);
        let usual = written.as_deref().and_then(|text| postcode(text).ok()).map(|taken| taken.value);
        if let (Some(column), Some(written), None) = (&code, &written, &usual) {
            out.note(row.line, &column.name, written, "not a postcode: left out");
        }
        out.rows.push(School {
            line: row.line,
            urn: number,
            name: called,
            town: optional(town.as_ref(), row),
            postcode: usual,
            lead_school: optional(lead.as_ref(), row).is_some_and(|text| text.eq_ignore_ascii_case("true")),
            opened: opened.as_deref().and_then(published_date),
            closed: closed.as_deref().and_then(published_date),
        });
    }
    Ok(out)
}
