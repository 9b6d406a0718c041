//! Matching and ordering.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Hit, Listing, PER_PAGE, Place, Query, RADII, Run, Sort};
use crate::Delivery;

/// A page of results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// The query that was answered.
    pub query: Query,
    /// This page's results.
    pub hits: Vec<Hit>,
    /// How many there are on all pages.
    pub total: usize,
    /// How many pages; at least 1.
    pub pages: usize,
    /// The place that distances are counted from.
    pub place: Option<String>,
    /// What was not understood, in words.
    pub odd: Vec<String>,
    /// A wider answer, when there is none.
    pub wider: Option<Wider>,
}

/// The nearest wider query that has answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wider {
    /// The query.
    pub query: Query,
    /// What is different about it: "within 40 miles".
    pub how: String,
    /// How many results it has.
    pub count: usize,
}

/// Words that say nothing about what somebody is interested in.
const EMPTY_WORDS: &[&str] =
    &["a", "an", "and", "at", "for", "in", "of", "on", "or", "the", "to", "with", "work", "experience", "placement"];

/// What young people write, and what adverts write instead.
const SAME: &[(&str, &[&str])] = &[
    ("a&e", &["emergency"]),
    ("ae", &["emergency"]),
    ("baby", &["matern", "midwi", "neonat"]),
    ("babies", &["matern", "midwi", "neonat"]),
    ("computer", &["digital", "data"]),
    ("computers", &["digital", "data"]),
    ("doctor", &["medicine", "surg", "consultant"]),
    ("midwife", &["matern", "midwi"]),
    ("paramedic", &["ambulance", "paramedic"]),
    ("physio", &["physiotherapy"]),
    ("radiographer", &["radiography", "x-ray"]),
    ("xray", &["radiography", "x-ray"]),
    ("kids", &["child", "paediatric"]),
    ("children", &["child", "paediatric"]),
];

/// The page of results for a query, from everything that is published.
///
/// `place` is the query's place once it is known. Opportunities that nobody can apply for any more are
/// left out.
#[must_use]
pub fn search<'a>(
    listings: impl IntoIterator<Item = &'a Listing> + Clone,
    query: &Query,
    place: Option<&Place>,
    odd: Vec<String>,
    today: NaiveDate,
) -> Results {
    let mut found = matching(listings.clone(), query, place, today);
    order(&mut found, query, place.is_some());
    let total = found.len();
    let pages = total.div_ceil(PER_PAGE).max(1);
    let mut query = query.clone();
    query.page = query.page.clamp(1, pages);
    let hits = found
        .iter()
        .skip((query.page - 1) * PER_PAGE)
        .take(PER_PAGE)
        .map(|found| Hit::of(found.listing, found.miles, today))
        .collect();
    let wider = if total == 0 { wider(listings, &query, place, today) } else { None };
    Results { hits, total, pages, place: place.map(|p| p.name.clone()), odd, wider, query }
}

struct Found<'a> {
    listing: &'a Listing,
    miles: Option<f64>,
    closes: Option<NaiveDate>,
    starts: Option<NaiveDate>,
}

fn matching<'a>(
    listings: impl IntoIterator<Item = &'a Listing>,
    query: &Query,
    place: Option<&Place>,
    today: NaiveDate,
) -> Vec<Found<'a>> {
    let terms = terms(&query.what);
    listings
        .into_iter()
        .filter_map(|listing| {
            let chosen = (query.kinds.is_empty() || query.kinds.contains(&listing.kind))
                && (query.professions.is_empty() || listing.profession.is_some_and(|p| query.professions.contains(&p)))
                && (query.delivery.is_empty() || query.delivery.iter().any(|way| suits(*way, listing.delivery)))
                && query.age.is_none_or(|age| {
                    listing.min_age.is_none_or(|min| age >= min) && listing.max_age.is_none_or(|max| age <= max)
                })
                && terms.iter().all(|term| term.iter().any(|word| listing.text.contains(word.as_str())));
            if !chosen {
                return None;
            }
            let open = |run: &&Run| {
                run.is_open(today)
                    && query.from.is_none_or(|day| run.starts_on >= day)
                    && query.to.is_none_or(|day| run.starts_on <= day)
                    && (!query.places_left || !listing.shows_places || run.left() > 0)
            };
            let runs: Vec<&Run> = listing.runs.iter().filter(open).collect();
            if runs.is_empty() && !(listing.open_ended && query.from.is_none() && query.to.is_none()) {
                return None;
            }
            let miles = match (place, listing.at) {
                (Some(place), Some((latitude, longitude))) => Some(place.miles_to(latitude, longitude)),
                _ => None,
            };
            // Something online is near to everybody.
            let near = match (query.within, place) {
                (Some(limit), Some(_)) => {
                    listing.delivery == Delivery::Online || miles.is_some_and(|m| m <= f64::from(limit))
                }
                _ => true,
            };
            near.then(|| Found {
                listing,
                miles,
                closes: runs.iter().map(|run| run.closes_on).min(),
                starts: runs.iter().map(|run| run.starts_on).min(),
            })
        })
        .collect()
}

fn suits(asked: Delivery, offered: Delivery) -> bool {
    asked == offered || offered == Delivery::Mixed
}

/// Each word that was typed, with the words that mean the same in adverts.
fn terms(what: &str) -> Vec<Vec<String>> {
    what.to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || c == '&' || c == '-'))
        .filter(|word| !word.is_empty() && !EMPTY_WORDS.contains(word))
        .map(|word| match SAME.iter().find(|(typed, _)| *typed == word) {
            Some((_, meant)) => meant.iter().map(|m| (*m).to_owned()).chain([word.to_owned()]).collect(),
            None => vec![stem(word)],
        })
        .collect()
}

/// A plain plural or "-ing" and "-er" matches too: "nurses", "nursing" and "nurse" share "nurs".
fn stem(word: &str) -> String {
    for ending in ["ing", "ers", "er", "es", "s", "e", "y"] {
        if let Some(start) = word.strip_suffix(ending)
            && start.chars().count() >= 4
        {
            return start.to_owned();
        }
    }
    word.to_owned()
}

fn order(found: &mut [Found<'_>], query: &Query, near: bool) {
    found.sort_by(|a, b| {
        let by_date = |day: Option<NaiveDate>| day.unwrap_or(NaiveDate::MAX);
        let by_closing = by_date(a.closes).cmp(&by_date(b.closes));
        let by_start = by_date(a.starts).cmp(&by_date(b.starts));
        let main = match query.sort {
            Sort::Best if near => {
                // Nearest first; what is online or has no known place comes after, closing soonest.
                let miles = |f: &Found<'_>| {
                    if f.listing.delivery == Delivery::Online { f64::MAX } else { f.miles.unwrap_or(f64::MAX) }
                };
                miles(a).total_cmp(&miles(b)).then(by_closing)
            }
            Sort::Best | Sort::Closing => by_closing.then(by_start),
            Sort::Starting => by_start.then(by_closing),
        };
        main.then_with(|| a.listing.title.cmp(&b.listing.title)).then_with(|| a.listing.id.cmp(&b.listing.id))
    });
}

/// The first wider query that has answers: further away, then any distance, then fewer filters.
fn wider<'a>(
    listings: impl IntoIterator<Item = &'a Listing> + Clone,
    query: &Query,
    place: Option<&Place>,
    today: NaiveDate,
) -> Option<Wider> {
    let mut candidates: Vec<(Query, String)> = Vec::new();
    if let (Some(within), Some(_)) = (query.within, place) {
        for miles in RADII.into_iter().filter(|miles| *miles > within) {
            candidates.push((Query { within: Some(miles), ..query.clone() }, format!("within {miles} miles")));
        }
        candidates.push((Query { within: None, ..query.clone() }, "at any distance".into()));
    }
    if query.from.is_some() || query.to.is_some() {
        candidates.push((Query { from: None, to: None, ..query.clone() }, "on any dates".into()));
    }
    if !query.professions.is_empty() || !query.kinds.is_empty() || !query.delivery.is_empty() {
        candidates.push((
            Query { professions: vec![], kinds: vec![], delivery: vec![], within: None, ..query.clone() },
            "of every kind and area of work".into(),
        ));
    }
    if !query.what.is_empty() {
        candidates.push((
            Query { what: String::new(), within: None, ..query.clone() },
            format!("without the words “{}”", query.what),
        ));
    }
    candidates.push((Query { age: query.age, page: 1, ..Query::default() }, "anywhere".into()));
    if query.age.is_some() {
        candidates.push((Query { page: 1, ..Query::default() }, "for people of other ages".into()));
    }
    candidates.into_iter().find_map(|(mut query, how)| {
        query.page = 1;
        let count = matching(listings.clone(), &query, place, today).len();
        (count > 0).then_some(Wider { query, how, count })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{OpportunityId, SessionId};
    use crate::{Kind, Profession};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn d(m: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, m, day).unwrap()
    }
    fn today() -> NaiveDate {
        d(3, 1)
    }
    fn leeds() -> Place {
        Place { name: "LS1".into(), latitude: 53.796, longitude: -1.547 }
    }
    fn listing(n: u128, title: &str, at: (f64, f64), closes: NaiveDate) -> Listing {
        Listing {
            provider: crate::ids::OrganisationId(uuid::Uuid::nil()),
            id: OpportunityId(Uuid::from_u128(n)),
            slug: format!("o-{n}"),
            title: title.into(),
            organisation: "Aire Valley".into(),
            town: Some("Leeds".into()),
            at: Some(at),
            kind: Kind::WorkExperience,
            delivery: Delivery::InPerson,
            profession: Some(Profession::Nursing),
            min_age: Some(16),
            max_age: None,
            open_ended: false,
            shows_places: true,
            runs: vec![Run {
                id: SessionId(Uuid::from_u128(n)),
                starts_on: d(7, 6),
                ends_on: d(7, 10),
                starts_at: None,
                ends_at: None,
                closes_on: closes,
                capacity: 4,
                held: 1,
                cancelled: false,
            }],
            text: title.to_lowercase(),
        }
    }
    fn some() -> Vec<Listing> {
        let york = (53.96, -1.08);
        let mut online = listing(3, "Meet the radiography team", (51.5, -0.1), d(3, 20));
        online.delivery = Delivery::Online;
        online.kind = Kind::CareersInformation;
        vec![
            listing(1, "Nursing week in York", york, d(3, 10)),
            listing(2, "Emergency nursing in Leeds", (53.80, -1.55), d(4, 10)),
            online,
            listing(4, "Long closed nursing", york, d(2, 1)),
        ]
    }
    fn titles(results: &Results) -> Vec<&str> {
        results.hits.iter().map(|hit| hit.title.as_str()).collect()
    }

    #[test]
    fn nearest_first_with_a_place_otherwise_closing_soonest() {
        let all = some();
        let near = search(&all, &Query { place: "LS1".into(), ..Query::default() }, Some(&leeds()), vec![], today());
        assert_eq!(titles(&near), ["Emergency nursing in Leeds", "Nursing week in York", "Meet the radiography team"]);
        assert_eq!(near.hits[0].away.as_deref(), Some("less than a mile away"));
        assert_eq!(near.hits[1].away.as_deref(), Some("about 22 miles away"));
        assert_eq!(near.hits[2].away, None);
        let anywhere = search(&all, &Query::default(), None, vec![], today());
        assert_eq!(
            titles(&anywhere),
            ["Nursing week in York", "Meet the radiography team", "Emergency nursing in Leeds"]
        );
    }

    #[test]
    fn words_of_young_people_find_words_of_adverts() {
        let all = some();
        let find = |what: &str| {
            titles(&search(&all, &Query { what: what.into(), ..Query::default() }, None, vec![], today())).len()
        };
        assert_eq!(find("A&E"), 1);
        assert_eq!(find("nurse"), 2);
        assert_eq!(find("radiographer"), 1);
        assert_eq!(find("work experience in nursing"), 2);
    }

    #[test]
    fn an_empty_answer_offers_a_wider_one() {
        let all = some();
        let query = Query {
            place: "LS1".into(),
            what: "york".into(),
            within: Some(5),
            delivery: vec![Delivery::InPerson],
            ..Query::default()
        };
        let results = search(&all, &query, Some(&leeds()), vec![], today());
        assert_eq!(results.total, 0);
        let wider = results.wider.unwrap();
        assert_eq!((wider.how.as_str(), wider.count), ("within 40 miles", 1));
        let age = search(&all, &Query { what: "zzz".into(), ..Query::default() }, None, vec![], today());
        assert_eq!(age.wider.unwrap().how, "without the words “zzz”");
    }

    #[test]
    fn a_page_beyond_the_last_is_the_last() {
        let results = search(&some(), &Query { page: 9999, ..Query::default() }, None, vec![], today());
        assert_eq!((results.query.page, results.hits.len()), (1, 3));
    }

    #[test]
    fn a_result_says_it_in_words() {
        let results = search(&some(), &Query::default(), None, vec![], today());
        let hit = &results.hits[0];
        assert_eq!(hit.when, "6 to 10 July 2027");
        assert_eq!(hit.closes.as_deref(), Some("closes in 9 days, Wednesday 10 March"));
        assert_eq!(hit.places.as_deref(), Some("3 places left"));
        assert_eq!(hit.ages, "16 and over");
    }

    proptest! {
        #[test]
        fn any_query_gives_a_page(what in ".{0,80}", age in 0u32..200, page in 0usize..50, within in 0u32..600) {
            let query = Query { what, age: Some(age), page, within: Some(within), ..Query::default() };
            let results = search(&some(), &query, Some(&leeds()), vec![], today());
            prop_assert!(results.hits.len() <= results.total);
            prop_assert!(results.query.page >= 1 && results.query.page <= results.pages);
            prop_assert!(results.total > 0 || results.wider.is_some());
        }
    }
}
