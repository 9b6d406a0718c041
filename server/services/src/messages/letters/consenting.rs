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
pub fn consent_answered(facts: &Facts<'_>, agreed: bool, waiting: bool) -> Letter {
    if agreed {
        facts.letter(
            "Your parent or carer agreed",
            vec![para(format!("They agreed to {}.", facts.what())), facts.own_page("See where it stands")],
        )
    } else {
        let then = if waiting {
            "Talk with them about it. You keep where you stand on the waiting list, but no place is offered to you without their yes."
        } else {
            "Talk with them about it. We cannot confirm a place without their yes."
        };
        facts.letter(
            "Your parent or carer said no",
            vec![
                para(format!("They did not agree to {}.", facts.what())),
                para(then),
                facts.own_page("See where it stands"),
            ],
        )
    }
}

/// To a parent or carer who has not answered: once more, with a link of its own.
#[must_use]
pub fn consent_reminder(facts: &Facts<'_>, guardian: &str, token: &str, ends: NaiveDate) -> Letter {
    Letter {
        subject: format!("{} still needs your answer", facts.name),
        parts: vec![
            para(format!("Hello {guardian}")),
            para(format!("{} has asked for a place: {}.", facts.name, facts.what())),
            para("We have not heard from you yet. Without your yes their place cannot be confirmed."),
            Part::Link {
                label: "Read about it and answer yes or no".into(),
                url: format!("{}/consent/{token}", facts.base_url),
            },
            para(format!("The link works until {} and for one answer. You do not need an account.", long_date(ends))),
        ],
    }
}

/// To the learner: their parent or carer was reminded twice and has not answered.
#[must_use]
pub fn consent_waiting(facts: &Facts<'_>, guardian: &str) -> Letter {
    facts.letter(
        "Your parent or carer has not answered yet",
        vec![
            para(format!("We wrote to {guardian} and reminded them twice. It is about {}.", facts.what())),
            para("Ask them to look for our email, in their spam folder too. You can send them a new one on your page."),
            facts.own_page("Send a new email"),
        ],
    )
}

/// To the learner: their parent or carer has to be asked, and the address that we have for them cannot be used.
#[must_use]
pub fn consent_no_address(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "We need the address of your parent or carer",
        vec![
            para(format!("We have to ask your parent or carer about {}.", facts.what())),
            para("We have no address for them that we can use: there is none, or it is the same as yours. Give us theirs on your page."),
            facts.own_page("Give their address"),
        ],
    )
}

/// To a parent or carer: what they answered, and the link to their private page.
#[must_use]
pub fn consent_kept(facts: &Facts<'_>, guardian: &str, agreed: bool, token: &str) -> Letter {
    let (subject, answer, then) = if agreed {
        ("You agreed", "You agreed to this place", "see where it stands, or withdraw your consent")
    } else {
        ("You did not agree", "You did not agree to this place", "read it again, or agree after all")
    };
    Letter {
        subject: format!("{subject}: {}", facts.about.title),
        parts: vec![
            para(format!("Hello {guardian}")),
            para(format!("{answer} for {}: {}.", facts.name, facts.what())),
            para(format!("Keep this email. On your private page you can {then}. You do not need an account.")),
            private_page(facts, token),
            para(format!("The page is there until {}. The reference is {}.", last_day(facts), facts.reference)),
        ],
    }
}

/// To a parent or carer who lost the link to their private page.
#[must_use]
pub fn consent_page(facts: &Facts<'_>, guardian: &str, token: &str) -> Letter {
    Letter {
        subject: format!("Your private page about {}", facts.about.title),
        parts: vec![
            para(format!("Hello {guardian}")),
            para(format!("Here is a new link to your private page about {}: {}.", facts.name, facts.what())),
            private_page(facts, token),
            para(format!("The page is there until {}. The reference is {}.", last_day(facts), facts.reference)),
        ],
    }
}

fn private_page(facts: &Facts<'_>, token: &str) -> Part {
    Part::Link { label: "Open your private page".into(), url: format!("{}/consent/page/{token}", facts.base_url) }
}

fn last_day(facts: &Facts<'_>) -> String {
    long_date(facts.about.ends_on)
}

/// To the learner: consent was taken back, or refused when a place was held. `freed`: the place is gone.
#[must_use]
pub fn consent_over(facts: &Facts<'_>, freed: bool) -> Letter {
    let then = if freed {
        "Nobody under 18 can come without that yes, so your place goes to somebody else."
    } else {
        "Your application is still there, but we cannot confirm a place without their yes."
    };
    facts.letter(
        "Your parent or carer does not agree",
        vec![
            para(format!("They do not agree to {}.", facts.what())),
            para(then),
            para("Talk with them about it. You have done nothing wrong."),
            facts.own_page("See where it stands"),
        ],
    )
}

/// To coordinators: there is no consent any more. No name, and no reason.
#[must_use]
pub fn consent_gone(title: &str, reference: &str, freed: bool, base_url: &str) -> Letter {
    Letter {
        subject: format!("No consent: {title}"),
        parts: vec![
            para(format!("A parent or carer does not agree to application {reference} for {title}.")),
            para(if freed {
                "The application is withdrawn and its place is free again. If somebody is on the waiting list, we have offered it to them."
            } else {
                "The application stays open. A place cannot be confirmed unless they agree after all."
            }),
            Part::Link {
                label: "Open the application".into(),
                url: format!("{base_url}/provider/applications/{reference}"),
            },
        ],
    }
}

/// To coordinators: a parent or carer asks something before they answer. Their address is there to answer to.
#[must_use]
pub fn consent_question(facts: &Facts<'_>, guardian: &str, address: &str, question: &str) -> Letter {
    Letter {
        subject: format!("A parent or carer has a question: {}", facts.about.title),
        parts: vec![
            para(format!("{guardian} has a question before they answer about application {}.", facts.reference)),
            para(format!("They ask: “{question}”")),
            para(format!("Please answer them at {address}. We do not keep the question.")),
        ],
    }
}

/// To a parent or carer: the place will not happen. Why is between the learner and the provider.
#[must_use]
pub fn not_going_ahead(name: &str, reference: &str, guardian: &str) -> Letter {
    Letter {
        subject: format!("{name}'s place will not go ahead"),
        parts: vec![
            para(format!("Hello {guardian}")),
            para(format!("{name}'s place will not go ahead. We have written to {name} about it.")),
            para(format!("The reference is {reference}.")),
        ],
    }
}

/// To a parent or carer: a copy of what the learner was sent. Links on which only the learner may act are
/// left out; `page` is the address of the private page, once they have agreed.
#[must_use]
pub fn copy(letter: &Letter, name: &str, guardian: &str, page: Option<String>) -> Letter {
    let mut parts = vec![
        para(format!("Hello {guardian}")),
        para(format!("This is a copy of what we have sent to {name}. You do not have to do anything.")),
    ];
    parts.extend(
        letter
            .parts
            .iter()
            .filter(|part| match part {
                Part::Para(words) => !words.starts_with("Hello "),
                // What anybody may open. Any other page is the learner's own, or lets whoever has the link act.
                Part::Link { url, .. } => url.contains("/opportunities"),
                Part::Code(_) => false,
                Part::List(_) => true,
            })
            .cloned(),
    );
    parts.push(match page {
        Some(url) => Part::Link { label: "Open your private page".into(), url },
        None => para("We still need your answer. Please use the link in our email “Do you agree?”"),
    });
    Letter { subject: format!("Copy: {}", letter.subject), parts }
}

#[cfg(test)]
pub(super) fn samples(s: &super::samples::Given<'_>) -> Vec<(&'static str, Letter)> {
    let page = || Some(format!("{}/consent/page/0123abcd", s.base_url));
    vec![
        ("consent_request", consent_request(&s.facts, "Sam", "0123abcd", s.day)),
        ("consent_answered", consent_answered(&s.facts, true, false)),
        ("consent_answered", consent_answered(&s.facts, false, false)),
        ("consent_answered", consent_answered(&s.facts, false, true)),
        ("consent_no_address", consent_no_address(&s.facts)),
        ("consent_reminder", consent_reminder(&s.facts, "Sam", "0123abcd", s.day)),
        ("consent_waiting", consent_waiting(&s.facts, "Sam")),
        ("consent_kept", consent_kept(&s.facts, "Sam", true, "0123abcd")),
        ("consent_kept", consent_kept(&s.facts, "Sam", false, "0123abcd")),
        ("consent_page", consent_page(&s.facts, "Sam", "0123abcd")),
        ("consent_over", consent_over(&s.facts, true)),
        ("consent_over", consent_over(&s.facts, false)),
        ("consent_gone", consent_gone(s.title, s.reference, true, s.base_url)),
        ("consent_gone", consent_gone(s.title, s.reference, false, s.base_url)),
        ("consent_question", consent_question(&s.facts, "Sam", "sam@mail.example", "Who is there at lunch?")),
        ("not_going_ahead", not_going_ahead("Amira", s.reference, "Sam")),
        ("copy", copy(&super::offered(&s.facts, s.day), "Amira", "Sam", page())),
        ("copy", copy(&super::waitlisted(&s.facts), "Amira", "Sam", None)),
    ]
}

#[cfg(test)]
mod tests {
    use crate::messages::Part;
    use crate::messages::letters::samples::all;

    /// Whoever reads a copy cannot act as the learner by any link in it.
    #[test]
    fn no_copy_holds_a_link_of_the_learners_own() {
        for (name, letter) in all() {
            let copied = super::copy(&letter, "Amira", "Sam", None);
            assert!(copied.text().contains("Hello Sam") && copied.text().contains("This is a copy"), "{name}");
            assert!(!copied.text().contains("Hello Amira"), "{name}");
            for part in &copied.parts {
                if let Part::Link { url, .. } = part {
                    assert!(url.starts_with("https://wex.example/opportunities"), "{name}: {url}");
                }
            }
        }
    }
}
