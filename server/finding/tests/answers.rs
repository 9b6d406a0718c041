//! What people search, and what they find.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use std::collections::HashSet;

use common::{YORK, d, leeds, listing, run, today};
use domain::search::{Length, Listing, Query, Results, Sort, Text};
use domain::{Delivery, Kind, Profession};
use finding::{Area, Index, Person};

fn some() -> Vec<Listing> {
    let mut online = listing(3, "Meet the radiography team", (51.5, -0.1), d(3, 20));
    online.delivery = Delivery::Online;
    online.kind = Kind::CareersInformation;
    online.profession = Some(Profession::AlliedHealth);
    online.text.strong = String::new();
    vec![
        listing(1, "Nursing week in York", YORK, d(3, 10)),
        listing(2, "Emergency nursing in Leeds", (53.80, -1.55), d(4, 10)),
        online,
        listing(4, "Long closed nursing", YORK, d(2, 1)),
    ]
}

fn index() -> Index {
    Index::build(some(), vec![])
}

fn find(query: Query) -> Results {
    let place = (!query.place.is_empty()).then(leeds);
    index().search(&query, place.as_ref(), None, vec![], today())
}

fn what(what: &str) -> Results {
    find(Query { what: what.into(), ..Query::default() })
}

fn titles(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.title.as_str()).collect()
}

#[test]
fn nearest_first_with_a_place_otherwise_closing_soonest() {
    let near = find(Query { place: "LS1".into(), ..Query::default() });
    assert_eq!(titles(&near), ["Emergency nursing in Leeds", "Nursing week in York", "Meet the radiography team"]);
    assert_eq!(near.hits[0].away.as_deref(), Some("less than a mile away"));
    assert_eq!(near.hits[1].away.as_deref(), Some("about 22 miles away"));
    assert_eq!(near.hits[2].away, None);
    assert_eq!(
        titles(&find(Query::default())),
        ["Nursing week in York", "Meet the radiography team", "Emergency nursing in Leeds"]
    );
    let newest = find(Query { sort: Sort::Newest, ..Query::default() });
    assert_eq!(titles(&newest)[0], "Meet the radiography team");
}

#[test]
fn words_of_young_people_find_words_of_adverts() {
    assert_eq!(what("A&E").total, 1);
    assert_eq!(what("nurse").total, 2);
    assert_eq!(what("x-ray").total, 1);
    assert_eq!(what("work experience in nursing").total, 2);
    assert_eq!(what("nursing leeds").total, 1, "every word counts");
}

#[test]
fn what_is_it_comes_before_what_mentions_it() {
    let mut all = some();
    all[2].text = Text { strong: String::new(), weak: "We work with nurses every day.".into() };
    let results = Index::build(all, vec![]).search(
        &Query { what: "nurses".into(), ..Query::default() },
        None,
        None,
        vec![],
        today(),
    );
    assert_eq!(
        titles(&results),
        ["Nursing week in York", "Emergency nursing in Leeds", "Meet the radiography team"],
        "though the team's talk closes before the week in Leeds"
    );
}

#[test]
fn slips_of_the_finger_and_half_words_are_understood_and_said() {
    let slip = what("radiogrpahy");
    assert_eq!((slip.total, slip.read_as), (1, vec![("radiogrpahy".into(), "radiography".into())]));
    let half = what("radiog");
    assert_eq!((half.total, half.read_as.len()), (1, 0));
    assert_eq!(what("zzzzzz").total, 0);
    // Three letters say too little to guess.
    assert_eq!(what("yrk").total, 0);
}

#[test]
fn what_adverts_write_otherwise_is_understood_with_a_slip_too() {
    let titles = ["Paediatric ward", "The paediatrics clinic", "Podiatry", "A dental practice", "The services team"];
    let all = (1..).zip(titles).map(|(n, title)| listing(n, title, common::YORK, d(3, 10))).collect();
    let index = Index::build(all, vec![]);
    let what = |what: &str| {
        let query = Query { what: what.into(), ..Query::default() };
        let found = index.search(&query, None, None, vec![], today());
        (found.total, found.read_as.into_iter().map(|(_, as_word)| as_word).collect::<Vec<_>>())
    };
    assert_eq!(what("denstist"), (1, vec!["dentist".to_owned()]));
    // As near as podiatry, and more adverts have it.
    assert_eq!(what("pediatrics"), (2, vec!["paediatric".to_owned()]));
    // Words that say little by themselves are no computers.
    assert_eq!(what("computers").0, 0);
    assert_eq!(what("hr").0, 0);
}

#[test]
fn an_empty_answer_offers_a_wider_one() {
    let results = find(Query {
        place: "LS1".into(),
        what: "york".into(),
        within: Some(5),
        delivery: vec![Delivery::InPerson],
        ..Query::default()
    });
    assert_eq!(results.total, 0);
    let wider = results.wider.unwrap();
    assert_eq!((wider.how.as_str(), wider.count), ("within 40 miles", 1));
    assert_eq!(what("zzz").wider.unwrap().how, "without the words “zzz”");
}

#[test]
fn a_page_beyond_the_last_is_the_last() {
    let results = find(Query { page: 9999, ..Query::default() });
    assert_eq!((results.query.page, results.hits.len()), (1, 3));
    assert_eq!(Index::default().search(&Query::default(), None, None, vec![], today()).pages, 1);
}

#[test]
fn a_result_says_it_in_words() {
    let results = find(Query::default());
    let hit = &results.hits[0];
    assert_eq!(hit.when, "6 to 10 July 2027");
    assert_eq!(hit.closes.as_deref(), Some("closes in 9 days, Wednesday 10 March"));
    assert_eq!(hit.places.as_deref(), Some("3 places left"));
    assert_eq!(hit.ages, "16 and over");
}

#[test]
fn a_learner_sees_what_they_can_apply_for_and_why_not_the_rest() {
    let mut all = some();
    all[1].min_age = Some(14);
    all[2].runs.clear();
    all[2].open_ended = true;
    let index = Index::build(all, vec![]);
    // Fifteen in July.
    let mut person = Person { born: d(7, 1) - chrono::Months::new(15 * 12), applied: HashSet::new() };
    let query = Query { mine: true, ..Query::default() };
    let results = index.search(&query, None, Some(&person), vec![], today());
    assert_eq!(titles(&results), ["Emergency nursing in Leeds"]);
    assert_eq!(results.left_out.total, 2);
    let why: Vec<&str> = results.left_out.first.iter().map(|one| one.2.as_str()).collect();
    assert_eq!(
        why,
        ["You will be 15 on 6 July; this session is for 16 and over.", "You are 14 now; this is for age 16 and over."]
    );
    person.applied.insert(index.listings().find(|one| one.min_age == Some(14)).unwrap().runs[0].id);
    let results = index.search(&query, None, Some(&person), vec![], today());
    assert_eq!((results.total, results.left_out.total), (0, 3));
    assert!(results.left_out.first.iter().any(|one| one.2 == "You have applied for this."));
    // Nobody signed in: the choice says nothing.
    let anybody = index.search(&query, None, None, vec![], today());
    assert_eq!((anybody.total, anybody.query.mine), (3, false));
}

#[test]
fn an_unknown_area_is_named_and_the_rest_goes_on() {
    let mut all = some();
    all[0].region = Some("Y63".into());
    let areas = vec![Area { code: "Y63".into(), name: "North East and Yorkshire".into(), region: None }];
    let index = Index::build(all, areas);
    let query = Query { areas: vec!["Y63".into(), "XXX".into()], ..Query::default() };
    let results = index.search(&query, None, None, vec![], today());
    assert_eq!((results.total, results.counts.areas[0].count), (1, 1));
    assert_eq!(results.odd, ["There is no area called “XXX”."]);
    assert_eq!(results.chosen()[0].0, "North East and Yorkshire");
    let only_unknown = Query { areas: vec!["XXX".into()], ..Query::default() };
    assert_eq!(index.search(&only_unknown, None, None, vec![], today()).total, 3);
}

#[test]
fn a_change_is_found_and_the_old_is_not() {
    let before = index();
    let mut changed = listing(1, "Pharmacy week in York", YORK, d(3, 10));
    changed.profession = Some(Profession::Pharmacy);
    changed.text.strong = String::new();
    let new = listing(9, "Nursing in Hull", (53.74, -0.33), d(5, 1));
    let gone = domain::ids::OpportunityId(uuid::Uuid::from_u128(2));
    let after = before.with(vec![(changed.id, Some(changed)), (new.id, Some(new)), (gone, None)]);
    let find = |index: &Index, what: &str| {
        titles(&index.search(&Query { what: what.into(), ..Query::default() }, None, None, vec![], today()))
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(find(&after, "nursing"), ["Nursing in Hull"]);
    assert_eq!(find(&after, "pharmacy"), ["Pharmacy week in York"]);
    assert_eq!(find(&before, "nursing").len(), 2, "who asked before is answered from before");
    assert_eq!(after.listings().count(), 4);
    assert!(after.get(gone).is_none());
    // Once more, over what changed before.
    let again = after.with(vec![(domain::ids::OpportunityId(uuid::Uuid::from_u128(9)), None)]);
    assert!(find(&again, "nursing").is_empty() && again.listings().count() == 3);
}

#[test]
fn a_place_that_is_taken_shows_at_once() {
    let index = index();
    let first = find(Query::default());
    assert_eq!(first.counts.places_left, 3);
    let leeds = index.listings().find(|one| one.slug == "o-2").unwrap().runs[0].id;
    assert!(index.set_held(leeds, 4));
    let results = index.search(&Query { places_left: true, ..Query::default() }, None, None, vec![], today());
    assert_eq!((results.total, results.counts.places_left), (2, 2));
    let all = index.search(&Query::default(), None, None, vec![], today());
    assert!(all.hits.iter().any(|hit| hit.places.as_deref() == Some("full, waiting list open")));
    assert!(!index.set_held(domain::ids::SessionId(uuid::Uuid::nil()), 1));
}

#[test]
fn the_calendar_has_each_session_that_fits() {
    let mut all = some();
    all[0].runs.push(run(777, d(8, 3), 1, d(7, 1)));
    let index = Index::build(all, vec![]);
    let july = (d(7, 1), d(7, 31));
    let days = index.calendar(&Query::default(), None, None, july, 2, today());
    assert_eq!(days.len(), 1);
    let day = &days[&d(7, 6)];
    assert_eq!((day.count, day.first.len()), (3, 2));
    let one_day = Query { lengths: vec![Length::Day], ..Query::default() };
    let august = index.calendar(&one_day, None, None, (d(8, 1), d(8, 31)), 2, today());
    let (address, title, whom) = &august[&d(8, 3)].first[0];
    assert_eq!((address.as_str(), title.as_str()), ("/opportunities/o-1", "Nursing week in York"));
    assert!(!whom.is_empty());
    assert!(index.calendar(&one_day, None, None, july, 2, today()).is_empty());
    // Fifteen in July, and everything is for sixteen and over.
    let young = Person { born: d(7, 1) - chrono::Months::new(15 * 12), applied: HashSet::new() };
    let mine = Query { mine: true, ..Query::default() };
    assert!(index.calendar(&mine, None, Some(&young), july, 2, today()).is_empty());
}
