//! Stories of what somebody keeps, told on both databases.

use domain::ids::OpportunityId;
use domain::saved::Every;
use store::testing::both;

use super::*;
use crate::applications::{self, Decision};
use crate::testing::{World, ctx, services};
use crate::time::from_london;
use crate::{Error, tick};

const SLUG: &str = "a-week-with-pharmacy";

async fn told(world: &World, address: &str) -> Vec<store::messages::Message> {
    let mut tx = world.services.db.read().await.unwrap();
    let mut messages = store::messages::list_newest(&mut tx, 500).await.unwrap();
    messages.reverse();
    messages
        .into_iter()
        .filter(|m| m.recipient == address && ["digest", "closing_soon", "place_free"].contains(&m.template.as_str()))
        .collect()
}

/// Another opportunity like the world's, published now.
async fn publish(world: &World, n: u128, title: &str) {
    let services = &world.services;
    let mut tx = services.db.write().await.unwrap();
    let mut one = store::opportunities::find(&mut tx, world.opportunity).await.unwrap().unwrap();
    let session = store::sessions::find(&mut tx, world.session).await.unwrap().unwrap();
    one.id = OpportunityId(uuid::Uuid::from_u128(n));
    (one.slug, one.title, one.reference, one.row_hash) = (format!("new-{n}"), title.into(), None, None);
    one.published_at = Some(services.now());
    store::opportunities::insert(&mut tx, &one).await.unwrap();
    let id = domain::ids::SessionId(uuid::Uuid::from_u128(1000 + n));
    let session = store::sessions::Session { id, opportunity: one.id, held: 0, ..session };
    store::sessions::insert(&mut tx, &session).await.unwrap();
    store::catalogue::changed(&mut tx, &[one.id]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_saved_search_is_answered_with_what_is_new_and_stopped_in_one_step() {
    both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 3, &[]).await.unwrap();
        let anna = world.learner("anna", 2005).await.unwrap();
        let at = |text: &str| clock.set(from_london(text.parse().unwrap()));
        let raw = "what=pharmacy&mood=happy&page=3&view=map";
        assert!(matches!(save_search(&ctx(&services, None), raw, Every::Day).await, Err(Error::SignIn)));
        let shown = asked(&anna, raw).await.unwrap();
        assert_eq!((shown.words.as_str(), shown.found, shown.query.page), ("pharmacy", 1, 1));
        assert!(!shown.odd.is_empty(), "a filter that there is not is named");
        save_search(&anna, raw, Every::Day).await.unwrap();
        save_search(&anna, "what=pharmacy", Every::Day).await.unwrap();
        let kept = saved(&anna).await.unwrap().searches;
        assert_eq!((kept.len(), kept[0].words.as_str(), kept[0].every), (1, "pharmacy", Every::Day));

        // Nothing new, no message; before seven nobody is woken.
        at("2027-03-02T08:00:00");
        tick::run_due(&services).await.unwrap();
        assert_eq!(told(&world, "anna@mail.example").await, []);
        publish(&world, 7, "A day in the pharmacy <at night>").await;
        publish(&world, 8, "Nursing for beginners").await;
        at("2027-03-03T06:59:00");
        tick::run_due(&services).await.unwrap();
        assert_eq!(told(&world, "anna@mail.example").await, []);
        at("2027-03-03T07:00:00");
        for _ in 0..2 {
            tick::run_due(&services).await.unwrap();
        }
        let letters = told(&world, "anna@mail.example").await;
        assert_eq!(letters.len(), 1);
        assert!(letters[0].text.contains("A day in the pharmacy <at night>"), "{}", letters[0].text);
        assert!(letters[0].html.contains("&lt;at night&gt;"));
        assert!(!letters[0].text.contains("Nursing for beginners") || letters[0].text.contains("2 new"));
        // What was told is not told again.
        at("2027-03-04T09:00:00");
        tick::run_due(&services).await.unwrap();
        assert_eq!(told(&world, "anna@mail.example").await.len(), 1);

        // Once a week instead: on Monday, with everything since.
        change(&anna, kept[0].id, Every::Week).await.unwrap();
        let ben = world.learner("ben", 2005).await.unwrap();
        assert!(matches!(change(&ben, kept[0].id, Every::Day).await, Err(Error::NotFound)));
        publish(&world, 9, "Pharmacy on Saturdays").await;
        at("2027-03-05T09:00:00");
        tick::run_due(&services).await.unwrap();
        assert_eq!(told(&world, "anna@mail.example").await.len(), 1);
        at("2027-03-08T09:00:00");
        tick::run_due(&services).await.unwrap();
        let letters = told(&world, "anna@mail.example").await;
        assert_eq!(letters.len(), 2);
        assert!(letters[1].text.contains("Pharmacy on Saturdays") && !letters[1].text.contains("at night"));

        // The way out needs no signing in, looking at it stops nothing, and a link of somebody's own making is none.
        let link = letters[1].stop_url.clone().unwrap();
        let token = link.rsplit('/').next().unwrap().to_owned();
        assert!(letters[1].text.contains(&format!("/saved/stop/{token}")) && link.contains("/unsubscribe/"));
        forget(&ben, kept[0].id).await.unwrap();
        assert!(!stops(&services, &token).await.unwrap().already);
        let mut forged = token.clone();
        forged.replace_range(10..11, if &token[10..11] == "0" { "1" } else { "0" });
        for wrong in [forged.as_str(), "", "s", &token[..70], "ß".repeat(80).as_str()] {
            assert!(matches!(stop(&services, wrong).await, Err(Error::NotFound)), "{wrong}");
        }
        stop(&services, &token).await.unwrap();
        stop(&services, &token).await.unwrap();
        assert!(stops(&services, &token).await.unwrap().already);
        assert_eq!(saved(&anna).await.unwrap().searches, []);
    })
    .await;
}

#[tokio::test]
async fn what_is_saved_is_told_when_it_closes_and_when_a_place_is_free() {
    both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 1, &[]).await.unwrap();
        let at = |text: &str| clock.set(from_london(text.parse().unwrap()));
        let anna = world.learner("anna", 2005).await.unwrap();
        let ben = world.learner("ben", 2005).await.unwrap();
        assert!(matches!(save(&ctx(&services, None), SLUG).await, Err(Error::SignIn)));
        assert!(matches!(save(&anna, "no-such-thing").await, Err(Error::NotFound)));
        for _ in 0..2 {
            save(&anna, SLUG).await.unwrap();
        }
        save(&ben, SLUG).await.unwrap();
        let kept = saved(&anna).await.unwrap().opportunities;
        assert_eq!((kept.len(), kept[0].title.as_str()), (1, "A week with Pharmacy"));
        assert!(kept[0].hit.is_some() && is_saved(&anna, world.opportunity).await.unwrap());

        // Ben gets the only place; then it comes free, and only who still waits for one is told.
        let coordinator = world.coordinator().await.unwrap();
        let reference = world.apply(&ben, "Ben").await.unwrap();
        world.decide(&coordinator, &reference, Decision::Offer).await.unwrap();
        remove(&ben, SLUG).await.unwrap();
        tick::run_due(&services).await.unwrap();
        applications::decline(&ben, &reference).await.unwrap();
        for _ in 0..2 {
            tick::run_due(&services).await.unwrap();
        }
        let letters = told(&world, "anna@mail.example").await;
        assert_eq!(letters.iter().map(|m| m.template.as_str()).collect::<Vec<_>>(), ["place_free"]);
        assert_eq!(told(&world, "ben@mail.example").await, []);

        // It closes in three days: told once, in the morning.
        let mut tx = services.db.read().await.unwrap();
        let closes = store::sessions::find(&mut tx, world.session).await.unwrap().unwrap().closes_on;
        drop(tx);
        at(&format!("{}T12:00:00", closes - chrono::Days::new(4)));
        tick::run_due(&services).await.unwrap();
        assert_eq!(told(&world, "anna@mail.example").await.len(), 1);
        at(&format!("{}T07:30:00", closes - chrono::Days::new(3)));
        for _ in 0..2 {
            tick::run_due(&services).await.unwrap();
        }
        let letters = told(&world, "anna@mail.example").await;
        assert_eq!(letters.iter().map(|m| m.template.as_str()).collect::<Vec<_>>(), ["place_free", "closing_soon"]);
        let token = letters[1].stop_url.as_ref().unwrap().rsplit('/').next().unwrap().to_owned();
        assert!(stops(&services, &token).await.unwrap().what.contains("A week with Pharmacy"));
        stop(&services, &token).await.unwrap();
        assert_eq!(saved(&anna).await.unwrap().opportunities, []);
    })
    .await;
}

#[tokio::test]
async fn nobody_keeps_more_than_they_can_look_through() {
    both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 1, &[]).await.unwrap();
        let anna = world.learner("anna", 2005).await.unwrap();
        for n in 0..10 {
            save_search(&anna, &format!("what=word{n}"), Every::Week).await.unwrap();
        }
        let refused = save_search(&anna, "what=more", Every::Week).await;
        assert!(matches!(refused, Err(Error::Refused(words)) if words.contains("10 searches")));
        // One that is there already can still be changed.
        save_search(&anna, "what=word3", Every::Day).await.unwrap();
        let refused = save_search(&anna, &format!("what={}", "x".repeat(3000)), Every::Day).await;
        assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
    })
    .await;
}
