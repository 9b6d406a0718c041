//! Certificates: their numbers, whether they still count, and how much somebody attended.

use crate::application::words;
use crate::words::count;

/// Crockford's letters: none that look alike, and no U, so that few words come out.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

words! {
    /// Whether a certificate still counts.
    Standing {
        /// It counts.
        Valid = "valid",
        /// What it says was corrected, and another one took its place.
        Replaced = "replaced",
        /// It was taken back: the person did not attend after all.
        Revoked = "revoked",
    }
}

/// How much somebody attended. A session without times of day has days, and no hours are made up for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Attended {
    /// On how many days they came, for all of it or for a part.
    pub days: u32,
    /// How many minutes that was, where the times are known.
    pub minutes: Option<u32>,
}

impl Attended {
    /// "5 days, 30 hours", "1 day, 2 hours 30 minutes", "3 days".
    #[must_use]
    pub fn in_words(self) -> String {
        let days = count(i64::from(self.days), "day", "days");
        match self.minutes {
            Some(minutes) => format!("{days}, {}", hours(minutes)),
            None => days,
        }
    }
}

impl From<crate::attendance::Attended> for Attended {
    fn from(sum: crate::attendance::Attended) -> Self {
        let number = |n: i64| u32::try_from(n).unwrap_or(0);
        Self { days: number(sum.days + sum.part_days), minutes: sum.minutes.filter(|m| *m > 0).map(number) }
    }
}

/// "30 hours", "2 hours 30 minutes", "45 minutes".
#[must_use]
pub fn hours(minutes: u32) -> String {
    let (hours, minutes) = (i64::from(minutes / 60), i64::from(minutes % 60));
    match (hours, minutes) {
        (0, minutes) => count(minutes, "minute", "minutes"),
        (hours, 0) => count(hours, "hour", "hours"),
        (hours, minutes) => format!("{} {}", count(hours, "hour", "hours"), count(minutes, "minute", "minutes")),
    }
}

/// What somebody attended of one kind, all together: "30 hours", "30 hours, and 3 days without times".
#[must_use]
pub fn all_together(parts: impl IntoIterator<Item = Attended>) -> String {
    let (mut minutes, mut days) = (None, 0);
    for part in parts {
        match part.minutes {
            Some(more) => minutes = Some(minutes.unwrap_or(0) + more),
            None => days += i64::from(part.days),
        }
    }
    match (minutes, days) {
        (None, days) => count(days, "day", "days"),
        (Some(minutes), 0) => hours(minutes),
        (Some(minutes), days) => format!("{}, and {} without times", hours(minutes), count(days, "day", "days")),
    }
}

/// A certificate's number from random bytes: all 80 bits of them, so that nobody comes upon one by trying.
#[must_use]
pub fn number(random: [u8; 10]) -> String {
    let mut bits = random.iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    let mut letters = [0_u8; 16];
    for letter in letters.iter_mut().rev() {
        *letter = LETTERS[usize::try_from(bits & 31).unwrap_or(0)];
        bits >>= 5;
    }
    let groups: Vec<&str> = letters.chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    format!("WXC-{}", groups.join("-"))
}

/// What a person typed as a number, in the form that it is stored in. Case, spaces and dashes do not
/// matter, and letters that look like a digit are that digit.
#[must_use]
pub fn tidy_number(typed: &str) -> String {
    let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let Some(rest) = letters.strip_prefix("WXC").filter(|rest| rest.len() == 16) else {
        return letters;
    };
    let rest: String = rest
        .chars()
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    format!("WXC-{}-{}-{}-{}", &rest[..4], &rest[4..8], &rest[8..12], &rest[12..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_read_as_people_say_them() {
        let words = |days, minutes| Attended { days, minutes }.in_words();
        assert_eq!(words(5, Some(1800)), "5 days, 30 hours");
        assert_eq!(words(1, Some(150)), "1 day, 2 hours 30 minutes");
        assert_eq!(words(1, Some(45)), "1 day, 45 minutes");
        assert_eq!(words(1, Some(61)), "1 day, 1 hour 1 minute");
        assert_eq!(words(3, None), "3 days");
    }

    #[test]
    fn hours_are_added_and_none_are_made_up() {
        let part = |days, minutes| Attended { days, minutes };
        assert_eq!(all_together([part(5, Some(1800)), part(1, Some(90))]), "31 hours 30 minutes");
        assert_eq!(all_together([part(5, Some(1800)), part(3, None)]), "30 hours, and 3 days without times");
        assert_eq!(all_together([part(1, None)]), "1 day");
    }

    #[test]
    fn a_number_holds_every_bit() {
        assert_eq!(number([0; 10]), "WXC-0000-0000-0000-0000");
        assert_eq!(number([255; 10]), "WXC-ZZZZ-ZZZZ-ZZZZ-ZZZZ");
        assert_eq!(number([0, 0, 0, 0, 0, 0, 0, 0, 0, 33]), "WXC-0000-0000-0000-0011");
        assert_eq!(tidy_number("nonsense"), "NONSENSE");
        assert_eq!(tidy_number("wxc-oooo-iiii-llll-0000"), "WXC-0000-1111-1111-0000");
    }

    proptest! {
        #[test]
        fn numbers_differ_where_bytes_do_and_can_be_typed_back(a: [u8; 10], b: [u8; 10]) {
            prop_assert_eq!(number(a) == number(b), a == b);
            prop_assert_eq!(tidy_number(&number(a)), number(a));
            prop_assert_eq!(tidy_number(&number(a).to_lowercase().replace('-', " ")), number(a));
        }

        #[test]
        fn whatever_is_typed_is_no_failure(typed in ".*") {
            let tidy = tidy_number(&typed);
            prop_assert_eq!(tidy_number(&tidy), tidy);
        }
    }
}
