//! From the bytes of a file to a sheet.

mod kinds;
mod text;
mod workbook;

use crate::cell::Sheet;

/// The largest file that is read: 10 MB.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// The most rows in a sheet.
pub const MAX_ROWS: usize = 20_000;
/// The most columns in a sheet.
pub const MAX_COLUMNS: usize = 200;

/// Why a file could not be read at all, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Nothing is written in it.
    #[error("The file is empty. Save your spreadsheet again, and choose that file.")]
    Empty,
    /// It is something else; `found` begins with an article: "a PDF document".
    #[error(
        "This is {found}, not a spreadsheet. Save the spreadsheet as Excel workbook (.xlsx) or CSV, and choose that file."
    )]
    NotASpreadsheet {
        /// What it is: "a PDF document".
        found: &'static str,
    },
    /// A spreadsheet of a kind that is not read.
    #[error("This is {found}. Open it and save it as Excel workbook (.xlsx) or CSV, and choose that file.")]
    OtherSpreadsheet {
        /// What it is: "an Excel 97 to 2003 workbook (.xls)".
        found: &'static str,
    },
    /// A workbook that needs a password.
    #[error("The workbook is protected by a password. Save a copy without a password, and choose that file.")]
    Locked,
    /// A workbook that cannot be opened.
    #[error("The workbook is damaged: {detail}. Open it, save it again, and choose that file.")]
    Damaged {
        /// What the reader said.
        detail: String,
    },
    /// A quotation mark that is never closed swallows the rest of a CSV file.
    #[error(
        "A quotation mark on line {line} is never closed, so the rest of the file cannot be told apart. Close it, or save the spreadsheet as Excel workbook (.xlsx)."
    )]
    OpenQuote {
        /// The line on which the record with the mark starts.
        line: u32,
    },
    /// More than [`MAX_BYTES`], or a workbook that unpacks to far more.
    #[error("The file is too large. Split it into files of at most 10 MB.")]
    TooLarge,
    /// More than [`MAX_ROWS`].
    #[error("The sheet has more than 20,000 rows. Split it into several files.")]
    TooManyRows,
    /// More than [`MAX_COLUMNS`].
    #[error("The sheet has more than 200 columns. Remove the columns that are not needed.")]
    TooManyColumns,
}

/// Reads a spreadsheet: an Excel workbook (.xlsx) or text with separators (.csv, .tsv, .txt). What it
/// is, its first bytes decide, not its name; of a workbook, the sheet that looks most like a list of
/// opportunities is taken.
///
/// # Errors
/// When the file is no spreadsheet, cannot be opened, or is larger than a person's list can be.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Sheet, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    if let Some(problem) = kinds::problem(bytes) {
        return Err(problem);
    }
    let sheet = if bytes.starts_with(b"PK") { workbook::read(bytes)? } else { text::read(bytes, file_name)? };
    if sheet.rows.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(sheet)
}

/// The rows of a publisher's comma-separated list. These are larger than what people keep by hand, so
/// only the command line, not a visitor, should hand them in: no limit is set.
pub(crate) fn separated_rows(bytes: &[u8]) -> Result<Vec<crate::cell::SheetRow>, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    match not_text(bytes) {
        Some(problem) => Err(problem),
        None => text::comma_separated(bytes),
    }
}

/// Why a file that begins so cannot be text.
pub(crate) fn not_text(start: &[u8]) -> Option<ReadError> {
    if start.starts_with(b"PK") {
        return Some(ReadError::NotASpreadsheet { found: "a packed file (a workbook or a ZIP): unpack it first" });
    }
    kinds::problem(start)
}
