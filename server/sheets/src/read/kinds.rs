//! Telling by its first bytes what a file is that is not a spreadsheet.

use super::ReadError;

/// What stands in the way of reading these bytes as a spreadsheet, as far as their start shows.
pub(super) fn problem(bytes: &[u8]) -> Option<ReadError> {
    const NOT: &[(&[u8], &str)] = &[
        (b"%PDF", "a PDF document"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"BM", "a picture"),
        (b"II*\0", "a picture"),
        (b"MM\0*", "a picture"),
        (b"RIFF", "a picture or a recording"),
        (b"{\\rtf", "a text document (RTF)"),
        (b"MZ", "a program"),
        (b"\x7fELF", "a program"),
        (b"\x1f\x8b", "a packed file"),
        (b"Rar!", "a packed file"),
        (b"7z\xbc\xaf", "a packed file"),
        (b"SQLite format 3", "a database"),
    ];
    if let Some((magic, found)) = NOT.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        // Two letters begin many a word ("BMI,Title"): these need bytes that no text has.
        if magic.len() > 2 || bytes.iter().take(64).any(|byte| *byte == 0) {
            return Some(ReadError::NotASpreadsheet { found });
        }
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(old_office(bytes));
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let start: Vec<u8> = start.iter().take(64).map(u8::to_ascii_lowercase).collect();
    if [&b"<!doctype html"[..], b"<html", b"<table", b"<head"].iter().any(|tag| start.starts_with(tag)) {
        return Some(ReadError::OtherSpreadsheet { found: "a web page, whatever its name says" });
    }
    if start.starts_with(b"<?xml") {
        return Some(ReadError::OtherSpreadsheet { found: "an XML file" });
    }
    None
}

/// The container of old Office files also holds workbooks that are locked by a password.
fn old_office(bytes: &[u8]) -> ReadError {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if has("EncryptedPackage") {
        ReadError::Locked
    } else if has("WordDocument") {
        ReadError::NotASpreadsheet { found: "a Word document" }
    } else if has("Workbook") || has("Book") {
        ReadError::OtherSpreadsheet { found: "an Excel 97 to 2003 workbook (.xls)" }
    } else {
        ReadError::NotASpreadsheet { found: "an old Office file" }
    }
}
