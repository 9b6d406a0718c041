//! The pages of sessions, as a browser reads them.

use chrono::NaiveDate;
use domain::clearance::ConsentStatus;
use domain::ids::{AccountId, ApplicationId, OpportunityId, OrganisationId, SessionId};
use domain::places::{Places, Pool, Qualifies, Standing, TooFew};
use domain::priority::Priority;
use domain::time::Moment;
use domain::{Delivery, Kind, State};
use leptos::prelude::*;
use scraper::{Html, Selector};
use services::applications::{About, Line};
use services::sessions::{Entry, EntryKind, Session, SessionLine, SessionPlaces, SessionView, Waiting};
use uuid::Uuid;

use super::list::list_view;
use super::one::session_view;
use super::places::{places_view, too_few};
use super::*;

fn d(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).unwrap()
}

fn about() -> About {
    About {
        opportunity: OpportunityId(Uuid::from_u128(2)),
        opportunity_version: 1,
        opportunity_status: "published".into(),
        slug: "midwives".into(),
        title: "A week with <b>midwives</b>".into(),
        kind: Kind::WorkExperience,
        delivery: Delivery::InPerson,
        asks_why: true,
        decide_within: 10,
        min_age: None,
        max_age: None,
        dress: String::new(),
        bring: String::new(),
        contact_email: None,
        organisation: OrganisationId(Uuid::from_u128(3)),
        organisation_name: "Aire Valley NHS Trust".into(),
        department: None,
        site: None,
        address: None,
        town: None,
        postcode: None,
        directions: None,
        session: SessionId(Uuid::from_u128(4)),
        starts_on: d(7, 6),
        ends_on: d(7, 10),
        starts_at: None,
        ends_at: None,
        closes_on: d(6, 1),
        capacity: 4,
        held: 2,
        cancelled: false,
    }
}

fn line(name: &str, state: State) -> Line {
    Line {
        reference: "WX-7F3K-92QD".into(),
        learner: AccountId(Uuid::from_u128(1)),
        name: name.into(),
        title: "A week with midwives".into(),
        organisation_name: "Aire Valley NHS Trust".into(),
        starts_on: d(7, 6),
        ends_on: d(7, 10),
        state,
        state_since: Moment(0),
        submitted_at: Some(Moment(0)),
        decide_by: None,
        respond_by: (state == State::Offered).then(|| d(3, 8)),
        overdue: false,
        consent: if state == State::Accepted { ConsentStatus::Asked } else { ConsentStatus::Given },
        checks_open: if state == State::Accepted { 2 } else { 0 },
        checks_late: if state == State::Accepted { 1 } else { 0 },
        not_reached: 0,
        cancelled: false,
    }
}

fn shown() -> SessionView {
    let places = Places { capacity: 4, reserved_priority: 1, held_open: 1, held_priority: 1, ..Places::default() };
    SessionView {
        about: about(),
        places: SessionPlaces { places, reserved_for: None, lists_when_full: true },
        coming: vec![line("Amira Khan", State::Offered), line("Ben Cole", State::Accepted), line("", State::Confirmed)],
        undecided: vec![],
        waiting: vec![Waiting {
            application: ApplicationId(Uuid::from_u128(5)),
            reference: "WX-1111-1111".into(),
            learner: AccountId(Uuid::from_u128(6)),
            name: "Cora".into(),
            standing: Standing {
                priority: Priority { evidence: true, rebook: false },
                submitted_at: Moment(0),
                id: Uuid::from_u128(5),
                qualifies: Qualifies { priority: true, school: false },
                let_go: false,
                consent_refused: false,
            },
        }],
        ledger: vec![
            Entry {
                number: 1,
                at: Moment(0),
                kind: EntryKind::Capacity,
                pool: Pool::Open,
                change: 4,
                reference: None,
                because: "opened".into(),
            },
            Entry {
                number: 2,
                at: Moment(0),
                kind: EntryKind::Hold,
                pool: Pool::Priority,
                change: 1,
                reference: Some("WX-7F3K-92QD".into()),
                because: "offer".into(),
            },
        ],
        can_change: true,
        can_decide: true,
        new_dates: false,
        today: d(3, 1),
    }
}

fn page<V: IntoView>(view: impl FnOnce() -> V) -> Html {
    let html = Owner::new().with(|| view().into_view().to_html());
    assert!(!html.contains("<template") && !html.contains("<b>midwives"), "{html}");
    Html::parse_fragment(&html)
}

fn all(page: &Html, selector: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).unwrap())
        .map(|element| element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

fn words(page: &Html) -> String {
    page.root_element().text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_session_says_who_comes_what_they_need_and_who_waits() {
    let page = page(|| session_view(&shown(), "places"));
    let text = words(&page);
    for words in [
        "These dates have 4 places now.",
        "2 of 4 held",
        "Open to everybody",
        "1 of 3 held",
        "Reserved for learners who meet a priority",
        "Who is coming: 3 people",
        "Their answer, by 8 March 2027",
        "A parent or carer’s yes",
        "2 checks, 1 at risk",
        "Waiting list: 1 person",
        "Meets priority",
        "An open place, or one reserved for their priority",
        "until Monday 5 July 2027",
        "Held, reserved for a priority",
        "Change how many places there are",
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    // Which priority is nowhere.
    assert!(!text.contains("carer:") && !text.contains("meals"), "{text}");
    // Somebody without a name is their reference.
    assert!(all(&page, "tbody th a").contains(&"WX-7F3K-92QD".to_owned()));
}

#[test]
fn places_of_others_cannot_be_changed_and_nothing_is_claimed_that_was_not_done() {
    let quiet = SessionView { can_change: false, coming: vec![], waiting: vec![], ..shown() };
    let page = page(|| session_view(&quiet, ""));
    let text = words(&page);
    assert!(!text.contains("Change how many places there are") && !text.contains("These dates have"));
    assert!(text.contains("Nobody holds a place yet.") && !text.contains("Waiting list:"));
}

#[test]
fn too_few_places_are_refused_beside_the_box_with_who_holds_one() {
    let typed = Typed { places: "1".into(), priority: "<x>".into(), ..Typed::default() };
    let change = services::sessions::Change {
        capacity: 1,
        reserved_priority: 0,
        reserved_school: 0,
        reserved_for: None,
        lists_when_full: false,
    };
    let why = too_few(TooFew::Held { held: 2 }, &change);
    assert_eq!(why, ("places", "2 places are held, so there cannot be only 1".to_owned()));
    let holding = [line("Amira Khan", State::Offered), line("Ben Cole", State::Confirmed)];
    let page = page(|| places_view(&shown(), &typed, vec![why], &holding));
    assert_eq!(all(&page, ".nhsuk-error-summary a"), ["2 places are held, so there cannot be only 1"]);
    let rows = all(&page, "tbody tr").join("|");
    assert!(rows.contains("Wait for their answer until 8 March 2027, or take the offer back"), "{rows}");
    assert!(rows.contains("they can withdraw, or you can cancel their place"), "{rows}");
    // What was typed is kept.
    let typed: Vec<_> = page
        .select(&Selector::parse("input[name=places], input[name=priority]").unwrap())
        .filter_map(|input| input.attr("value").map(str::to_owned))
        .collect();
    assert_eq!(typed, ["1", "<x>"]);
}

#[test]
fn the_list_says_what_to_look_at_first() {
    let session = Session {
        id: SessionId(Uuid::from_u128(4)),
        opportunity: OpportunityId(Uuid::from_u128(2)),
        starts_on: d(7, 6),
        ends_on: d(7, 10),
        starts_at: None,
        ends_at: None,
        closes_on: d(6, 1),
        capacity: 4,
        held: 2,
        cancelled_at: None,
    };
    let line = |session: Session| SessionLine {
        session,
        opportunity: OpportunityId(Uuid::from_u128(2)),
        title: "A week with <b>midwives</b>".into(),
        waiting: 3,
        to_decide: 1,
        consents_missing: 0,
        checks_late: 2,
        unfilled: 2,
    };
    let cancelled = Session { cancelled_at: Some(Moment(1)), ..session.clone() };
    let lines = [line(session), line(cancelled)];
    let before = page(|| list_view(&lines, false, d(3, 1)));
    assert_eq!(all(&before, "caption"), ["To come: 2 sessions"]);
    assert_eq!(all(&before, ".nhsuk-tag"), ["2 checks at risk", "1 decision to make", "Cancelled"]);
    // Once nobody can apply any more, an empty place stays empty unless somebody acts.
    let after = page(|| list_view(&lines, false, d(6, 2)));
    assert_eq!(all(&after, ".nhsuk-tag"), ["2 checks at risk", "1 decision to make", "2 places unfilled", "Cancelled"]);
    assert!(all(&page(|| list_view(&[], true, d(6, 2))), "p").concat().contains("No session is over yet."));
}
