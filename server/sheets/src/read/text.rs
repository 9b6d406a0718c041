//! Text with separators: whatever the encoding, the separator and the line ends.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{MAX_COLUMNS, MAX_ROWS, ReadError};
use crate::cell::{Cell, Sheet, SheetRow};
use crate::mapping;

/// How many records are looked at for a heading.
const LOOK: usize = 40;

pub(super) fn read(bytes: &[u8], file_name: &str) -> Result<Sheet, ReadError> {
    let text = decode(bytes)?;
    let (announced, skipped, body) = announced_separator(&text);
    let separator = announced.unwrap_or_else(|| sniff(body));
    let rows = records(body, separator, skipped, MAX_ROWS)?;
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    Ok(Sheet { name: name.to_owned(), rows })
}

/// Every row of a comma-separated file.
pub(super) fn comma_separated(bytes: &[u8]) -> Result<Vec<SheetRow>, ReadError> {
    records(&decode(bytes)?, b',', 0, usize::MAX)
}

/// The text of a file in the encoding that its bytes show.
fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    let not_text = ReadError::NotASpreadsheet { found: "a file that holds no text" };
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => without_mark(bytes).ok_or_else(|| not_text.clone())?,
    };
    let (text, _, _) = encoding.decode(bytes);
    let odd = text
        .chars()
        .take(10_000)
        .filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0b' | '\x0c'))
        .count();
    // A stray control character happens; a file of them is no text. Windows-1252 decodes anything.
    if odd > 0 && odd * 50 > text.chars().take(10_000).count() {
        return Err(not_text);
    }
    Ok(text.replace('\0', ""))
}

/// The encoding where no byte-order mark says it.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(4096)];
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let pairs = start.len() / 2;
    if pairs > 0 && even + odd > 0 {
        // English in UTF-16 has a zero in nearly every second byte.
        if odd * 10 > pairs * 7 && even * 10 < pairs {
            return Some(UTF_16LE);
        }
        if even * 10 > pairs * 7 && odd * 10 < pairs {
            return Some(UTF_16BE);
        }
        return None;
    }
    if std::str::from_utf8(bytes).is_ok() { Some(UTF_8) } else { Some(WINDOWS_1252) }
}

/// Excel's own first line "sep=;": the separator, how many lines it took, and the rest.
fn announced_separator(text: &str) -> (Option<u8>, u32, &str) {
    let line_end = text.find(['\r', '\n']).unwrap_or(text.len());
    let line = text[..line_end].trim().trim_matches('"');
    let separator = line.strip_prefix("sep=").and_then(|rest| match rest.as_bytes() {
        [one] => Some(*one),
        [] if text.starts_with("sep=\t") => Some(b'\t'),
        _ => None,
    });
    match separator {
        Some(separator) => {
            let rest = &text[line_end..];
            let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or(rest);
            (Some(separator), 1, rest)
        }
        None => (None, 0, text),
    }
}

/// The separator with which a row reads most like a heading; else the one that gives most columns.
fn sniff(text: &str) -> u8 {
    let mut best = (0, 0, b',');
    for separator in [b',', b';', b'\t', b'|'] {
        // A file cut off here is judged later, with the right separator.
        let rows = first_records(text, separator);
        let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let sheet = Sheet { name: String::new(), rows };
        let score = mapping::best_header(&sheet).map_or(0, |(_, score)| score);
        if (score, columns) > (best.0, best.1) {
            best = (score, columns, separator);
        }
    }
    best.2
}

fn first_records(text: &str, separator: u8) -> Vec<SheetRow> {
    reader(text, separator)
        .into_records()
        .map_while(Result::ok)
        .take(LOOK)
        .map(|record| SheetRow { line: 0, cells: record.iter().take(MAX_COLUMNS).map(Cell::text).collect() })
        .collect()
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes())
}

/// Every record in which something is written, with the line on which it starts. `skipped` lines
/// stood above the text.
fn records(text: &str, separator: u8, skipped: u32, most: usize) -> Result<Vec<SheetRow>, ReadError> {
    let mut rows = Vec::new();
    let mut lines = Lines::new(text);
    let mut reader = reader(text, separator);
    let mut record = csv::StringRecord::new();
    // Spreadsheets number records; text editors number lines. Below a cell with line breaks they
    // differ by the breaks.
    let mut breaks = 0u32;
    loop {
        let from = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                return Err(ReadError::Damaged { detail: error.to_string() });
            }
        }
        let (start, line) = lines.start_of_record(from);
        let to = usize::try_from(reader.position().byte()).unwrap_or(text.len());
        let end = lines.line_at(end_of_record(text, start, to));
        let spans = end.saturating_sub(line);
        let cells: Vec<Cell> = record.iter().map(Cell::text).collect();
        let line = line.saturating_add(skipped);
        if spans > 0 && to >= text.len() && leaves_a_quote_open(text, start, separator) {
            return Err(ReadError::OpenQuote { line });
        }
        let row = SheetRow { line: line.saturating_sub(breaks), cells };
        breaks = breaks.saturating_add(spans);
        if row.is_blank() {
            continue;
        }
        if row.cells.iter().rposition(|cell| !cell.is_blank()).is_some_and(|last| last >= MAX_COLUMNS) {
            return Err(ReadError::TooManyColumns);
        }
        if rows.len() >= most {
            return Err(ReadError::TooManyRows);
        }
        rows.push(row);
    }
    Ok(rows)
}

/// The last byte of a record that is not its line end.
fn end_of_record(text: &str, start: usize, to: usize) -> usize {
    let body = text.as_bytes().get(start..to).unwrap_or_default();
    let ends = body.iter().rev().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    start + body.len() - ends
}

/// Whether the last record ends inside quotation marks.
fn leaves_a_quote_open(text: &str, start: usize, separator: u8) -> bool {
    let mut open = false;
    let mut at_start = true;
    let mut bytes = text.as_bytes().get(start..).unwrap_or_default().iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if open {
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                open = false;
            }
        } else if byte == b'"' && at_start {
            open = true;
        }
        at_start = !open && byte == separator;
    }
    open
}

/// Counts lines as text editors do: CR LF, LF and a lone CR each end one.
struct Lines<'a> {
    text: &'a [u8],
    /// How far lines have been counted, and how many ended before.
    at: usize,
    ended: u32,
}

impl<'a> Lines<'a> {
    const fn new(text: &'a str) -> Self {
        Self { text: text.as_bytes(), at: 0, ended: 0 }
    }

    /// The line, from 1, of a byte at or after every earlier one.
    fn line_at(&mut self, byte: usize) -> u32 {
        while self.at < byte.min(self.text.len()) {
            let here = self.text[self.at];
            let next = self.text.get(self.at + 1);
            if here == b'\n' || (here == b'\r' && next != Some(&b'\n')) {
                self.ended = self.ended.saturating_add(1);
            }
            self.at += 1;
        }
        self.ended.saturating_add(1)
    }

    /// Where a record starts that is read from `from`: blank lines before it are passed over.
    fn start_of_record(&mut self, from: usize) -> (usize, u32) {
        let blank = self.text.get(from..).unwrap_or_default().iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let start = from + blank;
        (start, self.line_at(start))
    }
}
