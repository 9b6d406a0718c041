//! A part of the index: adverts in the order of where they are, and for everything that can be chosen the set
//! of those that have it.

use std::collections::HashMap;
use std::sync::Arc;

use domain::ids::{OpportunityId, SessionId};
use domain::search::{Audience, Listing, Setting, Text};
use domain::{Delivery, Kind, Profession};

use crate::bits::{Bits, Pieces};
use crate::dates::Runs;
use crate::order::Orders;
use crate::spots::{Spots, number_by};
use crate::vocabulary::{Gathering, Vocabulary};

/// A part of the index. It stays as it is, but for the places that are held.
#[derive(Debug)]
pub struct Segment {
    /// By spot, then title, then identifier.
    pub listings: Vec<Listing>,
    pub orders: Orders,
    pub words: Vocabulary,
    pub runs: Runs,
    pub kinds: Vec<Bits>,
    pub delivery: Vec<Bits>,
    pub professions: Vec<Bits>,
    pub settings: Vec<Bits>,
    /// Named, or open to everybody.
    pub audiences: Vec<Bits>,
    pub nothing_needed: Bits,
    /// By the codes of regions and boards; each with where it lies.
    pub areas: HashMap<Arc<str>, (Bits, Pieces)>,
    /// By age in years: for whom of that age each is.
    pub ages: Vec<Bits>,
    /// What happens on a screen only.
    pub online: Bits,
    pub spots: Spots,
    by_id: HashMap<OpportunityId, u32>,
    by_run: HashMap<SessionId, u32>,
}

/// Who is older is as old as this for every advert.
pub const OLDEST: u32 = 120;

/// From so many on, two processors share the words.
const MANY: usize = 10_000;

/// The words of these.
fn words_of(listings: &[Listing]) -> Vocabulary {
    let gather = |some: &[Listing], first: usize| {
        let mut words = Gathering::new();
        for (doc, listing) in some.iter().enumerate() {
            let number = u32::try_from(first + doc).unwrap_or(u32::MAX);
            words.add(number, &listing.title, &listing.text.strong, &listing.text.weak);
        }
        words
    };
    if listings.len() < MANY {
        return gather(listings, 0).finish(listings.len());
    }
    let (one, other) = listings.split_at(listings.len() / 2);
    let both = std::thread::scope(|threads| {
        let other = threads.spawn(|| gather(other, one.len()));
        let one = gather(one, 0);
        other.join().map(|other| one.with(other))
    });
    both.unwrap_or_else(|panic| std::panic::resume_unwind(panic)).finish(listings.len())
}

impl Segment {
    /// Puts adverts in order. With `keep_text` they keep their words, to be put in order once more with others.
    pub fn build(mut listings: Vec<Listing>, keep_text: bool) -> Self {
        listings.sort_unstable_by(|a, b| {
            number_by(a).cmp(&number_by(b)).then_with(|| a.title.cmp(&b.title)).then_with(|| a.id.cmp(&b.id))
        });
        listings.shrink_to_fit();
        let len = listings.len();
        let words = words_of(&listings);
        let mut runs = Runs::default();
        let mut areas: HashMap<Arc<str>, Bits> = HashMap::new();
        let mut by_id = HashMap::with_capacity(len);
        let mut by_run = HashMap::new();
        for (doc, listing) in listings.iter_mut().enumerate() {
            let number = u32::try_from(doc).unwrap_or(u32::MAX);
            if !keep_text {
                listing.text = Text::default();
            }
            let first = runs.add(number, listing);
            by_run.extend(listing.runs.iter().zip(first..).map(|(run, at)| (run.id, at)));
            by_id.insert(listing.id, number);
            for code in [&listing.region, &listing.board].into_iter().flatten() {
                areas.entry(code.clone()).or_insert_with(|| Bits::none(len)).insert(doc);
            }
        }
        let when = |is: &dyn Fn(&Listing) -> bool| Bits::when(len, |doc| is(&listings[doc]));
        let areas = areas.into_iter().map(|(code, set)| {
            let pieces = set.pieces();
            (code, (set, pieces))
        });
        Self {
            words,
            runs,
            orders: Orders::of(&listings),
            kinds: Kind::ALL.iter().map(|kind| when(&|one| one.kind == *kind)).collect(),
            delivery: Delivery::ALL.iter().map(|way| when(&|one| suits(*way, one.delivery))).collect(),
            professions: Profession::ALL.iter().map(|area| when(&|one| one.profession == Some(*area))).collect(),
            settings: Setting::ALL.iter().map(|setting| when(&|one| one.setting == Some(*setting))).collect(),
            audiences: Audience::ALL
                .iter()
                .map(|who| when(&|one| one.audiences.is_empty() || one.audiences.contains(who)))
                .collect(),
            nothing_needed: when(&|one| one.nothing_needed),
            areas: areas.collect(),
            ages: (0..=OLDEST)
                .map(|age| {
                    when(&|one| {
                        one.min_age.is_none_or(|least| least <= age) && one.max_age.is_none_or(|most| age <= most)
                    })
                })
                .collect(),
            online: when(&|one| one.delivery == Delivery::Online),
            spots: Spots::of(&listings),
            by_id,
            by_run,
            listings,
        }
    }

    pub fn len(&self) -> usize {
        self.listings.len()
    }

    pub fn find(&self, id: OpportunityId) -> Option<usize> {
        self.by_id.get(&id).map(|doc| *doc as usize)
    }

    /// So many places of a session are held. Whether it is here.
    pub fn set_held(&self, run: SessionId, held: i64) -> bool {
        let Some(at) = self.by_run.get(&run) else { return false };
        self.runs.set_held(*at, held);
        if let Some(run) = self.listings[self.runs.of(*at)].runs.iter().find(|one| one.id == run) {
            run.held.set(held);
        }
        true
    }
}

/// Whether something that is offered so is found by who asks so.
fn suits(asked: Delivery, offered: Delivery) -> bool {
    asked == offered || offered == Delivery::Mixed
}
