//! What an opportunity needs before everybody can see it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::application::words;
use crate::Delivery;

words! {
    /// Who can see an opportunity.
    Status {
        /// Only the provider.
        Draft = "draft",
        /// Everybody.
        Published = "published",
    }
}

impl Status {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Published => "Published",
        }
    }
}

words! {
    /// Something that a draft still lacks.
    Missing {
        /// What learners will do.
        Summary = "summary",
        /// The days on which it runs.
        Dates = "dates",
        /// The last day for applications.
        Closing = "closing",
        /// Dates that are still to come: the first day or the closing date has passed.
        FutureDates = "future_dates",
        /// How many people can come.
        Places = "places",
        /// The youngest age.
        MinAge = "min_age",
        /// The postcode of the place, without which nobody nearby can find it.
        Postcode = "postcode",
    }
}

impl Missing {
    /// What the coordinator reads: the end of "Before you can publish, add …".
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Summary => "what learners will do",
            Self::Dates => "the dates",
            Self::Closing => "the closing date",
            Self::FutureDates => "dates that are still to come",
            Self::Places => "the number of places",
            Self::MinAge => "the youngest age",
            Self::Postcode => "the postcode",
        }
    }
}

/// The dates of one run, as far as they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunFacts {
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day for applications.
    pub closes_on: NaiveDate,
    /// How many can come; 0 while it is not known.
    pub capacity: i64,
}

/// What is known about an opportunity, as far as publishing depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts<'a> {
    /// In person or online.
    pub delivery: Delivery,
    /// Taken at any time, without dates or places.
    pub open_ended: bool,
    /// What learners will do.
    pub summary: &'a str,
    /// Youngest age.
    pub min_age: Option<u32>,
    /// Postcode of the site.
    pub postcode: Option<&'a str>,
    /// Its runs.
    pub runs: &'a [RunFacts],
}

/// What is missing before it can be published on this day, in the order in which a form asks for it.
#[must_use]
pub fn missing(facts: &Facts<'_>, today: NaiveDate) -> Vec<Missing> {
    let runs = facts.runs;
    let dated = !facts.open_ended;
    let is_open = |run: &RunFacts| run.starts_on > today && run.closes_on >= today;
    let checks = [
        (facts.summary.trim().is_empty(), Missing::Summary),
        (dated && runs.is_empty(), Missing::Dates),
        (dated && !runs.is_empty() && !runs.iter().any(is_open), Missing::FutureDates),
        (dated && runs.iter().any(|run| run.capacity < 1), Missing::Places),
        (facts.min_age.is_none(), Missing::MinAge),
        (facts.delivery != Delivery::Online && facts.postcode.is_none_or(|code| code.trim().is_empty()), Missing::Postcode),
    ];
    checks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| what).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(y: i32, m: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, day).unwrap()
    }

    #[test]
    fn a_draft_says_everything_that_it_lacks() {
        let today = d(2027, 3, 1);
        let run = RunFacts { starts_on: d(2027, 5, 24), closes_on: d(2027, 4, 1), capacity: 4 };
        let whole = Facts {
            delivery: Delivery::InPerson,
            open_ended: false,
            summary: "Watch and help.",
            min_age: Some(16),
            postcode: Some("LS1 4AP"),
            runs: &[run],
        };
        assert_eq!(missing(&whole, today), []);
        // The closing date itself is still open; the first day is too late.
        assert_eq!(missing(&whole, d(2027, 4, 1)), []);
        assert_eq!(missing(&whole, d(2027, 4, 2)), [Missing::FutureDates]);
        let late = RunFacts { closes_on: d(2027, 6, 1), ..run };
        assert_eq!(missing(&Facts { runs: &[late], ..whole }, d(2027, 5, 24)), [Missing::FutureDates]);
        // One open run is enough.
        assert_eq!(missing(&Facts { runs: &[RunFacts { starts_on: d(2027, 1, 4), ..run }, run], ..whole }, today), []);
        let bare = Facts { summary: " ", min_age: None, postcode: None, runs: &[RunFacts { capacity: 0, ..run }], ..whole };
        assert_eq!(missing(&bare, today), [Missing::Summary, Missing::Places, Missing::MinAge, Missing::Postcode]);
        assert_eq!(missing(&Facts { runs: &[], ..whole }, today), [Missing::Dates]);
        let film = Facts { open_ended: true, delivery: Delivery::Online, runs: &[], postcode: None, ..whole };
        assert_eq!(missing(&film, today), []);
    }

    #[test]
    fn words_read_back() {
        for status in Status::ALL {
            assert_eq!(Status::parse(status.as_str()), Some(*status));
        }
        for missing in Missing::ALL {
            assert_eq!(Missing::parse(missing.as_str()), Some(*missing));
        }
    }
}
