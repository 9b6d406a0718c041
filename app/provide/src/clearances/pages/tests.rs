//! What the pages of checks hold.

use chrono::NaiveDate;
use domain::State;
use domain::clearance::{ClearanceKind, ClearanceStatus, Evidence, Risk};
use domain::ids::AccountId;
use scraper::{Html, Selector};
use services::clearances::CheckView;
use uuid::Uuid;

use super::check::{Tried, check_view, date};
use crate::applications::pages::tests::{about, application, check, page, text, values};

fn view(kind: ClearanceKind) -> CheckView {
    CheckView {
        application: application("Amira Khan", State::Accepted),
        about: about(1),
        check: check(kind, ClearanceStatus::Requested),
        risk: Some(Risk::AfterStart),
        documents: Some(vec![]),
        takes_documents: false,
        settles: true,
        settled_by: None,
        reused_from: None,
        letter: None,
        today: NaiveDate::from_ymd_opt(2027, 3, 3).unwrap(),
        reader: AccountId(Uuid::from_u128(9)),
    }
}

fn shown(view: &CheckView, tried: &Tried) -> Html {
    let (view, tried) = (view.clone(), tried.clone());
    page(move || check_view(&view, &tried, "", ""))
}

fn count(page: &Html, what: &str) -> usize {
    page.select(&Selector::parse(what).unwrap()).count()
}

/// Nothing about health can be typed: no box takes free text, whatever evidence the type asks for, and no
/// file can be chosen. The three boxes of a date take a date.
#[test]
fn no_field_of_a_health_clearance_takes_free_text() {
    for evidence in [Evidence::None, Evidence::Date, Evidence::Document] {
        let mut health = view(ClearanceKind::OccupationalHealth);
        health.check.what.evidence = evidence;
        let page = shown(&health, &Tried::default());
        assert_eq!(count(&page, "form"), 3, "done, not needed, could not be done");
        assert_eq!(count(&page, "textarea") + count(&page, "input[type=file]"), 0, "{evidence:?}");
        let typed = count(&page, "input:not([type=hidden]):not([type=radio])");
        assert_eq!(typed, if evidence == Evidence::Date { 3 } else { 0 }, "{evidence:?}");
        let dates = count(&page, "input[name=seen_day], input[name=seen_month], input[name=seen_year]");
        assert_eq!(typed, dates);
        assert_eq!(count(&page, "input[type=radio][name=because]"), 4);
        assert_eq!(count(&page, "input[type=radio][checked]"), 0, "no reason is chosen beforehand");
    }
    assert_eq!(date("She has", "asthma", "2027"), None);
}

#[test]
fn what_is_missing_is_said_where_it_is_missing() {
    let mut identity = view(ClearanceKind::Identity);
    let waived = Tried { status: "waived".into(), ..Tried::default() };
    let page = shown(&identity, &waived);
    assert_eq!(values(&page, ".nhsuk-error-summary a", "href"), ["#because"]);
    assert_eq!(count(&page, "textarea#because.nhsuk-textarea--error"), 1);
    assert_eq!(count(&page, "details[open]"), 1);

    identity.check.what.evidence = Evidence::Date;
    let tried = |day: &str| Tried { status: "met".into(), day: day.into(), month: "3".into(), year: "2027".into() };
    let wrong = shown(&identity, &tried("4"));
    assert_eq!(values(&wrong, ".nhsuk-error-summary a", "href"), ["#seen-day"]);
    assert!(text(&wrong).contains("today or earlier"));
    assert_eq!(values(&wrong, "#seen-day", "value"), ["4"], "what was typed is kept");
    assert_eq!(
        count(&shown(&identity, &tried("3")), ".nhsuk-error-summary"),
        0,
        "the address alone makes nothing wrong"
    );

    identity.check.what.evidence = Evidence::Document;
    identity.takes_documents = true;
    let page = shown(&identity, &Tried { status: "met".into(), ..Tried::default() });
    assert_eq!(values(&page, ".nhsuk-error-summary a", "href"), ["#file"]);
    assert_eq!(count(&page, "input[type=file]#file"), 1);
}

#[test]
fn a_check_at_risk_says_so_in_words() {
    let page = shown(&view(ClearanceKind::Identity), &Tried::default());
    assert!(text(&page).contains("it takes longer than there is until the first day"));
    let mut read_only = view(ClearanceKind::Identity);
    read_only.settles = false;
    assert_eq!(count(&shown(&read_only, &Tried::default()), "form"), 0);
}
