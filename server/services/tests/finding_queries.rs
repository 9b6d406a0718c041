//! A search costs the same queries however much is published. Alone in its program, because it counts
//! what the whole process asks of the database.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::NaiveDate;
use domain::ids::{OpportunityId, OrganisationId, SessionId};
use domain::publishing::Status;
use domain::search::Query;
use domain::time::Moment;
use domain::{Delivery, Kind};
use store::Tx;
use store::opportunities::Opportunity;
use store::organisations::Organisation;
use store::sessions::Session;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata};
use uuid::Uuid;

static QUERIES: AtomicUsize = AtomicUsize::new(0);

/// Counts the statements that sqlx reports.
struct Counter;

impl tracing::Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {
        QUERIES.fetch_add(1, Ordering::SeqCst);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// How many statements something takes. SQLite reports from a thread of its own, so this waits until the
/// number stands still.
async fn counted(what: impl Future<Output = ()>) -> usize {
    settled().await;
    let before = QUERIES.load(Ordering::SeqCst);
    what.await;
    settled().await - before
}

async fn settled() -> usize {
    let mut last = QUERIES.load(Ordering::SeqCst);
    loop {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let now = QUERIES.load(Ordering::SeqCst);
        if now == last {
            return now;
        }
        last = now;
    }
}

async fn publish(tx: &mut Tx, numbers: std::ops::Range<u128>) {
    let organisation = Organisation {
        id: OrganisationId(Uuid::from_u128(1)),
        code: "RXX".into(),
        name: "Aire Valley NHS Trust".into(),
        kind: "nhs_trust".into(),
        region_code: None,
        icb_code: None,
        address: None,
        town: Some("Leeds".into()),
        postcode: Some("LS9 7TF".into()),
        opened_on: None,
        closed_on: None,
        successor_code: None,
    };
    store::organisations::save_all(tx, std::slice::from_ref(&organisation)).await.unwrap();
    let mut ids = Vec::new();
    for n in numbers {
        let one = Opportunity {
            id: OpportunityId(Uuid::from_u128(n)),
            slug: format!("o-{n}"),
            organisation: organisation.id,
            department: None,
            site: None,
            kind: Kind::WorkExperience,
            delivery: Delivery::InPerson,
            status: Status::Published,
            version: 1,
            title: format!("Week {n}"),
            summary: String::new(),
            who_for: String::new(),
            dress: String::new(),
            bring: String::new(),
            cost: String::new(),
            access_notes: String::new(),
            how_places_given: String::new(),
            contact_email: None,
            profession: None,
            min_age: None,
            max_age: None,
            open_ended: false,
            shows_places: true,
            asks_why: true,
            decide_within: 10,
            reference: None,
            row_hash: None,
            notes: vec![],
            missing: vec![],
            created_at: Moment(0),
            published_at: Some(Moment(1)),
        };
        store::opportunities::insert(tx, &one).await.unwrap();
        ids.push(one.id);
        let session = session_of(one.id, 100_000 + n);
        store::sessions::insert(tx, &session).await.unwrap();
    }
    store::catalogue::changed(tx, &ids).await.unwrap();
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).unwrap()
}

fn session_of(opportunity: OpportunityId, number: u128) -> Session {
    Session {
        id: SessionId(Uuid::from_u128(number)),
        opportunity,
        starts_on: day(7, 6),
        ends_on: day(7, 10),
        starts_at: None,
        ends_at: None,
        closes_on: day(6, 1),
        capacity: 4,
        held: 0,
        cancelled_at: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_costs_the_same_however_much_is_published() {
    // Once in this program, and before the first connection, which asks whether anybody listens.
    tracing::subscriber::set_global_default(Counter).unwrap();
    store::testing::both(|db| async move {
        let (services, _) = services::testing::services(db, "2027-03-01T09:00:00");
        let ctx = services::testing::ctx(&services, None);
        let search = || async {
            let query = Query { place: "LS1".into(), page: 1, ..Query::default() };
            assert!(services::discover::search(&ctx, query, vec![]).await.unwrap().results.total > 0);
        };
        // What is there before anything is published is read as a whole.
        services.catalogue.current(&services).await.unwrap();
        let mut seen = Vec::new();
        for numbers in [10..13, 13..213] {
            let mut tx = services.db.write().await.unwrap();
            let more = numbers.end - numbers.start;
            publish(&mut tx, numbers).await;
            // The page of one opportunity has ever more dates.
            let ten = OpportunityId(Uuid::from_u128(10));
            for n in 0..more {
                let session = session_of(ten, 200_000 + 1_000 * more + n);
                store::sessions::insert(&mut tx, &session).await.unwrap();
            }
            store::catalogue::changed(&mut tx, &[ten]).await.unwrap();
            tx.commit().await.unwrap();
            let first = counted(search()).await;
            let again = counted(search()).await;
            let page = counted(async {
                services::discover::opportunity(&ctx, "o-10").await.unwrap();
            })
            .await;
            seen.push((first, again, page));
        }
        assert_eq!(seen[0], seen[1], "first search after a change, later search, opportunity's page");
        let (first, again, page) = seen[0];
        assert!(again > 0, "nothing was counted");
        assert_eq!(first, again + 3, "a change costs the log and two queries more, once");
        assert!(again <= 5 && page <= 6, "{seen:?}");
    })
    .await;
}
