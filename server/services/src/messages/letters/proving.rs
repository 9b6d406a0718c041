//! Letters after somebody attended.

use super::{Facts, para};
use crate::messages::{Letter, Part};

/// To the learner: thank you, where the certificate is, and what they would like to say.
#[must_use]
pub fn thank_you(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "Your certificate is ready",
        vec![
            para(format!("Thank you for coming: {}.", facts.what())),
            Part::Link { label: "Get your certificate".into(), url: format!("{}/record", facts.base_url) },
            para(
                "How was it? You can tell us in two minutes. The people who were with you do not see which answers are yours.",
            ),
            Part::Link {
                label: "Say how it was".into(),
                url: format!("{}/applications/{}/feedback", facts.base_url, facts.reference),
            },
        ],
    )
}

/// To the learner: what the provider recorded was corrected, and the certificate with it.
#[must_use]
pub fn certificate_changed(facts: &Facts<'_>, replaced: bool) -> Letter {
    let corrected = para(format!("{} corrected what was recorded: {}.", facts.about.organisation_name, facts.what()));
    if replaced {
        facts.letter(
            "You have a new certificate",
            vec![
                corrected,
                para("Your old certificate no longer counts. Please use the new one."),
                Part::Link { label: "Get your new certificate".into(), url: format!("{}/record", facts.base_url) },
            ],
        )
    } else {
        facts.letter(
            "Your certificate no longer counts",
            vec![
                corrected,
                para("It now says that you did not come, so your certificate no longer counts."),
                para("If that is wrong, tell the provider."),
                facts.own_page("See this application"),
            ],
        )
    }
}

#[cfg(test)]
pub(super) fn samples(s: &super::samples::Given<'_>) -> Vec<(&'static str, Letter)> {
    vec![
        ("thank_you", thank_you(&s.facts)),
        ("certificate_changed", certificate_changed(&s.facts, true)),
        ("certificate_changed", certificate_changed(&s.facts, false)),
    ]
}
