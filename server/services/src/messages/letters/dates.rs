//! Letters about new dates.

use chrono::NaiveDate;
use domain::cancelling::CancelReason;
use domain::words::long_date;

use super::{Facts, para};
use crate::messages::{Letter, Part};

/// What a provider says of a change of dates.
#[derive(Debug, Clone, Copy)]
pub struct NewDates<'a> {
    /// The old dates, in words.
    pub old: &'a str,
    /// The new ones.
    pub new: &'a str,
    /// Why.
    pub reason: CancelReason,
    /// Own words; empty for none.
    pub note: &'a str,
}

impl NewDates<'_> {
    fn why(&self, facts: &Facts<'_>) -> Vec<Part> {
        let mut parts = vec![
            para(format!(
                "{} cannot run {} on {}. {}",
                facts.about.organisation_name,
                facts.about.title,
                self.old,
                self.reason.in_words()
            )),
            para(format!("The new dates are {}.", self.new)),
        ];
        if !self.note.trim().is_empty() {
            parts.push(para(self.note.trim()));
        }
        parts
    }
}

fn dates_page(facts: &Facts<'_>, label: &str) -> Part {
    Part::Link { label: label.into(), url: format!("{}/applications/{}/dates", facts.base_url, facts.reference) }
}

/// To somebody who holds a place: can they come on the new dates.
#[must_use]
pub fn date_change_asked(facts: &Facts<'_>, said: &NewDates<'_>, answer_by: NaiveDate) -> Letter {
    let mut parts = said.why(facts);
    parts.extend([
        para(format!("Can you come then? Please answer by {}.", long_date(answer_by))),
        dates_page(facts, "Answer yes or no"),
        para("Without an answer we cannot keep your place. If you cannot come, you go first on waiting lists until you accept another place."),
    ]);
    facts.letter("New dates: can you come?", parts)
}

/// To somebody who has not answered, shortly before the last day.
#[must_use]
pub fn date_change_nudge(facts: &Facts<'_>, new: &str, answer_by: NaiveDate) -> Letter {
    facts.letter(
        "Please answer: can you come on the new dates?",
        vec![
            para(format!("{} has new dates: {new}.", facts.about.title)),
            para(format!("Please answer by {}. After that we cannot keep your place.", long_date(answer_by))),
            dates_page(facts, "Answer yes or no"),
        ],
    )
}

/// To somebody whose application or offer goes on with the new dates. `respond_by` is for an offer.
#[must_use]
pub fn dates_moved(facts: &Facts<'_>, said: &NewDates<'_>, respond_by: Option<NaiveDate>) -> Letter {
    let mut parts = said.why(facts);
    match respond_by {
        Some(by) => {
            parts.push(para(format!("Your offer is now for the new dates. Please answer by {}.", long_date(by))));
            parts.push(facts.own_page("Accept, or say no thank you"));
        }
        None => {
            parts.push(para("Your application goes on with the new dates. You do not have to do anything."));
            parts.push(para("If you cannot come then, withdraw it on your page."));
            parts.push(facts.own_page("See your application"));
        }
    }
    facts.letter("New dates for what you asked for", parts)
}

/// To somebody whose application or offer cannot go on with the new dates, and why.
#[must_use]
pub fn dates_do_not_fit(facts: &Facts<'_>, said: &NewDates<'_>, why: &str) -> Letter {
    let mut parts = said.why(facts);
    parts.extend([
        para(format!("Your application cannot go on with the new dates. {why}")),
        para("You did nothing wrong, and it does not count against you."),
        facts.own_page("See other places that may suit you"),
    ]);
    facts.letter("New dates that do not fit", parts)
}

/// To somebody who said yes: what is still open before the place is confirmed.
#[must_use]
pub fn date_change_agreed(facts: &Facts<'_>, waits_for: &[String]) -> Letter {
    let mut parts = vec![para(format!("You said yes to the new dates: {}.", facts.what()))];
    if waits_for.is_empty() {
        parts.push(para("Everything is in place already. We confirm it in a separate message."));
    } else {
        parts.push(para("Before your place is confirmed, these have to be finished:"));
        parts.push(Part::List(waits_for.to_vec()));
    }
    parts.push(facts.own_page("See your place"));
    facts.letter("You are coming on the new dates", parts)
}

/// To somebody who said no, or did not answer in time.
#[must_use]
pub fn date_change_not_coming(facts: &Facts<'_>, answered: bool) -> Letter {
    let first = if answered {
        format!("You told us that you cannot come on the new dates. Your place is cancelled: {}.", facts.what())
    } else {
        format!("You did not answer about the new dates in time. Your place is cancelled: {}.", facts.what())
    };
    facts.letter(
        "Cancelled: your place",
        vec![
            para(first),
            para("The provider changed the dates, so this does not count against you. You go first on waiting lists until you accept another place."),
            facts.own_page("See other places that may suit you"),
        ],
    )
}

#[cfg(test)]
pub(super) fn samples(s: &super::samples::Given<'_>) -> Vec<(&'static str, Letter)> {
    let said = NewDates {
        old: "5 to 9 July 2027",
        new: "12 to 16 July 2027",
        reason: CancelReason::HostAway,
        note: "Jo is back then.",
    };
    vec![
        ("date_change_asked", date_change_asked(&s.facts, &said, s.day)),
        ("date_change_nudge", date_change_nudge(&s.facts, said.new, s.day)),
        ("dates_moved", dates_moved(&s.facts, &said, None)),
        ("dates_moved", dates_moved(&s.facts, &said, Some(s.day))),
        ("dates_do_not_fit", dates_do_not_fit(&s.facts, &said, "You will be 14 on 12 July; it is for 15 and over.")),
        ("date_change_agreed", date_change_agreed(&s.facts, &["Identity check".into()])),
        ("date_change_agreed", date_change_agreed(&s.facts, &[])),
        ("date_change_not_coming", date_change_not_coming(&s.facts, true)),
        ("date_change_not_coming", date_change_not_coming(&s.facts, false)),
    ]
}
