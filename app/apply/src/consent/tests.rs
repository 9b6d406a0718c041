//! What a parent or carer reads.

use chrono::NaiveDate;
use domain::ids::{OpportunityId, OrganisationId, SessionId};
use domain::{Delivery, Kind};
use leptos::prelude::*;
use services::applications::{About, Asked};
use uuid::Uuid;

use super::pages::consent_view;

fn asked() -> Asked {
    let day = |day| NaiveDate::from_ymd_opt(2027, 7, day).unwrap();
    Asked {
        guardian_name: "Sam Carer".into(),
        learner_name: "Amira".into(),
        about: About {
            opportunity: OpportunityId(Uuid::nil()),
            opportunity_version: 1,
            opportunity_status: "published".into(),
            slug: "a-week-with-pharmacy".into(),
            title: "A week with Pharmacy".into(),
            kind: Kind::WorkExperience,
            delivery: Delivery::InPerson,
            asks_why: true,
            decide_within: 10,
            min_age: Some(15),
            max_age: None,
            dress: String::new(),
            bring: String::new(),
            contact_email: Some("work@aire.example".into()),
            organisation: OrganisationId(Uuid::nil()),
            organisation_name: "Aire Valley NHS Trust".into(),
            department: Some("Pharmacy".into()),
            site: Some("Aire Hospital".into()),
            address: None,
            town: Some("Leeds".into()),
            postcode: Some("LS1 3EX".into()),
            directions: None,
            session: SessionId(Uuid::nil()),
            starts_on: day(5),
            ends_on: day(9),
            starts_at: Some(570),
            ends_at: Some(930),
            closes_on: day(1),
            capacity: 3,
            held: 0,
            cancelled: false,
        },
        answer: None,
        over: false,
    }
}

fn html(asked: &Asked, unanswered: bool) -> String {
    consent_view(asked, "abc", unanswered).to_html()
}

/// The words that a person reads.
fn words(html: &str) -> usize {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text.split_whitespace().count()
}

#[test]
fn the_page_says_everything_in_about_200_words() {
    let html = html(&asked(), false);
    assert!(!html.contains("<template"));
    for fact in [
        "Sam Carer",
        "Amira",
        "A week with Pharmacy",
        "Pharmacy, Aire Valley NHS Trust",
        "5 to 9 July 2027, 9:30am to 3:30pm",
        "Aire Hospital",
        "Who looks after Amira",
        "mailto:work@aire.example",
        "I have a question",
    ] {
        assert!(html.contains(fact), "{fact} in {html}");
    }
    let words = words(&html);
    assert!((180..=260).contains(&words), "{words} words");
}

#[test]
fn no_answer_is_an_error_at_the_question() {
    let html = html(&asked(), true);
    assert!(
        html.contains("href=\"#answer\"") && html.contains("id=\"answer\"") && html.contains("id=\"answer-error\"")
    );
}

#[test]
fn after_the_answer_there_is_nothing_left_to_send() {
    for (answer, says) in [("yes", "You said yes"), ("no", "You said no")] {
        let mut asked = asked();
        asked.answer = Some(answer.into());
        let html = html(&asked, false);
        assert!(html.contains(says) && !html.contains("<form"), "{html}");
    }
    let mut asked = asked();
    asked.over = true;
    asked.about.contact_email = None;
    let html = html(&asked, false);
    assert!(!html.contains("<form") && html.contains("href=\"/contact\""));
}
