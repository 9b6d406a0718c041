//! Every word of the adverts, as stems in order, and which adverts have it.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use crate::bits::Bits;
use crate::words::{Stems, split};

/// Where a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the title, the department or the area of work.
    Strong,
    /// Anywhere else.
    Weak,
}

/// Gathers words while adverts are read.
pub struct Gathering {
    stems: Stems,
    /// By stem: the adverts, twice their number, plus one where the word is strong.
    found: HashMap<Box<str>, Vec<u32>>,
    /// By stem: a form in which it stands, and how often that does.
    forms: HashMap<Box<str>, HashMap<Box<str>, u32>>,
}

impl Gathering {
    pub fn new() -> Self {
        Self { stems: Stems::new(), found: HashMap::new(), forms: HashMap::new() }
    }

    /// Takes the words of advert number `doc`; each advert once, in the order of their numbers.
    pub fn add(&mut self, doc: u32, title: &str, strong: &str, weak: &str) {
        for (text, place) in [(title, Place::Strong), (strong, Place::Strong), (weak, Place::Weak)] {
            for word in split(&text.to_lowercase()) {
                self.word(doc, word, place);
            }
        }
    }

    fn word(&mut self, doc: u32, word: &str, place: Place) {
        let stem = self.stems.of(word);
        let entry = doc << 1 | u32::from(place == Place::Strong);
        match self.found.get_mut(stem) {
            // Strong words come first, so what is there already says as much or more.
            Some(list) if list.last().is_some_and(|last| last >> 1 == doc) => return,
            Some(list) => list.push(entry),
            None => {
                self.found.insert(stem.into(), vec![entry]);
            }
        }
        let forms = self.forms.entry(stem.into()).or_default();
        match forms.get_mut(word) {
            Some(times) => *times += 1,
            None => {
                forms.insert(word.into(), 1);
            }
        }
    }

    /// With what was gathered of later adverts.
    pub fn with(mut self, later: Self) -> Self {
        for (stem, mut list) in later.found {
            self.found.entry(stem).or_default().append(&mut list);
        }
        for (stem, forms) in later.forms {
            let mine = self.forms.entry(stem).or_default();
            for (form, times) in forms {
                *mine.entry(form).or_default() += times;
            }
        }
        self
    }

    /// The vocabulary of what was gathered of so many adverts.
    pub fn finish(mut self, adverts: usize) -> Vocabulary {
        let mut words: Vec<(Box<str>, Vec<u32>)> = self.found.drain().collect();
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut vocabulary = Vocabulary::default();
        let many = |list: &Vec<u32>| list.len() > adverts / MANY;
        let few = words.iter().map(|(_, list)| list).filter(|list| !many(list));
        vocabulary.entries.reserve_exact(few.map(Vec::len).sum());
        for (stem, list) in words {
            let form =
                self.forms.get(&stem).and_then(|forms| forms.iter().max_by_key(|(form, times)| (**times, *form)));
            vocabulary.letters.push(letters(&stem));
            vocabulary.shown.push(form.map_or_else(|| stem.clone(), |(form, _)| form.clone()));
            vocabulary.stems.push(stem);
            vocabulary.adverts.push(u32::try_from(list.len()).unwrap_or(u32::MAX));
            vocabulary.having.push(if many(&list) {
                let mut sets = (Bits::none(adverts), Bits::none(adverts));
                put(&list, &mut sets.0, &mut sets.1);
                Having::Many(Box::new(sets))
            } else {
                let begin = vocabulary.entries.len();
                vocabulary.entries.extend(list);
                Having::Few(begin..vocabulary.entries.len())
            });
        }
        vocabulary
    }
}

/// The words of a segment.
#[derive(Debug, Default)]
pub struct Vocabulary {
    stems: Vec<Box<str>>,
    /// The most frequent form of each.
    shown: Vec<Box<str>>,
    /// Which letters each has: what differs in many cannot be a slip of the finger.
    letters: Vec<u32>,
    /// How many adverts have each.
    adverts: Vec<u32>,
    having: Vec<Having>,
    entries: Vec<u32>,
}

/// From every sixteenth advert on, a list takes more memory than two sets, and longer to go through.
const MANY: usize = 16;

/// Which adverts have a word.
#[derive(Debug, PartialEq)]
enum Having {
    /// A stretch of the entries: twice the number of the advert, plus one where the word is strong.
    Few(Range<usize>),
    /// All of them, and those that have it strongly.
    Many(Box<(Bits, Bits)>),
}

/// Puts entries into sets: all of them, and those that are strong.
fn put(entries: &[u32], all: &mut Bits, strong: &mut Bits) {
    for entry in entries {
        all.insert((entry >> 1) as usize);
        if entry & 1 == 1 {
            strong.insert((entry >> 1) as usize);
        }
    }
}

/// A bit for each letter of a word; whatever is no letter shares one.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |all, byte| all | 1 << if byte.is_ascii_lowercase() { byte - b'a' } else { 26 })
}

impl Vocabulary {
    fn at(&self, stem: &str) -> Option<usize> {
        self.stems.binary_search_by(|known| (**known).cmp(stem)).ok()
    }

    fn adverts(&self, at: usize) -> usize {
        self.adverts[at] as usize
    }

    /// Adds the adverts that have a word.
    fn add(&self, at: usize, all: &mut Bits, strong: &mut Bits) {
        match &self.having[at] {
            Having::Few(entries) => put(&self.entries[entries.clone()], all, strong),
            Having::Many(sets) => {
                all.or(&sets.0);
                strong.or(&sets.1);
            }
        }
    }

    /// How many adverts have it.
    pub fn how_many(&self, stem: &str) -> usize {
        self.at(stem).map_or(0, |at| self.adverts(at))
    }

    /// Whether any advert has it.
    pub fn has(&self, stem: &str) -> bool {
        self.at(stem).is_some()
    }

    /// The stems that begin so, with how many adverts have each.
    pub fn beginning(&self, start: &str) -> impl Iterator<Item = (&str, usize)> {
        let first = self.stems.partition_point(|stem| **stem < *start);
        (first..self.stems.len())
            .take_while(move |at| self.stems[*at].starts_with(start))
            .map(|at| (&*self.stems[at], self.adverts(at)))
    }

    /// The stems that are at most `most` slips away, each with how many slips, how many adverts have it,
    /// and the form in which it is shown.
    pub fn like(&self, stem: &str, most: usize) -> Vec<(usize, usize, &str, &str)> {
        let mask = letters(stem);
        let length = stem.chars().count();
        (0..self.stems.len())
            .filter(|at| (self.letters[*at] ^ mask).count_ones() as usize <= 2 * most)
            .filter(|at| self.stems[*at].chars().count().abs_diff(length) <= most)
            .filter_map(|at| {
                let slips = slips(stem, &self.stems[at], most)?;
                Some((slips, self.adverts(at), &*self.stems[at], &*self.shown[at]))
            })
            .collect()
    }

    /// Adds the adverts that have all of these stems; to `strong` those that have all of them strongly.
    pub fn find(&self, stems: &[String], all: &mut Bits, strong: &mut Bits, len: usize) {
        let Some(places) = stems.iter().map(|stem| self.at(stem)).collect::<Option<Vec<_>>>() else { return };
        if let [only] = places[..] {
            return self.add(only, all, strong);
        }
        let (mut every, mut every_strong) = (Bits::all(len), Bits::all(len));
        for at in places {
            let (mut one, mut one_strong) = (Bits::none(len), Bits::none(len));
            self.add(at, &mut one, &mut one_strong);
            every.and(&one);
            every_strong.and(&one_strong);
        }
        all.or(&every);
        strong.or(&every_strong);
    }
}

/// How many slips of the finger lie between two words (a letter more, less, another, or two in the wrong
/// order), if at most `most`.
pub fn slips(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let swap = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + swap);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().min().is_some_and(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|slips| *slips <= most)
}

/// How many slips a word of this length may have: short words differ by one letter and mean another thing.
pub fn most_slips(word: &str) -> usize {
    match word.chars().count() {
        ..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut gathering = Gathering::new();
        gathering.add(0, "Nursing week", "Nursing", "You will follow nurses on the ward");
        gathering.add(1, "Pharmacy day", "", "Meet nurses and pharmacists");
        gathering.add(2, "Estates", "", "Physiology and physiotherapy");
        gathering.finish(3)
    }

    fn found(vocabulary: &Vocabulary, stems: &[&str]) -> (Vec<usize>, Vec<usize>) {
        let (mut all, mut strong) = (Bits::none(3), Bits::none(3));
        let stems: Vec<String> = stems.iter().map(|stem| (*stem).to_owned()).collect();
        vocabulary.find(&stems, &mut all, &mut strong, 3);
        (all.iter().collect(), strong.iter().collect())
    }

    #[test]
    fn adverts_are_found_by_their_words() {
        let vocabulary = vocabulary();
        assert_eq!(found(&vocabulary, &["nurs"]), (vec![0, 1], vec![0]));
        assert_eq!(found(&vocabulary, &["nurs", "pharmacist"]), (vec![1], vec![]));
        assert_eq!(found(&vocabulary, &["nurs", "zzz"]), (vec![], vec![]));
        assert!(vocabulary.has("ward") && !vocabulary.has("zzz"));
        assert_eq!(vocabulary.beginning("physio").count(), 2);
    }

    #[test]
    fn words_gathered_apart_are_the_same() {
        let adverts = ["Nursing week", "Nurses and nursing", "Pharmacy day", "A nurse's day"];
        let gather = |from: usize, to: usize| {
            let mut words = Gathering::new();
            for (doc, title) in adverts.iter().enumerate().take(to).skip(from) {
                words.add(u32::try_from(doc).unwrap(), title, "", "You meet the team");
            }
            words
        };
        for middle in 0..=adverts.len() {
            let (whole, parts) =
                (gather(0, 4).finish(4), gather(0, middle).with(gather(middle, adverts.len())).finish(4));
            assert_eq!((&whole.stems, &whole.shown), (&parts.stems, &parts.shown));
            assert_eq!((&whole.entries, &whole.having), (&parts.entries, &parts.having));
            assert_eq!(whole.adverts, parts.adverts);
        }
    }

    #[test]
    fn slips_are_counted_as_fingers_make_them() {
        for (a, b, expected) in [
            ("midwife", "midwife", Some(0)),
            ("midwfe", "midwife", Some(1)),
            ("mdiwife", "midwife", Some(1)),
            ("midwiife", "midwife", Some(1)),
            ("nidwofe", "midwife", Some(2)),
            ("porter", "doctor", None),
        ] {
            assert_eq!(slips(a, b, 2), expected, "{a}");
        }
        let vocabulary = vocabulary();
        let best = vocabulary.like("pharmcist", 2);
        assert!(best.iter().any(|one| one.3 == "pharmacists"), "{best:?}");
    }
}
