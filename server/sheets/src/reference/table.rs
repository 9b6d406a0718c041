//! A publisher's table: comma-separated, headings in the first row.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::understand::tidy;

use super::ListError;
use crate::cell::SheetRow;
use crate::read::separated_rows;

pub(super) struct Table {
    headings: Vec<String>,
    columns: HashMap<String, usize>,
    pub(super) rows: Vec<SheetRow>,
}

impl Table {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ListError> {
        let mut rows = separated_rows(bytes)?.into_iter();
        let header = rows.next().ok_or(crate::ReadError::Empty)?;
        let headings: Vec<String> = header.cells.iter().map(|cell| tidy(&cell.text)).collect();
        let columns = headings.iter().enumerate().rev().map(|(index, name)| (plain(name), index)).collect();
        Ok(Self { headings, columns, rows: rows.collect() })
    }

    /// The first of these headings that the table has; case, spaces and signs do not matter.
    pub(super) fn column(&self, names: &[&str]) -> Option<Column> {
        names.iter().find_map(|name| {
            let index = *self.columns.get(&plain(name))?;
            Some(Column { index, name: self.headings.get(index)?.clone() })
        })
    }

    pub(super) fn need(&self, expected: &'static str, names: &[&'static str]) -> Result<Column, ListError> {
        let column = names.first().copied().unwrap_or_default();
        self.column(names).ok_or(ListError::Layout { expected, column })
    }
}

#[derive(Clone)]
pub(super) struct Column {
    index: usize,
    pub(super) name: String,
}

impl Column {
    pub(super) fn text(&self, row: &SheetRow) -> String {
        tidy(&row.cell(self.index).text)
    }
}

/// The text of a column that a table may lack, where something is written.
pub(super) fn optional(column: Option<&Column>, row: &SheetRow) -> Option<String> {
    column.map(|column| column.text(row)).filter(|text| !text.is_empty())
}

fn plain(heading: &str) -> String {
    heading.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A date as publishers write it: 20171001, 01-09-1999, 2017-10-01 or 01/09/1999.
pub(super) fn published_date(text: &str) -> Option<NaiveDate> {
    ["%Y%m%d", "%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y"]
        .into_iter()
        .find_map(|form| NaiveDate::parse_from_str(text, form).ok())
        .filter(|date| {
            ("0900-01-01".parse().is_ok_and(|first: NaiveDate| *date >= first))
                && date.format("%Y").to_string().len() == 4
        })
}
