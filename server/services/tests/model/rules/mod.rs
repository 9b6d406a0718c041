//! The rules said a second time, by hand from the domain's description and without the code that keeps them:
//! what may follow what, who is told of it, and what must hold at every moment.

mod acting;
mod days;
mod letters;
mod line;
mod new_dates;
mod people;
mod suggesting;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use store::testing::{Applied, Happened, Run, Snapshot};
use uuid::Uuid;

use super::sequence::Step;

/// Who may do what from where to where.
const TABLE: &[(&str, &[&str], &str, &[&str])] = &[
    ("submit", &["draft"], "submitted", &["learner", "adviser", "coordinator"]),
    ("expire", &["draft"], "expired", &["system"]),
    ("view", &["submitted"], "under_review", &["coordinator"]),
    ("waitlist", &["submitted", "under_review"], "waitlisted", &["coordinator", "system"]),
    (
        "offer",
        &["submitted", "under_review", "waitlisted", "not_selected", "lapsed"],
        "offered",
        &["coordinator", "system"],
    ),
    ("say_no", &["submitted", "under_review", "waitlisted"], "not_selected", &["coordinator"]),
    ("lapse", &["submitted", "under_review", "waitlisted"], "lapsed", &["system"]),
    ("accept", &["offered"], "accepted", &["learner", "coordinator"]),
    ("decline", &["offered"], "declined", &["learner", "coordinator"]),
    ("expire_offer", &["offered"], "offer_expired", &["system"]),
    ("withdraw_offer", &["offered"], "offer_withdrawn", &["coordinator"]),
    ("confirm", &["accepted"], "confirmed", &["system"]),
    ("fail_clearance", &["accepted"], "clearance_not_met", &["coordinator", "system"]),
    ("cancel", &["accepted", "confirmed"], "cancelled_by_provider", &["coordinator"]),
    (
        "withdraw",
        &["submitted", "under_review", "waitlisted", "offered", "accepted", "confirmed"],
        "withdrawn",
        &["learner", "guardian", "adviser", "coordinator"],
    ),
    // New dates: what is not promised yet goes along; whoever has a place goes along only by their own yes.
    ("change_dates", &["submitted"], "submitted", &["coordinator"]),
    ("change_dates", &["under_review"], "under_review", &["coordinator"]),
    ("change_dates", &["waitlisted"], "waitlisted", &["coordinator"]),
    ("change_dates", &["offered"], "offered", &["coordinator"]),
    ("change_dates", &["accepted", "confirmed"], "accepted", &["learner"]),
    ("record_attended", &["confirmed"], "attended", &["supervisor", "coordinator"]),
    ("record_partly", &["confirmed"], "partly_attended", &["supervisor", "coordinator"]),
    ("record_absent", &["confirmed"], "did_not_attend", &["supervisor", "coordinator"]),
    ("amend_attended", RECORDED, "attended", &["supervisor", "coordinator"]),
    ("amend_partly", RECORDED, "partly_attended", &["supervisor", "coordinator"]),
    ("amend_absent", RECORDED, "did_not_attend", &["supervisor", "coordinator"]),
];

const RECORDED: &[&str] = &["attended", "partly_attended", "did_not_attend"];
const HOLDING: &[&str] = &["offered", "accepted", "confirmed"];
const TAKEN: &[&str] = &["accepted", "confirmed"];
const UNDECIDED: &[&str] = &["submitted", "under_review", "waitlisted"];

/// When and by what something was done.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The day in London.
    pub today: NaiveDate,
    /// What was done.
    pub step: &'a Step,
}

impl Moment<'_> {
    /// Whether the clock's work has just been done.
    fn ticked(&self) -> bool {
        matches!(self.step, Step::Tick)
    }
}

type Verdict = Result<(), String>;

fn must(holds: bool, what: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(what()) }
}

fn run(now: &Snapshot, id: Uuid) -> Result<&Run, String> {
    now.runs.iter().find(|run| run.id == id).ok_or_else(|| "an application for no session".into())
}

fn application(now: &Snapshot, id: Uuid) -> Result<&Applied, String> {
    now.applications.iter().find(|application| application.id == id).ok_or_else(|| "no such application".into())
}

/// What has happened since.
fn since<'a>(before: &Snapshot, after: &'a Snapshot) -> Vec<&'a Happened> {
    let known: BTreeSet<_> = before.events.iter().map(|event| (event.application_id, event.number)).collect();
    after.events.iter().filter(|event| !known.contains(&(event.application_id, event.number))).collect()
}

/// Whether people are still asked about the dates of this session.
fn being_agreed(now: &Snapshot, run: &Run) -> bool {
    now.new_dates.iter().any(|change| change.new_session_id == run.id && change.finished_at.is_none())
}

fn years_on(born: NaiveDate, years: u32, day: NaiveDate) -> bool {
    born.checked_add_months(chrono::Months::new(years * 12)).is_some_and(|birthday| birthday <= day)
}

/// Whether everything holds after a step.
pub fn judge(before: &Snapshot, after: &Snapshot, moment: Moment<'_>) -> Verdict {
    places(after)?;
    histories(after)?;
    acting::audit(after)?;
    acting::actors(after)?;
    letters::letters(after)?;
    people::people(after)?;
    days::days(after)?;
    days::certificates(after)?;
    days::told(after)?;
    new_dates::asked(after)?;
    new_dates::moved(before, after)?;
    suggesting::suggesting(before, after, moment)?;
    if moment.ticked() {
        line::nobody_waits_in_vain(after, moment.today)?;
        new_dates::nobody_is_asked_for_ever(after, moment.today)?;
    }
    line::the_line(before, after, moment.today)
}

/// Held places are those of the states that hold one, never more than there are, and the ledger says the same.
fn places(now: &Snapshot) -> Verdict {
    for run in &now.runs {
        let holding =
            now.applications.iter().filter(|a| a.session_id == run.id && HOLDING.contains(&a.state.as_str())).count();
        let sum = |kinds: &[&str]| -> i64 {
            now.ledger
                .iter()
                .filter(|(id, _, kind, _)| *id == run.id && kinds.contains(&kind.as_str()))
                .map(|l| l.3)
                .sum()
        };
        must(usize::try_from(run.held) == Ok(holding), || format!("{} held, but {holding} hold a place", run.held))?;
        must(run.held <= run.capacity, || format!("{} held of {}", run.held, run.capacity))?;
        must(sum(&["hold", "release"]) == run.held, || format!("the ledger says {}", sum(&["hold", "release"])))?;
        must(sum(&["capacity"]) == run.capacity, || format!("the ledger's capacity is {}", sum(&["capacity"])))?;
        must(sum(&["reserved"]) == run.reserved, || "the ledger's reserved places differ".into())?;
    }
    for application in &now.applications {
        let held: i64 = now
            .ledger
            .iter()
            .filter(|(_, id, kind, _)| *id == Some(application.id) && ["hold", "release"].contains(&kind.as_str()))
            .map(|line| line.3)
            .sum();
        let holds = i64::from(HOLDING.contains(&application.state.as_str()));
        must(held == holds, || format!("{} is {} and holds {held}", application.reference, application.state))?;
    }
    Ok(())
}

/// Told again from the beginning, the events of an application lead to where it stands, each by somebody who
/// may.
fn histories(now: &Snapshot) -> Verdict {
    let mut stands: BTreeMap<Uuid, (&str, i64)> = BTreeMap::new();
    for event in &now.events {
        let (state, number) = stands.entry(event.application_id).or_insert(("draft", 0));
        *number += 1;
        must(event.number == *number, || format!("event {} is numbered {}", number, event.number))?;
        must(event.from_state == *state, || format!("{} began at {}, not {state}", event.action, event.from_state))?;
        let allowed = TABLE.iter().any(|(action, from, to, by)| {
            *action == event.action
                && from.contains(&event.from_state.as_str())
                && *to == event.to_state
                && by.contains(&event.role.as_str())
        });
        must(allowed, || {
            format!("{} by {} led from {} to {}", event.action, event.role, event.from_state, event.to_state)
        })?;
        *state = &event.to_state;
    }
    for application in &now.applications {
        let said = stands.get(&application.id).map_or("draft", |(state, _)| *state);
        must(said == application.state, || {
            format!("{} is {}, but its events lead to {said}", application.reference, application.state)
        })?;
    }
    Ok(())
}
