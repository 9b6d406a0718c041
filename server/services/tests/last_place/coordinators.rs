//! Fifty decisions for one place at the same moment: one learner gets it, every other coordinator reads why
//! not, and counters, ledger and states agree.

use std::sync::Arc;

use domain::State;
use services::Error;
use services::applications::{self, Decision};
use services::testing::{Crowd, services};
use store::testing::{Snapshot, both};
use tokio::sync::Barrier;

use super::{AT_ONCE, learner, rounds};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_want_the_last_place() {
    both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let crowd = Crowd::gather(&services, AT_ONCE + rounds()).await.unwrap();
        let world = &crowd.world;
        let coordinator = world.staff("Decider", domain::Role::Coordinator, world.provider).await.unwrap();
        let mut tx = services.db.write().await.unwrap();
        assert!(store::sessions::change_capacity(&mut tx, world.session, 1, services.now()).await.unwrap());
        tx.commit().await.unwrap();
        let mut waiting = Vec::new();
        for person in &crowd.people {
            let learner = learner(&services, person.account).await;
            applications::submit(&learner, &person.reference, true).await.unwrap();
            let read = applications::preview(&coordinator, &person.reference, &Decision::Offer).await.unwrap();
            waiting.push((learner, person.reference.clone(), read.fingerprint));
        }
        for round in 0..rounds() {
            let gate = Arc::new(Barrier::new(AT_ONCE));
            let tasks: Vec<_> = waiting[..AT_ONCE]
                .iter()
                .map(|(_, reference, read)| {
                    let (coordinator, gate) = (coordinator.clone(), gate.clone());
                    let (reference, read) = (reference.clone(), read.clone());
                    tokio::spawn(async move {
                        gate.wait().await;
                        applications::decide(&coordinator, &reference, &Decision::Offer, &read).await
                    })
                })
                .collect();
            let mut won = Vec::new();
            for (number, task) in tasks.into_iter().enumerate() {
                match task.await.unwrap() {
                    Ok(()) => won.push(number),
                    Err(Error::Refused(why)) => assert!(why.contains("held"), "{why}"),
                    Err(error) => panic!("round {round}: {error}"),
                }
            }
            assert_eq!(won.len(), 1, "round {round} on {}", services.db.name());
            let mut tx = services.db.read().await.unwrap();
            let places = store::ledger::places(&mut tx, world.session).await.unwrap().unwrap().places;
            assert_eq!((places.held(), places.capacity), (1, 1));
            assert_eq!(store::ledger::sums(&mut tx, world.session).await.unwrap(), places);
            drop(tx);
            // The one who got it says yes ten times at once, and then takes it back: the next round begins.
            let (learner, reference, _) = waiting.remove(won[0]);
            let tasks: Vec<_> = (0..10)
                .map(|_| {
                    let (learner, reference) = (learner.clone(), reference.clone());
                    tokio::spawn(async move { applications::accept(&learner, &reference).await })
                })
                .collect();
            for task in tasks {
                task.await.unwrap().unwrap();
            }
            clock.set_offset(clock.offset() + 1_000_000);
            applications::withdraw(&learner, &reference).await.unwrap();
        }
        let end = Snapshot::take(&services.db).await;
        let run = end.runs.iter().find(|run| run.id == world.session.0).unwrap();
        assert_eq!((run.held, run.capacity), (0, 1));
        let withdrawn = end.applications.iter().filter(|a| a.state == State::Withdrawn.as_str()).count();
        let offers = end.events.iter().filter(|event| event.action == "offer").count();
        let accepted = end.events.iter().filter(|event| event.action == "accept").count();
        assert_eq!((withdrawn, offers, accepted), (rounds(), rounds(), rounds()));
    })
    .await;
}
