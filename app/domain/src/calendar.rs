//! Working days in England. Dates here are London dates: the server turns an instant into one, so
//! that the browser's bundle carries no time zone data.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The bank holidays of England and Wales in a year, by the standing rules
/// (Banking and Financial Dealings Act 1971 and the yearly proclamations for New Year and May Day).
///
/// One-off holidays, such as a coronation, are not in the rules: pass them to
/// [`WorkingDays::with_extra`].
#[must_use]
pub fn bank_holidays(year: i32) -> Vec<NaiveDate> {
    let day = |m, d| NaiveDate::from_ymd_opt(year, m, d);
    let mut days = Vec::with_capacity(8);
    // New Year's Day, or the next weekday.
    days.extend(day(1, 1).map(next_weekday));
    if let Some(easter) = easter_sunday(year) {
        days.extend(easter.checked_sub_days(Days::new(2)));
        days.extend(easter.checked_add_days(Days::new(1)));
    }
    days.extend(NaiveDate::from_weekday_of_month_opt(year, 5, Weekday::Mon, 1));
    days.extend(last_monday(year, 5));
    days.extend(last_monday(year, 8));
    // Christmas and Boxing Day: each moves past the weekend, and past the other.
    match day(12, 25).map(|d| d.weekday()) {
        Some(Weekday::Fri) => days.extend([day(12, 25), day(12, 28)].into_iter().flatten()),
        Some(Weekday::Sat) => days.extend([day(12, 27), day(12, 28)].into_iter().flatten()),
        Some(Weekday::Sun) => days.extend([day(12, 26), day(12, 27)].into_iter().flatten()),
        _ => days.extend([day(12, 25), day(12, 26)].into_iter().flatten()),
    }
    days
}

fn next_weekday(day: NaiveDate) -> NaiveDate {
    let skip = match day.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    };
    day + Days::new(skip)
}

fn last_monday(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 5)
        .or_else(|| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 4))
}

/// Easter Sunday in the Gregorian calendar (the anonymous Gregorian computus).
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// Counts working days: Monday to Friday, without England's bank holidays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingDays {
    extra: Vec<NaiveDate>,
    /// As published, in order: they count for every year from the first to the last of them.
    published: Vec<NaiveDate>,
}

impl WorkingDays {
    /// The standing rules plus holidays proclaimed for one year only.
    #[must_use]
    pub fn with_extra(extra: Vec<NaiveDate>) -> Self {
        Self { extra, published: Vec::new() }
    }

    /// The bank holidays as they were published. In the years that they reach over they count, and nothing
    /// else; before and after, the standing rules do.
    #[must_use]
    pub fn published(mut days: Vec<NaiveDate>) -> Self {
        days.sort_unstable();
        Self { extra: Vec::new(), published: days }
    }

    /// The last day that was published; `None` when only the standing rules are known.
    #[must_use]
    pub fn published_until(&self) -> Option<NaiveDate> {
        self.published.last().copied()
    }

    fn is_bank_holiday(&self, day: NaiveDate) -> bool {
        match (self.published.first(), self.published.last()) {
            (Some(first), Some(last)) if (first.year()..=last.year()).contains(&day.year()) => {
                self.published.binary_search(&day).is_ok()
            }
            _ => bank_holidays(day.year()).contains(&day),
        }
    }

    /// Whether people who decide are at work on this day.
    #[must_use]
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
            && !self.is_bank_holiday(day)
            && !self.extra.contains(&day)
    }

    /// The day that is `count` working days after `from`; `from` itself is not counted.
    #[must_use]
    pub fn after(&self, from: NaiveDate, count: u32) -> NaiveDate {
        let mut day = from;
        let mut left = count;
        while left > 0 {
            day = day + Days::new(1);
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        day
    }

    /// The day that is `count` working days before `to`.
    #[must_use]
    pub fn before(&self, to: NaiveDate, count: u32) -> NaiveDate {
        let mut day = to;
        let mut left = count;
        while left > 0 {
            day = day - Days::new(1);
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        day
    }
}

/// A person's age in whole years on a day. Somebody born on 29 February has their birthday on
/// 1 March in other years, as English law counts it.
#[must_use]
pub fn age_on(born: NaiveDate, day: NaiveDate) -> u32 {
    let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
    let years = day.year() - born.year() - i32::from(!had_birthday);
    u32::try_from(years).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(y: i32, m: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, day).unwrap()
    }

    #[test]
    fn bank_holidays_are_those_that_were_published() {
        // GOV.UK's list for England and Wales.
        assert_eq!(
            bank_holidays(2027),
            [
                d(2027, 1, 1),
                d(2027, 3, 26),
                d(2027, 3, 29),
                d(2027, 5, 3),
                d(2027, 5, 31),
                d(2027, 8, 30),
                d(2027, 12, 27),
                d(2027, 12, 28)
            ]
        );
        assert_eq!(
            bank_holidays(2026),
            [
                d(2026, 1, 1),
                d(2026, 4, 3),
                d(2026, 4, 6),
                d(2026, 5, 4),
                d(2026, 5, 25),
                d(2026, 8, 31),
                d(2026, 12, 25),
                d(2026, 12, 28)
            ]
        );
        assert_eq!(bank_holidays(2022)[0], d(2022, 1, 3));
    }

    #[test]
    fn ten_working_days_over_easter_skip_both_holidays() {
        let w = WorkingDays::default();
        assert_eq!(w.after(d(2027, 3, 19), 10), d(2027, 4, 6));
        assert_eq!(w.before(d(2027, 4, 6), 10), d(2027, 3, 19));
    }

    #[test]
    fn an_extra_holiday_counts() {
        let w = WorkingDays::with_extra(vec![d(2027, 3, 22)]);
        assert_eq!(w.after(d(2027, 3, 19), 1), d(2027, 3, 23));
    }

    #[test]
    fn what_was_published_counts_in_its_years_and_the_rules_elsewhere() {
        // A coronation in 2027, and no May Day.
        let mut days = [bank_holidays(2026), bank_holidays(2027)].concat();
        days.retain(|day| *day != d(2027, 5, 3));
        days.push(d(2027, 5, 10));
        let w = WorkingDays::published(days);
        assert!(w.is_working_day(d(2027, 5, 3)) && !w.is_working_day(d(2027, 5, 10)));
        assert!(!w.is_working_day(d(2027, 12, 27)));
        // 1 May 2028 is by the rules, and so is New Year's Day of 2025.
        assert!(!w.is_working_day(d(2028, 5, 1)) && !w.is_working_day(d(2025, 1, 1)));
        assert_eq!(w.published_until(), Some(d(2027, 12, 28)));
        assert_eq!(WorkingDays::default().published_until(), None);
    }

    #[test]
    fn age_counts_birthdays() {
        assert_eq!(age_on(d(2011, 7, 7), d(2027, 7, 6)), 15);
        assert_eq!(age_on(d(2011, 7, 6), d(2027, 7, 6)), 16);
        assert_eq!(age_on(d(2012, 2, 29), d(2027, 2, 28)), 14);
        assert_eq!(age_on(d(2012, 2, 29), d(2027, 3, 1)), 15);
        assert_eq!(age_on(d(2030, 1, 1), d(2027, 1, 1)), 0);
    }

    proptest! {
        #[test]
        fn the_published_rules_are_the_rules(offset in 0u64..3000, count in 1u32..61) {
            let years: Vec<_> = (2024..=2027).flat_map(bank_holidays).collect();
            let (rules, file) = (WorkingDays::default(), WorkingDays::published(years));
            let from = d(2022, 1, 1) + Days::new(offset);
            prop_assert_eq!(rules.after(from, count), file.after(from, count));
            prop_assert_eq!(rules.before(from, count), file.before(from, count));
        }

        #[test]
        fn there_and_back_is_never_later(offset in 0u64..3000, count in 1u32..61) {
            let w = WorkingDays::default();
            let from = d(2024, 1, 1) + Days::new(offset);
            let back = w.before(w.after(from, count), count);
            prop_assert!(back <= from || !w.is_working_day(from));
            prop_assert!(w.after(from, count) < w.after(from, count + 1));
        }

        #[test]
        fn a_deadline_is_always_a_working_day(offset in 0u64..4000, count in 1u32..61) {
            let w = WorkingDays::default();
            let from = d(2024, 1, 1) + Days::new(offset);
            let end = w.after(from, count);
            prop_assert!(w.is_working_day(end));
            let between = from.iter_days().skip(1).take_while(|x| *x <= end).filter(|x| w.is_working_day(*x)).count();
            prop_assert_eq!(between, count as usize);
        }
    }
}
