//! Letters about the agreement of a parent or carer.

use chrono::NaiveDate;
use domain::words::long_date;

use super::{Facts, para};
use crate::messages::{Letter, Part};

/// To a parent or carer: what is being agreed, and the link.
#[must_use]
pub fn consent_request(facts: &Facts<'_>, guardian: &str, token: &str, ends: NaiveDate) -> Letter {
    Letter {
        subject: format!("Do you agree? {} has asked for work experience", facts.name),
        parts: vec![
            para(format!("Hello {guardian}")),
            para(format!("{} has asked for a place: {}.", facts.name, facts.what())),
            para(
                "You are named as their parent or carer. They can only come if you agree. The page tells you what, where and when, and who looks after them.",
            ),
            Part::Link {
                label: "Read about it and answer yes or no".into(),
                url: format!("{}/consent/{token}", facts.base_url),
            },
            para(format!("The link works until {} and for one answer. You do not need an account.", long_date(ends))),
            para("If you do not know this person, choose no or do nothing."),
        ],
    }
}

/// To the learner: their parent or carer has answered.
#[must_use]
pub fn consent_answered(facts: &Facts<'_>, agreed: bool) -> Letter {
    if agreed {
        facts.letter(
            "Your parent or carer agreed",
            vec![para(format!("They agreed to {}.", facts.what())), facts.own_page("See where it stands")],
        )
    } else {
        facts.letter(
            "Your parent or carer said no",
            vec![
                para(format!("They did not agree to {}.", facts.what())),
                para("Talk with them about it. We cannot confirm a place without their yes."),
                facts.own_page("See where it stands"),
            ],
        )
    }
}

#[cfg(test)]
pub(super) fn samples(s: &super::samples::Given<'_>) -> Vec<(&'static str, Letter)> {
    vec![
        ("consent_request", consent_request(&s.facts, "Sam", "0123abcd", s.day)),
        ("consent_answered", consent_answered(&s.facts, true)),
        ("consent_answered", consent_answered(&s.facts, false)),
    ]
}
