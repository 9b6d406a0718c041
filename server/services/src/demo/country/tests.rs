//! A small country on each database: in proportion, nothing oversold, every history by the rules.

use std::collections::HashMap;

use domain::State;
use domain::ids::SessionId;
use store::Db;
use store::places::Gazetteer;

use super::super::fill;
use super::Scale;
use crate::{Error, testing, tick};

#[tokio::test]
async fn a_country_is_in_proportion_and_nothing_is_oversold() {
    store::testing::both(|db: Db| async move {
        let (services, _) = testing::services(db, "2027-04-05T09:00:00");
        let scale = Scale::of(Scale::LEAST);
        let mut told = HashMap::new();
        let summary = fill(&services, Some(scale), |what, done, of| {
            assert!(done <= of, "{what}: {done} of {of}");
            told.insert(what.to_owned(), (done, of));
        })
        .await
        .unwrap();
        assert!(told.values().all(|(done, of)| done == of), "{told:?}");
        assert_eq!((summary.learners, summary.applications, summary.enrolments), (8_000, 20_000, 42_000));

        let mut tx = services.db.read().await.unwrap();
        let today = services.today();
        let listings = store::catalogue::load(&mut tx, &Gazetteer::default(), None).await.unwrap();
        let live = listings.iter().filter(|one| one.open_ended || one.runs.iter().any(|run| run.is_open(today)));
        assert_eq!(live.count(), 500);

        // Counters are the sums of their ledgers, and what applications hold.
        let states = store::testing::states_by_session(&mut tx).await;
        let mut all = 0;
        for (session, states) in &states {
            let places = store::ledger::places(&mut tx, SessionId(*session)).await.unwrap().unwrap().places;
            assert_eq!(store::ledger::sums(&mut tx, SessionId(*session)).await.unwrap(), places);
            let holding: i64 = states.iter().filter(|(state, _)| state.holds_place()).map(|(_, count)| count).sum();
            assert_eq!(places.held(), holding);
            all += states.iter().map(|(_, count)| count).sum::<i64>();
        }
        assert_eq!(all, 20_000);
        let (mut taken, mut completed) = (0, 0);
        for one in listings.iter().filter(|one| one.open_ended) {
            let counted = store::enrolments::count(&mut tx, one.id).await.unwrap();
            (taken, completed) = (taken + counted.enrolled, completed + counted.completed);
        }
        assert_eq!(taken, 42_000);
        assert!((21_000..42_000).contains(&completed), "{completed}");
        let has = |state: State| states.values().flatten().any(|(one, _)| *one == state);
        for state in [
            State::Submitted,
            State::UnderReview,
            State::Waitlisted,
            State::NotSelected,
            State::Declined,
            State::OfferExpired,
            State::Confirmed,
            State::Withdrawn,
            State::Attended,
            State::PartlyAttended,
            State::DidNotAttend,
            State::Lapsed,
        ] {
            assert!(has(state), "nobody is {}", state.as_str());
        }
        drop(tx);
        // The clock finds nothing that somebody forgot.
        let done = tick::run_due(&services).await.unwrap();
        assert_eq!((done.offers_expired, done.lapsed, done.unready, done.overdue), (0, 0, 0, 0), "{done:?}");
    })
    .await;
}

#[tokio::test]
async fn a_part_of_a_country_is_not_served() {
    store::testing::both(|db: Db| async move {
        let (services, _) = testing::services(db, "2027-04-05T09:00:00");
        super::refuse_part(&services).await.unwrap();
        let mut tx = services.db.write().await.unwrap();
        store::settings::set(&mut tx, super::UNFINISHED, "500").await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(super::refuse_part(&services).await, Err(Error::Refused(_))));
    })
    .await;
}
