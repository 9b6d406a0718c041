//! Lists of every postcode, folded while they are read: what stays is the middle of each sector and district.
//!
//! The ONS Postcode Directory (2.7 million lines, many ended long ago) and Code-Point Open (1.7 million, in
//! one file for each postcode area) are known by what stands in them, not by their names.

mod fold;
mod layout;

use std::io::{BufRead, BufReader, Read};

use fold::Fold;
pub use fold::{Centre, Level};
use layout::{Cells, Columns, Layout, Position};

use super::grid::Grid;
use super::{ListError, Place, Reading, places};
use crate::report::Refusal;

/// How much is looked at to know a file.
const LOOK: usize = 64 << 10;
/// No line of these lists has so many bytes.
const LONGEST_LINE: u64 = 16 << 10;
/// A list of districts is read whole.
const MOST_BYTES: u64 = 200 << 20;
/// After so many, and more than every second line, it is another file.
const TOO_MANY: usize = 1_000;
/// How often whoever waits is told how far it is, in bytes.
const TELL_EVERY: u64 = 1 << 20;

const MEND: &str = "Download the file from its publisher again, or leave the line out.";

/// Lists of places, one file after another.
#[derive(Default)]
pub struct PlaceFiles {
    fold: Fold,
    districts: Vec<Place>,
    read: usize,
    refused: Vec<Refusal>,
    files: usize,
}

/// What the files said.
#[derive(Debug, Default, PartialEq)]
pub struct Places {
    /// How many rows stand in them.
    pub read: usize,
    /// The middles that they give, each with how many rows it comes from.
    pub centres: Vec<Centre>,
    /// The lines that were not taken, one reason each.
    pub refused: Vec<Refusal>,
    /// Rows without a place in them, as publishers leave it out for post office boxes and islands.
    pub unplaced: usize,
    /// Rows of postcodes that ended, where living ones of their sector say where it is.
    pub ended: usize,
}

impl PlaceFiles {
    /// Reads a file. `name` is said beside a line that was refused, where there are several. `told` hears now
    /// and then how many bytes were read since it last did.
    ///
    /// # Errors
    /// When the file cannot be read, or is no list of places.
    pub fn read(&mut self, name: &str, file: impl Read, told: &mut dyn FnMut(u64)) -> Result<(), ListError> {
        let mut file = BufReader::with_capacity(LOOK, file);
        let start = file.fill_buf().map_err(|error| ListError::Unread { detail: error.to_string() })?;
        let layout = layout::of(start)?;
        let refused = self.refused.len();
        match layout {
            Layout::Districts => self.districts(file, told)?,
            Layout::Postcodes { columns, headings } => self.postcodes(file, &columns, headings, told)?,
        }
        self.files += 1;
        for refusal in &mut self.refused[refused..] {
            refusal.file = Some(name.to_owned());
        }
        Ok(())
    }

    /// The middles. Where there was one file, no line needs its name.
    #[must_use]
    pub fn finish(self) -> Places {
        let (mut centres, unused) = self.fold.finish();
        let ended = unused.ended;
        centres.extend(self.districts.into_iter().map(|place| Centre {
            code: place.outcode,
            level: Level::District,
            town: place.town.unwrap_or_default(),
            latitude: place.latitude,
            longitude: place.longitude,
            rows: 1,
        }));
        let mut refused = self.refused;
        if self.files < 2 {
            refused.iter_mut().for_each(|refusal| refusal.file = None);
        }
        Places { read: self.read, centres, refused, unplaced: unused.unplaced, ended }
    }

    fn districts(&mut self, file: impl Read, told: &mut dyn FnMut(u64)) -> Result<(), ListError> {
        let mut bytes = Vec::new();
        file.take(MOST_BYTES)
            .read_to_end(&mut bytes)
            .map_err(|error| ListError::Unread { detail: error.to_string() })?;
        told(bytes.len() as u64);
        let Reading { read, rows, refused, .. } = places(&bytes)?;
        self.read += read;
        self.districts.extend(rows);
        self.refused.extend(refused);
        Ok(())
    }

    fn postcodes(
        &mut self,
        mut file: impl BufRead,
        columns: &Columns,
        headings: usize,
        told: &mut dyn FnMut(u64),
    ) -> Result<(), ListError> {
        let grid = Grid::new()?;
        let mut cells = Cells::default();
        let mut bytes = Vec::new();
        let (mut line, mut untold, mut read) = (0_u32, 0_u64, 0_usize);
        let before = self.refused.len();
        loop {
            bytes.clear();
            let length = (&mut file)
                .take(LONGEST_LINE)
                .read_until(b'\n', &mut bytes)
                .map_err(|error| ListError::Unread { detail: format!("after line {line}: {error}") })?;
            if length == 0 {
                break;
            }
            line = line.saturating_add(1);
            untold += length as u64;
            if untold >= TELL_EVERY {
                told(std::mem::take(&mut untold));
            }
            if line as usize <= headings || bytes.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            read += 1;
            cells.read(&bytes);
            if let Err((column, reason)) = self.row(&cells, columns, &grid) {
                self.refused.push(Refusal {
                    line,
                    column: columns.name(column),
                    value: cells.get(column).into_owned(),
                    reason: reason.into(),
                    mend: MEND.into(),
                    file: None,
                });
                let refused = self.refused.len() - before;
                if refused > TOO_MANY && refused * 2 > read {
                    let first = self.refused[before].line;
                    return Err(ListError::MostlyWrong { first, reason: self.refused[before].reason.clone() });
                }
            }
        }
        told(untold);
        self.read += read;
        Ok(())
    }

    /// Takes a row, or says which column is wrong.
    fn row(&mut self, cells: &Cells, columns: &Columns, grid: &Grid) -> Result<(), (usize, &'static str)> {
        let ended = columns.ended.is_some_and(|column| !cells.get(column).is_empty());
        let code = cells.get(columns.code);
        let Some((district, sector)) = self.fold.sector(&code) else {
            if ended {
                // Areas have been renamed: nobody types the old ones.
                self.fold.unused.ended += 1;
                return Ok(());
            }
            return Err((columns.code, "This is not a postcode of the United Kingdom."));
        };
        let number = |column: usize| cells.get(column).parse::<f64>();
        let at = match columns.position {
            Position::Degrees { north, east } => {
                if cells.get(north).is_empty() && cells.get(east).is_empty() {
                    None
                } else {
                    const REASON: &str = "This is not a place in the United Kingdom, in degrees.";
                    let degrees = |column: usize| number(column).map_err(|_| (column, REASON));
                    let (latitude, longitude) = (degrees(north)?, degrees(east)?);
                    // The directory's own way of saying that it does not know.
                    if (99.0..100.0).contains(&latitude) {
                        None
                    } else if !(49.0..=61.0).contains(&latitude) {
                        return Err((north, REASON));
                    } else if !(-9.0..=2.5).contains(&longitude) {
                        return Err((east, REASON));
                    } else {
                        Some((latitude, longitude))
                    }
                }
            }
            Position::Grid { east, north } => {
                const REASON: &str = "This is not a place on the national grid, in metres.";
                let metres = |column: usize| number(column).map_err(|_| (column, REASON));
                match (metres(east)?, metres(north)?) {
                    (0.0, 0.0) => None,
                    (easting, northing) => Some(grid.degrees(easting, northing).ok_or((east, REASON))?),
                }
            }
        };
        self.fold.add(&district, sector, at, ended);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
