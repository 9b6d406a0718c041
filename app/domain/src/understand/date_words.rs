//! Reading the parts of a date out of words, before a calendar is asked whether they make sense.

use chrono::Weekday;

use super::text::Token;

/// The parts of one date as written; any of them may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub weekday: Option<Weekday>,
    pub day: Option<u32>,
    pub month: Option<u32>,
    pub year: Option<i32>,
}

/// What a cell of dates says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    One(Parts),
    Range(Parts, Parts),
    /// "5 and 12 July": two dates that are not a range.
    Several,
}

/// A month by name or abbreviation, in English: 1 to 12.
pub(super) fn month(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if word.len() < 3 {
        return None;
    }
    if word == "sept" {
        return Some(9);
    }
    (1..).zip(NAMES).find(|(_, name)| *name == word || &name[..3] == word).map(|(n, _)| n)
}

/// A day of the week by name or abbreviation.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "monday" | "mon" | "mondays" => Weekday::Mon,
        "tuesday" | "tue" | "tues" | "tuesdays" => Weekday::Tue,
        "wednesday" | "wed" | "weds" | "wednesdays" => Weekday::Wed,
        "thursday" | "thu" | "thur" | "thurs" | "thursdays" => Weekday::Thu,
        "friday" | "fri" | "fridays" => Weekday::Fri,
        "saturday" | "sat" | "saturdays" => Weekday::Sat,
        "sunday" | "sun" | "sundays" => Weekday::Sun,
        _ => return None,
    })
}

/// Takes "w/c", "week commencing", "week beginning" and the like off the front.
pub(super) fn without_week_commencing(tokens: &[Token]) -> Option<&[Token]> {
    fn is(token: Option<&Token>, any: &[&str]) -> bool {
        matches!(token, Some(Token::Word(word)) if any.contains(&word.as_str()))
    }
    fn past_signs(mut tokens: &[Token]) -> &[Token] {
        while let [Token::Sign('.' | ':' | '-'), rest @ ..] = tokens {
            tokens = rest;
        }
        tokens
    }
    match tokens {
        [first, rest @ ..] if is(Some(first), &["wc", "wb", "wk", "week"]) => {
            let rest = past_signs(rest);
            Some(match rest {
                [next, rest @ ..]
                    if is(Some(next), &["commencing", "commencng", "comm", "beginning", "of", "starting"]) =>
                {
                    past_signs(rest)
                }
                _ => rest,
            })
        }
        [first, Token::Sign('/' | '.'), second, rest @ ..]
            if is(Some(first), &["w"]) && is(Some(second), &["c", "b"]) =>
        {
            Some(past_signs(rest))
        }
        [first, second, rest @ ..] if is(Some(first), &["w"]) && is(Some(second), &["c", "b"]) => {
            Some(past_signs(rest))
        }
        _ => None,
    }
}

/// Reads a whole cell. `None` where it does not read as one date or one range.
pub(super) fn shape(tokens: &[Token]) -> Option<Shape> {
    let tokens: Vec<&Token> = tokens.iter().filter(|token| !is_filler(token)).collect();
    let mut at = Reader { tokens: &tokens, pos: 0 };

    // "Mon-Fri 24-28 May 2027": both weekdays before both dates.
    let mut later_weekday = None;
    if let (Some(first), true, Some(second)) = (at.weekday_at(0), at.range_sign_at(1), at.weekday_at(2)) {
        at.pos = 3;
        let mut parts = at.parts()?;
        parts.weekday = Some(first);
        later_weekday = Some(second);
        return at.finish(parts, later_weekday);
    }
    let first = at.parts()?;
    at.finish(first, later_weekday)
}

/// Words and signs that change nothing: "the", "of", commas, "24th".
fn is_filler(token: &Token) -> bool {
    match token {
        Token::Word(word) => {
            matches!(
                word.as_str(),
                "the" | "of" | "on" | "from" | "between" | "st" | "nd" | "rd" | "th" | "starting" | "starts"
            )
        }
        Token::Sign(sign) => matches!(sign, ',' | '\''),
        Token::Number(..) => false,
    }
}

struct Reader<'a> {
    tokens: &'a [&'a Token],
    pos: usize,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.pos + ahead).copied()
    }
    fn number_at(&self, ahead: usize) -> Option<(u32, usize)> {
        match self.peek(ahead) {
            Some(Token::Number(n, digits)) => Some((*n, *digits)),
            _ => None,
        }
    }
    fn month_at(&self, ahead: usize) -> Option<u32> {
        match self.peek(ahead) {
            Some(Token::Word(word)) => month(word),
            _ => None,
        }
    }
    fn weekday_at(&self, ahead: usize) -> Option<Weekday> {
        match self.peek(ahead) {
            Some(Token::Word(word)) => weekday(word),
            _ => None,
        }
    }
    fn sign_at(&self, ahead: usize) -> Option<char> {
        match self.peek(ahead) {
            Some(Token::Sign(sign)) => Some(*sign),
            _ => None,
        }
    }
    fn range_sign_at(&self, ahead: usize) -> bool {
        match self.peek(ahead) {
            Some(Token::Sign('-')) => true,
            Some(Token::Word(word)) => {
                matches!(word.as_str(), "to" | "until" | "till" | "til" | "through" | "thru")
            }
            _ => false,
        }
    }

    fn finish(mut self, first: Parts, later_weekday: Option<Weekday>) -> Option<Shape> {
        match self.peek(0) {
            None if later_weekday.is_none() => return Some(Shape::One(first)),
            Some(Token::Word(word)) if word == "and" => return self.several(),
            Some(Token::Sign('&' | ';' | '+')) => return self.several(),
            _ if self.range_sign_at(0) => {}
            _ => return None,
        }
        self.pos += 1;
        let mut last = self.parts()?;
        if last.weekday.is_none() {
            last.weekday = later_weekday;
        }
        match self.peek(0) {
            None => Some(Shape::Range(first, last)),
            Some(Token::Word(word)) if word == "and" => self.several(),
            Some(Token::Sign('&' | ';' | '+')) => self.several(),
            _ => None,
        }
    }

    fn several(mut self) -> Option<Shape> {
        self.pos += 1;
        self.parts().map(|_| Shape::Several)
    }

    /// One date, as far as it is written here.
    fn parts(&mut self) -> Option<Parts> {
        let mut parts = Parts { weekday: self.weekday_at(0), ..Parts::default() };
        if parts.weekday.is_some() {
            self.pos += 1;
            while self.sign_at(0) == Some('.') {
                self.pos += 1;
            }
        }
        if let Some(named) = self.month_at(0) {
            // "May 24 2027", or a month alone.
            parts.month = Some(named);
            self.pos += 1;
            if let Some((day, 1 | 2)) = self.number_at(0) {
                parts.day = Some(day);
                self.pos += 1;
            }
            if let Some((year, 4)) = self.number_at(0) {
                parts.year = i32::try_from(year).ok();
                self.pos += 1;
            }
            return Some(parts);
        }
        let (first, digits) = self.number_at(0)?;
        if let (Some(sign @ ('/' | '.' | '-')), Some((second, 1 | 2)), Some((third, third_digits))) =
            (self.sign_at(1), self.number_at(2), self.number_at(4))
            && self.sign_at(3) == Some(sign)
        {
            self.pos += 5;
            if digits == 4 {
                parts.year = i32::try_from(first).ok();
                parts.month = Some(second);
                parts.day = Some(third);
            } else {
                parts.day = Some(first);
                parts.month = Some(second);
                parts.year = Some(full_year(third, third_digits)?);
            }
            self.skip_midnight();
            return Some(parts);
        }
        if digits > 2 {
            return None;
        }
        parts.day = Some(first);
        self.pos += 1;
        if let (Some('/' | '.'), Some((second, 1 | 2))) = (self.sign_at(0), self.number_at(1)) {
            // "24/05", without a year.
            parts.month = Some(second);
            self.pos += 2;
            return Some(parts);
        }
        let joined = matches!(self.sign_at(0), Some('-' | '/' | '.'));
        if let Some(named) = self.month_at(usize::from(joined)) {
            parts.month = Some(named);
            self.pos += 1 + usize::from(joined);
            self.year_after_month(&mut parts, joined);
        }
        Some(parts)
    }

    /// "24 May 2027", "24-May-27", but not the 28 in "24 May-28 May 2027".
    fn year_after_month(&mut self, parts: &mut Parts, joined: bool) {
        if self.sign_at(0) == Some('.') && self.number_at(1).is_some() {
            self.pos += 1; // "24 Dec. 2026"
        }
        let sign = usize::from(matches!(self.sign_at(0), Some('-' | '/')));
        let Some((year, digits)) = self.number_at(sign) else {
            return;
        };
        let is_a_day = self.month_at(sign + 1).is_some()
            || (sign == 1 && !joined && digits != 4)
            || (digits != 4 && matches!(self.sign_at(sign + 1), Some('/' | '.')));
        if is_a_day {
            return;
        }
        if let Some(full) = full_year(year, digits) {
            parts.year = Some(full);
            self.pos += sign + 1;
        }
    }

    /// "2027-04-19T00:00:00", "2027-04-19 00:00": what programs add to a date without a time.
    fn skip_midnight(&mut self) {
        let start = self.pos;
        if matches!(self.peek(0), Some(Token::Word(word)) if word == "t") {
            self.pos += 1;
        }
        let mut fields = 0;
        while self.number_at(0) == Some((0, 2)) && (fields == 0 || self.sign_at(1).is_none_or(|s| s == ':' || s == '.'))
        {
            fields += 1;
            self.pos += 1;
            if matches!(self.sign_at(0), Some(':' | '.')) {
                self.pos += 1;
            }
        }
        if fields < 2 {
            self.pos = start;
        } else if matches!(self.peek(0), Some(Token::Word(word)) if word == "z") {
            self.pos += 1;
        }
    }
}

/// Two-digit years are this century's: nobody plans placements in 1927.
fn full_year(number: u32, digits: usize) -> Option<i32> {
    match digits {
        2 => i32::try_from(number).ok().map(|year| 2000 + year),
        4 => i32::try_from(number).ok(),
        _ => None,
    }
}
