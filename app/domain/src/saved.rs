//! What somebody keeps, and when they hear of it.

use chrono::{Datelike, Days, NaiveDate, Weekday};

crate::words_enum! {
    /// How often a saved search is answered by email.
    Every {
        /// Each morning on which there is something new.
        Day = "day",
        /// On Monday mornings, where there is something new.
        Week = "week",
    }
}

impl Every {
    /// What people choose.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Day => "Every day",
            Self::Week => "Every Monday",
        }
    }

    /// The next day after this one on which it is answered.
    #[must_use]
    pub fn next_after(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => day + Days::new(1),
            Self::Week => day + Days::new(u64::from(7 - day.weekday().days_since(Weekday::Mon))),
        }
    }
}

/// The hour in London from which such messages go out: nobody is woken by them.
pub const FROM_HOUR: u32 = 7;
/// So many searches one person keeps.
pub const MOST_SEARCHES: usize = 10;
/// So many opportunities one person keeps.
pub const MOST_OPPORTUNITIES: usize = 100;
/// Something saved is told about when its last day to apply is so many days away.
pub const CLOSING_DAYS: u64 = 3;
/// So many new ones are named in one message; a link leads to the others.
pub const NAMED: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_week_ends_on_monday() {
        let d = |day| NaiveDate::from_ymd_opt(2027, 3, day).unwrap();
        assert_eq!(Every::Week.next_after(d(1)), d(8), "from a Monday");
        assert_eq!(Every::Week.next_after(d(7)), d(8), "from a Sunday");
        assert_eq!(Every::Day.next_after(d(31)), NaiveDate::from_ymd_opt(2027, 4, 1).unwrap());
    }

    proptest! {
        #[test]
        fn the_next_day_is_later_and_a_monday_where_it_is_weekly(n in 0u64..4000) {
            let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(n);
            let next = Every::Week.next_after(day);
            prop_assert_eq!(next.weekday(), Weekday::Mon);
            prop_assert!(next > day && next <= day + Days::new(7));
            prop_assert!(Every::Day.next_after(day) > day);
        }
    }
}
