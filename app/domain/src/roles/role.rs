//! A role, and what follows from what is known about it.

use super::{Entry, Interest, Register, unheard};
use crate::Profession;

/// Something that people do for a living in health and care, or give their time to.
#[derive(Debug, PartialEq, Eq)]
pub struct Role {
    /// The name in addresses.
    pub slug: &'static str,
    /// What it is called on the pages.
    pub name: &'static str,
    /// The family that it belongs to.
    pub family: Profession,
    /// What the person does: one to three sentences that a child of eleven can read.
    pub does: &'static [&'static str],
    /// Where they work.
    pub places: &'static [&'static str],
    /// Other names, and what people say and type instead.
    pub also_called: &'static [&'static str],
    /// How to get there, from what asks for least to what asks for most.
    pub entry: &'static [Entry],
    /// Whether its people are on a register.
    pub register: Register,
    /// The slugs of roles near it.
    pub related: &'static [&'static str],
    /// Subjects and interests that it suits.
    pub suits: &'static [Interest],
}

impl Role {
    /// What the person does, as one text.
    #[must_use]
    pub fn in_words(&self) -> String {
        self.does.join(" ")
    }

    /// The routes that need no degree and do not end in one.
    pub fn without_degree(&self) -> impl Iterator<Item = Entry> {
        self.entry.iter().copied().filter(|entry| !entry.takes_a_degree())
    }

    /// Whether every route goes through a degree.
    #[must_use]
    pub fn needs_degree(&self) -> bool {
        self.without_degree().next().is_none()
    }

    /// Whether hardly anybody of school age has heard of it.
    #[must_use]
    pub fn is_little_known(&self) -> bool {
        !unheard::WELL_KNOWN.contains(&self.slug)
    }

    /// Its name and every other, as people may type them.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.also_called.iter().copied())
    }
}
