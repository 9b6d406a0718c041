//! What else may suit somebody who asked for one thing: a ranking, pure and the same for whoever asks.

use chrono::NaiveDate;

use crate::eligibility::can_apply;
use crate::ids::{OpportunityId, OrganisationId, SessionId};
use crate::search::{Listing, Place, Run};
use crate::{Delivery, Kind, Profession};

/// How many a coordinator may suggest beside one no.
pub const MOST: usize = 3;
/// Farther than this is nothing to suggest, in miles.
const TOO_FAR: f64 = 80.0;

/// What somebody asked for, and who they are as far as it matters here.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Whose it was.
    pub organisation: OrganisationId,
    /// Area of work.
    pub profession: Option<Profession>,
    /// Kind.
    pub kind: Kind,
    /// Where it was, or else where their school is.
    pub near: Option<(f64, f64)>,
    /// Its first day.
    pub starts_on: NaiveDate,
    /// When they were born.
    pub born: Option<NaiveDate>,
    /// Sessions that they asked for already, whatever became of it.
    pub except: Vec<SessionId>,
    /// Opportunities that are not suggested at all.
    pub except_opportunities: Vec<OpportunityId>,
}

/// Something that may suit.
#[derive(Debug, Clone)]
pub struct Suits<'a> {
    /// What it is.
    pub listing: &'a Listing,
    /// The session to apply for; `None` for what is taken at any time.
    pub run: Option<&'a Run>,
    /// How far from what was asked for, in miles.
    pub miles: Option<f64>,
    /// Whether it is of the same provider.
    pub own: bool,
}

/// What suits, best first; with `own_first`, the same provider's before everybody else's. Only what this
/// person can apply for today, has a free place, and is not too far away.
///
/// Nearer the wish is better: the same area of work counts most, then the same kind, then how near it is
/// and how close its dates are. What is as good comes in the order of its first day.
#[must_use]
pub fn rank<'a>(
    listings: impl IntoIterator<Item = &'a Listing>,
    wish: &Wish,
    own_first: bool,
    today: NaiveDate,
) -> Vec<Suits<'a>> {
    let mut found: Vec<(bool, u32, NaiveDate, Suits<'a>)> = listings
        .into_iter()
        .filter(|listing| !wish.except_opportunities.contains(&listing.id))
        .filter_map(|listing| {
            let run = best_run(listing, wish, today);
            if run.is_none() && !(listing.open_ended && wish.born.is_none_or(|born| listing.is_for(born, today))) {
                return None;
            }
            let miles = distance(listing, wish);
            if miles.is_some_and(|miles| miles > TOO_FAR) {
                return None;
            }
            let own = listing.provider == wish.organisation;
            let score = score(listing, run, miles, wish);
            let first = run.map_or(NaiveDate::MAX, |run| run.starts_on);
            Some((own_first && !own, score, first, Suits { listing, run, miles, own }))
        })
        .collect();
    found.sort_by_key(|one| (one.0, one.1, one.2, one.3.listing.id));
    found.into_iter().map(|(_, _, _, suits)| suits).collect()
}

/// The session that this person can have, closest to the dates that they asked for.
fn best_run<'a>(listing: &'a Listing, wish: &Wish, today: NaiveDate) -> Option<&'a Run> {
    listing
        .runs
        .iter()
        .filter(|run| run.left() > 0 && !wish.except.contains(&run.id))
        .filter(|run| can_apply(&listing.asks(run), wish.born, today).is_yes())
        .min_by_key(|run| ((run.starts_on - wish.starts_on).num_days().abs(), run.starts_on, run.id))
}

fn distance(listing: &Listing, wish: &Wish) -> Option<f64> {
    let (latitude, longitude) = wish.near?;
    let (to_latitude, to_longitude) = listing.at.filter(|_| listing.delivery != Delivery::Online)?;
    Some(Place { name: String::new(), latitude, longitude }.miles_to(to_latitude, to_longitude))
}

fn score(listing: &Listing, run: Option<&Run>, miles: Option<f64>, wish: &Wish) -> u32 {
    let profession = u32::from(wish.profession.is_some() && listing.profession != wish.profession) * 4;
    let kind = u32::from(listing.kind != wish.kind) * 3;
    let distance = match miles {
        Some(miles) if miles <= 10.0 => 0,
        Some(miles) if miles <= 30.0 => 1,
        None if listing.delivery == Delivery::Online => 1,
        _ => 2,
    };
    let dates = match run.map(|run| (run.starts_on - wish.starts_on).num_days().abs()) {
        Some(..=30) => 0,
        Some(..=120) | None => 1,
        Some(_) => 2,
    };
    profession + kind + distance + dates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Text;
    use uuid::Uuid;

    fn d(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, month, day).unwrap()
    }
    const LEEDS: (f64, f64) = (53.796, -1.547);
    const YORK: (f64, f64) = (53.958, -1.08);
    const LONDON: (f64, f64) = (51.507, -0.128);

    fn run(n: u128, month: u32) -> Run {
        Run {
            id: SessionId(Uuid::from_u128(n)),
            starts_on: d(month, 5),
            ends_on: d(month, 9),
            starts_at: None,
            ends_at: None,
            closes_on: d(month, 1),
            capacity: 2,
            held: 0.into(),
            cancelled: false,
        }
    }
    fn listing(n: u128, provider: u128) -> Listing {
        Listing {
            id: OpportunityId(Uuid::from_u128(n)),
            provider: OrganisationId(Uuid::from_u128(provider)),
            slug: format!("l{n}"),
            title: format!("Listing {n}"),
            organisation: "Somebody".into(),
            town: None,
            at: Some(LEEDS),
            kind: Kind::WorkExperience,
            delivery: Delivery::InPerson,
            profession: Some(Profession::Pharmacy),
            min_age: Some(14),
            max_age: None,
            open_ended: false,
            shows_places: true,
            runs: vec![run(n, 7)],
            text: Text::default(),
            board: None,
            region: None,
            setting: None,
            audiences: vec![],
            nothing_needed: false,
            published_at: crate::time::Moment(0),
        }
    }
    fn wish() -> Wish {
        Wish {
            organisation: OrganisationId(Uuid::from_u128(1)),
            profession: Some(Profession::Pharmacy),
            kind: Kind::WorkExperience,
            near: Some(LEEDS),
            starts_on: d(7, 5),
            born: NaiveDate::from_ymd_opt(2010, 3, 27),
            except: Vec::new(),
            except_opportunities: Vec::new(),
        }
    }
    fn order(listings: &[Listing], wish: &Wish, own_first: bool) -> Vec<u128> {
        rank(listings, wish, own_first, d(3, 1)).iter().map(|suits| suits.listing.id.0.as_u128()).collect()
    }

    #[test]
    fn the_same_work_counts_most_then_the_kind_then_distance_and_dates() {
        let other_work = Listing { profession: Some(Profession::Dental), ..listing(1, 2) };
        let other_kind = Listing { kind: Kind::CareersInformation, ..listing(2, 2) };
        let farther = Listing { at: Some(YORK), ..listing(3, 2) };
        let later = Listing { runs: vec![run(4, 12)], ..listing(4, 2) };
        let same = listing(5, 2);
        assert_eq!(order(&[other_work, other_kind, farther, later, same], &wish(), false), [5, 3, 4, 2, 1]);
    }

    #[test]
    fn a_providers_own_come_first_where_it_suggests() {
        let own = Listing { profession: Some(Profession::Dental), ..listing(1, 1) };
        let better = listing(2, 2);
        assert_eq!(order(&[own.clone(), better.clone()], &wish(), true), [1, 2]);
        assert_eq!(order(&[own, better], &wish(), false), [2, 1]);
    }

    #[test]
    fn nothing_is_suggested_that_cannot_be_had() {
        let full = Listing { runs: vec![Run { held: 2.into(), ..run(1, 7) }], ..listing(1, 2) };
        let closed = Listing { runs: vec![Run { closes_on: d(2, 1), ..run(2, 7) }], ..listing(2, 2) };
        let cancelled = Listing { runs: vec![Run { cancelled: true, ..run(3, 7) }], ..listing(3, 2) };
        let too_old_for_them = Listing { min_age: Some(18), ..listing(4, 2) };
        let too_far = Listing { at: Some(LONDON), ..listing(5, 2) };
        let asked = listing(6, 2);
        let wish = Wish { except: vec![SessionId(Uuid::from_u128(6))], ..wish() };
        assert!(order(&[full, closed, cancelled, too_old_for_them, too_far, asked], &wish, false).is_empty());
    }

    #[test]
    fn other_dates_of_the_same_and_what_is_open_at_any_time_are_suggested() {
        let both = Listing { runs: vec![run(6, 7), run(7, 8)], ..listing(6, 1) };
        let film = Listing {
            open_ended: true,
            runs: Vec::new(),
            delivery: Delivery::Online,
            at: None,
            kind: Kind::CareersInformation,
            ..listing(8, 2)
        };
        let wish = Wish { except: vec![SessionId(Uuid::from_u128(6))], ..wish() };
        let listings = [both, film];
        let found = rank(&listings, &wish, false, d(3, 1));
        assert_eq!(found[0].run.unwrap().id, SessionId(Uuid::from_u128(7)));
        assert!(found[1].run.is_none() && found[1].miles.is_none());
    }
}
