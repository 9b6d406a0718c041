//! The tracker, rendered as the server renders it.

use leptos::prelude::*;

use super::status::{Mark, Status, StatusStep, status_view};
use crate::form::Pair;

fn step(title: &str, mark: Mark) -> StatusStep {
    StatusStep { title: title.into(), when: "Monday 1 March 2027".into(), about: String::new(), mark }
}

fn status() -> Status {
    Status {
        reference: "WX-7F3K-92QD".into(),
        stamp: "1".into(),
        stands: "You have been offered a place.".into(),
        next: "Your turn: answer by Monday 15 March 2027.".into(),
        answer_by: "Monday 15 March 2027".into(),
        draft: false,
        can_withdraw: true,
        steps: vec![
            step("You send your application", Mark::Done),
            step("You accept", Mark::Now),
            step("Your place is confirmed", Mark::Later),
        ],
        waiting: false,
        more: vec![],
        checks: vec![],
        guardian: String::new(),
        can_ask_again: false,
        others: vec![],
    }
}

#[test]
fn an_offer_has_two_buttons_and_says_where_it_stands_in_words() {
    let html = status_view(&status()).to_html();
    assert!(!html.contains("<template"));
    for words in [
        "Accept the place",
        "Say no thank you",
        "You are here",
        "Still to come",
        "apply_accept_offer",
        "apply_decline_offer",
    ] {
        assert_eq!(html.matches(words).count(), 1, "{words} in {html}");
    }
    assert_eq!(html.matches("aria-current=\"step\"").count(), 1);
}

#[test]
fn without_an_offer_there_is_nothing_to_answer() {
    let mut status = status();
    status.answer_by.clear();
    status.checks = vec![Pair { key: "Identity check".into(), text: "done.".into() }];
    status.guardian = "We have asked Sam.".into();
    status.can_ask_again = true;
    let html = status_view(&status).to_html();
    assert!(!html.contains("Accept the place"));
    assert!(html.contains("Identity check") && html.contains("apply_ask_guardian_again"));
}

#[test]
fn the_end_without_a_place_offers_other_things() {
    let mut status = status();
    status.answer_by.clear();
    status.steps[1].mark = Mark::Ended;
    status.others = vec![Pair { key: "/opportunities?where=Leeds".into(), text: "See what else is near Leeds".into() }];
    let html = status_view(&status).to_html();
    assert!(html.contains("It ended here") && html.contains("href=\"/opportunities?where=Leeds\""));
}
