//! Letters about a place that was accepted.

use domain::joining::Reminder;
use domain::words::long_date;
use store::applications::About;

use super::{Facts, para};
use crate::messages::{Letter, Part};

/// To the learner: what happens after accepting.
#[must_use]
pub fn accepted(facts: &Facts<'_>, waits_for: &[String]) -> Letter {
    let mut parts = vec![para(format!("You have accepted your place: {}.", facts.what()))];
    if waits_for.is_empty() {
        parts.push(para("Everything is in place already. We confirm it in a separate message."));
    } else {
        parts.push(para("Before it is confirmed, these have to be finished:"));
        parts.push(Part::List(waits_for.to_vec()));
    }
    parts.push(facts.own_page("See what is still open"));
    facts.letter("You have accepted your place", parts)
}

/// To the learner and their parent or carer: everything for the first day.
#[must_use]
pub fn confirmed(facts: &Facts<'_>, to: &str) -> Letter {
    let about = facts.about;
    Letter {
        subject: format!("Place confirmed: {}", about.title),
        parts: vec![
            para(format!("Hello {to}")),
            para(format!("{}'s place is confirmed: {} at {}.", facts.name, about.title, about.organisation_name)),
            Part::List(points(about)),
            para(format!("The reference is {}.", facts.reference)),
        ],
    }
}

/// Everything for the first day.
fn points(about: &About) -> Vec<String> {
    let mut points = vec![format!("When: {}", about.dates())];
    points.extend(about.times().map(|times| format!("Each day: {times}")));
    points.extend(about.place().map(|place| format!("Where: {place}")));
    points.extend(
        about.directions.as_ref().filter(|d| !d.is_empty()).map(|directions| format!("How to get there: {directions}")),
    );
    if !about.dress.is_empty() {
        points.push(format!("What to wear: {}", about.dress));
    }
    if !about.bring.is_empty() {
        points.push(format!("What to bring: {}", about.bring));
    }
    points.extend(about.contact_email.as_ref().map(|email| format!("Questions: {email}")));
    points
}

/// To the learner: it begins in a week, or tomorrow.
#[must_use]
pub fn reminder(facts: &Facts<'_>, due: Reminder) -> Letter {
    let (about, first) = (facts.about, long_date(facts.about.starts_on));
    let (subject, begins) = match due {
        Reminder::Week => {
            ("Your place begins soon", format!("{} at {} begins on {first}.", about.title, about.organisation_name))
        }
        Reminder::Tomorrow => (
            "Your place begins tomorrow",
            format!("{} at {} begins tomorrow, {first}.", about.title, about.organisation_name),
        ),
    };
    facts.letter(
        subject,
        vec![
            para(begins),
            Part::List(points(about)),
            Part::Link {
                label: "See everything for your first day".into(),
                url: format!("{}/applications/{}/joining", facts.base_url, facts.reference),
            },
            para("If you cannot come, tell us on your page. Then somebody else can have the place."),
        ],
    )
}

/// The same as a text message.
#[must_use]
pub fn reminder_text(facts: &Facts<'_>, due: Reminder) -> String {
    let when = match due {
        Reminder::Week => format!("on {}", long_date(facts.about.starts_on)),
        Reminder::Tomorrow => "tomorrow".to_owned(),
    };
    let from = facts.about.times().map(|times| format!(", {times}")).unwrap_or_default();
    format!(
        "Your place at {} begins {when}{from}. Reference {}. Details are in your email.",
        facts.about.organisation_name, facts.reference
    )
}

/// To the learner: a check could not be finished. No reason, and none asked.
#[must_use]
pub fn clearance_not_met(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "Your place cannot go ahead",
        vec![
            para(format!("A check that has to be done before {} could not be finished in time.", facts.what())),
            para("That says nothing about how well you would have done. You can ask for other places now."),
            Part::Link {
                label: "Find something else like it".into(),
                url: format!("{}/opportunities", facts.base_url),
            },
        ],
    )
}

/// To the learner: the provider cancelled.
#[must_use]
pub fn cancelled(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "Cancelled: your place",
        vec![
            para(format!("{} had to cancel: {}. We are sorry.", facts.about.organisation_name, facts.what())),
            Part::Link {
                label: "Find something else like it".into(),
                url: format!("{}/opportunities", facts.base_url),
            },
        ],
    )
}

#[cfg(test)]
pub(super) fn samples(s: &super::samples::Given<'_>) -> Vec<(&'static str, Letter)> {
    vec![
        ("accepted", accepted(&s.facts, &["Identity check".into()])),
        ("accepted", accepted(&s.facts, &[])),
        ("confirmed", confirmed(&s.facts, "Sam")),
        ("reminder", reminder(&s.facts, Reminder::Week)),
        ("reminder", reminder(&s.facts, Reminder::Tomorrow)),
        ("clearance_not_met", clearance_not_met(&s.facts)),
        ("cancelled", cancelled(&s.facts)),
    ]
}
