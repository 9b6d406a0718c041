//! Which list a file is, by what stands in it, and the cells of its lines.

use std::borrow::Cow;

use csv_core::{ReadRecordResult, Reader};
use domain::understand::{is_outcode, postcode};

use super::super::ListError;
use crate::read::not_text;

/// A file of places.
#[derive(Debug, PartialEq)]
pub(super) enum Layout {
    /// A line for each district.
    Districts,
    /// A line for each postcode, below so many lines of headings.
    Postcodes { columns: Columns, headings: usize },
}

/// Which column is which.
#[derive(Debug, PartialEq)]
pub(super) struct Columns {
    pub(super) code: usize,
    /// When the postcode ended; empty while it lives.
    pub(super) ended: Option<usize>,
    pub(super) position: Position,
    names: Vec<String>,
}

/// Where a line says where it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Position {
    Degrees { north: usize, east: usize },
    Grid { east: usize, north: usize },
}

impl Columns {
    /// A column's heading, or its number.
    pub(super) fn name(&self, column: usize) -> String {
        self.names.get(column).cloned().unwrap_or_else(|| format!("column {}", column + 1))
    }
}

const CODES: [&str; 7] = ["pcds", "pcd", "pcd7", "pcd8", "pcd2", "postcode", "pc"];
const LIST: &str = "a list of postcodes or of postcode districts";

/// Knows a file by its first lines.
///
/// # Errors
/// When it is no list of places.
pub(super) fn of(start: &[u8]) -> Result<Layout, ListError> {
    if let Some(problem) = not_text(start) {
        return Err(problem.into());
    }
    let mut cells = Cells::default();
    let mut rows = start
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(start)
        .split_inclusive(|byte| *byte == b'\n')
        .take(20)
        .map(|line| cells.read(line).all())
        .filter(|row| row.iter().any(|cell| !cell.is_empty()));
    let Some(first) = rows.next() else { return Err(crate::ReadError::Empty.into()) };
    let number = |column: usize| first.get(column).is_some_and(|cell| cell.parse::<f64>().is_ok());
    if first.first().is_some_and(|cell| postcode(cell).is_ok()) && (1..4).all(number) {
        // Code-Point Open: postcode, quality, easting, northing, and more that is not needed.
        let position = Position::Grid { east: 2, north: 3 };
        return Ok(Layout::Postcodes {
            columns: Columns { code: 0, ended: None, position, names: Vec::new() },
            headings: 0,
        });
    }
    let plain: Vec<String> =
        first.iter().map(|name| name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()).collect();
    let column = |names: &[&str]| names.iter().find_map(|name| plain.iter().position(|heading| heading == name));
    let pair = |a: &[&str], b: &[&str]| column(a).zip(column(b));
    let position = pair(&["lat", "latitude"], &["long", "longitude", "lng", "lon"])
        .map(|(north, east)| Position::Degrees { north, east })
        .or_else(|| {
            pair(
                &["oseast1m", "east1m", "eastings", "easting", "ea"],
                &["osnrth1m", "north1m", "northings", "northing", "no"],
            )
            .map(|(east, north)| Position::Grid { east, north })
        });
    let code = column(&CODES);
    // The reader of districts says what is missing.
    let (Some(code), Some(position)) = (code, position) else { return Ok(Layout::Districts) };
    let written = rows.find_map(|row| row.get(code).filter(|cell| !cell.is_empty()).cloned());
    match written {
        Some(cell) if is_outcode(&cell) => Ok(Layout::Districts),
        Some(_) => {
            let columns = Columns { code, ended: column(&["doterm"]), position, names: first };
            Ok(Layout::Postcodes { columns, headings: 1 })
        }
        None => Err(ListError::Layout { expected: LIST, column: "postcode" }),
    }
}

/// The cells of one line. A quotation mark that is never closed spoils its own line and no other.
pub(super) struct Cells {
    reader: Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
}

impl Default for Cells {
    fn default() -> Self {
        Self { reader: Reader::new(), text: vec![0; 17 << 10], ends: vec![0; 512], count: 0 }
    }
}

impl Cells {
    pub(super) fn read(&mut self, line: &[u8]) -> &Self {
        let (mut result, _, written, ended) = self.reader.read_record(line, &mut self.text, &mut self.ends);
        self.count = ended;
        if matches!(result, ReadRecordResult::InputEmpty) {
            // The end of the line ends the record, with or without a line break.
            let more;
            (result, _, _, more) = self.reader.read_record(&[], &mut self.text[written..], &mut self.ends[ended..]);
            self.count += more;
        }
        if matches!(result, ReadRecordResult::Record) {
            self.reader.reset();
        } else {
            self.reader = Reader::new();
        }
        self
    }

    /// A cell without the spaces around it; empty where the line is too short.
    pub(super) fn get(&self, column: usize) -> Cow<'_, str> {
        if column >= self.count {
            return Cow::Borrowed("");
        }
        let from = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        let bytes = self.text.get(from..self.ends[column]).unwrap_or_default();
        String::from_utf8_lossy(bytes.trim_ascii())
    }

    fn all(&self) -> Vec<String> {
        (0..self.count).map(|column| self.get(column).into_owned()).collect()
    }
}
