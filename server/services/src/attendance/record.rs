//! Recording a day, and changing what was recorded.

use chrono::NaiveDate;
use domain::attendance::{Mark, action_for, daily_minutes, may_amend, may_record, outcome};
use domain::ids::SessionId;
use domain::words::{long_date, time};
use domain::{Role, State, reference};
use store::Tx;
use store::applications::Application;
use store::attendance::{Day, NotRun, RunSession};

use super::{Host, counted_days, find, starts_at};
use crate::applications::{Move, facts, move_on, tell_learner};
use crate::messages::letters;
use crate::time::{london, london_day};
use crate::{Ctx, Error, Result, Services, audit};

/// Longest reason or message, in characters.
pub const LONGEST: usize = 500;

const SAME_DAY: &str = "Put right on the same day by the person who recorded it.";

/// What is to be recorded of one day.
struct Entry<'a> {
    day: NaiveDate,
    mark: Option<Mark>,
    minutes: Option<i64>,
    reason: &'a str,
}

/// Records one learner's day; `None` takes the record back. `minutes` counts for a part of a day. The
/// same again changes nothing. When the last day is recorded, the application moves on.
///
/// # Errors
/// [`Error::NotFound`] for a session that is not theirs; [`Error::Refused`] before the day, for a day that
/// does not count, and where a change needs a coordinator's reason.
pub async fn record(
    ctx: &Ctx,
    session: SessionId,
    typed: &str,
    day: NaiveDate,
    mark: Option<Mark>,
    minutes: Option<i64>,
) -> Result<()> {
    change(ctx, session, typed, &Entry { day, mark, minutes, reason: "" }).await
}

/// Changes a recorded day after the last one was recorded, with the reason that the learner reads.
///
/// # Errors
/// As [`record`]; [`Error::Refused`] without a reason.
pub async fn amend(
    ctx: &Ctx,
    session: SessionId,
    typed: &str,
    day: NaiveDate,
    mark: Mark,
    minutes: Option<i64>,
    reason: &str,
) -> Result<()> {
    let reason = reason.trim();
    if reason.chars().count() > LONGEST {
        return Err(Error::refused(format!("Use {LONGEST} characters or fewer for the reason.")));
    }
    change(ctx, session, typed, &Entry { day, mark: Some(mark), minutes, reason }).await
}

async fn change(ctx: &Ctx, session: SessionId, typed: &str, entry: &Entry<'_>) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (run, host) = find(&mut tx, ctx, session).await?;
    record_one(&mut tx, services, host, &run, typed, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Records that everybody came on a day of whom nothing is recorded yet. How many.
///
/// # Errors
/// As [`record`].
pub async fn everyone_came(ctx: &Ctx, session: SessionId, day: NaiveDate) -> Result<usize> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (run, host) = find(&mut tx, ctx, session).await?;
    store::applications::lock_session(&mut tx, session).await?;
    let recorded = store::attendance::list_days_of_session(&mut tx, session).await?;
    let mut done = 0;
    for one in store::attendance::list_attendees(&mut tx, session).await? {
        let has = recorded.iter().any(|r| r.application == one.application && r.day == day);
        if one.state == State::Confirmed && !has {
            let entry = Entry { day, mark: Some(Mark::Came), minutes: None, reason: "" };
            record_one(&mut tx, services, host, &run, &one.reference, &entry).await?;
            done += 1;
        }
    }
    tx.commit().await?;
    Ok(done)
}

async fn record_one(
    tx: &mut Tx,
    services: &Services,
    host: Host,
    run: &RunSession,
    typed: &str,
    entry: &Entry<'_>,
) -> Result<()> {
    let found = store::applications::find_for_change(tx, &reference::tidy_reference(typed)).await?;
    let mut application = found.filter(|one| one.session == run.id).ok_or(Error::NotFound)?;
    let amends = matches!(application.state, State::Attended | State::PartlyAttended | State::DidNotAttend);
    if application.state != State::Confirmed && !amends {
        // A supervisor does not learn that somebody applied who has no place.
        return if host.role == Role::Supervisor {
            Err(Error::NotFound)
        } else {
            Err(Error::refused(format!(
                "This application is {}, so there is no day to record.",
                application.state.in_words()
            )))
        };
    }
    let days = counted_days(tx, services, run).await?;
    if run.cancelled || !days.contains(&entry.day) {
        return Err(Error::refused("This session did not take place on that day, so nothing can be recorded."));
    }
    if !may_record(entry.day, starts_at(run), london(services.now())) {
        let from = starts_at(run).map(|at| format!(", from {}", time(at))).unwrap_or_default();
        return Err(Error::refused(format!("You can record this day on {}{from}.", long_date(entry.day))));
    }
    let minutes = minutes_of(run, entry)?;
    let recorded = store::attendance::list_days(tx, application.id).await?;
    let before = recorded.iter().find(|one| one.day == entry.day);
    if before.map(|one| (one.mark, one.minutes)) == Some((entry.mark, minutes))
        || (before.is_none() && entry.mark.is_none())
    {
        return Ok(());
    }
    let reason = if amends { why(services, host, before, entry)? } else { "" };
    let day = Day {
        application: application.id,
        day: entry.day,
        mark: entry.mark,
        minutes,
        by: Some(host.account),
        role: host.role,
        at: services.now(),
        reason: reason.to_owned(),
    };
    store::attendance::insert_day(tx, &day).await?;
    audit::record(
        tx,
        services,
        Some(host.account),
        host.role,
        if amends { "amend_day" } else { "record_day" },
        "application",
        application.id,
        Some(run.organisation),
        serde_json::json!({ "day": entry.day, "mark": entry.mark.map(Mark::as_str) }),
    )
    .await?;
    settle(tx, services, host, run, &days, &mut application, reason).await
}

/// Whole days last as long as the session says; of a part only what was said is known.
fn minutes_of(run: &RunSession, entry: &Entry<'_>) -> Result<Option<i64>> {
    let whole = daily_minutes(run.starts_at, run.ends_at);
    match entry.mark {
        Some(Mark::Came) => Ok(whole),
        Some(Mark::Part) => match (entry.minutes, whole) {
            (Some(part), Some(whole)) if part >= whole => Err(Error::refused(format!(
                "A whole day is {}. Enter less than that, or choose “Came”.",
                domain::attendance::length(whole)
            ))),
            (part, _) => Ok(part),
        },
        Some(Mark::Absent) | None => Ok(None),
    }
}

/// The reason of a change after the last day was recorded, if this host may change it.
fn why<'a>(services: &Services, host: Host, before: Option<&Day>, entry: &Entry<'a>) -> Result<&'a str> {
    if entry.mark.is_none() {
        return Err(Error::refused("Every day is recorded already. Choose what is right instead of taking it back."));
    }
    let own = before.is_some_and(|one| one.by == Some(host.account));
    let recorded_on = before.map_or(entry.day, |one| london_day(one.at));
    let today = services.today();
    if !may_amend(host.role, own, recorded_on, today) {
        return Err(Error::refused(
            "Every day is recorded. Only a coordinator can change it now, with a reason. Ask yours.",
        ));
    }
    if !entry.reason.is_empty() {
        return Ok(entry.reason);
    }
    if own && recorded_on == today {
        return Ok(SAME_DAY);
    }
    Err(Error::refused("Write why you change it. The learner reads it."))
}

/// Moves the application on when every day is recorded, or when what was recorded is changed.
async fn settle(
    tx: &mut Tx,
    services: &Services,
    host: Host,
    run: &RunSession,
    days: &[NaiveDate],
    application: &mut Application,
    reason: &str,
) -> Result<()> {
    let recorded = store::attendance::list_days(tx, application.id).await?;
    let mark = |day: &NaiveDate| recorded.iter().find(|one| one.day == *day).and_then(|one| one.mark);
    let amends = application.state != State::Confirmed;
    let Some(action) = outcome(days.iter().map(mark)).and_then(|state| action_for(state, amends)) else {
        return Ok(());
    };
    let about = store::applications::about_session(tx, run.id).await?.ok_or(Error::NotFound)?;
    let step = Move { action, role: host.role, actor: Some(host.account), note: reason };
    move_on(tx, services, application, &about, step).await?;
    let facts = facts(services, application, &about);
    if amends {
        store::attendance::answer_question(tx, application.id, reason, host.account, services.now()).await?;
        tell_learner(tx, services, application, "attendance_amended", letters::attendance_amended(&facts)).await?;
    } else if application.state != State::Attended {
        let letter = letters::attendance_recorded(&facts, application.state);
        tell_learner(tx, services, application, "attendance_recorded", letter).await?;
    }
    Ok(())
}

/// Notes that a session did not take place on one of its days. Whose other days are all recorded moves on.
///
/// # Errors
/// [`Error::NotFound`] for everybody but the provider's coordinators; [`Error::Refused`] without a reason,
/// for a day that somebody is recorded on, and for the last day that is left.
pub async fn mark_not_run(ctx: &Ctx, session: SessionId, day: NaiveDate, reason: &str) -> Result<()> {
    let services = &ctx.services;
    let reason = reason.trim();
    let mut tx = services.db.write().await?;
    let (run, host) = find(&mut tx, ctx, session).await?;
    if host.role != Role::Coordinator {
        return Err(Error::NotFound);
    }
    if reason.is_empty() {
        return Err(Error::refused("Write why the day did not take place."));
    }
    if reason.chars().count() > LONGEST {
        return Err(Error::refused(format!("Use {LONGEST} characters or fewer for the reason.")));
    }
    store::applications::lock_session(&mut tx, session).await?;
    let days = counted_days(&mut tx, services, &run).await?;
    if !days.contains(&day) {
        return Ok(());
    }
    if days.len() == 1 {
        return Err(Error::refused("This is the only day that is left. Cancel the session instead."));
    }
    if store::attendance::list_days_of_session(&mut tx, session).await?.iter().any(|one| one.day == day) {
        return Err(Error::refused("Somebody is recorded on this day. Take that back first."));
    }
    let not_run = NotRun { day, reason: reason.to_owned() };
    store::attendance::insert_not_run(&mut tx, session, &not_run, host.account, services.now()).await?;
    note(&mut tx, services, host, &run, "day_not_run", day).await?;
    let days = counted_days(&mut tx, services, &run).await?;
    for one in store::attendance::list_attendees(&mut tx, session).await? {
        if one.state == State::Confirmed {
            let mut application =
                store::applications::find_for_change(&mut tx, &one.reference).await?.ok_or(Error::NotFound)?;
            settle(&mut tx, services, host, &run, &days, &mut application, "").await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Takes back that a day did not take place.
///
/// # Errors
/// As [`mark_not_run`]; [`Error::Refused`] once somebody's days are all recorded.
pub async fn ran_after_all(ctx: &Ctx, session: SessionId, day: NaiveDate) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (run, host) = find(&mut tx, ctx, session).await?;
    if host.role != Role::Coordinator {
        return Err(Error::NotFound);
    }
    if run.recorded > 0 {
        return Err(Error::refused("Somebody's days are all recorded already, so no day can be added."));
    }
    if store::attendance::delete_not_run(&mut tx, session, day).await? {
        note(&mut tx, services, host, &run, "day_ran", day).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn note(
    tx: &mut Tx,
    services: &Services,
    host: Host,
    run: &RunSession,
    action: &str,
    day: NaiveDate,
) -> Result<()> {
    let detail = serde_json::json!({ "day": day });
    let by = Some(host.account);
    audit::record(tx, services, by, host.role, action, "session", run.id, Some(run.organisation), detail).await
}
