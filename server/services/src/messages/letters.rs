//! What the letters about applications say. One function each, pure; rendered from samples in the tests.

use chrono::NaiveDate;
use domain::application::NoReason;
use domain::words::long_date;
use store::applications::About;

use super::{Letter, Part};

/// What every letter about an application needs.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The learner's name as they like it.
    pub name: &'a str,
    /// The application's reference.
    pub reference: &'a str,
    /// What it is about.
    pub about: &'a About,
    /// The service's address.
    pub base_url: &'a str,
}

impl Facts<'_> {
    fn own_page(&self, label: &str) -> Part {
        Part::Link { label: label.into(), url: format!("{}/applications/{}", self.base_url, self.reference) }
    }
    fn what(&self) -> String {
        format!("{} at {}, {}", self.about.title, self.about.organisation_name, self.about.dates())
    }
    fn letter(&self, subject: impl Into<String>, parts: Vec<Part>) -> Letter {
        let mut all = vec![Part::Para(format!("Hello {}", self.name))];
        all.extend(parts);
        all.push(Part::Para(format!("Your reference is {}.", self.reference)));
        Letter { subject: subject.into(), parts: all }
    }
}

fn para(words: impl Into<String>) -> Part {
    Part::Para(words.into())
}

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

/// To the learner: on the waiting list, how it works and how to leave it.
#[must_use]
pub fn waitlisted(facts: &Facts<'_>) -> Letter {
    facts.letter(
        "You are on the waiting list",
        vec![
            para(format!("Every place is held at the moment: {}.", facts.what())),
            para("When one becomes free we offer it to the person who applied first. You do not have to do anything."),
            para("You can leave the list at any time on your page."),
            facts.own_page("See where it stands, or leave the list"),
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

/// To the learner and their parent or carer: everything for the first day.
#[must_use]
pub fn confirmed(facts: &Facts<'_>, to: &str) -> Letter {
    let about = facts.about;
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
    Letter {
        subject: format!("Place confirmed: {}", about.title),
        parts: vec![
            para(format!("Hello {to}")),
            para(format!("{}'s place is confirmed: {} at {}.", facts.name, about.title, about.organisation_name)),
            Part::List(points),
            para(format!("The reference is {}.", facts.reference)),
        ],
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{OpportunityId, OrganisationId, SessionId};
    use domain::{Delivery, Kind};
    use uuid::Uuid;

    fn about() -> About {
        let day = |d| NaiveDate::from_ymd_opt(2027, 7, d).unwrap();
        About {
            opportunity: OpportunityId(Uuid::from_u128(1)),
            opportunity_version: 1,
            opportunity_status: "published".into(),
            slug: "a-week-with-pharmacy".into(),
            title: "A week with Pharmacy".into(),
            kind: Kind::WorkExperience,
            delivery: Delivery::InPerson,
            asks_why: true,
            decide_within: 10,
            min_age: Some(16),
            max_age: None,
            dress: "Black shoes".into(),
            bring: String::new(),
            contact_email: Some("work@aire.example".into()),
            organisation: OrganisationId(Uuid::from_u128(2)),
            organisation_name: "Aire Valley NHS Trust".into(),
            department: None,
            site: Some("Aire Hospital".into()),
            address: None,
            town: Some("Leeds".into()),
            postcode: Some("LS1 3EX".into()),
            directions: None,
            session: SessionId(Uuid::from_u128(3)),
            starts_on: day(5),
            ends_on: day(9),
            starts_at: Some(570),
            ends_at: Some(930),
            closes_on: day(1),
            capacity: 4,
            held: 0,
            cancelled: false,
        }
    }

    /// Every letter renders, says its reference or title, ends its sentences, and carries no sensitive word.
    #[test]
    fn every_letter_renders_from_a_sample() {
        let about = about();
        let facts = Facts { name: "Amira", reference: "WX-7F3K-92QD", about: &about, base_url: "https://wex.example" };
        let day = NaiveDate::from_ymd_opt(2027, 4, 12).unwrap();
        let letters = [
            submitted(&facts, day, true),
            consent_request(&facts, "Sam", "0123abcd", day),
            consent_answered(&facts, true),
            consent_answered(&facts, false),
            new_applications("Aire Valley NHS Trust", "A week with Pharmacy", day, "https://wex.example"),
            offered(&facts, day),
            offer_nudge(&facts, day),
            waitlisted(&facts),
            not_selected(&facts, NoReason::MoreAsked, ""),
            lapsed(&facts),
            overdue(&facts),
            decision_due("A week with Pharmacy", "WX-7F3K-92QD", day, true, "https://wex.example"),
            accepted(&facts, &["Identity check".into()]),
            offer_answered("A week with Pharmacy", "WX-7F3K-92QD", false, "https://wex.example"),
            confirmed(&facts, "Sam"),
            clearance_not_met(&facts),
            offer_over(&facts, true),
            offer_over(&facts, false),
            cancelled(&facts),
            withdrawn(&facts),
            draft_closing(&facts),
        ];
        for letter in letters {
            let (text, html) = (letter.text(), letter.html());
            assert!(!letter.subject.is_empty() && letter.subject.len() < 80, "{}", letter.subject);
            assert!(text.contains("A week with Pharmacy") || text.contains("WX-7F3K-92QD"), "{text}");
            assert!(html.contains("</html>"));
            for word in ["health condition", "free school meals", "unsuccessful", "slot", "vacancy", "!\n"] {
                assert!(!text.to_lowercase().contains(word), "{word} in {text}");
            }
        }
    }
}
