//! Stories of checks: types, due dates, reuse, what runs out, who is told; on both databases.

use std::collections::BTreeMap;

use domain::State;
use domain::clearance::{ClearanceCode, ClearanceKind, ClearanceStatus, Evidence, Risk, Settling};
use store::Db;
use store::applications::Clearance;
use store::testing::both;

use super::*;
use crate::applications::{self, Decision, QueueFilter};
use crate::testing::{World, services};
use crate::time::{MovableClock, from_london};
use crate::{Ctx, Error, tick};

const NOW: &str = "2027-03-01T09:00:00";

async fn world(db: Db, checks: &[ClearanceKind]) -> (World, MovableClock, Ctx) {
    let (services, clock) = services(db, NOW);
    let world = World::make(&services, 5, checks).await.unwrap();
    let coordinator = world.coordinator().await.unwrap();
    (world, clock, coordinator)
}

/// An adult's application that was offered and accepted; its reference.
async fn accepted(world: &World, coordinator: &Ctx, learner: &Ctx, name: &str) -> String {
    let reference = world.apply(learner, name).await.unwrap();
    world.decide(coordinator, &reference, Decision::Offer).await.unwrap();
    applications::accept(learner, &reference).await.unwrap();
    reference
}

async fn find(world: &World, reference: &str, code: impl Into<ClearanceCode>) -> Clearance {
    let mut tx = world.services.db.read().await.unwrap();
    let application = store::applications::find(&mut tx, reference).await.unwrap().unwrap();
    store::applications::find_clearance(&mut tx, application.id, &code.into()).await.unwrap().unwrap()
}

async fn state(world: &World, reference: &str) -> State {
    let mut tx = world.services.db.read().await.unwrap();
    store::applications::find(&mut tx, reference).await.unwrap().unwrap().state
}

async fn told(world: &World, address: &str) -> Vec<String> {
    let mut tx = world.services.db.read().await.unwrap();
    let mut messages = store::messages::list_newest(&mut tx, 500).await.unwrap();
    messages.reverse();
    messages.into_iter().filter(|m| m.recipient == address).map(|m| m.template).collect()
}

fn typed(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
    fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn move_to(clock: &MovableClock, london: &str) {
    clock.set(from_london(london.parse().unwrap()));
}

fn refused<T: std::fmt::Debug>(result: crate::Result<T>) -> String {
    match result {
        Err(Error::Refused(why)) => why,
        other => panic!("expected a rule's no, got {other:?}"),
    }
}

const DBS: &[(&str, &str)] = &[
    ("name", "Criminal records check"),
    ("explanation", "The provider asks the police whether something stands against you."),
    ("lead_days", "28"),
    ("owner", "team"),
    ("team_name", "Recruitment"),
    ("team_email", "Recruitment@aire.example"),
    ("evidence", "date"),
    ("valid_months", "36"),
    ("mandatory", "yes"),
    ("health", "no"),
];

#[tokio::test]
async fn an_organisation_has_types_of_its_own() {
    both(|db| async move {
        let (world, _, coordinator) = world(db, &[ClearanceKind::Identity]).await;
        let before = list(&coordinator).await.unwrap();
        assert_eq!((before.types.len(), before.changes), (4, true));

        // What cannot be taken is kept, and shown with what to do.
        let mut wrong = typed(DBS);
        wrong.insert("lead_days".into(), "soon".into());
        wrong.insert("team_email".into(), "nobody".into());
        assert!(!save(&coordinator, None, &wrong).await.unwrap());
        let again = form(&coordinator, None).await.unwrap();
        assert_eq!(again.boxes["name"], "Criminal records check");
        assert_eq!(again.problems.iter().map(|p| p.field).collect::<Vec<_>>(), ["lead_days", "team_email"]);
        assert!(save(&coordinator, None, &typed(DBS)).await.unwrap());
        assert_eq!(form(&coordinator, None).await.unwrap().boxes["name"], "", "the next one begins empty");

        let own = list(&coordinator).await.unwrap().types.pop().unwrap();
        assert_eq!((own.name.as_str(), own.lead_days, own.evidence), ("Criminal records check", 28, Evidence::Date));
        assert_eq!((own.owner.name.as_str(), own.owner.email.as_str()), ("Recruitment", "recruitment@aire.example"));

        // A usual one is changed under the same code, and opportunities that ask for it follow.
        let identity = ClearanceCode::from(ClearanceKind::Identity);
        let mut changed = form(&coordinator, Some(&identity)).await.unwrap().boxes;
        changed.insert("name".into(), "Show your passport".into());
        changed.insert("lead_days".into(), "21".into());
        assert!(save(&coordinator, Some(&identity), &changed).await.unwrap());
        choose_asked(
            &coordinator,
            world.opportunity,
            &[(own.code.clone(), Asks::Optional), (ClearanceKind::RiskAssessment.into(), Asks::Mandatory)],
        )
        .await
        .unwrap();
        let (opportunity, asks) = asked(&coordinator, world.opportunity).await.unwrap();
        assert_eq!(opportunity.version, 2, "a new version of the advert");
        let said: Vec<_> = asks.iter().map(|(what, asks)| (what.name.as_str(), *asks)).collect();
        assert!(
            said.contains(&("Show your passport", Asks::Mandatory))
                && said.contains(&("Criminal records check", Asks::Optional))
        );

        let learner = world.learner("amira", 2000).await.unwrap();
        let reference = accepted(&world, &coordinator, &learner, "Amira").await;
        assert_eq!(find(&world, &reference, ClearanceKind::Identity).await.lead_days, 21);
        assert!(!find(&world, &reference, &own.code).await.mandatory);

        // Retired: nobody new is asked, and who was asked keeps theirs.
        retire(&coordinator, &own.code, true).await.unwrap();
        let ben = world.learner("ben", 2000).await.unwrap();
        let second = accepted(&world, &coordinator, &ben, "Ben").await;
        let mut tx = world.services.db.read().await.unwrap();
        let application = store::applications::find(&mut tx, &second).await.unwrap().unwrap();
        let codes: Vec<_> = store::applications::list_clearances(&mut tx, application.id)
            .await
            .unwrap()
            .into_iter()
            .map(|check| check.what.name)
            .collect();
        assert_eq!(codes, ["Show your passport", "Risk assessment"]);
        drop(tx);
        assert_eq!(find(&world, &reference, &own.code).await.what.name, "Criminal records check");

        // Only those who decide change them; others see them; another provider has its own.
        let posts = world.posts_only("Posts").await.unwrap();
        assert!(!list(&posts).await.unwrap().changes);
        assert!(matches!(save(&posts, None, &typed(DBS)).await, Err(Error::NotFound)));
        assert!(matches!(retire(&posts, &own.code, false).await, Err(Error::NotFound)));
        assert!(matches!(list(&learner).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_finished_check_is_taken_over_while_it_holds() {
    both(|db| async move {
        let (world, clock, coordinator) = world(db, &[ClearanceKind::Identity, ClearanceKind::RiskAssessment]).await;
        let learner = world.learner("amira", 2000).await.unwrap();
        let first = accepted(&world, &coordinator, &learner, "Amira").await;
        for kind in [ClearanceKind::Identity, ClearanceKind::RiskAssessment] {
            applications::settle_clearance(&coordinator, &first, kind, ClearanceStatus::Met, "").await.unwrap();
        }
        assert_eq!(state(&world, &first).await, State::Confirmed);
        assert_eq!(find(&world, &first, ClearanceKind::Identity).await.valid_until.unwrap().to_string(), "2028-03-01");

        // The next placement at this provider: identity holds, risks are assessed anew.
        move_to(&clock, "2027-03-08T09:00:00");
        let later = world.another_session(8, 2).await.unwrap();
        let second = accepted(&later, &coordinator, &learner, "Amira").await;
        let taken = find(&world, &second, ClearanceKind::Identity).await;
        assert_eq!(
            (taken.status, taken.valid_until.unwrap().to_string().as_str()),
            (ClearanceStatus::Met, "2028-03-01")
        );
        let view = own_check(&learner, &second, &ClearanceKind::Identity.into()).await.unwrap();
        assert_eq!(view.reused_from.as_deref(), Some(first.as_str()));
        assert_eq!(find(&world, &second, ClearanceKind::RiskAssessment).await.status, ClearanceStatus::Requested);
        assert_eq!(state(&world, &second).await, State::Accepted);

        // Nobody else's, and not what was only waived.
        let ben = world.learner("ben", 2000).await.unwrap();
        let other = accepted(&world, &coordinator, &ben, "Ben").await;
        assert_eq!(find(&world, &other, ClearanceKind::Identity).await.status, ClearanceStatus::Requested);
        applications::settle_clearance(&coordinator, &other, ClearanceKind::Identity, ClearanceStatus::Waived, "Known")
            .await
            .unwrap();
        let third = world.another_session(8, 16).await.unwrap();
        let again = accepted(&third, &coordinator, &ben, "Ben").await;
        assert_eq!(find(&world, &again, ClearanceKind::Identity).await.status, ClearanceStatus::Requested);
    })
    .await;
}

/// Moves a session, as a change of its dates does.
async fn move_session(world: &World, starts_on: &str, ends_on: &str) {
    let mut tx = world.services.db.write().await.unwrap();
    let mut session = store::sessions::find(&mut tx, world.session).await.unwrap().unwrap();
    session.starts_on = starts_on.parse().unwrap();
    session.ends_on = ends_on.parse().unwrap();
    store::sessions::change_dates(&mut tx, &session).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_runs_out_before_the_last_day_is_opened_again() {
    both(|db| async move {
        let (world, clock, coordinator) = world(db, &[ClearanceKind::Identity]).await;
        let identity = ClearanceCode::from(ClearanceKind::Identity);
        let mut short = form(&coordinator, Some(&identity)).await.unwrap().boxes;
        short.insert("valid_months".into(), "5".into());
        assert!(save(&coordinator, Some(&identity), &short).await.unwrap());
        let learner = world.learner("amira", 2000).await.unwrap();
        let reference = accepted(&world, &coordinator, &learner, "Amira").await;
        // Done on 1 March for five months: it holds until 1 August, and the session ends on 9 July.
        applications::settle_clearance(&coordinator, &reference, &identity, ClearanceStatus::Met, "").await.unwrap();
        assert_eq!(state(&world, &reference).await, State::Confirmed);
        tick::run_due(&world.services).await.unwrap();
        assert_eq!(find(&world, &reference, &identity).await.status, ClearanceStatus::Met);

        move_session(&world, "2027-08-02", "2027-08-06").await;
        let view = check(&coordinator, &reference, &identity).await.unwrap();
        assert_eq!(view.risk, Some(Risk::RunsOut));
        let late = applications::queue(&coordinator, QueueFilter::ChecksLate).await.unwrap().0;
        assert_eq!(late.len(), 1, "at risk before the clock has looked");
        move_to(&clock, "2027-03-02T09:00:00");
        tick::run_due(&world.services).await.unwrap();
        tick::run_due(&world.services).await.unwrap();
        let again = find(&world, &reference, &identity).await;
        assert_eq!((again.status, again.requested_on.to_string().as_str()), (ClearanceStatus::Requested, "2027-03-02"));
        assert_eq!((again.due_on.to_string().as_str(), again.valid_until), ("2027-07-26", None));
        assert_eq!(state(&world, &reference).await, State::Confirmed, "the place is kept");
        let letters = told(&world, "amira@mail.example").await;
        assert_eq!(letters.iter().filter(|template| *template == "check_again").count(), 1);
        assert!(told(&world, "coordinator@mail.example").await.contains(&"check_again_at".to_owned()));

        // Too old for the last day is no answer; later it is.
        assert!(
            refused(
                applications::settle_clearance(&coordinator, &reference, &identity, ClearanceStatus::Met, "").await
            )
            .contains("runs out")
        );
        move_to(&clock, "2027-03-08T09:00:00");
        applications::settle_clearance(&coordinator, &reference, &identity, ClearanceStatus::Met, "").await.unwrap();
        assert_eq!(find(&world, &reference, &identity).await.status, ClearanceStatus::Met);
        // A confirmed place is not taken away by a check.
        assert!(
            refused(
                applications::settle_clearance(&coordinator, &reference, &identity, ClearanceStatus::NotMet, "").await
            )
            .contains("confirmed")
        );
    })
    .await;
}

#[tokio::test]
async fn at_risk_when_there_is_too_little_time_and_due_dates_follow_the_session() {
    both(|db| async move {
        let (world, clock, coordinator) = world(db, &[ClearanceKind::OccupationalHealth]).await;
        let health = ClearanceCode::from(ClearanceKind::OccupationalHealth);
        let learner = world.learner("amira", 2000).await.unwrap();
        let reference = accepted(&world, &coordinator, &learner, "Amira").await;
        let due = async |world: &World| find(world, &reference, &health).await.due_on.to_string();
        let risk = async |coordinator: &Ctx| check(coordinator, &reference, &health).await.unwrap().risk;
        // It takes 14 days in this world, and the first day is 5 July.
        assert_eq!((due(&world).await.as_str(), risk(&coordinator).await), ("2027-06-28", None));
        let at_risk =
            async |coordinator: &Ctx| applications::queue(coordinator, QueueFilter::ChecksLate).await.unwrap().0.len();
        assert_eq!(at_risk(&coordinator).await, 0);

        move_session(&world, "2027-03-10", "2027-03-12").await;
        tick::run_due(&world.services).await.unwrap();
        assert_eq!((due(&world).await.as_str(), risk(&coordinator).await), ("2027-03-15", Some(Risk::AfterStart)));
        assert_eq!(at_risk(&coordinator).await, 1);
        move_session(&world, "2027-07-05", "2027-07-09").await;
        tick::run_due(&world.services).await.unwrap();
        assert_eq!((due(&world).await.as_str(), risk(&coordinator).await), ("2027-06-28", None));

        move_to(&clock, "2027-06-28T23:59:00");
        assert_eq!(risk(&coordinator).await, None);
        move_to(&clock, "2027-06-29T00:00:00");
        assert_eq!((risk(&coordinator).await, at_risk(&coordinator).await), (Some(Risk::Late), 1));
    })
    .await;
}

#[tokio::test]
async fn whoever_sees_to_a_check_is_told_and_chased() {
    both(|db| async move {
        let (world, clock, coordinator) = world(db, &[ClearanceKind::Identity]).await;
        let identity = ClearanceCode::from(ClearanceKind::Identity);
        let helper = world.posts_only("Helper").await.unwrap();
        let mut boxes = form(&coordinator, Some(&identity)).await.unwrap().boxes;
        boxes.insert("owner".into(), helper.actor().unwrap().account.to_string());
        assert!(save(&coordinator, Some(&identity), &boxes).await.unwrap());
        let learner = world.learner("amira", 2000).await.unwrap();
        let reference = accepted(&world, &coordinator, &learner, "Amira").await;
        let digests = async || {
            told(&world, "helper@mail.example").await.iter().filter(|template| *template == "checks_to_do").count()
        };
        let mut days = Vec::new();
        for day in
            ["03-01T12:00", "03-02T06:59", "03-02T07:00", "03-02T12:00", "03-03T09:00", "03-06T09:00", "03-08T09:00"]
        {
            move_to(&clock, &format!("2027-{day}:00"));
            tick::run_due(&world.services).await.unwrap();
            days.push(digests().await);
        }
        // Asked for on Monday: told once on Tuesday, not before seven, and every Monday.
        assert_eq!(days, [0, 0, 1, 1, 1, 1, 2]);
        move_to(&clock, "2027-06-29T09:00:00");
        tick::run_due(&world.services).await.unwrap();
        assert_eq!(digests().await, 3, "late since yesterday");
        let mut tx = world.services.db.read().await.unwrap();
        let letter = store::messages::list_newest(&mut tx, 1).await.unwrap().remove(0);
        assert!(
            letter.subject.contains("1 late") && letter.text.contains(&reference) && !letter.text.contains("Amira")
        );
        drop(tx);
        // The coordinators are not written to about what somebody sees to.
        assert!(!told(&world, "coordinator@mail.example").await.contains(&"checks_to_do".to_owned()));

        let mine = to_do(&helper).await.unwrap();
        assert_eq!((mine.mine.len(), mine.others.len()), (1, 0));
        assert_eq!(to_do(&coordinator).await.unwrap().mine.len(), 0);
        // Who sees to a check may settle it, without deciding anything else.
        applications::settle_clearance(&helper, &reference, &identity, ClearanceStatus::Met, "").await.unwrap();
        assert_eq!(state(&world, &reference).await, State::Confirmed);
        move_to(&clock, "2027-07-05T09:00:00");
        tick::run_due(&world.services).await.unwrap();
        assert_eq!(digests().await, 3, "nothing is left to do");
    })
    .await;
}

#[tokio::test]
async fn nothing_about_health_is_written_down() {
    both(|db| async move {
        let (world, _, coordinator) = world(db.clone(), &[ClearanceKind::OccupationalHealth]).await;
        let health = ClearanceCode::from(ClearanceKind::OccupationalHealth);
        let learner = world.learner("amira", 2000).await.unwrap();
        let reference = accepted(&world, &coordinator, &learner, "Amira").await;
        let settle = async |status, because: &str| {
            applications::settle(&coordinator, &reference, &health, &Settling::plain(status, because)).await
        };
        assert!(refused(settle(ClearanceStatus::Waived, "Amira has asthma").await).contains("Choose why"));
        // Beside another answer nothing is kept either.
        settle(ClearanceStatus::Requested, "Amira has asthma").await.unwrap();
        assert!(matches!(
            crate::documents::add(&coordinator, &reference, &health, b"%PDF-1.7 asthma".to_vec()).await,
            Err(Error::Refused(_))
        ));
        // The type cannot be made one that takes documents.
        let mut boxes = form(&coordinator, Some(&health)).await.unwrap().boxes;
        boxes.insert("evidence".into(), "document".into());
        assert!(!save(&coordinator, Some(&health), &boxes).await.unwrap());
        boxes.insert("health".into(), "no".into());
        assert!(!save(&coordinator, Some(&health), &boxes).await.unwrap());
        settle(ClearanceStatus::Waived, "done_elsewhere").await.unwrap();
        assert_eq!(
            find(&world, &reference, &health).await.waived_because,
            "It was done for another organisation that we trust"
        );
        assert!(!store::testing::everything(&db).await.iter().any(|row| row.contains("asthma")));
    })
    .await;
}
