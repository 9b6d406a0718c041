//! What hosts see, what a form shows again, and that the sheet is a table.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::attendance::Mark;
use domain::form::Problem;
use domain::ids::{AccountId, ApplicationId, DepartmentId, OrganisationId, SessionId};
use domain::time::Moment;
use domain::{Role, State};
use scraper::{Html, Selector};
use services::attendance::{Again, Day, OnePerson, Person, Register, RegisterDay, RunSession, Supervisors};
use uuid::Uuid;

use super::register::{Shown, register_view};
use crate::applications::pages::tests::{application, page, text};

fn july(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 7, day).unwrap()
}

fn session() -> RunSession {
    RunSession {
        id: SessionId(Uuid::from_u128(4)),
        title: "A week with Pharmacy".into(),
        organisation: OrganisationId(Uuid::from_u128(3)),
        organisation_name: "Aire Valley NHS Trust".into(),
        department: Some(DepartmentId(Uuid::from_u128(5))),
        department_name: Some("Pharmacy".into()),
        starts_on: july(5),
        ends_on: july(13),
        starts_at: Some(570),
        ends_at: Some(930),
        cancelled: false,
        confirmed: 2,
        recorded: 0,
    }
}

fn day(mark: Mark, minutes: Option<i64>) -> Day {
    Day {
        application: ApplicationId(Uuid::from_u128(6)),
        day: july(6),
        mark: Some(mark),
        minutes,
        by: Some(AccountId(Uuid::from_u128(7))),
        role: Role::Supervisor,
        at: Moment(0),
        reason: String::new(),
    }
}

fn person(reference: &str, name: &str, today: Option<Day>) -> Person {
    Person {
        reference: reference.into(),
        name: name.into(),
        access: None,
        state: State::Confirmed,
        days: usize::from(today.is_some()),
        today,
        may_change: true,
        asks: false,
    }
}

/// Tuesday of a session from Monday to the Tuesday after; Wednesday did not take place.
fn shown(at: &'static str) -> Shown {
    let days = [5, 6, 7, 8, 9, 12, 13].map(|n| RegisterDay {
        day: july(n),
        not_run: (n == 7).then(|| "The ward was closed.".to_owned()),
        open: n <= 8,
        recorded: match n {
            5 => 2,
            6 => 1,
            _ => 0,
        },
    });
    let role = if at == "supervisor" { Role::Supervisor } else { Role::Coordinator };
    let people = vec![
        person("WX-AAAA-AAAA", "Amira Khan", Some(day(Mark::Part, Some(210)))),
        person("WX-BBBB-BBBB", "Ben <b>Ali</b>", None),
    ];
    Shown {
        at,
        register: Register { session: session(), days: days.into(), day: july(6), people, role, today: july(8) },
        day: Again::default(),
        not_run: Again::default(),
    }
}

fn again(boxes: &[(&str, &str)], problems: &[(&str, &str)]) -> Again {
    Again {
        boxes: boxes.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
        problems: problems
            .iter()
            .map(|(field, words)| Problem { field: (*field).to_owned(), message: (*words).to_owned() })
            .collect(),
    }
}

fn all(page: &Html, what: &str) -> Vec<String> {
    page.select(&Selector::parse(what).unwrap())
        .map(|one| one.text().collect::<Vec<_>>().join("").split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

fn attributes(page: &Html, what: &str, name: &str) -> Vec<String> {
    page.select(&Selector::parse(what).unwrap())
        .filter_map(|one| one.value().attr(name).map(ToOwned::to_owned))
        .collect()
}

/// Each link of the summary leads to something that is there.
fn links(page: &Html) -> Vec<String> {
    let targets = attributes(page, ".nhsuk-error-summary a", "href");
    for target in &targets {
        let id = target.trim_start_matches('#');
        assert!(attributes(page, "[id]", "id").iter().any(|other| other == id), "{target} is not there");
    }
    targets
}

#[test]
fn the_register_says_in_words_what_is_recorded_and_how_far_each_day_is() {
    let html = page(|| register_view(&shown("supervisor")));
    assert_eq!(all(&html, ".wex-register__person .nhsuk-tag"), ["Part of the day, 3 hours 30 minutes", "Not recorded"]);
    assert_eq!(
        all(&html, ".wex-days__state"),
        ["recorded", "1 of 2 recorded", "did not take place", "to record", "not yet", "not yet", "not yet"]
    );
    assert_eq!(all(&html, ".wex-days [aria-current]"), ["Tue 6 July 1 of 2 recorded"]);
    assert!(text(&html).contains("1 of 2 people recorded.") && text(&html).contains("Everybody else came"));
    // Nobody presses "Came" with the Enter key of the box for hours.
    for form in html.select(&Selector::parse("form").unwrap()) {
        let has = |what: &str| form.select(&Selector::parse(what).unwrap()).count();
        assert!(has("input[name=hours]") == 0 || (has("button") == 1 && has("button[name]") == 0));
    }
    // The known hours stand in the box, to be changed.
    assert_eq!(attributes(&html, "input[name=hours]", "id"), ["hours-WX-AAAA-AAAA", "hours-WX-BBBB-BBBB"]);
    assert_eq!(attributes(&html, "input[name=hours]", "value"), ["3.5"]);
    assert!(text(&html).contains("Ben <b>Ali</b>"), "a name is text");
    // What coordinators alone may do is not there.
    assert_eq!(all(&html, "form[action='/do/provide_day_not_run']").len(), 0);
    assert!(!text(&html).contains("Every day, and changes"));
    let html = page(|| register_view(&shown("provider")));
    assert!(text(&html).contains("Every day, and changes"));
}

#[test]
fn a_day_that_has_not_begun_takes_nothing() {
    let mut not_yet = shown("provider");
    not_yet.register.day = july(9);
    not_yet.register.people.iter_mut().for_each(|one| one.today = None);
    let html = page(move || register_view(&not_yet));
    assert!(text(&html).contains("Not yet. You can record this day once it has begun."));
    assert_eq!(all(&html, "form[action='/do/provide_record_day']").len(), 0);
    assert_eq!(all(&html, "form[action='/do/provide_everyone_came']").len(), 0);
    assert_eq!(all(&html, "form[action='/do/provide_day_not_run']").len(), 1, "it is known before that it will not");
    let mut closed = shown("provider");
    closed.register.day = july(7);
    let html = page(move || register_view(&closed));
    assert!(text(&html).contains("It did not take place on this day: The ward was closed."));
    assert_eq!(all(&html, "form[action='/do/provide_record_day']").len(), 0);
}

#[test]
fn what_is_wrong_stands_at_the_top_and_at_its_box() {
    let typed = [("reference", "WX-BBBB-BBBB"), ("mark", "part"), ("hours", "all <b>day</b>")];
    let mut wrong = shown("supervisor");
    wrong.day = again(&typed, &[("hours", "Enter how many hours they were there.")]);
    let html = page(move || register_view(&wrong));
    assert_eq!(links(&html), ["#hours-WX-BBBB-BBBB"]);
    assert_eq!(attributes(&html, "#hours-WX-BBBB-BBBB", "value"), ["all <b>day</b>"]);
    assert_eq!(all(&html, "details[open] input[name=hours]").len(), 1, "only theirs is open");
    assert_eq!(attributes(&html, "#hours-WX-AAAA-AAAA", "value"), ["3.5"]);
    // What is about the whole leads to the person, or stands alone.
    let mut wrong = shown("supervisor");
    wrong.day = again(&typed[..2], &[("", "Only a coordinator can change it now.")]);
    let html = page(move || register_view(&wrong));
    assert_eq!(links(&html), ["#WX-BBBB-BBBB"]);
    let mut wrong = shown("supervisor");
    wrong.day = again(&[("everyone", "yes")], &[("day", "You can record this day tomorrow.")]);
    let html = page(move || register_view(&wrong));
    assert_eq!(links(&html), [""; 0]);
    assert_eq!(all(&html, ".nhsuk-error-summary li"), ["You can record this day tomorrow."]);
}

#[test]
fn one_persons_forms_keep_what_was_typed() {
    let person = OnePerson {
        session: session(),
        application: application("Amira Khan", State::PartlyAttended),
        days: vec![july(5), july(6)],
        recorded: vec![day(Mark::Part, Some(45))],
        history: vec![day(Mark::Came, Some(360)), day(Mark::Part, Some(45))],
        people: BTreeMap::from([(AccountId(Uuid::from_u128(7)), "Sam Host".to_owned())]),
        questions: vec![services::attendance::Question {
            said: "I was there.".into(),
            said_at: Moment(0),
            answer: String::new(),
            answered_at: None,
        }],
    };
    let change = again(
        &[("day", "2027-07-06"), ("mark", "part"), ("hours", "9"), ("reason", "You said so.")],
        &[("hours", "A whole day is 6 hours.")],
    );
    let one =
        super::one::Shown { person, change, answer: again(&[("answer", " ")], &[("answer", "Write an answer.")]) };
    let html = page(move || super::one::one_view(&one, ""));
    assert_eq!(links(&html), ["#answer", "#hours"]);
    assert_eq!(attributes(&html, "option[selected]", "value"), ["2027-07-06"]);
    assert_eq!(attributes(&html, "input[name=mark][checked]", "value"), ["part"]);
    assert_eq!(attributes(&html, "#hours", "value"), ["9"]);
    assert_eq!(all(&html, "#reason"), ["You said so."]);
    assert_eq!(all(&html, ".nhsuk-summary-list__value"), ["Not recorded yet", "Part of the day, 45 minutes"]);
    assert!(text(&html).contains("Recorded by Sam Host"));
}

#[test]
fn a_supervisors_address_that_will_not_do_is_linked() {
    let supervisors =
        Supervisors { list: vec![], departments: vec![(DepartmentId(Uuid::from_u128(5)), "Pharmacy".into())] };
    let typed =
        [("name", "Sam"), ("email", "sam@aire.example"), ("department", "00000000-0000-0000-0000-000000000005")];
    let wrong = again(&typed, &[("email", "Ask them for a second address.")]);
    let html = page(move || super::supervisors::supervisors_view(&supervisors, &wrong, ""));
    assert_eq!(links(&html), ["#email"]);
    assert_eq!(attributes(&html, "form input:not([type=hidden])", "value"), ["Sam", "sam@aire.example"]);
    assert_eq!(all(&html, "option[selected]"), ["Pharmacy"]);
}

#[test]
fn the_sheet_is_a_table_for_each_week() {
    let html = page(|| super::sheet::sheet_view(&shown("supervisor").register));
    assert_eq!(all(&html, "caption"), ["5 to 9 July 2027", "12 to 13 July 2027"]);
    assert_eq!(
        all(&html, "table:nth-of-type(1) thead th"),
        ["Name", "Mon 5 July", "Tue 6 July", "Thu 8 July", "Fri 9 July"],
        "a day that does not take place is not signed"
    );
    assert_eq!(all(&html, "tbody tr").len(), 4, "two people, two weeks");
    assert!(text(&html).contains("Aire Valley NHS Trust, Pharmacy, 5 to 13 July 2027, 9:30am to 3:30pm"));
}
