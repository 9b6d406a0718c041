//! Stories of certificates, records and feedback, told on both databases.

use std::collections::BTreeMap;

use domain::feedback::WhyHeld;
use domain::{Action, Role};
use store::testing::both;

use super::*;
use crate::applications::{Decision, Move, accept, answer_consent, move_on};
use crate::feedback;
use crate::record;
use crate::testing::{World, services as make_services};

const HALF: Attended = Attended { days: 2, minutes: None };
const ALL: Attended = Attended { days: 5, minutes: None };

async fn world(db: store::Db) -> World {
    let (services, _) = make_services(db, "2027-03-01T09:00:00");
    World::make(&services, 30, &[]).await.unwrap()
}

/// A learner with a confirmed place.
async fn confirmed(world: &World, coordinator: &Ctx, name: &str) -> (Ctx, String) {
    let learner = world.learner(&name.to_lowercase(), 2010).await.unwrap();
    let reference = world.apply(&learner, name).await.unwrap();
    world.decide(coordinator, &reference, Decision::Offer).await.unwrap();
    accept(&learner, &reference).await.unwrap();
    let token = world.consent_token(&format!("carer-of-{}@mail.example", name.to_lowercase())).await.unwrap();
    answer_consent(&world.services, &token, true).await.unwrap();
    (learner, reference)
}

/// Attendance is recorded: as whoever records it does.
async fn recorded(world: &World, reference: &str, action: Option<Action>, attended: Attended) {
    let services = &world.services;
    let mut tx = services.db.write().await.unwrap();
    let mut application = store::applications::find_for_change(&mut tx, reference).await.unwrap().unwrap();
    let about = store::applications::about_application(&mut tx, &application).await.unwrap();
    if let Some(action) = action {
        let step = Move { action, role: Role::Coordinator, actor: None, note: "" };
        move_on(&mut tx, services, &mut application, &about, step).await.unwrap();
    }
    settle(&mut tx, services, &application, &about, attended).await.unwrap();
    tx.commit().await.unwrap();
}

/// The days were corrected so that the state is another one.
async fn corrected(world: &World, reference: &str, state: State, attended: Attended) {
    let mut tx = world.services.db.write().await.unwrap();
    let mut application = store::applications::find_for_change(&mut tx, reference).await.unwrap().unwrap();
    application.state = state;
    assert!(store::applications::save(&mut tx, &application).await.unwrap());
    tx.commit().await.unwrap();
    recorded(world, reference, None, attended).await;
}

async fn told(world: &World, address: &str, template: &str) -> usize {
    let mut tx = world.services.db.read().await.unwrap();
    let messages = store::messages::list_newest(&mut tx, 500).await.unwrap();
    messages.iter().filter(|m| m.recipient == address && m.template == template).count()
}

#[tokio::test]
async fn a_certificate_is_issued_replaced_and_revoked() {
    both(|db| async move {
        let world = world(db).await;
        let coordinator = world.coordinator().await.unwrap();
        let (amira, reference) = confirmed(&world, &coordinator, "Amira").await;
        let anybody = Ctx { actor: None, ..amira.clone() };
        assert!(matches!(own_pdf(&amira, &reference).await, Err(Error::NotFound)));
        assert!(record::mine(&amira).await.unwrap().done.is_empty());

        recorded(&world, &reference, Some(Action::RecordPartly), HALF).await;
        let first = record::mine(&amira).await.unwrap().done.remove(0);
        assert_eq!((first.attended, first.title.as_str()), (Some(HALF), "A week with Pharmacy"));
        let number = first.number.unwrap();
        assert_eq!(told(&world, "amira@mail.example", "thank_you").await, 1);
        // Recorded again as it is, nothing happens.
        recorded(&world, &reference, None, HALF).await;
        assert_eq!(record::mine(&amira).await.unwrap().done[0].number.as_deref(), Some(number.as_str()));

        let look_at = look(&anybody, &number.to_lowercase()).await.unwrap();
        let says = look_at.says.unwrap();
        assert_eq!((look_at.standing, says.name.as_str(), says.attended), (Standing::Valid, "Amira", HALF));
        assert!(matches!(look(&anybody, "WXC-0000-0000-0000-0000").await, Err(Error::NotFound)));

        // Kept as a file it can be checked without us.
        let keys = keys(&world.services).await.unwrap();
        let key = papers::PublicKey::parse(&keys[0].text).unwrap();
        assert_eq!((keys.len(), keys[0].id.clone()), (1, key.id()));
        assert_eq!(Signed::check(&file(&anybody, &number).await.unwrap(), &key).unwrap().certificate, says);
        assert!(key_set(&world.services).await.unwrap().contains(&key.text()));
        assert!(papers::check_badge(&own_badge(&amira, &reference).await.unwrap(), &key).unwrap().contains("Amira"));
        let pdf = own_pdf(&amira, &reference).await.unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7"));
        assert_eq!(own_pdf(&amira, &reference).await.unwrap(), pdf);
        for other in [&coordinator, &world.learner("ben", 2010).await.unwrap()] {
            assert!(matches!(own_pdf(other, &reference).await, Err(Error::NotFound)));
            assert!(matches!(own_badge(other, &reference).await, Err(Error::NotFound)));
            assert!(matches!(record::reflect(other, &reference, "x").await, Err(Error::NotFound)));
            assert!(matches!(feedback::form(other, &reference).await, Err(Error::NotFound)));
        }

        // Corrected: more days. The old number says so, and no more.
        corrected(&world, &reference, State::Attended, ALL).await;
        let old = look(&anybody, &number).await.unwrap();
        assert_eq!((old.standing, old.says), (Standing::Replaced, None));
        assert!(matches!(file(&anybody, &number).await, Err(Error::NotFound)));
        let new = record::mine(&amira).await.unwrap().done.remove(0).number.unwrap();
        assert_ne!(new, number);
        assert_eq!(look(&anybody, &new).await.unwrap().says.unwrap().attended, ALL);
        assert_eq!(told(&world, "amira@mail.example", "certificate_changed").await, 1);

        // Did not come after all.
        corrected(&world, &reference, State::DidNotAttend, Attended { days: 0, minutes: None }).await;
        assert_eq!(look(&anybody, &new).await.unwrap().standing, Standing::Revoked);
        assert_eq!(look(&anybody, &number).await.unwrap().standing, Standing::Replaced);
        assert!(record::mine(&amira).await.unwrap().done.is_empty());
        assert!(matches!(own_pdf(&amira, &reference).await, Err(Error::NotFound)));
        // Thanked once, whatever is corrected later.
        assert_eq!(told(&world, "amira@mail.example", "thank_you").await, 1);
        corrected(&world, &reference, State::Attended, ALL).await;
        assert_eq!(told(&world, "amira@mail.example", "thank_you").await, 1);
        assert!(record::mine(&amira).await.unwrap().done[0].number.is_some());
    })
    .await;
}

#[tokio::test]
async fn looks_are_counted_by_address() {
    both(|db| async move {
        let world = world(db).await;
        let amira = world.learner("amira", 2010).await.unwrap();
        let from = Ctx { actor: None, address: Some("192.0.2.1".parse().unwrap()), ..amira };
        for _ in 0..LOOKS_A_MINUTE {
            assert!(matches!(look(&from, "WXC-0000-0000-0000-0000").await, Err(Error::NotFound)));
        }
        assert!(matches!(look(&from, "WXC-0000-0000-0000-0000").await, Err(Error::TooMany(_))));
        let elsewhere = Ctx { address: Some("192.0.2.2".parse().unwrap()), ..from };
        assert!(matches!(look(&elsewhere, "WXC-0000-0000-0000-0000").await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_reflection_is_kept_as_typed_and_is_nobody_elses() {
    both(|db| async move {
        let world = world(db).await;
        let coordinator = world.coordinator().await.unwrap();
        let (amira, reference) = confirmed(&world, &coordinator, "Amira").await;
        assert!(matches!(record::reflect(&amira, &reference, "Too early").await, Err(Error::NotFound)));
        recorded(&world, &reference, Some(Action::RecordAttended), ALL).await;
        for (text, fits) in [("  I liked it.\n</textarea>", true), ("ä".repeat(2001).as_str(), false), ("", true)] {
            assert_eq!(record::reflect(&amira, &reference, text).await.unwrap(), fits);
            assert_eq!(record::mine(&amira).await.unwrap().done[0].reflection, text);
        }
        assert!(matches!(record::reflect(&amira, &reference, &"a".repeat(20_001)).await, Err(Error::Refused(_))));
    })
    .await;
}

fn answers(welcome: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("welcome".to_owned(), welcome.to_owned()), ("choose".to_owned(), "more".to_owned())])
}

#[tokio::test]
async fn feedback_shows_from_ten_on_and_texts_once_they_were_read() {
    both(|db| async move {
        let world = world(db).await;
        let coordinator = world.coordinator().await.unwrap();
        let national = world.national("National").await.unwrap();
        let mut people = Vec::new();
        for number in 0..10 {
            let (learner, reference) = confirmed(&world, &coordinator, &format!("L{number}")).await;
            assert!(matches!(feedback::form(&learner, &reference).await, Err(Error::NotFound)));
            recorded(&world, &reference, Some(Action::RecordAttended), ALL).await;
            people.push((learner, reference));
        }
        let said = async || feedback::said(&national, world.opportunity).await.unwrap();
        for (learner, reference) in &people[..9] {
            assert!(feedback::give(learner, reference, &answers("agree"), "").await.unwrap());
        }
        assert_eq!(said().await, None);
        let (last, reference) = &people[9];
        // Too long: kept as typed, and not counted before it is mended.
        let long = "a".repeat(501);
        assert!(!feedback::give(last, reference, &answers("disagree"), &long).await.unwrap());
        let form = feedback::form(last, reference).await.unwrap();
        assert_eq!((form.text, form.complete, form.problems.len()), (long, false, 1));
        assert_eq!(said().await, None);
        assert_eq!(feedback::waiting(&national).await.unwrap().1, 0);
        assert!(feedback::give(last, reference, &answers("disagree"), "It was <b>great</b>.").await.unwrap());
        let shown = said().await.unwrap();
        assert_eq!(
            shown.counts,
            ["9 of 10 people felt welcome.", "All 10 people are now more likely to choose a job in health and care."]
        );
        assert!(shown.texts.is_empty());

        // The national team reads it, without a name; nobody else does.
        for other in [last, &coordinator] {
            assert!(matches!(feedback::waiting(other).await, Err(Error::NotFound)));
        }
        let (list, count) = feedback::waiting(&national).await.unwrap();
        assert_eq!((list.len(), count, list[0].text.as_str()), (1, 1, "It was <b>great</b>."));
        // Changed meanwhile: what was read is not what is there.
        let read = list[0].clone();
        let stale = read.given_at.plus_seconds(-1);
        assert!(matches!(feedback::moderate(&national, read.id, stale, None).await, Err(Error::Refused(_))));
        assert!(matches!(feedback::moderate(&coordinator, read.id, read.given_at, None).await, Err(Error::NotFound)));
        feedback::moderate(&national, read.id, read.given_at, None).await.unwrap();
        assert_eq!(said().await.unwrap().texts, ["It was <b>great</b>."]);
        assert!(matches!(
            feedback::give(last, reference, &answers("agree"), "Other words").await,
            Err(Error::Refused(_))
        ));
        assert!(!feedback::form(last, reference).await.unwrap().open);

        // Another is held back.
        let (first, reference) = &people[0];
        assert!(feedback::give(first, reference, &answers("agree"), "Ask for Dr Smith").await.unwrap());
        let read = feedback::waiting(&national).await.unwrap().0.remove(0);
        feedback::moderate(&national, read.id, read.given_at, Some(WhyHeld::Names)).await.unwrap();
        assert_eq!(said().await.unwrap().texts.len(), 1);
        assert_eq!(feedback::waiting(&national).await.unwrap().1, 0);

        // Forgotten learners leave their counts.
        let mut tx = world.services.db.write().await.unwrap();
        for (_, reference) in &people {
            let id = store::applications::find(&mut tx, reference).await.unwrap().unwrap().id;
            store::retention::erase_application(&mut tx, id, world.services.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(said().await.unwrap().counts.len(), 2);
        let all = store::testing::everything(&world.services.db).await;
        assert!(!all.iter().any(|row| row.contains("Dr Smith") || row.starts_with("certificates: ")));
    })
    .await;
}
