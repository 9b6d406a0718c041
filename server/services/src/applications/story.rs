//! Stories of applying and deciding, told on both databases.

use domain::application::NoReason;
use domain::clearance::{ClearanceKind, ClearanceStatus, ConsentStatus};
use domain::{Role, State};
use store::Db;
use store::testing::both;

use super::*;
use crate::testing::{World, services};
use crate::time::{MovableClock, from_london};
use crate::{Ctx, Error, advise, tick};

const NOW: &str = "2027-03-01T09:00:00";

async fn world(db: Db, places: i64, checks: &[ClearanceKind]) -> (World, MovableClock) {
    let (services, clock) = services(db, NOW);
    (World::make(&services, places, checks).await.unwrap(), clock)
}

async fn state(world: &World, reference: &str) -> State {
    find(world, reference).await.state
}

async fn find(world: &World, reference: &str) -> store::applications::Application {
    let mut tx = world.services.db.read().await.unwrap();
    store::applications::find(&mut tx, reference).await.unwrap().unwrap()
}

async fn held(world: &World) -> i64 {
    let mut tx = world.services.db.read().await.unwrap();
    store::sessions::find(&mut tx, world.session).await.unwrap().unwrap().held
}

async fn told(world: &World, address: &str) -> Vec<String> {
    let mut tx = world.services.db.read().await.unwrap();
    let mut messages = store::messages::list_newest(&mut tx, 500).await.unwrap();
    messages.reverse();
    messages.into_iter().filter(|m| m.recipient == address).map(|m| m.template).collect()
}

fn refused<T: std::fmt::Debug>(result: crate::Result<T>) -> String {
    match result {
        Err(Error::Refused(why)) => why,
        other => panic!("expected a rule's no, got {other:?}"),
    }
}

fn move_to(clock: &MovableClock, london: &str) {
    clock.set(from_london(london.parse().unwrap()));
}

#[tokio::test]
async fn one_application_travels_the_whole_way() {
    both(|db| async move {
        let (world, _) = world(db, 2, &[ClearanceKind::Identity]).await;
        let coordinator = world.coordinator().await.unwrap();
        let amira = world.learner("amira", 2010).await.unwrap();

        let reference = world.fill(&amira, "Amira", true).await.unwrap();
        // Leaving and coming back loses nothing, and the same session is the same application.
        assert_eq!(start(&amira, world.session).await.unwrap(), reference);
        let view = check_answers(&amira, &reference).await.unwrap();
        assert_eq!(view.unfinished, None);
        assert!(view.lines.iter().any(|(_, _, said)| said == "I looked after my nan."));
        assert!(refused(submit(&amira, &reference, false).await).contains("Tick the box"));
        submit(&amira, &reference, true).await.unwrap();
        submit(&amira, &reference, true).await.unwrap();
        let sent = find(&world, &reference).await;
        assert_eq!((sent.state, sent.consent), (State::Submitted, ConsentStatus::Asked));
        // Ten working days from Monday 1 March 2027.
        assert_eq!(sent.decide_by.unwrap().to_string(), "2027-03-15");
        assert_eq!(told(&world, "amira@mail.example").await, ["submitted"]);
        assert_eq!(told(&world, "carer-of-amira@mail.example").await, ["consent_request"]);
        assert_eq!(told(&world, "coordinator@mail.example").await, ["new_applications"]);

        // A browser looking ahead is nobody's look; the first real one is.
        open(&coordinator, &reference, true).await.unwrap();
        assert_eq!(state(&world, &reference).await, State::Submitted);
        let review = open(&coordinator, &reference, false).await.unwrap();
        assert_eq!((review.application.state, review.age), (State::UnderReview, Some(17)));

        // What was read is what is sent, byte for byte; anything else is refused.
        let read = preview(&coordinator, &reference, &Decision::Offer).await.unwrap();
        assert!(
            refused(decide(&coordinator, &reference, &Decision::Offer, "something else").await).contains("changed")
        );
        decide(&coordinator, &reference, &Decision::Offer, &read.fingerprint).await.unwrap();
        decide(&coordinator, &reference, &Decision::Offer, &read.fingerprint).await.unwrap();
        assert_eq!(held(&world).await, 1);
        let mut tx = world.services.db.read().await.unwrap();
        let messages = store::messages::list_about(&mut tx, sent.id).await.unwrap();
        drop(tx);
        let offer: Vec<_> =
            messages.iter().filter(|m| m.template == "offered" && m.recipient == "amira@mail.example").collect();
        assert_eq!(offer.len(), 1);
        assert_eq!(
            (offer[0].text.as_str(), offer[0].subject.as_str()),
            (read.letter.text().as_str(), read.letter.subject.as_str())
        );

        accept(&amira, &reference).await.unwrap();
        accept(&amira, &reference).await.unwrap();
        assert_eq!(state(&world, &reference).await, State::Accepted);
        // Consent first, then the check: the last of them confirms.
        let token = world.consent_token("carer-of-amira@mail.example").await.unwrap();
        assert_eq!(consent_asked(&world.services, &token).await.unwrap().learner_name, "Amira");
        answer_consent(&world.services, &token, true).await.unwrap();
        // Single use: a second answer changes nothing.
        answer_consent(&world.services, &token, false).await.unwrap();
        assert_eq!(find(&world, &reference).await.consent, ConsentStatus::Given);
        assert_eq!(state(&world, &reference).await, State::Accepted);
        assert!(
            refused(
                settle_clearance(&coordinator, &reference, ClearanceKind::Identity, ClearanceStatus::Waived, " ").await
            )
            .contains("why")
        );
        settle_clearance(&coordinator, &reference, ClearanceKind::Identity, ClearanceStatus::Met, "").await.unwrap();
        assert_eq!(state(&world, &reference).await, State::Confirmed);
        assert_eq!(held(&world).await, 1);
        let letters = told(&world, "amira@mail.example").await;
        assert_eq!(letters, ["submitted", "offered", "accepted", "consent_answered", "confirmed"]);
        assert!(told(&world, "carer-of-amira@mail.example").await.contains(&"confirmed".to_owned()));

        // Events and audit agree with the state.
        let mut tx = world.services.db.read().await.unwrap();
        let events = store::applications::list_events(&mut tx, sent.id).await.unwrap();
        let path: Vec<_> = events.iter().map(|e| e.to).collect();
        assert_eq!(path, [State::Submitted, State::UnderReview, State::Offered, State::Accepted, State::Confirmed]);
        let audited = store::audit::list_about(&mut tx, "application", &sent.id.to_string()).await.unwrap();
        assert_eq!(
            audited.iter().filter(|e| e.action != "give_consent" && e.action != "settle_clearance").count(),
            events.len()
        );
    })
    .await;
}

#[tokio::test]
async fn somebody_elses_record_is_not_there() {
    both(|db| async move {
        let (world, _) = world(db, 2, &[]).await;
        let coordinator = world.coordinator().await.unwrap();
        let amira = world.learner("amira", 2010).await.unwrap();
        let ben = world.learner("ben", 2010).await.unwrap();
        let reference = world.apply(&amira, "Amira").await.unwrap();
        let mut tx = world.services.db.read().await.unwrap();
        let other = store::organisations::find_by_code(&mut tx, "TEST2").await.unwrap().unwrap().id;
        drop(tx);
        let stranger = world.staff("Stranger", Role::Coordinator, other).await.unwrap();
        let supervisor = world.staff("Supervisor", Role::Supervisor, world.provider).await.unwrap();
        let signed_out = Ctx { actor: None, ..amira.clone() };

        for ctx in [&ben, &coordinator] {
            assert!(matches!(track(ctx, &reference).await, Err(Error::NotFound)));
            assert!(matches!(withdraw(ctx, &reference).await, Err(Error::NotFound)));
            assert!(matches!(check_answers(ctx, &reference).await, Err(Error::NotFound)));
        }
        for ctx in [&amira, &stranger, &supervisor] {
            assert!(matches!(open(ctx, &reference, false).await, Err(Error::NotFound)));
            assert!(matches!(preview(ctx, &reference, &Decision::Offer).await, Err(Error::NotFound)));
            assert!(matches!(decide(ctx, &reference, &Decision::Offer, "").await, Err(Error::NotFound)));
        }
        assert!(matches!(track(&signed_out, &reference).await, Err(Error::SignIn)));
        assert!(matches!(queue(&signed_out, QueueFilter::All).await, Err(Error::SignIn)));
        assert!(matches!(queue(&amira, QueueFilter::All).await, Err(Error::NotFound)));
        assert_eq!(queue(&stranger, QueueFilter::All).await.unwrap().0, []);
        assert_eq!(queue(&coordinator, QueueFilter::All).await.unwrap().0.len(), 1);
        assert_eq!(state(&world, &reference).await, State::Submitted);
    })
    .await;
}

#[tokio::test]
async fn an_adviser_sees_learners_who_agreed_and_no_one_else() {
    both(|db| async move {
        let (world, _) = world(db, 2, &[]).await;
        // The question is asked only where the school has an adviser.
        let adviser = world.staff("Adviser", Role::Adviser, world.school).await.unwrap();
        let amira = world.learner("amira", 2010).await.unwrap();
        let ben = world.learner("ben", 2010).await.unwrap();
        let reference = world.fill(&amira, "Amira", true).await.unwrap();
        submit(&amira, &reference, true).await.unwrap();
        world.apply(&ben, "Ben").await.unwrap();

        let (_, learners) = advise::my_learners(&adviser).await.unwrap();
        assert_eq!(learners.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["Amira"]);
        let (amira_id, ben_id) = (amira.actor().unwrap().account, ben.actor().unwrap().account);
        assert_eq!(advise::learner(&adviser, amira_id).await.unwrap().1.len(), 1);
        assert!(matches!(advise::learner(&adviser, ben_id).await, Err(Error::NotFound)));
        // The learner stops it, and it stops.
        advise::stop_sharing(&amira, world.school).await.unwrap();
        assert!(advise::my_learners(&adviser).await.unwrap().1.is_empty());
        assert!(matches!(advise::learner(&adviser, amira_id).await, Err(Error::NotFound)));
        assert!(matches!(advise::my_learners(&amira).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn the_waiting_list_moves_in_order_and_never_twice_to_who_let_an_offer_go() {
    both(|db| async move {
        let (world, clock) = world(db, 1, &[]).await;
        let coordinator = world.coordinator().await.unwrap();
        let mut people = Vec::new();
        for name in ["anna", "ben", "carl"] {
            let learner = world.learner(name, 2005).await.unwrap();
            clock.set_offset(clock.offset() + 60_000_000);
            let reference = world.apply(&learner, name).await.unwrap();
            people.push((learner, reference));
        }
        let [(anna, a), (_, b), (carl, c)] = people.as_slice() else { unreachable!() };
        world.decide(&coordinator, a, Decision::Offer).await.unwrap();
        assert!(refused(preview(&coordinator, b, &Decision::Offer).await).contains("held"));
        world.decide(&coordinator, c, Decision::Waitlist).await.unwrap();
        world.decide(&coordinator, b, Decision::Waitlist).await.unwrap();
        assert_eq!(track(carl, c).await.unwrap().in_line.unwrap().place, 2);
        // Anna says no thank you: Ben applied before Carl, so the place is his.
        decline(anna, a).await.unwrap();
        assert_eq!((state(&world, b).await, state(&world, c).await), (State::Offered, State::Waitlisted));
        assert_eq!(held(&world).await, 1);
        // Ben does not answer: after his respond-by the clock gives it to Carl.
        let respond_by = find(&world, b).await.respond_by.unwrap();
        assert_eq!(respond_by.to_string(), "2027-03-08");
        move_to(&clock, "2027-03-08T23:59:00");
        tick::run_due(&world.services).await.unwrap();
        assert_eq!(state(&world, b).await, State::Offered);
        move_to(&clock, "2027-03-09T00:00:00");
        let done = tick::run_due(&world.services).await.unwrap();
        assert_eq!(done.offers_expired, 1);
        assert_eq!((state(&world, b).await, state(&world, c).await), (State::OfferExpired, State::Offered));
        assert_eq!(held(&world).await, 1);
        // Once is once.
        assert_eq!(tick::run_due(&world.services).await.unwrap(), tick::Done::default());
        assert_eq!(
            told(&world, "ben@mail.example").await,
            ["submitted", "waitlisted", "offered", "offer_nudge", "offer_over"]
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_is_left_without_an_answer() {
    both(|db| async move {
        let (world, clock) = world(db, 1, &[]).await;
        world.coordinator().await.unwrap();
        let anna = world.learner("anna", 2005).await.unwrap();
        let ben = world.learner("ben", 2005).await.unwrap();
        let sent = world.apply(&anna, "Anna").await.unwrap();
        let draft = world.fill(&ben, "Ben", false).await.unwrap();
        // Decide-by is 15 March; three working days before, the provider is reminded.
        move_to(&clock, "2027-03-10T09:00:00");
        tick::run_due(&world.services).await.unwrap();
        tick::run_due(&world.services).await.unwrap();
        assert_eq!(told(&world, "coordinator@mail.example").await, ["new_applications", "decision_due"]);
        move_to(&clock, "2027-03-15T23:59:00");
        assert_eq!(tick::run_due(&world.services).await.unwrap().overdue, 0);
        move_to(&clock, "2027-03-16T00:00:00");
        assert_eq!(tick::run_due(&world.services).await.unwrap().overdue, 1);
        assert_eq!(told(&world, "anna@mail.example").await, ["submitted", "overdue"]);
        assert_eq!(state(&world, &sent).await, State::Submitted, "overdue is a flag, and rejects nobody");
        // The draft is reminded before the closing date, and then closes.
        move_to(&clock, "2027-05-30T09:00:00");
        tick::run_due(&world.services).await.unwrap();
        assert_eq!(told(&world, "ben@mail.example").await, ["draft_closing"]);
        move_to(&clock, "2027-06-02T09:00:00");
        tick::run_due(&world.services).await.unwrap();
        assert_eq!(state(&world, &draft).await, State::Expired);
        // The session begins without a decision: the learner is told, and it is not a no.
        move_to(&clock, "2027-07-05T00:30:00");
        tick::run_due(&world.services).await.unwrap();
        assert_eq!(state(&world, &sent).await, State::Lapsed);
        assert_eq!(told(&world, "anna@mail.example").await, ["submitted", "overdue", "lapsed"]);
    })
    .await;
}

#[tokio::test]
async fn a_no_has_a_reason_and_a_refused_consent_frees_the_place() {
    both(|db| async move {
        let (world, _) = world(db, 1, &[]).await;
        let coordinator = world.coordinator().await.unwrap();
        let anna = world.learner("anna", 2010).await.unwrap();
        let ben = world.learner("ben", 2005).await.unwrap();
        let a = world.apply(&anna, "Anna").await.unwrap();
        let b = world.apply(&ben, "Ben").await.unwrap();
        world
            .decide(&coordinator, &b, Decision::SayNo(NoReason::MoreAsked, "Please ask again in autumn.".into()))
            .await
            .unwrap();
        let mut tx = world.services.db.read().await.unwrap();
        let application = store::applications::find(&mut tx, &b).await.unwrap().unwrap();
        let letter = store::messages::list_about(&mut tx, application.id).await.unwrap().pop().unwrap();
        drop(tx);
        assert!(
            letter.text.contains(NoReason::MoreAsked.in_words()) && letter.text.contains("Please ask again in autumn.")
        );
        // A no can become an offer.
        world.decide(&coordinator, &a, Decision::Offer).await.unwrap();
        accept(&anna, &a).await.unwrap();
        world.decide(&coordinator, &b, Decision::Waitlist).await.unwrap_err();
        let token = world.consent_token("carer-of-anna@mail.example").await.unwrap();
        answer_consent(&world.services, &token, false).await.unwrap();
        assert_eq!(state(&world, &a).await, State::Withdrawn);
        assert_eq!(held(&world).await, 0);
        world.decide(&coordinator, &b, Decision::Offer).await.unwrap();
        accept(&ben, &b).await.unwrap();
        // An adult, and no checks: confirmed at once.
        assert_eq!(state(&world, &b).await, State::Confirmed);
        assert!(matches!(consent_asked(&world.services, "0000").await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn nobody_comes_whose_checks_were_not_finished_and_nobody_waits_beside_a_free_place() {
    both(|db| async move {
        let (world, clock) = world(db, 2, &[ClearanceKind::Identity]).await;
        let coordinator = world.coordinator().await.unwrap();
        let anna = world.learner("anna", 2005).await.unwrap();
        let reference = world.apply(&anna, "Anna").await.unwrap();
        assert!(refused(preview(&coordinator, &reference, &Decision::Waitlist).await).starts_with("2 places are free"));
        world.decide(&coordinator, &reference, Decision::Offer).await.unwrap();
        accept(&anna, &reference).await.unwrap();
        move_to(&clock, "2027-07-04T23:59:00");
        assert_eq!(tick::run_due(&world.services).await.unwrap().unready, 0);
        move_to(&clock, "2027-07-05T00:00:00");
        assert_eq!(tick::run_due(&world.services).await.unwrap().unready, 1);
        assert_eq!((state(&world, &reference).await, held(&world).await), (State::ClearanceNotMet, 0));
        assert_eq!(told(&world, "anna@mail.example").await.last().map(String::as_str), Some("clearance_not_met"));
    })
    .await;
}

/// An answer after the session has begun would be none: the promise is never later than the day before.
#[tokio::test]
async fn an_answer_is_promised_before_the_session_begins() {
    both(|db| async move {
        let (world, _) = world(db, 1, &[]).await;
        let soon = world.another_session(3, 8).await.unwrap();
        let anna = world.learner("anna", 2005).await.unwrap();
        let reference = soon.apply(&anna, "Anna").await.unwrap();
        assert_eq!(find(&world, &reference).await.decide_by.unwrap().to_string(), "2027-03-07");
    })
    .await;
}

#[tokio::test]
async fn people_are_stopped_early_and_told_why() {
    both(|db| async move {
        let (world, clock) = world(db, 1, &[]).await;
        let young = world.learner("young", 2013).await.unwrap();
        assert_eq!(
            refused(start(&young, world.session).await),
            "You will be 14 on 5 July; this session is for 15 and over."
        );
        let anna = world.learner("anna", 2010).await.unwrap();
        let reference = world.fill(&anna, "Anna", false).await.unwrap();
        move_to(&clock, "2027-06-02T00:00:00");
        assert!(refused(submit(&anna, &reference, true).await).contains("closed"));
        assert_eq!(state(&world, &reference).await, State::Draft, "what was written is kept");
        let signed_out = Ctx { actor: None, ..anna };
        assert!(matches!(start(&signed_out, world.session).await, Err(Error::SignIn)));
    })
    .await;
}

/// Fifty coordinators' clicks for the last place at once: one wins, the others are told why.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_place_goes_to_one() {
    both(|db| async move {
        let (world, _) = world(db, 1, &[]).await;
        let coordinator = world.coordinator().await.unwrap();
        let mut references = Vec::new();
        for n in 0..12 {
            let learner = world.learner(&format!("learner{n}"), 2005).await.unwrap();
            references.push(world.apply(&learner, &format!("Learner {n}")).await.unwrap());
        }
        let mut clicks = tokio::task::JoinSet::new();
        for reference in references {
            let (world, coordinator) = (world.clone(), coordinator.clone());
            clicks.spawn(async move { world.decide(&coordinator, &reference, Decision::Offer).await });
        }
        let results = clicks.join_all().await;
        assert_eq!(results.iter().filter(|r| r.is_ok()).count(), 1, "{results:?}");
        assert!(results.iter().all(|r| matches!(r, Ok(()) | Err(Error::Refused(_)))), "{results:?}");
        assert_eq!(held(&world).await, 1);
    })
    .await;
}

/// The same form sent ten times at once is one application, and one letter.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_form_sent_ten_times_is_one_application() {
    both(|db| async move {
        let (world, _) = world(db, 1, &[]).await;
        let anna = world.learner("anna", 2005).await.unwrap();
        let mut starts = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let (anna, session) = (anna.clone(), world.session);
            starts.spawn(async move { start(&anna, session).await.unwrap() });
        }
        let mut references = starts.join_all().await;
        references.dedup();
        assert_eq!(references.len(), 1, "two tabs begin one application");
        let reference = world.fill(&anna, "Anna", false).await.unwrap();
        let mut sends = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let (anna, reference) = (anna.clone(), reference.clone());
            sends.spawn(async move { submit(&anna, &reference, true).await.unwrap() });
        }
        sends.join_all().await;
        assert_eq!(told(&world, "anna@mail.example").await, ["submitted"]);
    })
    .await;
}
