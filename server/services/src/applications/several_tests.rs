//! One answer to several, told on both databases.

use domain::State;
use domain::application::NoReason;
use store::testing::both;

use super::decide::Decision;
use super::several::{MOST_AT_ONCE, decide_several, preview_several};
use crate::Error;
use crate::testing::{World, services};

async fn state(world: &World, reference: &str) -> State {
    let mut tx = world.services.db.read().await.unwrap();
    store::applications::find(&mut tx, reference).await.unwrap().unwrap().state
}

fn read(several: &super::several::Several) -> Vec<(String, String)> {
    several.ready.iter().map(|one| (one.application.reference.clone(), one.fingerprint.clone())).collect()
}

#[tokio::test]
async fn offers_go_to_those_who_asked_first_and_nobody_else_loses_by_it() {
    both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 2, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let mut sent = Vec::new();
        for name in ["amira", "ben", "cleo", "dan"] {
            let learner = world.learner(name, 2008).await.unwrap();
            let reference = world.fill(&learner, name, false).await.unwrap();
            super::submit(&learner, &reference, true).await.unwrap();
            clock.set(services.now().plus_minutes(1));
            sent.push((learner, reference));
        }
        let references = |of: &[usize]| of.iter().map(|at| sent[*at].1.clone()).collect::<Vec<_>>();

        // Chosen in any order, and one twice.
        let several = preview_several(&coordinator, &references(&[2, 1, 0, 1]), &Decision::Offer).await.unwrap();
        assert_eq!(
            several.ready.iter().map(|p| p.application.reference.clone()).collect::<Vec<_>>(),
            references(&[0, 1])
        );
        assert_eq!(several.left.len(), 1);
        assert_eq!(several.left[0].reference, sent[2].1);
        assert!(several.left[0].why.contains("not enough places"), "{}", several.left[0].why);

        // Between reading and sending, one of them withdraws: the other is still offered a place.
        super::withdraw(&sent[0].0, &sent[0].1).await.unwrap();
        let decided = decide_several(&coordinator, &read(&several), &Decision::Offer).await.unwrap();
        assert_eq!((decided.done, decided.left.len()), (1, 1));
        assert_eq!(decided.left[0].reference, sent[0].1);
        assert!(decided.left[0].why.contains("withdrawn"), "{}", decided.left[0].why);
        assert_eq!(state(&world, &sent[1].1).await, State::Offered);
        assert_eq!(state(&world, &sent[2].1).await, State::Submitted);

        // A no to the rest: each their own letter, once.
        let no = Decision::SayNo(NoReason::MoreAsked, String::new());
        let several = preview_several(&coordinator, &references(&[2, 3]), &no).await.unwrap();
        assert_eq!(decide_several(&coordinator, &read(&several), &no).await.unwrap().done, 2);
        assert_eq!(decide_several(&coordinator, &read(&several), &no).await.unwrap().done, 2);
        for at in [2, 3] {
            assert_eq!(state(&world, &sent[at].1).await, State::NotSelected);
            let mut tx = world.services.db.read().await.unwrap();
            let application = store::applications::find(&mut tx, &sent[at].1).await.unwrap().unwrap();
            let told = store::messages::list_about(&mut tx, application.id).await.unwrap();
            assert_eq!(told.iter().filter(|m| m.template == "not_selected").count(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn only_those_who_decide_and_only_their_own() {
    both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 2, &[]).await.unwrap();
        let learner = world.learner("amira", 2008).await.unwrap();
        let reference = world.fill(&learner, "Amira", false).await.unwrap();
        super::submit(&learner, &reference, true).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let chosen = [reference.clone(), "WX-0000-0000".to_owned()];
        assert!(matches!(preview_several(&learner, &chosen[..1], &Decision::Offer).await, Err(Error::NotFound)));
        assert!(matches!(preview_several(&coordinator, &chosen, &Decision::Offer).await, Err(Error::NotFound)));
        let many = vec![reference; MOST_AT_ONCE + 1];
        assert!(matches!(preview_several(&coordinator, &many, &Decision::Offer).await, Err(Error::Refused(_))));
    })
    .await;
}

#[tokio::test]
async fn the_preview_counts_reserved_places_as_deciding_does() {
    both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 3, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let change = crate::sessions::Change {
            capacity: 3,
            reserved_priority: 2,
            reserved_school: 0,
            reserved_for: None,
            lists_when_full: false,
        };
        crate::sessions::change_places(&coordinator, world.session, &change).await.unwrap();
        let mut references = Vec::new();
        for name in ["amira", "ben"] {
            let learner = world.learner(name, 2008).await.unwrap();
            references.push(world.apply(&learner, name).await.unwrap());
            clock.set(services.now().plus_minutes(1));
        }
        // Three places are free, and only one of them is open to these two.
        for offer in [Decision::Offer, Decision::OfferWithin(3)] {
            let several = preview_several(&coordinator, &references, &offer).await.unwrap();
            assert_eq!((several.ready.len(), several.left.len()), (1, 1));
            assert_eq!(several.ready[0].application.reference, references[0]);
            assert!(several.left[0].why.contains("not enough places"));
        }
    })
    .await;
}
