//! Ages and school years: "16+", "Yr 12", "14-18", "any age (14 plus)".

use serde::{Deserialize, Serialize};

use super::text::{Token, is_not_known, tokens, without_brackets};
use super::{Problem, Taken};

/// The youngest person the service takes (DOMAIN: learners are 13 or older).
pub const YOUNGEST: u8 = 13;

/// The ages that may apply, counted on the first day, both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ages {
    /// The youngest age; `None` where it is not known yet.
    pub min: Option<u8>,
    /// The oldest age, where there is one.
    pub max: Option<u8>,
}

const LIKE: &str = "Type the youngest age in years, like 16.";

/// The age at which pupils start a school year in England: Year 9 is 13, Year 13 is 17.
pub fn year_group_age(year: u8) -> Option<u8> {
    (7..=13).contains(&year).then(|| year + 4)
}

/// One number of the text, and what its words make of it.
struct Mention {
    age: u8,
    /// The oldest age meant, where this ends a range: a year group lasts until the next age.
    oldest: u8,
    over: bool,
    under: bool,
    up_to: bool,
    and_over: bool,
    year_group: bool,
}

/// Reads the ages that may apply.
///
/// # Errors
/// When the text is neither an age nor a school year, or its youngest is above its oldest.
pub fn ages(text: &str) -> Result<Taken<Ages>, Problem> {
    let any = says_any(text);
    let mentions = match mentions(text) {
        Ok(mentions) => mentions,
        Err(problem) => {
            let (outside, remarks) = without_brackets(text);
            if remarks.is_empty() {
                return Err(problem);
            }
            self::mentions(&outside)?
        }
    };
    match mentions.as_slice() {
        [] if any => Ok(Taken::noted(
            Ages { min: Some(YOUNGEST), max: None },
            format!("taken as {YOUNGEST} and over, the youngest age that the service takes"),
        )),
        [] if is_not_known(text) => Ok(Taken::plain(Ages::default())),
        [] => Err(Problem::new("We could not read this as an age.", LIKE)),
        [one] => Ok(from_one(one)),
        [first, last] => from_two(first, last),
        more if more.iter().all(|mention| mention.age == more[0].age) => Ok(from_one(&more[0])),
        more if more.iter().all(|mention| mention.year_group) => {
            // "Years 10, 11 and 12".
            let first = more.iter().min_by_key(|mention| mention.age);
            let last = more.iter().max_by_key(|mention| mention.age);
            match (first, last) {
                (Some(first), Some(last)) => from_two(first, last),
                _ => Err(Problem::new("We could not read this as an age.", LIKE)),
            }
        }
        _ => Err(Problem::new("This names too many ages.", LIKE)),
    }
}

fn says_any(text: &str) -> bool {
    let words = super::text::words(text);
    let joined = words.join(" ");
    words.iter().any(|word| matches!(word.as_str(), "any" | "all" | "everyone" | "anyone"))
        || matches!(
            joined.as_str(),
            "none" | "no minimum" | "no minimum age" | "no limit" | "no age limit" | "open to all"
        )
}

fn raised(age: u8) -> (u8, Option<String>) {
    if age < YOUNGEST {
        (YOUNGEST, Some(format!("taken as {YOUNGEST}, the youngest age that the service takes")))
    } else {
        (age, None)
    }
}

fn from_one(mention: &Mention) -> Taken<Ages> {
    if mention.under || mention.up_to {
        let max = if mention.under { mention.age.saturating_sub(1) } else { mention.oldest };
        return Taken::noted(Ages { min: Some(YOUNGEST), max: Some(max) }, format!("taken as {YOUNGEST} to {max}"));
    }
    let (min, mut note) = raised(mention.age);
    if mention.over && !mention.and_over {
        note = Some(format!("taken as {min} and over"));
    } else if mention.year_group {
        note = Some(match note {
            Some(note) => note,
            None => format!("taken as {min} and over"),
        });
    }
    Taken { value: Ages { min: Some(min), max: None }, note }
}

fn from_two(first: &Mention, last: &Mention) -> Result<Taken<Ages>, Problem> {
    if first.age == last.age && (first.year_group != last.year_group || last.and_over) {
        // "Year 12 (16+)" says one thing twice.
        return Ok(from_one(first));
    }
    let (min, note) = raised(first.age);
    if last.and_over && !last.year_group {
        return Err(Problem::new("This names two youngest ages.", LIKE));
    }
    let max = if last.under { last.age.saturating_sub(1) } else { last.oldest };
    if min > max {
        return Err(Problem::new(
            format!("The youngest age, {min}, is above the oldest, {max}."),
            "Type the youngest age first, like 14-18.",
        ));
    }
    if last.and_over {
        return Ok(Taken::noted(Ages { min: Some(min), max: None }, format!("taken as {min} and over")));
    }
    let note =
        if first.year_group || last.year_group || last.under { Some(format!("taken as {min} to {max}")) } else { note };
    Ok(Taken { value: Ages { min: Some(min), max: Some(max) }, note })
}

/// Every number with its words; an error where one cannot be an age.
fn mentions(text: &str) -> Result<Vec<Mention>, Problem> {
    let tokens = tokens(text);
    let word = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
        Some(Token::Word(word)) => word.as_str(),
        _ => "",
    };
    let is_year = |word: &str| matches!(word, "year" | "years" | "yr" | "yrs" | "y" | "yeargroup");
    let mut out: Vec<Mention> = Vec::new();
    let mut in_years = false;
    for (at, token) in tokens.iter().enumerate() {
        let number = match token {
            Token::Number(number, digits) if *digits <= 2 => *number,
            Token::Number(..) => return Err(Problem::new("This number is not an age.", LIKE)),
            _ => continue,
        };
        // A whole number is written 16.0 by some programs.
        if number == 0 && at > 0 && tokens.get(at - 1) == Some(&Token::Sign('.')) {
            continue;
        }
        let before = word(at.checked_sub(1));
        let before_that = word(at.checked_sub(2));
        let joined = out.last().is_some() && in_years && !matches!(before, "age" | "aged" | "ages" | "over" | "from");
        let bracketed = at > 0 && tokens.get(at - 1) == Some(&Token::Sign('('));
        // "Year 10", "Year group 10", and the 12 of "Years 10 to 12"; not the 16 of "Year 12 (16+)".
        in_years =
            is_year(before) || (matches!(before, "group" | "groups") && is_year(before_that)) || (joined && !bracketed);
        let value = u8::try_from(number).unwrap_or(u8::MAX);
        let age = if in_years {
            year_group_age(value).ok_or_else(|| {
                Problem::new(
                    format!("There is no Year {value} that can apply."),
                    "Type a year from 9 to 13, or an age, like 16.",
                )
            })?
        } else {
            value
        };
        if !(5..=99).contains(&age) {
            return Err(Problem::new(format!("{number} is not an age that can apply."), LIKE));
        }
        let after = tokens.get(at + 1..).unwrap_or_default();
        let first_word = after.iter().find_map(|token| match token {
            Token::Word(word)
                if !matches!(word.as_str(), "years" | "yrs" | "year" | "yr" | "old" | "and" | "or" | "age" | "of") =>
            {
                Some(word.as_str())
            }
            Token::Number(..) => Some(""),
            _ => None,
        });
        let negated =
            matches!(before, "under" | "below") || (before == "than" && matches!(before_that, "younger" | "less"));
        out.push(Mention {
            age,
            oldest: if in_years { age + 1 } else { age },
            over: matches!(before, "over" | "above") || (before == "than" && matches!(before_that, "older" | "more")),
            under: negated,
            up_to: (before == "to" && before_that == "up") || matches!(before, "max" | "maximum"),
            and_over: after.first() == Some(&Token::Sign('+'))
                || matches!(first_word, Some("over" | "above" | "plus" | "older" | "up" | "upwards" | "onwards")),
            year_group: in_years,
        });
    }
    Ok(out)
}
