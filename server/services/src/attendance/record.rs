//! Recording a day, and changing what was recorded.

use chrono::NaiveDate;
use domain::attendance::{Mark, action_for, daily_minutes, may_amend, may_record, outcome};
use domain::ids::SessionId;
use domain::words::{long_date, time};
use domain::{Role, State, reference};
use store::Tx;
use store::applications::Application;
use store::attendance::{Day, RunSession};

use super::forms::{Boxes, Checked, No, gather, read_mark};
use super::{Host, came, counted_days, find, find_as_coordinator, starts_at, tell_learner_again};
use crate::applications::{Move, facts, move_on, tell_learner};
use crate::messages::letters;
use crate::time::{london, london_day};
use crate::{Ctx, Error, Result, Services, audit};

/// Longest reason or message, in characters.
pub const LONGEST: usize = 500;

const NO_REASON: &str = "Write why you change it. The learner reads it.";

const SAME_DAY: &str = "Put right on the same day by the person who recorded it.";

/// What is to be recorded of one day.
pub(crate) struct Entry<'a> {
    /// The day.
    pub day: NaiveDate,
    /// What of it; `None` takes the record back.
    pub mark: Option<Mark>,
    /// How long, for a part of it.
    pub minutes: Option<i64>,
    /// Why it is changed: a coordinator's words. A tap has none.
    pub reason: Option<&'a str>,
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
    let mut tx = ctx.services.db.write().await?;
    let (run, host) = find(&mut tx, ctx, session).await?;
    let entry = Entry { day, mark, minutes, reason: None };
    record_one(&mut tx, &ctx.services, host, &run, typed, &entry, true).await?;
    tx.commit().await?;
    Ok(())
}

/// Changes a recorded day, with the reason that the learner reads.
///
/// # Errors
/// [`Error::NotFound`] for everybody but the provider's coordinators who decide; [`Error::Refused`] without
/// a reason, and for a day of which nothing is recorded.
pub async fn amend(
    ctx: &Ctx,
    session: SessionId,
    typed: &str,
    day: NaiveDate,
    mark: Mark,
    minutes: Option<i64>,
    reason: &str,
) -> Result<()> {
    let mut tx = ctx.services.db.write().await?;
    let (run, host) = find_as_coordinator(&mut tx, ctx, session).await?;
    let reason = reason_of(reason, "reason", NO_REASON)?;
    let entry = Entry { day, mark: Some(mark), minutes, reason: Some(reason) };
    record_one(&mut tx, &ctx.services, host, &run, typed, &entry, true).await?;
    tx.commit().await?;
    Ok(())
}

/// The same from the boxes of its form; says everything that is wrong at once.
pub(super) async fn amend_typed(
    tx: &mut Tx,
    ctx: &Ctx,
    session: SessionId,
    typed: &str,
    boxes: &Boxes,
    really: bool,
) -> Checked {
    let get = |name: &str| boxes.get(name).map_or("", String::as_str);
    let (run, host) = find_as_coordinator(tx, ctx, session).await?;
    came(tx, session, typed).await?;
    let mut problems = Vec::new();
    let day = get("day").parse().map_err(|_| No::at("day", "Choose the day to change."));
    let day: Option<NaiveDate> = gather(&mut problems, day)?;
    let mark = gather(&mut problems, read_mark(get("mark"), get("hours")))?;
    let reason = gather(&mut problems, reason_of(get("reason"), "reason", NO_REASON))?;
    if let (Some(day), Some((mark, minutes))) = (day, mark) {
        let entry = Entry { day, mark: Some(mark), minutes, reason: Some(reason.unwrap_or_default()) };
        let really = really && problems.is_empty();
        gather(&mut problems, record_one(tx, &ctx.services, host, &run, typed, &entry, really).await)?;
    }
    if problems.is_empty() { Ok(()) } else { Err(No::Mend(problems)) }
}

/// Records a day of one person, from what was chosen and typed; `None` for whom is everybody of whom
/// nothing is recorded, and `None` for what takes the record back.
pub(super) async fn day(
    tx: &mut Tx,
    ctx: &Ctx,
    session: SessionId,
    day: NaiveDate,
    who: Option<(&str, Option<(&str, &str)>)>,
    really: bool,
) -> Checked {
    let (run, host) = find(tx, ctx, session).await?;
    let Some((typed, chosen)) = who else {
        everyone(tx, &ctx.services, host, &run, day, really).await?;
        return Ok(());
    };
    let read = chosen.map(|(mark, hours)| read_mark(mark, hours)).transpose()?;
    let entry = Entry { day, mark: read.map(|(mark, _)| mark), minutes: read.and_then(|(_, m)| m), reason: None };
    record_one(tx, &ctx.services, host, &run, typed, &entry, really).await
}

/// Records that everybody came on a day of whom nothing is recorded yet. How many.
///
/// # Errors
/// As [`record`].
pub async fn everyone_came(ctx: &Ctx, session: SessionId, day: NaiveDate) -> Result<usize> {
    let mut tx = ctx.services.db.write().await?;
    let (run, host) = find(&mut tx, ctx, session).await?;
    let done = everyone(&mut tx, &ctx.services, host, &run, day, true).await?;
    tx.commit().await?;
    Ok(done)
}

async fn everyone(
    tx: &mut Tx,
    services: &Services,
    host: Host,
    run: &RunSession,
    day: NaiveDate,
    really: bool,
) -> Checked<usize> {
    if really {
        store::applications::lock_session(tx, run.id).await?;
    }
    let recorded = store::attendance::list_days_of_session(tx, run.id).await?;
    let mut done = 0;
    for one in store::attendance::list_attendees(tx, run.id).await? {
        let has = recorded.iter().any(|r| r.application == one.application && r.day == day);
        if one.state == State::Confirmed && !has {
            let entry = Entry { day, mark: Some(Mark::Came), minutes: None, reason: None };
            record_one(tx, services, host, run, &one.reference, &entry, really).await?;
            done += 1;
        }
    }
    Ok(done)
}

/// Records an entry within a transaction, as this host.
pub(crate) async fn record_within(
    tx: &mut Tx,
    services: &Services,
    host: Host,
    run: &RunSession,
    reference: &str,
    entry: &Entry<'_>,
) -> Result<()> {
    Ok(record_one(tx, services, host, run, reference, entry, true).await?)
}

/// Checks an entry and, where `really`, records it.
pub(super) async fn record_one(
    tx: &mut Tx,
    services: &Services,
    host: Host,
    run: &RunSession,
    typed: &str,
    entry: &Entry<'_>,
    really: bool,
) -> Checked {
    let reference = reference::tidy_reference(typed);
    let found = if really {
        store::applications::find_for_change(tx, &reference).await?
    } else {
        store::applications::find(tx, &reference).await?
    };
    let mut application = found.filter(|one| one.session == run.id).ok_or(Error::NotFound)?;
    let amends = matches!(application.state, State::Attended | State::PartlyAttended | State::DidNotAttend);
    if application.state != State::Confirmed && !amends {
        // A supervisor does not learn that somebody applied who has no place.
        return if host.role == Role::Supervisor || application.state == State::Draft {
            Err(No::Other(Error::NotFound))
        } else {
            Err(No::at(
                "",
                format!("This application is {}, so there is no day to record.", application.state.in_words()),
            ))
        };
    }
    let days = counted_days(tx, services, run).await?;
    if run.cancelled || !days.contains(&entry.day) {
        return Err(No::at("day", "This session did not take place on that day, so nothing can be recorded."));
    }
    if !may_record(entry.day, starts_at(run), london(services.now())) {
        let from = starts_at(run).map(|at| format!(", from {}", time(at))).unwrap_or_default();
        return Err(No::at("day", format!("You can record this day on {}{from}.", long_date(entry.day))));
    }
    let minutes = minutes_of(run, entry)?;
    let recorded = store::attendance::list_days(tx, application.id).await?;
    let before = recorded.iter().find(|one| one.day == entry.day);
    if entry.reason.is_some() && before.is_none() {
        return Err(No::at("day", "Nothing is recorded of this day yet. Record it on the page of the day."));
    }
    if before.map(|one| (one.mark, one.minutes)) == Some((entry.mark, minutes))
        || (before.is_none() && entry.mark.is_none())
    {
        // A second press is no mistake; a change that changes nothing is one.
        return match entry.reason {
            Some(reason) if before.is_none_or(|one| one.reason != reason) => {
                Err(No::at("mark", "This is what is recorded already. Choose what is right."))
            }
            _ => Ok(()),
        };
    }
    let reason = match entry.reason {
        Some(reason) => reason,
        None if amends => why(services, host, before, entry)?,
        None => "",
    };
    if !really {
        return Ok(());
    }
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
        if reason.is_empty() { "record_day" } else { "amend_day" },
        "application",
        application.id,
        Some(run.organisation),
        serde_json::json!({ "day": entry.day, "mark": entry.mark.map(Mark::as_str) }),
    )
    .await?;
    settle(tx, services, host, run, &days, &mut application, reason).await?;
    if !reason.is_empty() {
        tell_of_change(tx, services, host, run, &application, reason).await?;
    }
    Ok(())
}

/// The learner is told of a change, which also answers what they asked.
async fn tell_of_change(
    tx: &mut Tx,
    services: &Services,
    host: Host,
    run: &RunSession,
    application: &Application,
    reason: &str,
) -> Result<()> {
    store::attendance::answer_question(tx, application.id, reason, host.account, services.now()).await?;
    let about = store::applications::about_session(tx, run.id).await?.ok_or(Error::NotFound)?;
    let letter = letters::attendance_amended(&facts(services, application, &about));
    tell_learner_again(tx, services, application, "attendance_amended", letter).await
}

/// A reason or an answer: something, and not too long.
pub(super) fn reason_of<'a>(typed: &'a str, field: &str, none: &str) -> Checked<&'a str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(No::at(field, none));
    }
    if typed.chars().count() > LONGEST {
        return Err(No::at(field, format!("Use {LONGEST} characters or fewer.")));
    }
    Ok(typed)
}

/// Whole days last as long as the session says; of a part only what was said is known.
fn minutes_of(run: &RunSession, entry: &Entry<'_>) -> Checked<Option<i64>> {
    let whole = daily_minutes(run.starts_at, run.ends_at);
    match entry.mark {
        Some(Mark::Came) => Ok(whole),
        Some(Mark::Part) => match (entry.minutes, whole) {
            (Some(part), Some(whole)) if part >= whole => Err(No::at(
                "hours",
                format!(
                    "A whole day is {}. Enter less than that, or choose “Came”.",
                    domain::attendance::length(whole)
                ),
            )),
            (part, _) => Ok(part),
        },
        Some(Mark::Absent) | None => Ok(None),
    }
}

/// The reason of a tap after the last day was recorded: only what this host recorded on the same day can be
/// put right so.
fn why(services: &Services, host: Host, before: Option<&Day>, entry: &Entry<'_>) -> Checked<&'static str> {
    if entry.mark.is_none() {
        return Err(No::at("", "Every day is recorded already. Choose what is right instead of taking it back."));
    }
    let own = before.is_some_and(|one| one.by == Some(host.account));
    let recorded_on = before.map_or(entry.day, |one| london_day(one.at));
    if may_amend(Role::Supervisor, own, recorded_on, services.today()) {
        return Ok(SAME_DAY);
    }
    Err(No::at(
        "",
        match host.role {
            Role::Coordinator => "Every day is recorded. Choose “Every day, and changes” to change one with a reason.",
            _ => "Every day is recorded. Only a coordinator can change it now, with a reason. Ask yours.",
        },
    ))
}

/// Moves the application on when every day is recorded, or when what was recorded is changed.
pub(super) async fn settle(
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
    if !amends && application.state != State::Attended {
        let letter = letters::attendance_recorded(&facts(services, application, &about), application.state);
        tell_learner(tx, services, application, "attendance_recorded", letter).await?;
    }
    Ok(())
}
