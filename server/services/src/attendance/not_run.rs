//! Days on which a session did not take place.

use chrono::NaiveDate;
use domain::State;
use domain::ids::SessionId;
use store::Tx;
use store::attendance::{NotRun, RunSession};

use super::forms::{Checked, No};
use super::record::{reason_of, settle};
use super::{Host, counted_days, find_as_coordinator};
use crate::{Ctx, Error, Result, Services, audit};

/// Notes that a session did not take place on one of its days. Whose other days are all recorded moves on.
///
/// # Errors
/// [`Error::NotFound`] for everybody but the provider's coordinators; [`Error::Refused`] without a reason,
/// for a day that somebody is recorded on, and for the last day that is left.
pub async fn mark_not_run(ctx: &Ctx, session: SessionId, day: NaiveDate, reason: &str) -> Result<()> {
    let mut tx = ctx.services.db.write().await?;
    not_run(&mut tx, ctx, session, day, reason, true).await?;
    tx.commit().await?;
    Ok(())
}

/// Checks the same and, where `really`, notes it.
pub(super) async fn not_run(
    tx: &mut Tx,
    ctx: &Ctx,
    session: SessionId,
    day: NaiveDate,
    reason: &str,
    really: bool,
) -> Checked {
    let services = &ctx.services;
    let (run, host) = find_as_coordinator(tx, ctx, session).await?;
    let reason = reason_of(reason, "reason", "Write why the day did not take place.")?;
    if really {
        store::applications::lock_session(tx, session).await?;
    }
    let days = counted_days(tx, services, &run).await?;
    if !days.contains(&day) {
        return Ok(());
    }
    if days.len() == 1 {
        return Err(No::at("", "This is the only day that is left. Cancel the session instead."));
    }
    if store::attendance::list_days_of_session(tx, session).await?.iter().any(|one| one.day == day) {
        return Err(No::at("", "Somebody is recorded on this day. Take that back first."));
    }
    if !really {
        return Ok(());
    }
    let not_run = NotRun { day, reason: reason.to_owned() };
    store::attendance::insert_not_run(tx, session, &not_run, host.account, services.now()).await?;
    note(tx, services, host, &run, "day_not_run", day).await?;
    let days = counted_days(tx, services, &run).await?;
    for one in store::attendance::list_attendees(tx, session).await? {
        if one.state == State::Confirmed {
            let mut application =
                store::applications::find_for_change(tx, &one.reference).await?.ok_or(Error::NotFound)?;
            settle(tx, services, host, &run, &days, &mut application, "").await?;
        }
    }
    Ok(())
}

/// Takes back that a day did not take place.
///
/// # Errors
/// As [`mark_not_run`]; [`Error::Refused`] once somebody's days are all recorded.
pub async fn ran_after_all(ctx: &Ctx, session: SessionId, day: NaiveDate) -> Result<()> {
    let mut tx = ctx.services.db.write().await?;
    ran(&mut tx, ctx, session, day, true).await?;
    tx.commit().await?;
    Ok(())
}

/// Checks the same and, where `really`, takes it back.
pub(super) async fn ran(tx: &mut Tx, ctx: &Ctx, session: SessionId, day: NaiveDate, really: bool) -> Checked {
    let (run, host) = find_as_coordinator(tx, ctx, session).await?;
    if run.recorded > 0 {
        return Err(No::at("", "Somebody’s days are all recorded already, so no day can be added."));
    }
    if really && store::attendance::delete_not_run(tx, session, day).await? {
        note(tx, &ctx.services, host, &run, "day_ran", day).await?;
    }
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
