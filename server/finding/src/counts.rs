//! What every choice would find.

use std::borrow::Cow;

use domain::search::{Audience, Counts, Length, Query, RADII, Setting};
use domain::{Delivery, Kind, Profession};

use crate::bits::{Bits, Pieces};
use crate::filters::{Filter, Sets};
use crate::index::Area;
use crate::segment::Segment;
use crate::spots::chord_squared;

/// Adds a segment's numbers. `all` is what meets every filter.
pub fn add(counts: &mut Counts, segment: &Segment, sets: &Sets, all: &Bits, query: &Query, areas: &[Area]) {
    let everywhere = all.pieces();
    let base = |filter| Base::of(sets.except(filter, all), &everywhere);
    each(&mut counts.kinds, &Kind::ALL, &segment.kinds, &base(Filter::Kind));
    each(&mut counts.delivery, &Delivery::ALL, &segment.delivery, &base(Filter::Delivery));
    each(&mut counts.professions, Profession::ALL, &segment.professions, &base(Filter::Profession));
    each(&mut counts.settings, Setting::ALL, &segment.settings, &base(Filter::Setting));
    each(&mut counts.audiences, Audience::ALL, &segment.audiences, &base(Filter::Audience));
    counts.nothing_needed += base(Filter::Needs).count_with(&segment.nothing_needed);
    let dates = base(Filter::Dates);
    each(&mut counts.lengths, Length::ALL, &*sets.dates.lengths, &dates);
    counts.places_left += dates.count_with(&sets.dates.with_places);

    if counts.areas.is_empty() {
        counts.areas = areas.iter().map(Area::with_none).collect();
    }
    let anywhere = base(Filter::Area);
    for (count, area) in counts.areas.iter_mut().zip(areas) {
        if let Some((set, pieces)) = segment.areas.get(&area.code) {
            count.count += anywhere.set.count_with_in(set, anywhere.pieces.fewer(pieces));
        }
    }

    let base = sets.except(Filter::Near, all);
    let found = base.count();
    counts.any_distance += found;
    if let Some(distances) = &sets.distances {
        let mut radii: Vec<u32> = RADII.into_iter().chain(query.within).collect();
        radii.sort_unstable();
        radii.dedup();
        let most: Vec<f32> = radii.iter().map(|miles| chord_squared(f64::from(*miles))).collect();
        // How many are nearer than each, and not than the one before.
        let mut rings = vec![0; radii.len()];
        let furthest = most.last().copied().unwrap_or_default();
        let ring = |spot: usize| {
            let away = distances[spot];
            if away > furthest { None } else { most.iter().position(|most| away <= *most) }
        };
        let spots = &segment.spots;
        if found < spots.len() {
            for doc in base.iter() {
                if let Some(ring) = ring(spots.spot(doc)) {
                    rings[ring] += 1;
                }
            }
        } else {
            for spot in 0..spots.len() {
                if let Some(ring) = ring(spot) {
                    rings[ring] += base.count_in(&spots.adverts(spot));
                }
            }
        }
        if counts.within.is_empty() {
            counts.within = radii.iter().map(|miles| (*miles, 0)).collect();
        }
        let mut sum = base.count_with(&segment.online);
        for (ring, (_, count)) in rings.into_iter().zip(&mut counts.within) {
            sum += ring;
            *count += sum;
        }
    }
}

/// What meets every filter but one.
struct Base<'a> {
    set: Cow<'a, Bits>,
    /// Where it lies.
    pieces: Cow<'a, Pieces>,
}

impl<'a> Base<'a> {
    /// `everywhere` is where the answer lies: what is cut with every filter.
    fn of(set: Cow<'a, Bits>, everywhere: &'a Pieces) -> Self {
        let pieces = match &set {
            Cow::Borrowed(_) => Cow::Borrowed(everywhere),
            Cow::Owned(set) => Cow::Owned(set.pieces()),
        };
        Self { set, pieces }
    }

    fn count_with(&self, other: &Bits) -> usize {
        self.set.count_with_in(other, &self.pieces)
    }
}

fn each<T: Copy>(counts: &mut Vec<(T, usize)>, choices: &[T], sets: &[Bits], base: &Base<'_>) {
    if counts.is_empty() {
        counts.extend(choices.iter().map(|choice| (*choice, 0)));
    }
    for ((_, count), set) in counts.iter_mut().zip(sets) {
        *count += base.count_with(set);
    }
}
