//! "Can I apply?": said before anybody writes an application that they cannot send.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::calendar::age_on;
use crate::words;

/// Nobody under this age has an account (DOMAIN.md, "Learner").
pub const YOUNGEST: u32 = 13;
/// Under this age a parent or carer is asked for consent.
pub const ADULT: u32 = 18;

/// What a session asks of the people who come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asks {
    /// Youngest age on the first day.
    pub min_age: Option<u32>,
    /// Oldest age on the first day.
    pub max_age: Option<u32>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day on which applications are taken, until 23:59 London time.
    pub closes_on: NaiveDate,
    /// Whether the provider has cancelled it.
    pub cancelled: bool,
}

/// The answer, with the reason where it is no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "answer", content = "why")]
pub enum Answer {
    /// Nothing stands in the way.
    Yes,
    /// It can never be yes for this session: a sentence why.
    No(String),
    /// Something has to be known or done first: a sentence what.
    NotYet(String),
}

impl Answer {
    /// Whether an application may be sent.
    #[must_use]
    pub fn is_yes(&self) -> bool {
        matches!(self, Self::Yes)
    }
}

/// Whether a person born on `born` (if we know it) can apply on `today`.
#[must_use]
pub fn can_apply(asks: &Asks, born: Option<NaiveDate>, today: NaiveDate) -> Answer {
    if asks.cancelled {
        return Answer::No("The provider has cancelled these dates.".into());
    }
    if today >= asks.starts_on {
        return Answer::No(format!("These dates began on {}.", words::long_date(asks.starts_on)));
    }
    if today > asks.closes_on {
        return Answer::No(format!("Applications closed on {}.", words::long_date(asks.closes_on)));
    }
    let Some(born) = born else {
        return Answer::Yes;
    };
    let age = age_on(born, asks.starts_on);
    let on = words::day_month(asks.starts_on);
    match (asks.min_age, asks.max_age) {
        (Some(min), _) if age < min => {
            Answer::No(format!("You will be {age} on {on}; this session is for {min} and over."))
        }
        (_, Some(max)) if age > max => {
            Answer::No(format!("You will be {age} on {on}; this session is for people up to {max}."))
        }
        _ => Answer::Yes,
    }
}

/// Whether a person born on `born` (if we know it) can take today what has no dates: the age counts on the day
/// itself.
#[must_use]
pub fn can_enrol(min: Option<u32>, max: Option<u32>, born: Option<NaiveDate>, today: NaiveDate) -> Answer {
    let Some(age) = born.map(|born| age_on(born, today)) else {
        return Answer::Yes;
    };
    match (min, max) {
        (Some(min), _) if age < min => Answer::NotYet(format!("You are {age}; this is for {min} and over.")),
        (_, Some(max)) if age > max => Answer::No(format!("You are {age}; this is for people up to {max}.")),
        _ => Answer::Yes,
    }
}

/// Ages in words: "16 and over", "14 to 18", "any age from 13".
#[must_use]
pub fn ages(min: Option<u32>, max: Option<u32>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{min} and over"),
        (None, Some(max)) => format!("{YOUNGEST} to {max}"),
        (None, None) => format!("any age from {YOUNGEST}"),
    }
}

/// Whether somebody born on `born` may have an account at all.
#[must_use]
pub fn old_enough_for_an_account(born: NaiveDate, today: NaiveDate) -> bool {
    age_on(born, today) >= YOUNGEST
}

/// Whether a parent or carer has to agree before this person's place is confirmed: under 18 on the first day.
#[must_use]
pub fn needs_consent(born: NaiveDate, first_day: NaiveDate) -> bool {
    age_on(born, first_day) < ADULT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(y: i32, m: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, day).unwrap()
    }
    fn asks() -> Asks {
        Asks {
            min_age: Some(16),
            max_age: Some(18),
            starts_on: d(2027, 7, 6),
            closes_on: d(2027, 6, 1),
            cancelled: false,
        }
    }

    #[test]
    fn age_is_counted_on_the_first_day_and_said_in_plain_words() {
        let today = d(2027, 3, 1);
        assert_eq!(
            can_apply(&asks(), Some(d(2011, 7, 7)), today),
            Answer::No("You will be 15 on 6 July; this session is for 16 and over.".into())
        );
        assert!(can_apply(&asks(), Some(d(2011, 7, 6)), today).is_yes());
        assert_eq!(
            can_apply(&asks(), Some(d(2008, 7, 6)), today),
            Answer::No("You will be 19 on 6 July; this session is for people up to 18.".into())
        );
        assert!(can_apply(&asks(), None, today).is_yes());
    }

    #[test]
    fn the_closing_day_itself_is_still_open() {
        assert!(can_apply(&asks(), None, d(2027, 6, 1)).is_yes());
        assert_eq!(
            can_apply(&asks(), None, d(2027, 6, 2)),
            Answer::No("Applications closed on Tuesday 1 June 2027.".into())
        );
        assert!(matches!(can_apply(&asks(), None, d(2027, 7, 6)), Answer::No(_)));
        assert!(matches!(can_apply(&Asks { cancelled: true, ..asks() }, None, d(2027, 3, 1)), Answer::No(_)));
    }

    #[test]
    fn what_has_no_dates_asks_for_the_age_of_today() {
        let today = d(2027, 3, 1);
        let of = |born| can_enrol(Some(14), Some(18), Some(born), today);
        assert!(of(d(2013, 3, 1)).is_yes() && of(d(2008, 3, 2)).is_yes());
        assert_eq!(of(d(2013, 3, 2)), Answer::NotYet("You are 13; this is for 14 and over.".into()));
        assert_eq!(of(d(2008, 3, 1)), Answer::No("You are 19; this is for people up to 18.".into()));
        assert!(can_enrol(Some(14), None, None, today).is_yes());
        assert!(can_enrol(None, None, Some(d(2013, 3, 2)), today).is_yes());
    }

    #[test]
    fn consent_until_eighteen_and_accounts_from_thirteen() {
        assert!(needs_consent(d(2009, 7, 7), d(2027, 7, 6)));
        assert!(!needs_consent(d(2009, 7, 6), d(2027, 7, 6)));
        assert!(!old_enough_for_an_account(d(2014, 3, 2), d(2027, 3, 1)));
        assert!(old_enough_for_an_account(d(2014, 3, 1), d(2027, 3, 1)));
    }

    #[test]
    fn ages_in_words() {
        assert_eq!(ages(Some(16), None), "16 and over");
        assert_eq!(ages(Some(14), Some(18)), "14 to 18");
        assert_eq!(ages(None, None), "any age from 13");
    }
}
