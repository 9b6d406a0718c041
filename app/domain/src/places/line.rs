//! The waiting list: its order, who is next, and how often places became free before.

use uuid::Uuid;

use super::{Holder, Places, Qualifies, Seat, seat};
use crate::priority::Priority;
use crate::time::Moment;

/// Where somebody stands on a waiting list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Their priority.
    pub priority: Priority,
    /// When they sent their application.
    pub submitted_at: Moment,
    /// The application, so that two of one moment have an order.
    pub id: Uuid,
    /// Which reserved places they may have.
    pub qualifies: Qualifies,
    /// They let an offer for these dates go: they are not asked again.
    pub let_go: bool,
    /// Their parent or carer said no: they keep where they stand, and are asked once that has become a yes.
    pub consent_refused: bool,
}

impl Standing {
    /// The list goes on to the next person: a place offered to this one could not be taken.
    #[must_use]
    pub fn is_passed_over(&self) -> bool {
        self.let_go || self.consent_refused
    }
}

/// Puts a waiting list into its order: those with a priority first, and among equals whoever applied first.
pub fn order(line: &mut [Standing]) {
    line.sort_by_key(|standing| (!standing.priority.goes_first(), standing.submitted_at, standing.id));
}

/// Who is offered the next place, and their seat: the first in the order who may have a place that is free.
/// Somebody further back goes before only where a free place is reserved and the others do not qualify.
#[must_use]
pub fn next_in_line(line: &[Standing], places: &Places, holders: &[Holder]) -> Option<(Standing, Seat)> {
    let mut line = line.to_vec();
    order(&mut line);
    line.into_iter()
        .filter(|standing| !standing.is_passed_over())
        .find_map(|standing| Some((standing, seat(places, holders, standing.qualifies)?)))
}

/// What past sessions say about how often places become free: `freed` has one number for each past session
/// with a waiting list, how many places became free after the list had begun. `None` without any: nothing
/// is said then.
#[must_use]
pub fn history_in_words(freed: &[i64]) -> Option<String> {
    let mut sorted = freed.to_vec();
    sorted.sort_unstable();
    // The middle one, the lower of two: rather too little hope than too much.
    let usual = *sorted.get(sorted.len().checked_sub(1)? / 2)?;
    let times = match usual {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    };
    Some(match (freed.len(), usual) {
        (1, ..=0) => "Last time, no place became free.".into(),
        (1, _) => format!("Last time, a place became free {times}."),
        (_, ..=0) => "Places do not usually become free.".into(),
        _ => format!("Places usually free up {times}."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::Pool;
    use proptest::prelude::*;

    fn standing(n: u128, at: i64, evidence: bool, rebook: bool) -> Standing {
        Standing {
            priority: Priority { evidence, rebook },
            submitted_at: Moment(at),
            id: Uuid::from_u128(n),
            qualifies: Qualifies { priority: evidence, school: false },
            let_go: false,
            consent_refused: false,
        }
    }

    #[test]
    fn priority_first_then_time() {
        let mut line = [
            standing(1, 10, false, false),
            standing(2, 30, true, false),
            standing(3, 20, false, true),
            standing(4, 5, false, false),
            standing(5, 40, true, true),
        ];
        order(&mut line);
        assert_eq!(line.map(|s| s.id.as_u128()), [3, 2, 5, 4, 1]);
    }

    #[test]
    fn a_reserved_place_goes_to_the_first_who_may_have_it() {
        let line = [standing(1, 10, false, true), standing(2, 20, true, false)];
        let only_reserved = Places { capacity: 2, reserved_priority: 1, held_open: 1, ..Places::default() };
        let holders = [Holder { qualifies: Qualifies::default(), pool: Pool::Open }];
        let (next, seat) = next_in_line(&line, &only_reserved, &holders).unwrap();
        assert_eq!((next.id.as_u128(), seat.pool), (2, Pool::Priority));
        let only_open = Places { capacity: 2, reserved_priority: 1, held_priority: 1, ..Places::default() };
        let holders = [Holder { qualifies: Qualifies { priority: true, school: false }, pool: Pool::Priority }];
        assert_eq!(next_in_line(&line, &only_open, &holders).unwrap().0.id.as_u128(), 1);
    }

    #[test]
    fn never_again_to_somebody_who_let_an_offer_go() {
        let line = [Standing { let_go: true, ..standing(1, 10, true, true) }, standing(2, 20, false, false)];
        let places = Places { capacity: 1, ..Places::default() };
        assert_eq!(next_in_line(&line, &places, &[]).unwrap().0.id.as_u128(), 2);
        assert_eq!(next_in_line(&line[..1], &places, &[]), None);
    }

    #[test]
    fn not_to_somebody_whose_parent_or_carer_said_no_until_that_is_a_yes() {
        let mut line =
            [Standing { consent_refused: true, ..standing(1, 10, true, false) }, standing(2, 20, false, false)];
        let places = Places { capacity: 1, ..Places::default() };
        assert_eq!(next_in_line(&line, &places, &[]).unwrap().0.id.as_u128(), 2);
        line[0].consent_refused = false;
        assert_eq!(next_in_line(&line, &places, &[]).unwrap().0.id.as_u128(), 1);
    }

    #[test]
    fn history_is_said_only_where_there_is_some() {
        assert_eq!(history_in_words(&[]), None);
        assert_eq!(history_in_words(&[0]).unwrap(), "Last time, no place became free.");
        assert_eq!(history_in_words(&[3]).unwrap(), "Last time, a place became free 3 times.");
        assert_eq!(history_in_words(&[5, 2, 2]).unwrap(), "Places usually free up twice.");
        assert_eq!(history_in_words(&[1, 4]).unwrap(), "Places usually free up once.");
        assert_eq!(history_in_words(&[0, 0, 4]).unwrap(), "Places do not usually become free.");
    }

    proptest! {
        #[test]
        fn nobody_is_passed_over_who_may_have_the_place(
            people in prop::collection::vec((0i64..5, any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()), 1..12),
            open in 0i64..2, reserved in 0i64..2,
        ) {
            let line: Vec<Standing> = people
                .iter()
                .enumerate()
                .map(|(n, (at, evidence, rebook, let_go, consent_refused))| Standing {
                    let_go: *let_go,
                    consent_refused: *consent_refused,
                    ..standing(n as u128, *at, *evidence, *rebook)
                })
                .collect();
            let places = Places { capacity: open + reserved, reserved_priority: reserved, ..Places::default() };
            let before = |a: &Standing, b: &Standing| {
                (a.priority.goes_first() && !b.priority.goes_first())
                    || (a.priority.goes_first() == b.priority.goes_first() && (a.submitted_at, a.id) < (b.submitted_at, b.id))
            };
            let may = |s: &Standing| !s.let_go && !s.consent_refused && seat(&places, &[], s.qualifies).is_some();
            match next_in_line(&line, &places, &[]) {
                Some((next, _)) => {
                    prop_assert!(may(&next));
                    prop_assert!(line.iter().all(|other| !may(other) || !before(other, &next)));
                }
                None => prop_assert!(!line.iter().any(may)),
            }
        }
    }
}
