//! Stories of a parent or carer, told on both databases.

use domain::clearance::{ClearanceKind, ClearanceStatus, ConsentStatus};
use domain::consent::May;
use domain::{Role, State};
use store::Db;
use store::testing::both;

use super::*;
use crate::applications::{self, Decision};
use crate::testing::{World, services};
use crate::time::{MovableClock, from_london};
use crate::{Ctx, tick};

const CARER: &str = "carer-of-amira@mail.example";
const AMIRA: &str = "amira@mail.example";
const COORDINATOR: &str = "coordinator@mail.example";

struct Scene {
    world: World,
    clock: MovableClock,
    coordinator: Ctx,
    amira: Ctx,
    reference: String,
    token: String,
}

/// Amira, 17 on the first day, has applied; her carer has a link.
async fn scene(db: Db, places: i64, checks: &[ClearanceKind]) -> Scene {
    let (services, clock) = services(db, "2027-03-01T09:00:00");
    let world = World::make(&services, places, checks).await.unwrap();
    let coordinator = world.coordinator().await.unwrap();
    let amira = world.learner("amira", 2010).await.unwrap();
    let reference = world.apply(&amira, "Amira").await.unwrap();
    let token = world.consent_token(CARER).await.unwrap();
    Scene { world, clock, coordinator, amira, reference, token }
}

impl Scene {
    async fn application(&self) -> Application {
        let mut tx = self.world.services.db.read().await.unwrap();
        store::applications::find(&mut tx, &self.reference).await.unwrap().unwrap()
    }
    async fn messages(&self, address: &str) -> Vec<store::messages::Message> {
        let mut tx = self.world.services.db.read().await.unwrap();
        let mut messages = store::messages::list_newest(&mut tx, 500).await.unwrap();
        messages.reverse();
        messages.into_iter().filter(|message| message.recipient == address).collect()
    }
    async fn told(&self, address: &str) -> Vec<String> {
        self.messages(address).await.into_iter().map(|message| message.template).collect()
    }
    async fn held(&self) -> i64 {
        let mut tx = self.world.services.db.read().await.unwrap();
        store::sessions::find(&mut tx, self.world.session).await.unwrap().unwrap().held
    }
    fn at(&self, london: &str) {
        self.clock.set(from_london(london.parse().unwrap()));
    }
    async fn answer(&self, agreed: bool) -> String {
        answer_consent(&self.world.services, &self.token, agreed).await.unwrap().unwrap()
    }
    async fn confirmed(&self) {
        self.world.decide(&self.coordinator, &self.reference, Decision::Offer).await.unwrap();
        applications::accept(&self.amira, &self.reference).await.unwrap();
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Refused(why)) => why,
        other => panic!("expected a rule's no, got {other:?}"),
    }
}

#[tokio::test]
async fn a_link_takes_one_answer_and_the_private_page_says_what_it_was() {
    both(|db| async move {
        let scene = scene(db, 1, &[]).await;
        let services = &scene.world.services;
        // Looking does not use the link up.
        for _ in 0..3 {
            assert!(!consent_asked(services, &scene.token).await.unwrap().answered);
        }
        assert!(matches!(guardian_page(services, &scene.token).await, Err(Error::NotFound)));
        assert!(refused(send_page_again(services, &scene.token).await).contains("not answered yet"));
        assert!(matches!(send_page_again(services, "0123").await, Err(Error::NotFound)));
        let page = scene.answer(true).await;
        assert_eq!(answer_consent(services, &scene.token, false).await.unwrap(), None);
        assert!(consent_asked(services, &scene.token).await.unwrap().answered);
        // Each link opens its own page, and the letter holds the one that was given back.
        assert!(matches!(consent_asked(services, &page).await, Err(Error::NotFound)));
        let shown = guardian_page(services, &page).await.unwrap();
        assert_eq!((shown.agreed, shown.may, shown.state), (true, May::Withdraw, State::Submitted));
        let letters = scene.messages(CARER).await;
        assert_eq!(letters.last().unwrap().template, "consent_kept");
        assert!(letters.last().unwrap().text.contains(&page));
        // Neither token is kept.
        let kept = store::testing::everything(&services.db).await;
        let secret =
            |token: &str| kept.iter().filter(|row| !row.starts_with("messages") && row.contains(token)).count();
        assert_eq!((secret(&scene.token), secret(&page)), (0, 0));
        // A lost link is mailed again, once an hour.
        assert!(refused(send_page_again(services, &scene.token).await).contains("less than an hour"));
        scene.at("2027-03-01T10:30:00");
        send_page_again(services, &scene.token).await.unwrap();
        assert_eq!(scene.told(CARER).await.last().unwrap(), "consent_page");
        // The page is closed when the dates are over.
        scene.at("2027-07-09T12:00:00");
        guardian_page(services, &page).await.unwrap();
        scene.at("2027-07-10T00:00:00");
        assert!(refused(guardian_page(services, &page).await).contains("over"));
        assert!(refused(withdraw_consent(services, &page).await).contains("over"));
    })
    .await;
}

#[tokio::test]
async fn consent_withdrawn_from_a_place_gives_it_to_the_next_and_tells_everybody() {
    both(|db| async move {
        let scene = scene(db, 1, &[]).await;
        let services = &scene.world.services;
        let page = scene.answer(true).await;
        scene.confirmed().await;
        assert_eq!(scene.application().await.state, State::Confirmed);
        let ben = scene.world.learner("ben", 2005).await.unwrap();
        let waiting = scene.world.apply(&ben, "Ben").await.unwrap();
        scene.world.decide(&scene.coordinator, &waiting, Decision::Waitlist).await.unwrap();

        assert_eq!(withdraw_consent(services, &page).await.unwrap(), ChangeOfMind::Kept);
        assert_eq!(withdraw_consent(services, &page).await.unwrap(), ChangeOfMind::AsBefore);
        let after = scene.application().await;
        assert_eq!((after.state, after.consent), (State::Withdrawn, ConsentStatus::Refused));
        assert_eq!(scene.held().await, 1);
        assert_eq!(scene.told("ben@mail.example").await.last().unwrap(), "offered");
        let learner = scene.messages(AMIRA).await;
        assert!(learner.last().unwrap().text.contains("your place goes to somebody else"));
        let coordinator = scene.messages(COORDINATOR).await;
        let gone: Vec<_> = coordinator.iter().filter(|message| message.template == "consent_gone").collect();
        assert_eq!(gone.len(), 1);
        assert!(!gone[0].text.contains("Amira") && gone[0].text.contains(&scene.reference));
        let mut tx = services.db.read().await.unwrap();
        let events = store::applications::list_events(&mut tx, after.id).await.unwrap();
        assert_eq!(events.last().unwrap().role, Role::Guardian);
        let audit = store::audit::list_about(&mut tx, "application", &after.id.to_string()).await.unwrap();
        assert!(audit.iter().any(|line| line.action == "withdraw_consent" && line.role == Role::Guardian));
        drop(tx);
        // It has ended, so nothing can be changed back.
        assert_eq!(guardian_page(services, &page).await.unwrap().may, May::Nothing);
        assert!(refused(agree_after_all(services, &page).await).contains("nothing left to change"));
    })
    .await;
}

#[tokio::test]
async fn the_waiting_list_goes_on_without_whoever_has_a_no_and_comes_back_after_a_yes() {
    both(|db| async move {
        let scene = scene(db, 1, &[]).await;
        let services = &scene.world.services;
        let carl = scene.world.learner("carl", 2005).await.unwrap();
        let holds = scene.world.apply(&carl, "Carl").await.unwrap();
        scene.world.decide(&scene.coordinator, &holds, Decision::Offer).await.unwrap();
        scene.world.decide(&scene.coordinator, &scene.reference, Decision::Waitlist).await.unwrap();
        let ben = scene.world.learner("ben", 2005).await.unwrap();
        let behind = scene.world.apply(&ben, "Ben").await.unwrap();
        scene.world.decide(&scene.coordinator, &behind, Decision::Waitlist).await.unwrap();
        let page = scene.answer(false).await;
        assert!(scene.messages(AMIRA).await.last().unwrap().text.contains("no place is offered to you"));
        let line = applications::track(&scene.amira, &scene.reference).await.unwrap().in_line.unwrap();
        assert_eq!((line.place, line.consent_refused), (1, true));
        // A place becomes free: the next person is asked, and Amira stays where she is.
        applications::decline(&carl, &holds).await.unwrap();
        assert_eq!(scene.told("ben@mail.example").await.last().unwrap(), "offered");
        assert_eq!(scene.application().await.state, State::Waitlisted);
        applications::decline(&ben, &behind).await.unwrap();
        assert_eq!((scene.application().await.state, scene.held().await), (State::Waitlisted, 0));
        // The yes is enough: the free place is offered to her.
        agree_after_all(services, &page).await.unwrap();
        assert_eq!((scene.application().await.state, scene.held().await), (State::Offered, 1));
    })
    .await;
}

#[tokio::test]
async fn a_no_before_any_decision_leaves_it_live_and_can_be_changed() {
    both(|db| async move {
        let scene = scene(db, 1, &[ClearanceKind::Identity]).await;
        let services = &scene.world.services;
        let page = scene.answer(false).await;
        assert_eq!(scene.application().await.state, State::Submitted);
        assert_eq!(guardian_page(services, &page).await.unwrap().may, May::Agree);
        assert_eq!(agree_after_all(services, &page).await.unwrap(), ChangeOfMind::Kept);
        assert_eq!(scene.application().await.consent, ConsentStatus::Given);
        // Once more no: the coordinator hears that a place cannot be confirmed.
        assert_eq!(withdraw_consent(services, &page).await.unwrap(), ChangeOfMind::Kept);
        assert_eq!(scene.application().await.state, State::Submitted);
        assert_eq!(scene.told(COORDINATOR).await.last().unwrap(), "consent_gone");
        assert_eq!(scene.told(AMIRA).await.iter().filter(|t| *t == "consent_answered").count(), 3);
        // An offer made meanwhile is accepted, but never confirmed without the yes.
        scene.confirmed().await;
        let kind = ClearanceKind::Identity;
        applications::settle_clearance(&scene.coordinator, &scene.reference, kind, ClearanceStatus::Met, "")
            .await
            .unwrap();
        assert_eq!(scene.application().await.state, State::Accepted);
        agree_after_all(services, &page).await.unwrap();
        assert_eq!(scene.application().await.state, State::Confirmed);
    })
    .await;
}

#[tokio::test]
async fn the_parent_or_carer_gets_a_copy_of_what_the_learner_is_sent_unless_they_refused() {
    both(|db| async move {
        let scene = scene(db, 1, &[]).await;
        let page = scene.answer(true).await;
        scene.confirmed().await;
        applications::withdraw(&scene.amira, &scene.reference).await.unwrap();
        let letters = scene.messages(CARER).await;
        let templates: Vec<_> = letters.iter().map(|m| m.template.as_str()).collect();
        assert_eq!(templates, ["consent_request", "consent_kept", "offered", "accepted", "confirmed", "withdrawn"]);
        for copy in letters.iter().filter(|m| ["offered", "accepted", "withdrawn"].contains(&m.template.as_str())) {
            assert!(copy.subject.starts_with("Copy: "), "{}", copy.subject);
            assert!(copy.text.contains("Hello Sam Carer") && copy.text.contains("/consent/page/"), "{}", copy.text);
            // Only the learner accepts or declines.
            assert!(!copy.text.contains("/applications/") && !copy.text.contains("Hello Amira"), "{}", copy.text);
            // The link is one of their own.
            let token = copy.text.split("/consent/page/").nth(1).unwrap().split_whitespace().next().unwrap();
            assert_ne!(token, page);
            assert!(guardian_page(&scene.world.services, token).await.unwrap().agreed);
        }
        // Nobody is copied in who refused.
        let ben = scene.world.learner("ben", 2010).await.unwrap();
        let reference = scene.world.apply(&ben, "Ben").await.unwrap();
        let token = scene.world.consent_token("carer-of-ben@mail.example").await.unwrap();
        answer_consent(&scene.world.services, &token, false).await.unwrap();
        scene.world.decide(&scene.coordinator, &reference, Decision::Offer).await.unwrap();
        assert_eq!(scene.told("carer-of-ben@mail.example").await, ["consent_request", "consent_kept"]);
    })
    .await;
}

#[tokio::test]
async fn who_does_not_answer_is_reminded_twice_and_then_the_learner_hears() {
    both(|db| async move {
        let scene = scene(db, 1, &[]).await;
        let services = &scene.world.services;
        scene.at("2027-03-03T23:59:00");
        assert_eq!(tick::run_due(services).await.unwrap().consent_reminders, 0);
        for (day, reminders, learner) in [("04", 1, 0), ("07", 1, 0), ("08", 2, 0), ("11", 2, 1), ("12", 2, 1)] {
            scene.at(&format!("2027-03-{day}T00:10:00"));
            tick::run_due(services).await.unwrap();
            assert_eq!(tick::run_due(services).await.unwrap().consent_reminders, 0);
            let carer = scene.told(CARER).await;
            assert_eq!(carer.iter().filter(|t| *t == "consent_reminder").count(), reminders, "{day}");
            let told = scene.told(AMIRA).await;
            assert_eq!(told.iter().filter(|t| *t == "consent_waiting").count(), learner, "{day}");
        }
        // The first email's link and a reminder's both work, for one answer between them.
        let reminder = scene.messages(CARER).await.into_iter().find(|m| m.template == "consent_reminder").unwrap();
        let token = reminder.text.split("/consent/").nth(1).unwrap().split_whitespace().next().unwrap();
        assert!(answer_consent(services, token, true).await.unwrap().is_some());
        assert_eq!(answer_consent(services, &scene.token, false).await.unwrap(), None);
        assert_eq!(scene.application().await.consent, ConsentStatus::Given);
    })
    .await;
}

#[tokio::test]
async fn a_new_link_replaces_the_old_ones_and_begins_the_reminders_again() {
    both(|db| async move {
        let scene = scene(db, 1, &[]).await;
        let services = &scene.world.services;
        scene.at("2027-03-04T09:00:00");
        tick::run_due(services).await.unwrap();
        applications::ask_guardian_again(&scene.amira, &scene.reference).await.unwrap();
        assert!(matches!(consent_asked(services, &scene.token).await, Err(Error::NotFound)));
        scene.at("2027-03-06T09:00:00");
        assert_eq!(tick::run_due(services).await.unwrap().consent_reminders, 0);
        scene.at("2027-03-07T09:00:00");
        assert_eq!(tick::run_due(services).await.unwrap().consent_reminders, 1);
    })
    .await;
}

#[tokio::test]
async fn a_mistyped_address_is_corrected_and_never_becomes_the_learners_own() {
    both(|db| async move {
        let scene = scene(db, 1, &[]).await;
        let services = &scene.world.services;
        let correct = async |email: &str| correct_guardian(&scene.amira, &scene.reference, "Alex Carer", email).await;
        for own in [AMIRA, "AMIRA@mail.example", "amira+mum@mail.example", "amira", ""] {
            assert!(!correct(own).await.unwrap(), "{own}");
            let shown = correction(&scene.amira, &scene.reference, true).await.unwrap();
            assert_eq!((shown.answers.get("guardian-email"), shown.problems.len()), (own, 1), "{own}");
        }
        assert_eq!(scene.told(CARER).await, ["consent_request"]);
        assert!(correct("alex@mail.example").await.unwrap());
        assert_eq!(scene.told("alex@mail.example").await, ["consent_request"]);
        assert!(matches!(consent_asked(services, &scene.token).await, Err(Error::NotFound)));
        assert_eq!(scene.application().await.answers.get("guardian-name"), "Alex Carer");
        assert!(correction(&scene.amira, &scene.reference, true).await.unwrap().problems.is_empty());
        for n in 0..4 {
            assert!(correct(&format!("alex{n}@mail.example")).await.unwrap());
        }
        assert!(matches!(correct("alex9@mail.example").await, Err(Error::TooMany(_))));
        let token = scene.world.consent_token("alex3@mail.example").await.unwrap();
        answer_consent(services, &token, true).await.unwrap();
        assert!(refused(correction(&scene.amira, &scene.reference, false).await).contains("not waiting"));
    })
    .await;
}

#[tokio::test]
async fn a_question_is_mailed_with_the_address_to_answer_to_and_the_consent_stays_asked() {
    both(|db| async move {
        let scene = scene(db, 1, &[]).await;
        let services = &scene.world.services;
        assert!(refused(ask_question(services, &scene.token, "  ").await).contains("Write"));
        assert!(matches!(ask_question(services, "0123", "Hello?").await, Err(Error::NotFound)));
        assert!(!ask_question(services, &scene.token, "Who is there at lunch?").await.unwrap());
        let letter = scene.messages(COORDINATOR).await.pop().unwrap();
        assert!(letter.text.contains("Who is there at lunch?") && letter.text.contains(CARER), "{}", letter.text);
        assert_eq!(scene.application().await.consent, ConsentStatus::Asked);
        let page = scene.answer(true).await;
        assert!(ask_question(services, &page, "And after?").await.unwrap());
        for n in 0..3 {
            ask_question(services, &page, &format!("Question {n}?")).await.unwrap();
        }
        assert!(matches!(ask_question(services, &page, "One more?").await, Err(Error::TooMany(_))));
        // The words are in the letter alone, which is blanked once it was sent.
        let kept = store::testing::everything(&services.db).await;
        assert!(kept.iter().filter(|row| row.contains("at lunch")).all(|row| row.starts_with("messages")));
    })
    .await;
}

#[tokio::test]
async fn nobody_is_asked_who_will_be_18_on_the_first_day() {
    both(|db| async move {
        let scene = scene(db, 3, &[]).await;
        // 18 on 27 March 2027, before 5 July; and born a year later, 17 on that day.
        let adult = scene.world.learner("ada", 2009).await.unwrap();
        let reference = scene.world.apply(&adult, "Ada").await.unwrap();
        let mut tx = scene.world.services.db.read().await.unwrap();
        let sent = store::applications::find(&mut tx, &reference).await.unwrap().unwrap();
        assert_eq!(sent.consent, ConsentStatus::NotNeeded);
        assert_eq!(store::consents::find(&mut tx, sent.id).await.unwrap(), None);
        drop(tx);
        assert!(scene.told("carer-of-ada@mail.example").await.is_empty());
    })
    .await;
}
