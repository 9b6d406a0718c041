//! One demonstration on each database, looked at from all sides.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::attendance::Mark;
use domain::clearance::{ClearanceStatus, ConsentStatus};
use domain::search::Listing;
use domain::{Delivery, Kind, Role, State};
use store::applications::Application;
use store::places::Gazetteer;
use store::sessions::Session;
use store::{Db, Tx};

use super::providers::{MAIN, PROVIDERS, SCHOOLS};
use super::{Person, fill, people};
use crate::{Error, Services, testing, tick};

/// A Monday after Easter, a Sunday before Christmas, and two minutes after midnight: working days
/// and nights fall differently on each.
const DAYS: [&str; 3] = ["2027-04-05T09:00:00", "2027-12-19T22:30:00", "2026-11-10T00:02:00"];

async fn applications(tx: &mut Tx, people: &[Person]) -> Vec<Application> {
    let mut all = Vec::new();
    for person in people.iter().filter(|person| person.role == Role::Learner) {
        all.extend(store::applications::list_of_learner(tx, person.account).await.unwrap());
    }
    all
}

async fn sessions(tx: &mut Tx) -> Vec<Session> {
    let mut all = Vec::new();
    for number in 1..=PROVIDERS.len() {
        let organisation = store::organisations::find_by_code(tx, &format!("DEMO{number:02}")).await.unwrap().unwrap();
        all.extend(store::sessions::list_by_organisation(tx, organisation.id).await.unwrap());
    }
    all
}

#[tokio::test]
async fn a_demonstration_is_whole() {
    store::testing::both(|db: Db| async move {
        let (services, _) = testing::services(db, DAYS[0]);
        let mut told = HashSet::new();
        let summary = fill(&services, None, |what, done, of| {
            assert!(done <= of);
            told.insert(what.to_owned());
        })
        .await
        .unwrap();
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(summary.organisations, PROVIDERS.len() + SCHOOLS.len());
        assert!(summary.opportunities >= 320, "{summary:?}");
        assert!(summary.applications >= 200 && summary.learners == 44, "{summary:?}");
        // A second time nothing is written.
        assert!(matches!(fill(&services, None, |_, _, _| {}).await, Err(Error::Refused(_))));

        let mut tx = services.db.read().await.unwrap();
        assert_eq!(store::settings::get(&mut tx, "made_by").await.unwrap().as_deref(), Some("demo"));
        adverts(
            &services,
            &store::catalogue::load(&mut tx, &Gazetteer::default(), None).await.unwrap(),
            summary.opportunities,
        );
        let people = people(&services).await.unwrap();
        everybody(&people);
        let all = applications(&mut tx, &people).await;
        assert_eq!(all.len(), summary.applications);
        places(&sessions(&mut tx).await, &all);
        histories(&services, &mut tx, &all).await;
        attendance(&services, &mut tx, &people, &all).await;
        drop(tx);
        settled(&services).await;
    })
    .await;
}

/// What the search shows.
fn adverts(services: &Services, listings: &[Listing], count: usize) {
    let today = services.today();
    assert_eq!(listings.len(), count);
    assert!(listings.iter().filter(|listing| listing.is_open(today)).count() >= 300);
    for kind in Kind::ALL {
        assert!(
            listings.iter().filter(|listing| listing.kind == kind && listing.is_open(today)).count() >= 20,
            "{kind:?}"
        );
    }
    for delivery in Delivery::ALL {
        assert!(listings.iter().any(|listing| listing.delivery == delivery), "{delivery:?}");
    }
    assert!(
        listings.iter().all(|listing| listing.kind != Kind::WorkExperience || listing.delivery != Delivery::Online)
    );
    let open_ended: Vec<_> = listings.iter().filter(|listing| listing.open_ended).collect();
    assert!(open_ended.len() >= 5);
    let professions: BTreeSet<_> = listings.iter().filter_map(|listing| listing.profession).collect();
    assert!(professions.len() >= 12, "{professions:?}");
    for age in [13, 14, 16, 18] {
        assert!(listings.iter().any(|listing| listing.min_age == Some(age)), "{age}");
    }
    assert!(listings.iter().any(|listing| listing.max_age.is_some()));
    let slugs: HashSet<_> = listings.iter().map(|listing| &listing.slug).collect();
    assert_eq!(slugs.len(), listings.len());
    for listing in listings {
        assert!(listing.delivery == Delivery::Online || listing.at.is_some(), "{} is nowhere", listing.title);
        assert!(listing.min_age <= listing.max_age.or(listing.min_age), "{}", listing.title);
        for word in ["!", "slot", "vacancy", "pre-employment", "unsuccessful"] {
            assert!(!listing.title.to_lowercase().contains(word), "{word} in {}", listing.title);
        }
        for run in &listing.runs {
            assert!(services.working_days.is_working_day(run.starts_on), "{} on {}", listing.title, run.starts_on);
            assert!(services.working_days.is_working_day(run.ends_on), "{} until {}", listing.title, run.ends_on);
            assert!(run.closes_on < run.starts_on && run.starts_on <= run.ends_on);
            assert!((1..=20).contains(&run.capacity));
        }
    }
}

fn everybody(people: &[Person]) {
    let of = |role| people.iter().filter(|person| person.role == role).count();
    assert_eq!((of(Role::Learner), of(Role::Coordinator), of(Role::Supervisor)), (44, PROVIDERS.len() + MAIN, MAIN));
    assert_eq!((of(Role::Adviser), of(Role::National)), (4, 1));
    let names: HashSet<_> = people.iter().map(|person| &person.name).collect();
    assert_eq!(names.len(), people.len(), "a name comes twice");
    assert!(people.iter().all(|person| person.shows.len() > 10));
    assert_eq!((people[0].name.as_str(), &people[0].shows[..2]), ("Amira Demosley", "15"));
    assert_eq!((people[1].name.as_str(), &people[1].shows[..2]), ("Ben Mockford", "17"));
}

/// Held places are those of people who were offered one, and never more than there are.
fn places(sessions: &[Session], all: &[Application]) {
    let mut held: HashMap<_, i64> = HashMap::new();
    for application in all.iter().filter(|application| application.state.holds_place()) {
        *held.entry(application.session).or_default() += 1;
    }
    for session in sessions {
        assert_eq!(session.held, held.remove(&session.id).unwrap_or(0), "{session:?}");
        assert!(session.held <= session.capacity, "{session:?}");
    }
    assert!(held.is_empty(), "{held:?}");
    for full in all.iter().filter(|application| application.state == State::Waitlisted) {
        let session = sessions.iter().find(|session| session.id == full.session).unwrap();
        assert_eq!(session.held, session.capacity, "a waiting list without need");
    }
}

/// Each day of who came is recorded, and adds up to where the application stands. Each main provider has days
/// to record of a week that is over and of one that runs, a day that was changed, one that somebody says is
/// wrong, and a supervisor whose department all of this is about.
async fn attendance(services: &Services, tx: &mut Tx, people: &[Person], all: &[Application]) {
    let (mut open, mut changed) = (0, 0);
    for one in
        all.iter().filter(|one| matches!(one.state, State::Attended | State::PartlyAttended | State::DidNotAttend))
    {
        let days = store::attendance::list_days(tx, one.id).await.unwrap();
        assert_eq!(domain::attendance::outcome(days.iter().map(|day| day.mark)), Some(one.state), "{one:?}");
        assert!(days.iter().all(|day| day.minutes.is_some() || day.mark == Some(Mark::Absent)));
        open += usize::from(store::attendance::find_open_question(tx, one.id).await.unwrap().is_some());
        let amended = days.iter().any(|day| !day.reason.is_empty());
        changed += usize::from(amended);
        let audit = store::audit::list_about(tx, "application", &one.id.to_string()).await.unwrap();
        assert_eq!(amended, audit.iter().any(|line| line.action == "amend_day"), "{one:?}");
    }
    assert_eq!((open, changed), (MAIN, MAIN));
    let today = services.today();
    for person in people.iter().filter(|person| person.role == Role::Supervisor) {
        let scope = store::attendance::Scope::Supervisor(person.account);
        let list = store::attendance::list_sessions(tx, scope, today, today).await.unwrap();
        let mut waits = Vec::new();
        for session in &list {
            let open = crate::attendance::open_days(tx, services, session).await.unwrap();
            assert!(open.iter().all(|day| *day <= today));
            waits.push((open.iter().filter(|day| **day < today).count() > 0, session.ends_on < today));
        }
        assert_eq!(waits, [(true, true), (true, false)], "{}: {list:?}", person.name);
    }
}

async fn histories(services: &Services, tx: &mut Tx, all: &[Application]) {
    let now = services.now();
    let (mut late, mut late_checks, mut minors) = (0, 0, 0);
    for state in State::ALL {
        assert!(all.iter().filter(|application| application.state == *state).count() >= MAIN, "{state:?}");
    }
    for application in all {
        let about = store::applications::about_application(tx, application).await.unwrap();
        let events = store::applications::list_events(tx, application.id).await.unwrap();
        let mut state = State::Draft;
        let mut last = application.created_at;
        for event in &events {
            assert_eq!(event.from, state);
            assert_eq!(event.from.after(event.action, event.role), Ok(event.to));
            assert!(last <= event.at && event.at <= now, "{application:?}: {events:?}");
            (state, last) = (event.to, event.at);
        }
        assert_eq!(state, application.state);
        let sent = !matches!(state, State::Draft | State::Expired);
        assert_eq!(application.submitted_at.is_some(), sent);
        assert_eq!(application.decide_by.is_some(), sent);
        assert_eq!(application.respond_by.is_some(), state == State::Offered);
        assert_eq!(application.no_reason.is_some(), state == State::NotSelected);
        if state.awaits_decision() {
            assert_eq!(
                application.overdue_at.is_some(),
                application.decide_by < Some(services.today()),
                "{application:?}"
            );
            late += usize::from(application.overdue_at.is_some());
        }
        let consent = store::consents::find(tx, application.id).await.unwrap();
        assert_eq!(consent.is_some(), sent && application.consent != ConsentStatus::NotNeeded);
        assert_eq!(consent.and_then(|c| c.answer).is_some(), application.consent == ConsentStatus::Given);
        minors += usize::from(application.consent != ConsentStatus::NotNeeded);
        let checks = store::applications::list_clearances(tx, application.id).await.unwrap();
        let taken = events.iter().any(|event| event.to == State::Accepted);
        assert_eq!(!checks.is_empty(), taken);
        if state == State::Confirmed {
            assert!(application.consent.is_settled() && checks.iter().all(|check| check.status.is_settled()));
        }
        if state == State::Accepted {
            let open = |check: &&store::applications::Clearance| check.status == ClearanceStatus::Requested;
            let at_risk = checks
                .iter()
                .filter(open)
                .any(|check| check.due_on > about.starts_on || check.due_on < services.today());
            late_checks += usize::from(at_risk);
        }
        assert_eq!(
            store::messages::list_about(tx, application.id)
                .await
                .unwrap()
                .iter()
                .filter(|m| m.template == "submitted")
                .count(),
            usize::from(sent)
        );
        let audit = store::audit::list_about(tx, "application", &application.id.to_string()).await.unwrap();
        assert!(audit.len() >= events.len());
    }
    assert!(late >= 3 * MAIN && minors >= 100, "{late} late, {minors} minors");
    // One at each whose day has passed; at the two with clinical work one that takes too long.
    assert!(late_checks >= MAIN + 2, "{late_checks} late checks");
}

/// Nothing waits to be sent, and nothing is due.
async fn settled(services: &Services) {
    let mut tx = services.db.read().await.unwrap();
    assert_eq!(store::messages::count_waiting(&mut tx).await.unwrap(), (0, 0));
    drop(tx);
    assert_eq!(tick::run_due(services).await.unwrap(), tick::Done::default());
    let mut tx = services.db.read().await.unwrap();
    let waiting = store::messages::count_waiting(&mut tx).await.unwrap();
    assert_eq!(waiting, (0, 0), "{:?}", store::messages::list_newest(&mut tx, waiting.0).await.unwrap());
}

#[tokio::test]
async fn it_can_begin_on_any_day() {
    for day in &DAYS[1..] {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}", folder.path().join("demo.sqlite").display())).await.unwrap();
        db.migrate().await.unwrap();
        let (services, _) = testing::services(db, day);
        let summary = fill(&services, None, |_, _, _| {}).await.unwrap();
        assert!(summary.opportunities >= 320);
        let mut tx = services.db.read().await.unwrap();
        adverts(
            &services,
            &store::catalogue::load(&mut tx, &Gazetteer::default(), None).await.unwrap(),
            summary.opportunities,
        );
        let people = people(&services).await.unwrap();
        let all = applications(&mut tx, &people).await;
        places(&sessions(&mut tx).await, &all);
        histories(&services, &mut tx, &all).await;
        attendance(&services, &mut tx, &people, &all).await;
        drop(tx);
        settled(&services).await;
        services.db.close().await;
    }
}
