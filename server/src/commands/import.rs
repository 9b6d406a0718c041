//! `wex import`.

use std::fs::File;
use std::path::{Path, PathBuf};

use services::import::{Options, from_file};
use services::reference::{self, List};
use sheets::reference::PlaceFiles;
use sheets::{MAX_BYTES, Report};

use crate::cli::{ImportList, ImportOpportunities, ImportPlaces, SOME_REFUSED};
use crate::config::Config;
use crate::progress::Progress;
use crate::{Failure, start};

pub async fn opportunities(config: &Config, asked: &ImportOpportunities) -> Result<u8, Failure> {
    let bytes = read(&asked.file, MAX_BYTES as u64)?;
    let started = start::either(config).await?;
    let mut progress = Progress::default();
    progress.say("Importing opportunities …");
    let options = Options {
        organisation: asked.organisation.clone(),
        dry_run: asked.dry_run,
        publish: !asked.drafts,
        ..Options::default()
    };
    let report = from_file(&started.services, &bytes, &name(&asked.file), options).await;
    drop(progress);
    started.services.db.close().await;
    Ok(show(&report?, asked.json, asked.dry_run))
}

pub async fn list(config: &Config, list: List, asked: &ImportList) -> Result<u8, Failure> {
    /// Official lists of every school are a few megabytes.
    const MOST_BYTES: u64 = 200 << 20;
    let bytes = read(&asked.file, MOST_BYTES)?;
    let started = start::either(config).await?;
    let mut progress = Progress::default();
    progress.say(&format!("Importing {} …", list.as_str()));
    let report = reference::import(&started.services, list, &bytes, &name(&asked.file)).await;
    drop(progress);
    started.services.db.close().await;
    Ok(show(&report?, asked.json, false))
}

pub async fn places(config: &Config, asked: &ImportPlaces) -> Result<u8, Failure> {
    let files = files(&asked.files)?;
    let mut bytes = 0;
    for file in &files {
        bytes += std::fs::metadata(file).map_err(|error| unreadable(file, &error))?.len();
    }
    // What the database has to say is said before a gigabyte is read.
    let started = start::either(config).await?;
    let mut progress = Progress::default();
    let report = async {
        let mut reading = PlaceFiles::default();
        let megabytes = |bytes: u64| usize::try_from(bytes >> 20).unwrap_or(usize::MAX);
        let mut read = 0;
        for path in &files {
            let file = File::open(path).map_err(|error| unreadable(path, &error))?;
            let mut told = |more: u64| {
                read += more;
                progress.count("Reading postcodes, megabytes", megabytes(read), megabytes(bytes));
            };
            reading.read(&name(path), file, &mut told).map_err(|error| unreadable(path, &error))?;
        }
        progress.say("Saving …");
        Ok(reference::save_places(&started.services, reading.finish()).await?)
    }
    .await;
    drop(progress);
    started.services.db.close().await;
    report.map(|report| show(&report, asked.json, false))
}

/// The files that were named, and those ending in .csv of each folder that was.
fn files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).map_err(|error| unreadable(path, &error))?;
        let mut inside: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv")))
            .collect();
        if inside.is_empty() {
            return Err(unreadable(path, &"no file in this folder ends in .csv"));
        }
        inside.sort();
        files.append(&mut inside);
    }
    Ok(files)
}

fn unreadable(file: &Path, what: &dyn std::fmt::Display) -> Failure {
    Failure::new(format!("{} cannot be read: {what}", file.display()))
}

fn name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn read(file: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let size = std::fs::metadata(file).map_err(|error| unreadable(file, &error))?.len();
    if size > most {
        let words = format!("it has {} MB, and at most {} MB can be read", size >> 20, most >> 20);
        return Err(unreadable(file, &words));
    }
    std::fs::read(file).map_err(|error| unreadable(file, &error))
}

/// Prints the report; the exit status.
fn show(report: &Report, json: bool, dry_run: bool) -> u8 {
    if json {
        // A report is plain data: it always turns into JSON.
        println!("{}", serde_json::to_string_pretty(report).unwrap_or_default());
    } else {
        print!("{}", in_words(report, dry_run));
    }
    if report.refused.is_empty() { 0 } else { SOME_REFUSED }
}

fn in_words(report: &Report, dry_run: bool) -> String {
    let taken = if dry_run { "would be taken" } else { "taken" };
    let mut out = format!(
        "{} rows read: {} {taken}, {} known already, {} refused.\n",
        report.read,
        report.taken,
        report.unchanged,
        report.refused_lines()
    );
    for remark in &report.remarks {
        out += &format!("{remark}\n");
    }
    for refusal in &report.refused {
        let value = if refusal.value.is_empty() { "empty".to_owned() } else { format!("{:?}", refusal.value) };
        let file = refusal.file.as_ref().map(|file| format!("{file}, ")).unwrap_or_default();
        out += &format!(
            "  {file}line {}, {}: {value}. {} {}\n",
            refusal.line, refusal.column, refusal.reason, refusal.mend
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use sheets::Refusal;

    use super::*;

    #[test]
    fn each_refused_row_is_named() {
        let refusal = Refusal {
            line: 7,
            column: "Start".into(),
            value: "31/02/2027".into(),
            reason: "There is no such day.".into(),
            mend: "Write it like 28/02/2027.".into(),
            file: None,
        };
        let report = Report { read: 3, taken: 1, unchanged: 1, refused: vec![refusal], remarks: Vec::new() };
        assert_eq!(
            in_words(&report, false),
            "3 rows read: 1 taken, 1 known already, 1 refused.\n  line 7, Start: \"31/02/2027\". There is no such day. Write it like 28/02/2027.\n"
        );
        let mut several = report.clone();
        several.refused[0].file = Some("ls.csv".into());
        several.remarks.push("They give one middle.".into());
        assert!(in_words(&several, false).contains("refused.\nThey give one middle.\n  ls.csv, line 7, Start:"));
        assert_eq!(show(&report, false, true), 3);
        assert_eq!(show(&Report::default(), true, false), 0);
    }
}
