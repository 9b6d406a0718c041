//! From the confirmed place to the first day, told on both databases.

use domain::State;
use icalendar::{Calendar, CalendarDateTime, Component, DatePerhapsTime};
use store::testing::both;

use crate::applications::{Decision, accept, calendar, joining_pack, withdraw};
use crate::testing::{World, services};
use crate::time::{MovableClock, from_london};
use crate::{Ctx, Error, tick};

fn move_to(clock: &MovableClock, london: &str) {
    clock.set(from_london(london.parse().unwrap()));
}

/// Everything sent to an address, by template.
async fn told(world: &World, to: &str) -> Vec<String> {
    let mut tx = world.services.db.read().await.unwrap();
    let mut messages = store::messages::list_newest(&mut tx, 500).await.unwrap();
    messages.reverse();
    messages.into_iter().filter(|m| m.recipient == to).map(|m| m.template).collect()
}

async fn confirmed(world: &World, coordinator: &Ctx, name: &str, phone: &str) -> (Ctx, String) {
    let learner = world.learner(name, 2008).await.unwrap();
    let reference = world.fill(&learner, name, false).await.unwrap();
    if !phone.is_empty() {
        let typed = [("phone".to_owned(), phone.to_owned())].into();
        crate::applications::save_step(&learner, &reference, domain::form::Step::Contact, &typed, false).await.unwrap();
    }
    crate::applications::submit(&learner, &reference, true).await.unwrap();
    world.decide(coordinator, &reference, Decision::Offer).await.unwrap();
    accept(&learner, &reference).await.unwrap();
    let mut tx = world.services.db.read().await.unwrap();
    let state = store::applications::find(&mut tx, &reference).await.unwrap().unwrap().state;
    assert_eq!(state, State::Confirmed);
    (learner, reference)
}

#[tokio::test]
async fn reminders_come_once_by_day_and_only_to_who_is_coming() {
    both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 5, &[]).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        confirmed(&world, &coordinator, "amira", "07700 900123").await;
        let (ben, left) = confirmed(&world, &coordinator, "ben", "").await;
        let before = told(&world, "amira@mail.example").await.len();

        // Monday 5 July 2027 is the first day. A week before, at night, nobody is woken.
        move_to(&clock, "2027-06-28T03:00:00");
        assert_eq!(tick::run_due(&services).await.unwrap().reminded, 0);
        move_to(&clock, "2027-06-28T08:01:00");
        assert_eq!(tick::run_due(&services).await.unwrap().reminded, 2);
        assert_eq!(tick::run_due(&services).await.unwrap().reminded, 0);
        assert_eq!(told(&world, "amira@mail.example").await[before..], ["joining_week"]);
        let phone = domain::form::tidy_phone("07700 900123").unwrap();
        assert_eq!(told(&world, &phone).await.last().unwrap(), "joining_week");

        // Who is not coming any more, and who was confirmed a moment ago, are not reminded twice.
        withdraw(&ben, &left).await.unwrap();
        move_to(&clock, "2027-07-01T10:00:00");
        tick::run_due(&services).await.unwrap();
        move_to(&clock, "2027-07-04T08:00:00");
        assert_eq!(tick::run_due(&services).await.unwrap().reminded, 1);
        move_to(&clock, "2027-07-04T21:00:00");
        assert_eq!(tick::run_due(&services).await.unwrap().reminded, 0);
        assert_eq!(told(&world, "amira@mail.example").await[before..], ["joining_week", "joining_tomorrow"]);
        assert!(!told(&world, "ben@mail.example").await.contains(&"joining_tomorrow".to_owned()));
        move_to(&clock, "2027-07-05T09:00:00");
        assert_eq!(tick::run_due(&services).await.unwrap().reminded, 0);
    })
    .await;
}

#[tokio::test]
async fn the_calendar_file_has_a_day_for_each_day_and_takes_them_back() {
    both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 5, &[]).await.unwrap();
        let mut tx = services.db.write().await.unwrap();
        let mut session = store::sessions::find(&mut tx, world.session).await.unwrap().unwrap();
        session.starts_at = chrono::NaiveTime::from_hms_opt(9, 30, 0);
        session.ends_at = chrono::NaiveTime::from_hms_opt(15, 0, 0);
        store::sessions::change_dates(&mut tx, &session).await.unwrap();
        tx.commit().await.unwrap();

        let stranger = world.learner("stranger", 2008).await.unwrap();
        let coordinator = world.coordinator().await.unwrap();
        let (amira, reference) = confirmed(&world, &coordinator, "amira", "").await;
        assert!(matches!(calendar(&stranger, &reference).await, Err(Error::NotFound)));
        assert!(matches!(joining_pack(&stranger, &reference).await, Err(Error::NotFound)));
        assert_eq!(joining_pack(&amira, &reference).await.unwrap().days.len(), 5);

        let hear_by = crate::applications::hear_by_calendar(&amira, &reference).await.unwrap();
        assert!(hear_by.contains("DTSTART;VALUE=DATE:20270315\r\n"), "{hear_by}");
        assert!(matches!(crate::applications::hear_by_calendar(&stranger, &reference).await, Err(Error::NotFound)));
        let text = calendar(&amira, &reference).await.unwrap();
        assert!(text.split("\r\n").all(|line| line.len() <= 75) && text.ends_with("END:VCALENDAR\r\n"), "{text}");
        let file: Calendar = text.parse().unwrap();
        assert_eq!(file.property_value("METHOD"), Some("PUBLISH"));
        let events: Vec<_> = file.events().collect();
        assert_eq!(events.len(), 5);
        let Some(DatePerhapsTime::DateTime(CalendarDateTime::Utc(begins))) = events[0].get_start() else {
            panic!("{text}")
        };
        // 9:30am in summer.
        assert_eq!(begins.to_rfc3339(), "2027-07-05T08:30:00+00:00");
        assert_eq!(events[0].get_uid(), Some(format!("{reference}-20270705@wex").as_str()));
        let sequence = events[0].get_sequence().unwrap();

        withdraw(&amira, &reference).await.unwrap();
        assert!(matches!(joining_pack(&amira, &reference).await, Err(Error::NotFound)));
        let file: Calendar = calendar(&amira, &reference).await.unwrap().parse().unwrap();
        assert_eq!(file.property_value("METHOD"), Some("CANCEL"));
        let event = file.events().next().unwrap();
        assert_eq!(event.get_uid(), Some(format!("{reference}-20270705@wex").as_str()));
        assert!(event.get_sequence().unwrap() > sequence);
        assert_eq!(event.property_value("STATUS"), Some("CANCELLED"));
    })
    .await;
}
