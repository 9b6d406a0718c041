//! Letters about the provider's answer, and about the learner's answer to an offer.

use chrono::NaiveDate;
use domain::application::NoReason;
use domain::words::long_date;

use super::{Facts, para};
use crate::messages::{Letter, Part};

/// To the learner: a place is offered.
#[must_use]
pub fn offered(facts: &Facts<'_>, respond_by: NaiveDate) -> Letter {
    facts.letter(
        "You have been offered a place",
        vec![
            para(format!(
                "Good news. {} offers you a place: {}, {}.",
                facts.about.organisation_name,
                facts.about.title,
                facts.about.dates()
            )),
            para(format!("Please answer by {}. We hold the place for you until then.", long_date(respond_by))),
            facts.own_page("Accept, or say no thank you"),
        ],
    )
}

/// To the learner: two working days are left to answer an offer.
#[must_use]
pub fn offer_nudge(facts: &Facts<'_>, respond_by: NaiveDate) -> Letter {
    facts.letter(
        "Your place is still held for you",
        vec![
            para(format!("You have an offer: {}.", facts.what())),
            para(format!("Please answer by {}. After that the place goes to somebody else.", long_date(respond_by))),
            facts.own_page("Accept, or say no thank you"),
        ],
    )
}

/// To the learner: an offer was not answered in time, or was taken back.
#[must_use]
pub fn offer_over(facts: &Facts<'_>, taken_back: bool) -> Letter {
    facts.letter(
        if taken_back { "Your offer was taken back" } else { "Your offer has run out" },
        vec![
            para(if taken_back {
                format!(
                    "{} had to take back its offer: {}. You did nothing wrong.",
                    facts.about.organisation_name,
                    facts.what()
                )
            } else {
                format!("You did not answer in time, so the place has gone to somebody else: {}.", facts.what())
            }),
            Part::Link {
                label: "Find something else like it".into(),
                url: format!("{}/opportunities", facts.base_url),
            },
        ],
    )
}

/// To coordinators: an offer was answered. No names.
#[must_use]
pub fn offer_answered(title: &str, reference: &str, accepted: bool, base_url: &str) -> Letter {
    Letter {
        subject: if accepted {
            format!("A place was accepted: {title}")
        } else {
            format!("A place is free again: {title}")
        },
        parts: vec![
            para(if accepted {
                format!("Application {reference} accepted the place that you offered.")
            } else {
                format!(
                    "Application {reference} no longer takes a place. If somebody is on the waiting list, we have offered it to them."
                )
            }),
            Part::Link {
                label: "Open the application".into(),
                url: format!("{base_url}/provider/applications/{reference}"),
            },
        ],
    }
}

/// To coordinators: somebody took their application back before a place was offered.
#[must_use]
pub fn left_before(title: &str, reference: &str, base_url: &str) -> Letter {
    Letter {
        subject: format!("An application was withdrawn: {title}"),
        parts: vec![
            para(format!("Application {reference} was withdrawn. There is nothing left to decide about it.")),
            Part::Link {
                label: "Open the application".into(),
                url: format!("{base_url}/provider/applications/{reference}"),
            },
        ],
    }
}

/// To the learner: on the waiting list, how it works and how to leave it.
#[must_use]
pub fn waitlisted(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "You are on the waiting list",
        vec![
            para(format!("Every place is held at the moment: {}.", facts.what())),
            para(
                "When one becomes free we offer it to the next person on the list. People who meet a priority come first, and then whoever applied first.",
            ),
            para(format!(
                "You do not have to do anything. The list ends on {}, and we tell you either way.",
                long_date(domain::places::last_offer_day(facts.about.starts_on))
            )),
            facts.own_page("See where you stand on the list"),
            Part::Link {
                label: "Leave the list".into(),
                url: format!("{}/applications/{}#leave-the-list", facts.base_url, facts.reference),
            },
        ],
    )
}

/// To the learner: no, kindly, why, and what else.
#[must_use]
pub fn not_selected(facts: &Facts<'_>, reason: NoReason, note: &str) -> Letter {
    let mut parts = vec![
        para(format!("Thank you for asking for {}.", facts.what())),
        para(format!("You did not get a place this time. {}", reason.in_words())),
    ];
    if !note.trim().is_empty() {
        parts.push(para(note.trim()));
    }
    parts.push(para("That says nothing about you. Most people ask for more than one place before they get one."));
    parts.push(Part::Link {
        label: "Find something else like it".into(),
        url: format!("{}/opportunities", facts.base_url),
    });
    parts.push(facts.own_page("See this application"));
    facts.letter("About your application", parts)
}

/// To the learner: the promise was broken; it is not forgotten.
#[must_use]
pub fn overdue(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "Your answer is late",
        vec![
            para(format!("{} promised you an answer by today: {}.", facts.about.organisation_name, facts.what())),
            para("We have told them. Your application still counts. You may like to look at other places meanwhile."),
            facts.own_page("See where it stands"),
            Part::Link { label: "See other places".into(), url: format!("{}/opportunities", facts.base_url) },
        ],
    )
}

/// To coordinators: an answer is due soon, or late. No names.
#[must_use]
pub fn decision_due(title: &str, reference: &str, decide_by: NaiveDate, late: bool, base_url: &str) -> Letter {
    Letter {
        subject: if late { format!("An answer is late: {title}") } else { format!("An answer is due soon: {title}") },
        parts: vec![
            para(format!(
                "Application {reference} for {title} {} {}.",
                if late { "was promised an answer by" } else { "is promised an answer by" },
                long_date(decide_by)
            )),
            Part::Link {
                label: "Open the application".into(),
                url: format!("{base_url}/provider/applications/{reference}"),
            },
        ],
    }
}

/// To the learner: the session began, or was cancelled, before anybody answered.
#[must_use]
pub fn lapsed(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "You did not get an answer in time",
        vec![
            para(format!(
                "{} did not answer in time: {}. That is not your fault, and it is not counted against you.",
                facts.about.organisation_name,
                facts.what()
            )),
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
        ("offered", offered(&s.facts, s.day)),
        ("offer_nudge", offer_nudge(&s.facts, s.day)),
        ("offer_over", offer_over(&s.facts, true)),
        ("offer_over", offer_over(&s.facts, false)),
        ("offer_answered", offer_answered(s.title, s.reference, false, s.base_url)),
        ("left_before", left_before(s.title, s.reference, s.base_url)),
        ("offer_answered", offer_answered(s.title, s.reference, true, s.base_url)),
        ("waitlisted", waitlisted(&s.facts)),
        ("not_selected", not_selected(&s.facts, NoReason::MoreAsked, "")),
        ("not_selected", not_selected(&s.facts, NoReason::MoreAsked, "We liked what you wrote.")),
        ("overdue", overdue(&s.facts)),
        ("decision_due", decision_due(s.title, s.reference, s.day, true, s.base_url)),
        ("decision_due", decision_due(s.title, s.reference, s.day, false, s.base_url)),
        ("lapsed", lapsed(&s.facts)),
    ]
}
