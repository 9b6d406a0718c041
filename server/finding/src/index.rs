//! The whole index: a large part that stays, a small one of what changed since, and answers from both.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use domain::calendar::age_on;
use domain::eligibility::{Answer, ages, can_apply};
use domain::ids::{OpportunityId, SessionId};
use domain::search::{AreaCount, Counts, Hit, LeftOut, Listing, PER_PAGE, Place, Query, RADII, Results, Wider};

use crate::bits::Bits;
use crate::dates::Asked;
pub use crate::dates::Person;
use crate::filters::{Away, Sets};
use crate::order::{self, Asking, Key};
use crate::segment::Segment;
use crate::words::{self, Wanted};
use crate::{counts, synonyms, vocabulary};

/// How many of what a learner cannot apply for are named.
const NAMED: usize = 200;
/// A word that nothing has is taken for the beginning of at most so many others.
const BEGINNINGS: usize = 20;

/// An area that results are counted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// ODS code.
    pub code: Arc<str>,
    /// Name.
    pub name: String,
    /// The region that a board lies in; none for a region.
    pub region: Option<String>,
}

impl Area {
    pub(crate) fn with_none(&self) -> AreaCount {
        AreaCount { code: self.code.to_string(), name: self.name.clone(), region: self.region.clone(), count: 0 }
    }
}

/// What begins on a day, for the calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Begins {
    /// How many sessions.
    pub count: usize,
    /// The first of them: address, title, and with whom.
    pub first: Vec<(String, String, String)>,
}

/// Everything that is published.
#[derive(Debug, Default, Clone)]
pub struct Index {
    parts: Vec<Part>,
    areas: Arc<Vec<Area>>,
}

#[derive(Debug, Clone)]
struct Part {
    segment: Arc<Segment>,
    /// What has changed since, or is published no more: it is in a later part, or in none.
    gone: Option<Arc<Bits>>,
}

impl Part {
    fn has(&self, doc: usize) -> bool {
        self.gone.as_ref().is_none_or(|gone| !gone.has(doc))
    }
}

impl Index {
    /// The index of these. Regions stand before their boards in `areas`.
    #[must_use]
    pub fn build(listings: Vec<Listing>, areas: Vec<Area>) -> Self {
        let part = Part { segment: Segment::build(listings, false).into(), gone: None };
        Self { parts: vec![part], areas: areas.into() }
    }

    /// The index with these changed: what each is now, or that it is published no more. What is asked of the
    /// old one meanwhile is answered from the old.
    #[must_use]
    pub fn with(&self, changed: Vec<(OpportunityId, Option<Listing>)>) -> Self {
        let mut parts = self.parts.clone();
        // The part of what changed before is written anew, with what changes now.
        let small = if parts.len() > 1 { parts.pop() } else { None };
        let ids: HashSet<OpportunityId> = changed.iter().map(|(id, _)| *id).collect();
        for part in &mut parts {
            let hit: Vec<usize> = ids.iter().filter_map(|id| part.segment.find(*id)).collect();
            if !hit.is_empty() {
                let mut gone = part.gone.as_deref().cloned().unwrap_or_else(|| Bits::none(part.segment.len()));
                hit.into_iter().for_each(|doc| gone.insert(doc));
                part.gone = Some(gone.into());
            }
        }
        let kept =
            small.iter().flat_map(|part| part.segment.listings.iter()).filter(|one| !ids.contains(&one.id)).cloned();
        let listings: Vec<Listing> = kept.chain(changed.into_iter().filter_map(|(_, listing)| listing)).collect();
        if !listings.is_empty() || parts.is_empty() {
            parts.push(Part { segment: Segment::build(listings, true).into(), gone: None });
        }
        Self { parts, areas: self.areas.clone() }
    }

    /// So many places of a session are held now. Whether the session is published.
    pub fn set_held(&self, run: SessionId, held: i64) -> bool {
        // What is gone from one part is in another: each is told.
        self.parts.iter().filter(|part| part.segment.set_held(run, held)).count() > 0
    }

    /// How many have changed since the large part was built.
    #[must_use]
    pub fn changed(&self) -> usize {
        self.parts.iter().skip(1).map(|part| part.segment.len()).sum::<usize>()
            + self.parts.iter().filter_map(|part| part.gone.as_ref()).map(|gone| gone.count()).sum::<usize>()
    }

    /// Everything published, in no order that means anything.
    pub fn listings(&self) -> impl Iterator<Item = &Listing> {
        self.parts.iter().flat_map(|part| {
            part.segment.listings.iter().enumerate().filter(|(doc, _)| part.has(*doc)).map(|(_, listing)| listing)
        })
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: OpportunityId) -> Option<&Listing> {
        self.parts.iter().find_map(|part| {
            let doc = part.segment.find(id).filter(|doc| part.has(*doc))?;
            part.segment.listings.get(doc)
        })
    }

    /// The areas that results are counted by.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The answer to a query.
    ///
    /// `place` is the query's place once it is known, `person` whoever asks for what they can apply for, `odd`
    /// what was not understood so far. What nobody can apply for any more is left out.
    #[must_use]
    pub fn search(
        &self,
        query: &Query,
        place: Option<&Place>,
        person: Option<&Person>,
        mut odd: Vec<String>,
        today: NaiveDate,
    ) -> Results {
        let mut query = query.clone();
        for code in &query.areas {
            if !self.areas.iter().any(|area| *area.code == **code) {
                odd.push(format!("There is no area called “{code}”."));
            }
        }
        query.areas.retain(|code| self.areas.iter().any(|area| *area.code == **code));
        query.mine &= person.is_some();
        let (words, read_as) = self.read_words(&query.what);
        let away = self.away();
        let asked = Asked::of(&query, person, today);
        let found = self.found(&query, &words, place, &asked, &away);
        let total = found.iter().map(|one| one.count).sum();
        let pages = usize::max(1, usize::div_ceil(total, PER_PAGE));
        query.page = query.page.clamp(1, pages);
        let hits = self
            .ordered(&found, &query, &asked, query.page * PER_PAGE)
            .into_iter()
            .skip((query.page - 1) * PER_PAGE)
            .map(|(_, listing)| Hit::of(listing, place.and_then(|place| listing.miles_from(place)), today))
            .collect();
        let mut counts = Counts::default();
        for (part, one) in self.parts.iter().zip(&found) {
            counts::add(&mut counts, &part.segment, &one.sets, &one.all, &query, &self.areas);
        }
        let wider = if total == 0 { self.wider(&query, &words, place, today, &away) } else { None };
        let left_out = match person.filter(|_| query.mine) {
            Some(person) => self.left_out(&query, &words, place, person, today, &away),
            None => LeftOut::default(),
        };
        let place = place.map(|place| place.name.clone());
        Results { query, hits, total, pages, place, odd, read_as, wider, counts, left_out }
    }

    /// Everything that a query finds, in the order of its results, at most so many.
    #[must_use]
    pub fn all(&self, query: &Query, place: Option<&Place>, today: NaiveDate, most: usize) -> Vec<&Listing> {
        let (words, _) = self.read_words(&query.what);
        let asked = Asked::of(query, None, today);
        let found = self.found(query, &words, place, &asked, &self.away());
        self.ordered(&found, query, &asked, most).into_iter().map(|(_, listing)| listing).collect()
    }

    /// What begins on each day from one to another, of what a query finds; at most so many are named a day.
    /// `person` is as for [`Self::search`].
    #[must_use]
    pub fn calendar(
        &self,
        query: &Query,
        place: Option<&Place>,
        person: Option<&Person>,
        (first, last): (NaiveDate, NaiveDate),
        named: usize,
        today: NaiveDate,
    ) -> BTreeMap<NaiveDate, Begins> {
        let query = Query {
            from: Some(query.from.map_or(first, |day| day.max(first))),
            to: Some(query.to.map_or(last, |day| day.min(last))),
            ..query.clone()
        };
        let asked = Asked::of(&query, person, today);
        let (words, _) = self.read_words(&query.what);
        let away = self.away();
        let found = self.found(&query, &words, place, &asked, &away);
        let mut days: BTreeMap<NaiveDate, Begins> = BTreeMap::new();
        for (_, listing) in self.ordered(&found, &query, &asked, usize::MAX) {
            for run in listing.runs.iter().filter(|run| asked.takes(listing, run)) {
                let day = days.entry(run.starts_on).or_insert_with(|| Begins { count: 0, first: Vec::new() });
                day.count += 1;
                if day.first.len() < named {
                    day.first.push((listing.href(), listing.title.clone(), listing.with_whom()));
                }
            }
        }
        days
    }

    /// What is typed, as what adverts have: words as they are; or else as the beginnings of others; or else
    /// as the most frequent one that is a slip of the finger away.
    fn read_words(&self, what: &str) -> (Vec<Wanted>, Vec<(String, String)>) {
        let mut read_as = Vec::new();
        let mut all = words::wanted(what);
        for one in &mut all {
            let known = |stem: &String| self.parts.iter().any(|part| part.segment.words.has(stem));
            if one.any_of.iter().any(|stems| stems.iter().all(known)) {
                continue;
            }
            let mut beginnings: BTreeMap<&str, usize> = BTreeMap::new();
            if one.typed.chars().count() > 2 {
                for (stem, adverts) in self.parts.iter().flat_map(|part| part.segment.words.beginning(&one.typed)) {
                    *beginnings.entry(stem).or_default() += adverts;
                }
            }
            if !beginnings.is_empty() {
                let mut most: Vec<(usize, &str)> =
                    beginnings.into_iter().map(|(stem, adverts)| (adverts, stem)).collect();
                most.sort_unstable_by(|a, b| b.cmp(a));
                one.any_of = most.into_iter().take(BEGINNINGS).map(|(_, stem)| vec![stem.to_owned()]).collect();
                continue;
            }
            let [stem] = &one.any_of[0][..] else { continue };
            let slips = vocabulary::most_slips(&one.typed);
            let best = self
                .parts
                .iter()
                .flat_map(|part| part.segment.words.like(stem, slips))
                .min_by_key(|(slips, adverts, stem, _)| (*slips, std::cmp::Reverse(*adverts), stem.to_owned()));
            // What adverts write otherwise is typed wrongly too: whichever is nearer, then what more adverts have.
            let adverts_of = |any: &[Vec<String>]| -> usize {
                let single = any.iter().filter_map(|stems| if let [stem] = &stems[..] { Some(stem) } else { None });
                single.map(|stem| self.parts.iter().map(|part| part.segment.words.how_many(stem)).sum::<usize>()).sum()
            };
            let other = synonyms::like(stem, slips)
                .map(|(slips, word, any)| (slips, adverts_of(any), word, any))
                .filter(|(_, adverts, ..)| *adverts > 0)
                .min_by_key(|(slips, adverts, word, _)| (*slips, std::cmp::Reverse(*adverts), *word));
            let nearer = |(slips, adverts, ..): &(usize, usize, &str, &[Vec<String>])| {
                best.is_none_or(|(best, most, ..)| {
                    (*slips, std::cmp::Reverse(*adverts)) < (best, std::cmp::Reverse(most))
                })
            };
            if let (Some((_, _, word, any)), 1..) = (other.filter(nearer), slips) {
                read_as.push((one.typed.clone(), word.to_owned()));
                one.any_of = any.to_vec();
                continue;
            }
            if let (Some((_, _, stem, shown)), 1..) = (best, slips) {
                let (stem, shown) = (stem.to_owned(), shown.to_owned());
                read_as.push((one.typed.clone(), shown.clone()));
                // What means the same as the word that was meant is meant too.
                let meant = words::wanted(&shown).pop().map(|wanted| wanted.any_of);
                one.any_of = meant.filter(|any| any.contains(&vec![stem.clone()])).unwrap_or_else(|| vec![vec![stem]]);
            }
        }
        (all, read_as)
    }

    /// For what a search works out about distances, by part.
    fn away(&self) -> Vec<Away> {
        self.parts.iter().map(|_| Away::default()).collect()
    }

    fn found(
        &self,
        query: &Query,
        words: &[Wanted],
        place: Option<&Place>,
        asked: &Asked,
        away: &[Away],
    ) -> Vec<Found> {
        self.parts
            .iter()
            .zip(away)
            .map(|(part, away)| {
                let sets = Sets::of(&part.segment, part.gone.as_deref(), query, words, place, asked, away);
                let all = sets.all();
                Found { count: all.count(), all, sets }
            })
            .collect()
    }

    fn ordered(&self, found: &[Found], query: &Query, asked: &Asked, most: usize) -> Vec<(Key, &Listing)> {
        let mut all: Vec<(Key, &Listing)> = self
            .parts
            .iter()
            .zip(found)
            .flat_map(|(part, one)| {
                let asking = Asking { segment: &part.segment, sets: &one.sets, asked, query };
                order::first(&asking, &one.all, most).into_iter().map(|(key, doc)| (key, &part.segment.listings[doc]))
            })
            .collect();
        if self.parts.len() > 1 {
            all.sort_unstable_by(|a, b| {
                a.0.cmp(&b.0).then_with(|| a.1.title.cmp(&b.1.title)).then_with(|| a.1.id.cmp(&b.1.id))
            });
            all.truncate(most);
        }
        all
    }

    /// The first wider query that has answers: further away, then any distance, then fewer filters.
    fn wider(
        &self,
        query: &Query,
        words: &[Wanted],
        place: Option<&Place>,
        today: NaiveDate,
        away: &[Away],
    ) -> Option<Wider> {
        let query = Query { page: 1, ..query.clone() };
        let mut candidates: Vec<(Query, String)> = Vec::new();
        if query.mine {
            candidates.push((Query { mine: false, ..query.clone() }, "with those you cannot apply for".into()));
        }
        if let (Some(within), Some(_)) = (query.within, place) {
            for miles in RADII.into_iter().filter(|miles| *miles > within) {
                candidates.push((Query { within: Some(miles), ..query.clone() }, format!("within {miles} miles")));
            }
            candidates.push((Query { within: None, ..query.clone() }, "at any distance".into()));
        }
        if !query.areas.is_empty() {
            candidates.push((Query { areas: vec![], ..query.clone() }, "in all of England".into()));
        }
        if query.places_left {
            candidates.push((Query { places_left: false, ..query.clone() }, "with a waiting list".into()));
        }
        if query.from.is_some() || query.to.is_some() || !query.lengths.is_empty() {
            candidates.push((
                Query { from: None, to: None, lengths: vec![], ..query.clone() },
                "on any dates, of any length".into(),
            ));
        }
        let bare =
            Query { what: query.what.clone(), place: query.place.clone(), age: query.age, page: 1, ..Query::default() };
        if (Query { sort: query.sort, view: query.view, month: query.month, ..bare.clone() }) != query {
            candidates.push((bare, "of every kind and area of work".into()));
        }
        if !query.what.is_empty() {
            candidates.push((
                Query { what: String::new(), within: None, ..query.clone() },
                format!("without the words “{}”", query.what),
            ));
        }
        candidates.push((Query { age: query.age, page: 1, ..Query::default() }, "anywhere".into()));
        if query.age.is_some() {
            candidates.push((Query { page: 1, ..Query::default() }, "for people of other ages".into()));
        }
        candidates.into_iter().find_map(|(query, how)| {
            let words = if query.what.is_empty() { &[] } else { words };
            let place = place.filter(|_| !query.place.is_empty());
            let asked = Asked::of(&query, None, today);
            let count: usize = self.found(&query, words, place, &asked, away).iter().map(|one| one.count).sum();
            (count > 0).then_some(Wider { query, how, count })
        })
    }

    fn left_out(
        &self,
        query: &Query,
        words: &[Wanted],
        place: Option<&Place>,
        person: &Person,
        today: NaiveDate,
        away: &[Away],
    ) -> LeftOut {
        let everybody = Query { mine: false, ..query.clone() };
        let anybody = Asked::of(&everybody, None, today);
        let mut found = self.found(&everybody, words, place, &anybody, away);
        let with_all: usize = found.iter().map(|one| one.count).sum();
        let mine = self.found(query, words, place, &Asked::of(query, Some(person), today), away);
        let total: usize = mine.iter().map(|one| one.count).sum();
        for (all, mine) in found.iter_mut().zip(&mine) {
            all.all.minus(&mine.all);
        }
        let first = self
            .ordered(&found, &everybody, &anybody, NAMED)
            .into_iter()
            .map(|(_, listing)| (listing.href(), listing.title.clone(), why_not(listing, person, today)))
            .collect();
        LeftOut { total: with_all - total, first }
    }
}

/// Why somebody cannot apply for something that others can.
fn why_not(listing: &Listing, person: &Person, today: NaiveDate) -> String {
    let open = || listing.runs.iter().filter(|run| run.is_open(today));
    if open().any(|run| person.applied.contains(&run.id)) {
        return "You have applied for this.".into();
    }
    let Some(run) = open().next() else {
        let ages = ages(listing.min_age, listing.max_age);
        return format!("You are {} now; this is for age {ages}.", age_on(person.born, today));
    };
    match can_apply(&listing.asks(run), Some(person.born), today) {
        Answer::No(why) | Answer::NotYet(why) => why,
        Answer::Yes => "Its dates do not suit what you chose.".into(),
    }
}

struct Found {
    sets: Sets,
    all: Bits,
    count: usize,
}
