//! A no that comes with something else.

use domain::application::NoReason;

use super::{Facts, not_selected, para};
use crate::messages::{Letter, Part};

/// To the learner: no, kindly, why, and what the provider suggests instead. Without suggestions it is the
/// usual letter.
#[must_use]
pub fn not_selected_suggesting(facts: &Facts<'_>, reason: NoReason, note: &str, suggestions: &[String]) -> Letter {
    let mut letter = not_selected(facts, reason, note);
    if suggestions.is_empty() {
        return letter;
    }
    let at = letter.parts.iter().position(|part| matches!(part, Part::Link { .. })).unwrap_or(letter.parts.len());
    let more = vec![
        para(format!("{} suggests these instead:", facts.about.organisation_name)),
        Part::List(suggestions.to_vec()),
        para("You choose. On your page you can apply for one, and your answers are filled in already."),
    ];
    letter.parts.splice(at..at, more);
    letter
}

#[cfg(test)]
pub(super) fn samples(s: &super::samples::Given<'_>) -> Vec<(&'static str, Letter)> {
    let other = ["A day with Radiography, Aire Valley NHS Trust, 12 to 16 July 2027".to_owned()];
    vec![("not_selected_suggesting", not_selected_suggesting(&s.facts, NoReason::MoreAsked, "", &other))]
}
