//! Each sample file: how many rows are understood, repeated and refused, and why.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic")]

mod common;

use chrono::NaiveDate;
use domain::{Delivery, Kind};
use sheets::{Given, Mapping, Missing, Sheet, Understood, UnderstoodRow, opportunities, read};

fn given() -> Given {
    Given::on(NaiveDate::from_ymd_opt(2026, 11, 2).unwrap())
}

fn sample(name: &str) -> Option<(Sheet, Mapping, Understood)> {
    let bytes = common::shared(&format!("samples/{name}"))?;
    let sheet = read(&bytes, name).unwrap();
    let mapping = Mapping::find(&sheet).unwrap();
    let understood = opportunities(&sheet, &mapping, &given());
    assert_eq!(
        understood.read,
        understood.rows.len() + understood.repeats.len() + understood.report().refused_lines(),
        "{name}: no row is lost"
    );
    assert!(understood.report().adds_up());
    Some((sheet, mapping, understood))
}

fn counts(understood: &Understood) -> (usize, usize, usize, usize) {
    let report = understood.report();
    (report.read, report.taken, report.unchanged, report.refused_lines())
}

fn why(understood: &Understood) -> Vec<(u32, &str, &str, &str)> {
    understood.problems.iter().map(|p| (p.line, p.column.as_str(), p.value.as_str(), p.reason.as_str())).collect()
}

fn row<'a>(understood: &'a Understood, reference: &str) -> &'a UnderstoodRow {
    understood.rows.iter().find(|row| row.reference.as_deref() == Some(reference)).unwrap()
}

fn notes(row: &UnderstoodRow) -> Vec<(&str, &str, &str)> {
    row.notes.iter().map(|n| (n.column.as_str(), n.value.as_str(), n.understood_as.as_str())).collect()
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap())
}

const IN_THE_PAST: &str = "The last day, Wednesday 1 January 2020, is before the first, Tuesday 5 January 2027.";
const NEVER_ONLINE: &str = "Work experience happens in a workplace, so it cannot be online.";

#[test]
fn the_clean_record_is_taken_whole() {
    let Some((_, mapping, understood)) = sample("central_record_clean.csv") else {
        return;
    };
    assert_eq!(counts(&understood), (40, 40, 0, 0));
    assert_eq!(mapping.header_line, 1);
    assert_eq!(mapping.matched().count(), 18);
    assert_eq!(mapping.unmatched().count(), 0);
    let first = row(&understood, "WEX01-001");
    assert_eq!((first.line, first.kind, first.delivery), (2, Kind::WorkExperience, Delivery::InPerson));
    assert_eq!((first.start, first.end, first.closing), (day("2027-05-17"), day("2027-05-21"), day("2027-04-05")));
    assert_eq!((first.capacity, first.min_age, first.town.as_deref()), (Some(8), Some(16), Some("Brierley Hill")));
    assert_eq!(
        first.what_you_will_do.as_deref(),
        Some("Shadow staff, see patients' journeys, “hands-on” tasks where safe.")
    );
    assert!(first.notes.is_empty() && first.missing.is_empty());
    // Every work experience row is complete; nobody counts the seats of the online talks.
    assert!(understood.rows.iter().all(|row| row.missing.is_empty()));
    assert_eq!(understood.rows.iter().filter(|row| row.kind == Kind::CareersInformation).count(), 4);
}

#[test]
fn the_messy_record_is_taken_but_for_what_is_wrong() {
    let Some((_sheet, mapping, understood)) = sample("central_record_messy.csv") else {
        return;
    };
    assert_eq!(counts(&understood), (69, 63, 1, 5));
    assert_eq!(mapping.header_line, 3);
    assert_eq!(understood.above, ["Work experience - CENTRAL RECORD (do not delete!)"]);
    assert_eq!(understood.repeats.iter().map(|r| (r.line, r.of)).collect::<Vec<_>>(), [(9, 8)]);
    assert_eq!(
        why(&understood),
        [
            (16, "Start", "31/02/2027", "February 2027 has 28 days, so there is no day 31."),
            (19, "Postcode", "ZZ99 9ZZ", "There is no postcode area ZZ in the United Kingdom."),
            (22, "Type", "Work experience", NEVER_ONLINE),
            (24, "Opportunity title", "", "The title is missing."),
            (26, "End", "01/01/2020", IN_THE_PAST),
            (
                26,
                "Closing date",
                "03/05/2027",
                "The closing date, Monday 3 May 2027, is after the first day, Tuesday 5 January 2027."
            ),
        ]
    );
    assert!(understood.problems[2].mend.contains("“Careers information”"), "{}", understood.problems[2].mend);

    // A HYPERLINK formula gives its label.
    let linked = row(&understood, "WEX02-009U");
    assert_eq!((linked.line, linked.title.as_str()), (28, "Pathology: three day taster"));
    assert!(notes(linked).contains(&(
        "Opportunity title",
        "Pathology: three day taster",
        "the text was kept and its link was dropped"
    )));
    // A cell of two lines is taken; below it, lines of text and rows of a spreadsheet differ.
    let lines = row(&understood, "WEX02-010T");
    assert_eq!(lines.what_you_will_do.as_deref(), Some("Line one\nLine two, with \"quotes\" and a comma"));
    assert_eq!(lines.line, 30);
    let unknown = row(&understood, "WEX02-011S");
    assert_eq!((unknown.line, unknown.organisation.as_str()), (32, "QQQ"));

    let first = row(&understood, "WEX02-001");
    assert_eq!(
        notes(first),
        [("No. of places", "6 (flexible)", "taken as 6"), ("Min age", "Yr10", "taken as 14 and over")]
    );
    let range = row(&understood, "WEX02-003");
    assert_eq!(
        (range.start, range.end, range.per_day, range.capacity),
        (day("2027-05-24"), day("2027-05-28"), true, Some(2))
    );
    let week = row(&understood, "WEX02-005");
    assert_eq!((week.start, week.end), (day("2027-06-28"), day("2027-07-02")));
    let tbc = row(&understood, "WEX02-028");
    assert_eq!((tbc.capacity, tbc.missing.as_slice()), (None, &[Missing::Places][..]));
    assert_eq!(row(&understood, "WEX02-014").max_age, Some(18));
    assert_eq!(row(&understood, "WEX02-002").min_age, Some(14));
    assert_eq!(row(&understood, "WEX02-010").organisation, "Dorset County Hospital Nhs Foundation Trust");
    assert_eq!(row(&understood, "WEX02-008").postcode.as_deref(), Some("B7 4BN"));
    assert_eq!(understood.rows.iter().filter(|row| !row.missing.is_empty()).count(), 7, "the places that are TBC");
}

#[test]
fn the_windows_record_is_taken_whole() {
    let Some((_, _, understood)) = sample("central_record_windows1252_semicolon.csv") else {
        return;
    };
    assert_eq!(counts(&understood), (25, 25, 0, 0));
    let first = row(&understood, "WEX03-001");
    assert_eq!(first.place.as_deref(), Some("Lewsey Road, Luton"));
    assert_eq!(first.daily_start.map(|t| t.to_string()).as_deref(), Some("09:30:00"));
    assert_eq!(first.missing, [Missing::Places]);
    let accented = row(&understood, "WEX03-004");
    assert_eq!(
        accented.what_you_will_do.as_deref(),
        Some("Tour, demonstrations and a Q&A with recent starters – naïve questions welcome.")
    );
    assert_eq!(accented.dress.as_deref(), Some("Black shoes; short sleeves on wards"));
}

#[test]
fn the_workbook_is_taken_but_for_what_is_wrong() {
    let Some((sheet, mapping, understood)) = sample("central_record.xlsx") else {
        return;
    };
    assert_eq!(sheet.name, "Central record");
    assert_eq!(mapping.header_line, 3);
    assert_eq!(counts(&understood), (54, 48, 1, 5));
    assert_eq!(understood.repeats.iter().map(|r| (r.line, r.of)).collect::<Vec<_>>(), [(9, 8)]);
    assert_eq!(
        why(&understood),
        [
            (16, "Start", "31/02/2027", "February 2027 has 28 days, so there is no day 31."),
            (19, "Postcode", "ZZ99 9ZZ", "There is no postcode area ZZ in the United Kingdom."),
            (22, "Type", "Work experience", NEVER_ONLINE),
            (24, "Opportunity title", "", "The title is missing."),
            (26, "End", "01/01/2020", IN_THE_PAST),
            (
                26,
                "Closing date",
                "11/01/2027",
                "The closing date, Monday 11 January 2027, is after the first day, Tuesday 5 January 2027."
            ),
        ]
    );
    let linked = row(&understood, "WEX04-009U");
    assert_eq!(linked.title, "Meet the Elderly care team (live online Q&A)");
    assert!(notes(linked).iter().any(|note| note.2 == "the text was kept and its link was dropped"));
    assert_eq!((linked.start, linked.end), (day("2027-06-07"), day("2027-06-09")));
    assert_eq!(row(&understood, "WEX04-010T").line, 30);
    assert_eq!(row(&understood, "WEX04-011S").line, 32);
    assert_eq!(row(&understood, "WEX04-001").closing, day("2027-03-15"));
}

#[test]
fn the_answers_of_a_form_are_no_opportunities() {
    let Some((_, mapping, understood)) = sample("ms_forms_applications.xlsx") else {
        return;
    };
    assert!(mapping.looks_like_form_answers);
    assert_eq!(counts(&understood), (80, 0, 0, 80));
    assert_eq!(understood.problems.len(), 80, "one reason each");
    assert_eq!(understood.problems[0].line, 2);
    assert_eq!(understood.problems[79].line, 81);
    assert!(understood.problems.iter().all(|p| p.reason.contains("list of applications")));
}
