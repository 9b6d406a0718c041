//! Sessions: which opportunities have one that fits.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{Datelike, NaiveDate};
use domain::ids::SessionId;
use domain::search::{Held, Length, Listing, Query, Run};

use crate::bits::Bits;

/// What is asked of a session.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    pub today: NaiveDate,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub lengths: Vec<Length>,
    pub places_left: bool,
    /// Whoever asks for what they can apply for themselves.
    pub person: Option<Person>,
}

/// Whoever asks for what they can apply for themselves.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// When they were born.
    pub born: NaiveDate,
    /// The sessions for which they have an application that is not at its end.
    pub applied: HashSet<SessionId>,
}

impl Person {
    /// Whether they are of age for this session, and have not applied for it.
    fn can_take(&self, listing: &Listing, run: &Run) -> bool {
        listing.is_for(self.born, run.starts_on) && !self.applied.contains(&run.id)
    }
}

impl Asked {
    /// Whether this session is one that is asked for: what [`Runs::look`] asks of columns, of one.
    pub fn takes(&self, listing: &Listing, run: &Run) -> bool {
        run.is_open(self.today)
            && self.from.is_none_or(|day| run.starts_on >= day)
            && self.to.is_none_or(|day| run.starts_on <= day)
            && (self.lengths.is_empty() || self.lengths.contains(&run.length()))
            && (!self.places_left || !listing.shows_places || run.left() > 0)
            && self.person.as_ref().is_none_or(|person| person.can_take(listing, run))
    }

    pub fn of(query: &Query, person: Option<&Person>, today: NaiveDate) -> Self {
        Self {
            today,
            from: query.from,
            to: query.to,
            lengths: query.lengths.clone(),
            places_left: query.places_left,
            person: person.filter(|_| query.mine).cloned(),
        }
    }
}

/// What fits, by the numbers of the opportunities.
#[derive(Debug)]
pub struct Dates {
    /// With a session that meets everything that is asked.
    pub fits: Bits,
    /// With one that would meet it with places left, whether that is asked or not.
    pub with_places: Bits,
    /// By length, with one that meets everything else.
    pub lengths: [Bits; Length::ALL.len()],
    /// When the first of those that fit closes and begins; `i32::MAX` without one.
    pub closes: Vec<i32>,
    pub starts: Vec<i32>,
}

/// The sessions of a segment, in columns: a search looks at all of them.
#[derive(Debug, Default)]
pub struct Runs {
    doc: Vec<u32>,
    starts: Vec<i32>,
    closes: Vec<i32>,
    /// The last day on which somebody can apply; before every day for what is cancelled.
    until: Vec<i32>,
    length: Vec<u8>,
    capacity: Vec<i64>,
    held: Vec<Held>,
    /// What was asked last, for nobody in particular: most people ask the same of dates. With the count of changes
    /// that each is of.
    kept: Mutex<Vec<(Asked, u64, Arc<Dates>)>>,
    /// Counts changes of places: an answer from before counts no more.
    changes: AtomicU64,
}

const NEVER: i32 = i32::MIN;
/// So many different questions about dates are remembered: about a megabyte each where there are a hundred thousand.
const MOST_KEPT: usize = 8;

impl Runs {
    /// Takes the sessions of the next opportunity. Where its first stands.
    pub fn add(&mut self, doc: u32, listing: &Listing) -> u32 {
        let first = u32::try_from(self.doc.len()).unwrap_or(u32::MAX);
        for run in &listing.runs {
            let (starts, closes) = (run.starts_on.num_days_from_ce(), run.closes_on.num_days_from_ce());
            self.doc.push(doc);
            self.starts.push(starts);
            self.closes.push(closes);
            self.until.push(if run.cancelled { NEVER } else { closes.min(starts - 1) });
            self.length.push(run.length() as u8);
            // Where the provider does not show places, nobody is told that there are none.
            self.capacity.push(if listing.shows_places { run.capacity } else { i64::MAX });
            self.held.push(run.held.clone());
        }
        first
    }

    /// So many places are held in the session at this position.
    pub fn set_held(&self, at: u32, held: i64) {
        if let Some(of) = self.held.get(at as usize) {
            of.set(held);
            self.changes.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// What fits.
    pub fn dates(&self, asked: &Asked, listings: &[Listing], first: &[u32]) -> Arc<Dates> {
        if asked.person.is_some() {
            return self.look(asked, listings, first).into();
        }
        let changes = self.changes.load(Ordering::Relaxed);
        {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.retain(|(of, count, _)| *count == changes && of.today == asked.today);
            if let Some(at) = kept.iter().position(|(of, ..)| of == asked) {
                // The last one asked for stands last, and goes last.
                let dates = kept[at].2.clone();
                kept[at..].rotate_left(1);
                return dates;
            }
        }
        let dates: Arc<Dates> = self.look(asked, listings, first).into();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // Somebody else may have worked it out meanwhile.
        kept.retain(|(of, ..)| of != asked);
        if kept.len() >= MOST_KEPT {
            kept.remove(0);
        }
        kept.push((asked.clone(), changes, dates.clone()));
        dates
    }

    fn look(&self, asked: &Asked, listings: &[Listing], first: &[u32]) -> Dates {
        let len = listings.len();
        let today = asked.today.num_days_from_ce();
        let from = asked.from.map_or(i32::MIN, |day| day.num_days_from_ce());
        let to = asked.to.map_or(i32::MAX, |day| day.num_days_from_ce());
        let chosen = asked.lengths.iter().fold(0_u8, |all, length| all | 1 << *length as u8);
        let chosen = if chosen == 0 { u8::MAX } else { chosen };
        let mut dates = Dates {
            fits: Bits::none(len),
            with_places: Bits::none(len),
            lengths: std::array::from_fn(|_| Bits::none(len)),
            closes: vec![i32::MAX; len],
            starts: vec![i32::MAX; len],
        };
        for at in 0..self.doc.len() {
            let (starts, closes) = (self.starts[at], self.closes[at]);
            if today > self.until[at] || starts < from || starts > to {
                continue;
            }
            let doc = self.doc[at] as usize;
            if asked.person.as_ref().is_some_and(|person| {
                let listing = &listings[doc];
                let run = &listing.runs[at - first[doc] as usize];
                !person.can_take(listing, run)
            }) {
                continue;
            }
            let left = self.held[at].get() < self.capacity[at];
            if left || !asked.places_left {
                dates.lengths[self.length[at] as usize].insert(doc);
            }
            if chosen >> self.length[at] & 1 == 0 {
                continue;
            }
            if left {
                dates.with_places.insert(doc);
            }
            if left || !asked.places_left {
                dates.fits.insert(doc);
                dates.closes[doc] = dates.closes[doc].min(closes);
                dates.starts[doc] = dates.starts[doc].min(starts);
            }
        }
        if asked.from.is_none() && asked.to.is_none() {
            let own_time = Length::OwnTime as u8;
            for (doc, listing) in listings.iter().enumerate().filter(|(_, listing)| listing.open_ended) {
                if asked.person.as_ref().is_some_and(|person| !listing.is_for(person.born, asked.today)) {
                    continue;
                }
                dates.lengths[own_time as usize].insert(doc);
                if chosen >> own_time & 1 == 1 {
                    dates.with_places.insert(doc);
                    dates.fits.insert(doc);
                }
            }
        }
        dates
    }
}
