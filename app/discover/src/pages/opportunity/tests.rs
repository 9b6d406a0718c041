//! What the page says to whom.

use chrono::{NaiveDate, NaiveTime};
use domain::clearance::{ClearanceKind, ClearanceType};
use domain::eligibility::Answer;
use domain::ids::{OpportunityId, OrganisationId, SessionId};
use domain::search::{Listing, Query, Run};
use domain::{Kind, Profession, State};
use services::discover::SessionView;
use services::enrolments::Enrolment;
use uuid::Uuid;

use services::sessions::SessionPlaces;

use super::*;

fn d(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).unwrap()
}

fn session(n: u128, held: i64) -> SessionView {
    SessionView {
        places: SessionPlaces::default(),
        run: Run {
            id: SessionId(Uuid::from_u128(n)),
            starts_on: d(7, 6),
            ends_on: d(7, 10),
            starts_at: NaiveTime::from_hms_opt(9, 30, 0),
            ends_at: NaiveTime::from_hms_opt(15, 0, 0),
            closes_on: d(3, 6),
            capacity: 4,
            held: held.into(),
            cancelled: false,
        },
        answer: Answer::Yes,
        application: None,
        hear_by: d(3, 15),
        consent: None,
    }
}

fn page(sessions: Vec<SessionView>) -> OpportunityView {
    let listing = Listing {
        provider: domain::ids::OrganisationId(uuid::Uuid::nil()),
        id: OpportunityId(Uuid::from_u128(1)),
        slug: "nursing-week".into(),
        title: "A week with <nurses> & midwives".into(),
        organisation: "Aire Valley NHS Trust".into(),
        town: Some("Leeds".into()),
        at: None,
        kind: Kind::WorkExperience,
        delivery: Delivery::InPerson,
        profession: Some(Profession::Nursing),
        min_age: Some(16),
        max_age: None,
        open_ended: false,
        shows_places: true,
        runs: sessions.iter().map(|session| session.run.clone()).collect(),
        text: domain::search::Text::default(),
        board: None,
        region: None,
        setting: None,
        audiences: vec![],
        nothing_needed: false,
        published_at: domain::time::Moment(0),
    };
    OpportunityView {
        address: "https://wex.example/opportunities/x".into(),
        linked: r#"{"@context":"https://schema.org"}"#.into(),
        said: None,
        advert: Advert {
            listing,
            published: true,
            organisation_id: OrganisationId(Uuid::from_u128(2)),
            department: Some("Ward 7".into()),
            site: Some(Site {
                name: "Leeds General".into(),
                address: Some("Great George Street".into()),
                town: Some("Leeds".into()),
                postcode: Some("LS1 3EX".into()),
                directions: Some("Bus 12.".into()),
            }),
            summary: "You follow a nurse.\n\nYou talk to patients.".into(),
            who_for: String::new(),
            dress: "Flat shoes".into(),
            bring: String::new(),
            cost: "Nothing".into(),
            access_notes: String::new(),
            by_bus: "Bus 4 <b>stops</b> outside.".into(),
            equipment: "A laptop. We lend you one.".into(),
            steps_before: "Finish the online course.".into(),
            steps_after: "A second week.".into(),
            how_places_given: "First come, first served.".into(),
            contact_email: Some("experience@trust.example".into()),
            asks_why: true,
            decide_within: 10,
            clearances: vec![services::applications::AskedClearance {
                what: ClearanceType::usual(ClearanceKind::OccupationalHealth),
                mandatory: true,
                lead_days: 70,
            }],
        },
        sessions,
        verdict: Answer::Yes,
        ages: "16 and over".into(),
        similar: vec![],
        more: Query { professions: vec![Profession::Nursing], page: 1, ..Query::default() },
        enrolments: vec![],
        learner: false,
        staff: false,
        today: d(3, 1),
    }
}

fn html(page: OpportunityView) -> String {
    let html = Owner::new().with(|| opportunity_view(page, None).to_html());
    assert!(!html.contains("<template"));
    assert_eq!(html.matches("<h1").count(), 1);
    html
}

#[test]
fn what_it_takes_to_come_is_said_and_escaped() {
    let text = html(page(vec![session(1, 0)]));
    for words in [
        "Getting there by bus",
        "Bus 4 &lt;b&gt;stops&lt;/b&gt; outside.",
        "What you need to have",
        "We lend you one.",
        "Before this",
        "Finish the online course.",
        "After this",
        "A second week.",
        "Keep it or share it",
        r#"href="/do/discover_dates?slug="#,
        "mailto:?subject=",
        r#"<script type="application/ld+json">{"@context":"https://schema.org"}</script>"#,
    ] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
}

#[test]
fn the_answer_comes_first_and_each_date_has_a_button() {
    let text = html(page(vec![session(11, 1), session(12, 4)]));
    let order: Vec<usize> = [
        "<h1",
        "Can I apply?",
        "What you will do",
        ">When",
        ">Where",
        "Who it is for",
        "How places are given",
        "After you accept",
        "What to wear",
        "What it costs",
        "Questions",
    ]
    .iter()
    .map(|words| text.find(words).unwrap_or_else(|| panic!("{words} is missing in {text}")))
    .collect();
    assert!(order.is_sorted(), "{order:?}");
    assert_eq!(text.matches(r#"action="/do/apply_start_application""#).count(), 2);
    assert!(text.contains(r#"name="session" value="00000000-0000-0000-0000-00000000000b""#), "{text}");
    for words in [
        "6 to 10 July 2027",
        "9:30am to 3pm each day",
        "3 places left",
        "Full. You can still apply for the waiting list.",
        "Closes in 5 days, Saturday 6 March",
        "The next one closes in 5 days",
        "you hear by Monday 15 March 2027",
        "within 10 working days",
        "A week with &lt;nurses&gt; &amp; midwives",
        "Occupational health check",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains("What to bring") && !text.contains("Access<"), "headings without anything to say");
    assert!(text.contains("wex-sticky-action"));
}

#[test]
fn who_is_too_young_reads_why_and_gets_no_button() {
    let why = "You will be 15 on 6 July; this session is for 16 and over.";
    let mut view = page(vec![SessionView { answer: Answer::No(why.into()), ..session(11, 1) }]);
    view.verdict = Answer::No(why.into());
    let text = html(view);
    assert_eq!(text.matches(why).count(), 2);
    assert!(!text.contains("apply_start_application") && !text.contains("wex-sticky-action"));
    assert!(text.contains(r#"href="/opportunities?profession=nursing""#));
}

#[test]
fn who_has_applied_finds_the_application() {
    let text =
        html(page(vec![SessionView { application: Some(("WEX-1".into(), State::Submitted)), ..session(11, 1) }]));
    assert!(text.contains(r#"href="/applications/WEX-1""#) && text.contains("You have applied."));
    assert!(!text.contains("apply_start_application"));
    // Somebody who withdrew can begin again.
    let again =
        html(page(vec![SessionView { application: Some(("WEX-1".into(), State::Withdrawn)), ..session(11, 1) }]));
    assert!(again.contains("apply_start_application"));
}

#[test]
fn staff_read_but_do_not_apply() {
    let mut view = page(vec![session(11, 1)]);
    view.staff = true;
    let text = html(view);
    assert!(
        text.contains("Only learners can apply")
            && !text.contains("apply_start_application")
            && !text.contains("wex-sticky-action")
    );
}

#[test]
fn open_ended_ones_have_no_dates_and_no_dead_button() {
    let mut view = page(vec![]);
    view.advert.listing.open_ended = true;
    view.advert.listing.delivery = Delivery::Online;
    let text = html(view);
    assert!(text.contains("Take it any time") && text.contains("mailto:experience@trust.example"));
    assert!(
        !text.contains("type=\"submit\"")
            && !text.contains("There are no dates to come")
            && !text.contains("How places are given")
    );
    assert!(text.contains("Online. You need a screen"));
    assert!(text.contains("Sign in to keep it on your record"));
}

#[test]
fn a_learner_begins_and_finishes_what_is_open_at_any_time() {
    let view = |enrolments: Vec<Enrolment>| {
        let mut view = page(vec![]);
        view.advert.listing.open_ended = true;
        view.learner = true;
        view.enrolments = enrolments;
        view
    };
    let took = |n: u128, completed: Option<i64>| Enrolment {
        id: domain::ids::EnrolmentId(Uuid::from_u128(n)),
        enrolled_at: domain::time::Moment(1_800_000_000_000_000),
        completed_at: completed.map(domain::time::Moment),
    };
    let text = html(view(vec![]));
    assert!(
        text.contains("discover_enrol")
            && !text.contains("discover_complete")
            && !text.contains("keep it on your record")
    );
    let text = html(view(vec![took(1, None)]));
    assert!(text.contains("You began this on 15 January 2027.") && text.contains("discover_complete"));
    assert!(!text.contains("discover_enrol"));
    let again = vec![took(2, Some(1_800_100_000_000_000)), took(1, Some(1_800_000_000_000_000))];
    let text = html(view(again.clone()));
    assert!(text.contains("You finished this on 16 January 2027. You took it 2 times."));
    assert!(text.contains("Begin it again"));
    // Closed, or for somebody older: what was done stays, nothing new begins.
    let mut closed = view(again);
    closed.advert.published = false;
    let text = html(closed);
    assert!(text.contains("You finished this on") && !text.contains("discover_enrol"));
    let mut young = view(vec![]);
    young.verdict = Answer::NotYet("You are 13; this is for 16 and over.".into());
    let text = html(young);
    assert!(text.contains("You are 13") && !text.contains("discover_enrol"));
    let mut staff = view(vec![]);
    (staff.learner, staff.staff) = (false, true);
    assert!(!html(staff).contains("/do/discover_enrol"));
}

/// Places that are kept for somebody are said with for whom, and how many everybody can have.
#[test]
fn reserved_places_are_said_with_for_whom() {
    let places = SessionPlaces {
        places: domain::places::Places { capacity: 4, reserved_priority: 2, held_open: 1, ..Default::default() },
        ..SessionPlaces::default()
    };
    let shown = html(page(vec![SessionView { places: places.clone(), ..session(11, 1) }]));
    assert!(shown.contains("1 for everybody, 2 for learners who meet a priority, such as young carers"), "{shown}");
    let mut quiet = page(vec![SessionView { places, ..session(11, 1) }]);
    quiet.advert.listing.shows_places = false;
    let shown = html(quiet);
    assert!(shown.contains("Some for everybody, some for learners who meet a priority") && !shown.contains(" left"));
    assert!(!html(page(vec![session(11, 1)])).contains("for everybody"));
}
