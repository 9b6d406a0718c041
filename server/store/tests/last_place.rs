//! Fifty people ask for the last places at once: as many get one as there are, on both databases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::sync::Arc;

use chrono::NaiveDate;
use domain::ids::{OpportunityId, OrganisationId, SessionId};
use domain::places::{Places, Pool};
use domain::publishing::Status;
use domain::time::Moment;
use domain::{Delivery, Kind};
use store::ledger;
use store::opportunities::Opportunity;
use store::organisations::Organisation;
use store::sessions::{self, Session};
use store::{Db, testing};
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A published opportunity with one session of so many places.
async fn session(db: &Db, capacity: i64) -> SessionId {
    let organisation = Organisation {
        id: OrganisationId(Uuid::from_u128(1)),
        code: "RAE".into(),
        name: "Bradford Hospitals".into(),
        kind: "nhs_trust".into(),
        region_code: None,
        icb_code: None,
        address: None,
        town: None,
        postcode: None,
        opened_on: None,
        closed_on: None,
        successor_code: None,
    };
    let mut tx = db.write().await.unwrap();
    store::organisations::save_all(&mut tx, &[organisation]).await.unwrap();
    let opportunity = Opportunity {
        id: OpportunityId(Uuid::from_u128(2)),
        slug: store::opportunities::free_slug(&mut tx, "A week", Some("Bradford")).await.unwrap(),
        organisation: store::organisations::find_by_code(&mut tx, "RAE").await.unwrap().unwrap().id,
        department: None,
        site: None,
        kind: Kind::WorkExperience,
        delivery: Delivery::InPerson,
        status: Status::Published,
        version: 1,
        title: "A week".into(),
        summary: "Watch.".into(),
        who_for: String::new(),
        dress: String::new(),
        bring: String::new(),
        cost: String::new(),
        access_notes: String::new(),
        how_places_given: String::new(),
        contact_email: None,
        profession: None,
        min_age: Some(16),
        max_age: None,
        open_ended: false,
        shows_places: true,
        asks_why: true,
        decide_within: 10,
        reference: Some("A1".into()),
        row_hash: None,
        notes: vec![],
        missing: vec![],
        created_at: Moment(0),
        published_at: Some(Moment(0)),
    };
    store::opportunities::insert(&mut tx, &opportunity).await.unwrap();
    let session = Session {
        id: SessionId(Uuid::from_u128(3)),
        opportunity: opportunity.id,
        starts_on: day("2027-05-24"),
        ends_on: day("2027-05-28"),
        starts_at: chrono::NaiveTime::from_hms_opt(9, 30, 0),
        ends_at: None,
        closes_on: day("2027-04-01"),
        capacity,
        held: 0,
        cancelled_at: None,
    };
    sessions::insert(&mut tx, &session).await.unwrap();
    assert_eq!(
        sessions::find(&mut tx, session.id).await.unwrap(),
        Some(session.clone()),
        "it reads back as it was written"
    );
    store::opportunities::keep_version(&mut tx, opportunity.id, Moment(0), None).await.unwrap();
    let kept = store::opportunities::find_version(&mut tx, opportunity.id, 1).await.unwrap().unwrap();
    assert_eq!((kept.opportunity, kept.sessions), (opportunity, vec![session.clone()]));
    assert_eq!(
        store::opportunities::free_slug(&mut tx, "A week", Some("Bradford")).await.unwrap(),
        "a-week-bradford-2"
    );
    tx.commit().await.unwrap();
    session.id
}

async fn hold(tx: &mut store::Tx, id: SessionId) -> bool {
    ledger::hold(tx, id, Pool::Open, None, Moment(1), "offer").await.unwrap()
}

async fn release(tx: &mut store::Tx, id: SessionId) -> bool {
    ledger::release(tx, id, Pool::Open, None, Moment(1), "decline").await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn as_many_hold_a_place_as_there_are() {
    testing::both(|db| async move {
        let id = session(&db, 3).await;
        let gate = Arc::new(tokio::sync::Barrier::new(50));
        let tasks: Vec<_> = (0..50)
            .map(|_| {
                let (db, gate) = (db.clone(), gate.clone());
                tokio::spawn(async move {
                    gate.wait().await;
                    let mut tx = db.write().await.unwrap();
                    let held = hold(&mut tx, id).await;
                    tx.commit().await.unwrap();
                    held
                })
            })
            .collect();
        let mut won = 0;
        for task in tasks {
            won += usize::from(task.await.unwrap());
        }
        assert_eq!(won, 3, "on {}", db.name());
        let mut tx = db.read().await.unwrap();
        assert_eq!(sessions::find(&mut tx, id).await.unwrap().unwrap().held, 3);
    })
    .await;
}

#[tokio::test]
async fn places_never_fall_below_what_is_held() {
    testing::both(|db| async move {
        let id = session(&db, 2).await;
        let mut tx = db.write().await.unwrap();
        assert!(!release(&mut tx, id).await, "none is held");
        assert!(hold(&mut tx, id).await);
        assert!(hold(&mut tx, id).await);
        assert!(!hold(&mut tx, id).await, "both are held");
        assert!(!sessions::change_capacity(&mut tx, id, 1, Moment(1)).await.unwrap());
        assert!(release(&mut tx, id).await);
        assert!(sessions::change_capacity(&mut tx, id, 1, Moment(1)).await.unwrap());
        let stored = sessions::find(&mut tx, id).await.unwrap().unwrap();
        assert_eq!((stored.capacity, stored.held), (1, 1));
        // The last line of defence: what the conditional statements prevent, the table refuses.
        let over = Session { id: SessionId(Uuid::from_u128(4)), held: 2, ..stored };
        assert!(sessions::insert(&mut tx, &over).await.unwrap_err().is_check());
    })
    .await;
}

#[tokio::test]
async fn nobody_gets_a_place_in_a_cancelled_session() {
    testing::both(|db| async move {
        let id = session(&db, 2).await;
        let mut tx = db.write().await.unwrap();
        let stored = sessions::find(&mut tx, id).await.unwrap().unwrap();
        let cancelled = Session { id: SessionId(Uuid::from_u128(5)), cancelled_at: Some(Moment(1)), ..stored };
        sessions::insert(&mut tx, &cancelled).await.unwrap();
        assert!(!hold(&mut tx, cancelled.id).await);
    })
    .await;
}

/// Fifty people at once for two open and three reserved places, some going again: no pool is ever oversold,
/// and the counters are the sums of the ledger.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_pool_is_oversold_and_the_counters_are_the_sums_of_the_ledger() {
    testing::both(|db| async move {
        let id = session(&db, 5).await;
        let mut tx = db.write().await.unwrap();
        let school = store::organisations::find_by_code(&mut tx, "RAE").await.unwrap().unwrap();
        let new = ledger::SessionPlaces {
            places: Places { capacity: 5, reserved_priority: 2, reserved_school: 1, ..Places::default() },
            reserved_for: Some((school.id, school.code, school.name)),
            lists_when_full: false,
        };
        assert!(ledger::change(&mut tx, id, &new, &[], Moment(1), "change_places").await.unwrap());
        tx.commit().await.unwrap();
        let gate = Arc::new(tokio::sync::Barrier::new(50));
        let tasks: Vec<_> = (0..50usize)
            .map(|n| {
                let (db, gate) = (db.clone(), gate.clone());
                tokio::spawn(async move {
                    gate.wait().await;
                    let pool = Pool::ALL[n % 3];
                    let mut tx = db.write().await.unwrap();
                    let held = ledger::hold(&mut tx, id, pool, None, Moment(2), "offer").await.unwrap();
                    // Every other one gives its place back at once.
                    let gone = held && n % 2 == 0;
                    if gone {
                        assert!(ledger::release(&mut tx, id, pool, None, Moment(3), "decline").await.unwrap());
                    }
                    tx.commit().await.unwrap();
                    i64::from(held && !gone)
                })
            })
            .collect();
        let mut won = 0;
        for task in tasks {
            won += task.await.unwrap();
        }
        let mut tx = db.write().await.unwrap();
        let places = ledger::places(&mut tx, id).await.unwrap().unwrap().places;
        assert_eq!((places.held(), won), (5, 5), "on {}", db.name());
        assert!(places.is_sound());
        assert_eq!(ledger::sums(&mut tx, id).await.unwrap(), places);
        let numbers: Vec<i64> = ledger::entries(&mut tx, id).await.unwrap().iter().map(|line| line.number).collect();
        assert_eq!(numbers, (1..=i64::try_from(numbers.len()).unwrap()).collect::<Vec<_>>(), "without gaps");
        // Fewer reserved places than are held there are refused.
        let fewer = ledger::SessionPlaces { places: Places { reserved_priority: 1, ..new.places }, ..new.clone() };
        assert!(!ledger::change(&mut tx, id, &fewer, &[], Moment(4), "change_places").await.unwrap());
        assert!(!sessions::change_capacity(&mut tx, id, 4, Moment(4)).await.unwrap());
        assert!(sessions::change_capacity(&mut tx, id, 6, Moment(4)).await.unwrap());
        assert_eq!(
            ledger::sums(&mut tx, id).await.unwrap(),
            ledger::places(&mut tx, id).await.unwrap().unwrap().places
        );
    })
    .await;
}
