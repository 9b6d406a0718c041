//! `wex export`. The file appears whole or not at all.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use crate::cli::{ExportTo, Format};
use crate::config::Config;
use crate::progress::Progress;
use crate::{Failure, start};

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Opportunities with their sessions.
    Opportunities,
    /// Applications without names and answers.
    Applications,
}

pub async fn run(config: &Config, what: What, asked: &ExportTo) -> Result<u8, Failure> {
    // Reading a demonstration's data out harms nobody, so whose database it is does not matter here.
    let db = start::open(config).await?;
    if !db.is_migrated().await? {
        return Err(Failure::new("the database is not of this version. Run: wex migrate"));
    }
    let mut progress = Progress::default();
    progress.say("Exporting …");
    let mut tx = db.read().await?;
    let organisation = match &asked.organisation {
        None => None,
        Some(code) => {
            let found = store::organisations::find_by_code(&mut tx, code).await?;
            Some(found.ok_or_else(|| Failure::new(format!("there is no organisation with the code {code:?}")))?.id)
        }
    };
    let bytes = match what {
        What::Opportunities => {
            written(&store::exports::list_opportunities(&mut tx, organisation).await?, asked.format)?
        }
        What::Applications => written(&store::exports::list_applications(&mut tx, organisation).await?, asked.format)?,
    };
    drop(tx);
    db.close().await;
    drop(progress);
    keep(&asked.file, &bytes)
        .map_err(|error| Failure::new(format!("{} cannot be written: {error}", asked.file.display())))?;
    Ok(0)
}

fn written<T: Serialize>(rows: &[T], format: Format) -> Result<Vec<u8>, Failure> {
    let problem = |error: &dyn std::fmt::Display| Failure::new(format!("the rows cannot be written: {error}"));
    if format == Format::Json {
        let mut bytes = serde_json::to_vec_pretty(rows).map_err(|error| problem(&error))?;
        bytes.push(b'\n');
        return Ok(bytes);
    }
    let mut plain = csv::Writer::from_writer(Vec::new());
    for row in rows {
        plain.serialize(row).map_err(|error| problem(&error))?;
    }
    let plain = plain.into_inner().map_err(|error| problem(&error))?;
    let mut out = csv::Writer::from_writer(Vec::new());
    for record in csv::ReaderBuilder::new().has_headers(false).from_reader(plain.as_slice()).records() {
        let record = record.map_err(|error| problem(&error))?;
        out.write_record(record.iter().map(cell)).map_err(|error| problem(&error))?;
    }
    out.into_inner().map_err(|error| problem(&error))
}

/// A cell as it may be written. A spreadsheet would run a text that begins like a formula: an
/// apostrophe stops it. A number is none.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if formula { format!("'{text}") } else { text.to_owned() }
}

fn keep(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if file == Path::new("-") {
        return std::io::stdout().lock().write_all(bytes);
    }
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    std::fs::write(&part, bytes)?;
    std::fs::rename(&part, file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Row {
        title: &'static str,
        places: Option<i64>,
    }

    #[test]
    fn a_spreadsheet_runs_nothing() {
        let rows = [
            Row { title: "=HYPERLINK(\"http://evil\")", places: Some(-1) },
            Row { title: "Nursing, week 1", places: None },
            Row { title: "@SUM(1)", places: Some(2) },
        ];
        let text = String::from_utf8(written(&rows, Format::Csv).unwrap()).unwrap();
        assert_eq!(text, "title,places\n\"'=HYPERLINK(\"\"http://evil\"\")\",-1\n\"Nursing, week 1\",\n'@SUM(1),2\n");
        assert_eq!(
            String::from_utf8(written(&rows[1..2], Format::Json).unwrap()).unwrap(),
            "[\n  {\n    \"title\": \"Nursing, week 1\",\n    \"places\": null\n  }\n]\n"
        );
    }

    #[test]
    fn the_file_appears_whole() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out.csv");
        keep(&file, b"a\n").unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(keep(&folder.path().join("no/such/out.csv"), b"a").is_err());
    }
}
