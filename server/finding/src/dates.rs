//! Sessions: which opportunities have one that fits.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

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
#[derive(Debug, Clone)]
pub struct Dates {
    /// With a session that meets everything that is asked.
    pub fits: Arc<Bits>,
    /// With one that would meet it with places left, whether that is asked or not.
    pub with_places: Arc<Bits>,
    /// By length, with one that meets everything else.
    pub lengths: Arc<[Bits; Length::ALL.len()]>,
}

/// What has a session, whatever else is asked of it: all that most searches need to know.
#[derive(Debug, Clone)]
struct Open {
    today: NaiveDate,
    /// By length.
    lengths: Arc<[Bits; Length::ALL.len()]>,
    /// Of any length.
    any: Arc<Bits>,
    /// The same with places left.
    free: Arc<[Bits; Length::ALL.len()]>,
    any_free: Arc<Bits>,
}

/// The sessions of a segment, in columns, those of an opportunity in a row.
#[derive(Debug, Default)]
pub struct Runs {
    doc: Vec<u32>,
    /// By opportunity, where its sessions begin; one more at the end.
    first: Vec<u32>,
    starts: Vec<i32>,
    closes: Vec<i32>,
    /// The last day on which somebody can apply; before every day for what is cancelled.
    until: Vec<i32>,
    length: Vec<u8>,
    capacity: Vec<i64>,
    held: Vec<Held>,
    /// What can be taken at any time.
    open_ended: Vec<u32>,
    /// Sessions by their first day.
    by_start: OnceLock<Vec<u32>>,
    now: Mutex<Now>,
}

/// What is open today, and the opportunities whose places have changed since it was worked out.
#[derive(Debug, Default)]
struct Now {
    open: Option<Open>,
    changed: Vec<u32>,
}

const NEVER: i32 = i32::MIN;
const OWN_TIME: usize = Length::OwnTime as usize;

/// The session of an opportunity that counts for its place in the order: when the first of those that fit closes
/// and begins; `i32::MAX` without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct First {
    pub closes: i32,
    pub starts: i32,
}

impl Runs {
    /// Takes the sessions of the next opportunity. Where its first stands.
    pub fn add(&mut self, doc: u32, listing: &Listing) -> u32 {
        let first = u32::try_from(self.doc.len()).unwrap_or(u32::MAX);
        if self.first.is_empty() {
            self.first.push(0);
        }
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
        self.first.push(u32::try_from(self.doc.len()).unwrap_or(u32::MAX));
        if listing.open_ended {
            self.open_ended.push(doc);
        }
        first
    }

    /// The opportunity whose session stands at this position.
    pub fn of(&self, at: u32) -> usize {
        self.doc[at as usize] as usize
    }

    /// So many places are held in the session at this position.
    pub fn set_held(&self, at: u32, held: i64) {
        if let Some(of) = self.held.get(at as usize) {
            of.set(held);
            let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
            // Where nobody searches, they would pile up for ever.
            if now.changed.len() > self.doc.len() {
                *now = Now::default();
            }
            if now.open.is_some() {
                now.changed.push(self.doc[at as usize]);
            }
        }
    }

    fn of_doc(&self, doc: usize) -> Range<usize> {
        self.first[doc] as usize..self.first[doc + 1] as usize
    }

    fn has_places(&self, at: usize) -> bool {
        self.held[at].get() < self.capacity[at]
    }

    /// What fits.
    pub fn dates(&self, asked: &Asked, listings: &[Listing]) -> Dates {
        if asked.person.is_some() || asked.from.is_some() || asked.to.is_some() {
            return self.look(asked, listings);
        }
        let open = self.open(asked.today, listings.len());
        let of = |lengths: &[Bits; Length::ALL.len()], any: &Arc<Bits>| match &asked.lengths[..] {
            [] => any.clone(),
            [first, rest @ ..] => {
                let mut all = lengths[*first as usize].clone();
                rest.iter().for_each(|length| all.or(&lengths[*length as usize]));
                all.into()
            }
        };
        let with_places = of(&open.free, &open.any_free);
        if asked.places_left {
            return Dates { fits: with_places.clone(), with_places, lengths: open.free };
        }
        Dates { fits: of(&open.lengths, &open.any), with_places, lengths: open.lengths }
    }

    /// What is open on this day. Places that have changed since are looked at once more; everything, on a new day.
    fn open(&self, today: NaiveDate, len: usize) -> Open {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let now = &mut *now;
        let changed = std::mem::take(&mut now.changed);
        match &mut now.open {
            Some(open) if open.today == today => {
                if !changed.is_empty() {
                    let (free, any_free) = (Arc::make_mut(&mut open.free), Arc::make_mut(&mut open.any_free));
                    changed.into_iter().for_each(|doc| self.look_at_places(doc as usize, today, free, any_free));
                }
                open.clone()
            }
            other => other.insert(self.look_at_all(today, len)).clone(),
        }
    }

    /// Which lengths of an opportunity have places left.
    fn look_at_places(&self, doc: usize, today: NaiveDate, free: &mut [Bits; Length::ALL.len()], any_free: &mut Bits) {
        let open_ended = self.open_ended.binary_search(&(doc as u32)).is_ok();
        let mut of = [false; Length::ALL.len()];
        of[OWN_TIME] = open_ended;
        let today = today.num_days_from_ce();
        for at in self.of_doc(doc).filter(|at| today <= self.until[*at] && self.has_places(*at)) {
            of[self.length[at] as usize] = true;
        }
        any_free.set(doc, of.contains(&true));
        free.iter_mut().zip(of).for_each(|(set, has)| set.set(doc, has));
    }

    fn look_at_all(&self, today: NaiveDate, len: usize) -> Open {
        let mut lengths: [Bits; Length::ALL.len()] = std::array::from_fn(|_| Bits::none(len));
        let (mut free, mut any, mut any_free) = (lengths.clone(), Bits::none(len), Bits::none(len));
        for doc in &self.open_ended {
            let doc = *doc as usize;
            lengths[OWN_TIME].insert(doc);
            free[OWN_TIME].insert(doc);
            any.insert(doc);
            any_free.insert(doc);
        }
        let day = today.num_days_from_ce();
        for at in (0..self.doc.len()).filter(|at| day <= self.until[*at]) {
            let (doc, length) = (self.doc[at] as usize, self.length[at] as usize);
            lengths[length].insert(doc);
            any.insert(doc);
            if self.has_places(at) {
                free[length].insert(doc);
                any_free.insert(doc);
            }
        }
        Open { today, lengths: lengths.into(), any: any.into(), free: free.into(), any_free: any_free.into() }
    }

    /// What fits where first days are asked for, or by somebody for themselves: by looking at each session.
    fn look(&self, asked: &Asked, listings: &[Listing]) -> Dates {
        let len = listings.len();
        let today = asked.today.num_days_from_ce();
        let chosen = chosen(asked);
        let (mut fits, mut with_places) = (Bits::none(len), Bits::none(len));
        let mut lengths: [Bits; Length::ALL.len()] = std::array::from_fn(|_| Bits::none(len));
        for at in self.beginning(asked.from, asked.to) {
            let at = *at as usize;
            if today > self.until[at] {
                continue;
            }
            let doc = self.doc[at] as usize;
            if asked.person.as_ref().is_some_and(|person| {
                let listing = &listings[doc];
                let run = &listing.runs[at - self.first[doc] as usize];
                !person.can_take(listing, run)
            }) {
                continue;
            }
            let left = self.has_places(at);
            if left || !asked.places_left {
                lengths[self.length[at] as usize].insert(doc);
            }
            if chosen >> self.length[at] & 1 == 0 {
                continue;
            }
            if left {
                with_places.insert(doc);
            }
            if left || !asked.places_left {
                fits.insert(doc);
            }
        }
        if asked.from.is_none() && asked.to.is_none() {
            for doc in self.open_ended.iter().map(|doc| *doc as usize) {
                if asked.person.as_ref().is_some_and(|person| !listings[doc].is_for(person.born, asked.today)) {
                    continue;
                }
                lengths[OWN_TIME].insert(doc);
                if chosen >> OWN_TIME & 1 == 1 {
                    with_places.insert(doc);
                    fits.insert(doc);
                }
            }
        }
        Dates { fits: fits.into(), with_places: with_places.into(), lengths: lengths.into() }
    }

    /// Sessions that begin on these days, by first day.
    fn beginning(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> &[u32] {
        let by_start = self.by_start.get_or_init(|| {
            let mut all: Vec<u32> = (0..self.doc.len() as u32).collect();
            all.sort_unstable_by_key(|at| (self.starts[*at as usize], *at));
            all
        });
        let before = |day: i32| by_start.partition_point(|at| self.starts[*at as usize] < day);
        let first = from.map_or(0, |day| before(day.num_days_from_ce()));
        let end = to.map_or(by_start.len(), |day| before(day.num_days_from_ce() + 1));
        &by_start[first..end.max(first)]
    }

    /// The session that counts, of those of an opportunity that meet what is asked.
    pub fn first(&self, doc: usize, asked: &Asked, listings: &[Listing]) -> First {
        let today = asked.today.num_days_from_ce();
        let from = asked.from.map_or(i32::MIN, |day| day.num_days_from_ce());
        let to = asked.to.map_or(i32::MAX, |day| day.num_days_from_ce());
        let chosen = chosen(asked);
        let range = self.of_doc(doc);
        let begin = range.start;
        range
            .filter(|at| {
                let person = |person: &Person| person.can_take(&listings[doc], &listings[doc].runs[at - begin]);
                today <= self.until[*at]
                    && (from..=to).contains(&self.starts[*at])
                    && chosen >> self.length[*at] & 1 == 1
                    && (!asked.places_left || self.has_places(*at))
                    && asked.person.as_ref().is_none_or(person)
            })
            .fold(First { closes: i32::MAX, starts: i32::MAX }, |first, at| First {
                closes: first.closes.min(self.closes[at]),
                starts: first.starts.min(self.starts[at]),
            })
    }

    /// The same of those that are open on a day, whatever else is asked: never later than [`Self::first`] says.
    pub fn soonest(&self, doc: usize, today: i32) -> First {
        self.of_doc(doc).filter(|at| today <= self.until[*at]).fold(
            First { closes: i32::MAX, starts: i32::MAX },
            |first, at| First { closes: first.closes.min(self.closes[at]), starts: first.starts.min(self.starts[at]) },
        )
    }
}

/// The lengths that are chosen, a bit for each: all of them where none is.
fn chosen(asked: &Asked) -> u8 {
    let chosen = asked.lengths.iter().fold(0_u8, |all, length| all | 1 << *length as u8);
    if chosen == 0 { u8::MAX } else { chosen }
}
