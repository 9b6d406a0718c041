//! Plain handling of text: spaces, dashes, blanks, words.

/// The same text without odd spaces: no-break spaces become spaces, runs of spaces become one,
/// ends are trimmed, zero-width characters go. Line breaks stay.
pub fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.replace("\r\n", "\n").replace('\r', "\n").split('\n') {
        let words: Vec<&str> = line
            .split(|c: char| c.is_whitespace() || c == '\u{a0}')
            .map(|word| word.trim_matches(is_invisible))
            .filter(|word| !word.is_empty())
            .collect();
        out.push_str(&words.join(" "));
        out.push('\n');
    }
    out.trim().to_owned()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{ad}') || c.is_control()
}

/// Whether nothing was written.
pub fn is_blank(text: &str) -> bool {
    tidy(text).is_empty()
}

/// Whether the text only says that something is not known yet ("TBC", "to be confirmed", "?").
/// A blank text says so too.
pub fn is_not_known(text: &str) -> bool {
    let words = words(text).join(" ");
    matches!(
        words.as_str(),
        "" | "tbc"
            | "tba"
            | "tbd"
            | "t b c"
            | "t b a"
            | "to be confirmed"
            | "to be agreed"
            | "to be arranged"
            | "to be advised"
            | "to be decided"
            | "to confirm"
            | "n a"
            | "na"
            | "none"
            | "unknown"
            | "not known"
            | "not known yet"
            | "not sure"
            | "not sure yet"
            | "not yet known"
            | "pending"
            | "awaiting confirmation"
            | "ask"
    )
}

/// The text in lower case with one form of dash, and without odd spaces.
pub(super) fn plain(text: &str) -> String {
    tidy(text)
        .to_lowercase()
        .chars()
        .map(|c| match c {
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
            '’' | '‘' => '\'',
            '\n' => ' ',
            other => other,
        })
        .collect()
}

/// The words of a text: runs of letters or digits, in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    plain(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A run of digits, a run of letters, or any other character that is not a space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// The number, and how many digits it was written with.
    Number(u32, usize),
    Word(String),
    Sign(char),
}

/// Splits a text for reading: `"9.30am–3pm"` becomes 9 `.` 30 am `-` 3 pm. Digits and letters
/// always part, so that "Yr10" reads like "Yr 10". A run of digits too long to be anything we read
/// becomes a word.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let plain = plain(text);
    let mut out = Vec::new();
    let mut chars = plain.chars().peekable();
    while let Some(&c) = chars.peek() {
        if c.is_ascii_digit() {
            let mut run = String::new();
            while let Some(d) = chars.next_if(char::is_ascii_digit) {
                run.push(d);
            }
            match run.parse::<u32>() {
                Ok(number) => out.push(Token::Number(number, run.len())),
                Err(_) => out.push(Token::Word(run)),
            }
        } else if c.is_alphabetic() {
            let mut run = String::new();
            while let Some(l) = chars.next_if(|c| c.is_alphabetic() || *c == '\'') {
                run.push(l);
            }
            out.push(Token::Word(run));
        } else {
            chars.next();
            if !c.is_whitespace() {
                out.push(Token::Sign(c));
            }
        }
    }
    out
}

/// The text without its remarks in brackets, and the remarks.
pub(super) fn without_brackets(text: &str) -> (String, Vec<String>) {
    let mut outside = String::new();
    let mut remarks = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let Some(close) = rest[open..].find(')') else {
            break;
        };
        outside.push_str(&rest[..open]);
        outside.push(' ');
        remarks.push(rest[open + 1..open + close].trim().to_owned());
        rest = &rest[open + close + 1..];
    }
    outside.push_str(rest);
    (tidy(&outside), remarks)
}
