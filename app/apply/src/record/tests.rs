use domain::Kind;
use domain::certificate::{Attended, Standing};
use domain::ids::EnrolmentId;
use domain::time::Moment;
use services::certificates::{CheckKey, Look};
use services::enrolments::{Enrolment, Taken};
use services::record::{Done, Record};

use super::certificate::{check_view, look_view};
use super::pages::record_view;
use leptos::prelude::RenderHtml;

fn day(d: u32) -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2027, 7, d).unwrap()
}

fn done(reflection: &str) -> Done {
    Done {
        reference: "WX-7F3K-92QD".into(),
        title: "A week with Pharmacy".into(),
        organisation_name: "Aire Valley NHS Trust".into(),
        kind: Kind::WorkExperience,
        starts_on: day(5),
        ends_on: day(9),
        attended: Some(Attended { days: 5, minutes: Some(1800) }),
        number: Some("WXC-7F3K-92QD-0A1B-2C3D".into()),
        reflection: reflection.into(),
        said: false,
    }
}

#[test]
fn a_record_says_what_somebody_did_and_keeps_what_they_typed() {
    let record = Record {
        name: "Amira".into(),
        done: vec![done("</textarea><script>alert(1)</script>")],
        taken: vec![],
        totals: vec![(Kind::WorkExperience, "30 hours".into())],
    };
    let html = record_view(&record, "https://wex.example", "", "").to_html();
    for words in ["A week with Pharmacy", "30 hours", "5 to 9 July 2027", "/certificates/WXC-7F3K-92QD-0A1B-2C3D"] {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.contains("<script>") && !html.contains("There is a problem"));
    let long = Record { done: vec![done(&"a".repeat(2143))], ..record };
    let html = record_view(&long, "https://wex.example", "", "WX-7F3K-92QD").to_html();
    assert!(html.contains("You have 2143") && html.contains("href=\"#text-WX-7F3K-92QD\""));
    let none = Record { name: String::new(), done: vec![], taken: vec![], totals: vec![] };
    assert!(record_view(&none, "https://wex.example", "", "").to_html().contains("Everybody begins"));
    // Whoever has only watched a film has a record.
    let enrolment = Enrolment {
        id: EnrolmentId(uuid::Uuid::from_u128(7)),
        enrolled_at: Moment(1_800_000_000_000_000),
        completed_at: None,
    };
    let film = Taken {
        enrolment,
        title: "A day <on film>".into(),
        slug: "film".into(),
        organisation_name: "Aire Valley NHS Trust".into(),
    };
    let html = record_view(&Record { taken: vec![film], ..none }, "https://wex.example", "", "").to_html();
    for words in ["/opportunities/film#when", "A day &lt;on film&gt;", "15 January 2027", "not yet", "Take it off"] {
        assert!(html.contains(words), "{words} in {html}");
    }
    assert!(!html.contains("Everybody begins"));
}

#[test]
fn a_certificate_that_does_not_count_says_nothing_about_anybody() {
    let says = papers_sample();
    let look = |standing, says| Look { number: says_number(), standing, ended_on: Some(day(20)), says };
    let html = look_view(&look(Standing::Valid, Some(says))).to_html();
    for words in ["This certificate counts", "Amira Demosley", "5 days, 30 hours", "Aire Valley NHS Trust"] {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.to_lowercase().contains("birth"));
    for (standing, words) in [
        (Standing::Replaced, "This certificate was replaced"),
        (Standing::Revoked, "This certificate no longer counts"),
    ] {
        let html = look_view(&look(standing, None)).to_html();
        assert!(html.contains(words) && html.contains("Tuesday 20 July 2027"), "{html}");
        assert!(!html.contains("Amira") && !html.contains("signed.json"));
    }
    assert!(check_view(&[CheckKey { id: "thumb".into(), text: "key-text".into() }]).to_html().contains("key-text"));
}

fn says_number() -> String {
    "WXC-7F3K-92QD-0A1B-2C3D".into()
}

fn papers_sample() -> services::certificates::Says {
    services::certificates::Says {
        number: says_number(),
        name: "Amira Demosley".into(),
        title: "A week with Pharmacy".into(),
        kind: Kind::WorkExperience,
        host: "Aire Valley NHS Trust".into(),
        starts_on: day(5),
        ends_on: day(9),
        attended: Attended { days: 5, minutes: Some(1800) },
        issued_on: day(9),
        service: "https://wex.example".into(),
    }
}
