//! Stories of new dates, told on both databases.

use std::collections::BTreeMap;

use domain::State;
use domain::clearance::{ClearanceKind, ClearanceStatus, ConsentStatus};
use store::testing::both;

use super::*;
use crate::applications::{self, Decision};
use crate::testing::{World, services};
use crate::time::from_london;
use crate::{cancelling, tick};

const NOW: &str = "2027-03-01T09:00:00";

fn form(from: &str, to: &str, by: &str) -> BTreeMap<String, String> {
    let mut typed: BTreeMap<String, String> =
        [("reason".to_owned(), "host_away".to_owned()), ("note".to_owned(), "Jo is back then.".to_owned())].into();
    for (name, text) in [("from", from), ("to", to), ("by", by)] {
        for (part, value) in ["day", "month", "year"].into_iter().zip(text.split(' ')) {
            typed.insert(format!("{name}_{part}"), value.to_owned());
        }
    }
    typed
}

async fn find(world: &World, reference: &str) -> Application {
    let mut tx = world.services.db.read().await.unwrap();
    store::applications::find(&mut tx, reference).await.unwrap().unwrap()
}

async fn held(world: &World, session: SessionId) -> (i64, i64) {
    let mut tx = world.services.db.read().await.unwrap();
    let places = store::ledger::places(&mut tx, session).await.unwrap().unwrap().places;
    let sums = store::ledger::sums(&mut tx, session).await.unwrap();
    assert_eq!(places, sums, "counters are the sums of the ledger");
    (places.held(), places.capacity)
}

async fn told(world: &World, address: &str) -> Vec<String> {
    let mut tx = world.services.db.read().await.unwrap();
    let mut messages = store::messages::list_newest(&mut tx, 500).await.unwrap();
    messages.reverse();
    messages.into_iter().filter(|m| m.recipient == address).map(|m| m.template).collect()
}

/// Proposes, as somebody who has read everything.
async fn proposed(world: &World, coordinator: &Ctx, typed: &BTreeMap<String, String>) -> SessionId {
    let session = world.session.to_string();
    let id = save(coordinator, &session, "", typed).await.unwrap();
    let read = plan(coordinator, &session, &id.to_string()).await.unwrap();
    assert_eq!(read.problems, []);
    propose(coordinator, id, &read.fingerprint).await.unwrap();
    propose(coordinator, id, "again").await.unwrap();
    plan(coordinator, &session, "").await.unwrap().change.unwrap().new.unwrap()
}

async fn placed(world: &World, coordinator: &Ctx, learner: &Ctx, name: &str, accept: bool) -> String {
    let reference = world.apply(learner, name).await.unwrap();
    world.decide(coordinator, &reference, Decision::Offer).await.unwrap();
    if accept {
        applications::accept(learner, &reference).await.unwrap();
    }
    reference
}

#[tokio::test]
async fn nobody_with_a_place_moves_until_they_agree() {
    both(|db| async move {
        let (services, clock) = services(db, NOW);
        let world = World::make(&services, 5, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let mut people = Vec::new();
        for (name, year) in [("anna", 2005), ("ben", 2010), ("carl", 2005), ("dora", 2005), ("emil", 2005)] {
            people.push((name, world.learner(name, year).await.unwrap()));
        }
        let [(_, anna), (_, ben), (_, carl), (_, dora), (_, emil)] = people.as_slice() else { unreachable!() };
        let a = placed(&world, &coordinator, anna, "Anna", true).await;
        let b = placed(&world, &coordinator, ben, "Ben", true).await;
        let token = world.consent_token("carer-of-ben@mail.example").await.unwrap();
        applications::answer_consent(&services, &token, true).await.unwrap();
        let c = placed(&world, &coordinator, carl, "Carl", true).await;
        let d = placed(&world, &coordinator, dora, "Dora", false).await;
        let e = world.apply(emil, "Emil").await.unwrap();
        assert_eq!(find(&world, &b).await.state, State::Confirmed);

        let wrong = read(
            &plan(&coordinator, &world.session.to_string(), "").await.unwrap().about,
            &form("1 3 2027", "28 2 2027", "1 3 2027"),
            services.today(),
        )
        .unwrap_err();
        assert_eq!(wrong.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["from-day", "to-day", "by-day"]);
        let new = proposed(&world, &coordinator, &form("12 7 2027", "16 7 2027", "12 3 2027")).await;

        // Those who hold a place stay where they are; the others go along, and are told.
        for reference in [&a, &b, &c] {
            let one = find(&world, reference).await;
            assert_eq!((one.session, one.state), (world.session, State::Confirmed));
        }
        assert_eq!((find(&world, &d).await.session, find(&world, &d).await.state), (new, State::Offered));
        assert_eq!((find(&world, &e).await.session, find(&world, &e).await.state), (new, State::Submitted));
        assert_eq!((held(&world, world.session).await, held(&world, new).await), ((3, 5), (1, 5)));
        assert_eq!(told(&world, "anna@mail.example").await.last().unwrap(), "date_change_asked");
        assert_eq!(told(&world, "emil@mail.example").await.last().unwrap(), "dates_moved");
        // While they are asked, their places on the new dates go to nobody else.
        let refused = applications::preview(&coordinator, &e, &Decision::Offer).await;
        assert!(matches!(refused, Err(Error::Refused(words)) if words.contains("still asked")));

        // Yes: an adult is confirmed at once; a parent or carer agrees again to the new dates.
        answer(anna, &a, true).await.unwrap();
        answer(anna, &a, true).await.unwrap();
        assert!(matches!(answer(anna, &a, false).await, Err(Error::Refused(_))));
        assert!(matches!(answer(ben, &a, true).await, Err(Error::NotFound)));
        assert_eq!((find(&world, &a).await.session, find(&world, &a).await.state), (new, State::Confirmed));
        answer(ben, &b, true).await.unwrap();
        let moved = find(&world, &b).await;
        assert_eq!((moved.session, moved.state, moved.consent), (new, State::Accepted, ConsentStatus::Asked));
        let token = world.consent_token("carer-of-ben@mail.example").await.unwrap();
        applications::answer_consent(&services, &token, true).await.unwrap();
        assert_eq!(find(&world, &b).await.state, State::Confirmed);
        assert_eq!((held(&world, world.session).await, held(&world, new).await), ((1, 5), (3, 5)));

        // Carl does not answer: a nudge, and after the day it is a no that counts against the provider.
        clock.set(from_london("2027-03-10T09:00:00".parse().unwrap()));
        tick::run_due(&services).await.unwrap();
        tick::run_due(&services).await.unwrap();
        assert_eq!(told(&world, "carl@mail.example").await.iter().filter(|t| *t == "date_change_nudge").count(), 1);
        clock.set(from_london("2027-03-12T23:59:00".parse().unwrap()));
        tick::run_due(&services).await.unwrap();
        assert_eq!(find(&world, &c).await.state, State::Confirmed);
        clock.set(from_london("2027-03-13T00:00:00".parse().unwrap()));
        tick::run_due(&services).await.unwrap();
        tick::run_due(&services).await.unwrap();
        assert_eq!(find(&world, &c).await.state, State::CancelledByProvider);
        assert_eq!(
            told(&world, "carl@mail.example").await.iter().filter(|t| *t == "date_change_not_coming").count(),
            1
        );
        assert!(matches!(answer(carl, &c, true).await, Err(Error::Refused(_))));
        let mut tx = services.db.read().await.unwrap();
        let learner = carl.actor().unwrap().account;
        assert!(store::priority::of_learner(&mut tx, learner).await.unwrap().rebook);
        drop(tx);
        assert_eq!(held(&world, world.session).await, (0, 5));
        // Everybody has answered: places can be offered again.
        world.decide(&coordinator, &e, Decision::Offer).await.unwrap();
        let finished = plan(&coordinator, &world.session.to_string(), "").await.unwrap();
        assert!(finished.change.unwrap().finished_at.is_some());
        let said: Vec<_> = finished.answers.into_iter().map(|(_, said)| said.unwrap()).collect();
        assert_eq!(said, ["yes", "yes", "none"]);
    })
    .await;
}

#[tokio::test]
async fn who_cannot_come_then_is_told_why_and_is_not_asked_twice() {
    both(|db| async move {
        let (services, _) = services(db, NOW);
        let world = World::make(&services, 3, &[ClearanceKind::Identity]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        // Born on 27 March 2012: 15 on 5 July, and 14 on 22 March.
        let young = world.learner("young", 2012).await.unwrap();
        let busy = world.learner("busy", 2005).await.unwrap();
        let waits = world.learner("waits", 2012).await.unwrap();
        let y = placed(&world, &coordinator, &young, "Young", true).await;
        let b = placed(&world, &coordinator, &busy, "Busy", true).await;
        let w = world.apply(&waits, "Waits").await.unwrap();
        let other = world.another_session(3, 22).await.unwrap();
        let clash = placed(&other, &coordinator, &busy, "Busy", true).await;
        proposed(&world, &coordinator, &form("22 3 2027", "26 3 2027", "10 3 2027")).await;
        assert_eq!(find(&world, &w).await.state, State::Lapsed);
        assert_eq!(told(&world, "waits@mail.example").await.last().unwrap(), "dates_do_not_fit");
        let question = asked(&young, &y).await.unwrap();
        assert!(question.problem.unwrap().contains("You will be 14"));
        assert!(matches!(answer(&young, &y, true).await, Err(Error::Refused(words)) if words.contains("14")));
        assert!(matches!(asked(&waits, &y).await, Err(Error::NotFound)));
        assert!(asked(&busy, &b).await.unwrap().problem.unwrap().contains("already"));
        applications::withdraw(&busy, &clash).await.unwrap();
        answer(&busy, &b, true).await.unwrap();
        // The check that was open stays open, and is due for the new first day.
        let mut tx = services.db.read().await.unwrap();
        let moved = store::applications::find(&mut tx, &b).await.unwrap().unwrap();
        let check = store::applications::list_clearances(&mut tx, moved.id).await.unwrap().remove(0);
        drop(tx);
        assert_eq!((moved.state, check.status), (State::Accepted, ClearanceStatus::Requested));
        assert!(check.due_on <= "2027-03-22".parse().unwrap());
        answer(&young, &y, false).await.unwrap();
        answer(&young, &y, false).await.unwrap();
        assert_eq!(find(&world, &y).await.state, State::CancelledByProvider);
        let done = plan(&coordinator, &world.session.to_string(), "").await.unwrap();
        assert!(done.change.unwrap().finished_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn cancelling_the_new_dates_tells_those_who_are_still_asked() {
    both(|db| async move {
        let (services, _) = services(db, NOW);
        let world = World::make(&services, 3, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let anna = world.learner("anna", 2005).await.unwrap();
        let ben = world.learner("ben", 2005).await.unwrap();
        let a = placed(&world, &coordinator, &anna, "Anna", true).await;
        let b = placed(&world, &coordinator, &ben, "Ben", true).await;
        let new = proposed(&world, &coordinator, &form("12 7 2027", "16 7 2027", "12 3 2027")).await;
        answer(&ben, &b, true).await.unwrap();
        let why = [("reason".to_owned(), "pressure".to_owned())].into();
        let id = cancelling::save(&coordinator, "session", &new.to_string(), "", &why).await.unwrap();
        let read = cancelling::plan(&coordinator, "session", &new.to_string(), &id.to_string()).await.unwrap();
        assert_eq!(read.people.len(), 2);
        cancelling::cancel(&coordinator, id, &read.fingerprint).await.unwrap();
        for (name, reference) in [("anna", &a), ("ben", &b)] {
            assert_eq!(find(&world, reference).await.state, State::CancelledByProvider);
            let letters = told(&world, &format!("{name}@mail.example")).await;
            assert_eq!(letters.iter().filter(|t| *t == "cancelled").count(), 1);
        }
        assert!(matches!(answer(&anna, &a, true).await, Err(Error::Refused(_))));
        assert_eq!((held(&world, world.session).await, held(&world, new).await), ((0, 3), (0, 3)));
        tick::run_due(&services).await.unwrap();
        assert_eq!(
            told(&world, "anna@mail.example").await.iter().filter(|t| *t == "date_change_not_coming").count(),
            0
        );
    })
    .await;
}

#[tokio::test]
async fn a_carers_address_that_cannot_be_used_holds_up_nobody() {
    both(|db| async move {
        let (services, _) = services(db, NOW);
        let world = World::make(&services, 5, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let amira = world.learner("amira", 2010).await.unwrap();
        let reference = world.apply(&amira, "Amira").await.unwrap();
        let ben = world.learner("ben", 2010).await.unwrap();
        let other = world.apply(&ben, "Ben").await.unwrap();
        // As when the account's address was changed after it was sent.
        let mut tx = services.db.write().await.unwrap();
        let mut application = store::applications::find_for_change(&mut tx, &reference).await.unwrap().unwrap();
        application.answers.set("guardian-email", "amira@mail.example");
        assert!(store::applications::save(&mut tx, &application).await.unwrap());
        tx.commit().await.unwrap();
        let new = proposed(&world, &coordinator, &form("12 7 2027", "16 7 2027", "12 3 2027")).await;
        for reference in [&reference, &other] {
            let one = find(&world, reference).await;
            assert_eq!((one.session, one.consent), (new, ConsentStatus::Asked));
        }
        assert_eq!(
            told(&world, "carer-of-ben@mail.example").await,
            ["consent_request", "consent_request", "dates_moved"]
        );
        let amiras = told(&world, "amira@mail.example").await;
        assert!(amiras.contains(&"consent_no_address".to_owned()) && !amiras.contains(&"consent_request".to_owned()));
        // She gives the right one, and it is asked there.
        assert!(applications::correct_guardian(&amira, &reference, "Sam", "sam@mail.example").await.unwrap());
        assert_eq!(told(&world, "sam@mail.example").await, ["consent_request"]);
    })
    .await;
}
