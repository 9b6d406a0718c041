//! An answer: a page of results, and what every choice would find.

use super::{Audience, Hit, Length, Query, Setting};
use crate::{Delivery, Kind, Profession};

/// A page of results.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Results {
    /// The query that was answered.
    pub query: Query,
    /// This page's results.
    pub hits: Vec<Hit>,
    /// How many there are on all pages.
    pub total: usize,
    /// How many pages; at least 1.
    pub pages: usize,
    /// The place that distances are counted from.
    pub place: Option<String>,
    /// What was not understood, in words.
    pub odd: Vec<String>,
    /// Words that were read as others, because nothing has them as they were typed: typed, and read.
    pub read_as: Vec<(String, String)>,
    /// A wider answer, when there is none.
    pub wider: Option<Wider>,
    /// How many each choice would find.
    pub counts: Counts,
    /// With "only what I can apply for": what is left out.
    pub left_out: LeftOut,
}

impl Results {
    /// The chosen filters, each in words and with the query that has it taken away.
    #[must_use]
    pub fn chosen(&self) -> Vec<(String, Query)> {
        self.query.chosen(|code| self.area_name(code))
    }

    /// What an area is called.
    #[must_use]
    pub fn area_name(&self, code: &str) -> Option<String> {
        self.counts.areas.iter().find(|area| area.code == code).map(|area| area.name.clone())
    }
}

/// The nearest wider query that has answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Wider {
    /// The query.
    pub query: Query,
    /// What is different about it: "within 40 miles".
    pub how: String,
    /// How many results it has.
    pub count: usize,
}

/// How many opportunities each choice finds, with everything else that is chosen but nothing else of its
/// own kind: beside "Nursing" stands what nursing alone would find.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// By kind.
    pub kinds: Vec<(Kind, usize)>,
    /// In person or online; what is both counts for each.
    pub delivery: Vec<(Delivery, usize)>,
    /// By area of work.
    pub professions: Vec<(Profession, usize)>,
    /// With patients or not.
    pub settings: Vec<(Setting, usize)>,
    /// By length; what has sessions of several lengths counts for each.
    pub lengths: Vec<(Length, usize)>,
    /// For whom; what is for everybody counts for each.
    pub audiences: Vec<(Audience, usize)>,
    /// Regions first, each before its boards.
    pub areas: Vec<AreaCount>,
    /// Within so many miles; empty without a place.
    pub within: Vec<(u32, usize)>,
    /// At any distance; the same as the total where no distance is chosen.
    pub any_distance: usize,
    /// With no experience or grades needed.
    pub nothing_needed: usize,
    /// With places left, or with a provider that does not show them.
    pub places_left: usize,
}

/// How many an area has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaCount {
    /// ODS code.
    pub code: String,
    /// "North East and Yorkshire", "NHS West Yorkshire Integrated Care Board".
    pub name: String,
    /// The region that a board lies in; none for a region.
    pub region: Option<String>,
    /// How many.
    pub count: usize,
}

/// What a learner cannot apply for, of what they searched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// How many.
    pub total: usize,
    /// The first of them in the order of the results: address, title, and why not, in words.
    pub first: Vec<(String, String, String)>,
}
