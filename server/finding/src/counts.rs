//! What every choice would find.

use domain::search::{Audience, Counts, Length, Query, RADII, Setting};
use domain::{Delivery, Kind, Profession};

use crate::bits::Bits;
use crate::filters::{Filter, Sets};
use crate::index::Area;
use crate::segment::{Segment, chord_squared};

/// Adds a segment's numbers. `all` is what meets every filter.
pub fn add(counts: &mut Counts, segment: &Segment, sets: &Sets, all: &Bits, query: &Query, areas: &[Area]) {
    let base = sets.except(Filter::Kind, all);
    each(&mut counts.kinds, &Kind::ALL, &segment.kinds, &base);
    let base = sets.except(Filter::Delivery, all);
    each(&mut counts.delivery, &Delivery::ALL, &segment.delivery, &base);
    let base = sets.except(Filter::Profession, all);
    each(&mut counts.professions, Profession::ALL, &segment.professions, &base);
    let base = sets.except(Filter::Setting, all);
    each(&mut counts.settings, Setting::ALL, &segment.settings, &base);
    let base = sets.except(Filter::Audience, all);
    each(&mut counts.audiences, Audience::ALL, &segment.audiences, &base);
    let base = sets.except(Filter::Needs, all);
    counts.nothing_needed += base.count_with(&segment.nothing_needed);
    let base = sets.except(Filter::Dates, all);
    each(&mut counts.lengths, Length::ALL, &sets.dates.lengths, &base);
    counts.places_left += base.count_with(&sets.dates.with_places);

    let base = sets.except(Filter::Area, all);
    if counts.areas.is_empty() {
        counts.areas = areas.iter().map(Area::with_none).collect();
    }
    for (count, area) in counts.areas.iter_mut().zip(areas) {
        count.count += segment.areas.get(&area.code).map_or(0, |set| base.count_with(set));
    }

    let base = sets.except(Filter::Near, all);
    counts.any_distance += base.count();
    if let Some(distances) = &sets.distances {
        let mut radii: Vec<u32> = RADII.into_iter().chain(query.within).collect();
        radii.sort_unstable();
        radii.dedup();
        let most: Vec<f32> = radii.iter().map(|miles| chord_squared(f64::from(*miles))).collect();
        // How many are nearer than each, and not than the one before.
        let mut rings = vec![0; radii.len()];
        let online = Sets::online(segment);
        let everywhere = base.count_with(&online);
        for doc in base.iter().filter(|doc| !online.has(*doc)) {
            if let Some(ring) = most.iter().position(|most| distances[doc] <= *most) {
                rings[ring] += 1;
            }
        }
        if counts.within.is_empty() {
            counts.within = radii.iter().map(|miles| (*miles, 0)).collect();
        }
        let mut sum = everywhere;
        for (ring, (_, count)) in rings.into_iter().zip(&mut counts.within) {
            sum += ring;
            *count += sum;
        }
    }
}

fn each<T: Copy>(counts: &mut Vec<(T, usize)>, choices: &[T], sets: &[Bits], base: &Bits) {
    if counts.is_empty() {
        counts.extend(choices.iter().map(|choice| (*choice, 0)));
    }
    for ((_, count), set) in counts.iter_mut().zip(sets) {
        *count += base.count_with(set);
    }
}
