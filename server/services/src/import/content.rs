//! A sheet between uploading and importing, as JSON: its cells, not the file.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use sheets::{Cell, Sheet, SheetRow, Value};

use crate::{Error, Result};

#[derive(Serialize, Deserialize)]
struct Stored {
    name: String,
    rows: Vec<StoredRow>,
}

#[derive(Serialize, Deserialize)]
struct StoredRow {
    line: u32,
    cells: Vec<StoredCell>,
}

#[derive(Serialize, Deserialize)]
struct StoredCell {
    #[serde(rename = "t", default, skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    value: Option<StoredValue>,
    #[serde(rename = "l", default, skip_serializing_if = "std::ops::Not::not")]
    link_dropped: bool,
}

/// What a cell holds where that is not plain text.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredValue {
    Empty,
    Number(f64),
    Date(NaiveDateTime),
    Bool(bool),
}

/// The sheet as JSON.
pub(super) fn store(sheet: &Sheet) -> Result<String> {
    let cell = |cell: &Cell| StoredCell {
        text: cell.text.clone(),
        value: match cell.value {
            Value::Text => None,
            Value::Empty => Some(StoredValue::Empty),
            Value::Number(number) => Some(StoredValue::Number(number)),
            Value::Date(at) => Some(StoredValue::Date(at)),
            Value::Bool(yes) => Some(StoredValue::Bool(yes)),
        },
        link_dropped: cell.link_dropped,
    };
    let rows = sheet
        .rows
        .iter()
        .map(|row| StoredRow { line: row.line, cells: row.cells.iter().map(cell).collect() })
        .collect();
    serde_json::to_string(&Stored { name: sheet.name.clone(), rows })
        .map_err(|error| Error::Unexpected(error.to_string()))
}

/// The sheet again.
pub(super) fn load(json: &str) -> Result<Sheet> {
    let stored: Stored = serde_json::from_str(json).map_err(|error| Error::Unexpected(error.to_string()))?;
    let cell = |cell: StoredCell| Cell {
        value: match cell.value {
            None => Value::Text,
            Some(StoredValue::Empty) => Value::Empty,
            Some(StoredValue::Number(number)) => Value::Number(number),
            Some(StoredValue::Date(at)) => Value::Date(at),
            Some(StoredValue::Bool(yes)) => Value::Bool(yes),
        },
        text: cell.text,
        link_dropped: cell.link_dropped,
    };
    let rows = stored
        .rows
        .into_iter()
        .map(|row| SheetRow { line: row.line, cells: row.cells.into_iter().map(cell).collect() })
        .collect();
    Ok(Sheet { name: stored.name, rows })
}
