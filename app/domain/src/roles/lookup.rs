//! From what people type to roles.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Interest, Role, all};
use crate::Profession;

/// What somebody asks of the list of roles; what is left out asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Only roles with a way in that needs no degree.
    pub no_degree: bool,
    /// Only roles of this family.
    pub family: Option<Profession>,
    /// Only roles that suit somebody who likes this.
    pub interest: Option<Interest>,
    /// Words as they were typed.
    pub words: String,
}

impl Asked {
    /// Whether a role is what was asked for, words aside.
    fn takes(&self, role: &Role) -> bool {
        !(self.no_degree && role.needs_degree())
            && self.family.is_none_or(|family| role.family == family)
            && self.interest.is_none_or(|interest| role.suits.contains(&interest))
    }
}

/// The roles that are asked for: first those that the words mean, then those whose text has each word or
/// a word that begins with it. Within either, in the order of [`all`].
#[must_use]
pub fn filtered(asked: &Asked) -> Vec<&'static Role> {
    let words = folded(&asked.words);
    if words.is_empty() {
        return all().filter(|role| asked.takes(role)).collect();
    }
    let mut found = meant_by(&asked.words);
    let texts = &table().texts;
    for (role, text) in texts {
        let has_all = words.iter().all(|word| text.iter().any(|other| other.starts_with(word)));
        if has_all && !found.contains(role) {
            found.push(role);
        }
    }
    found.retain(|role| asked.takes(role));
    found
}

/// The roles that typed words mean: "physio" is a physiotherapist, "I want to be a mental health nurse"
/// is that one and no other nurse. In the order in which they were typed. What names no role means none,
/// and several roles may share a name: "optician".
#[must_use]
pub fn meant_by(words: &str) -> Vec<&'static Role> {
    let table = table();
    let words = folded(words);
    let mut found: Vec<&'static Role> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        // The longest name that begins here, so that a "dental nurse" is no nurse.
        let longest = table.longest.min(words.len() - at);
        let name = (1..=longest).rev().find_map(|n| Some((n, table.names.get(&words[at..at + n].join(" "))?)));
        let Some((length, roles)) = name else {
            at += 1;
            continue;
        };
        for role in roles {
            if !found.contains(role) {
                found.push(role);
            }
        }
        at += length;
    }
    found
}

/// What is looked up, made once.
struct Table {
    /// From each name, folded, to the roles that have it.
    names: HashMap<String, Vec<&'static Role>>,
    /// Words in the longest name.
    longest: usize,
    /// The words of everything that is written about a role, folded.
    texts: Vec<(&'static Role, Vec<String>)>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table { names: HashMap::new(), longest: 0, texts: Vec::new() };
        for role in all() {
            let mut text = Vec::new();
            for name in role.names() {
                let words = folded(name);
                table.longest = table.longest.max(words.len());
                let roles = table.names.entry(words.join(" ")).or_default();
                if !roles.contains(&role) {
                    roles.push(role);
                }
                text.extend(words);
            }
            text.extend(role.does.iter().chain(role.places).flat_map(|some| folded(some)));
            table.texts.push((role, text));
        }
        table
    })
}

/// The words of a text as they are compared: lower case, no apostrophes, one of many. "A&E" is one word,
/// "X-ray" two.
pub(super) fn folded(text: &str) -> Vec<String> {
    text.to_lowercase()
        .replace(['\'', '’', '‘'], "")
        .split(|c: char| !(c.is_alphanumeric() || c == '&'))
        .map(|word| word.trim_matches('&'))
        .filter(|word| !word.is_empty())
        .map(one_of_many)
        .collect()
}

/// "nurse" of "nurses", "ot" of "OTs". Rough, and the same on both sides: "physics" becomes "physic" wherever it stands.
fn one_of_many(word: &str) -> String {
    if let Some(start) = word.strip_suffix("ies").filter(|start| start.len() > 1) {
        return format!("{start}y");
    }
    if let Some(start) = word.strip_suffix("wives") {
        return format!("{start}wife");
    }
    match word.strip_suffix('s') {
        Some(start) if start.len() > 1 && !start.ends_with(['s', 'u', 'i']) => start.to_owned(),
        _ => word.to_owned(),
    }
}
