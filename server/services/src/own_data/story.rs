//! Stories of somebody's own data, told on both databases: read, correct, erase, and what the clock removes.

use std::sync::Arc;

use domain::State;
use domain::ids::AccountId;
use store::testing::both;

use super::*;
use crate::applications::{Decision, QueueFilter, accept, answer_consent, open, queue as applications_queue};
use crate::mail::{Handed, Sending, Transport, deliver_due};
use crate::testing::{World, ctx, services};
use crate::tick::retention;
use crate::{Error, Services};

const NOW: &str = "2027-03-01T09:00:00";

/// Takes everything.
#[derive(Debug)]
struct Takes;

impl Transport for Takes {
    fn send<'a>(&'a self, _: &'a store::messages::Message) -> Sending<'a> {
        Box::pin(async { Ok(Handed::default()) })
    }
    fn check(&self) -> std::pin::Pin<Box<dyn Future<Output = std::result::Result<String, String>> + Send + '_>> {
        Box::pin(async { Ok(String::new()) })
    }
}

/// Everything in the database as text: to look whether something is left anywhere.
async fn everything(services: &Services) -> String {
    store::testing::dump(&services.db).await.join("\n")
}

async fn find(services: &Services, reference: &str) -> store::applications::Application {
    let mut tx = services.db.read().await.unwrap();
    store::applications::find(&mut tx, reference).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_learner_reads_everything_that_is_held() {
    both(|db| async move {
        let (services, _) = services(db, NOW);
        let world = World::make(&services, 1, &[]).await.unwrap();
        let amira = world.learner("amira", 2010).await.unwrap();
        let reference = world.apply(&amira, "Amira").await.unwrap();
        let data = read(&amira).await.unwrap();
        let text = serde_json::to_string(&data).unwrap();
        for held in [
            "amira@mail.example",
            "27 March 2010",
            "A quiet place",
            "I looked after my nan.",
            "Sam Carer",
            "carer-of-amira@mail.example",
            "We have your application",
            reference.as_str(),
            "A week with Pharmacy",
        ] {
            assert!(text.contains(held), "{held} is not in {text}");
        }
        assert!(!text.contains("token"));
        // Nobody else's, and nothing for staff.
        let ben = world.learner("ben", 2010).await.unwrap();
        assert!(!serde_json::to_string(&read(&ben).await.unwrap()).unwrap().contains("amira"));
        let coordinator = world.coordinator().await.unwrap();
        assert!(matches!(read(&coordinator).await, Err(Error::NotFound)));
        assert!(matches!(read(&ctx(&services, None)).await, Err(Error::SignIn)));
    })
    .await;
}

#[tokio::test]
async fn what_came_after_the_application_is_read_out_too() {
    both(|db| async move {
        let (services, _) = services(db, NOW);
        let world = World::make(&services, 1, &[]).await.unwrap();
        let amira = world.learner("amira", 2010).await.unwrap();
        let reference = world.attended(&amira, "Amira").await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        assert!(crate::record::reflect(&amira, &reference, "I was braver than I thought.").await.unwrap());
        let typed = [("welcome".to_owned(), "agree".to_owned())].into();
        assert!(crate::feedback::give(&amira, &reference, &typed, "They let me help.").await.unwrap());
        let application = find(&services, &reference).await;
        let mut tx = services.db.write().await.unwrap();
        let day = store::attendance::Day {
            application: application.id,
            day: chrono::NaiveDate::from_ymd_opt(2027, 7, 6).unwrap(),
            mark: Some(domain::attendance::Mark::Part),
            minutes: Some(90),
            by: coordinator.actor.as_ref().map(|actor| actor.account),
            role: Role::Coordinator,
            at: services.now(),
            reason: "The list was wrong.".into(),
        };
        store::attendance::insert_day(&mut tx, &day).await.unwrap();
        store::attendance::insert_question(&mut tx, services.uuid(), application.id, "I was there.", services.now())
            .await
            .unwrap();
        let mut keyed = Answers::default();
        keyed.set("name", "Amira as a teacher writes her");
        let whose = store::keyed::Whose {
            actor: coordinator.actor().unwrap().account,
            session: world.session,
            subject: application.learner,
        };
        store::keyed::save(&mut tx, whose, &keyed, services.now()).await.unwrap();
        let suggestion = store::suggestions::Suggestion {
            id: domain::ids::SuggestionId(services.uuid()),
            application: application.id,
            opportunity: world.opportunity,
            session: None,
            position: 0,
            by: None,
            at: services.now(),
            opened_at: None,
            new_application: None,
            applied: false,
        };
        store::suggestions::insert(&mut tx, &suggestion).await.unwrap();
        let number = store::certificates::find_valid(&mut tx, application.id).await.unwrap().unwrap().number;
        tx.commit().await.unwrap();
        let text = read(&amira).await.unwrap().json().unwrap();
        for held in [
            "I was braver than I thought.",
            "They let me help.",
            "Agree",
            "6 July 2027",
            "Part of the day, 1 hour 30 minutes",
            "The list was wrong.",
            "I was there.",
            "Amira as a teacher writes her",
            "You have not opened it",
            number.as_str(),
        ] {
            assert!(text.contains(held), "{held} is not in {text}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_correction_counts_from_now_on_and_a_mistake_is_kept_as_typed() {
    both(|db| async move {
        let (services, _) = services(db, NOW);
        let world = World::make(&services, 1, &[]).await.unwrap();
        let amira = world.learner("amira", 2010).await.unwrap();
        let reference = world.apply(&amira, "Amira").await.unwrap();
        assert!(!correct(&amira, "", "0113 496 0000").await.unwrap());
        let shown = correction(&amira).await.unwrap();
        assert_eq!((shown.name.as_str(), shown.phone.as_str(), shown.problems.len()), ("", "0113 496 0000", 2));
        assert!(correct(&amira, " Amira K ", "07700 900 982").await.unwrap());
        let mut tx = services.db.read().await.unwrap();
        let account = amira.actor().unwrap().account;
        assert_eq!(store::accounts::find(&mut tx, account).await.unwrap().unwrap().name, "Amira K");
        let answers = store::accounts::learner_answers(&mut tx, account).await.unwrap().unwrap();
        assert_eq!(answers.get("phone"), "07700 900 982");
        drop(tx);
        assert_eq!(correction(&amira).await.unwrap().problems, []);
        // What was sent stays as it was sent.
        assert_eq!(find(&services, &reference).await.answers.get("name"), "Amira");
    })
    .await;
}

#[tokio::test]
async fn choices_are_off_until_chosen_and_a_no_to_texts_is_kept() {
    both(|db| async move {
        let (services, _) = services(db, NOW);
        let world = World::make(&services, 1, &[]).await.unwrap();
        let amira = world.learner("amira", 2012).await.unwrap();
        let new = choices(&amira).await.unwrap();
        assert_eq!(new, Choices::default());
        assert!(!new.allows_research() && !new.wants_texts(false));
        assert!(correct(&amira, "Amira", "07700 900 982").await.unwrap());
        let reference = world.apply(&amira, "Amira").await.unwrap();
        choose(&amira, false, true).await.unwrap();
        let application = find(&services, &reference).await;
        let send = async |key: &str| {
            let mut tx = services.db.write().await.unwrap();
            let phone = "+447700900982".to_owned();
            crate::messages::queue_text(
                &mut tx,
                &services,
                key.into(),
                phone,
                "confirmed",
                "Hi".into(),
                Some(application.id),
            )
            .await
            .unwrap();
            tx.commit().await.unwrap();
            let mut tx = services.db.read().await.unwrap();
            store::messages::list_about(&mut tx, application.id)
                .await
                .unwrap()
                .iter()
                .filter(|m| m.channel == "text")
                .count()
        };
        assert_eq!(send("one").await, 0);
        choose(&amira, true, false).await.unwrap();
        assert_eq!(send("two").await, 1);
    })
    .await;
}

/// A world with an applicant who has a confirmed place, one sent application, one draft and one that ended.
async fn busy(services: &Arc<Services>) -> (World, crate::Ctx, crate::Ctx, [String; 3]) {
    let world = World::make(services, 1, &[]).await.unwrap();
    let coordinator = world.coordinator().await.unwrap();
    let amira = world.learner("amira", 2010).await.unwrap();
    let confirmed = world.apply(&amira, "Amira").await.unwrap();
    world.decide(&coordinator, &confirmed, Decision::Offer).await.unwrap();
    accept(&amira, &confirmed).await.unwrap();
    let token = world.consent_token("carer-of-amira@mail.example").await.unwrap();
    answer_consent(services, &token, true).await.unwrap();
    let later = world.another_session(7, 19).await.unwrap();
    let sent = later.apply(&amira, "Amira").await.unwrap();
    let last = world.another_session(8, 2).await.unwrap();
    let draft = last.fill(&amira, "Amira", false).await.unwrap();
    (world, coordinator, amira, [confirmed, sent, draft])
}

#[tokio::test]
async fn erasing_withdraws_first_and_leaves_numbers_alone() {
    both(|db| async move {
        let (services, clock) = services(db, NOW);
        let (world, coordinator, amira, [confirmed, sent, draft]) = busy(&services).await;
        // Somebody waits for the place.
        let ben = world.learner("ben", 2005).await.unwrap();
        let waiting = world.apply(&ben, "Ben").await.unwrap();
        world.decide(&coordinator, &waiting, Decision::Waitlist).await.unwrap();
        assert_eq!(find(&services, &confirmed).await.state, State::Confirmed);

        assert_eq!(erase(&amira, "erase me?").await.unwrap(), Erased::WordMissing);
        assert_eq!(find(&services, &confirmed).await.state, State::Confirmed);
        let account = amira.actor().unwrap().account;
        let mut tx = services.db.write().await.unwrap();
        let token = crate::identity::open_session(&mut tx, &services, account).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(erase(&amira, " Erase ").await.unwrap(), Erased::Gone);

        // The place went to whoever waited, and the provider was told.
        assert_eq!(find(&services, &waiting).await.state, State::Offered);
        for (reference, state) in [(&confirmed, State::Withdrawn), (&sent, State::Withdrawn), (&draft, State::Expired)]
        {
            let left = find(&services, reference).await;
            assert_eq!((left.state, left.answers.0.len()), (state, 0), "{reference}");
        }
        // Signed out everywhere, and to the coordinator the application is not there any more.
        assert!(crate::identity::actor_for_token(&services, &token).await.unwrap().is_none());
        assert!(matches!(open(&coordinator, &confirmed, true).await, Err(Error::NotFound)));
        let (lines, _) = applications_queue(&coordinator, QueueFilter::All).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.reference.as_str()).collect::<Vec<_>>(), [waiting.as_str()]);

        // A last letter goes out; after that nothing of her is in any table.
        let mut tx = services.db.read().await.unwrap();
        let last: Vec<_> = store::messages::list_newest(&mut tx, 500).await.unwrap();
        drop(tx);
        let hers: Vec<_> =
            last.iter().filter(|m| m.recipient == "amira@mail.example" && m.status == "queued").collect();
        assert_eq!(hers.iter().map(|m| m.template.as_str()).collect::<Vec<_>>(), ["account_erased"]);
        deliver_due(&services, &Takes).await.unwrap();
        clock.set(services.now().plus_minutes(61));
        retention::run(&services).await.unwrap();
        let all = everything(&services).await.to_lowercase();
        assert!(all.contains("ben@mail.example"), "the dump is empty");
        for trace in ["amira", "sam carer", "my nan", "a quiet place", "2010-03-27"] {
            let left = all.lines().filter(|line| line.contains(trace)).count();
            // Ben wrote the same, into his application and for his next one.
            let bens = if ["sam carer", "my nan", "a quiet place"].contains(&trace) { 2 } else { 0 };
            assert_eq!(left, bens, "{trace} is still there: {}", around(&all, trace));
        }
        // The number of applications and the audit trail stay.
        assert!(all.contains(&account.to_string()));
        // Erasing again is nobody's to ask: the session is over. Somebody new may take the address.
        world.learner("amira", 2009).await.unwrap();
    })
    .await;
}

fn around(all: &str, trace: &str) -> String {
    all.find(trace).map(|at| all[at.saturating_sub(200)..(at + 60).min(all.len())].to_owned()).unwrap_or_default()
}

#[tokio::test]
async fn the_clock_removes_what_was_kept_long_enough_and_no_more() {
    both(|db| async move {
        let (services, clock) = services(db, NOW);
        let (world, coordinator, amira, [confirmed, sent, _]) = busy(&services).await;
        deliver_due(&services, &Takes).await.unwrap();
        crate::applications::withdraw(&amira, &sent).await.unwrap();
        deliver_due(&services, &Takes).await.unwrap();
        assert_eq!(retention::run(&services).await.unwrap(), retention::Gone::default());

        let months = |n: i64| clock.set(services.now().plus_days(31 * n));
        // A year: the words of messages.
        months(13);
        let gone = retention::run(&services).await.unwrap();
        assert!(gone.messages > 3 && gone.applications == 0, "{gone:?}");
        assert_eq!(retention::run(&services).await.unwrap(), retention::Gone::default(), "a second run did something");
        let mut tx = services.db.read().await.unwrap();
        let messages = store::messages::list_newest(&mut tx, 500).await.unwrap();
        drop(tx);
        assert!(messages.iter().all(|m| m.recipient.is_empty() && m.text.is_empty() && m.html.is_empty()));
        assert_eq!(open(&coordinator, &sent, true).await.unwrap().application.answers.get("name"), "Amira");

        // Two years: what ended. What has not ended stays, however old.
        months(12);
        let gone = retention::run(&services).await.unwrap();
        assert_eq!(gone.applications, 1, "{gone:?}");
        assert!(find(&services, &sent).await.answers.0.is_empty());
        assert_eq!(find(&services, &confirmed).await.answers.get("name"), "Amira");
        assert!(matches!(open(&coordinator, &sent, true).await, Err(Error::NotFound)));

        // Three years without signing in: the account, after a letter and a month. Not with a place.
        let idle = world.learner("idle", 2005).await.unwrap();
        let idle = idle.actor().unwrap().account;
        months(36);
        let gone = retention::run(&services).await.unwrap();
        assert_eq!((gone.warned, gone.accounts), (1, 0), "{gone:?}");
        assert_eq!(retention::run(&services).await.unwrap().warned, 0);
        clock.set(services.now().plus_days(30));
        assert_eq!(retention::run(&services).await.unwrap().accounts, 1);
        let mut tx = services.db.read().await.unwrap();
        assert_eq!(store::accounts::find(&mut tx, idle).await.unwrap().unwrap().name, "Name removed");
        assert!(store::accounts::find_learner(&mut tx, amira.actor().unwrap().account).await.unwrap().is_some());
        drop(tx);

        // Six years: the trail.
        months(40);
        assert!(retention::run(&services).await.unwrap().audit > 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_signs_in_after_the_letter_keeps_the_account() {
    both(|db| async move {
        let (services, clock) = services(db, NOW);
        let world = World::make(&services, 1, &[]).await.unwrap();
        let idle = world.learner("idle", 2005).await.unwrap();
        let account: AccountId = idle.actor().unwrap().account;
        clock.set(services.now().plus_days(36 * 31));
        assert_eq!(retention::run(&services).await.unwrap().warned, 1);
        let mut tx = services.db.write().await.unwrap();
        crate::identity::open_session(&mut tx, &services, account).await.unwrap();
        tx.commit().await.unwrap();
        clock.set(services.now().plus_days(31));
        assert_eq!(retention::run(&services).await.unwrap(), retention::Gone::default());
    })
    .await;
}
