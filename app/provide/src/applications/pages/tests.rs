//! What the pages say, to whom, and that what is read is what is sent.

use chrono::NaiveDate;
use domain::application::NoReason;
use domain::clearance::{ClearanceKind, ClearanceStatus, ClearanceType, ConsentStatus};
use domain::form::Answers;
use domain::ids::{AccountId, ApplicationId, ClearanceId, MessageId, OpportunityId, OrganisationId, SessionId};
use domain::time::Moment;
use domain::{Action, Delivery, Kind, Role, State};
use leptos::prelude::*;
use scraper::{Html, Selector};
use services::applications::{
    About, Application, Clearance, Decision, DraftNo, Event, Left, Line, Message, Neighbours, Preview, QueueFilter,
    Review, Several, Today,
};
use services::messages::Letter;
use services::messages::letters::{self, Facts};
use uuid::Uuid;

use super::at::{At, Choice, tidy_note};
use super::decide::{preview_view, problems, question_view, refused_view};
use super::list::{Queue, queue_view};
use super::review::{Shown, looks_ahead, review_view};
use super::several::{Here, messages};
use super::today::today_view;

const SCRIPT: &str = "<script>alert('x')</script> \"O'Neill\" & co";

fn d(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).unwrap()
}

fn moment(month: u32, day: u32) -> Moment {
    services::time::from_london(d(month, day).and_hms_opt(9, 0, 0).unwrap())
}

fn line(reference: &str, name: &str, state: State) -> Line {
    Line {
        reference: reference.into(),
        learner: AccountId(Uuid::from_u128(1)),
        name: name.into(),
        title: "A week with midwives".into(),
        organisation_name: "Aire Valley NHS Trust".into(),
        starts_on: d(7, 6),
        ends_on: d(7, 10),
        state,
        state_since: moment(3, 2),
        submitted_at: Some(moment(3, 1)),
        decide_by: Some(d(3, 15)),
        respond_by: None,
        overdue: false,
        consent: ConsentStatus::NotNeeded,
        checks_open: 0,
        checks_late: 0,
        cancelled: false,
        not_reached: 0,
    }
}

pub(crate) fn about(held: i64) -> About {
    About {
        opportunity: OpportunityId(Uuid::from_u128(2)),
        opportunity_version: 1,
        opportunity_status: "published".into(),
        slug: "midwives".into(),
        title: "A week with midwives".into(),
        kind: Kind::WorkExperience,
        delivery: Delivery::InPerson,
        asks_why: true,
        decide_within: 10,
        min_age: Some(16),
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
        starts_at: Some(570),
        ends_at: Some(930),
        closes_on: d(6, 1),
        capacity: 4,
        held,
        cancelled: false,
    }
}

pub(crate) fn application(name: &str, state: State) -> Application {
    let mut answers = Answers::default();
    for (field, value) in [
        ("name", name),
        ("dob-day", "6"),
        ("dob-month", "9"),
        ("dob-year", "2010"),
        ("at-school", "no"),
        ("why", "I like people.\nAnd <b>babies</b>."),
        ("access", "A quiet room"),
    ] {
        answers.set(field, value);
    }
    Application {
        id: ApplicationId(Uuid::from_u128(5)),
        reference: "WX-7F3K-92QD".into(),
        learner: AccountId(Uuid::from_u128(1)),
        opportunity: OpportunityId(Uuid::from_u128(2)),
        session: SessionId(Uuid::from_u128(4)),
        state,
        state_since: moment(3, 2),
        answers,
        form_version: 1,
        opportunity_version: 1,
        created_at: moment(3, 1),
        submitted_at: Some(moment(3, 1)),
        decide_by: Some(d(3, 15)),
        respond_by: None,
        viewed_at: Some(moment(3, 2)),
        overdue_at: None,
        no_reason: None,
        consent: ConsentStatus::Asked,
        version: 2,
    }
}

fn review(name: &str, state: State, held: i64) -> Review {
    let can = [Action::Offer, Action::Waitlist, Action::SayNo]
        .into_iter()
        .filter(|action| state.after(*action, Role::Coordinator).is_ok())
        .collect();
    Review {
        application: application(name, state),
        about: about(held),
        age: Some(16),
        access: None,
        clearances: vec![],
        events: vec![Event {
            at: moment(3, 2),
            action: Action::View,
            from: State::Submitted,
            to: State::UnderReview,
            role: Role::Coordinator,
            actor: Some(AccountId(Uuid::from_u128(9))),
            note: String::new(),
        }],
        messages: vec![],
        unreached: vec![],
        can,
        decides: true,
        people: [(AccountId(Uuid::from_u128(9)), "Rosa Patel".to_owned())].into(),
        check_letter: None,
        priority: domain::priority::Priority::default(),
        no_seat: (held >= 4).then(|| "All 4 places on these dates are held.".to_owned()),
        can_take_back: state == State::Offered,
    }
}

fn at() -> At {
    At { reference: "WX-7F3K-92QD".into(), filter: QueueFilter::ToDecide }
}

fn shown(review: Review) -> Shown {
    Shown { review, at: at(), beside: Neighbours::default(), today: d(3, 3), done: String::new() }
}

/// The page, rendered as a request does, read as a browser does.
pub(crate) fn page<V: IntoView>(view: impl FnOnce() -> V) -> Html {
    let request = std::sync::Arc::new(hydration_context::SsrSharedContext::new_islands());
    let html = Owner::new_root(Some(request)).with(|| view().into_view().to_html());
    assert!(!html.contains("<template"), "{html}");
    let page = Html::parse_fragment(&html);
    assert_eq!(all(&page, "script"), Vec::<String>::new());
    page
}

fn all(page: &Html, selector: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).unwrap())
        .map(|element| element.text().collect::<String>().trim().to_owned())
        .collect()
}

pub(crate) fn values(page: &Html, selector: &str, attribute: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).unwrap())
        .filter_map(|element| element.attr(attribute).map(ToOwned::to_owned))
        .collect()
}

pub(crate) fn text(page: &Html) -> String {
    page.root_element().text().collect()
}

fn letter(name: &str, note: &str) -> Letter {
    let about = about(0);
    letters::not_selected(
        &Facts { name, reference: "WX-7F3K-92QD", about: &about, base_url: "https://wex.example" },
        NoReason::MoreAsked,
        note,
    )
}

#[test]
fn the_table_has_a_caption_scoped_headers_and_links_that_keep_the_filter() {
    let lines = vec![
        Line { overdue: true, decide_by: Some(d(3, 2)), ..line("WX-7F3K-92QD", SCRIPT, State::UnderReview) },
        Line { decide_by: Some(d(3, 4)), ..line("WX-2222-2222", "Ben Cole", State::Submitted) },
        Line { consent: ConsentStatus::Asked, checks_open: 2, ..line("WX-3333-3333", "Chi Obi", State::Accepted) },
        Line { respond_by: Some(d(3, 9)), ..line("WX-4444-4444", "Dee Fox", State::Offered) },
    ];
    let queue = Queue {
        filter: QueueFilter::ToDecide,
        counts: vec![(QueueFilter::Open, 4), (QueueFilter::ToDecide, 4)],
        lines,
        today: d(3, 3),
        soon: d(3, 8),
        decides: true,
    };
    let page = page(|| queue_view(&queue));
    assert_eq!(all(&page, "h1"), ["Applications"]);
    assert_eq!(all(&page, "caption"), ["To decide: 4 applications"]);
    assert_eq!(all(&page, "thead th[scope=col]").len(), 7);
    // Only what still waits for an answer can be chosen, by a name that says whom.
    assert_eq!(values(&page, "tbody input[type=checkbox]", "value"), ["WX-7F3K-92QD", "WX-2222-2222"]);
    assert_eq!(all(&page, "tbody label"), [format!("Choose {SCRIPT}"), "Choose Ben Cole".to_owned()]);
    assert_eq!(values(&page, "form button[name=decision]", "value"), ["offer", "waiting-list", "no"]);
    assert_eq!(all(&page, "tbody th[scope=row] a"), [SCRIPT, "Ben Cole", "Chi Obi", "Dee Fox"]);
    assert_eq!(values(&page, "tbody a", "href")[0], "/provider/applications/WX-7F3K-92QD?show=to-decide");
    assert_eq!(all(&page, "nav a"), ["Under way (4)", "To decide (4)"]);
    assert_eq!(values(&page, "nav a", "href"), ["/provider/applications", "/provider/applications?show=to-decide"]);
    assert_eq!(all(&page, "nav a[aria-current=page]"), ["To decide (4)"]);
    assert_eq!(all(&page, ".nhsuk-tag"), ["Answer overdue", "Answer due tomorrow", "Consent missing", "2 checks open"]);
    let text = text(&page);
    for words in ["Being looked at", "6 to 10 July 2027", "1 March 2027, 2 days", "They answer by 9 March 2027"] {
        assert!(text.contains(words), "{words}");
    }
    // What needs scripts waits for them.
    assert_eq!(values(&page, "#queue-keys", "hidden").len(), 1);
    assert!(values(&page, "dialog", "open").is_empty());
}

#[test]
fn who_does_not_decide_chooses_nothing() {
    let lines = vec![line("WX-2222-2222", "Ben Cole", State::Submitted)];
    let queue =
        Queue { filter: QueueFilter::Open, counts: vec![], lines, today: d(3, 3), soon: d(3, 8), decides: false };
    let page = page(|| queue_view(&queue));
    assert!(all(&page, "tbody input").is_empty() && all(&page, "button[name=decision]").is_empty());
    assert_eq!(all(&page, "thead th[scope=col]").len(), 6);
}

#[test]
fn the_messages_for_several_are_shown_with_one_button_for_all() {
    let letter = Letter { subject: "A place for you".into(), parts: vec![] };
    let preview = |reference: &str, name: &str| Preview {
        answer_days: None,
        application: Application { reference: reference.into(), ..application(name, State::Submitted) },
        about: about(1),
        letter: letter.clone(),
        fingerprint: "f1".into(),
    };
    let several = Several {
        ready: vec![preview("WX-1111-1111", "Amira"), preview("WX-2222-2222", SCRIPT)],
        left: vec![Left { reference: "WX-3333-3333".into(), name: "Chi".into(), why: "No place is left.".into() }],
    };
    let here = Here {
        choice: Choice::Offer,
        show: "to-decide".into(),
        list: "/provider/applications?show=to-decide".into(),
        references: vec![],
    };
    let page = page(|| messages(&here, "", 0, &several));
    assert_eq!(all(&page, "h1"), ["Offer 2 people a place"]);
    assert_eq!(values(&page, "input[name=read]", "value"), ["WX-1111-1111:f1 WX-2222-2222:f1"]);
    assert_eq!(all(&page, "details").len(), 2);
    assert!(text(&page).contains("Chi: No place is left."));
    assert!(all(&page, "button").iter().any(|words| words == "Offer 2 people a place"));
}

#[test]
fn an_empty_list_says_so_kindly() {
    let queue = Queue {
        filter: QueueFilter::Overdue,
        counts: vec![],
        lines: vec![],
        today: d(3, 3),
        soon: d(3, 8),
        decides: true,
    };
    let page = page(|| queue_view(&queue));
    assert!(all(&page, "table").is_empty());
    assert!(text(&page).contains("No answer is overdue."));
}

#[test]
fn an_application_shows_the_facts_in_the_order_of_the_criteria() {
    let page = page(|| review_view(&shown(review(SCRIPT, State::UnderReview, 1))));
    assert!(all(&page, "h1")[0].ends_with(SCRIPT));
    assert_eq!(
        all(&page, "dt"),
        [
            "Where it stands",
            "Age on the first day",
            "School or college",
            "Why they would like to come",
            "Parent or carer’s consent",
            "Places on these dates",
            "Sent",
            "Reference"
        ]
    );
    let facts = all(&page, "dd");
    assert_eq!(facts[1], "16 (asked for: 16 and over)");
    assert_eq!(facts[2], "Not at school or college");
    assert_eq!(facts[3], "I like people.\nAnd <b>babies</b>.");
    assert_eq!(facts[5], "3 of 4 places left");
    let text = text(&page);
    // The age, not the birthday; access needs only with the right to see them.
    assert!(!text.contains("2010") && !text.contains("quiet room"), "{text}");
    assert!(text.contains("Answer promised by Monday 15 March 2027") && text.contains("Rosa Patel"));
    assert_eq!(all(&page, "a.nhsuk-button"), ["Offer a place", "Put on the waiting list", "Say no"]);
    assert_eq!(
        values(&page, "a.nhsuk-button", "href")[1],
        "/provider/applications/WX-7F3K-92QD/waiting-list?show=to-decide"
    );
    assert_eq!(all(&page, "a.nhsuk-button:not(.nhsuk-button--secondary)").len(), 1);

    let with_right = super::tests::page(|| {
        review_view(&shown(Review {
            access: Some("A quiet room".into()),
            ..review("Amira Khan", State::UnderReview, 1)
        }))
    });
    assert!(all(&with_right, "dd").contains(&"A quiet room".to_owned()));
}

#[test]
fn held_places_are_said_with_what_to_do() {
    let full = page(|| review_view(&shown(review("Amira Khan", State::UnderReview, 4))));
    assert!(text(&full).contains("All 4 places on these dates are held. You can put them on the waiting list"));
    assert_eq!(all(&full, "a.nhsuk-button"), ["Put on the waiting list", "Say no"]);

    let reader = page(|| {
        review_view(&shown(Review { can: vec![], decides: false, ..review("Amira Khan", State::UnderReview, 1) }))
    });
    assert!(all(&reader, "a.nhsuk-button").is_empty());
    assert!(text(&reader).contains("A colleague with the right to decide"));

    let refused = page(|| {
        refused_view(
            &review("Amira Khan", State::UnderReview, 4),
            &at(),
            Choice::Offer,
            "All 4 places on these dates are held.".into(),
        )
    });
    assert_eq!(all(&refused, "a.nhsuk-button"), ["Put Amira Khan on the waiting list"]);
}

#[test]
fn the_banner_says_what_the_record_says() {
    let next = Neighbours { previous: None, next: Some(line("WX-2222-2222", "Ben Cole", State::Submitted)) };
    let offered = Shown {
        done: "offer".into(),
        beside: next,
        ..shown(Review {
            application: Application { respond_by: Some(d(3, 10)), ..application("Amira Khan", State::Offered) },
            ..review("Amira Khan", State::Offered, 1)
        })
    };
    let page_after = page(|| review_view(&offered));
    assert!(
        all(&page_after, ".nhsuk-notification-banner__heading")[0]
            .contains("You offered a place to Amira Khan. They have until Wednesday 10 March 2027 to answer.")
    );
    assert_eq!(
        values(&page_after, ".nhsuk-notification-banner a", "href"),
        ["/provider/applications/WX-2222-2222?show=to-decide", "/provider/applications?show=to-decide"]
    );
    assert_eq!(all(&page_after, ".nhsuk-pagination__page"), ["Ben Cole"]);
    // An address alone makes nothing true.
    let claimed = Shown { done: "offer".into(), ..shown(review("Amira Khan", State::UnderReview, 1)) };
    assert!(all(&page(|| review_view(&claimed)), ".nhsuk-notification-banner").is_empty());
}

pub(crate) fn check(kind: ClearanceKind, status: ClearanceStatus) -> Clearance {
    let id = ClearanceId(Uuid::from_u128(7));
    Clearance { status, ..Clearance::requested(id, ClearanceType::usual(kind), true, d(3, 2), d(3, 9)) }
}

#[test]
fn each_check_leads_to_its_page_and_a_plain_one_can_be_marked_as_done() {
    let mut accepted = review("Amira Khan", State::Accepted, 1);
    let mut with_document = check(ClearanceKind::RiskAssessment, ClearanceStatus::Requested);
    with_document.what.evidence = domain::clearance::Evidence::Document;
    accepted.clearances = vec![
        check(ClearanceKind::Identity, ClearanceStatus::Requested),
        Clearance {
            settled: Some((moment(3, 3), AccountId(Uuid::from_u128(9)))),
            valid_until: Some(d(7, 9)),
            ..check(ClearanceKind::Confidentiality, ClearanceStatus::Met)
        },
        with_document,
    ];
    let page = page(|| review_view(&shown(accepted)));
    assert_eq!(
        values(&page, "td a, th a", "href"),
        ["identity", "confidentiality", "risk_assessment"]
            .map(|kind| format!("/provider/applications/WX-7F3K-92QD/checks/{kind}"))
    );
    assert_eq!(values(&page, "form input[name=status]", "value"), ["met"]);
    assert_eq!(values(&page, "form input[name=kind]", "value"), ["identity"], "the others need more than a word");
    assert!(text(&page).contains("Rosa Patel, 3 March 2027") && text(&page).contains("valid until 9 July 2027"));
}

#[test]
fn a_private_link_is_shown_to_nobody_else() {
    let mut with_messages = review("Amira Khan", State::UnderReview, 1);
    let message = |key: &str, text: &str| Message {
        id: MessageId(Uuid::from_u128(8)),
        key: key.into(),
        channel: "email".into(),
        recipient: "sam@home.example".into(),
        template: "x".into(),
        subject: "A <subject>".into(),
        text: text.into(),
        html: String::new(),
        application: None,
        created_at: moment(3, 1),
        due_at: moment(3, 1),
        status: "sent".into(),
        attempts: 1,
        sent_at: Some(moment(3, 1)),
        fate: Default::default(),
        stop_url: None,
    };
    with_messages.messages =
        vec![message("submitted:1", "Hello\nAmira"), message("consent:1", "https://wex.example/consent/abc123")];
    let page = page(|| review_view(&shown(with_messages)));
    let html = page.root_element().html();
    assert!(!html.contains("abc123") && !html.contains("sam@home.example"));
    assert!(html.contains("Hello\nAmira") && html.contains("A &lt;subject&gt;"));
    assert!(text(&page).contains("To their parent or carer by email, Monday 1 March 2027, 9am"));
    assert!(text(&page).contains("A <subject>, to Amira Khan: sent 1 March, 9am"));
}

#[test]
fn a_dead_address_is_said_with_what_to_do() {
    use services::messages::Unreached;
    let mut lost = review("Amira Khan", State::Offered, 1);
    lost.unreached = vec![Unreached::LearnerEmail];
    let shown_page = page(|| review_view(&shown(lost.clone())));
    assert!(text(&shown_page).contains("Their email does not work"));
    assert!(values(&shown_page, "form", "action").contains(&"/do/provide_told_another_way".to_owned()));
    // Whoever does not decide reads it, and cannot tick it off.
    let reader = page(|| review_view(&shown(Review { decides: false, ..lost })));
    assert!(text(&reader).contains("Their email does not work"));
    assert!(!values(&reader, "form", "action").contains(&"/do/provide_told_another_way".to_owned()));
}

#[test]
fn the_preview_is_the_letter_byte_for_byte() {
    for note in ["", "Try the <b>open day</b> & \"meet\" us.\n\nSee you there."] {
        let letter = letter(SCRIPT, note);
        let preview = Preview {
            answer_days: None,
            application: application(SCRIPT, State::UnderReview),
            about: about(0),
            letter: letter.clone(),
            fingerprint: "f00d".into(),
        };
        let draft = DraftNo { reason: "more_asked".into(), note: note.into() };
        let page =
            page(|| preview_view(&review(SCRIPT, State::UnderReview, 0), &at(), Choice::No, &preview, &draft, false));
        let body = page.select(&Selector::parse(".wex-letter__text").unwrap()).next().unwrap();
        assert_eq!(body.text().collect::<String>(), letter.text());
        assert_eq!(all(&page, ".wex-letter__subject strong"), [letter.subject]);
        assert_eq!(all(&page, "form button"), [format!("Tell {SCRIPT} no")]);
        let hidden = values(&page, "form input[type=hidden]", "value");
        assert_eq!(hidden, ["WX-7F3K-92QD", "to-decide", "no", "more_asked", note, "f00d"]);
    }
}

#[test]
fn the_button_says_what_it_does() {
    let preview = Preview {
        answer_days: Some(5),
        application: application("Amira Khan", State::UnderReview),
        about: about(1),
        letter: letter("Amira Khan", ""),
        fingerprint: "f00d".into(),
    };
    let shown = |choice| {
        page(|| {
            preview_view(
                &review("Amira Khan", State::UnderReview, 1),
                &at(),
                choice,
                &preview,
                &DraftNo::default(),
                true,
            )
        })
    };
    let offer = shown(Choice::Offer);
    assert_eq!(all(&offer, "form[method=post] button"), ["Offer a place to Amira Khan"]);
    assert!(text(&offer).contains("and a copy to their parent or carer") && text(&offer).contains("Nothing was sent."));
    assert_eq!(all(&shown(Choice::Waitlist), "form[method=post] button"), ["Put Amira Khan on the waiting list"]);
}

#[test]
fn a_no_without_a_reason_asks_again_and_keeps_what_was_written() {
    let draft = DraftNo { reason: String::new(), note: "</textarea><script>x</script>".into() };
    let page = page(|| {
        question_view(
            &review("Amira Khan", State::UnderReview, 1),
            &at(),
            &draft,
            &super::suggest::ToChoose::default(),
            problems(&draft),
        )
    });
    assert_eq!(all(&page, ".nhsuk-error-summary a"), ["Choose a reason"]);
    assert_eq!(values(&page, ".nhsuk-error-summary a", "href"), ["#reason"]);
    assert_eq!(all(&page, "textarea"), ["</textarea><script>x</script>"]);
    assert_eq!(all(&page, "input[type=radio]").len(), NoReason::ALL.len());
    let long = DraftNo { reason: "more_asked".into(), note: "x".repeat(501) };
    assert_eq!(problems(&long)[0].1, "Write 500 characters or fewer. You wrote 501");
    assert_eq!(long.decision(), None);
    assert_eq!(Choice::No.decision("more_asked", &long.note, ""), None);
}

#[test]
fn a_form_s_line_ends_do_not_change_the_letter() {
    assert_eq!(tidy_note(" one\r\ntwo\rthree\n"), "one\ntwo\nthree");
    assert_eq!(
        Choice::No.decision("more_asked", "one\r\ntwo", ""),
        Some(Decision::SayNo(NoReason::MoreAsked, "one\ntwo".into()))
    );
    assert_eq!(Choice::No.decision("unheard-of", "", ""), None);
}

#[test]
fn today_counts_and_says_nothing_kindly() {
    let quiet = page(|| today_view(&Today::default()));
    assert!(text(&quiet).contains("Nothing is waiting for you today."));
    assert!(all(&quiet, ".wex-counts a").is_empty());
    let busy = Today {
        applications: vec![
            (QueueFilter::Open, 9),
            (QueueFilter::ToDecide, 5),
            (QueueFilter::DueSoon, 2),
            (QueueFilter::Overdue, 1),
        ],
        places_unfilled: 3,
        drafts: 0,
    };
    let busy = page(|| today_view(&busy));
    assert_eq!(
        all(&busy, ".wex-counts a"),
        ["5 decisions to make, 2 of them within 3 working days", "1 answer overdue", "3 places unfilled"]
    );
    assert_eq!(
        values(&busy, ".wex-counts a", "href"),
        ["/provider/applications?show=to-decide", "/provider/applications?show=overdue", "/provider/sessions"]
    );
    assert!(all(&busy, "li").contains(&"No draft is waiting.".to_owned()));
    assert!(text(&busy).contains("See 9 applications under way"));
}

#[test]
fn fetching_ahead_is_nobody_s_look() {
    let headers = |name: &'static str, value: &'static str| {
        [(axum::http::HeaderName::from_static(name), axum::http::HeaderValue::from_static(value))].into_iter().collect()
    };
    assert!(looks_ahead(&headers("sec-purpose", "prefetch;anonymous-client-ip")));
    assert!(looks_ahead(&headers("purpose", "prefetch")));
    assert!(!looks_ahead(&headers("sec-fetch-mode", "navigate")));
}

#[test]
fn addresses_keep_the_list_that_one_came_from() {
    let at = At::new("wx-7f3k-92qd", "overdue");
    assert_eq!(at.application("done=offer"), "/provider/applications/WX-7F3K-92QD?done=offer&show=overdue");
    assert_eq!(at.decide(Choice::No, ""), "/provider/applications/WX-7F3K-92QD/no?show=overdue");
    let usual = At::new("WX-7F3K-92QD", "anything");
    assert_eq!(
        (usual.application(""), usual.list()),
        ("/provider/applications/WX-7F3K-92QD".to_owned(), "/provider/applications".to_owned())
    );
}
