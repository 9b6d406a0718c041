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
        let asked = open_questions(&coordinator).await.unwrap();
        assert_eq!((asked.len(), asked[0].reference.as_str(), asked[0].name.as_str()), (1, ben.1.as_str(), "ben"));
        let asks = |seen: Register| seen.people.iter().map(|one| one.asks).collect::<Vec<_>>();
        assert_eq!(asks(register(&coordinator, session, None).await.unwrap()), [false, true]);
        assert_eq!(asks(register(&supervisor, session, None).await.unwrap()), [false, false]);
        let without = amend(&coordinator, session, &ben.1, july(8), Mark::Came, None, " ").await;
        assert!(refused(without).contains("why"));
        amend(&coordinator, session, &ben.1, july(8), Mark::Came, None, "The list was wrong.").await.unwrap();
        assert_eq!(state(&world, &ben.1).await, State::Attended);
        assert_eq!(told(&world, "ben@mail.example", "attendance_amended").await, 1);
        assert_eq!(open_questions(&coordinator).await.unwrap(), []);
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
async fn a_parent_reads_what_becomes_of_an_attendance_too() {
    both(|db| async move {
        let Story { world, clock, coordinator, supervisor, .. } = story(db).await;
        let dora = world.learner("dora", 2010).await.unwrap();
        let reference = world.apply(&dora, "Dora").await.unwrap();
        let carer = "carer-of-dora@mail.example";
        applications::answer_consent(&world.services, &world.consent_token(carer).await.unwrap(), true).await.unwrap();
        world.decide(&coordinator, &reference, Decision::Offer).await.unwrap();
        applications::accept(&dora, &reference).await.unwrap();
        for day in 5..=9 {
            move_to(&clock, &format!("2027-07-{day:02}T16:00:00"));
            everyone_came(&supervisor, world.session, july(day)).await.unwrap();
        }
        say_wrong(&dora, &reference, "I was late on Friday.").await.unwrap();
        keep(&coordinator, world.session, &reference, "You were here all day.").await.unwrap();
        amend(&coordinator, world.session, &reference, july(9), Mark::Part, None, "We looked again.").await.unwrap();
        for template in ["attendance_kept", "attendance_amended"] {
            assert_eq!(told(&world, "dora@mail.example", template).await, 1, "{template}");
            assert_eq!(told(&world, carer, template).await, 1, "{template}");
        }
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
        assert_eq!(to_close(&world.posts_only("Posts").await.unwrap()).await.unwrap(), [], "it could not open them");
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

fn boxes<const N: usize>(list: [(&str, &str); N]) -> Boxes {
    list.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

fn fields(again: &Again) -> Vec<&str> {
    again.problems.iter().map(|problem| problem.field.as_str()).collect()
}

async fn marks(ctx: &Ctx, story: (&World, &str)) -> Vec<(Option<Mark>, Option<i64>)> {
    let shown = one(ctx, story.0.session, story.1).await.unwrap();
    shown.history.iter().map(|day| (day.mark, day.minutes)).collect()
}

#[tokio::test]
async fn what_cannot_be_recorded_is_kept_as_it_was_typed() {
    both(|db| async move {
        let Story { world, clock, coordinator, supervisor, anna, ben } = story(db).await;
        let day = Form::Day(world.session, july(5));
        let mut tx = world.services.db.write().await.unwrap();
        let mut times = store::sessions::find(&mut tx, world.session).await.unwrap().unwrap();
        times.starts_at = NaiveTime::from_hms_opt(9, 0, 0);
        times.ends_at = NaiveTime::from_hms_opt(15, 0, 0);
        store::sessions::change_dates(&mut tx, &times).await.unwrap();
        tx.commit().await.unwrap();
        let part = |hours| boxes([("reference", &anna.1), ("mark", "part"), ("hours", hours)]);
        // Before the day nothing is taken, for one and for all.
        move_to(&clock, "2027-07-04T12:00:00");
        for typed in [part("3"), boxes([("everyone", "yes")])] {
            assert!(!send(&supervisor, &day, typed.clone()).await.unwrap());
            let shown = again(&supervisor, &day).await.unwrap();
            assert_eq!((fields(&shown), &shown.boxes), (vec!["day"], &typed));
            assert!(shown.problems[0].message.contains("Monday 5 July 2027"));
        }
        // The day has begun: what waits is right now.
        move_to(&clock, "2027-07-05T16:00:00");
        assert_eq!(again(&supervisor, &day).await.unwrap().problems, []);
        assert!(!send(&supervisor, &day, part("all morning")).await.unwrap());
        let shown = again(&supervisor, &day).await.unwrap();
        assert_eq!((fields(&shown), shown.typed("hours").as_str()), (vec!["hours"], "all morning"));
        assert_eq!(marks(&coordinator, (&world, &anna.1)).await, []);
        // As long as the whole day, or longer, is no part of it.
        for (hours, taken) in [("6", false), ("24", false), ("5:59", true)] {
            assert_eq!(send(&supervisor, &day, part(hours)).await.unwrap(), taken, "{hours}");
            let shown = again(&supervisor, &day).await.unwrap();
            assert_eq!(shown.problem("hours").is_some_and(|words| words.contains("A whole day is 6 hours.")), !taken);
        }
        assert!(send(&supervisor, &day, boxes([("reference", &anna.1), ("mark", "")])).await.unwrap());
        // It is the supervisor's alone.
        assert_eq!(again(&coordinator, &day).await.unwrap(), Again::default());
        // Twice the same is recorded once, and nothing waits any more.
        for _ in 0..2 {
            assert!(send(&supervisor, &day, part(" 3,5 ")).await.unwrap());
        }
        assert_eq!(again(&supervisor, &day).await.unwrap(), Again::default());
        let kept = marks(&coordinator, (&world, &anna.1)).await;
        assert_eq!(kept, [(Some(Mark::Part), Some(359)), (None, None), (Some(Mark::Part), Some(210))]);
        // A word that is no mark does not take a record back; none does.
        assert!(!send(&supervisor, &day, boxes([("reference", &anna.1), ("mark", "perhaps")])).await.unwrap());
        assert_eq!(fields(&again(&supervisor, &day).await.unwrap()), ["mark"]);
        assert!(send(&supervisor, &day, boxes([("reference", &anna.1), ("mark", "")])).await.unwrap());
        assert_eq!(marks(&coordinator, (&world, &anna.1)).await.last(), Some(&(None, None)));
        // Hours that stand beside another answer do not count.
        assert!(
            send(&supervisor, &day, boxes([("reference", &anna.1), ("mark", "came"), ("hours", "x")])).await.unwrap()
        );
        // To others it is not there, and nothing of theirs is kept.
        for ctx in [&anna.0, &ben.0] {
            assert!(matches!(send(ctx, &day, part("x")).await, Err(Error::NotFound)));
            assert_eq!(again(ctx, &day).await.unwrap(), Again::default());
        }
        assert!(matches!(send(&supervisor, &day, part(&"9".repeat(20_001))).await, Err(Error::Refused(_))));
    })
    .await;
}

#[tokio::test]
async fn a_coordinators_forms_say_everything_that_is_wrong() {
    both(|db| async move {
        let Story { world, clock, coordinator, supervisor, anna, ben } = story(db).await;
        let session = world.session;
        move_to(&clock, "2027-07-06T16:00:00");
        everyone_came(&supervisor, session, july(5)).await.unwrap();
        let not_run = Form::NotRun(session, july(6));
        assert!(!send(&coordinator, &not_run, boxes([("reason", " ")])).await.unwrap());
        assert_eq!(fields(&again(&coordinator, &not_run).await.unwrap()), ["reason"]);
        assert!(matches!(send(&supervisor, &not_run, boxes([])).await, Err(Error::NotFound)));
        assert!(send(&coordinator, &not_run, boxes([("reason", "The ward\0 was closed.")])).await.unwrap());
        let shown = register(&supervisor, session, Some(july(6))).await.unwrap();
        assert_eq!(shown.days[1].not_run.as_deref(), Some("The ward was closed."));
        assert!(send(&coordinator, &not_run, boxes([("ran", "yes")])).await.unwrap());
        let recorded = Form::NotRun(session, july(5));
        assert!(!send(&coordinator, &recorded, boxes([("reason", "Closed")])).await.unwrap());
        assert_eq!(fields(&again(&coordinator, &recorded).await.unwrap()), [""]);

        // Ben asks in the middle of the week; the same words twice are one question.
        let question = Form::Question(ben.1.clone());
        assert!(!send(&ben.0, &question, boxes([("said", "")])).await.unwrap());
        assert_eq!(fields(&again(&ben.0, &question).await.unwrap()), ["said"]);
        for _ in 0..2 {
            assert!(send(&ben.0, &question, boxes([("said", "I left at noon.")])).await.unwrap());
        }
        assert_eq!(own(&ben.0, &ben.1).await.unwrap().unwrap().questions.len(), 1);
        let amend = Form::Amend(session, ben.1.clone());
        let typed = boxes([("mark", "part"), ("hours", "noon"), ("reason", "")]);
        assert!(!send(&coordinator, &amend, typed.clone()).await.unwrap());
        let shown = again(&coordinator, &amend).await.unwrap();
        assert_eq!((fields(&shown), &shown.boxes), (vec!["day", "hours", "reason"], &typed));
        for (day, mark, field) in
            [("2027-07-06", "came", "day"), ("2027-07-05", "came", "mark"), ("2027-07-05", "", "mark")]
        {
            let typed = boxes([("day", day), ("mark", mark), ("reason", "You said so.")]);
            assert!(!send(&coordinator, &amend, typed).await.unwrap());
            assert_eq!(fields(&again(&coordinator, &amend).await.unwrap()), [field], "{day} {mark}");
        }
        let right = boxes([("day", "2027-07-05"), ("mark", "part"), ("hours", "2:30"), ("reason", "You said so.")]);
        for _ in 0..2 {
            assert!(send(&coordinator, &amend, right.clone()).await.unwrap());
        }
        let seen = own(&ben.0, &ben.1).await.unwrap().unwrap();
        assert_eq!((seen.recorded[0].minutes, seen.recorded[0].reason.as_str()), (Some(150), "You said so."));
        assert_eq!(seen.questions[0].answer, "You said so.");
        assert_eq!(told(&world, "ben@mail.example", "attendance_amended").await, 1);
        // Asked again, and left as it is.
        say_wrong(&ben.0, &ben.1, "It was 3 hours.").await.unwrap();
        let keep = Form::Keep(session, ben.1.clone());
        assert!(!send(&coordinator, &keep, boxes([("answer", &"a".repeat(501))])).await.unwrap());
        assert_eq!(fields(&again(&coordinator, &keep).await.unwrap()), ["answer"]);
        for _ in 0..2 {
            assert!(send(&coordinator, &keep, boxes([("answer", "The sheet says 2:30.")])).await.unwrap());
        }
        assert_eq!(told(&world, "ben@mail.example", "attendance_kept").await, 1);
        let elsewhere = Form::Keep(session, "WX-0000-0000".into());
        assert!(matches!(send(&coordinator, &elsewhere, boxes([])).await, Err(Error::NotFound)));
        assert!(matches!(send(&supervisor, &amend, right).await, Err(Error::NotFound)));
        assert!(matches!(send(&anna.0, &question, boxes([("said", "x")])).await, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_supervisor_is_added_once_everything_is_right() {
    both(|db| async move {
        let Story { world, clock, coordinator, .. } = story(db).await;
        assert!(matches!(send(&coordinator, &Form::Supervisor, boxes([])).await, Err(Error::NotFound)));
        let manager = world.manages("Manager").await.unwrap();
        let department = supervisors(&manager).await.unwrap().departments[0].0.to_string();
        let typed = boxes([("name", ""), ("email", "sam"), ("department", "")]);
        assert!(!send(&manager, &Form::Supervisor, typed.clone()).await.unwrap());
        let shown = again(&manager, &Form::Supervisor).await.unwrap();
        assert_eq!((fields(&shown), &shown.boxes), (vec!["name", "email", "department"], &typed));
        let learner = boxes([("name", "Anna"), ("email", "anna@mail.example"), ("department", &department)]);
        assert!(!send(&manager, &Form::Supervisor, learner).await.unwrap());
        assert_eq!(fields(&again(&manager, &Form::Supervisor).await.unwrap()), ["email"]);
        assert_eq!(told(&world, "anna@mail.example", "supervisor_invited").await, 0);
        let sam = boxes([("name", "Sam"), ("email", "sam@mail.example"), ("department", &department)]);
        assert!(send(&manager, &Form::Supervisor, sam).await.unwrap());
        assert_eq!(told(&world, "sam@mail.example", "supervisor_invited").await, 1);
        assert_eq!(supervisors(&manager).await.unwrap().list.len(), 2);
        assert_eq!(again(&manager, &Form::Supervisor).await.unwrap(), Again::default());
        clock.set(world.services.now().plus_minutes(5));
        // Sam has lost the link and is sent another one; who has signed up is not asked again.
        let sam = boxes([("name", "Sam"), ("email", "sam@mail.example"), ("department", &department)]);
        assert!(send(&manager, &Form::Supervisor, sam.clone()).await.unwrap());
        assert_eq!(told(&world, "sam@mail.example", "supervisor_invited").await, 2);
        let mut tx = world.services.db.write().await.unwrap();
        let account = store::accounts::find_by_email(&mut tx, "sam@mail.example").await.unwrap().unwrap().id;
        store::accounts::set_credentials(&mut tx, account, "kept as a hash", "", 0).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!send(&manager, &Form::Supervisor, sam).await.unwrap());
        assert_eq!(fields(&again(&manager, &Form::Supervisor).await.unwrap()), ["email"]);
        assert_eq!(told(&world, "sam@mail.example", "supervisor_invited").await, 2);
        assert_eq!(supervisors(&manager).await.unwrap().list.len(), 2);
    })
    .await;
}
