//! What an opportunity needs before everybody can see it.

use chrono::NaiveDate;

use crate::application::words;
use crate::{Delivery, Kind};

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
        /// In person or online: what was written could not be read.
        Delivery = "delivery",
        /// The days on which it runs.
        Dates = "dates",
        /// Dates that are still to come: the first day or the closing date has passed.
        FutureDates = "future_dates",
        /// When a day starts and ends: what was written could not be read.
        Times = "times",
        /// How many people can come.
        Places = "places",
        /// The youngest age.
        MinAge = "min_age",
        /// The site or address.
        Where = "where",
        /// The postcode of the place, without which nobody nearby can find it.
        Postcode = "postcode",
        /// The address for questions: what was written is none.
        Contact = "contact",
    }
}

impl Missing {
    /// What the coordinator reads: the end of "Before you can publish, add …".
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Summary => "what learners will do",
            Self::Delivery => "in person or online",
            Self::Dates => "the dates",
            Self::FutureDates => "dates that are still to come",
            Self::Times => "the times of the day",
            Self::Places => "the number of places",
            Self::MinAge => "the youngest age",
            Self::Where => "where it is",
            Self::Postcode => "the postcode",
            Self::Contact => "the contact email",
        }
    }
    /// Whether the fact was written but could not be read: it may be absent, but only once the
    /// coordinator has said so.
    #[must_use]
    pub fn was_unreadable(self) -> bool {
        matches!(self, Self::Delivery | Self::Times | Self::Contact)
    }
}

/// The capacity of a session that takes everybody, such as an online talk for which no number is given.
pub const NO_LIMIT: i64 = 1_000_000;

/// The last day for applications where the provider names none: four weeks before the first day of work
/// experience, which leaves time to decide and to check; otherwise the day before.
#[must_use]
pub fn usual_closing(kind: Kind, first_day: NaiveDate) -> NaiveDate {
    let days = if kind == Kind::WorkExperience { 28 } else { 1 };
    first_day.checked_sub_days(chrono::Days::new(days)).unwrap_or(first_day)
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
    /// The site or address.
    pub place: Option<&'a str>,
    /// Its postcode.
    pub postcode: Option<&'a str>,
    /// What was written but could not be read.
    pub unread: &'a [Missing],
    /// Its runs.
    pub runs: &'a [RunFacts],
}

/// What is missing before it can be published on this day, in the order in which a form asks for it.
#[must_use]
pub fn missing(facts: &Facts<'_>, today: NaiveDate) -> Vec<Missing> {
    let runs = facts.runs;
    let dated = !facts.open_ended;
    let visited = facts.delivery != Delivery::Online;
    let is_blank = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
    let is_open = |run: &RunFacts| run.starts_on > today && run.closes_on >= today;
    let lacks = |what: Missing| match what {
        Missing::Summary => is_blank(Some(facts.summary)),
        Missing::Dates => dated && runs.is_empty(),
        Missing::FutureDates => dated && !runs.is_empty() && !runs.iter().any(is_open),
        Missing::Places => dated && runs.iter().any(|run| run.capacity < 1),
        Missing::MinAge => facts.min_age.is_none(),
        Missing::Where => visited && is_blank(facts.place),
        Missing::Postcode => visited && is_blank(facts.postcode),
        Missing::Delivery | Missing::Times | Missing::Contact => facts.unread.contains(&what),
    };
    Missing::ALL.iter().copied().filter(|what| lacks(*what)).collect()
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
            place: Some("St James's"),
            postcode: Some("LS1 4AP"),
            unread: &[],
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
        let bare = Facts {
            summary: " ",
            min_age: None,
            place: None,
            postcode: None,
            unread: &[Missing::Times],
            runs: &[RunFacts { capacity: 0, ..run }],
            ..whole
        };
        assert_eq!(
            missing(&bare, today),
            [Missing::Summary, Missing::Times, Missing::Places, Missing::MinAge, Missing::Where, Missing::Postcode]
        );
        assert_eq!(missing(&Facts { runs: &[], ..whole }, today), [Missing::Dates]);
        let film =
            Facts { open_ended: true, delivery: Delivery::Online, runs: &[], place: None, postcode: None, ..whole };
        assert_eq!(missing(&film, today), []);
    }

    #[test]
    fn closing_dates_leave_time_where_it_is_needed() {
        assert_eq!(usual_closing(Kind::WorkExperience, d(2027, 5, 29)), d(2027, 5, 1));
        assert_eq!(usual_closing(Kind::CareersInformation, d(2027, 5, 29)), d(2027, 5, 28));
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
