//! Letters about checks: what is to be done, what has to be done again, a file with a virus.

use chrono::NaiveDate;
use domain::words::{count, long_date};

use super::{Facts, Letter, Part, para};

/// One check in the list of whoever sees to it.
#[derive(Debug, Clone)]
pub struct ToDo {
    /// The application's reference.
    pub reference: String,
    /// What the check is called.
    pub check: String,
    /// By when it has to be done.
    pub due_on: NaiveDate,
    /// Whether that day has passed.
    pub late: bool,
}

/// To whoever sees to checks: what is theirs to do, late ones first.
pub fn checks_to_do(name: &str, open: &[ToDo], base_url: &str) -> Letter {
    let late = open.iter().filter(|one| one.late).count();
    let all = count(i64::try_from(open.len()).unwrap_or(i64::MAX), "check is", "checks are");
    let subject = match late {
        0 => format!("{all} yours to do"),
        late => format!("{all} yours to do, {late} late"),
    };
    let mut listed: Vec<&ToDo> = open.iter().collect();
    listed.sort_by_key(|one| (!one.late, one.due_on));
    let points = listed
        .into_iter()
        .map(|one| {
            let late = if one.late { ", late" } else { "" };
            format!("{}, {}: by {}{late}", one.reference, one.check, long_date(one.due_on))
        })
        .collect();
    Letter {
        subject,
        parts: vec![
            para(format!("Hello {name}")),
            para("Young people wait for these checks before their places can be confirmed:"),
            Part::List(points),
            Part::Link { label: "See the checks".into(), url: format!("{base_url}/provider/clearances/to-do") },
        ],
    }
}

/// To the learner: a check that was done has to be done again.
pub fn check_again(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "One of your checks has to be done again",
        vec![
            para(format!("You have a place: {}.", facts.what())),
            para("One of your checks runs out before your last day, so it has to be done again. That happens. You keep your place meanwhile."),
            facts.own_page("See which check, and what to do"),
        ],
    )
}

/// To the provider: a check that was done has to be done again.
pub fn check_again_at(title: &str, reference: &str, base_url: &str) -> Letter {
    Letter {
        subject: format!("A check for {title} has to be done again"),
        parts: vec![
            para("It runs out before the last day, so we opened it again. The learner knows, and keeps the place."),
            para(format!("The reference is {reference}.")),
            Part::Link {
                label: "Open the application".into(),
                url: format!("{base_url}/provider/applications/{reference}"),
            },
        ],
    }
}

/// To the learner: a file had a virus.
pub fn document_infected(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "We deleted a file that you sent us",
        vec![
            para("A file for one of your checks had a virus, so we deleted it. Nobody has opened it. Viruses often come from somebody else’s computer or memory stick."),
            para("Please add the document again, for example as a photo that you take now. Your place is not in danger because of this."),
            facts.own_page("Add it again"),
        ],
    )
}

/// To the provider: the same.
pub fn document_infected_at(title: &str, reference: &str, base_url: &str) -> Letter {
    Letter {
        subject: "We deleted a file with a virus".to_owned(),
        parts: vec![
            para(format!(
                "A file for a check of {title} had a virus, so we deleted it. Nobody has opened it. We asked the learner to add it again."
            )),
            para(format!("The reference is {reference}.")),
            Part::Link {
                label: "Open the application".into(),
                url: format!("{base_url}/provider/applications/{reference}"),
            },
        ],
    }
}

#[cfg(test)]
pub(super) fn samples(s: &super::samples::Given<'_>) -> Vec<(&'static str, Letter)> {
    let one = |late| ToDo { reference: s.reference.into(), check: "Identity check".into(), due_on: s.day, late };
    vec![
        ("checks_to_do", checks_to_do("Rosa", &[one(false), one(true)], s.base_url)),
        ("check_again", check_again(&s.facts)),
        ("check_again_at", check_again_at(s.title, s.reference, s.base_url)),
        ("document_infected", document_infected(&s.facts)),
        ("document_infected_at", document_infected_at(s.title, s.reference, s.base_url)),
    ]
}
