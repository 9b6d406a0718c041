//! Stories of acting for somebody, told on both databases.

use domain::clearance::ConsentStatus;
use domain::{Action, State};
use store::Db;
use store::testing::both;

use super::*;
use crate::applications::{self, Decision, open, track};
use crate::testing::{World, ctx, services};
use crate::{Actor, tick};

async fn world(db: Db, places: i64) -> World {
    World::make(&services(db, "2027-03-01T09:00:00").0, places, &[]).await.unwrap()
}

/// What an applicant of 17 says on the telephone.
fn said(changed: &[(&str, &str)]) -> BTreeMap<String, String> {
    let mut said: BTreeMap<String, String> = [
        ("how", "telephone"),
        ("name", "Robin"),
        ("dob-day", "27"),
        ("dob-month", "3"),
        ("dob-year", "2010"),
        ("email", "Robin@mail.example"),
        ("phone", "07700 900 982"),
        ("at-school", "no"),
        ("guardian-name", "Sam Carer"),
        ("guardian-email", "sam@mail.example"),
        ("why", "I looked after my nan."),
        ("read-to", "yes"),
    ]
    .iter()
    .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
    .collect();
    said.extend(changed.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())));
    said
}

async fn find(world: &World, reference: &str) -> Application {
    let mut tx = world.services.db.read().await.unwrap();
    store::applications::find(&mut tx, reference).await.unwrap().unwrap()
}

async fn messages(world: &World, to: &str) -> Vec<store::messages::Message> {
    let mut tx = world.services.db.read().await.unwrap();
    let mut all = store::messages::list_newest(&mut tx, 500).await.unwrap();
    all.reverse();
    all.into_iter().filter(|message| message.recipient == to).collect()
}

fn sent(keyed: KeyedIn) -> String {
    match keyed {
        KeyedIn::Sent(reference) => reference,
        KeyedIn::Mend => panic!("it was to be sent"),
    }
}

/// Somebody who has signed in to this account.
async fn as_learner(world: &World, account: AccountId) -> Ctx {
    let mut tx = world.services.db.read().await.unwrap();
    let found = store::accounts::find(&mut tx, account).await.unwrap().unwrap();
    let born = store::accounts::find_learner(&mut tx, account).await.unwrap().unwrap().date_of_birth;
    let actor = Actor { account, name: found.name, email: found.email, born: Some(born), memberships: vec![] };
    ctx(&world.services, Some(actor))
}

#[tokio::test]
async fn a_telephone_application_is_the_applicants_own_and_shows_who_keyed_it_in() {
    both(|db| async move {
        let world = world(db, 1).await;
        let coordinator = world.coordinator().await.unwrap();
        // What is missing is said, and what was typed is kept.
        let missing = said(&[("name", ""), ("guardian-email", "robin+carer@mail.example"), ("read-to", "")]);
        let keyed = key_in(&coordinator, world.session, ActFor::Somebody, &missing).await.unwrap();
        assert_eq!(keyed, KeyedIn::Mend);
        let form = act_form(&coordinator, world.session, ActFor::Somebody, true).await.unwrap();
        let fields: Vec<_> = form.problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["name", "guardian-email", "read-to"]);
        assert_eq!(form.typed.get("why"), "I looked after my nan.");
        assert!(act_form(&coordinator, world.session, ActFor::Somebody, false).await.unwrap().problems.is_empty());

        let reference = sent(key_in(&coordinator, world.session, ActFor::Somebody, &said(&[])).await.unwrap());
        let application = find(&world, &reference).await;
        assert_eq!((application.state, application.consent), (State::Submitted, ConsentStatus::Asked));
        assert_eq!(application.answers.get("email"), "");
        // Nothing that was typed stays behind.
        let form = act_form(&coordinator, world.session, ActFor::Somebody, true).await.unwrap();
        assert_eq!(form.typed, Answers::default());
        let letters = messages(&world, "robin@mail.example").await;
        assert_eq!(letters.len(), 1);
        assert!(letters[0].text.contains("Coordinator keyed this in for you"), "{}", letters[0].text);
        assert_eq!(messages(&world, "sam@mail.example").await[0].template, "consent_request");
        let mut tx = world.services.db.read().await.unwrap();
        let events = store::applications::list_events(&mut tx, application.id).await.unwrap();
        let by = coordinator.actor().unwrap().account;
        assert_eq!(
            (events[0].role, events[0].actor, events[0].note.as_str()),
            (Role::Coordinator, Some(by), "By telephone")
        );
        let audit = store::audit::list_about(&mut tx, "application", &application.id.to_string()).await.unwrap();
        assert!(audit.iter().any(|line| line.action == "submit" && line.actor == Some(by)));
        let account = store::audit::list_about(&mut tx, "account", &application.learner.to_string()).await.unwrap();
        assert_eq!(account[0].action, "start_account_for");
        drop(tx);
        // The learner finds it under their own address, and sees who keyed it in.
        let robin = as_learner(&world, application.learner).await;
        assert_eq!(track(&robin, &reference).await.unwrap().keyed_in_by.as_deref(), Some("Coordinator"));
        assert_eq!(open(&coordinator, &reference, false).await.unwrap().people[&by], "Coordinator");
        world.decide(&coordinator, &reference, Decision::Offer).await.unwrap();
        // Whoever has an email address answers themselves.
        assert!(matches!(answer_for(&coordinator, &reference, Action::Accept).await, Err(Error::NotFound)));
        applications::accept(&robin, &reference).await.unwrap();
        // A second application of theirs for the same dates is no application.
        let again = key_in(&coordinator, world.session, ActFor::Somebody, &said(&[])).await;
        assert!(matches!(again, Err(Error::Refused(why)) if why.contains("already")));
    })
    .await;
}

#[tokio::test]
async fn an_account_that_is_there_is_used_and_not_changed() {
    both(|db| async move {
        let world = world(db, 2).await;
        let coordinator = world.coordinator().await.unwrap();
        let amira = world.learner("amira", 2010).await.unwrap();
        let account = amira.actor().unwrap().account;
        let typed = said(&[("email", "amira@mail.example"), ("name", "Somebody Else"), ("dob-year", "2009")]);
        let reference = sent(key_in(&coordinator, world.session, ActFor::Somebody, &typed).await.unwrap());
        assert_eq!(find(&world, &reference).await.learner, account);
        let mut tx = world.services.db.read().await.unwrap();
        let learner = store::accounts::find_learner(&mut tx, account).await.unwrap().unwrap();
        assert_eq!((learner.date_of_birth.to_string().as_str(), learner.answers), ("2010-03-27", Answers::default()));
        assert_eq!(store::accounts::find(&mut tx, account).await.unwrap().unwrap().name, "amira");
        drop(tx);
        // Staff are nobody's applicants.
        let typed = said(&[("email", "coordinator@mail.example")]);
        let staff = key_in(&coordinator, world.session, ActFor::Somebody, &typed).await;
        assert!(matches!(staff, Err(Error::Refused(why)) if why.contains("another one")));
    })
    .await;
}

#[tokio::test]
async fn the_rules_are_the_learners_own() {
    both(|db| async move {
        let world = world(db, 2).await;
        let coordinator = world.coordinator().await.unwrap();
        let told = async |changed: &[(&str, &str)]| {
            let keyed = key_in(&coordinator, world.session, ActFor::Somebody, &said(changed)).await.unwrap();
            assert_eq!(keyed, KeyedIn::Mend);
            let form = act_form(&coordinator, world.session, ActFor::Somebody, true).await.unwrap();
            form.problems.into_iter().map(|problem| (problem.field, problem.message)).collect::<Vec<_>>()
        };
        let young = told(&[("dob-year", "2013")]).await;
        assert!(young[0].0 == "dob-day" && young[0].1.contains("this session is for 15 and over"), "{young:?}");
        assert_eq!(told(&[("email", ""), ("phone", "")]).await[0].0, "email");
        assert_eq!(told(&[("email", ""), ("no-email", "yes"), ("phone", "")]).await[0].0, "phone");
        assert_eq!(told(&[("no-email", "yes")]).await[0].0, "email");
        assert_eq!(told(&[("how", "owl")]).await[0].0, "how");
        // Over 18, nobody is asked about a parent or carer.
        let adult = said(&[("dob-year", "2005"), ("guardian-name", ""), ("guardian-email", "")]);
        let reference = sent(key_in(&coordinator, world.session, ActFor::Somebody, &adult).await.unwrap());
        assert_eq!(find(&world, &reference).await.consent, ConsentStatus::NotNeeded);
    })
    .await;
}

#[tokio::test]
async fn who_has_no_email_is_told_by_telephone_and_a_coordinator_keys_in_the_answer() {
    both(|db| async move {
        let world = world(db, 1).await;
        let coordinator = world.coordinator().await.unwrap();
        let adult = said(&[("dob-year", "2005"), ("email", ""), ("no-email", "yes"), ("how", "paper")]);
        let reference = sent(key_in(&coordinator, world.session, ActFor::Somebody, &adult).await.unwrap());
        world.decide(&coordinator, &reference, Decision::Offer).await.unwrap();
        let texts = messages(&world, "+447700900982").await;
        assert_eq!(texts.iter().map(|text| text.template.as_str()).collect::<Vec<_>>(), ["submitted", "offered"]);
        assert!(texts[1].text.contains(&reference) && texts[1].channel == "text");
        // Each letter waits to be told, and no mail goes to nobody.
        let review = open(&coordinator, &reference, false).await.unwrap();
        assert!(!review.unreached.is_empty());
        let letters: Vec<_> = review.messages.iter().filter(|message| message.channel == "email").collect();
        assert!(letters.len() == 2 && letters.iter().all(|letter| letter.status == "failed"));
        crate::messages::told_another_way(&coordinator, &reference).await.unwrap();
        assert!(open(&coordinator, &reference, false).await.unwrap().unreached.is_empty());
        // Their yes on the telephone is keyed in, and says who did it.
        answer_for(&coordinator, &reference, Action::Accept).await.unwrap();
        let application = find(&world, &reference).await;
        assert_eq!(application.state, State::Confirmed);
        let mut tx = world.services.db.read().await.unwrap();
        let events = store::applications::list_events(&mut tx, application.id).await.unwrap();
        let accepted = events.iter().find(|event| event.action == Action::Accept).unwrap();
        assert_eq!(accepted.actor, Some(coordinator.actor().unwrap().account));
        drop(tx);
        answer_for(&coordinator, &reference, Action::Withdraw).await.unwrap();
        assert_eq!(find(&world, &reference).await.state, State::Withdrawn);
        assert!(matches!(answer_for(&coordinator, &reference, Action::SayNo).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn who_has_no_email_is_rung_about_cancelled_dates_too() {
    both(|db| async move {
        let world = world(db, 2).await;
        let coordinator = world.coordinator().await.unwrap();
        let adult = said(&[("dob-year", "2005"), ("email", ""), ("no-email", "yes")]);
        let placed = sent(key_in(&coordinator, world.session, ActFor::Somebody, &adult).await.unwrap());
        world.decide(&coordinator, &placed, Decision::Offer).await.unwrap();
        answer_for(&coordinator, &placed, Action::Accept).await.unwrap();
        let other = said(&[("dob-year", "2004"), ("email", ""), ("no-email", "yes"), ("phone", "07700 900 983")]);
        let waiting = sent(key_in(&coordinator, world.session, ActFor::Somebody, &other).await.unwrap());
        let session = world.session.to_string();
        let typed = [("reason", "staff_short"), ("note", "")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let id = crate::cancelling::save(&coordinator, "session", &session, "", &typed.into()).await.unwrap();
        let read = crate::cancelling::plan(&coordinator, "session", &session, &id.to_string()).await.unwrap();
        crate::cancelling::cancel(&coordinator, id, &read.fingerprint).await.unwrap();
        for reference in [&placed, &waiting] {
            let review = open(&coordinator, reference, false).await.unwrap();
            let letter = review.messages.iter().find(|m| m.template == "cancelled" && m.channel == "email").unwrap();
            assert_eq!(letter.status, "failed", "mail to nobody");
            assert!(review.unreached.contains(&crate::messages::Unreached::NoEmail));
        }
        for (to, words) in [("+447700900982", "Please do not come"), ("+447700900983", "Cancelled")] {
            let texts = messages(&world, to).await;
            let texts: Vec<_> = texts.iter().filter(|text| text.template == "cancelled").collect();
            assert_eq!(texts.len(), 1);
            assert!(texts[0].text.contains(words) && texts[0].text.contains("We ring you"), "{}", texts[0].text);
        }
    })
    .await;
}

#[tokio::test]
async fn an_adviser_applies_and_withdraws_for_a_learner_who_agreed_and_nobody_else() {
    both(|db| async move {
        let world = world(db, 3).await;
        let coordinator = world.coordinator().await.unwrap();
        let adviser = world.staff("Adviser", Role::Adviser, world.school).await.unwrap();
        let other = world.another_school("900002").await.unwrap();
        let stranger = world.staff("Stranger", Role::Adviser, other).await.unwrap();
        let amira = world.learner("amira", 2010).await.unwrap();
        let first = world.fill(&amira, "Amira", true).await.unwrap();
        applications::submit(&amira, &first, true).await.unwrap();
        let account = amira.actor().unwrap().account;
        let second = world.another_session(7, 12).await.unwrap();
        let whom = ActFor::Linked(account);

        let (sessions, name) = act_sessions(&adviser, whom, "week aire").await.unwrap();
        assert_eq!((sessions.len(), name.as_deref()), (2, Some("Amira")));
        assert!(act_sessions(&adviser, whom, "plumbing").await.unwrap().0.is_empty());
        let form = act_form(&adviser, second.session, whom, false).await.unwrap();
        // What the school knows is not asked, and what the learner wrote is not shown.
        assert_eq!(form.steps, [Step::Contact, Step::Guardian, Step::Access, Step::Why]);
        assert_eq!(form.typed, Answers::default());
        let typed = said(&[("name", "Mallory"), ("dob-year", "1990"), ("email", "mallory@mail.example")]);
        let reference = sent(key_in(&adviser, second.session, whom, &typed).await.unwrap());
        let application = find(&world, &reference).await;
        assert_eq!((application.learner, application.answers.get("name")), (account, "Amira"));
        assert_eq!(application.answers.get("dob-year"), "2010");
        assert_eq!(track(&amira, &reference).await.unwrap().keyed_in_by.as_deref(), Some("Adviser"));

        for ctx in [&stranger, &coordinator] {
            assert!(matches!(act_form(ctx, second.session, whom, false).await, Err(Error::NotFound)));
            assert!(matches!(key_in(ctx, second.session, whom, &typed).await, Err(Error::NotFound)));
            assert!(matches!(withdraw_for(ctx, account, &reference).await, Err(Error::NotFound)));
        }
        assert!(matches!(act_form(&adviser, second.session, ActFor::Somebody, false).await, Err(Error::NotFound)));
        assert!(matches!(act_sessions(&adviser, ActFor::Somebody, "").await, Err(Error::NotFound)));
        // An application of somebody else's is not there, not even for a linked learner's adviser.
        let ben = world.learner("ben", 2010).await.unwrap();
        let bens = world.apply(&ben, "Ben").await.unwrap();
        assert!(matches!(withdraw_for(&adviser, account, &bens).await, Err(Error::NotFound)));

        let view = withdrawing_for(&adviser, account, &reference).await.unwrap();
        assert!(view.possible && !view.holds_place && view.learner == "Amira");
        withdraw_for(&adviser, account, &reference).await.unwrap();
        assert_eq!(find(&world, &reference).await.state, State::Withdrawn);
        let letter = messages(&world, "amira@mail.example").await.pop().unwrap();
        assert!(letter.text.contains("Adviser has withdrawn this for you"), "{}", letter.text);
        // The learner stops it, and it stops.
        crate::advise::stop_sharing(&amira, world.school).await.unwrap();
        assert!(matches!(act_form(&adviser, second.session, whom, false).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn only_who_decides_for_the_provider_acts_and_a_form_left_alone_is_forgotten() {
    both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 1, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let posts = world.posts_only("Postsonly").await.unwrap();
        let mut tx = services.db.read().await.unwrap();
        let other = store::organisations::find_by_code(&mut tx, "TEST2").await.unwrap().unwrap().id;
        drop(tx);
        let stranger = world.staff("Stranger", Role::Coordinator, other).await.unwrap();
        let learner = world.learner("amira", 2010).await.unwrap();
        for ctx in [&posts, &stranger, &learner] {
            let before = store::testing::everything(&services.db).await;
            assert!(matches!(key_in(ctx, world.session, ActFor::Somebody, &said(&[])).await, Err(Error::NotFound)));
            assert!(matches!(act_form(ctx, world.session, ActFor::Somebody, false).await, Err(Error::NotFound)));
            assert_eq!(store::testing::everything(&services.db).await, before);
        }
        key_in(&coordinator, world.session, ActFor::Somebody, &said(&[("why", "")])).await.unwrap();
        clock.set(crate::time::from_london("2027-03-08T08:00:00".parse().unwrap()));
        tick::run_due(&services).await.unwrap();
        assert_ne!(
            act_form(&coordinator, world.session, ActFor::Somebody, false).await.unwrap().typed,
            Answers::default()
        );
        clock.set(crate::time::from_london("2027-03-08T09:01:00".parse().unwrap()));
        tick::run_due(&services).await.unwrap();
        assert_eq!(
            act_form(&coordinator, world.session, ActFor::Somebody, false).await.unwrap().typed,
            Answers::default()
        );
    })
    .await;
}
