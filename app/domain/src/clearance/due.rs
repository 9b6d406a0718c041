//! By when a check has to be done, when that is at risk, and how long it holds.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::ClearanceStatus;
use crate::application::words;

/// Days before the first one by which every check should be done: time for what goes wrong.
const SAFETY_DAYS: u64 = 7;

/// By when a check has to be done that was asked for on this day and usually takes so many days: a week
/// before the first day; but not before it can be done, and then by the first day; and where even that is
/// too soon, when it can be done: then it is at risk.
#[must_use]
pub fn due_on(requested_on: NaiveDate, lead_days: i64, starts_on: NaiveDate) -> NaiveDate {
    let earliest = requested_on + Days::new(u64::try_from(lead_days).unwrap_or(0));
    let week_before = starts_on - Days::new(SAFETY_DAYS);
    if earliest <= starts_on { week_before.max(earliest) } else { earliest }
}

words! {
    /// Why a check may not be done in time.
    Risk {
        /// It can usually be done only after the first day.
        AfterStart = "after_start",
        /// The day by which it had to be done has passed.
        Late = "late",
        /// It was done, and does not hold until the last day.
        RunsOut = "runs_out",
    }
}

impl Risk {
    /// What staff read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AfterStart => "at risk: it takes longer than there is until the first day",
            Self::Late => "late",
            Self::RunsOut => "runs out before the last day",
        }
    }
    /// What the learner reads.
    #[must_use]
    pub fn kindly(self) -> &'static str {
        match self {
            Self::AfterStart => {
                "There is little time for this one. The provider knows, and is trying to finish it before you start"
            }
            Self::Late => "This one is taking longer than planned. We have reminded the people who do it",
            Self::RunsOut => "This one has to be done again, because it runs out before your last day",
        }
    }
}

/// Whether a check is at risk today, and why. `valid_until` is the last day on which a finished one holds.
#[must_use]
pub fn risk(
    status: ClearanceStatus,
    due_on: NaiveDate,
    valid_until: Option<NaiveDate>,
    today: NaiveDate,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
) -> Option<Risk> {
    match status {
        ClearanceStatus::Requested if due_on > starts_on => Some(Risk::AfterStart),
        ClearanceStatus::Requested if due_on < today => Some(Risk::Late),
        ClearanceStatus::Met if valid_until.is_some_and(|until| until < ends_on) => Some(Risk::RunsOut),
        _ => None,
    }
}

/// The last day on which a check holds that was seen on this day.
#[must_use]
pub fn valid_until(seen_on: NaiveDate, valid_months: Option<u32>) -> Option<NaiveDate> {
    valid_months.map(|months| seen_on + Months::new(months))
}

/// Whether whoever sees to checks is written to today, a working day: about everything that is open on
/// Mondays, when something was asked for since they were written to last, and when something became late.
/// Late ones are therefore chased every week until they are done.
#[must_use]
pub fn chased_today(today: NaiveDate, previous: NaiveDate, open: &[(NaiveDate, NaiveDate)]) -> bool {
    let asked_since = |requested_on: NaiveDate| requested_on >= previous && requested_on < today;
    let late_since = |due_on: NaiveDate| due_on >= previous && due_on < today;
    !open.is_empty()
        && (today.weekday() == Weekday::Mon
            || open.iter().any(|(requested_on, due_on)| asked_since(*requested_on) || late_since(*due_on)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn d(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, month, day).unwrap()
    }

    #[test]
    fn due_a_week_before_unless_it_takes_longer() {
        assert_eq!(due_on(d(3, 1), 14, d(7, 5)), d(6, 28), "a week before");
        assert_eq!(due_on(d(6, 14), 14, d(7, 5)), d(6, 28), "just in time");
        assert_eq!(due_on(d(6, 15), 14, d(7, 5)), d(6, 29), "inside the safety week");
        assert_eq!(due_on(d(6, 21), 14, d(7, 5)), d(7, 5), "on the first day at the latest");
        assert_eq!(due_on(d(6, 22), 14, d(7, 5)), d(7, 6), "too late: at risk from the first");
        assert_eq!(due_on(d(3, 1), -5, d(7, 5)), d(6, 28), "a negative lead time is none");
    }

    #[test]
    fn at_risk_for_three_reasons() {
        use ClearanceStatus::{Met, NotMet, Requested, Waived};
        let (start, end) = (d(7, 5), d(7, 9));
        let of = |status, due, until, today| risk(status, due, until, today, start, end);
        assert_eq!(of(Requested, d(6, 28), None, d(6, 28)), None);
        assert_eq!(of(Requested, d(6, 28), None, d(6, 29)), Some(Risk::Late));
        assert_eq!(of(Requested, d(7, 5), None, d(7, 1)), None);
        assert_eq!(of(Requested, d(7, 6), None, d(6, 22)), Some(Risk::AfterStart));
        assert_eq!(of(Met, d(6, 28), None, d(7, 1)), None);
        assert_eq!(of(Met, d(6, 28), Some(d(7, 9)), d(7, 1)), None, "it holds on the last day");
        assert_eq!(of(Met, d(6, 28), Some(d(7, 8)), d(7, 1)), Some(Risk::RunsOut));
        assert_eq!(of(Waived, d(6, 28), None, d(7, 1)), None);
        assert_eq!(of(NotMet, d(6, 28), None, d(7, 1)), None, "that one is over");
    }

    #[test]
    fn a_year_holds_to_the_same_day() {
        assert_eq!(valid_until(d(3, 1), Some(12)), NaiveDate::from_ymd_opt(2028, 3, 1));
        let leap = NaiveDate::from_ymd_opt(2028, 2, 29).unwrap();
        assert_eq!(valid_until(leap, Some(12)), NaiveDate::from_ymd_opt(2029, 2, 28));
        assert_eq!(valid_until(d(3, 1), None), None);
    }

    #[test]
    fn written_to_on_mondays_and_when_something_is_new_or_late() {
        let (monday, tuesday, friday) = (d(3, 1), d(3, 2), d(2, 26));
        assert!(!chased_today(monday, friday, &[]), "nothing is open");
        assert!(chased_today(monday, friday, &[(d(1, 4), d(6, 1))]));
        assert!(!chased_today(tuesday, monday, &[(d(1, 4), d(6, 1))]));
        assert!(chased_today(tuesday, monday, &[(monday, d(6, 1))]), "asked for yesterday");
        assert!(!chased_today(tuesday, monday, &[(tuesday, d(6, 1))]), "asked for today: tomorrow, all at once");
        assert!(chased_today(tuesday, monday, &[(d(1, 4), monday)]), "late since yesterday");
        assert!(!chased_today(tuesday, monday, &[(d(1, 4), friday)]), "said on Monday already");
        // After a weekend nothing is forgotten.
        assert!(chased_today(monday, friday, &[(d(2, 27), d(6, 1))]));
    }

    proptest! {
        /// Whenever it can be done by the first day, it is due by then, and never before it can be done.
        #[test]
        fn due_when_it_can_be_done(asked in 0_u64..400, lead in 0_i64..400, start in 0_u64..400) {
            let zero = d(1, 1);
            let (asked, start) = (zero + Days::new(asked), zero + Days::new(start));
            let earliest = asked + Days::new(u64::try_from(lead).unwrap());
            let due = due_on(asked, lead, start);
            prop_assert!(due >= earliest);
            prop_assert_eq!(due <= start, earliest <= start);
            let at_risk = risk(ClearanceStatus::Requested, due, None, asked, start, start).is_some();
            prop_assert_eq!(at_risk, earliest > start);
        }
    }
}
