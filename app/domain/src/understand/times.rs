//! Times of the day: "09:00 - 16:00", "9am to 4pm", "9-4".

use chrono::{NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

use super::text::{Token, tokens, without_brackets};
use super::{Problem, Taken};

/// When a day starts and ends, London time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Hours {
    /// When it starts.
    pub from: NaiveTime,
    /// When it ends, where that was written; always after the start.
    pub to: Option<NaiveTime>,
}

const LIKE: &str = "Type the start and the end, like 9:30am to 3:30pm.";

/// The time as people read it: "9:30am", "midday" is "12pm".
pub fn short_time(time: NaiveTime) -> String {
    let (pm, hour) = time.hour12();
    let half = if pm { "pm" } else { "am" };
    match time.minute() {
        0 => format!("{hour}{half}"),
        minute => format!("{hour}:{minute:02}{half}"),
    }
}

#[derive(Clone, Copy)]
struct Clock {
    hour: u32,
    minute: u32,
    /// Some(true) for pm, Some(false) for am, None where neither is written.
    pm: Option<bool>,
    /// Written so that it can only be the 24-hour clock: "09:00", "0900", "13".
    exact: bool,
}

/// Reads when a day starts and ends. Times below 7 without "am" are taken as afternoons, with a
/// note: nobody asks a learner to come at 4 in the morning.
///
/// # Errors
/// When the text is not one or two times of a day, or ends before it starts.
pub fn hours(text: &str) -> Result<Taken<Hours>, Problem> {
    read(text).or_else(|problem| {
        let (outside, remarks) = without_brackets(text);
        if remarks.is_empty() {
            return Err(problem);
        }
        let taken = read(&outside)?;
        Ok(Taken::noted(taken.value, format!("“({})” was left out", remarks.join(", "))))
    })
}

fn read(text: &str) -> Result<Taken<Hours>, Problem> {
    let unreadable = || Problem::new("We could not read this as times of the day.", LIKE);
    let tokens: Vec<Token> = tokens(text)
        .into_iter()
        .filter(|token| !matches!(token, Token::Word(w) if matches!(w.as_str(), "from" | "between" | "approx" | "about" | "daily" | "hrs" | "hours" | "h")))
        .collect();
    let mut rest = tokens.as_slice();
    let from = clock(&mut rest).ok_or_else(unreadable)?;
    let to = match rest {
        [] => None,
        [Token::Sign('-' | '/'), more @ ..] => Some(more),
        [Token::Word(word), more @ ..] if matches!(word.as_str(), "to" | "until" | "till" | "til" | "and") => {
            Some(more)
        }
        _ => return Err(unreadable()),
    };
    let to = match to {
        None => None,
        Some(mut rest) => {
            let clock = clock(&mut rest).ok_or_else(unreadable)?;
            if !rest.is_empty() {
                return Err(unreadable());
            }
            Some(clock)
        }
    };
    settle(from, to)
}

fn settle(from: Clock, to: Option<Clock>) -> Result<Taken<Hours>, Problem> {
    let impossible = || Problem::new("There is no such time of the day.", LIKE);
    let mut guessed = false;
    let mut start = minutes(from).ok_or_else(impossible)?;
    let Some(to) = to else {
        if from.pm.is_none() && !from.exact && start < 7 * 60 {
            start += 12 * 60;
            guessed = true;
        }
        let from = time(start).ok_or_else(impossible)?;
        let note = guessed.then(|| format!("taken as {}", short_time(from)));
        return Ok(Taken { value: Hours { from, to: None }, note });
    };
    let mut end = minutes(to).ok_or_else(impossible)?;
    if from.pm.is_none() && !from.exact {
        // "1-3pm" starts at 1pm, "9-4pm" at 9am.
        if to.pm == Some(true) && start < 12 * 60 && start + 12 * 60 < end {
            start += 12 * 60;
        } else if to.pm.is_none() && start < 7 * 60 {
            start += 12 * 60;
            guessed = true;
        }
    }
    if to.pm.is_none() && !to.exact && end <= start && end < 12 * 60 && end + 12 * 60 > start {
        end += 12 * 60;
        // "9-4" can mean only one thing, and needs no remark.
    }
    if end <= start {
        return Err(Problem::new("The end is not after the start.", LIKE));
    }
    let from = time(start).ok_or_else(impossible)?;
    let to = time(end).ok_or_else(impossible)?;
    let note = guessed.then(|| format!("taken as {} to {}", short_time(from), short_time(to)));
    Ok(Taken { value: Hours { from, to: Some(to) }, note })
}

fn minutes(clock: Clock) -> Option<u32> {
    if clock.minute > 59 {
        return None;
    }
    let hour = match clock.pm {
        None if clock.hour <= 23 => clock.hour,
        // "13:00pm" is said often enough, and clear.
        Some(true) if (13..=23).contains(&clock.hour) => clock.hour,
        Some(true) if (1..=12).contains(&clock.hour) => clock.hour % 12 + 12,
        Some(false) if (1..=12).contains(&clock.hour) => clock.hour % 12,
        Some(false) if clock.hour == 0 => 0,
        _ => return None,
    };
    Some(hour * 60 + clock.minute)
}

fn time(minutes: u32) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0)
}

/// Takes one time off the front.
fn clock(rest: &mut &[Token]) -> Option<Clock> {
    if let [Token::Word(word), more @ ..] = *rest
        && matches!(word.as_str(), "noon" | "midday")
    {
        *rest = more;
        return Some(Clock { hour: 12, minute: 0, pm: Some(true), exact: true });
    }
    let [Token::Number(number, digits), more @ ..] = *rest else {
        return None;
    };
    let mut at = more;
    let (hour, minute, mut exact) = match (*digits, more) {
        (1 | 2, [Token::Sign(':' | '.'), Token::Number(minute, 2), more @ ..]) => {
            at = more;
            (*number, *minute, *digits == 2 || *number > 12)
        }
        (4, _) => (number / 100, number % 100, true),
        // "930am": the hour has one digit.
        (3, _) => (number / 100, number % 100, false),
        (1 | 2, _) => (*number, 0, *number > 12 || *number == 0),
        _ => return None,
    };
    // "09:00:00", as programs write it.
    if let [Token::Sign(':'), Token::Number(0, 2), more @ ..] = at {
        at = more;
    }
    let mut pm = None;
    if let [Token::Word(word), more @ ..] = at {
        match word.as_str() {
            "am" => (pm, at) = (Some(false), more),
            "pm" | "noon" | "midday" => (pm, at) = (Some(true), more),
            "a" | "p" => (pm, at) = (Some(word == "p"), dotted_half(more)),
            _ => {}
        }
    }
    exact |= pm.is_some();
    *rest = at;
    Some(Clock { hour, minute, pm, exact })
}

/// What follows the "a" or "p" of "9 a.m.", with its dots and its m passed over.
fn dotted_half(rest: &[Token]) -> &[Token] {
    fn past_dot(rest: &[Token]) -> &[Token] {
        match rest {
            [Token::Sign('.'), more @ ..] => more,
            _ => rest,
        }
    }
    match past_dot(rest) {
        [Token::Word(m), more @ ..] if m == "m" => past_dot(more),
        other => other,
    }
}
