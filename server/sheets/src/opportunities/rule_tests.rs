//! Each rule on a sheet built here.

use chrono::NaiveDate;
use rstest::rstest;

use super::*;
use crate::cell::Cell;

const HEADINGS: [&str; 18] = [
    "Ref",
    "Trust code",
    "Department",
    "Opportunity title",
    "Type",
    "In person / online",
    "Start",
    "End",
    "Times",
    "No. of places",
    "Min age",
    "Closing date",
    "Where",
    "Postcode",
    "Who can apply",
    "What they will do",
    "Dress code",
    "Contact email",
];

const GOOD: [&str; 18] = [
    "A1",
    "R0A",
    "Pharmacy",
    "A week with Pharmacy",
    "Work experience",
    "In person",
    "24/05/2027",
    "28/05/2027",
    "9-4",
    "4",
    "16",
    "12/04/2027",
    "York Hospital, York",
    "YO31 8HE",
    "All",
    "Shadow staff",
    "Smart",
    "a@b.example",
];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 2).unwrap()
}

fn sheet(rows: &[Vec<String>]) -> Sheet {
    let rows = std::iter::once(HEADINGS.iter().map(|heading| (*heading).to_owned()).collect())
        .chain(rows.iter().cloned())
        .zip(1..)
        .map(|(cells, line): (Vec<String>, u32)| SheetRow { line, cells: cells.into_iter().map(Cell::text).collect() })
        .collect();
    Sheet { name: "test".into(), rows }
}

fn good(changes: &[(&str, &str)]) -> Vec<String> {
    HEADINGS
        .iter()
        .zip(GOOD)
        .map(|(heading, value)| {
            changes.iter().find(|(column, _)| column == heading).map_or(value, |(_, changed)| changed).to_owned()
        })
        .collect()
}

fn read(rows: &[Vec<String>]) -> Understood {
    let sheet = sheet(rows);
    let mapping = Mapping::find(&sheet).unwrap();
    let understood = opportunities(&sheet, &mapping, &Given::on(today()));
    assert!(understood.report().adds_up());
    understood
}

fn one(changes: &[(&str, &str)]) -> Understood {
    read(&[good(changes)])
}

#[test]
fn a_good_row_is_taken_without_a_word() {
    let understood = one(&[]);
    assert_eq!(understood.problems, []);
    assert!(understood.rows[0].notes.is_empty() && understood.rows[0].missing.is_empty());
}

#[rstest]
#[case(&[("Opportunity title", " ")], "Opportunity title", "The title is missing.")]
#[case(&[("Trust code", "")], "Trust code", "The organisation is missing.")]
#[case(&[("Type", "Something")], "Type", "We do not know this kind of opportunity.")]
#[case(&[("Start", "31/02/2027")], "Start", "February 2027 has 28 days, so there is no day 31.")]
#[case(&[("Start", "Tuesday 24 May 2027")], "Start", "24 May 2027 is a Monday, not a Tuesday.")]
#[case(&[("Start", "soonish")], "Start", "We could not read this as a date.")]
#[case(&[("End", "30/02/2027")], "End", "February 2027 has 28 days, so there is no day 30.")]
#[case(&[("End", "23/05/2027")], "End", "The last day, Sunday 23 May 2027, is before the first, Monday 24 May 2027.")]
#[case(&[("Start", "24-27 May 2027")], "End", "The start says until Thursday 27 May 2027, and the end says Friday 28 May 2027.")]
#[case(&[("Start", "01/11/2026"), ("Closing date", "")], "Start", "The first day, Sunday 1 November 2026, has passed.")]
#[case(&[("Closing date", "25/05/2027")], "Closing date", "The closing date, Tuesday 25 May 2027, is after the first day, Monday 24 May 2027.")]
#[case(&[("Closing date", "w/c 12/04/2027")], "Closing date", "The closing date is more than one day.")]
#[case(&[("No. of places", "0")], "No. of places", "A session with no places cannot be offered.")]
#[case(&[("No. of places", "-3")], "No. of places", "A number of places cannot be below zero.")]
#[case(&[("Min age", "18-14")], "Min age", "The youngest age, 18, is above the oldest, 14.")]
#[case(&[("Postcode", "ZZ99 9ZZ")], "Postcode", "There is no postcode area ZZ in the United Kingdom.")]
#[case(&[("Postcode", "Yorkshire")], "Postcode", "This is not a postcode.")]
#[case(&[("In person / online", "Zoom")], "Type", "Work experience happens in a workplace, so it cannot be online.")]
#[case(&[("Type", "Virtual work experience"), ("In person / online", "")], "Type", "Work experience happens in a workplace, so it cannot be online.")]
fn rows_that_cannot_be(#[case] changes: &[(&str, &str)], #[case] column: &str, #[case] reason: &str) {
    let understood = one(changes);
    assert_eq!(understood.rows, []);
    let [problem] = understood.problems.as_slice() else { panic!("{:?}", understood.problems) };
    assert_eq!((problem.line, problem.column.as_str(), problem.reason.as_str()), (2, column, reason));
    assert!(!problem.mend.is_empty());
}

#[test]
fn a_row_tells_all_its_problems() {
    let understood = one(&[("Start", "31/02/2027"), ("No. of places", "0"), ("Opportunity title", "")]);
    let columns: Vec<_> = understood.problems.iter().map(|problem| problem.column.as_str()).collect();
    assert_eq!(columns, ["Opportunity title", "Start", "No. of places"]);
    assert_eq!(understood.report().refused_lines(), 1);
}

#[rstest]
#[case("Meet the team (live Q&A)", "Careers information")]
#[case("Anatomy course", "Work-related learning")]
fn an_online_session_is_told_its_right_kind(#[case] title: &str, #[case] kind: &str) {
    let understood = one(&[("In person / online", "MS Teams"), ("Opportunity title", title)]);
    assert!(understood.problems[0].mend.contains(kind), "{}", understood.problems[0].mend);
}

#[rstest]
#[case(&[("No. of places", "TBC")], &[Missing::Places])]
#[case(&[("No. of places", "")], &[Missing::Places])]
#[case(&[("No. of places", "06-Aug")], &[Missing::Places])]
#[case(&[("Postcode", "")], &[Missing::Postcode])]
#[case(&[("Postcode", "YO31")], &[Missing::Postcode])]
#[case(&[("Min age", "")], &[Missing::MinimumAge])]
#[case(&[("Start", "TBC"), ("End", "")], &[Missing::Start])]
#[case(&[("Times", "ask the ward")], &[Missing::Times])]
#[case(&[("Where", "")], &[Missing::Where])]
#[case(&[("Where", "TBC")], &[Missing::Where])]
#[case(&[("Contact email", "ring Jo")], &[Missing::Contact])]
#[case(&[("Type", "Careers talk"), ("In person / online", "")], &[Missing::Delivery])]
#[case(&[("Type", "Careers talk"), ("In person / online", "Online"), ("Postcode", ""), ("Where", ""), ("No. of places", "")], &[])]
#[case(&[("Postcode", ""), ("Where", "York Hospital, York YO31 8HE")], &[])]
fn rows_that_become_drafts(#[case] changes: &[(&str, &str)], #[case] missing: &[Missing]) {
    let understood = one(changes);
    assert_eq!(understood.problems, []);
    assert_eq!(understood.rows[0].missing, missing);
}

#[test]
fn the_last_part_of_an_address_is_the_town() {
    assert_eq!(one(&[]).rows[0].town.as_deref(), Some("York"));
    let found = one(&[("Postcode", ""), ("Where", "York Hospital, York YO31 8HE")]);
    assert_eq!(found.rows[0].town.as_deref(), Some("York"));
    assert_eq!(found.rows[0].postcode.as_deref(), Some("YO31 8HE"));
}

#[test]
fn a_repeated_row_is_counted_and_a_repeated_reference_is_not_taken() {
    let understood = read(&[good(&[]), good(&[]), good(&[("No. of places", "5")])]);
    assert_eq!(understood.repeats, [Repeat { line: 3, of: 2 }]);
    let [problem] = understood.problems.as_slice() else { panic!("{:?}", understood.problems) };
    assert_eq!((problem.line, problem.column.as_str(), problem.value.as_str()), (4, "Ref", "A1"));
    assert!(problem.reason.contains("Line 2"));
    assert_eq!(understood.report().unchanged, 1);

    let bad = good(&[("Start", "31/02/2027")]);
    let understood = read(&[bad.clone(), bad]);
    assert_eq!((understood.repeats.len(), understood.report().refused_lines()), (0, 2));
}

#[test]
fn rows_without_a_reference_are_told_apart_by_all_they_say() {
    let nameless = good(&[("Ref", "")]);
    let other = good(&[("Ref", ""), ("No. of places", "5")]);
    let understood = read(&[nameless.clone(), other, nameless]);
    assert_eq!((understood.rows.len(), understood.repeats.len()), (2, 1));
}

#[test]
fn headings_repeated_in_the_middle_are_named() {
    let headings = HEADINGS.iter().map(|heading| (*heading).to_owned()).collect();
    let understood = read(&[good(&[]), headings, good(&[("Ref", "A2")])]);
    assert_eq!((understood.rows.len(), understood.report().refused_lines()), (2, 1));
    assert_eq!(understood.problems[0].reason, "This row repeats the headings.");
}

#[test]
fn a_given_organisation_stands_in() {
    let sheet = sheet(&[good(&[("Trust code", "")])]);
    let mapping = Mapping::find(&sheet).unwrap();
    let given = Given { today: today(), organisation: Some("RAE".into()) };
    let understood = opportunities(&sheet, &mapping, &given);
    assert_eq!(understood.rows[0].organisation, "RAE");
    assert_eq!(understood.rows[0].notes[0].understood_as, "taken as RAE");
}

#[test]
fn a_person_may_change_what_a_column_means() {
    let sheet = sheet(&[good(&[])]);
    let mut mapping = Mapping::find(&sheet).unwrap();
    let department = mapping.column(Field::Department).unwrap().index;
    mapping.set(Field::Title, Some(department));
    mapping.set(Field::Dress, None);
    mapping.set(Field::Town, Some(99));
    assert_eq!(mapping.column(Field::Department), None);
    assert_eq!(mapping.header(Field::Dress), "Dress code");
    let unmatched: Vec<_> =
        mapping.unmatched().map(|column| (column.header.as_str(), column.examples.clone())).collect();
    assert_eq!(
        unmatched,
        [("Opportunity title", vec!["A week with Pharmacy".to_owned()]), ("Dress code", vec!["Smart".to_owned()])]
    );
    let understood = opportunities(&sheet, &mapping, &Given::on(today()));
    assert_eq!((understood.rows[0].title.as_str(), understood.rows[0].dress.as_deref()), ("Pharmacy", None));
    let json = serde_json::to_string(&mapping).unwrap();
    assert_eq!(serde_json::from_str::<Mapping>(&json).unwrap(), mapping);
}
