//! Where learners themselves race: for a place on new dates with fewer places than before, for the place that
//! is given back while they apply, and each of them for their own days. An offer is a place already, so that
//! accepting one is no race.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::{Datelike, Days};
use domain::ids::SessionId;
use services::applications::{self, Decision};
use services::testing::{Crowd, World, services};
use services::{Ctx, Error, Result, new_dates, sessions};
use store::Db;
use store::testing::{Snapshot, both};
use tokio::sync::Barrier;

use super::{AT_ONCE, learner, rounds};

/// Does all of it at the same moment; what became of each, in their order.
async fn at_once<F: Future<Output = Result<()>> + Send + 'static>(all: Vec<F>) -> Vec<Result<()>> {
    let gate = Arc::new(Barrier::new(all.len()));
    let tasks: Vec<_> = all
        .into_iter()
        .map(|one| {
            let gate = gate.clone();
            tokio::spawn(async move {
                gate.wait().await;
                one.await
            })
        })
        .collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.unwrap());
    }
    outcomes
}

/// The only one who got it. Everybody else read these words.
fn winner(outcomes: Vec<Result<()>>, words: &str) -> usize {
    let mut won = Vec::new();
    for (number, outcome) in outcomes.into_iter().enumerate() {
        match outcome {
            Ok(()) => won.push(number),
            Err(Error::Refused(why)) => assert!(why.contains(words), "{why}"),
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(won.len(), 1, "who got it");
    won[0]
}

async fn held(db: &Db, session: SessionId) -> (i64, i64) {
    let mut tx = db.read().await.unwrap();
    let places = store::ledger::places(&mut tx, session).await.unwrap().unwrap().places;
    assert_eq!(store::ledger::sums(&mut tx, session).await.unwrap(), places);
    (places.held(), places.capacity)
}

fn one_place(lists_when_full: bool) -> sessions::Change {
    sessions::Change { capacity: 1, reserved_priority: 0, reserved_school: 0, reserved_for: None, lists_when_full }
}

/// Proposes the dates of a week later; the new session.
async fn a_week_later(world: &World, coordinator: &Ctx) -> SessionId {
    let services = &world.services;
    let mut tx = services.db.read().await.unwrap();
    let old = store::sessions::find(&mut tx, world.session).await.unwrap().unwrap();
    drop(tx);
    let week = Days::new(7);
    let mut typed = BTreeMap::from([("reason".to_owned(), "host_away".to_owned())]);
    for (name, day) in [("from", old.starts_on + week), ("to", old.ends_on + week), ("by", services.today() + week)] {
        typed.insert(format!("{name}_day"), day.day().to_string());
        typed.insert(format!("{name}_month"), day.month().to_string());
        typed.insert(format!("{name}_year"), day.year().to_string());
    }
    let session = world.session.to_string();
    let id = new_dates::save(coordinator, &session, "", &typed).await.unwrap();
    let read = new_dates::plan(coordinator, &session, &id.to_string()).await.unwrap();
    new_dates::propose(coordinator, id, &read.fingerprint).await.unwrap();
    new_dates::plan(coordinator, &session, "").await.unwrap().change.unwrap().new.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_say_yes_to_new_dates_with_one_place() {
    both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let people = AT_ONCE + rounds();
        let crowd = Crowd::gather(&services, people).await.unwrap();
        let world = &crowd.world;
        let coordinator = world.staff("Decider", domain::Role::Coordinator, world.provider).await.unwrap();
        let capacity = i64::try_from(people).unwrap();
        let mut tx = services.db.write().await.unwrap();
        assert!(store::sessions::change_capacity(&mut tx, world.session, capacity, services.now()).await.unwrap());
        tx.commit().await.unwrap();
        let mut waiting = Vec::new();
        for person in &crowd.people {
            let learner = learner(&services, person.account).await;
            applications::submit(&learner, &person.reference, true).await.unwrap();
            world.decide(&coordinator, &person.reference, Decision::Offer).await.unwrap();
            applications::accept(&learner, &person.reference).await.unwrap();
            waiting.push((learner, person.reference.clone()));
        }
        let new = a_week_later(world, &coordinator).await;
        sessions::change_places(&coordinator, new, &one_place(false)).await.unwrap();
        for round in 0..rounds() {
            let answers = waiting[..AT_ONCE].iter().cloned();
            let answers =
                answers.map(|(who, reference)| async move { new_dates::answer(&who, &reference, true).await });
            let won = winner(at_once(answers.collect()).await, "no place on the new dates");
            assert_eq!(held(&services.db, new).await, (1, 1), "round {round} on {}", services.db.name());
            let left = capacity - i64::try_from(round).unwrap() - 1;
            assert_eq!(held(&services.db, world.session).await, (left, capacity));
            // The one who got it presses ten times more, and then takes it back: the next round begins.
            let (who, reference) = waiting.remove(won);
            let again = (0..10).map(|_| {
                let (who, reference) = (who.clone(), reference.clone());
                async move { new_dates::answer(&who, &reference, true).await }
            });
            assert!(at_once(again.collect()).await.iter().all(Result::is_ok));
            clock.set_offset(clock.offset() + 1_000_000);
            applications::withdraw(&who, &reference).await.unwrap();
        }
        // Nobody else was told that they have it, and nobody lost what they had.
        let end = Snapshot::take(&services.db).await;
        let moved: Vec<_> = end.events.iter().filter(|event| event.action == "change_dates").collect();
        let told: Vec<_> = end.letters.iter().filter(|letter| letter.template == "date_change_agreed").collect();
        assert_eq!(moved.len(), rounds());
        let copies = told.iter().filter(|letter| letter.recipient.starts_with("carer")).count();
        assert_eq!(told.len() - copies, rounds());
        assert!(told.iter().all(|l| moved.iter().any(|event| Some(event.application_id) == l.application_id)));
        for application in &end.applications {
            let went = moved.iter().any(|event| event.application_id == application.id);
            let state = if went { "withdrawn" } else { "accepted" };
            assert_eq!(application.state, state, "{}", application.reference);
        }
    })
    .await;
}

/// Fifty send their application, each twice, while the one who has the only place gives it back. Then nobody
/// waits beside a free place, and at most one has an offer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_apply_while_the_only_place_is_given_back() {
    both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let mut crowd = Crowd::gather(&services, 0).await.unwrap();
        let coordinator = crowd.world.staff("Decider", domain::Role::Coordinator, crowd.world.provider).await.unwrap();
        let (mut offers, mut free) = (0, 0);
        // Each needs fifty new people, whose applications end with it.
        let rounds = rounds().div_ceil(10);
        for round in 0..rounds {
            clock.set_offset(clock.offset() + 1_000_000);
            let world = crowd.world.another_session(9, 1 + u32::try_from(round % 28).unwrap()).await.unwrap();
            sessions::change_places(&coordinator, world.session, &one_place(true)).await.unwrap();
            crowd.world = world.clone();
            let first = crowd.add(AT_ONCE + 1).await.unwrap();
            let mut people = Vec::new();
            for person in &crowd.people[first..] {
                people.push((learner(&services, person.account).await, person.reference.clone()));
            }
            let (holder, held_by) = people.pop().unwrap();
            applications::submit(&holder, &held_by, true).await.unwrap();
            world.decide(&coordinator, &held_by, Decision::Offer).await.unwrap();
            applications::accept(&holder, &held_by).await.unwrap();
            clock.set_offset(clock.offset() + 1_000_000);
            // Before the others, among them, or after.
            let mut who: Vec<_> =
                people.iter().chain(&people).map(|(who, reference)| (who.clone(), reference.clone(), true)).collect();
            who.insert(round * 37 % who.len(), (holder, held_by.clone(), false));
            let all = who.into_iter().enumerate().map(|(number, (who, reference, applies))| async move {
                let later = if applies { 30 * usize::from(round % 4 == 0) + number % 5 * 3 } else { round % 5 * 3 };
                tokio::time::sleep(Duration::from_millis(u64::try_from(later).unwrap())).await;
                if applies {
                    applications::submit(&who, &reference, true).await
                } else {
                    applications::withdraw(&who, &reference).await
                }
            });
            assert!(at_once(all.collect()).await.iter().all(Result::is_ok));

            let end = Snapshot::take(&services.db).await;
            let here: Vec<_> = end.applications.iter().filter(|a| a.session_id == world.session.0).collect();
            let of = |state: &str| here.iter().filter(|a| a.state == state).count();
            let (held, capacity) = held(&services.db, world.session).await;
            assert_eq!((here.len(), capacity, of("withdrawn")), (AT_ONCE + 1, 1, 1));
            assert_eq!(usize::try_from(held), Ok(of("offered")));
            assert_eq!(of("submitted") + of("waitlisted") + of("offered"), AT_ONCE);
            assert!(held == 1 || of("waitlisted") == 0, "{} wait beside a free place", of("waitlisted"));
            for one in &here {
                let did = |action: &str| {
                    end.events.iter().filter(|e| e.application_id == one.id && e.action == action).count()
                };
                let told = |template: &str| {
                    let mine =
                        end.letters.iter().filter(|l| l.application_id == Some(one.id) && l.recipient == one.email);
                    mine.filter(|l| l.template == template).count()
                };
                assert_eq!((did("submit"), told("submitted")), (1, 1));
                let offered = usize::from(one.state == "offered" || one.reference == held_by);
                assert_eq!((did("offer"), told("offered")), (offered, offered), "{}", one.reference);
            }
            offers += of("offered");
            free += usize::from(held == 0);
        }
        eprintln!("{}: {offers} of {rounds} places went to the waiting list, {free} stayed free", services.db.name());
    })
    .await;
}

/// Offers for days that overlap, accepted at once: one of them is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_accepts_every_overlapping_offer_at_once() {
    both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let people = rounds().div_ceil(10);
        let first = World::make(&services, i64::try_from(people).unwrap(), &[]).await.unwrap();
        let coordinator = first.coordinator().await.unwrap();
        let mut worlds = vec![first.clone()];
        for day in 6..=9 {
            worlds.push(first.another_session(7, day).await.unwrap());
        }
        for person in 0..people {
            let name = format!("anna{person}");
            let anna = first.learner(&name, 2005).await.unwrap();
            let mut offers = Vec::new();
            for world in &worlds {
                let reference = world.apply(&anna, &name).await.unwrap();
                world.decide(&coordinator, &reference, Decision::Offer).await.unwrap();
                offers.push(reference);
            }
            let all = offers.iter().cloned().map(|reference| {
                let anna = anna.clone();
                async move { applications::accept(&anna, &reference).await }
            });
            let won = winner(at_once(all.collect()).await, "You have a place on these days already");
            let end = Snapshot::take(&services.db).await;
            for (number, reference) in offers.iter().enumerate() {
                let one = end.applications.iter().find(|a| &a.reference == reference).unwrap();
                assert_eq!(one.state, if number == won { "confirmed" } else { "offered" });
            }
        }
    })
    .await;
}
