//! Chooses who applies for what, and plays it.

use chrono::NaiveDate;
use domain::ids::SessionId;
use domain::{Kind, State, eligibility};
use store::applications::About;

use super::opportunities::{Run, Written};
use super::people::{Learner, Staff};
use super::plan::Date;
use super::play::{Case, Step, unfinished};
use super::providers::{MAIN, PROVIDERS};
use super::scripts::{ALSO_CAME, CANCELLED_BEFORE, MAIN_SCRIPTS, OTHER_SCRIPTS, Script, WHYS};
use super::stage::{Stage, at};
use crate::{Error, Result};

/// How many applications each of the other providers has.
const AT_OTHERS: usize = 2;

/// Writes every application; how many.
pub(super) async fn write_applications(
    stage: &mut Stage<'_>,
    written: &Written,
    staff: &[Staff],
    learners: &mut [Learner],
    mut progress: impl FnMut(&str, usize, usize),
) -> Result<usize> {
    let all = jobs(stage, written)?;
    let mut turn = 0;
    for (number, (run, script)) in all.iter().enumerate() {
        progress("Applications", number, all.len());
        let about = store::applications::about_session(stage.tx, run.session).await?.ok_or(Error::NotFound)?;
        let day = begun(stage, script, &about);
        let chosen = choose(learners, script, run, &about, day, &mut turn)?;
        play(stage, &mut learners[chosen], staff[run.provider], about, script, day).await?;
    }
    let cancelled = at(stage.services.working_days.before(stage.today, CANCELLED_BEFORE), 540);
    for run in written.runs.iter().filter(|run| run.planned.is_some_and(|plan| plan.date == Date::Cancelled)) {
        store::sessions::cancel(stage.tx, run.session, cancelled).await?;
    }
    progress("Applications", all.len(), all.len());
    Ok(all.len())
}

/// Every script with the session that it is about.
fn jobs(stage: &Stage<'_>, written: &Written) -> Result<Vec<(Run, Script)>> {
    let mut jobs = Vec::new();
    for (provider, main) in PROVIDERS.iter().enumerate().take(MAIN) {
        for script in MAIN_SCRIPTS {
            let run = written
                .runs
                .iter()
                .find(|run| run.provider == provider && run.planned.is_some_and(|plan| plan.date == script.date));
            let run = *run.ok_or_else(|| Error::Unexpected(format!("{} has no {:?}", main.name, script.date)))?;
            // The people chosen by hand apply to the first provider only.
            let who = if provider == 0 { script.who } else { None };
            jobs.push((run, Script { who, ..*script }));
        }
    }
    let enough = stage.day(75);
    for provider in MAIN..PROVIDERS.len() {
        let runs = written
            .runs
            .iter()
            .filter(|run| run.provider == provider && run.kind == Kind::WorkExperience && run.starts_on >= enough);
        jobs.extend(
            runs.take(AT_OTHERS)
                .enumerate()
                .map(|(number, run)| (*run, OTHER_SCRIPTS[(provider * AT_OTHERS + number) % OTHER_SCRIPTS.len()])),
        );
    }
    for (script, times) in ALSO_CAME {
        let run = jobs.iter().find(|(run, other)| run.provider == 0 && other.date == script.date).map(|(run, _)| *run);
        let run = run.ok_or_else(|| Error::Unexpected(format!("nobody has {:?}", script.date)))?;
        jobs.extend(std::iter::repeat_n((run, *script), *times));
    }
    Ok(jobs)
}

/// From where a script counts back: today, or the first day of what is over.
fn anchor(stage: &Stage<'_>, about: &About) -> NaiveDate {
    stage.today.min(about.starts_on)
}

fn begun(stage: &Stage<'_>, script: &Script, about: &About) -> NaiveDate {
    stage.services.working_days.before(anchor(stage, about), script.begun)
}

/// Somebody who can apply then, is free on these days, and has applied least often so far.
fn choose(
    learners: &[Learner],
    script: &Script,
    run: &Run,
    about: &About,
    day: NaiveDate,
    turn: &mut usize,
) -> Result<usize> {
    if let Some(who) = script.who {
        return learners.iter().position(|learner| learner.name == who).ok_or(Error::NotFound);
    }
    *turn += 7;
    let order = (0..learners.len()).map(|number| (number + *turn) % learners.len());
    order
        .filter(|number| fits(&learners[*number], script, run.session, about, day))
        .min_by_key(|number| learners[*number].states.len())
        .ok_or_else(|| {
            Error::Unexpected(format!(
                "nobody can play {:?} on {:?} at {}",
                script.ends, script.date, about.organisation_name
            ))
        })
}

fn fits(learner: &Learner, script: &Script, session: SessionId, about: &About, day: NaiveDate) -> bool {
    !learner.chosen
        && !learner.sessions.contains(&session)
        && eligibility::can_apply(&about.asks(), Some(learner.born), day).is_yes()
        && (!script.minor || eligibility::needs_consent(learner.born, about.starts_on))
        && !learner.places.iter().any(|(first, last)| *first <= about.ends_on && *last >= about.starts_on)
}

async fn play(
    stage: &mut Stage<'_>,
    learner: &mut Learner,
    staff: Staff,
    about: About,
    script: &Script,
    day: NaiveDate,
) -> Result<()> {
    let why = stage.one_of(WHYS);
    let person = learner.clone();
    let (session, first, last) = (about.session, about.starts_on, about.ends_on);
    let anchor = anchor(stage, &about);
    let is_draft = matches!(script.ends, State::Draft | State::Expired);
    let mut case = Case::begin(stage, &person, staff, about, day, why, !is_draft).await?;
    if is_draft {
        case.application.answers = unfinished(case.application.answers);
        store::applications::save(stage.tx, &case.application).await?;
        case.application.version += 1;
    } else {
        case.submit(stage, day).await?;
    }
    for (before, step) in script.steps {
        let day = match step {
            Step::Ask(_) | Step::Amend(..) | Step::Keep(_) => stage.services.working_days.after(last, *before),
            _ => stage.services.working_days.before(anchor, *before),
        };
        case.step(stage, day, *step).await?;
    }
    case.wait(stage, stage.today).await?;
    let ends = case.application.state;
    if ends != script.ends {
        return Err(Error::Unexpected(format!(
            "{:?} at {} ended as {ends:?}, not {:?}",
            script.date, case.about.organisation_name, script.ends
        )));
    }
    learner.states.push(ends);
    learner.sessions.push(session);
    if script.steps.iter().any(|(_, step)| matches!(step, Step::Accept)) {
        learner.places.push((first, last));
    }
    Ok(())
}
