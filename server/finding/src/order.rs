//! The order of the results: only as much is put in order as is shown.
//!
//! What is found is either gathered whole, where it is little, or met by walking along an order that is there
//! already: spots from the nearest on, or adverts by when they close, begin or were published. A walk ends as
//! soon as nothing that is still to come can be among the first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::Datelike;
use domain::search::{Listing, Query, Sort};

use crate::bits::Bits;
use crate::dates::{Asked, First};
use crate::filters::Sets;
use crate::segment::Segment;

/// What an opportunity is put in order by: smaller comes first. What is equal goes by title, then identifier.
pub type Key = [u32; 3];

/// Orders of everything in a segment.
#[derive(Debug)]
pub struct Orders {
    /// By title, then identifier: the position of each.
    rank: Vec<u32>,
    /// When each was published.
    published: Vec<i64>,
    /// From the newest on.
    newest: Vec<u32>,
    /// Of the day that was asked for last.
    days: Mutex<Option<Days>>,
}

/// By the session that closes, or begins, first of all that are open on a day: whatever else is asked for, none
/// of an advert's sessions that meet it is earlier. With that day.
#[derive(Debug, Clone)]
struct Days {
    today: i32,
    closing: Arc<Vec<(i32, u32)>>,
    starting: Arc<Vec<(i32, u32)>>,
}

impl Orders {
    /// Of these, in the order of their numbers.
    pub fn of(listings: &[Listing]) -> Self {
        let mut by_title: Vec<u32> = (0..listings.len() as u32).collect();
        by_title.sort_unstable_by(|a, b| {
            let (a, b) = (&listings[*a as usize], &listings[*b as usize]);
            a.title.cmp(&b.title).then_with(|| a.id.cmp(&b.id))
        });
        let mut rank = vec![0; listings.len()];
        for (at, doc) in by_title.iter().enumerate() {
            rank[*doc as usize] = at as u32;
        }
        let published: Vec<i64> = listings.iter().map(|one| one.published_at.0).collect();
        let mut newest = by_title;
        // Stable: what is equal stays by title.
        newest.sort_by_key(|doc| Reverse(published[*doc as usize]));
        Self { rank, published, newest, days: Mutex::default() }
    }

    fn days(&self, segment: &Segment, today: i32) -> Days {
        let mut days = self.days.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(days) = days.as_ref().filter(|days| days.today == today) {
            return days.clone();
        }
        let by = |day: fn(First) -> i32| {
            let of = |doc| day(segment.runs.soonest(doc, today));
            let mut all: Vec<(i32, u32)> = (0..segment.len()).map(|doc| (of(doc), doc as u32)).collect();
            all.sort_unstable();
            Arc::new(all)
        };
        let now = Days { today, closing: by(|first| first.closes), starting: by(|first| first.starts) };
        days.insert(now).clone()
    }
}

/// What is asked for, and what was found.
pub struct Asking<'a> {
    pub segment: &'a Segment,
    pub sets: &'a Sets,
    pub asked: &'a Asked,
    pub query: &'a Query,
}

/// The first `most` of a set in their order, each with its key.
pub fn first(asking: &Asking<'_>, found: &Bits, most: usize) -> Vec<(Key, usize)> {
    let strong = asking.sets.strong.as_ref().filter(|_| asking.query.sort == Sort::Best);
    let Some(strong) = strong else { return asking.group(found, 0, most) };
    // Whatever has a word in a strong place comes before whatever has it elsewhere.
    let (mut with, mut without) = (found.clone(), found.clone());
    with.and(strong);
    without.minus(strong);
    let mut all = asking.group(&with, 0, most);
    if all.len() < most {
        all.extend(asking.group(&without, 1, most - all.len()));
    }
    all
}

impl Asking<'_> {
    fn key(&self, doc: usize, weak: u32) -> Key {
        let day = |day: i32| u32::try_from(day).unwrap_or(0);
        let First { closes, starts } = match self.query.sort {
            Sort::Newest => return newest(self.segment.orders.published[doc]),
            _ => self.segment.runs.first(doc, self.asked, &self.segment.listings),
        };
        match (self.query.sort, &self.sets.distances) {
            // Without a sign, the bits of such numbers are in the order of the numbers.
            (Sort::Best | Sort::Nearest, Some(away)) => {
                [weak, away[self.segment.spots.spot(doc)].to_bits(), day(closes)]
            }
            (Sort::Starting, _) => [weak, day(starts), day(closes)],
            _ => [weak, day(closes), day(starts)],
        }
    }

    /// The first of those that are equally weak.
    fn group(&self, group: &Bits, weak: u32, most: usize) -> Vec<(Key, usize)> {
        let (count, len) = (group.count(), self.segment.len());
        let mut best = Best::new(&self.segment.orders.rank, most);
        // So many are met on the way until enough are in the group.
        let walk_is_shorter = len.saturating_mul(most) < count.saturating_mul(count);
        let spots = &self.segment.spots;
        let away = self.sets.distances.as_ref().filter(|_| matches!(self.query.sort, Sort::Best | Sort::Nearest));
        match (self.query.sort, away) {
            (_, Some(away)) if count > spots.len() / 4 && count > most => {
                let nearest = (0..spots.len()).map(|spot| Reverse(u64::from(away[spot].to_bits()) << 32 | spot as u64));
                let mut nearest: BinaryHeap<_> = nearest.collect();
                while let Some(Reverse(next)) = nearest.pop() {
                    if best.is_past([weak, (next >> 32) as u32, 0]) {
                        return best.finish();
                    }
                    let adverts = spots.adverts((next & u64::from(u32::MAX)) as usize);
                    group.iter_in(&adverts).for_each(|doc| best.add(self.key(doc, weak), doc));
                }
                if !best.is_past([weak, f32::INFINITY.to_bits(), 0]) {
                    let nowhere = spots.nowhere(len);
                    group.iter_in(&nowhere).for_each(|doc| best.add(self.key(doc, weak), doc));
                }
            }
            (Sort::Newest, None) if walk_is_shorter => {
                let some = self.segment.orders.newest.iter().map(|doc| *doc as usize).filter(|doc| group.has(*doc));
                some.take(most).for_each(|doc| best.add(self.key(doc, weak), doc));
            }
            (sort, None) if walk_is_shorter => {
                let days = self.segment.orders.days(self.segment, self.asked.today.num_days_from_ce());
                let order = if sort == Sort::Starting { days.starting } else { days.closing };
                for (day, doc) in order.iter().map(|(day, doc)| (*day, *doc as usize)) {
                    if best.is_past([weak, u32::try_from(day).unwrap_or(0), 0]) {
                        break;
                    }
                    if group.has(doc) {
                        best.add(self.key(doc, weak), doc);
                    }
                }
            }
            _ => group.iter().for_each(|doc| best.add(self.key(doc, weak), doc)),
        }
        best.finish()
    }
}

/// The first so many of what is added.
struct Best<'a> {
    rank: &'a [u32],
    most: usize,
    /// With the position by title, which decides between what is equal.
    all: Vec<(Key, u32, u32)>,
    /// The last of the first so many, once there are so many.
    last: Option<(Key, u32)>,
}

impl<'a> Best<'a> {
    fn new(rank: &'a [u32], most: usize) -> Self {
        Self { rank, most, all: Vec::new(), last: None }
    }

    fn add(&mut self, key: Key, doc: usize) {
        let rank = self.rank[doc];
        if self.last.is_some_and(|last| (key, rank) >= last) {
            return;
        }
        self.all.push((key, rank, doc as u32));
        // Twice as many as are wanted are gathered before the better half is kept; from then on, what is no better
        // than the last of that half is not even gathered.
        let room = if self.last.is_none() { self.most } else { self.most.saturating_mul(2) };
        if self.all.len() >= room.max(1) {
            self.keep();
        }
    }

    fn keep(&mut self) {
        if self.most == 0 {
            self.all.clear();
            self.last = Some(([0; 3], 0));
            return;
        }
        let (_, last, _) = self.all.select_nth_unstable(self.most - 1);
        self.last = Some((last.0, last.1));
        self.all.truncate(self.most);
    }

    /// Whether nothing from this key on can be among the first any more.
    fn is_past(&self, key: Key) -> bool {
        self.last.is_some_and(|(last, _)| key > last)
    }

    fn finish(mut self) -> Vec<(Key, usize)> {
        if self.all.len() > self.most {
            self.keep();
        }
        self.all.sort_unstable();
        self.all.into_iter().map(|(key, _, doc)| (key, doc as usize)).collect()
    }
}

fn newest(published: i64) -> Key {
    let late = u64::try_from(i64::MAX - published.max(0)).unwrap_or(0);
    [0, (late >> 32) as u32, late as u32]
}
