//! Letters about places: an offer that is taken back, and a waiting list that ended.

use domain::places::TakeBackReason;

use super::{Facts, para};
use crate::messages::{Letter, Part};

fn find_another(facts: &Facts<'_>) -> Part {
    Part::Link { label: "Find something else like it".into(), url: format!("{}/opportunities", facts.base_url) }
}

/// To the learner: the provider takes its offer back, why, and what else.
#[must_use]
pub fn taken_back(facts: &Facts<'_>, reason: TakeBackReason, note: &str) -> Letter {
    let mut parts = vec![
        para(format!("{} had to take back its offer: {}.", facts.about.organisation_name, facts.what())),
        para(format!("{} You did nothing wrong, and we are sorry.", reason.in_words())),
    ];
    if !note.trim().is_empty() {
        parts.push(para(note.trim()));
    }
    parts.push(find_another(facts));
    parts.push(facts.own_page("See this application"));
    facts.letter("Your offer was taken back", parts)
}

/// To the learner: the dates begin, and no place became free for them.
#[must_use]
pub fn list_ended(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "No place became free",
        vec![
            para(format!("You were on the waiting list: {}.", facts.what())),
            para("The list has ended, and no place became free for you. You do not have to do anything."),
            para("That says nothing about you. You can ask for other places now."),
            find_another(facts),
        ],
    )
}

#[cfg(test)]
pub(super) fn samples(given: &super::samples::Given<'_>) -> Vec<(&'static str, Letter)> {
    vec![
        ("taken_back", taken_back(&given.facts, TakeBackReason::NoHost, "Please ask again in autumn.")),
        ("list_ended", list_ended(&given.facts)),
    ]
}
