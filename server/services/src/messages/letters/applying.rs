//! Letters about applying: what was begun, sent, taken back.

use chrono::NaiveDate;
use domain::words::long_date;

use super::{Facts, para};
use crate::messages::{Letter, Part};

/// To the learner: we have it, and by when the provider will answer.
#[must_use]
pub fn submitted(facts: &Facts<'_>, decide_by: NaiveDate, guardian_asked: bool) -> Letter {
    let mut next = vec![
        format!("{} reads your application.", facts.about.organisation_name),
        format!("You hear by {}.", long_date(decide_by)),
    ];
    if guardian_asked {
        next.insert(0, "We have asked your parent or carer to agree. Tell them to look for our email.".into());
    }
    facts.letter(
        "We have your application",
        vec![
            para(format!("Thank you for applying for {}.", facts.what())),
            para(format!("You will hear by {}.", long_date(decide_by))),
            Part::List(next),
            facts.own_page("See where it stands"),
        ],
    )
}

/// To a provider's coordinators: applications are waiting. No names.
#[must_use]
pub fn new_applications(organisation: &str, title: &str, decide_by: NaiveDate, base_url: &str) -> Letter {
    Letter {
        subject: format!("A new application for {title}"),
        parts: vec![
            para(format!("Somebody has applied to {organisation}: {title}.")),
            para(format!("You promised an answer by {}.", long_date(decide_by))),
            Part::Link { label: "Open your applications".into(), url: format!("{base_url}/provider/applications") },
        ],
    }
}

/// To the learner: the same letter as when they send it themselves, and who keyed it in for them.
#[must_use]
pub fn keyed_in(letter: Letter, who: &str) -> Letter {
    let mut letter = letter;
    let at = letter.parts.len().min(1);
    letter.parts.insert(
        at,
        para(format!(
            "{who} keyed this in for you. To see it, sign in with this email address. If you did not ask for it, withdraw it there."
        )),
    );
    letter
}

/// To the learner: somebody took it back for them.
#[must_use]
pub fn withdrawn_for(facts: &Facts<'_>, who: &str) -> Letter {
    facts.letter(
        "Your application was withdrawn for you",
        vec![
            para(format!("{who} has withdrawn this for you: {}.", facts.what())),
            para("If you did not ask for that, talk with them. You can ask for this place again while it is open."),
        ],
    )
}

/// To the learner: a draft closes soon.
#[must_use]
pub fn draft_closing(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "You have not sent your application yet",
        vec![
            para(format!("You began an application for {}.", facts.what())),
            para(format!("It closes on {}. Everything you wrote is kept.", long_date(facts.about.closes_on))),
            Part::Link { label: "Go on with it".into(), url: format!("{}/apply/{}", facts.base_url, facts.reference) },
        ],
    )
}

/// To the learner: they took it back.
#[must_use]
pub fn withdrawn(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "You have withdrawn your application",
        vec![
            para(format!("You no longer ask for {}.", facts.what())),
            para("You can ask for other places, or for this one again while it is open."),
        ],
    )
}

#[cfg(test)]
pub(super) fn samples(s: &super::samples::Given<'_>) -> Vec<(&'static str, Letter)> {
    vec![
        ("submitted", submitted(&s.facts, s.day, true)),
        ("new_applications", new_applications("Aire Valley NHS Trust", s.title, s.day, s.base_url)),
        ("draft_closing", draft_closing(&s.facts)),
        ("withdrawn", withdrawn(&s.facts)),
        ("keyed_in", keyed_in(submitted(&s.facts, s.day, true), "Helen Makewell")),
        ("withdrawn_for", withdrawn_for(&s.facts, "Helen Makewell")),
    ]
}
