//! The main providers' dates, chosen so that every state of an application is possible on one of them.

use chrono::{NaiveDate, TimeDelta};

use super::stage::Stage;

/// Which of the planned dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Date {
    /// Applications to decide.
    ToDecide,
    /// Every place is held, with a waiting list.
    Full,
    /// Offers and answers.
    Offers,
    /// Accepted and confirmed in time.
    Checks,
    /// Begins soon: checks are late.
    Soon,
    /// Begins in a few days.
    Days,
    /// Closed, with drafts that were never sent.
    Closed,
    /// Cancelled by the provider.
    Cancelled,
    /// Drafts.
    Drafts,
    /// Closes in two days, with a draft that was reminded.
    Closing,
    /// Over since a month.
    LastMonth,
    /// Over, with days that nobody recorded yet.
    LastWeek,
    /// Running since last week, with days to record.
    Running,
    /// Over since a season.
    LastSeason,
}

/// One of the planned dates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planned {
    pub date: Date,
    /// Earliest first day, from today.
    offset: i64,
    days: u32,
    /// How many can come.
    pub capacity: i64,
    /// Youngest age.
    pub youngest: u32,
    /// The closing date from today; `None`: 28 days before the first day.
    closes: Option<i64>,
}

const fn p(date: Date, offset: i64, days: u32, capacity: i64, youngest: u32) -> Planned {
    Planned { date, offset, days, capacity, youngest, closes: None }
}

/// The dates of a main provider's first offers of work experience, in this order.
pub(super) const PLAN: &[Planned] = &[
    p(Date::ToDecide, 96, 5, 12, 14),
    p(Date::Offers, 82, 5, 14, 14),
    p(Date::Full, 68, 5, 3, 16),
    p(Date::Checks, 47, 5, 8, 16),
    p(Date::Soon, 24, 5, 6, 16),
    p(Date::LastMonth, -35, 5, 16, 14),
    p(Date::Drafts, 124, 5, 8, 14),
    Planned { closes: Some(-9), ..p(Date::Closed, 16, 3, 4, 14) },
    p(Date::Cancelled, 55, 5, 5, 16),
    p(Date::LastSeason, -77, 5, 14, 16),
    p(Date::Days, 3, 1, 3, 16),
    Planned { closes: Some(2), ..p(Date::Closing, 30, 3, 4, 13) },
];

/// Further dates of the offer that [`Date::LastMonth`] is about, so that one department has people behind it,
/// with it and before it.
pub(super) const MORE: &[Planned] = &[p(Date::LastWeek, 0, 5, 6, 14), p(Date::Running, 0, 10, 6, 14)];

impl Planned {
    /// First day, last day, closing date. What is not near is a week further away for each provider
    /// before, so that people can have places at several.
    pub fn dates(&self, stage: &Stage<'_>, providers_before: i64) -> (NaiveDate, NaiveDate, NaiveDate) {
        let weeks = match self.offset {
            ..0 => -providers_before,
            0.. if self.date == Date::LastWeek => -providers_before,
            0..40 => 0,
            _ => providers_before,
        };
        let (first, last) = match self.date {
            Date::Running => stage.running(),
            Date::LastWeek => stage.week_before(stage.running().0 + TimeDelta::days(7 * weeks), self.days),
            _ => stage.week_days(stage.day(self.offset + 7 * weeks), self.days),
        };
        let closes = self.closes.map_or_else(|| first - chrono::Days::new(28), |offset| stage.day(offset));
        (first, last, closes)
    }
}
