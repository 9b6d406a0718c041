//! Stories of cancelling, told on both databases.

use std::collections::BTreeMap;

use domain::form::Step;
use domain::{Role, State};
use store::testing::both;

use super::*;
use crate::applications::{self, Decision};
use crate::testing::{World, services};
use crate::{Error, tick};

const NOW: &str = "2027-03-01T09:00:00";

fn typed(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

async fn state(world: &World, reference: &str) -> State {
    let mut tx = world.services.db.read().await.unwrap();
    store::applications::find(&mut tx, reference).await.unwrap().unwrap().state
}

async fn told(world: &World, address: &str) -> Vec<(String, String)> {
    let mut tx = world.services.db.read().await.unwrap();
    let mut messages = store::messages::list_newest(&mut tx, 500).await.unwrap();
    messages.reverse();
    messages.into_iter().filter(|m| m.recipient == address).map(|m| (m.template, m.text)).collect()
}

async fn count_cancelled(world: &World, address: &str) -> usize {
    told(world, address).await.iter().filter(|(template, _)| template == "cancelled").count()
}

async fn held(world: &World) -> i64 {
    let mut tx = world.services.db.read().await.unwrap();
    store::sessions::find(&mut tx, world.session).await.unwrap().unwrap().held
}

async fn capacity(world: &World) -> i64 {
    let mut tx = world.services.db.read().await.unwrap();
    store::ledger::places(&mut tx, world.session).await.unwrap().unwrap().places.capacity
}

/// A confirmed adult with a telephone, an accepted minor, an offer, somebody waiting, a submitted one and a draft.
async fn full_session(world: &World, coordinator: &Ctx) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    for (name, year) in [("anna", 2005), ("ben", 2010), ("carl", 2005), ("dora", 2005), ("emil", 2005)] {
        let learner = world.learner(name, year).await.unwrap();
        let reference = world.fill(&learner, name, false).await.unwrap();
        if name == "anna" {
            applications::save_step(&learner, &reference, Step::Contact, &typed(&[("phone", "07700 900123")]), false)
                .await
                .unwrap();
        }
        applications::submit(&learner, &reference, true).await.unwrap();
        if ["anna", "ben", "carl"].contains(&name) {
            world.decide(coordinator, &reference, Decision::Offer).await.unwrap();
        }
        if ["anna", "ben"].contains(&name) {
            applications::accept(&learner, &reference).await.unwrap();
        }
        if name == "dora" {
            world.decide(coordinator, &reference, Decision::Waitlist).await.unwrap();
        }
        all.push((name, reference));
    }
    let fay = world.learner("fay", 2005).await.unwrap();
    all.push(("fay", world.fill(&fay, "Fay", false).await.unwrap()));
    all
}

#[tokio::test]
async fn cancelling_a_session_tells_everyone_once_and_promotes_nobody() {
    both(|db| async move {
        let (services, _) = services(db, NOW);
        let world = World::make(&services, 3, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        world.staff("Supervisor", Role::Supervisor, world.provider).await.unwrap();
        let people = full_session(&world, &coordinator).await;
        let session = world.session.to_string();
        assert_eq!(held(&world).await, 3);

        // What is missing is said, and what was typed is kept.
        let form = typed(&[("reason", "other"), ("note", " ")]);
        let id = save(&coordinator, "session", &session, "", &form).await.unwrap();
        let read = plan(&coordinator, "session", &session, &id.to_string()).await.unwrap();
        assert_eq!(read.problems.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["note"]);
        assert!(matches!(cancel(&coordinator, id, "").await, Err(Error::Refused(_))));
        let form = typed(&[("reason", "staff_short"), ("note", "We hope for autumn.")]);
        let again = save(&coordinator, "session", &session, &id.to_string(), &form).await.unwrap();
        assert_eq!(again, id);

        // Looking changes nothing; the preview names everybody the provider knows of, and no draft.
        let read = plan(&coordinator, "session", &session, &id.to_string()).await.unwrap();
        assert_eq!(
            read.people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(),
            ["anna", "ben", "carl", "dora", "emil"]
        );
        assert_eq!((read.drafts, read.supervisors.len()), (1, 1));
        assert!(!read.draft_message.unwrap().text().contains("Fay"));
        assert_eq!(held(&world).await, 3);
        // Something else than what was read is not sent.
        assert!(matches!(cancel(&coordinator, id, "else").await, Err(Error::Refused(_))));
        assert_eq!(count_cancelled(&world, "anna@mail.example").await, 0);

        cancel(&coordinator, id, &read.fingerprint).await.unwrap();
        let expected = [
            ("anna", State::CancelledByProvider),
            ("ben", State::CancelledByProvider),
            ("carl", State::OfferWithdrawn),
            ("dora", State::Lapsed),
            ("emil", State::Lapsed),
            ("fay", State::Expired),
        ];
        for ((name, reference), (same, after)) in people.iter().zip(expected) {
            assert_eq!((*name, state(&world, reference).await), (same, after));
        }
        assert_eq!(held(&world).await, 0);
        // Again, by hand and by the clock: nothing more.
        cancel(&coordinator, id, &read.fingerprint).await.unwrap();
        cancel(&coordinator, id, "else").await.unwrap();
        tick::run_due(&services).await.unwrap();
        for (name, _) in &people {
            let address = format!("{name}@mail.example");
            assert_eq!(count_cancelled(&world, &address).await, 1, "{name}");
            assert!(!told(&world, &address).await.iter().any(|(template, _)| template == "lapsed"), "{name}");
        }
        assert_eq!(count_cancelled(&world, "+447700900123").await, 1);
        assert_eq!(count_cancelled(&world, "carer-of-ben@mail.example").await, 1);
        assert_eq!(told(&world, "supervisor@mail.example").await.len(), 1);
        // Byte for byte what was read.
        for person in &read.people {
            let sent = told(&world, &person.letter.to).await.pop().unwrap();
            assert_eq!(sent, ("cancelled".to_owned(), person.letter.letter.text()));
        }
        let done = plan(&coordinator, "session", &session, &id.to_string()).await.unwrap().cancellation.unwrap();
        assert_eq!(done.told, 6);
        assert!(done.finished_at.is_some());
        // Who had a place goes first elsewhere; who had none does not.
        let mut tx = services.db.read().await.unwrap();
        for (name, reference) in &people {
            let learner = store::applications::find(&mut tx, reference).await.unwrap().unwrap().learner;
            let priority = store::priority::of_learner(&mut tx, learner).await.unwrap();
            assert_eq!(priority.rebook, ["anna", "ben"].contains(name), "{name}");
        }
        drop(tx);
        // A second cancelling of the same dates is told that there is nothing left.
        let second = save(&coordinator, "session", &session, "", &form).await.unwrap();
        assert_ne!(second, id);
        assert!(plan(&coordinator, "session", &session, &second.to_string()).await.unwrap().cannot.is_some());
        assert!(matches!(cancel(&coordinator, second, "").await, Err(Error::Refused(_))));
    })
    .await;
}

#[tokio::test]
async fn only_who_decides_for_the_provider_cancels() {
    both(|db| async move {
        let (services, _) = services(db, NOW);
        let world = World::make(&services, 1, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let posts = world.posts_only("Posts").await.unwrap();
        let anna = world.learner("anna", 2005).await.unwrap();
        let reference = world.apply(&anna, "Anna").await.unwrap();
        let mut tx = services.db.read().await.unwrap();
        let other = store::organisations::find_by_code(&mut tx, "TEST2").await.unwrap().unwrap().id;
        drop(tx);
        let stranger = world.staff("Stranger", Role::Coordinator, other).await.unwrap();
        let form = typed(&[("reason", "pressure")]);
        let session = world.session.to_string();
        let id = save(&coordinator, "session", &session, "", &form).await.unwrap();
        let read = plan(&coordinator, "session", &session, &id.to_string()).await.unwrap();
        for ctx in [&posts, &stranger, &anna] {
            for (word, about) in [("session", &session), ("application", &reference)] {
                assert!(matches!(save(ctx, word, about, "", &form).await, Err(Error::NotFound)));
                assert!(matches!(plan(ctx, word, about, "").await, Err(Error::NotFound)));
            }
            assert!(matches!(cancel(ctx, id, &read.fingerprint).await, Err(Error::NotFound)));
        }
        // What is not accepted is not cancelled by itself.
        let one = plan(&coordinator, "application", &reference, "").await.unwrap();
        assert!(one.cannot.unwrap().contains("accepted or confirmed"));
        // Somebody applied after the preview: it has to be read again.
        let ben = world.learner("ben", 2005).await.unwrap();
        world.apply(&ben, "Ben").await.unwrap();
        assert!(matches!(cancel(&coordinator, id, &read.fingerprint).await, Err(Error::Refused(_))));
        assert_eq!(state(&world, &reference).await, State::Submitted);
    })
    .await;
}

#[tokio::test]
async fn one_place_is_cancelled_and_goes_where_the_coordinator_says() {
    both(|db| async move {
        let (services, _) = services(db, NOW);
        let world = World::make(&services, 3, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let people = full_session(&world, &coordinator).await;
        let (_, anna) = &people[0];
        // What becomes of the place is not decided by forgetting to say it.
        let form = typed(&[("reason", "host_away")]);
        let id = save(&coordinator, "application", anna, "", &form).await.unwrap();
        let read = plan(&coordinator, "application", anna, &id.to_string()).await.unwrap();
        assert_eq!(read.problems, [("place", "Choose what happens to the place".to_owned())]);
        let form = typed(&[("reason", "host_away"), ("place", "fewer")]);
        let id = save(&coordinator, "application", anna, "", &form).await.unwrap();
        let read = plan(&coordinator, "application", anna, &id.to_string()).await.unwrap();
        assert_eq!((read.people.len(), read.drafts, read.supervisors.len()), (1, 0, 0));
        cancel(&coordinator, id, &read.fingerprint).await.unwrap();
        let after: Vec<State> =
            [state(&world, &people[0].1).await, state(&world, &people[1].1).await, state(&world, &people[3].1).await]
                .into();
        // One place fewer: it is given to nobody.
        assert_eq!(after, [State::CancelledByProvider, State::Accepted, State::Waitlisted]);
        assert_eq!((held(&world).await, capacity(&world).await), (2, 2));
        // The next is offered the next one.
        let (_, ben) = &people[1];
        let form = typed(&[("reason", "host_away"), ("place", "next")]);
        let id = save(&coordinator, "application", ben, "", &form).await.unwrap();
        let read = plan(&coordinator, "application", ben, &id.to_string()).await.unwrap();
        cancel(&coordinator, id, &read.fingerprint).await.unwrap();
        assert_eq!(state(&world, ben).await, State::CancelledByProvider);
        assert_eq!(state(&world, &people[3].1).await, State::Offered);
        assert_eq!((held(&world).await, capacity(&world).await), (2, 2));
        cancel(&coordinator, id, &read.fingerprint).await.unwrap();
        assert_eq!(count_cancelled(&world, "anna@mail.example").await, 1);
        assert_eq!(count_cancelled(&world, "ben@mail.example").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_departments_dates_are_cancelled_with_one_letter_each() {
    both(|db| async move {
        let (services, _) = services(db, NOW);
        let world = World::make(&services, 3, &[]).await.unwrap();
        let mut tx = services.db.write().await.unwrap();
        let department = store::opportunities::Department {
            id: domain::ids::DepartmentId(services.uuid()),
            organisation: world.provider,
            name: "Pharmacy".into(),
            profession: None,
        };
        store::opportunities::find_or_insert_department(&mut tx, &department).await.unwrap();
        let mut opportunity = store::opportunities::find(&mut tx, world.opportunity).await.unwrap().unwrap();
        opportunity.department = Some(department.id);
        store::opportunities::update(&mut tx, &mut opportunity).await.unwrap();
        tx.commit().await.unwrap();
        let second = world.another_session(7, 12).await.unwrap();
        let later = world.another_session(8, 2).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let anna = world.learner("anna", 2005).await.unwrap();
        let mut references = Vec::new();
        for one in [&world, &second, &later] {
            let reference = one.apply(&anna, "Anna").await.unwrap();
            one.decide(&coordinator, &reference, Decision::Offer).await.unwrap();
            applications::accept(&anna, &reference).await.unwrap();
            references.push(reference);
        }
        let lines = departments(&coordinator).await.unwrap().0;
        assert_eq!((lines[0].name.as_str(), lines[0].sessions, lines[0].held), ("Pharmacy", 3, 3));
        // 9 to 12 July touches the end of the first session and the beginning of the second.
        let form = typed(&[
            ("from_day", "9"),
            ("from_month", "7"),
            ("from_year", "2027"),
            ("to_day", "12"),
            ("to_month", "7"),
            ("to_year", "2027"),
            ("reason", "place"),
            ("note", ""),
        ]);
        let id = save(&coordinator, "department", &department.id.to_string(), "", &form).await.unwrap();
        let read = plan(&coordinator, "department", &department.id.to_string(), &id.to_string()).await.unwrap();
        assert_eq!((read.sessions.len(), read.people.len()), (2, 1));
        cancel(&coordinator, id, &read.fingerprint).await.unwrap();
        assert_eq!(state(&world, &references[0]).await, State::CancelledByProvider);
        assert_eq!(state(&world, &references[1]).await, State::CancelledByProvider);
        assert_eq!(state(&world, &references[2]).await, State::Confirmed);
        assert_eq!(count_cancelled(&world, "anna@mail.example").await, 1);
        let letter = told(&world, "anna@mail.example").await.pop().unwrap().1;
        assert!(
            references[..2].iter().all(|reference| letter.contains(reference.as_str()))
                && !letter.contains(&references[2])
        );
        let early = typed(&[("from_day", "31"), ("from_month", "2"), ("from_year", "2027"), ("reason", "place")]);
        let problems = read_problems(&early);
        assert_eq!(problems, ["from-day", "to-day"]);
    })
    .await;
}

fn read_problems(form: &BTreeMap<String, String>) -> Vec<&'static str> {
    let scope = Scope::Department(domain::ids::DepartmentId(uuid::Uuid::nil()));
    super::read(scope, form).unwrap_err().into_iter().map(|(field, _)| field).collect()
}
