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
    let near = sets.distances.as_deref();
    let day = |day: i32| u32::try_from(day).unwrap_or(0);
    let key = |doc: usize| {
        let closes = || day(sets.dates.closes[doc]);
        let starts = || day(sets.dates.starts[doc]);
        let weak = || u32::from(sets.strong.as_ref().is_some_and(|strong| !strong.has(doc)));
        match (query.sort, near) {
            // Without a sign, the bits of such numbers are in the order of the numbers.
            (Sort::Best, Some(away)) => [weak(), away[doc].to_bits(), closes()],
            (Sort::Best, None) => [weak(), closes(), starts()],
            (Sort::Nearest, Some(away)) => [0, away[doc].to_bits(), closes()],
            (Sort::Nearest, None) | (Sort::Closing, _) => [0, closes(), starts()],
            (Sort::Starting, _) => [0, starts(), closes()],
            (Sort::Newest, _) => newest(segment.published[doc]),
        }
    };
    // Twice as many as are wanted are gathered before the better half is kept; from then on, what is no better
    // than the last of that half is not even gathered.
    let room = most.saturating_mul(2).max(2);
    let mut keys: Vec<(Key, u32)> = Vec::new();
    let mut last: Option<Key> = None;
    for doc in found.iter() {
        let key = key(doc);
        // What is equal goes by its number, and the numbers rise.
        if last.is_some_and(|last| key >= last) {
            continue;
        }
        keys.push((key, u32::try_from(doc).unwrap_or(u32::MAX)));
        if keys.len() >= room {
            last = Some(better(&mut keys, most));
        }
    }
    if keys.len() > most {
        better(&mut keys, most);
    }
    keys.sort_unstable();
    keys.into_iter().map(|(key, doc)| (key, doc as usize)).collect()
}

/// Keeps the first so many, and says the key of the last of them.
fn better(keys: &mut Vec<(Key, u32)>, most: usize) -> Key {
    if most == 0 {
        keys.clear();
        return [0; 3];
    }
    let (_, last, _) = keys.select_nth_unstable(most - 1);
    let last = last.0;
    keys.truncate(most);
    last
}

fn newest(published: i64) -> Key {
    let late = u64::try_from(i64::MAX - published.max(0)).unwrap_or(0);
    [0, (late >> 32) as u32, late as u32]
}
