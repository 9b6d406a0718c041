//! Dates, times and numbers as people read them: "Monday 13 April 2026", "9:30am", "3 places".

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

/// "Monday 13 April 2026".
#[must_use]
pub fn long_date(day: NaiveDate) -> String {
    format!("{} {} {} {}", weekday(day), day.day(), month(day), day.year())
}

/// "13 April 2026".
#[must_use]
pub fn short_date(day: NaiveDate) -> String {
    format!("{} {} {}", day.day(), month(day), day.year())
}

/// "13 April", for a line that names the year elsewhere.
#[must_use]
pub fn day_month(day: NaiveDate) -> String {
    format!("{} {}", day.day(), month(day))
}

/// "Mon 13 April", for lists of days where there is little room.
#[must_use]
pub fn day_in_week(day: NaiveDate) -> String {
    format!("{} {}", &weekday(day)[..3], day_month(day))
}

/// "24 to 28 May 2027", "29 March to 2 April 2027", or one long date when it is one day.
#[must_use]
pub fn date_range(from: NaiveDate, to: NaiveDate) -> String {
    if from == to {
        long_date(from)
    } else if (from.year(), from.month()) == (to.year(), to.month()) {
        format!("{} to {}", from.day(), short_date(to))
    } else if from.year() == to.year() {
        format!("{} to {}", day_month(from), short_date(to))
    } else {
        format!("{} to {}", short_date(from), short_date(to))
    }
}

/// "9:30am", "9am", "midday", "midnight": the NHS style.
#[must_use]
pub fn time(t: NaiveTime) -> String {
    match (t.hour(), t.minute()) {
        (0, 0) => "midnight".into(),
        (12, 0) => "midday".into(),
        (h, m) => {
            let (_, hour) = t.hour12();
            let half = if h < 12 { "am" } else { "pm" };
            if m == 0 { format!("{hour}{half}") } else { format!("{hour}:{m:02}{half}") }
        }
    }
}

/// "9:30am to 3:30pm".
#[must_use]
pub fn time_range(from: NaiveTime, to: NaiveTime) -> String {
    format!("{} to {}", time(from), time(to))
}

/// "closes today", "closes tomorrow", "closes in 5 days, Friday 12 March", "closed on 1 March 2027".
#[must_use]
pub fn closes(on: NaiveDate, today: NaiveDate) -> String {
    let days = (on - today).num_days();
    match days {
        i64::MIN..=-1 => format!("closed on {}", short_date(on)),
        0 => "closes today".into(),
        1 => format!("closes tomorrow, {} {}", weekday(on), day_month(on)),
        2..=30 => format!("closes in {days} days, {} {}", weekday(on), day_month(on)),
        _ => format!("closes on {}", long_date(on)),
    }
}

/// "1 place", "3 places": the number and its noun.
#[must_use]
pub fn count(n: i64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The same with a capital in front, for the beginning of a line.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "about 3 miles away", "less than a mile away". Distances come from the middles of districts or
/// sectors, so they are never more than "about".
#[must_use]
pub fn miles_away(miles: f64) -> String {
    if miles < 1.0 {
        "less than a mile away".into()
    } else {
        let whole = miles.round();
        if whole < 1.5 { "about 1 mile away".into() } else { format!("about {whole:.0} miles away") }
    }
}

/// "1st", "2nd", "3rd", "4th", "11th".
#[must_use]
pub fn ordinal(n: u64) -> String {
    let suffix = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}

fn weekday(day: NaiveDate) -> &'static str {
    use chrono::Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    match day.weekday() {
        Mon => "Monday",
        Tue => "Tuesday",
        Wed => "Wednesday",
        Thu => "Thursday",
        Fri => "Friday",
        Sat => "Saturday",
        Sun => "Sunday",
    }
}

fn month(day: NaiveDate) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS[day.month0() as usize]
}

/// How many words a text has: runs of anything but white space, as a person counts them.
#[must_use]
pub fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(y: i32, m: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, day).unwrap()
    }
    fn t(h: u32, m: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(h, m, 0).unwrap()
    }

    #[test]
    fn dates_read_as_people_say_them() {
        assert_eq!(long_date(d(2026, 4, 13)), "Monday 13 April 2026");
        assert_eq!(day_in_week(d(2026, 4, 13)), "Mon 13 April");
        assert_eq!(date_range(d(2027, 5, 24), d(2027, 5, 28)), "24 to 28 May 2027");
        assert_eq!(date_range(d(2027, 3, 29), d(2027, 4, 2)), "29 March to 2 April 2027");
        assert_eq!(date_range(d(2027, 12, 30), d(2028, 1, 2)), "30 December 2027 to 2 January 2028");
        assert_eq!(date_range(d(2027, 5, 24), d(2027, 5, 24)), "Monday 24 May 2027");
    }

    #[test]
    fn times_follow_the_nhs_style() {
        assert_eq!(time(t(9, 30)), "9:30am");
        assert_eq!(time(t(9, 0)), "9am");
        assert_eq!(time(t(12, 0)), "midday");
        assert_eq!(time(t(0, 0)), "midnight");
        assert_eq!(time(t(12, 5)), "12:05pm");
        assert_eq!(time(t(16, 0)), "4pm");
    }

    #[test]
    fn closing_counts_days() {
        let today = d(2027, 3, 7);
        assert_eq!(closes(d(2027, 3, 12), today), "closes in 5 days, Friday 12 March");
        assert_eq!(closes(today, today), "closes today");
        assert_eq!(closes(d(2027, 3, 8), today), "closes tomorrow, Monday 8 March");
        assert_eq!(closes(d(2027, 3, 1), today), "closed on 1 March 2027");
        assert_eq!(closes(d(2027, 6, 1), today), "closes on Tuesday 1 June 2027");
    }

    #[test]
    fn small_words() {
        assert_eq!(count(1, "place", "places"), "1 place");
        assert_eq!(count(0, "place", "places"), "0 places");
        assert_eq!(miles_away(0.4), "less than a mile away");
        assert_eq!(miles_away(1.2), "about 1 mile away");
        assert_eq!(miles_away(2.6), "about 3 miles away");
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 102].map(ordinal).join(" "),
            "1st 2nd 3rd 4th 11th 12th 13th 21st 102nd"
        );
        assert_eq!(word_count("  I want\nto help "), 4);
    }
}
