//! Stories of places, reservations and waiting lists, told on both databases.

use domain::State;
use domain::ids::AccountId;
use domain::places::{FreedPlace, Places, Pool, TakeBackReason, TooFew};
use domain::priority::EvidenceReason;
use store::Db;
use store::testing::both;

use super::*;
use crate::applications::{self, Decision, DraftNo, accept, decline, preview, track};
use crate::testing::{World, services};
use crate::time::{MovableClock, from_london};
use crate::{priority, tick};

const NOW: &str = "2027-03-01T09:00:00";

async fn world(db: Db, places: i64) -> (World, MovableClock) {
    let (services, clock) = services(db, NOW);
    (World::make(&services, places, &[]).await.unwrap(), clock)
}

fn refused<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Refused(why)) => why,
        other => panic!("expected a rule's no, got {other:?}"),
    }
}

async fn state(world: &World, reference: &str) -> State {
    let mut tx = world.services.db.read().await.unwrap();
    store::applications::find(&mut tx, reference).await.unwrap().unwrap().state
}

/// The counters, which are the sums of the ledger at any moment.
async fn places(world: &World) -> Places {
    let mut tx = world.services.db.read().await.unwrap();
    let places = store::ledger::places(&mut tx, world.session).await.unwrap().unwrap().places;
    assert_eq!(store::ledger::sums(&mut tx, world.session).await.unwrap(), places);
    assert!(places.is_sound(), "{places:?}");
    places
}

async fn told(world: &World, address: &str) -> Vec<String> {
    let mut tx = world.services.db.read().await.unwrap();
    let mut messages = store::messages::list_newest(&mut tx, 500).await.unwrap();
    messages.reverse();
    messages.into_iter().filter(|m| m.recipient == address).map(|m| m.template).collect()
}

fn numbers(capacity: i64, priority: i64, school: i64, world: &World) -> Change {
    Change {
        capacity,
        reserved_priority: priority,
        reserved_school: school,
        reserved_for: (school > 0).then_some(world.school),
        lists_when_full: false,
    }
}

/// A learner a minute after the last one, with their application. `school` sends them to the world's school.
async fn applicant(world: &World, clock: &MovableClock, name: &str, school: bool) -> (Ctx, String) {
    clock.set_offset(clock.offset() + 60_000_000);
    let learner = world.learner(name, 2005).await.unwrap();
    let reference = world.fill(&learner, name, school).await.unwrap();
    applications::submit(&learner, &reference, true).await.unwrap();
    (learner, reference)
}

/// An adviser's statement about somebody.
async fn meets_priority(world: &World, learner: &Ctx) {
    let account: AccountId = learner.actor().unwrap().account;
    let mut tx = world.services.db.write().await.unwrap();
    let (id, now) = (world.services.uuid(), world.services.now());
    let reasons = [EvidenceReason::YoungCarer];
    store::priority::insert_statement(&mut tx, id, account, world.school, account, now, &reasons).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn reserved_places_go_to_those_who_qualify_and_open_ones_to_everybody() {
    both(|db| async move {
        let (world, clock) = world(db, 3).await;
        let coordinator = world.coordinator().await.unwrap();
        let change = numbers(3, 1, 1, &world);
        assert_eq!(change_places(&coordinator, world.session, &change).await.unwrap(), Changed::Done);
        let (_, a) = applicant(&world, &clock, "anna", false).await;
        let (_, b) = applicant(&world, &clock, "ben", false).await;
        let (carl_ctx, c) = applicant(&world, &clock, "carl", false).await;
        let (_, d) = applicant(&world, &clock, "dora", true).await;
        meets_priority(&world, &carl_ctx).await;
        // Who qualifies takes a reserved place, although the open one is free.
        world.decide(&coordinator, &c, Decision::Offer).await.unwrap();
        assert_eq!(places(&world).await.held_in(Pool::Priority), 1);
        world.decide(&coordinator, &a, Decision::Offer).await.unwrap();
        let why = refused(preview(&coordinator, &b, &Decision::Offer).await);
        assert!(why.contains("1 place is reserved, and this learner does not qualify"), "{why}");
        // Nobody waits beside a place that they may have; who may not have it, waits.
        assert!(refused(preview(&coordinator, &d, &Decision::Waitlist).await).contains("nobody has to wait"));
        world.decide(&coordinator, &b, Decision::Waitlist).await.unwrap();
        world.decide(&coordinator, &d, Decision::Offer).await.unwrap();
        let full = places(&world).await;
        assert_eq!((full.held_open, full.held_priority, full.held_school), (1, 1, 1));
        assert_eq!(
            applications::open(&coordinator, &c, true).await.unwrap().priority.in_words(),
            Some("Meets priority")
        );
        // A reserved place that becomes free is not for Ben; the open one is.
        decline(&carl_ctx, &c).await.unwrap();
        assert_eq!(state(&world, &b).await, State::Waitlisted);
        assert_eq!(places(&world).await.left(), 1);
        let view = view(&coordinator, world.session).await.unwrap();
        assert_eq!((view.coming.len(), view.waiting.len()), (2, 1));
        assert!(view.ledger.iter().any(|line| line.because == "decline" && line.pool == Pool::Priority));
        // One reserved place fewer: it is open now, and Ben's.
        assert_eq!(change_places(&coordinator, world.session, &numbers(3, 0, 1, &world)).await.unwrap(), Changed::Done);
        assert_eq!((state(&world, &b).await, places(&world).await.held()), (State::Offered, 3));
    })
    .await;
}

#[tokio::test]
async fn nobody_waits_only_because_of_who_sat_down_first() {
    both(|db| async move {
        let (world, clock) = world(db, 2).await;
        let coordinator = world.coordinator().await.unwrap();
        change_places(&coordinator, world.session, &numbers(2, 1, 0, &world)).await.unwrap();
        let (anna, a) = applicant(&world, &clock, "anna", false).await;
        let (_, b) = applicant(&world, &clock, "ben", false).await;
        world.decide(&coordinator, &a, Decision::Offer).await.unwrap();
        assert_eq!(places(&world).await.held_in(Pool::Open), 1);
        world.decide(&coordinator, &b, Decision::Waitlist).await.unwrap();
        // Anna turns out to meet a priority: she changes over, and Ben gets the open place.
        meets_priority(&world, &anna).await;
        world.decide(&coordinator, &b, Decision::Offer).await.unwrap();
        let full = places(&world).await;
        assert_eq!((full.held_open, full.held_priority), (1, 1));
        assert_eq!(told(&world, "anna@mail.example").await, ["submitted", "offered"], "she notices nothing");
        // What she holds now is the reserved place: that is the one she gives back.
        decline(&anna, &a).await.unwrap();
        let after = places(&world).await;
        assert_eq!((after.held_open, after.held_priority), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn the_waiting_list_goes_by_priority_then_time_and_says_where_one_stands() {
    both(|db| async move {
        let (world, clock) = world(db, 1).await;
        let coordinator = world.coordinator().await.unwrap();
        let (anna, a) = applicant(&world, &clock, "anna", false).await;
        let (ben, b) = applicant(&world, &clock, "ben", false).await;
        let (carl, c) = applicant(&world, &clock, "carl", false).await;
        let (dora, d) = applicant(&world, &clock, "dora", false).await;
        world.decide(&coordinator, &a, Decision::Offer).await.unwrap();
        for reference in [&d, &c, &b] {
            world.decide(&coordinator, reference, Decision::Waitlist).await.unwrap();
        }
        let place = async |who: &Ctx, reference: &str| track(who, reference).await.unwrap().in_line.unwrap().place;
        assert_eq!((place(&ben, &b).await, place(&carl, &c).await, place(&dora, &d).await), (1, 2, 3));
        assert_eq!(track(&ben, &b).await.unwrap().in_line.unwrap().history, None, "nothing is known");
        // A provider cancelled on Dora before; Carl's adviser states a priority. Both go before Ben.
        let mut tx = world.services.db.write().await.unwrap();
        let other = store::applications::find(&mut tx, &a).await.unwrap().unwrap().id;
        let dora_id = dora.actor().unwrap().account;
        priority::grant_rebook_priority(&mut tx, &world.services, dora_id, other).await.unwrap();
        tx.commit().await.unwrap();
        meets_priority(&world, &carl).await;
        assert_eq!((place(&ben, &b).await, place(&carl, &c).await, place(&dora, &d).await), (3, 1, 2));
        decline(&anna, &a).await.unwrap();
        assert_eq!(state(&world, &c).await, State::Offered);
        // Leaving is one step, and everybody moves up.
        applications::withdraw(&dora, &d).await.unwrap();
        assert_eq!(place(&ben, &b).await, 1);
        // Not past the day before; then the list ends, and Ben is told that there was no place.
        clock.set(from_london("2027-07-05T08:00:00".parse().unwrap()));
        decline(&carl, &c).await.unwrap();
        assert_eq!(state(&world, &b).await, State::Waitlisted, "the dates have begun");
        tick::run_due(&world.services).await.unwrap();
        assert_eq!(state(&world, &b).await, State::Lapsed);
        let stands = track(&ben, &b).await.unwrap().card.stands;
        assert_eq!(stands, "The waiting list ended, and no place became free.");
        let mut tx = world.services.db.read().await.unwrap();
        let letters = store::messages::list_newest(&mut tx, 10).await.unwrap();
        assert!(letters.iter().any(|m| m.recipient == "ben@mail.example" && m.subject == "No place became free"));
        drop(tx);
        // The next session's list knows how often places became free in this one: Anna's, after it began. Carl
        // let his go when it was too late for anybody.
        let next = world.another_session(9, 6).await.unwrap();
        let mut tx = world.services.db.write().await.unwrap();
        let mut session = store::sessions::find(&mut tx, next.session).await.unwrap().unwrap();
        session.closes_on = session.starts_on - chrono::Days::new(1);
        store::sessions::change_dates(&mut tx, &session).await.unwrap();
        tx.commit().await.unwrap();
        let (_, e) = applicant(&next, &clock, "eve", false).await;
        let (finn, f) = applicant(&next, &clock, "finn", false).await;
        next.decide(&coordinator, &e, Decision::Offer).await.unwrap();
        next.decide(&coordinator, &f, Decision::Waitlist).await.unwrap();
        let history = track(&finn, &f).await.unwrap().in_line.unwrap().history.unwrap();
        assert_eq!(history, "Last time, a place became free once.");
    })
    .await;
}

#[tokio::test]
async fn a_full_session_lists_by_itself_only_where_its_provider_said_so() {
    both(|db| async move {
        let (world, clock) = world(db, 1).await;
        let coordinator = world.coordinator().await.unwrap();
        let (anna, a) = applicant(&world, &clock, "anna", false).await;
        world.decide(&coordinator, &a, Decision::Offer).await.unwrap();
        let (_, b) = applicant(&world, &clock, "ben", false).await;
        assert_eq!(state(&world, &b).await, State::Submitted);
        let lists = Change { lists_when_full: true, ..numbers(1, 0, 0, &world) };
        change_places(&coordinator, world.session, &lists).await.unwrap();
        let (carl, c) = applicant(&world, &clock, "carl", false).await;
        assert_eq!(state(&world, &c).await, State::Waitlisted);
        assert_eq!(told(&world, "carl@mail.example").await, ["submitted", "waitlisted"]);
        decline(&anna, &a).await.unwrap();
        assert_eq!(state(&world, &c).await, State::Offered);
        // Anna let an offer go, so the list would never ask her again: she is not put on it.
        let again = world.apply(&anna, "anna").await.unwrap();
        assert_eq!(state(&world, &again).await, State::Submitted);
        let why = refused(preview(&coordinator, &again, &Decision::Waitlist).await);
        assert!(why.contains("would not ask them again"), "{why}");
        accept(&carl, &c).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn fewer_places_than_people_are_refused_with_who_they_are_and_more_places_are_offered() {
    both(|db| async move {
        let (world, clock) = world(db, 2).await;
        let coordinator = world.coordinator().await.unwrap();
        let poster = world.posts_only("Poster").await.unwrap();
        let (anna, a) = applicant(&world, &clock, "anna", false).await;
        let (_, b) = applicant(&world, &clock, "ben", false).await;
        let (_, c) = applicant(&world, &clock, "carl", false).await;
        world.decide(&coordinator, &a, Decision::Offer).await.unwrap();
        world.decide(&coordinator, &b, Decision::Offer).await.unwrap();
        accept(&anna, &a).await.unwrap();
        world.decide(&coordinator, &c, Decision::Waitlist).await.unwrap();
        let before = store::testing::everything(&world.services.db).await;
        let Changed::TooFew(why, holding) =
            change_places(&poster, world.session, &numbers(1, 0, 0, &world)).await.unwrap()
        else {
            panic!("one place for two people")
        };
        assert_eq!(why, TooFew::Held { held: 2 });
        let names: Vec<_> = holding.iter().map(|line| (line.name.as_str(), line.state)).collect();
        assert_eq!(names, [("anna", State::Confirmed), ("ben", State::Offered)]);
        let reserved = change_places(&poster, world.session, &numbers(2, 1, 0, &world)).await.unwrap();
        assert!(matches!(reserved, Changed::TooFew(TooFew::Open { need: 2 }, _)), "{reserved:?}");
        assert_eq!(store::testing::everything(&world.services.db).await, before, "nothing changed");
        // Others' sessions are not there; supervisors change nothing.
        let supervisor = world.staff("Supervisor", domain::Role::Supervisor, world.provider).await.unwrap();
        for other in [&anna, &supervisor] {
            let change = numbers(9, 0, 0, &world);
            assert!(matches!(change_places(other, world.session, &change).await, Err(Error::NotFound)));
            assert!(matches!(view(other, world.session).await, Err(Error::NotFound)));
        }
        // One more is Carl's at once.
        change_places(&poster, world.session, &numbers(3, 0, 0, &world)).await.unwrap();
        assert_eq!((state(&world, &c).await, places(&world).await.held()), (State::Offered, 3));
        let line = &list(&coordinator, false).await.unwrap()[0];
        assert_eq!((line.session.held, line.unfilled, line.waiting), (3, 0, 0));
        assert!(list(&coordinator, true).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_offer_is_taken_back_with_a_reason_and_the_place_moves_on_or_away() {
    both(|db| async move {
        let (world, clock) = world(db, 2).await;
        let coordinator = world.coordinator().await.unwrap();
        let (_, a) = applicant(&world, &clock, "anna", false).await;
        let (_, b) = applicant(&world, &clock, "ben", false).await;
        let (_, c) = applicant(&world, &clock, "carl", false).await;
        // Ten working days from Monday 1 March; the usual five otherwise; never fewer than two.
        world.decide(&coordinator, &a, Decision::OfferWithin(10)).await.unwrap();
        world.decide(&coordinator, &b, Decision::OfferWithin(1)).await.unwrap();
        world.decide(&coordinator, &c, Decision::Waitlist).await.unwrap();
        let by = |reference: String| {
            let world = world.clone();
            async move {
                let mut tx = world.services.db.read().await.unwrap();
                let found = store::applications::find(&mut tx, &reference).await.unwrap().unwrap();
                found.respond_by.unwrap().to_string()
            }
        };
        assert_eq!((by(a.clone()).await, by(b.clone()).await), ("2027-03-15".into(), "2027-03-03".into()));

        // Without a reason there is no message; what was written is kept.
        assert!(applications::taking_back(&coordinator, &a).await.unwrap().preview.is_none());
        let draft = DraftNo { reason: TakeBackReason::NoHost.as_str().into(), note: "Try autumn.".into() };
        applications::save_taking_back(&coordinator, &a, &draft).await.unwrap();
        let read = applications::taking_back(&coordinator, &a).await.unwrap().preview.unwrap();
        assert!(
            refused(applications::take_back(&coordinator, &a, &draft, FreedPlace::Next, "else").await)
                .contains("changed")
        );
        applications::take_back(&coordinator, &a, &draft, FreedPlace::Next, &read.fingerprint).await.unwrap();
        applications::take_back(&coordinator, &a, &draft, FreedPlace::Next, &read.fingerprint).await.unwrap();
        assert_eq!((state(&world, &a).await, state(&world, &c).await), (State::OfferWithdrawn, State::Offered));
        let mut tx = world.services.db.read().await.unwrap();
        let sent = store::messages::list_newest(&mut tx, 10).await.unwrap();
        drop(tx);
        let letters: Vec<_> =
            sent.iter().filter(|m| m.recipient == "anna@mail.example" && m.template == "offer_over").collect();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].text, read.letter.text(), "what was read is what is sent");
        assert!(letters[0].text.contains("Try autumn."));

        // The place can go away with the offer, so that nobody is promised what cannot be hosted.
        let draft = DraftNo { note: String::new(), ..draft };
        applications::save_taking_back(&coordinator, &b, &draft).await.unwrap();
        let read = applications::taking_back(&coordinator, &b).await.unwrap().preview.unwrap();
        applications::take_back(&coordinator, &b, &draft, FreedPlace::Fewer, &read.fingerprint).await.unwrap();
        let after = places(&world).await;
        assert_eq!((after.capacity, after.held()), (1, 1));
        assert!(refused(applications::taking_back(&coordinator, &b).await).contains("taken back"));
    })
    .await;
}

#[tokio::test]
async fn an_offer_on_the_same_days_says_which_place_is_in_its_way() {
    both(|db| async move {
        let (world, _) = world(db, 2).await;
        let coordinator = world.coordinator().await.unwrap();
        let anna = world.learner("anna", 2005).await.unwrap();
        let same = world.another_session(7, 7).await.unwrap();
        let (a, b) = (world.apply(&anna, "Anna").await.unwrap(), same.apply(&anna, "Anna").await.unwrap());
        world.decide(&coordinator, &a, Decision::Offer).await.unwrap();
        same.decide(&coordinator, &b, Decision::Offer).await.unwrap();
        assert_eq!(track(&anna, &b).await.unwrap().clashes, []);
        accept(&anna, &a).await.unwrap();
        let clash = &track(&anna, &b).await.unwrap().clashes[0];
        assert_eq!((clash.in_words().as_str(), &clash.reference), ("A week with Pharmacy, 5 to 9 July 2027", &a));
        assert!(refused(accept(&anna, &b).await).contains("A week with Pharmacy, 5 to 9 July 2027"));
    })
    .await;
}

/// Twelve clicks at once for two open and two reserved places, among people of whom half qualify, while the
/// first of them say no thank you: never more than there are, and the ledger always agrees.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn reserved_and_open_places_are_never_oversold() {
    both(|db| async move {
        let (world, clock) = world(db, 4).await;
        let coordinator = world.coordinator().await.unwrap();
        change_places(&coordinator, world.session, &numbers(4, 2, 0, &world)).await.unwrap();
        let mut people = Vec::new();
        for n in 0..12 {
            let (learner, reference) = applicant(&world, &clock, &format!("learner{n}"), false).await;
            if n % 2 == 0 {
                meets_priority(&world, &learner).await;
            }
            people.push((learner, reference));
        }
        let mut clicks = tokio::task::JoinSet::new();
        for (n, (learner, reference)) in people.clone().into_iter().enumerate() {
            let (world, coordinator) = (world.clone(), coordinator.clone());
            clicks.spawn(async move {
                let offered = world.decide(&coordinator, &reference, Decision::Offer).await;
                match offered {
                    Ok(()) if n % 3 == 0 => decline(&learner, &reference).await,
                    Err(Error::Refused(_)) => match world.decide(&coordinator, &reference, Decision::Waitlist).await {
                        Err(Error::Refused(_)) => Ok(()),
                        other => other,
                    },
                    other => other,
                }
            });
        }
        let results = clicks.join_all().await;
        assert!(results.iter().all(Result::is_ok), "{results:?}");
        let after = places(&world).await;
        assert!(after.held() <= 4, "{after:?}");
        let mut holding = 0;
        let mut unqualified = 0;
        for (n, (_, reference)) in people.iter().enumerate() {
            if state(&world, reference).await.holds_place() {
                holding += 1;
                unqualified += usize::from(n % 2 == 1);
            }
        }
        assert_eq!(holding, after.held());
        assert!(unqualified <= 2, "{unqualified} who do not qualify hold a place");
    })
    .await;
}
