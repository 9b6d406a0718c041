//! What a parent or carer reads.

use chrono::NaiveDate;
use domain::State;
use domain::consent::May;
use domain::ids::{OpportunityId, OrganisationId, SessionId};
use domain::{Delivery, Kind};
use leptos::prelude::*;
use services::applications::{About, Asked, GuardianPage};
use uuid::Uuid;

use super::pages::consent_view;
use super::private::{private_view, stands, withdraw_view};
use super::question::question_view;

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
        answered: false,
        over: false,
    }
}

fn private(agreed: bool, state: State) -> GuardianPage {
    let Asked { guardian_name, learner_name, about, .. } = asked();
    GuardianPage {
        guardian_name,
        learner_name,
        about,
        agreed,
        answered_on: NaiveDate::from_ymd_opt(2027, 3, 1),
        state,
        reference: "WX-7F3K-92QD".into(),
        may: if state.is_over() {
            May::Nothing
        } else if agreed {
            May::Withdraw
        } else {
            May::Agree
        },
    }
}

fn html(asked: &Asked, unanswered: bool) -> String {
    consent_view(asked, "abc", unanswered, "").to_html()
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
fn the_page_says_everything_in_200_words() {
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
        "What you agree to",
        "Yes, I agree",
        "No, I do not agree",
        "I have a question first",
    ] {
        assert!(html.contains(fact), "{fact} in {html}");
    }
    let words = words(&html);
    assert!((120..=200).contains(&words), "{words} words");
}

#[test]
fn no_answer_is_an_error_at_the_question() {
    let html = html(&asked(), true);
    assert!(
        html.contains("href=\"#answer\"") && html.contains("id=\"answer\"") && html.contains("id=\"answer-error\"")
    );
}

#[test]
fn after_the_answer_the_link_says_nothing_about_the_place() {
    let mut answered = asked();
    answered.answered = true;
    let html = html(&answered, false);
    assert!(html.contains("apply_send_page_again") && !html.contains("Aire Hospital"), "{html}");
    let mut over = asked();
    over.over = true;
    let html = consent_view(&over, "abc", false, "").to_html();
    assert!(!html.contains("<form") && html.contains("href=\"/contact\""));
}

#[test]
fn the_private_page_says_what_was_answered_and_offers_the_one_change() {
    let agreed = private_view(&private(true, State::Submitted), "abc", "").to_html();
    assert!(agreed.contains("You agreed on Monday 1 March 2027") && agreed.contains("/consent/page/abc/withdraw"));
    assert!(!agreed.contains("What to wear") && !agreed.contains("<form"));
    let refused = private_view(&private(false, State::Submitted), "abc", "").to_html();
    assert!(refused.contains("You did not agree") && refused.contains("apply_agree_after_all"));
    let mut confirmed = private(true, State::Confirmed);
    confirmed.about.dress = "Black shoes".into();
    let html = private_view(&confirmed, "abc", "").to_html();
    assert!(html.contains("place is confirmed") && html.contains("Black shoes"), "{html}");
    let over = private_view(&private(false, State::Withdrawn), "abc", "withdrawn").to_html();
    assert!(over.contains("You have withdrawn your consent") && !over.contains("<form"));
    let ask = withdraw_view(&confirmed, "abc").to_html();
    assert!(ask.contains("goes to somebody else") && ask.contains("apply_withdraw_consent"));
    assert!(!withdraw_view(&private(false, State::Submitted), "abc").to_html().contains("<form"));
}

#[test]
fn no_state_tells_a_parent_or_carer_why() {
    for &state in State::ALL {
        let said = stands(state, "Amira").to_lowercase();
        assert!(said.ends_with('.'));
        for word in ["check", "clearance", "health", "because", "reason"] {
            assert!(!said.contains(word), "{state:?}: {said}");
        }
    }
}

#[test]
fn a_question_goes_to_the_provider_and_an_empty_one_is_an_error() {
    let about = asked().about;
    let html = question_view("Amira", &about, "abc", false, false).to_html();
    assert!(html.contains("mailto:work@aire.example") && html.contains("href=\"/consent/abc\""));
    let html = question_view("Amira", &about, "abc", true, true).to_html();
    assert!(html.contains("href=\"#question\"") && html.contains("href=\"/consent/page/abc\""));
}
