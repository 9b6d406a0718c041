//! Words: of adverts when they are indexed, of people when they search.

use foldhash::{HashMap, HashMapExt};

use snowball_stemmers_rs::{Algorithm, Stemmer};

use crate::synonyms;

/// Words that say nothing about what somebody is interested in.
const EMPTY: &[&str] = &[
    "a",
    "an",
    "and",
    "any",
    "at",
    "for",
    "from",
    "i",
    "in",
    "is",
    "it",
    "job",
    "jobs",
    "like",
    "me",
    "my",
    "near",
    "of",
    "on",
    "or",
    "placement",
    "placements",
    "s",
    "some",
    "the",
    "to",
    "want",
    "with",
    "experience",
    "work",
];

/// The words of a text in lower case, as they stand: letters and digits; "a&e" is one, "x-ray" two.
pub fn split(lower: &str) -> impl Iterator<Item = &str> {
    lower
        .split(|c: char| !(c.is_alphanumeric() || c == '&'))
        .map(|word| word.trim_matches('&'))
        .filter(|w| !w.is_empty())
}

/// What is common to the forms of a word. Keeps what it has met: texts repeat themselves.
pub struct Stems {
    stemmer: Stemmer,
    met: HashMap<Box<str>, Box<str>>,
}

impl Stems {
    pub fn new() -> Self {
        Self { stemmer: Stemmer::create(Algorithm::English), met: HashMap::new() }
    }

    /// "nurs" of "nurses".
    pub fn of(&mut self, word: &str) -> &str {
        if !self.met.contains_key(word) {
            let stem = self.stemmer.stem(word).into_owned();
            self.met.insert(word.into(), stem.into());
        }
        &self.met[word]
    }
}

/// One thing that somebody asks for: found by any of these, each of which needs all of its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// As it was typed.
    pub typed: String,
    /// The stems.
    pub any_of: Vec<Vec<String>>,
}

/// What somebody asks for. Everything in it must be met.
pub fn wanted(what: &str) -> Vec<Wanted> {
    let lower = what.to_lowercase().replace("i.t.", "it");
    let typed: Vec<&str> = split(&lower).collect();
    // "it" says nothing in a sentence, but a lot where it is all that somebody asks for, or is written large.
    let means_it = |at: usize| typed[at] == "it" && (typed.len() == 1 || what.split(' ').any(|word| word == "IT"));
    let mut stems = Stems::new();
    let mut stem = |words: &[&str]| -> Vec<String> { words.iter().map(|word| stems.of(word).to_owned()).collect() };
    let mut all = Vec::new();
    let mut at = 0;
    while at < typed.len() {
        let longest = synonyms::LONGEST.min(typed.len() - at);
        let phrase = (1..=longest).rev().find_map(|length| {
            let words = &typed[at..at + length];
            if words == ["it"] && !means_it(at) {
                return None;
            }
            synonyms::same_as(&stem(words).join(" ")).map(|same| (words, same))
        });
        if let Some((words, same)) = phrase {
            all.push(Wanted { typed: words.join(" "), any_of: same.to_vec() });
            at += words.len();
            continue;
        }
        if !EMPTY.contains(&typed[at]) {
            all.push(Wanted { typed: typed[at].to_owned(), any_of: vec![stem(&typed[at..=at])] });
        }
        at += 1;
    }
    all
}

/// Whether a word says something about what somebody is interested in.
pub fn says_something(word: &str) -> bool {
    !EMPTY.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one() {
        let mut stems = Stems::new();
        let nurse = stems.of("nurse").to_owned();
        for form in ["nurses", "nursing", "nursed"] {
            assert_eq!(stems.of(form), nurse, "{form}");
        }
        assert_ne!(stems.of("nursery"), nurse);
    }

    #[test]
    fn texts_are_split_where_a_reader_would() {
        let words: Vec<&str> = split("children's x-ray, a&e & more (nhs)").collect();
        assert_eq!(words, ["children", "s", "x", "ray", "a&e", "more", "nhs"]);
    }

    #[test]
    fn empty_words_are_left_out_and_phrases_stay_together() {
        let asked = wanted("Work experience in A&E or the emergency department");
        assert_eq!(asked.len(), 2, "{asked:?}");
        assert_eq!(asked[0].typed, "a&e");
        assert!(asked[0].any_of.contains(&vec![Stems::new().of("emergency").to_owned()]));
        assert_eq!(asked[1].typed, "emergency department");
        assert_eq!(asked[0].any_of, asked[1].any_of);
        // Computers, where somebody means them.
        for it in ["IT", "it", "I.T.", "IT support"] {
            let digital = Stems::new().of("digital").to_owned();
            assert!(wanted(it)[0].any_of.contains(&vec![digital]), "{it}");
        }
        assert!(wanted("I like it").is_empty());
        for typed in ["A & E", "a and e", "accident & emergency"] {
            assert_eq!(wanted(typed)[0].any_of, asked[0].any_of, "{typed}");
        }
        assert!(wanted("work experience").is_empty() && wanted("  ?! ").is_empty());
    }
}
