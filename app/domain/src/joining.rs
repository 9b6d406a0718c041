//! Before the first day: which reminder is due.

use chrono::{Days, NaiveDate};

use crate::application::words;

words! {
    /// A reminder before the first day.
    Reminder {
        /// A week before.
        Week = "joining_week",
        /// The day before.
        Tomorrow = "joining_tomorrow",
    }
}

/// Days before the first day on which the first reminder goes out.
const WEEK: u64 = 7;

/// The reminder that is due on this day for somebody whose place was confirmed on `confirmed_on`. Somebody
/// confirmed in the last week has just been told everything, and gets the last one alone; whoever was
/// confirmed today gets none today. A day on which nothing could be sent is made up for, until it would be
/// the other reminder's turn.
#[must_use]
pub fn reminder_due(starts_on: NaiveDate, confirmed_on: NaiveDate, today: NaiveDate) -> Option<Reminder> {
    let tomorrow = starts_on - Days::new(1);
    let week_before = starts_on - Days::new(WEEK);
    if confirmed_on >= today {
        None
    } else if today == tomorrow {
        Some(Reminder::Tomorrow)
    } else if (week_before..tomorrow).contains(&today) && confirmed_on < week_before {
        Some(Reminder::Week)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 7, day).unwrap()
    }

    #[test]
    fn a_week_before_and_the_day_before_each_in_its_own_days() {
        let due = |today| reminder_due(day(20), day(1), day(today));
        assert_eq!((due(12), due(13), due(18)), (None, Some(Reminder::Week), Some(Reminder::Week)));
        assert_eq!((due(19), due(20), due(21)), (Some(Reminder::Tomorrow), None, None));
    }

    #[test]
    fn who_was_confirmed_late_is_not_told_the_same_twice() {
        // Confirmed three days before: only the last one.
        assert_eq!(reminder_due(day(20), day(17), day(18)), None);
        assert_eq!(reminder_due(day(20), day(17), day(19)), Some(Reminder::Tomorrow));
        // Confirmed on the day itself of a reminder: the confirmation says it all.
        assert_eq!(reminder_due(day(20), day(13), day(13)), None);
        assert_eq!(reminder_due(day(20), day(13), day(14)), None);
        assert_eq!(reminder_due(day(20), day(19), day(19)), None);
    }
}
