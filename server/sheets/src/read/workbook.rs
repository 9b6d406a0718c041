//! Excel workbooks (.xlsx), read cell by cell: a sheet that claims to be huge costs nothing.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::{MAX_COLUMNS, MAX_ROWS, ReadError};
use crate::cell::{Cell, Sheet, SheetRow};
use crate::{hyperlink, mapping};

/// The most that a workbook may unpack to, all parts together.
const MAX_UNPACKED: u64 = 96 * 1024 * 1024;
/// The largest count that a part may announce. Far above any real one; the reader makes room for
/// whatever is announced.
const MAX_ANNOUNCED: u64 = 2_000_000;
/// The most sheets of a workbook that are looked at.
const MAX_SHEETS: usize = 50;

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, ReadError> {
    inspect(bytes)?;
    // The reader is another project's; a fault of its on a damaged file must stay that file's fault.
    std::panic::catch_unwind(|| open(bytes)).unwrap_or_else(|_| Err(damaged("its parts do not fit together")))
}

fn damaged(detail: impl ToString) -> ReadError {
    ReadError::Damaged { detail: detail.to_string() }
}

/// Unpacks every part once, with a limit on the whole, before anything is built from it.
fn inspect(bytes: &[u8]) -> Result<(), ReadError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("it is cut off"))?;
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.to_ascii_lowercase()).collect();
    let has = |part: &str| names.iter().any(|name| name == part);
    if has("word/document.xml") {
        return Err(ReadError::NotASpreadsheet { found: "a Word document" });
    }
    if has("ppt/presentation.xml") {
        return Err(ReadError::NotASpreadsheet { found: "a PowerPoint presentation" });
    }
    if has("xl/workbook.bin") {
        return Err(ReadError::OtherSpreadsheet { found: "an Excel binary workbook (.xlsb)" });
    }
    if has("content.xml") && has("mimetype") {
        return Err(ReadError::OtherSpreadsheet { found: "an OpenDocument file (.ods)" });
    }
    if has("index/document.iwa") {
        return Err(ReadError::OtherSpreadsheet { found: "an Apple Numbers file" });
    }
    if !names.iter().any(|name| name.ends_with("workbook.xml")) {
        return Err(ReadError::NotASpreadsheet { found: "a packed file (ZIP)" });
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| damaged("a part cannot be opened"))?;
        // Every part: which of them the reader opens, the file itself decides.
        let mut content = Vec::new();
        let read = part.take(left + 1).read_to_end(&mut content).map_err(|_| damaged("a part is cut off"))?;
        if announces_too_much(&content) {
            return Err(damaged("it announces more than it can hold"));
        }
        left = left.checked_sub(read as u64).ok_or(ReadError::TooLarge)?;
    }
    Ok(())
}

/// Whether a part announces a number of texts or of shared formulas that nobody has.
fn announces_too_much(xml: &[u8]) -> bool {
    [&b"uniqueCount"[..], b"si"].into_iter().any(|name| {
        let mut rest = xml;
        while let Some(at) = rest.windows(name.len()).position(|window| window == name) {
            let (before, after) = (rest[..at].last(), &rest[at + name.len()..]);
            if before.is_some_and(u8::is_ascii_whitespace) && announced(after) > MAX_ANNOUNCED {
                return true;
            }
            rest = after;
        }
        false
    })
}

/// The number of `="123"`, or 0.
fn announced(after: &[u8]) -> u64 {
    let Some(rest) = after.trim_ascii_start().strip_prefix(b"=") else {
        return 0;
    };
    let rest = rest.trim_ascii_start();
    let Some((b'"' | b'\'', digits)) = rest.split_first() else {
        return 0;
    };
    digits
        .trim_ascii_start()
        .iter()
        .map_while(|byte| char::from(*byte).to_digit(10))
        .fold(0u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit)))
}

/// The sheet that looks most like a list of opportunities; the fullest one where none does.
fn open(bytes: &[u8]) -> Result<Sheet, ReadError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut best: Option<(usize, usize, Sheet)> = None;
    let mut problem = None;
    for name in book.sheet_names().into_iter().take(MAX_SHEETS) {
        let rows = match rows(&mut book, &name) {
            Ok(rows) => rows,
            Err(error) => {
                // A chart, or a sheet that is too large, matters only if no other sheet is right.
                problem.get_or_insert(error);
                continue;
            }
        };
        let sheet = Sheet { name, rows };
        let score = mapping::best_header(&sheet).map_or(0, |(_, score)| score);
        if best.as_ref().is_none_or(|(other, full, _)| (score, sheet.rows.len()) > (*other, *full)) {
            best = Some((score, sheet.rows.len(), sheet));
        }
    }
    match (best, problem) {
        (Some((score, _, sheet)), problem) if score > 0 || problem.is_none() => Ok(sheet),
        (_, Some(problem)) => Err(problem),
        (best, None) => best.map(|(_, _, sheet)| sheet).ok_or(ReadError::Empty),
    }
}

fn rows(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Vec<SheetRow>, ReadError> {
    let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    while let Some(record) = reader.next_cell_with_formula().map_err(damaged)? {
        let cell = cell(&record.value, record.formula.as_deref());
        if cell.is_blank() {
            continue;
        }
        let (row, column) = (record.pos.0, record.pos.1 as usize);
        if column >= MAX_COLUMNS {
            return Err(ReadError::TooManyColumns);
        }
        let cells = rows.entry(row).or_default();
        if cells.len() <= column {
            cells.resize(column + 1, Cell::EMPTY);
        }
        cells[column] = cell;
        // The heading and a few title rows stand above the rows that count.
        if rows.len() > MAX_ROWS + 100 {
            return Err(ReadError::TooManyRows);
        }
    }
    if rows.len() > MAX_ROWS {
        return Err(ReadError::TooManyRows);
    }
    Ok(rows
        .into_iter()
        .map(|(row, cells)| {
            let number = row.saturating_add(1);
            SheetRow { line: number, cells }
        })
        .collect())
}

fn cell(value: &DataRef<'_>, formula: Option<&str>) -> Cell {
    if let Some(label) = formula.and_then(hyperlink::label_of_formula) {
        return Cell { link_dropped: true, ..Cell::text(label) };
    }
    match value {
        DataRef::Empty => match formula {
            // Never calculated here: shown as it stands.
            Some(formula) if !formula.trim().is_empty() => Cell::text(format!("={formula}")),
            _ => Cell::EMPTY,
        },
        DataRef::Int(number) => Cell::number(*number as f64),
        DataRef::Float(number) => Cell::number(*number),
        DataRef::String(text) => Cell::text(text.as_str()),
        DataRef::SharedString(text) => Cell::text(*text),
        DataRef::Bool(yes) => Cell::bool(*yes),
        DataRef::DateTime(date) => date_cell(date),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            iso_date(text).map_or_else(|| Cell::text(text.as_str()), Cell::date)
        }
        DataRef::Error(error) => Cell::text(error.to_string()),
    }
}

fn date_cell(date: &ExcelDateTime) -> Cell {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let time = NaiveTime::from_hms_opt(hour.into(), minute.into(), second.into()).unwrap_or_default();
    if date.is_duration() || (0.0..1.0).contains(&date.as_f64()) {
        // A time of the day without a date.
        return Cell::text(time.format("%H:%M").to_string());
    }
    match NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()) {
        Some(day) => Cell::date(day.and_time(time)),
        None => Cell::number(date.as_f64()),
    }
}

fn iso_date(text: &str) -> Option<NaiveDateTime> {
    text.parse::<NaiveDateTime>()
        .ok()
        .or_else(|| text.parse::<NaiveDate>().ok().map(|day| day.and_time(NaiveTime::MIN)))
}
