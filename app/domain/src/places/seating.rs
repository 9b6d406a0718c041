//! Who sits in which pool. A place never stays empty only because of who sat down first: when a learner
//! who qualifies for a reserved place holds an open one, they change over as soon as that lets somebody
//! else in. They notice nothing; what they were promised stays theirs.

use super::{Places, Pool, Qualifies, TooFew};

/// Somebody who holds a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// Which reserved places they may have, today. Somebody who no longer qualifies keeps what they hold.
    pub qualifies: Qualifies,
    /// Where their place lies.
    pub pool: Pool,
}

/// A free seat, and who changes over to make it free: the number of the holder, from where, to where; to
/// be done in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The pool to take the place from.
    pub pool: Pool,
    /// Who changes over before.
    pub moves: Vec<(usize, Pool, Pool)>,
}

/// The seat of somebody who qualifies so, if there is one: in a reserved pool first, then an open one;
/// then where somebody else can change over.
#[must_use]
pub fn seat(places: &Places, holders: &[Holder], qualifies: Qualifies) -> Option<Seat> {
    let pools = qualifies.pools();
    if let Some(pool) = pools.iter().find(|pool| places.free(**pool) > 0) {
        return Some(Seat { pool: *pool, moves: Vec::new() });
    }
    pools.into_iter().find_map(|pool| {
        let mut tried = vec![pool];
        Some(Seat { pool, moves: make_room(places, holders, pool, &mut tried)? })
    })
}

/// Seats somebody who qualifies so, and changes the others over as that needs. False when there is no seat: then
/// nothing has changed. For working out in advance what holding places one after the other will do.
#[must_use]
pub fn sit(places: &mut Places, holders: &mut Vec<Holder>, qualifies: Qualifies) -> bool {
    let Some(seat) = seat(places, holders, qualifies) else { return false };
    for (number, from, to) in seat.moves {
        places.add(from, -1);
        places.add(to, 1);
        holders[number].pool = to;
    }
    places.add(seat.pool, 1);
    holders.push(Holder { qualifies, pool: seat.pool });
    true
}

/// The changes that free a place in a full pool: somebody there moves to another pool that they qualify
/// for, where room is or can be made.
fn make_room(
    places: &Places,
    holders: &[Holder],
    pool: Pool,
    tried: &mut Vec<Pool>,
) -> Option<Vec<(usize, Pool, Pool)>> {
    for (number, holder) in holders.iter().enumerate().filter(|(_, holder)| holder.pool == pool) {
        for to in holder.qualifies.pools() {
            if tried.contains(&to) {
                continue;
            }
            if places.free(to) > 0 {
                return Some(vec![(number, pool, to)]);
            }
            tried.push(to);
            if let Some(mut moves) = make_room(places, holders, to, tried) {
                moves.push((number, pool, to));
                return Some(moves);
            }
        }
    }
    None
}

/// Where everybody who holds a place sits after the numbers have changed: as few as possible change over.
///
/// # Errors
/// [`TooFew`] when the new numbers have no room for somebody who holds a place.
pub fn seat_all(
    capacity: i64,
    reserved_priority: i64,
    reserved_school: i64,
    holders: &[Holder],
) -> Result<Vec<Pool>, TooFew> {
    if capacity < 1 || reserved_priority < 0 || reserved_school < 0 {
        return Err(TooFew::NoPlaces);
    }
    if reserved_priority.saturating_add(reserved_school) > capacity {
        return Err(TooFew::Reserved);
    }
    let held = i64::try_from(holders.len()).unwrap_or(i64::MAX);
    if held > capacity {
        return Err(TooFew::Held { held });
    }
    let mut places = Places { capacity, reserved_priority, reserved_school, ..Places::default() };
    let mut seated: Vec<Option<Pool>> = vec![None; holders.len()];
    // Who can stay, stays.
    for (seat, holder) in seated.iter_mut().zip(holders) {
        if places.free(holder.pool) > 0 {
            places.add(holder.pool, 1);
            *seat = Some(holder.pool);
        }
    }
    for number in 0..holders.len() {
        if seated[number].is_some() {
            continue;
        }
        // A seat among those who sit already; a holder who does not sit yet is in nobody's way.
        let sitting: Vec<(usize, Holder)> = seated
            .iter()
            .enumerate()
            .filter_map(|(n, pool)| Some((n, Holder { pool: (*pool)?, ..holders[n] })))
            .collect();
        let only: Vec<Holder> = sitting.iter().map(|(_, holder)| *holder).collect();
        let Some(found) = seat(&places, &only, holders[number].qualifies) else {
            let need = holders.iter().filter(|holder| holder.qualifies == Qualifies::default()).count();
            return Err(TooFew::Open { need: i64::try_from(need).unwrap_or(i64::MAX) });
        };
        for (n, from, to) in found.moves {
            places.add(from, -1);
            places.add(to, 1);
            seated[sitting[n].0] = Some(to);
        }
        places.add(found.pool, 1);
        seated[number] = Some(found.pool);
    }
    Ok(seated.into_iter().map(|pool| pool.unwrap_or(Pool::Open)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn q(priority: bool, school: bool) -> Qualifies {
        Qualifies { priority, school }
    }

    #[test]
    fn seats_are_counted_pool_by_pool() {
        let mut places = Places { capacity: 3, reserved_priority: 1, reserved_school: 1, ..Places::default() };
        let mut holders = Vec::new();
        assert!(sit(&mut places, &mut holders, q(false, false)));
        // Two places are left, and neither is for somebody who qualifies for none.
        assert!(!sit(&mut places, &mut holders, q(false, false)));
        assert_eq!(places.left(), 2);
        assert!(sit(&mut places, &mut holders, q(true, true)));
        // The second who is of the school makes the first one change over.
        assert!(sit(&mut places, &mut holders, q(false, true)));
        assert_eq!(holders.iter().map(|h| h.pool).collect::<Vec<_>>(), [Pool::Open, Pool::Priority, Pool::School]);
        assert_eq!(places.left(), 0);
    }

    #[test]
    fn those_who_qualify_take_reserved_places_first() {
        let places = Places { capacity: 4, reserved_priority: 1, reserved_school: 1, ..Places::default() };
        let pool = |places: &Places, q| seat(places, &[], q).map(|seat| seat.pool);
        assert_eq!(pool(&places, q(false, false)), Some(Pool::Open));
        assert_eq!(pool(&places, q(true, false)), Some(Pool::Priority));
        assert_eq!(pool(&places, q(true, true)), Some(Pool::School));
        let taken = Places { held_school: 1, ..places };
        assert_eq!(pool(&taken, q(true, true)), Some(Pool::Priority));
        assert_eq!(pool(&taken, q(false, true)), Some(Pool::Open));
    }

    #[test]
    fn an_open_place_is_freed_by_changing_over() {
        // Two open places, held by one who meets the priority by now and one who does not.
        let places = Places { capacity: 3, reserved_priority: 1, held_open: 2, ..Places::default() };
        let holders = [
            Holder { qualifies: q(false, false), pool: Pool::Open },
            Holder { qualifies: q(true, false), pool: Pool::Open },
        ];
        let found = seat(&places, &holders, q(false, false)).unwrap();
        assert_eq!((found.pool, found.moves), (Pool::Open, vec![(1, Pool::Open, Pool::Priority)]));
        // Without anybody who qualifies, the reserved place stays reserved.
        assert_eq!(seat(&places, &holders[..1], q(false, false)), None);
    }

    #[test]
    fn a_chain_of_changes_is_found() {
        // Open is full with a priority learner; the priority's pool with one who could sit in the school's.
        let places = Places {
            capacity: 3,
            reserved_priority: 1,
            reserved_school: 1,
            held_open: 1,
            held_priority: 1,
            ..Places::default()
        };
        let holders = [
            Holder { qualifies: q(true, false), pool: Pool::Open },
            Holder { qualifies: q(true, true), pool: Pool::Priority },
        ];
        let found = seat(&places, &holders, q(false, false)).unwrap();
        assert_eq!(found.moves, [(1, Pool::Priority, Pool::School), (0, Pool::Open, Pool::Priority)]);
    }

    #[test]
    fn numbers_that_have_no_room_say_why() {
        let open = Holder { qualifies: q(false, false), pool: Pool::Open };
        let first = Holder { qualifies: q(true, false), pool: Pool::Open };
        assert_eq!(seat_all(0, 0, 0, &[]), Err(TooFew::NoPlaces));
        assert_eq!(seat_all(2, 2, 1, &[]), Err(TooFew::Reserved));
        assert_eq!(seat_all(1, 0, 0, &[open, first]), Err(TooFew::Held { held: 2 }));
        assert_eq!(seat_all(2, 1, 0, &[open, open]), Err(TooFew::Open { need: 2 }));
        assert_eq!(seat_all(2, 1, 0, &[first, open]), Ok(vec![Pool::Priority, Pool::Open]));
    }

    /// One at a time and with changing over, as many get in as an all-knowing arrangement would let in.
    fn all_fit(places: &Places, people: &[Qualifies]) -> bool {
        // Hall's condition, written out for the three pools.
        let n = |f: fn(&Qualifies) -> bool| i64::try_from(people.iter().filter(|q| f(q)).count()).unwrap();
        let (open, p, s) = (places.size(Pool::Open), places.reserved_priority, places.reserved_school);
        n(|q| !q.priority && !q.school) <= open
            && n(|q| !q.school) <= open + p
            && n(|q| !q.priority) <= open + s
            && n(|_| true) <= open + p + s
    }

    proptest! {
        #[test]
        fn nobody_is_turned_away_who_has_a_seat_and_nothing_is_oversold(
            open in 0i64..4, reserved_priority in 0i64..4, reserved_school in 0i64..4,
            arrivals in prop::collection::vec((any::<bool>(), any::<bool>(), any::<bool>(), 0usize..8), 0..30),
        ) {
            let mut places = Places {
                capacity: open + reserved_priority + reserved_school, reserved_priority, reserved_school, ..Places::default()
            };
            let mut holders: Vec<Holder> = Vec::new();
            for (priority, school, leaves, which) in arrivals {
                if leaves && !holders.is_empty() {
                    let gone = holders.remove(which % holders.len());
                    places.add(gone.pool, -1);
                    continue;
                }
                let qualifies = q(priority, school);
                let mut people: Vec<Qualifies> = holders.iter().map(|holder| holder.qualifies).collect();
                people.push(qualifies);
                let found = seat(&places, &holders, qualifies);
                prop_assert_eq!(found.is_some(), all_fit(&places, &people));
                if let Some(found) = found {
                    for (n, from, to) in found.moves {
                        prop_assert_eq!(holders[n].pool, from);
                        prop_assert!(holders[n].qualifies.pools().contains(&to));
                        places.add(from, -1);
                        places.add(to, 1);
                        holders[n].pool = to;
                        prop_assert!(places.is_sound());
                    }
                    prop_assert!(qualifies.pools().contains(&found.pool));
                    places.add(found.pool, 1);
                    holders.push(Holder { qualifies, pool: found.pool });
                }
                prop_assert!(places.is_sound());
                let counted = |pool| i64::try_from(holders.iter().filter(|h| h.pool == pool).count()).unwrap();
                prop_assert!(Pool::ALL.iter().all(|pool| places.held_in(*pool) == counted(*pool)));
            }
        }

        #[test]
        fn new_numbers_seat_everybody_or_nobody_could(
            capacity in 1i64..8, reserved_priority in 0i64..4, reserved_school in 0i64..4,
            people in prop::collection::vec((any::<bool>(), any::<bool>()), 0..8),
        ) {
            prop_assume!(reserved_priority + reserved_school <= capacity);
            let holders: Vec<Holder> =
                people.iter().map(|(p, s)| Holder { qualifies: q(*p, *s), pool: Pool::Open }).collect();
            let places = Places { capacity, reserved_priority, reserved_school, ..Places::default() };
            let people: Vec<Qualifies> = holders.iter().map(|holder| holder.qualifies).collect();
            match seat_all(capacity, reserved_priority, reserved_school, &holders) {
                Ok(pools) => {
                    prop_assert!(all_fit(&places, &people));
                    let mut after = places;
                    for (pool, holder) in pools.iter().zip(&holders) {
                        prop_assert!(holder.qualifies.pools().contains(pool));
                        after.add(*pool, 1);
                    }
                    prop_assert!(after.is_sound());
                }
                Err(_) => prop_assert!(!all_fit(&places, &people)),
            }
        }
    }
}
