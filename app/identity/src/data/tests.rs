//! The pages, rendered as the server renders them.

use domain::form::Problem;
use services::own_data::{Correction, OwnApplication, OwnData, OwnMessage, Part, Said};

use super::pages::{correct_view, data_view, erase_view};
use leptos::prelude::*;

fn said(what: &str, said: &str) -> Said {
    Said { what: what.into(), said: said.into() }
}

fn data() -> OwnData {
    OwnData {
        written: "Monday 1 March 2027, 9am".into(),
        account: vec![said("Name", "Amira <Khan>"), said("Email address", "amira@mail.example")],
        kept_answers: vec![said("Mobile number (optional)", "07700 900 982")],
        choices: vec![],
        schools: vec!["Kirkstall High School".into()],
        signed_in: vec![],
        applications: vec![OwnApplication {
            reference: "WX-7F3K-92QD".into(),
            opportunity: "A week with Pharmacy".into(),
            provider: "Aire Valley NHS Trust".into(),
            dates: "5 to 9 July 2027".into(),
            stands: "sent".into(),
            answers: vec![said("Why you would like to come", "My nan.\nReally.")],
            history: vec![said("Monday 1 March 2027, 9am", "You sent it")],
            consent: vec![said("Parent or carer", "Sam")],
            checks: vec![],
            after: vec![Part { title: "Certificates".into(), lines: vec![said("K7Q2", "It counts")] }],
        }],
        taken: vec![said("A day on film, Aire Valley NHS Trust", "Begun Monday 1 March 2027, 9am")],
        saved: vec![said("Saved", "A week with Pharmacy")],
        keyed: vec![said("Begun for you", "Tuesday 2 March 2027, 10am")],
        messages: vec![OwnMessage {
            when: "Monday 1 March 2027, 9am".into(),
            subject: "Hello".into(),
            text: "Hi".into(),
        }],
    }
}

#[test]
fn everything_held_is_on_the_page_and_escaped() {
    let html = Owner::new().with(|| data_view(&data(), false, true, 1, "").to_html());
    for words in [
        "Amira &lt;Khan&gt;",
        "amira@mail.example",
        "07700 900 982",
        "Kirkstall High School",
        "My nan.",
        "You sent it",
        "Sam",
        "Hi",
        "Certificates",
        "K7Q2",
        "Tuesday 2 March 2027, 10am",
        "/account/withdraw-all",
        "/account/erase",
    ] {
        assert!(html.contains(words), "{words} in {html}");
    }
    // One choice is ticked, the other is not.
    assert_eq!(html.matches(" checked").count(), 1, "{html}");
    let calm = Owner::new().with(|| data_view(&data(), false, false, 0, "withdrawn").to_html());
    assert!(!calm.contains("/account/withdraw-all") && calm.contains("no application under way any more"));
}

#[test]
fn mistakes_are_linked_to_their_boxes_and_what_was_typed_is_kept() {
    let problems = vec![Problem { field: "phone".into(), message: "Enter a UK mobile number".into() }];
    let correction = Correction { name: "Amira".into(), phone: "0113".into(), problems };
    let html = Owner::new().with(|| correct_view(&correction, true).to_html());
    assert!(html.contains("href=\"#phone\"") && html.contains("value=\"0113\""), "{html}");
    let html = Owner::new().with(|| erase_view(2, true).to_html());
    assert!(html.contains("href=\"#word\"") && html.contains("2 applications under way"), "{html}");
    let html = Owner::new().with(|| erase_view(0, false).to_html());
    assert!(!html.contains("under way") && !html.contains("#word"), "{html}");
}
