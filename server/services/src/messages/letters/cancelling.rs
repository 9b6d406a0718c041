//! Letters about cancelling: one for each person, however many of their places it ends.

use domain::cancelling::CancelReason;

use super::para;
use crate::messages::{Letter, Part};

/// What somebody loses, in a letter about cancelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// An accepted or confirmed place.
    Place,
    /// An offer that was not answered yet.
    Offer,
    /// An application that nobody had decided.
    Undecided,
    /// An application that was not sent yet.
    Draft,
}

/// One line of it.
#[derive(Debug, Clone)]
pub struct LostLine<'a> {
    /// What is lost.
    pub lost: Lost,
    /// Title and dates.
    pub what: String,
    /// The application's reference.
    pub reference: &'a str,
}

impl LostLine<'_> {
    fn in_words(&self, own: bool) -> String {
        let whose = if own { "Your" } else { "Their" };
        let Self { lost, what, reference } = self;
        match lost {
            Lost::Place => format!("{what}. {whose} place is cancelled. Reference {reference}."),
            Lost::Offer => format!("{what}. {whose} offer is taken back. Reference {reference}."),
            Lost::Undecided => format!("{what}. {whose} application is closed. Reference {reference}."),
            Lost::Draft => format!("{what}. {whose} application was not sent, and is closed. Reference {reference}."),
        }
    }
}

/// What a provider says of a cancelling.
#[derive(Debug, Clone, Copy)]
pub struct Cancelled<'a> {
    /// The provider's name.
    pub organisation: &'a str,
    /// Why.
    pub reason: CancelReason,
    /// Own words; empty for none.
    pub note: &'a str,
    /// The service's address.
    pub base_url: &'a str,
}

impl Cancelled<'_> {
    fn why(&self) -> Vec<Part> {
        let mut parts = vec![para(format!("{} had to cancel. We are sorry.", self.organisation))];
        parts.push(para(self.reason.in_words()));
        if !self.note.trim().is_empty() {
            parts.push(para(self.note.trim()));
        }
        parts
    }
}

/// To the learner: what is cancelled, why, and what they can do now.
#[must_use]
pub fn cancelled_for_learner(said: &Cancelled<'_>, name: &str, lost: &[LostLine<'_>]) -> Letter {
    let place = lost.iter().any(|line| line.lost == Lost::Place);
    let mut parts = vec![para(format!("Hello {name}"))];
    parts.extend(said.why());
    parts.push(Part::List(lost.iter().map(|line| line.in_words(true)).collect()));
    parts.push(para("You did nothing wrong, and it does not count against you."));
    if place {
        parts.push(para(
            "Because you had a place, you go first on waiting lists until you accept another place. You do not have to do anything for that.",
        ));
    }
    if let [only] = lost
        && only.lost != Lost::Draft
    {
        parts.push(Part::Link {
            label: "See other places that may suit you".into(),
            url: format!("{}/applications/{}", said.base_url, only.reference),
        });
    } else {
        parts.push(Part::Link {
            label: "See other places that may suit you".into(),
            url: format!("{}/applications", said.base_url),
        });
    }
    let subject = if place { "Cancelled: your place" } else { "Cancelled: the dates you asked for" };
    Letter { subject: subject.into(), parts }
}

/// To a parent or carer who agreed or was asked: what is cancelled, and that they need do nothing.
#[must_use]
pub fn cancelled_for_carer(said: &Cancelled<'_>, carer: &str, name: &str, lost: &[LostLine<'_>]) -> Letter {
    let mut parts = vec![para(format!("Hello {carer}"))];
    parts.extend(said.why());
    parts.push(para(format!("This is about {name}.")));
    parts.push(Part::List(lost.iter().map(|line| line.in_words(false)).collect()));
    parts.push(para("We have told them too. You do not have to do anything."));
    Letter { subject: format!("Cancelled: {name} is not coming to these dates"), parts }
}

/// To the people who would have looked after the learners. No names.
#[must_use]
pub fn cancelled_for_supervisor(said: &Cancelled<'_>, name: &str, sessions: &[String]) -> Letter {
    Letter {
        subject: "Cancelled: learners are not coming".into(),
        parts: vec![
            para(format!("Hello {name}")),
            para(format!("{} has cancelled these dates. {}", said.organisation, said.reason.in_words())),
            Part::List(sessions.to_vec()),
            para("Everybody who had a place has been told. Nobody takes their place."),
        ],
    }
}

/// To the telephone of somebody who held a place. Whoever has no email is rung.
#[must_use]
pub fn cancelled_text(said: &Cancelled<'_>, lost: &[LostLine<'_>], has_email: bool) -> String {
    match lost {
        [only] if !has_email => format!(
            "{} had to cancel your place. Sorry. Please do not come. Reference {}. We ring you about it.",
            said.organisation, only.reference
        ),
        _ if !has_email => format!(
            "{} had to cancel {} of your places. Sorry. Please do not come. We ring you about it.",
            said.organisation,
            lost.len()
        ),
        [only] => format!(
            "{} had to cancel your place. Sorry. Please do not come. Reference {}. Your email says more.",
            said.organisation, only.reference
        ),
        _ => format!(
            "{} had to cancel {} of your places. Sorry. Please do not come. Your email says which.",
            said.organisation,
            lost.len()
        ),
    }
}

#[cfg(test)]
pub(super) fn samples(s: &super::samples::Given<'_>) -> Vec<(&'static str, Letter)> {
    let said = Cancelled {
        organisation: "Aire Valley NHS Trust",
        reason: CancelReason::StaffShort,
        note: "We hope to run this again in autumn.",
        base_url: s.base_url,
    };
    let line = |lost| LostLine { lost, what: format!("{}, 5 to 9 July 2027", s.title), reference: s.reference };
    vec![
        ("cancelled_for_learner", cancelled_for_learner(&said, "Amira", &[line(Lost::Place)])),
        (
            "cancelled_for_learner",
            cancelled_for_learner(&said, "Amira", &[line(Lost::Offer), line(Lost::Undecided), line(Lost::Draft)]),
        ),
        ("cancelled_for_carer", cancelled_for_carer(&said, "Sam", "Amira", &[line(Lost::Place)])),
        (
            "cancelled_for_supervisor",
            cancelled_for_supervisor(&said, "Jo", &["A week with Pharmacy, 5 to 9 July 2027".into()]),
        ),
    ]
}
