//! Dates and ranges of dates, as people in England write them: the day first.

use chrono::{Datelike, Days as DayCount, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::date_words::{Parts, Shape, shape, without_week_commencing};
use super::text::{is_blank, tokens, without_brackets};
use super::{Problem, Taken};

/// A first and a last day, both included; the same day where it lasts one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Days {
    /// The first day.
    pub first: NaiveDate,
    /// The last day, never before the first.
    pub last: NaiveDate,
}

impl Days {
    /// A single day.
    pub const fn one(day: NaiveDate) -> Self {
        Self { first: day, last: day }
    }
}

const LIKE: &str = "Type the day, month and year, like 24/05/2027.";

/// The date as people read it: "Monday 13 April 2026".
pub fn long_date(date: NaiveDate) -> String {
    format!("{} {}", weekday_name(date.weekday()), short_date(date))
}

/// "13 April 2026".
fn short_date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month_name(date.month()), date.year())
}

fn month_name(month: u32) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

const fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// The date of a spreadsheet's day number (1900 system), for 2000 to 2099; `None` for any other
/// number, which is then more likely to be something else.
pub fn excel_serial(number: f64) -> Option<NaiveDate> {
    if !(36_526.0..73_051.0).contains(&number) {
        return None;
    }
    // In range, so the cast keeps the whole days.
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(DayCount::new(number.trunc() as u64))
}

/// Reads one date. `today` decides the year where none is written: the next time that the day
/// comes round.
///
/// # Errors
/// When the text is no date, or one that does not exist, or more than one day.
pub fn date(text: &str, today: NaiveDate) -> Result<Taken<NaiveDate>, Problem> {
    let days = dates(text, today)?;
    if days.value.first == days.value.last {
        Ok(days.map(|days| days.first))
    } else {
        Err(Problem::new("This is more than one day, where one date is needed.", LIKE))
    }
}

/// Reads a date or a range of dates: "24-28 May 2027", "w/c 13/07/27", "Monday 15 March 2027".
///
/// # Errors
/// When the text is no date, or one that does not exist, or whose weekday contradicts it, or a
/// range that ends before it starts.
pub fn dates(text: &str, today: NaiveDate) -> Result<Taken<Days>, Problem> {
    if is_blank(text) {
        return Err(Problem::new("There is no date.", LIKE));
    }
    let whole = read(text, today);
    let Err(problem) = whole else { return whole };
    // "24-28 May 2027 (half term)": the remark is not part of the date.
    let (outside, remarks) = without_brackets(text);
    if remarks.is_empty() || is_blank(&outside) {
        return Err(problem);
    }
    let mut taken = read(&outside, today)?;
    let left_out = format!("“({})” was left out of the date", remarks.join(", "));
    taken.note = Some(match taken.note {
        Some(note) => format!("{note}; {left_out}"),
        None => left_out,
    });
    Ok(taken)
}

fn read(text: &str, today: NaiveDate) -> Result<Taken<Days>, Problem> {
    if let Ok(number) = text.trim().parse::<f64>() {
        return excel_serial(number).map_or_else(
            || Err(unreadable()),
            |day| {
                let note = format!("a spreadsheet's day number: {}", long_date(day));
                Ok(Taken::noted(Days::one(day), note))
            },
        );
    }
    let tokens = tokens(text);
    if let Some(rest) = without_week_commencing(&tokens) {
        return week_commencing(rest, today);
    }
    match shape(&tokens).ok_or_else(unreadable)? {
        Shape::One(parts) => {
            let (day, guessed) = resolve(parts, today)?;
            Ok(Taken { value: Days::one(day), note: guessed.then(|| year_note(day)) })
        }
        Shape::Range(first, last) => range(first, last, today),
        Shape::Several => Err(Problem::new(
            "This cell names several dates that are not one run of days.",
            "Use one row for each date.",
        )),
    }
}

fn unreadable() -> Problem {
    Problem::new("We could not read this as a date.", LIKE)
}

fn year_note(day: NaiveDate) -> String {
    format!("no year was given: taken as {}", day.year())
}

fn week_commencing(tokens: &[super::text::Token], today: NaiveDate) -> Result<Taken<Days>, Problem> {
    let parts = match shape(tokens).ok_or_else(unreadable)? {
        Shape::One(parts) => parts,
        Shape::Range(first, last) => return range(first, last, today),
        Shape::Several => {
            return Err(Problem::new("This cell names several weeks.", "Use one row for each week."));
        }
    };
    let (day, guessed) = resolve(parts, today)?;
    let from_monday = u64::from(day.weekday().num_days_from_monday());
    let far = || Problem::new("This date is too far away.", LIKE);
    let (first, to_friday) = if from_monday < 5 {
        (day, 4 - from_monday)
    } else {
        (day.checked_add_days(DayCount::new(7 - from_monday)).ok_or_else(far)?, 4)
    };
    let last = first.checked_add_days(DayCount::new(to_friday)).ok_or_else(far)?;
    let mut notes = Vec::new();
    if day.weekday() != Weekday::Mon {
        notes.push(format!(
            "{} is a {}, not a Monday: taken as {} to {}",
            short_date(day),
            weekday_name(day.weekday()),
            long_date(first),
            long_date(last)
        ));
    }
    if guessed {
        notes.push(year_note(day));
    }
    let note = (!notes.is_empty()).then(|| notes.join("; "));
    Ok(Taken { value: Days { first, last }, note })
}

fn range(mut first: Parts, mut last: Parts, today: NaiveDate) -> Result<Taken<Days>, Problem> {
    if first.month.is_none() {
        // "24-28 May 2027"; "28-2 June" is caught below, because it ends before it starts.
        first.month = last.month;
        first.year = first.year.or(last.year);
    }
    if last.month.is_none() {
        // "24 May 2027 to 28": the day only.
        last.month = first.month;
        last.year = last.year.or(first.year);
    }
    if let (None, Some(year), Some(from), Some(to)) = (first.year, last.year, first.month, last.month) {
        // "28 Dec to 3 Jan 2027" starts in the year before.
        first.year = Some(if from > to { year.saturating_sub(1) } else { year });
    }
    let (start, guessed) = resolve(first, today)?;
    if last.year.is_none() {
        let turns = matches!((first.month, last.month), (Some(from), Some(to)) if to < from);
        last.year = Some(start.year().saturating_add(i32::from(turns)));
    }
    let (end, _) = resolve(last, today)?;
    if end < start {
        return Err(Problem::new(
            format!("The last day, {}, is before the first, {}.", short_date(end), short_date(start)),
            "Type the first day, then the last, like 24-28 May 2027.",
        ));
    }
    Ok(Taken { value: Days { first: start, last: end }, note: guessed.then(|| year_note(start)) })
}

/// Asks the calendar. True beside the date where the year had to be chosen.
fn resolve(parts: Parts, today: NaiveDate) -> Result<(NaiveDate, bool), Problem> {
    let month = parts.month.ok_or_else(|| Problem::new("The month is missing.", LIKE))?;
    let day = parts.day.ok_or_else(|| Problem::new(format!("{} is a month, not a day.", month_name(month)), LIKE))?;
    if !(1..=12).contains(&month) {
        let mend = if (1..=12).contains(&day) && month <= 31 {
            format!("Type the day first, like {month:02}/{day:02}/{}.", parts.year.unwrap_or(2027))
        } else {
            LIKE.to_owned()
        };
        return Err(Problem::new(format!("There is no month {month}."), mend));
    }
    let (date, guessed) = match parts.year {
        Some(year) => (in_year(day, month, year)?, false),
        None => (next_time(day, month, today)?, true),
    };
    if let Some(weekday) = parts.weekday
        && weekday != date.weekday()
    {
        return Err(Problem::new(
            format!("{} is a {}, not a {}.", short_date(date), weekday_name(date.weekday()), weekday_name(weekday)),
            "Check the date against a calendar, and type it without the day of the week.",
        ));
    }
    Ok((date, guessed))
}

fn in_year(day: u32, month: u32, year: i32) -> Result<NaiveDate, Problem> {
    if !(1900..=2199).contains(&year) {
        return Err(Problem::new(format!("The year {year} cannot be right."), LIKE));
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| {
        let days = days_in(month, year);
        Problem::new(
            format!("{} {year} has {days} days, so there is no day {day}.", month_name(month)),
            format!("Type a day from 1 to {days}, like {days}/{month:02}/{year}."),
        )
    })
}

fn days_in(month: u32, year: i32) -> u32 {
    (28..=31).rev().find(|day| NaiveDate::from_ymd_opt(year, month, *day).is_some()).unwrap_or(28)
}

/// The next time, from today, that the day comes round. 29 February may take eight years.
fn next_time(day: u32, month: u32, today: NaiveDate) -> Result<NaiveDate, Problem> {
    (0..=8)
        .filter_map(|ahead| NaiveDate::from_ymd_opt(today.year().checked_add(ahead)?, month, day))
        .find(|date| *date >= today)
        .map_or_else(|| in_year(day, month, today.year().clamp(1900, 2199)), Ok)
}
