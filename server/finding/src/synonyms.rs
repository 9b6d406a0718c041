//! What young people type, and what adverts write instead. Written for wex.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::vocabulary::slips;
use crate::words::{Stems, says_something, split};

/// The longest phrase, in words.
pub const LONGEST: usize = 4;

/// Each line means the same: whoever types one finds all.
const SAME: &[&[&str]] = &[
    &[
        "a&e",
        "a and e",
        "a e",
        "accident and emergency",
        "accident emergency",
        "emergency",
        "emergency department",
        "casualty",
    ],
    &["physio", "physiotherapy", "physiotherapist"],
    &["ot", "occupational therapy", "occupational therapist"],
    &[
        "salt",
        "slt",
        "speech therapy",
        "speech and language therapy",
        "speech and language therapist",
        "speech therapist",
    ],
    &["midwife", "midwives", "midwifery", "maternity"],
    &["radiography", "radiographer", "xray", "x ray", "radiology", "imaging"],
    &["ultrasound", "sonographer", "sonography"],
    &["paramedic", "ambulance"],
    &["doctor", "medic", "consultant"],
    &["surgery", "surgeon", "surgical"],
    &["theatre", "operating theatre", "operating department"],
    &["odp", "operating department practitioner"],
    &["gp", "general practice", "gp surgery", "family doctor", "doctors surgery"],
    &["dentist", "dentistry", "dental"],
    &["optician", "optometry", "optometrist", "eye clinic", "ophthalmology"],
    &["pharmacist", "pharmacy", "chemist", "dispensary"],
    &["psychology", "psychologist"],
    &["psychiatry", "psychiatrist"],
    &["mental health", "camhs"],
    &["dietitian", "dietician", "dietetics", "nutrition"],
    &["podiatry", "podiatrist", "chiropody", "chiropodist"],
    &["audiology", "audiologist", "hearing"],
    &["children", "child", "kids", "paediatric", "paediatrics"],
    &["baby", "babies", "newborn", "neonatal"],
    &["elderly", "older people", "geriatric", "older adults"],
    &["lab", "laboratory", "pathology"],
    &["scientist", "healthcare science", "biomedical"],
    &["it", "ict", "digital", "computing", "computer", "informatics"],
    &["film", "video"],
    &["coding", "software", "programming"],
    &["admin", "administration", "clerical", "office"],
    &["receptionist", "reception"],
    &["hr", "human resources", "recruitment"],
    &["finance", "accounting", "accounts"],
    &["porter", "portering"],
    &["chef", "catering", "cook", "kitchen"],
    &["cleaner", "cleaning", "housekeeping", "domestic services"],
    &["electrician", "plumber", "maintenance", "estates"],
    &["carer", "care worker", "care assistant", "support worker"],
    &["hca", "healthcare assistant", "healthcare support worker"],
    &["care home", "residential home", "nursing home"],
    &["social worker", "social work"],
    &["cancer", "oncology"],
    &["heart", "cardiac", "cardiology"],
    &["skin", "dermatology"],
    &["brain", "neurology", "neuroscience"],
    &["bones", "orthopaedic", "orthopaedics", "fracture"],
    &["blood", "haematology", "phlebotomy"],
    &["learning disability", "learning disabilities", "ld"],
    &["end of life", "hospice", "palliative"],
    &["public health", "health improvement", "prevention"],
    &["vaccination", "vaccine", "immunisation"],
];

/// From each phrase, as stems, to all of its line.
fn table() -> &'static HashMap<String, Vec<Vec<String>>> {
    static TABLE: OnceLock<HashMap<String, Vec<Vec<String>>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut stems = Stems::new();
        let mut table = HashMap::new();
        for line in SAME {
            let all: Vec<Vec<String>> = line
                .iter()
                .map(|phrase| {
                    split(phrase).filter(|word| says_something(word)).map(|w| stems.of(w).to_owned()).collect()
                })
                // What is left of "a e" is in too many adverts.
                .filter(|words: &Vec<String>| words.iter().any(|word| word.chars().count() > 1))
                .collect();
            for phrase in *line {
                let key: Vec<String> = split(phrase).map(|word| stems.of(word).to_owned()).collect();
                table.insert(key.join(" "), all.clone());
            }
        }
        table
    })
}

/// Single words that are at most so many slips of the finger away: how many, the word as it is written here, and
/// what means the same.
pub fn like(stem: &str, most: usize) -> impl Iterator<Item = (usize, &'static str, &'static [Vec<String>])> {
    static WORDS: OnceLock<Vec<(String, &'static str)>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let mut stems = Stems::new();
        let single = SAME.iter().copied().flatten().copied().filter(|phrase| split(phrase).count() == 1);
        single.map(|word| (stems.of(word).to_owned(), word)).collect()
    });
    words.iter().filter_map(move |(known, word)| {
        let slips = slips(stem, known, most)?;
        Some((slips, *word, same_as(known)?))
    })
}

/// What means the same as this phrase of stems, itself among it.
pub fn same_as(stems: &str) -> Option<&'static [Vec<String>]> {
    table().get(stems).map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_phrase_is_on_two_lines_or_too_long() {
        let mut seen = BTreeSet::new();
        let mut stems = Stems::new();
        for line in SAME {
            let mut of_line = BTreeSet::new();
            for phrase in *line {
                assert_eq!(*phrase, phrase.to_lowercase());
                assert!(split(phrase).count() <= LONGEST, "{phrase}");
                let key: Vec<String> = split(phrase).map(|word| stems.of(word).to_owned()).collect();
                of_line.insert(key.join(" "));
            }
            for key in of_line {
                assert!(seen.insert(key.clone()), "“{key}” is on two lines");
            }
        }
    }

    #[test]
    fn each_finds_the_others() {
        let mut stems = Stems::new();
        for (typed, meant) in
            [("physio", "physiotherapy"), ("midwife", "maternity"), ("a&e", "casualty"), ("kids", "paediatric")]
        {
            let key = stems.of(typed).to_owned();
            let meant = vec![stems.of(meant).to_owned()];
            assert!(same_as(&key).is_some_and(|all| all.contains(&meant)), "{typed}");
        }
        assert_eq!(same_as("zzz"), None);
    }
}
