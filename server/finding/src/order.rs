//! The order of the results: only as much is put in order as is shown.

use domain::search::{Query, Sort};

use crate::bits::Bits;
use crate::filters::Sets;
use crate::segment::Segment;

/// What an opportunity is put in order by: smaller comes first. What is equal goes by title, then identifier,
/// which is the order in a segment.
pub type Key = [u32; 3];

/// The first `most` of a set in their order, each with its key.
pub fn first(segment: &Segment, sets: &Sets, found: &Bits, query: &Query, most: usize) -> Vec<(Key, usize)> {
    let near = sets.distances.is_some();
    let day = |day: i32| u32::try_from(day).unwrap_or(0);
    let mut keys: Vec<(Key, u32)> = found
        .iter()
        .map(|doc| {
            let closes = day(sets.dates.closes[doc]);
            let starts = day(sets.dates.starts[doc]);
            // Without a sign, the bits of such numbers are in the order of the numbers.
            let distance = || sets.distance(segment, doc).to_bits();
            let weak = u32::from(sets.strong.as_ref().is_some_and(|strong| !strong.has(doc)));
            let key = match query.sort {
                Sort::Best if near => [weak, distance(), closes],
                Sort::Best => [weak, closes, starts],
                Sort::Nearest if near => [0, distance(), closes],
                Sort::Nearest | Sort::Closing => [0, closes, starts],
                Sort::Starting => [0, starts, closes],
                Sort::Newest => newest(segment.listings[doc].published_at.0),
            };
            (key, u32::try_from(doc).unwrap_or(u32::MAX))
        })
        .collect();
    if most < keys.len() && most > 0 {
        keys.select_nth_unstable(most - 1);
    }
    keys.truncate(most);
    keys.sort_unstable();
    keys.into_iter().map(|(key, doc)| (key, doc as usize)).collect()
}

fn newest(published: i64) -> Key {
    let late = u64::try_from(i64::MAX - published.max(0)).unwrap_or(0);
    [0, (late >> 32) as u32, late as u32]
}
