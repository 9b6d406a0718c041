//! Writes applications, with every step, audit line, consent, held place and recorded day behind them.

use domain::attendance::Mark;
use domain::clearance::ConsentStatus;
use domain::form::FORM_VERSION;
use domain::{Role, State};
use store::bulk::{self, Rows};

use super::adverts::{Advert, Run};
use super::lives::{Life, of_session};
use super::maker::Maker;
use super::people::Learner;
use crate::context::hex;
use crate::{Error, Result, Services};

/// Applications to a transaction, about.
const AT_ONCE: usize = 10_000;

const WHY: &[&str] = &[
    "I would like to see what the work is like before I choose.",
    "My aunt was looked after there, and I want to know who does what.",
    "I like finding out how things work, and I like people.",
    "I have never met anybody who does this, and I want to ask them.",
    "I want to change my work to something that helps.",
];

/// What was written.
pub(super) struct Written {
    pub count: usize,
    pub learners: Vec<Learner>,
}

/// The rows of one transaction.
struct Batch {
    applications: Rows<17>,
    events: Rows<10>,
    audit: Rows<9>,
    consents: Rows<8>,
    ledger: Rows<8>,
    days: Rows<9>,
    held: Vec<(domain::ids::SessionId, i64)>,
    count: usize,
}

impl Batch {
    #[rustfmt::skip]
    fn new() -> Self {
        Self {
            applications: Rows::new("applications", [
                "id", "reference", "learner_id", "opportunity_id", "session_id", "state", "state_since", "answers", "form_version",
                "opportunity_version", "created_at", "submitted_at", "decide_by", "viewed_at", "no_reason", "consent", "version",
            ]),
            events: Rows::new("application_events", [
                "id", "application_id", "number", "at", "action", "from_state", "to_state", "role", "actor_id", "note",
            ]),
            audit: Rows::new("audit", [
                "id", "at", "actor_id", "role", "action", "subject_kind", "subject_id", "organisation_id", "detail",
            ]),
            consents: Rows::new("consents", [
                "application_id", "guardian_name", "guardian_email", "token_hash", "asked_at", "ends_at", "answer", "answered_at",
            ]),
            ledger: Rows::new("place_ledger", [
                "session_id", "number", "at", "kind", "pool", "change", "application_id", "because",
            ]),
            days: Rows::new("attendance_days", [
                "application_id", "day", "number", "mark", "minutes", "recorded_by", "role", "recorded_at", "reason",
            ]),
            held: Vec::new(),
            count: 0,
        }
    }

    async fn write(&mut self, services: &Services) -> Result<()> {
        let mut tx = services.db.write().await?;
        self.applications.write(&mut tx).await?;
        self.events.write(&mut tx).await?;
        self.audit.write(&mut tx).await?;
        self.consents.write(&mut tx).await?;
        self.ledger.write(&mut tx).await?;
        self.days.write(&mut tx).await?;
        for (session, held) in self.held.drain(..) {
            bulk::set_held(&mut tx, session, held).await?;
        }
        tx.commit().await?;
        self.count = 0;
        Ok(())
    }
}

/// Writes so many applications, about the same number for each session.
pub(super) async fn applications(
    services: &Services,
    maker: &mut Maker,
    adverts: &[Advert],
    mut learners: Vec<Learner>,
    count: usize,
    progress: &mut impl FnMut(&str, usize, usize),
) -> Result<Written> {
    let runs: Vec<(&Advert, &Run)> =
        adverts.iter().flat_map(|advert| advert.runs.iter().map(move |run| (advert, run))).collect();
    let mut batch = Batch::new();
    let mut written = 0;
    let mut next = 0;
    for (number, (advert, run)) in runs.iter().enumerate() {
        let left = runs.len() - number;
        let fair = (count - written).div_ceil(left);
        // From none to twice as many as the others, but all of them in the end.
        let many = if left == 1 { fair } else { maker.below(2 * fair + 1).min(count - written) };
        let lives = of_session(maker, run, many)?;
        let mut lines = Vec::new();
        for life in lives {
            let who = choose(&mut learners, &mut next, advert, run, &life)?;
            add(maker, &mut batch, advert, run, &life, &learners[who], &mut lines)?;
        }
        ledger(&mut batch, run, lines)?;
        written += many;
        batch.count += many;
        if batch.count >= AT_ONCE || left == 1 {
            batch.write(services).await?;
            progress("Applications", written, count);
        }
    }
    Ok(Written { count: written, learners })
}

/// The next person who is old enough on the first day, and free on those days if a place was theirs.
fn choose(learners: &mut [Learner], next: &mut usize, advert: &Advert, run: &Run, life: &Life) -> Result<usize> {
    for _ in 0..learners.len() {
        // A step that shares no factor with any number of people here goes round all of them.
        *next = (*next + 7_919) % learners.len();
        let learner = &mut learners[*next];
        let old_enough = domain::calendar::age_on(learner.born, run.starts_on) >= advert.youngest;
        if old_enough && (!life.had_place() || learner.is_free(run.starts_on, run.ends_on)) {
            if life.had_place() {
                learner.places.push((run.starts_on, run.ends_on));
            }
            return Ok(*next);
        }
    }
    Err(Error::Unexpected("nobody is old enough and free".into()))
}

/// A line of the ledger: when, by how much, whose, why.
type Line = (domain::time::Moment, i64, uuid::Uuid, &'static str);

fn add(
    maker: &mut Maker,
    batch: &mut Batch,
    advert: &Advert,
    run: &Run,
    life: &Life,
    learner: &Learner,
    lines: &mut Vec<Line>,
) -> Result<()> {
    let id = maker.id();
    let submitted = life.submitted_at();
    let consent = if learner.is_minor(crate::time::london_day(submitted)) {
        ConsentStatus::Given
    } else {
        ConsentStatus::NotNeeded
    };
    let why = maker.one_of(WHY);
    batch.applications.add([
        id.into(),
        maker.reference().into(),
        learner.account.0.into(),
        advert.id.0.into(),
        run.id.0.into(),
        life.state.as_str().into(),
        life.since().0.into(),
        learner.answers(why)?.into(),
        FORM_VERSION.into(),
        1_i64.into(),
        submitted.plus_minutes(-20).0.into(),
        submitted.0.into(),
        life.decide_by.into(),
        life.viewed_at().map(|at| at.0).into(),
        life.no_reason.map(domain::application::NoReason::as_str).into(),
        consent.as_str().into(),
        i64::try_from(life.steps.len()).unwrap_or(0).into(),
    ]);
    for (number, step) in (1_i64..).zip(&life.steps) {
        let actor = match step.role {
            Role::Learner => Some(learner.account.0),
            Role::Coordinator => Some(advert.coordinator.0),
            _ => None,
        };
        batch.events.add([
            maker.id().into(),
            id.into(),
            number.into(),
            step.at.0.into(),
            step.action.as_str().into(),
            step.from.as_str().into(),
            step.to.as_str().into(),
            step.role.as_str().into(),
            actor.into(),
            "".into(),
        ]);
        batch.audit.add([
            maker.id().into(),
            step.at.0.into(),
            actor.into(),
            step.role.as_str().into(),
            step.action.as_str().into(),
            "application".into(),
            id.to_string().into(),
            advert.organisation.0.into(),
            format!(r#"{{"from":"{}","to":"{}"}}"#, step.from.as_str(), step.to.as_str()).into(),
        ]);
        match (step.from.holds_place(), step.to.holds_place()) {
            (false, true) => lines.push((step.at, 1, id, step.action.as_str())),
            (true, false) => lines.push((step.at, -1, id, step.action.as_str())),
            _ => {}
        }
    }
    if consent == ConsentStatus::Given {
        batch.consents.add([
            id.into(),
            learner.guardian().into(),
            learner.guardian_address().into(),
            // Nobody has the other half of it: the link was used.
            hex(&maker.bytes::<32>()).into(),
            submitted.0.into(),
            submitted.plus_days(30).0.into(),
            "yes".into(),
            submitted.plus_minutes(90).0.into(),
        ]);
    }
    days(maker, batch, advert, run, life, id);
    Ok(())
}

/// What was recorded each day by the one who recorded the whole.
fn days(maker: &Maker, batch: &mut Batch, advert: &Advert, run: &Run, life: &Life, id: uuid::Uuid) {
    if !matches!(life.state, State::Attended | State::PartlyAttended | State::DidNotAttend) {
        return;
    }
    for day in run.starts_on.iter_days().take_while(|day| *day <= run.ends_on) {
        if !maker.is_working_day(day) {
            continue;
        }
        let came = life.state == State::Attended || (life.state == State::PartlyAttended && day < run.ends_on);
        batch.days.add([
            id.into(),
            day.into(),
            1_i64.into(),
            if came { Mark::Came } else { Mark::Absent }.as_str().into(),
            None::<i64>.into(),
            advert.coordinator.0.into(),
            Role::Coordinator.as_str().into(),
            super::super::stage::at(day, 1000).0.into(),
            "".into(),
        ]);
    }
}

/// The session's ledger in the order of time, and what is held at its end.
fn ledger(batch: &mut Batch, run: &Run, mut lines: Vec<Line>) -> Result<()> {
    // A place that is given back is free for the next one at the same instant.
    lines.sort_unstable_by_key(|(at, change, id, _)| (*at, *change, *id));
    let mut held = 0;
    // The first line says how many places there are.
    for (number, (at, change, id, because)) in (2_i64..).zip(lines) {
        held += change;
        if held > run.capacity {
            return Err(Error::Unexpected(format!("{held} places held of {}", run.capacity)));
        }
        batch.ledger.add([
            run.id.0.into(),
            number.into(),
            at.0.into(),
            if change > 0 { "hold" } else { "release" }.into(),
            "open".into(),
            change.into(),
            id.into(),
            because.into(),
        ]);
    }
    if held > 0 {
        batch.held.push((run.id, held));
    }
    Ok(())
}
