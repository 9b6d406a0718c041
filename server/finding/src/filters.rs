//! The sets of a query in a segment: one for each filter, cut with each other with and without each.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

use domain::search::{Place, Query};

use crate::bits::Bits;
use crate::dates::{Asked, Dates};
use crate::segment::{OLDEST, Segment};
use crate::spots::chord_squared;
use crate::words::Wanted;

/// The filters whose choices have numbers beside them, and the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// Words, age: without numbers.
    Rest,
    Kind,
    Delivery,
    Profession,
    Setting,
    Area,
    Audience,
    Needs,
    /// Dates, lengths and places left: all of them are met by one session.
    Dates,
    Near,
}

/// How far every spot of a segment is from the place of one search: worked out once, however often it is asked.
#[derive(Debug, Default)]
pub struct Away(OnceCell<Arc<Vec<f32>>>);

impl Away {
    fn of(&self, segment: &Segment, place: &Place) -> Arc<Vec<f32>> {
        self.0.get_or_init(|| segment.spots.distances(place).into()).clone()
    }
}

/// A query in a segment.
pub struct Sets {
    sets: Vec<(Filter, Bits)>,
    /// Everything that is not gone, where anything is.
    here: Option<Bits>,
    len: usize,
    /// With all words in strong places.
    pub strong: Option<Bits>,
    pub dates: Dates,
    /// How far each spot is; none without a place.
    pub distances: Option<Arc<Vec<f32>>>,
}

impl Sets {
    pub fn of(
        segment: &Segment,
        gone: Option<&Bits>,
        query: &Query,
        words: &[Wanted],
        place: Option<&Place>,
        asked: &Asked,
        away: &Away,
    ) -> Self {
        let len = segment.len();
        let here = gone.map(|gone| {
            let mut here = Bits::all(len);
            here.minus(gone);
            here
        });
        let mut sets = Vec::new();
        let mut any = |filter: Filter, mut chosen: &mut dyn Iterator<Item = &Bits>| {
            if let Some(first) = chosen.next() {
                let mut all = first.clone();
                for one in &mut chosen {
                    all.or(one);
                }
                sets.push((filter, all));
            }
        };
        any(Filter::Kind, &mut query.kinds.iter().map(|kind| &segment.kinds[*kind as usize]));
        any(Filter::Delivery, &mut query.delivery.iter().map(|way| &segment.delivery[*way as usize]));
        any(Filter::Profession, &mut query.professions.iter().map(|one| &segment.professions[*one as usize]));
        any(Filter::Setting, &mut query.settings.iter().map(|one| &segment.settings[*one as usize]));
        any(Filter::Audience, &mut query.audience.iter().map(|one| &segment.audiences[*one as usize]));
        any(Filter::Needs, &mut query.nothing_needed.then_some(&segment.nothing_needed).into_iter());
        if !query.areas.is_empty() {
            let mut all = Bits::none(len);
            for (found, _) in query.areas.iter().filter_map(|code| segment.areas.get(code.as_str())) {
                all.or(found);
            }
            sets.push((Filter::Area, all));
        }
        if let Some(age) = query.age {
            sets.push((Filter::Rest, segment.ages[age.min(OLDEST) as usize].clone()));
        }
        let mut strong: Option<Bits> = None;
        for one in words {
            let (mut all, mut in_strong) = (Bits::none(len), Bits::none(len));
            for stems in &one.any_of {
                segment.words.find(stems, &mut all, &mut in_strong, len);
            }
            sets.push((Filter::Rest, all));
            match &mut strong {
                Some(strong) => strong.and(&in_strong),
                None => strong = Some(in_strong),
            }
        }
        let dates = segment.runs.dates(asked, &segment.listings);
        let distances = place.map(|place| away.of(segment, place));
        if let (Some(miles), Some(distances)) = (query.within, &distances) {
            // Something online is near to everybody.
            let mut near = segment.spots.within(distances, chord_squared(f64::from(miles)));
            near.or(&segment.online);
            sets.push((Filter::Near, near));
        }
        Self { sets, here, len, strong, dates, distances }
    }

    /// What is met by every filter.
    pub fn all(&self) -> Bits {
        self.without(None)
    }

    /// What is met by every filter but this one; `all` is [`Self::all`].
    pub fn except<'a>(&self, filter: Filter, all: &'a Bits) -> Cow<'a, Bits> {
        let chosen = filter == Filter::Dates || self.sets.iter().any(|(of, _)| *of == filter);
        if chosen { Cow::Owned(self.without(Some(filter))) } else { Cow::Borrowed(all) }
    }

    fn without(&self, filter: Option<Filter>) -> Bits {
        let dates = (filter != Some(Filter::Dates)).then_some(&*self.dates.fits);
        let others = self.sets.iter().filter(|(of, _)| Some(*of) != filter).map(|(_, set)| set);
        let mut sets = dates.into_iter().chain(&self.here).chain(others);
        let mut left = sets.next().map_or_else(|| Bits::all(self.len), Bits::clone);
        sets.for_each(|set| left.and(set));
        left
    }
}
