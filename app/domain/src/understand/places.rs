//! Numbers of places: "6 (flexible)", "up to 8", "2 per day", "TBC".

use serde::{Deserialize, Serialize};

use super::text::{Token, is_not_known, plain, tokens};
use super::{Problem, Taken};

/// How many people can come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Places {
    /// The number, at least 1; `None` where it is not known yet.
    pub capacity: Option<u32>,
    /// Whether the number is for each day, rather than for the whole time.
    pub per_day: bool,
}

/// More than this is a slip of the keyboard.
const MOST: u32 = 100_000;
const LIKE: &str = "Type a whole number of at least 1, or leave it blank until you know.";

/// Reads a number of places. A text that is not known yet, or says no number, has no capacity and a
/// note.
///
/// # Errors
/// When the number is zero, negative, not whole or absurdly large.
pub fn places(text: &str) -> Result<Taken<Places>, Problem> {
    let plain = plain(text);
    if plain.is_empty() {
        return Ok(Taken::plain(Places::default()));
    }
    if is_not_known(text) {
        return Ok(Taken::noted(Places::default(), "the number of places is not known yet"));
    }
    if let Some(rest) = plain.strip_prefix('-')
        && rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
    {
        return Err(Problem::new("A number of places cannot be below zero.", LIKE));
    }
    let tokens = tokens(&plain);
    let numbers = numbers(&tokens)?;
    let words: Vec<&str> = tokens
        .iter()
        .filter_map(|token| match token {
            Token::Word(word) => Some(word.as_str()),
            _ => None,
        })
        .collect();
    let per_day = words.windows(2).any(|pair| matches!(pair, ["per" | "a" | "each" | "every", "day"]))
        || words.contains(&"daily")
        || plain.contains("/day");
    let Some(&first) = numbers.first() else {
        return Ok(Taken::noted(Places::default(), "no number of places was found: not known yet"));
    };
    let capacity = numbers.iter().copied().min().unwrap_or(first);
    if capacity == 0 {
        return Err(Problem::new("A session with no places cannot be offered.", LIKE));
    }
    if capacity > MOST {
        return Err(Problem::new("This is too many places to be right.", LIKE));
    }
    let only_a_number = tokens.len() == 1 || plain.parse::<f64>().is_ok();
    let note = if numbers.len() > 1 {
        Some(format!("taken as {capacity}, the smaller number"))
    } else if per_day {
        Some(format!("taken as {capacity} on each day"))
    } else if only_a_number
        || words.iter().all(|word| matches!(*word, "places" | "place" | "people" | "students" | "learners"))
    {
        None
    } else {
        Some(format!("taken as {capacity}"))
    };
    Ok(Taken { value: Places { capacity: Some(capacity), per_day }, note })
}

/// Every number, with "1,000" as one, "6.0" as 6 and small numbers in words.
fn numbers(tokens: &[Token]) -> Result<Vec<u32>, Problem> {
    let mut out = Vec::new();
    let mut rest = tokens;
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            Token::Number(n, digits) => match after {
                [Token::Sign('.'), Token::Number(0, _), more @ ..] => {
                    rest = more;
                    out.push(*n);
                }
                [Token::Sign('.'), Token::Number(..), ..] => {
                    return Err(Problem::new("A number of places must be whole.", LIKE));
                }
                [Token::Sign(','), Token::Number(thousands, 3), more @ ..] if *digits <= 3 => {
                    rest = more;
                    out.push(n.saturating_mul(1000).saturating_add(*thousands));
                }
                _ => out.push(*n),
            },
            Token::Word(word) => {
                if word.starts_with(|c: char| c.is_ascii_digit()) {
                    return Err(Problem::new("This is too many places to be right.", LIKE));
                }
                const WORDS: [&str; 12] =
                    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
                out.extend((1..).zip(WORDS).find(|(_, name)| name == word).map(|(n, _)| n));
            }
            Token::Sign(_) => {}
        }
    }
    Ok(out)
}
