//! Stories of attendance, told on both databases.

use domain::attendance::Mark;
use domain::ids::DepartmentId;
use domain::{Role, State};
use store::Db;
use store::opportunities::Department;
use store::testing::both;

use super::*;
use crate::applications::{self, Decision};
use crate::testing::{World, services};
use crate::tick;
use crate::time::{MovableClock, from_london};

struct Story {
    world: World,
    clock: MovableClock,
    coordinator: Ctx,
    supervisor: Ctx,
    anna: (Ctx, String),
    ben: (Ctx, String),
}

fn move_to(clock: &MovableClock, london: &str) {
    clock.set(from_london(london.parse().unwrap()));
}

fn refused<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Refused(why)) => why,
        other => panic!("expected a rule's no, got {other:?}"),
    }
}

/// A department with a supervisor, and two adults with a confirmed place on 5 to 9 July 2027.
async fn story(db: Db) -> Story {
    let (services, clock) = services(db, "2027-03-01T09:00:00");
    let world = World::make(&services, 3, &[]).await.unwrap();
    let supervisor = world.staff("Supervisor", Role::Supervisor, world.provider).await.unwrap();
    let department = DepartmentId(services.uuid());
    let mut tx = services.db.write().await.unwrap();
    let new = Department { id: department, organisation: world.provider, name: "Pharmacy".into(), profession: None };
    store::opportunities::find_or_insert_department(&mut tx, &new).await.unwrap();
    let mut opportunity = store::opportunities::find(&mut tx, world.opportunity).await.unwrap().unwrap();
    opportunity.department = Some(department);
    store::opportunities::update(&mut tx, &mut opportunity).await.unwrap();
    store::attendance::add_department(&mut tx, supervisor.actor().unwrap().account, department, services.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let coordinator = world.coordinator().await.unwrap();
    let mut people = Vec::new();
    for name in ["anna", "ben"] {
        let learner = world.learner(name, 2000).await.unwrap();
        let reference = world.apply(&learner, name).await.unwrap();
        world.decide(&coordinator, &reference, Decision::Offer).await.unwrap();
        applications::accept(&learner, &reference).await.unwrap();
        people.push((learner, reference));
    }
    let ben = people.pop().unwrap();
    let anna = people.pop().unwrap();
    Story { world, clock, coordinator, supervisor, anna, ben }
}

async fn state(world: &World, reference: &str) -> State {
    let mut tx = world.services.db.read().await.unwrap();
    store::applications::find(&mut tx, reference).await.unwrap().unwrap().state
}

async fn told(world: &World, address: &str, template: &str) -> usize {
    let mut tx = world.services.db.read().await.unwrap();
    let all = store::messages::list_newest(&mut tx, 500).await.unwrap();
    all.iter().filter(|m| m.recipient == address && m.template == template).count()
}

fn july(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 7, day).unwrap()
}

#[tokio::test]
async fn a_week_is_recorded_day_by_day_and_put_right_later() {
    both(|db| async move {
        let Story { world, clock, coordinator, supervisor, anna, ben } = story(db).await;
        let session = world.session;
        assert_eq!(told(&world, "supervisor@mail.example", "joining_host").await, 2);
        move_to(&clock, "2027-07-04T23:59:00");
        let early = record(&supervisor, session, &anna.1, july(5), Some(Mark::Came), None).await;
        assert!(refused(early).contains("Monday 5 July 2027"));
        for day in 5..=8 {
            move_to(&clock, &format!("2027-07-0{day}T16:00:00"));
            assert_eq!(everyone_came(&supervisor, session, july(day)).await.unwrap(), 2);
            assert_eq!(everyone_came(&supervisor, session, july(day)).await.unwrap(), 0);
        }
        // A slip of the finger: taken back, then recorded again.
        record(&supervisor, session, &ben.1, july(8), None, None).await.unwrap();
        assert_eq!(register(&supervisor, session, Some(july(8))).await.unwrap().days[3].recorded, 1);
        record(&supervisor, session, &ben.1, july(8), Some(Mark::Absent), None).await.unwrap();
        assert_eq!(state(&world, &ben.1).await, State::Confirmed);
        move_to(&clock, "2027-07-09T16:00:00");
        everyone_came(&supervisor, session, july(9)).await.unwrap();
        assert_eq!(state(&world, &anna.1).await, State::Attended);
        assert_eq!(state(&world, &ben.1).await, State::PartlyAttended);
        assert_eq!(told(&world, "ben@mail.example", "attendance_recorded").await, 1);
        // The same day the recorder puts it right; the next day only a coordinator can, with a reason.
        record(&supervisor, session, &anna.1, july(9), Some(Mark::Part), None).await.unwrap();
        assert_eq!(state(&world, &anna.1).await, State::PartlyAttended);
        record(&supervisor, session, &anna.1, july(9), Some(Mark::Came), None).await.unwrap();
        assert_eq!(state(&world, &anna.1).await, State::Attended);
        move_to(&clock, "2027-07-12T09:00:00");
        let late = record(&supervisor, session, &ben.1, july(8), Some(Mark::Came), None).await;
        assert!(refused(late).contains("coordinator"));
        // Ben says that it is wrong.
        assert!(own(&ben.0, &ben.1).await.unwrap().unwrap().can_ask);
        say_wrong(&ben.0, &ben.1, "I was there on Thursday.").await.unwrap();
        assert!(refused(say_wrong(&ben.0, &ben.1, "Again").await).contains("already"));
        assert_eq!(told(&world, "coordinator@mail.example", "attendance_question").await, 1);
        let without = amend(&coordinator, session, &ben.1, july(8), Mark::Came, None, " ").await;
        assert!(refused(without).contains("why"));
        amend(&coordinator, session, &ben.1, july(8), Mark::Came, None, "The list was wrong.").await.unwrap();
        assert_eq!(state(&world, &ben.1).await, State::Attended);
        assert_eq!(told(&world, "ben@mail.example", "attendance_amended").await, 1);
        let seen = own(&ben.0, &ben.1).await.unwrap().unwrap();
        assert_eq!((seen.attended.days, seen.attended.minutes), (5, None), "no times, so no hours");
        assert!(seen.can_ask && seen.questions[0].answer == "The list was wrong.");
        let kept = one(&coordinator, session, &ben.1).await.unwrap();
        let thursday: Vec<_> = kept.history.iter().filter(|d| d.day == july(8)).map(|d| d.mark).collect();
        assert_eq!(thursday, [Some(Mark::Came), None, Some(Mark::Absent), Some(Mark::Came)]);
    })
    .await;
}

#[tokio::test]
async fn only_hosts_see_the_register() {
    both(|db| async move {
        let Story { world, clock, supervisor, coordinator, anna, ben } = story(db).await;
        let session = world.session;
        move_to(&clock, "2027-07-05T16:00:00");
        let elsewhere = world.staff("Elsewhere", Role::Supervisor, world.provider).await.unwrap();
        let posts = world.posts_only("Posts").await.unwrap();
        for ctx in [&elsewhere, &posts, &anna.0, &ben.0] {
            assert!(matches!(register(ctx, session, None).await, Err(Error::NotFound)));
            let tried = record(ctx, session, &anna.1, july(5), Some(Mark::Came), None).await;
            assert!(matches!(tried, Err(Error::NotFound)));
        }
        assert!(matches!(one(&supervisor, session, &anna.1).await, Err(Error::NotFound)));
        let seen = register(&supervisor, session, None).await.unwrap();
        assert!(seen.people.len() == 2 && seen.people.iter().all(|one| one.access.is_none()));
        assert_eq!(seen.day, july(5));
        let seen = register(&coordinator, session, None).await.unwrap();
        assert_eq!(seen.people[0].access.as_deref(), Some("A quiet place"));
        // Somebody without a place is not there for a supervisor.
        let carl = world.learner("carl", 2000).await.unwrap();
        assert!(matches!(own(&carl, &anna.1).await, Err(Error::NotFound)));
        assert_eq!(sessions_to_host(&supervisor).await.unwrap().len(), 1);
        assert!(sessions_to_host(&elsewhere).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_recorder_is_chased_once_for_each_step() {
    both(|db| async move {
        let Story { world, clock, coordinator, supervisor, anna, ben } = story(db).await;
        let session = world.session;
        applications::withdraw(&ben.0, &ben.1).await.unwrap();
        let run = async |at: &str| {
            move_to(&clock, at);
            tick::run_due(&world.services).await.unwrap();
            tick::run_due(&world.services).await.unwrap();
        };
        // Monday is not recorded: after one working day the supervisor, then both, then the coordinator.
        for (at, host, office) in [
            ("2027-07-05T23:00:00", 0, 0),
            ("2027-07-06T09:00:00", 1, 0),
            ("2027-07-08T09:00:00", 2, 1),
            ("2027-07-19T09:00:00", 2, 2),
            ("2027-09-01T09:00:00", 2, 2),
        ] {
            run(at).await;
            let got = (
                told(&world, "supervisor@mail.example", "attendance_due").await,
                told(&world, "coordinator@mail.example", "attendance_due").await,
            );
            assert_eq!(got, (host, office), "{at}");
        }
        assert_eq!(to_close(&coordinator).await.unwrap()[0].open_days.len(), 5);
        // Thursday did not take place; the other days close it.
        mark_not_run(&coordinator, session, july(8), "The ward was closed.").await.unwrap();
        assert!(matches!(mark_not_run(&supervisor, session, july(7), "x").await, Err(Error::NotFound)));
        for day in [5, 6, 7, 9] {
            record(&supervisor, session, &anna.1, july(day), Some(Mark::Absent), None).await.unwrap();
        }
        assert_eq!(state(&world, &anna.1).await, State::DidNotAttend);
        assert!(to_close(&coordinator).await.unwrap().is_empty());
    })
    .await;
}
