//! What becomes of messages: superseded, delivered, failed; and what staff see of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::application::NoReason;
use domain::message::Failure;

use super::*;
use crate::applications::{Decision, accept, open};
use crate::messages::{Unreached, could_not_reach, shown, told_another_way};
use crate::testing::World;

/// A world whose one learner has an offer that has not been sent, and the reference.
async fn offered(services: &Arc<Services>) -> (World, crate::Ctx, crate::Ctx, String) {
    let world = World::make(services, 1, &[]).await.unwrap();
    let coordinator = world.coordinator().await.unwrap();
    let amira = world.learner("amira", 2005).await.unwrap();
    let reference = world.apply(&amira, "Amira").await.unwrap();
    world.decide(&coordinator, &reference, Decision::Offer).await.unwrap();
    (world, coordinator, amira, reference)
}

async fn about(services: &Services, reference: &str) -> Vec<Message> {
    let mut tx = services.db.read().await.unwrap();
    let application = store::applications::find(&mut tx, reference).await.unwrap().unwrap();
    store::messages::list_about(&mut tx, application.id).await.unwrap()
}

async fn by_template(services: &Services, reference: &str) -> BTreeMap<String, String> {
    about(services, reference).await.into_iter().map(|m| (m.template, m.status)).collect()
}

#[tokio::test]
async fn a_changed_decision_supersedes_the_unsent_message() {
    store::testing::both(|db| async move {
        let (services, _) = testing::services(db, "2027-03-01T09:00:00");
        let (_, _, amira, reference) = offered(&services).await;
        // They saw the offer on their page and said no before the email had left.
        crate::applications::withdraw(&amira, &reference).await.unwrap();
        let trying = Trying::default();
        deliver_due(&services, &trying).await.unwrap();
        let statuses = by_template(&services, &reference).await;
        assert_eq!(statuses["offered"], "superseded");
        assert_eq!((statuses["submitted"].as_str(), statuses["withdrawn"].as_str()), ("sent", "sent"));
        let sent = trying.sent.lock().unwrap().clone();
        assert!(!sent.contains(&"You have been offered a place".to_owned()), "{sent:?}");
        let offer = about(&services, &reference).await.into_iter().find(|m| m.template == "offered").unwrap();
        assert_eq!(shown(&offer, services.today()), "not sent: a later message took its place");
    })
    .await;
}

#[tokio::test]
async fn what_is_being_sent_is_not_called_back_and_both_go_in_order() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-03-01T09:00:00");
        let (_, _, amira, reference) = offered(&services).await;
        // A worker has every message in its hands.
        let mut tx = services.db.write().await.unwrap();
        let now = services.now();
        let claimed = store::messages::claim_due(&mut tx, now, now.plus_seconds(LEASE_SECONDS), 100).await.unwrap();
        tx.commit().await.unwrap();
        assert!(claimed.iter().any(|m| m.template == "offered"));
        crate::applications::withdraw(&amira, &reference).await.unwrap();
        assert_eq!(by_template(&services, &reference).await["offered"], "queued");
        // The later one waits for it, and both go.
        let trying = Trying::default();
        deliver_due(&services, &trying).await.unwrap();
        assert!(trying.sent.lock().unwrap().iter().all(|subject| !subject.contains("withdrawn")));
        clock.set(now.plus_seconds(LEASE_SECONDS));
        deliver_due(&services, &trying).await.unwrap();
        let sent = trying.sent.lock().unwrap().clone();
        let at = |subject: &str| sent.iter().position(|other| other == subject).unwrap();
        assert!(at("You have been offered a place") < at("You have withdrawn your application"), "{sent:?}");
    })
    .await;
}

#[tokio::test]
async fn only_the_same_recipient_and_application_are_superseded() {
    store::testing::both(|db| async move {
        let (services, _) = testing::services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 1, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let (amira, ben) = (world.learner("amira", 2005).await.unwrap(), world.learner("ben", 2005).await.unwrap());
        let (first, second) = (world.apply(&amira, "Amira").await.unwrap(), world.apply(&ben, "Ben").await.unwrap());
        world.decide(&coordinator, &first, Decision::Offer).await.unwrap();
        world.decide(&coordinator, &second, Decision::Waitlist).await.unwrap();
        let no = Decision::SayNo(NoReason::MoreAsked, String::new());
        world.decide(&coordinator, &second, no).await.unwrap();
        let (first, second) = (by_template(&services, &first).await, by_template(&services, &second).await);
        assert_eq!(first.values().filter(|status| *status == "superseded").count(), 0, "{first:?}");
        assert_eq!(second.get("waitlisted").map(String::as_str), Some("superseded"), "{second:?}");
        assert_eq!(second["submitted"], "queued");
    })
    .await;
}

/// Says of each message what it is told to, and hands out names for them.
#[derive(Debug)]
struct Provider(Mutex<News>);

impl Transport for Provider {
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a> {
        let name = format!("at-provider-{}-{}", message.id, message.attempts);
        Box::pin(async move { Ok(Handed { provider_id: Some(name) }) })
    }
    fn news<'a>(&'a self, _: &'a Message) -> Asking<'a> {
        let news = self.0.lock().unwrap().clone();
        Box::pin(async move { Ok(news) })
    }
    fn check(&self) -> Pin<Box<dyn Future<Output = Result<String, String>> + Send + '_>> {
        Box::pin(async { Ok(String::new()) })
    }
}

#[tokio::test]
async fn delivery_is_asked_for_and_kept() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-05-03T09:40:00");
        let provider = Provider(Mutex::new(News::UnderWay));
        write_letters(&services, &clock, &[("a@example.com", "one")]).await;
        deliver_due(&services, &provider).await.unwrap();
        // Not at once, then every so often, and never for ever.
        assert_eq!(ask_for_news(&services, &provider).await.unwrap(), Noted::default());
        let only = || async {
            let mut tx = services.db.read().await.unwrap();
            store::messages::list_newest(&mut tx, 1).await.unwrap().remove(0)
        };
        assert_eq!(shown(&only().await, services.today()), "sent 3 May, 9:40am");
        clock.set(services.now().plus_minutes(1));
        ask_for_news(&services, &provider).await.unwrap();
        *provider.0.lock().unwrap() = News::Delivered(None);
        assert_eq!(ask_for_news(&services, &provider).await.unwrap(), Noted::default(), "asked twice in a minute");
        clock.set(services.now().plus_minutes(1));
        assert_eq!(ask_for_news(&services, &provider).await.unwrap(), Noted { delivered: 1, failed: 0 });
        assert_eq!(shown(&only().await, services.today()), "delivered 3 May, 9:42am");
        // The same news once more is none.
        let mut tx = services.db.write().await.unwrap();
        let message = only().await;
        assert!(!take_news(&mut tx, &services, &message, &News::Delivered(None)).await.unwrap());
        // An earlier word that comes late changes nothing either.
        assert!(
            !take_news(&mut tx, &services, &message, &News::Failed(Failure::Temporary, "full".into())).await.unwrap()
        );
        tx.commit().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_the_provider_could_not_try_is_sent_again() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-05-03T09:40:00");
        let provider = Provider(Mutex::new(News::NotTried("technical-failure".into())));
        write_letters(&services, &clock, &[("a@example.com", "one")]).await;
        deliver_due(&services, &provider).await.unwrap();
        clock.set(services.now().plus_minutes(1));
        ask_for_news(&services, &provider).await.unwrap();
        assert_eq!(statuses(&services).await, [("one".into(), "queued".into(), 1)]);
        clock.set(services.now().plus_minutes(1));
        *provider.0.lock().unwrap() = News::Delivered(None);
        assert_eq!(deliver_due(&services, &provider).await.unwrap().sent, 1);
        clock.set(services.now().plus_minutes(1));
        assert_eq!(ask_for_news(&services, &provider).await.unwrap().delivered, 1);
        assert_eq!(statuses(&services).await, [("one".into(), "delivered".into(), 2)]);
    })
    .await;
}

#[tokio::test]
async fn a_dead_address_becomes_something_to_do_for_the_coordinator() {
    store::testing::both(|db| async move {
        let (services, clock) = testing::services(db, "2027-05-03T09:40:00");
        let (world, coordinator, amira, reference) = offered(&services).await;
        let provider = Provider(Mutex::new(News::Failed(Failure::Permanent, "permanent-failure".into())));
        deliver_due(&services, &provider).await.unwrap();
        clock.set(services.now().plus_minutes(1));
        ask_for_news(&services, &provider).await.unwrap();

        let unreached = || async {
            let review = open(&coordinator, &reference, true).await.unwrap();
            let mut tx = services.db.read().await.unwrap();
            let whom = could_not_reach(&mut tx, &review.application, &review.messages).await.unwrap();
            (whom, store::messages::count_to_tell(&mut tx, world.provider.0).await.unwrap())
        };
        assert_eq!(unreached().await, (vec![Unreached::LearnerEmail], 1));
        let lost = about(&services, &reference).await;
        assert!(
            lost.iter().all(|m| shown(m, services.today()) == "could not be delivered: tell them by telephone"),
            "{lost:?}"
        );
        // Nobody else can say that it was done.
        let other = world.posts_only("Poster").await.unwrap();
        assert!(told_another_way(&other, &reference).await.is_err());
        assert!(told_another_way(&amira, &reference).await.is_err());
        assert_eq!(unreached().await.1, 1);
        told_another_way(&coordinator, &reference).await.unwrap();
        told_another_way(&coordinator, &reference).await.unwrap();
        assert_eq!(unreached().await, (vec![], 0));
        // A later letter that fails is a task again.
        accept(&amira, &reference).await.unwrap();
        deliver_due(&services, &provider).await.unwrap();
        clock.set(services.now().plus_minutes(1));
        ask_for_news(&services, &provider).await.unwrap();
        assert_eq!(unreached().await, (vec![Unreached::LearnerEmail], 1));
    })
    .await;
}
