//! A sheet in memory, whatever file it came from.

use chrono::NaiveDateTime;

/// What a row holds where it has no cell.
pub(crate) static NOTHING: Cell = Cell::EMPTY;

/// One sheet: only rows in which something is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The sheet's name in its workbook, or the file's name for CSV.
    pub name: String,
    /// The rows in which something is written, from the top.
    pub rows: Vec<SheetRow>,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRow {
    /// The row's number when a spreadsheet program opens the file: where a person finds it. In a CSV
    /// file it differs from the line of the text below a cell that holds several lines.
    pub line: u32,
    /// The cells from the first column on; the last ones may be absent.
    pub cells: Vec<Cell>,
}

impl SheetRow {
    /// The cell in a column, empty where the row is shorter.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&NOTHING)
    }

    /// Whether nothing is written in any cell.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Text, also where it looks like a number or a formula.
    Text,
    /// A number that the file says is a number.
    Number(f64),
    /// A date, with midnight where no time is given.
    Date(NaiveDateTime),
    /// True or false.
    Bool(bool),
}

/// One cell: what it holds, and its text as a person sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What it holds.
    pub value: Value,
    /// The text as seen; for a date 15/03/2027.
    pub text: String,
    /// Whether a link stood behind the text and was dropped.
    pub link_dropped: bool,
}

impl Cell {
    /// A cell with nothing in it.
    pub const EMPTY: Self = Self { value: Value::Empty, text: String::new(), link_dropped: false };

    /// A cell of text. A HYPERLINK formula gives its label; any other text that begins with
    /// `= + - @` stays text, and is never calculated.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.trim().is_empty() {
            return Self::EMPTY;
        }
        match crate::hyperlink::label(&text) {
            Some(label) => Self { value: Value::Text, text: label, link_dropped: true },
            None => Self { value: Value::Text, text, link_dropped: false },
        }
    }

    /// A cell that holds a number.
    pub fn number(number: f64) -> Self {
        Self { value: Value::Number(number), text: format!("{number}"), link_dropped: false }
    }

    /// A cell that holds a date.
    pub fn date(date: NaiveDateTime) -> Self {
        let midnight = date.time() == chrono::NaiveTime::MIN;
        let text = date.format(if midnight { "%d/%m/%Y" } else { "%d/%m/%Y %H:%M" }).to_string();
        Self { value: Value::Date(date), text, link_dropped: false }
    }

    /// A cell that holds true or false.
    pub fn bool(yes: bool) -> Self {
        let text = if yes { "TRUE" } else { "FALSE" };
        Self { value: Value::Bool(yes), text: text.to_owned(), link_dropped: false }
    }

    /// Whether nothing can be seen in it.
    pub fn is_blank(&self) -> bool {
        domain::understand::is_blank(&self.text)
    }
}
