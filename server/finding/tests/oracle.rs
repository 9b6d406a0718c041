//! The index against a second statement of what a search finds: one advert after the other, by the words of
//! the rules.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{d, leeds, listing, run, today};
use domain::search::{Audience, Length, Listing, PER_PAGE, Place, Query, RADII, Setting, Sort};
use domain::{Delivery, Kind, Profession};
use finding::{Area, Index};
use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// Words that are nobody's plural and nobody's synonym.
const WORDS: [&str; 6] = ["bravo", "delta", "echo", "kilo", "lima", "oscar"];
const AREAS: [(&str, Option<&str>); 4] = [("Y1", None), ("QA1", Some("Y1")), ("QA2", Some("Y1")), ("Y2", None)];

fn pick<T: Copy>(random: &mut StdRng, all: &[T]) -> T {
    all[random.random_range(0..all.len())]
}

fn some<T: Copy>(random: &mut StdRng, all: &[T], often: f64) -> Vec<T> {
    all.iter().copied().filter(|_| random.random_bool(often)).collect()
}

fn random_listing(random: &mut StdRng, n: u128) -> Listing {
    let title = format!("{} {}", pick(random, &WORDS), random.random_range(0..5));
    // Half of them share a few places, as those of one provider do.
    let at = if random.random_bool(0.5) {
        pick(random, &[(53.8, -1.55), (53.81, -1.5), (51.5, -0.1), (50.7, -2.9)])
    } else {
        (random.random_range(50.5..54.5), random.random_range(-3.0..0.5))
    };
    let mut one = listing(n, &title, at, d(7, 1));
    one.kind = pick(random, &Kind::ALL);
    one.delivery = pick(random, &Delivery::ALL);
    if random.random_bool(0.2) || one.delivery == Delivery::Online {
        one.at = None;
    }
    one.profession = random.random_bool(0.9).then(|| pick(random, Profession::ALL));
    one.setting = one.profession.map(Setting::of);
    one.audiences = some(random, Audience::ALL, 0.2);
    one.nothing_needed = random.random_bool(0.3);
    let (code, region) = pick(random, &AREAS);
    one.board = region.map(|_| code.into());
    one.region = Some(region.unwrap_or(code).into());
    one.min_age = random.random_bool(0.7).then(|| random.random_range(13..19));
    one.max_age = random.random_bool(0.3).then(|| random.random_range(16..25));
    one.shows_places = random.random_bool(0.7);
    one.open_ended = random.random_bool(0.2);
    one.published_at = domain::time::Moment(random.random_range(0..1_000_000));
    one.text.strong = String::new();
    one.text.weak = some(random, &WORDS, 0.3).join(" ");
    one.runs = (0..if one.open_ended { 0 } else { random.random_range(0..4) })
        .map(|at| {
            let starts = today() + chrono::Days::new(random.random_range(0..200));
            let mut run = run(
                n * 10 + at,
                starts,
                random.random_range(1..20),
                starts - chrono::Days::new(random.random_range(0..60)),
            );
            run.held.set(random.random_range(0..=4));
            run.cancelled = random.random_bool(0.1);
            run
        })
        .collect();
    one
}

fn random_query(random: &mut StdRng) -> Query {
    let day = |random: &mut StdRng| today() + chrono::Days::new(random.random_range(0..200));
    Query {
        what: some(random, &WORDS, 0.12).join(" "),
        place: if random.random_bool(0.5) { "LS1".into() } else { String::new() },
        within: random.random_bool(0.4).then(|| pick(random, &RADII)),
        kinds: some(random, &Kind::ALL, 0.15),
        delivery: some(random, &Delivery::ALL, 0.15),
        professions: some(random, Profession::ALL, 0.08),
        settings: some(random, Setting::ALL, 0.2),
        lengths: some(random, Length::ALL, 0.15),
        areas: some(random, &AREAS, 0.12).into_iter().map(|(code, _)| code.to_owned()).collect(),
        audience: random.random_bool(0.2).then(|| pick(random, Audience::ALL)),
        nothing_needed: random.random_bool(0.15),
        age: random.random_bool(0.3).then(|| random.random_range(12..26)),
        from: random.random_bool(0.2).then(|| day(random)),
        to: random.random_bool(0.2).then(|| day(random)),
        places_left: random.random_bool(0.2),
        sort: pick(random, &Sort::ALL),
        page: random.random_range(1..4),
        ..Query::default()
    }
}

/// Whether it is found; with what it is put in order by.
fn found(one: &Listing, query: &Query, place: Option<&Place>) -> Option<(usize, f64, i64, i64)> {
    let has = |text: &str, word: &str| text.split(' ').any(|other| other == word);
    let words: Vec<&str> = query.what.split(' ').filter(|word| !word.is_empty()).collect();
    let chosen = (query.kinds.is_empty() || query.kinds.contains(&one.kind))
        && (query.delivery.is_empty()
            || query.delivery.iter().any(|way| *way == one.delivery || one.delivery == Delivery::Mixed))
        && (query.professions.is_empty() || one.profession.is_some_and(|p| query.professions.contains(&p)))
        && (query.settings.is_empty() || one.setting.is_some_and(|s| query.settings.contains(&s)))
        && (query.areas.is_empty()
            || query.areas.iter().any(|code| {
                one.region.as_deref() == Some(code.as_str()) || one.board.as_deref() == Some(code.as_str())
            }))
        && query.audience.is_none_or(|who| one.audiences.is_empty() || one.audiences.contains(&who))
        && (!query.nothing_needed || one.nothing_needed)
        && query
            .age
            .is_none_or(|age| one.min_age.is_none_or(|min| age >= min) && one.max_age.is_none_or(|max| age <= max))
        && words.iter().all(|word| has(&one.title, word) || has(&one.text.weak, word));
    let runs: Vec<_> = one
        .runs
        .iter()
        .filter(|run| {
            run.is_open(today())
                && query.from.is_none_or(|day| run.starts_on >= day)
                && query.to.is_none_or(|day| run.starts_on <= day)
                && (query.lengths.is_empty() || query.lengths.contains(&run.length()))
                && (!query.places_left || !one.shows_places || run.left() > 0)
        })
        .collect();
    let own_time = one.open_ended
        && query.from.is_none()
        && query.to.is_none()
        && (query.lengths.is_empty() || query.lengths.contains(&Length::OwnTime));
    let online = one.delivery == Delivery::Online;
    let miles = place.zip(one.at).filter(|_| !online).map(|(place, (lat, lon))| place.miles_to(lat, lon));
    let near = match (query.within, place) {
        (Some(most), Some(_)) => online || miles.is_some_and(|miles| miles <= f64::from(most)),
        _ => true,
    };
    let day = |day: Option<chrono::NaiveDate>| day.map_or(i64::MAX, |day| (day - today()).num_days());
    let weak = words.iter().filter(|word| !has(&one.title, word)).count().min(1);
    (chosen && (own_time || !runs.is_empty()) && near).then(|| {
        (
            weak,
            miles.unwrap_or(f64::MAX),
            day(runs.iter().map(|run| run.closes_on).min()),
            day(runs.iter().map(|run| run.starts_on).min()),
        )
    })
}

fn naive<'a>(all: &'a [Listing], query: &Query, place: Option<&Place>) -> Vec<&'a Listing> {
    let mut some: Vec<_> = all.iter().filter_map(|one| Some((found(one, query, place)?, one))).collect();
    some.sort_by(|(a, x), (b, y)| {
        let main = match query.sort {
            Sort::Best if place.is_some() => a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)),
            Sort::Best => a.0.cmp(&b.0).then(a.2.cmp(&b.2)).then(a.3.cmp(&b.3)),
            Sort::Nearest if place.is_some() => a.1.total_cmp(&b.1).then(a.2.cmp(&b.2)),
            Sort::Nearest | Sort::Closing => a.2.cmp(&b.2).then(a.3.cmp(&b.3)),
            Sort::Starting => a.3.cmp(&b.3).then(a.2.cmp(&b.2)),
            Sort::Newest => y.published_at.cmp(&x.published_at),
        };
        main.then_with(|| x.title.cmp(&y.title)).then_with(|| x.id.cmp(&y.id))
    });
    some.into_iter().map(|(_, one)| one).collect()
}

fn areas() -> Vec<Area> {
    AREAS
        .iter()
        .map(|(code, region)| Area { code: (*code).into(), name: (*code).into(), region: region.map(str::to_owned) })
        .collect()
}

fn check(index: &Index, all: &[Listing], query: &Query) {
    let place = (!query.place.is_empty()).then(leeds);
    let place = place.as_ref();
    let results = index.search(query, place, None, vec![], today());
    let expected = naive(all, query, place);
    assert_eq!(results.total, expected.len(), "{query:?}");
    let shown: Vec<&str> = results.hits.iter().map(|hit| hit.href.as_str()).collect();
    let page: Vec<String> = expected
        .iter()
        .skip((results.query.page - 1) * PER_PAGE)
        .take(PER_PAGE)
        .map(|one| format!("/opportunities/{}", one.slug))
        .collect();
    assert_eq!(shown, page, "{query:?}");
    let count = |change: &dyn Fn(&mut Query)| {
        let mut other = query.clone();
        change(&mut other);
        naive(all, &other, place).len()
    };
    let counts = &results.counts;
    for (kind, n) in &counts.kinds {
        assert_eq!(*n, count(&|q| q.kinds = vec![*kind]), "{kind:?} in {query:?}");
    }
    for (way, n) in counts.delivery.iter().filter(|(way, _)| *way != Delivery::Mixed) {
        assert_eq!(*n, count(&|q| q.delivery = vec![*way]), "{way:?} in {query:?}");
    }
    for (profession, n) in &counts.professions {
        assert_eq!(*n, count(&|q| q.professions = vec![*profession]), "{profession:?} in {query:?}");
    }
    for (setting, n) in &counts.settings {
        assert_eq!(*n, count(&|q| q.settings = vec![*setting]), "{setting:?} in {query:?}");
    }
    for (length, n) in &counts.lengths {
        assert_eq!(*n, count(&|q| q.lengths = vec![*length]), "{length:?} in {query:?}");
    }
    for (who, n) in &counts.audiences {
        assert_eq!(*n, count(&|q| q.audience = Some(*who)), "{who:?} in {query:?}");
    }
    for area in &counts.areas {
        assert_eq!(area.count, count(&|q| q.areas = vec![area.code.clone()]), "{area:?} in {query:?}");
    }
    for (miles, n) in &counts.within {
        assert_eq!(*n, count(&|q| q.within = Some(*miles)), "{miles} miles in {query:?}");
    }
    assert_eq!(counts.any_distance, count(&|q| q.within = None), "{query:?}");
    assert_eq!(counts.nothing_needed, count(&|q| q.nothing_needed = true), "{query:?}");
    assert_eq!(counts.places_left, count(&|q| q.places_left = true), "{query:?}");
    let (first, last) = (d(4, 1), d(4, 30));
    let mut days = std::collections::BTreeMap::new();
    for one in naive(all, query, place) {
        for run in one.runs.iter().filter(|run| (first..=last).contains(&run.starts_on)) {
            let alone = Listing { runs: vec![run.clone()], open_ended: false, ..one.clone() };
            *days.entry(run.starts_on).or_insert(0) += usize::from(found(&alone, query, place).is_some());
        }
    }
    days.retain(|_, count| *count > 0);
    let calendar = index.calendar(query, place, None, (first, last), 3, today());
    let shown: std::collections::BTreeMap<_, _> =
        calendar.into_iter().map(|(day, begins)| (day, begins.count)).collect();
    assert_eq!(shown, days, "{query:?}");
    if results.total == 0 && !naive(all, &Query::default(), None).is_empty() {
        let wider = results.wider.unwrap();
        let place = place.filter(|_| !wider.query.place.is_empty());
        assert_eq!(wider.count, naive(all, &wider.query, place).len(), "{query:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn it_finds_what_the_rules_say(seed in any::<u64>(), size in 0u128..150) {
        let mut random = StdRng::seed_from_u64(seed);
        let mut all: Vec<Listing> = (1..=size).map(|n| random_listing(&mut random, n)).collect();
        let mut index = Index::build(all.clone(), areas());
        for _ in 0..6 {
            check(&index, &all, &random_query(&mut random));
        }
        // Some change, come and go, and a place is taken: it stays the same as an index made anew.
        for round in 0..3_u128 {
            let mut changed = Vec::new();
            for n in 0..5 {
                let id = if n == 0 { 1000 + round } else { random.random_range(1..=size.max(1)) };
                let new = random.random_bool(0.7).then(|| random_listing(&mut random, id));
                let id = domain::ids::OpportunityId(uuid::Uuid::from_u128(id));
                all.retain(|one| one.id != id);
                all.extend(new.clone());
                changed.retain(|(other, _)| *other != id);
                changed.push((id, new));
            }
            index = index.with(changed);
            if let Some(run) = all.iter().find_map(|one| one.runs.first()) {
                run.held.set(4);
                prop_assert!(index.set_held(run.id, 4));
            }
            prop_assert_eq!(index.listings().count(), all.len());
            check(&index, &all, &random_query(&mut random));
        }
    }

    #[test]
    fn any_text_gives_a_page(what in ".{0,80}", age in 0u32..200, page in 0usize..50, within in 0u32..600) {
        let all = vec![listing(1, "bravo", common::YORK, d(3, 10))];
        let query = Query { what, age: Some(age), page, within: Some(within), ..Query::default() };
        let results = Index::build(all, vec![]).search(&query, Some(&leeds()), None, vec![], today());
        prop_assert!(results.hits.len() <= results.total);
        prop_assert!(results.query.page >= 1 && results.query.page <= results.pages);
        prop_assert!(results.total > 0 || results.wider.is_some());
    }
}
