//! The checks beside an accepted application: opened with their due dates, taken over from an earlier
//! placement, settled.

use domain::clearance::{ClearanceCode, ClearanceStatus, Evidence, Settling, due_on};
use domain::ids::ClearanceId;
use domain::{Action, Role, State};
use store::Tx;
use store::applications::{About, Application, Clearance};

use super::decide;
use super::life::{Move, confirm_if_ready, facts, move_on, tell_learner};
use super::places::promote_next;
use crate::messages::letters;
use crate::{Actor, Ctx, Error, Result, Services, audit, policy};

/// Opens what the opportunity asks for, each with the day by which it is due. One that the learner has
/// from an earlier placement at this provider, and that holds until the last day, is taken over as done.
pub(crate) async fn open_clearances(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    about: &About,
) -> Result<()> {
    open_each(tx, services, application, about, true).await
}

/// The same, without taking anything over: an invented past in which each check was done by itself.
pub(crate) async fn open_anew(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    about: &About,
) -> Result<()> {
    open_each(tx, services, application, about, false).await
}

async fn open_each(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    about: &About,
    reuse: bool,
) -> Result<()> {
    let today = services.today();
    for asked in store::applications::asked_clearances(tx, about.opportunity).await? {
        let due = due_on(today, asked.lead_days, about.starts_on);
        let id = ClearanceId(services.uuid());
        let mut check = Clearance::requested(id, asked.what, asked.mandatory, today, due);
        check.lead_days = asked.lead_days;
        if reuse
            && check.what.valid_months.is_some()
            && let Some((from, done)) =
                store::applications::find_reusable(tx, application, check.code(), about.ends_on).await?
        {
            check.status = ClearanceStatus::Met;
            check.settled = done.settled;
            check.seen_on = done.seen_on;
            check.valid_until = done.valid_until;
            check.reused_from = Some(from);
        }
        store::applications::insert_clearance(tx, application.id, &check).await?;
    }
    Ok(())
}

/// Says how far a check is. Waiving needs a reason. The last one that is met confirms the place.
///
/// # Errors
/// As [`settle`].
pub async fn settle_clearance(
    ctx: &Ctx,
    typed: &str,
    code: impl Into<ClearanceCode>,
    status: ClearanceStatus,
    because: &str,
) -> Result<()> {
    settle(ctx, typed, &code.into(), &Settling::plain(status, because)).await
}

/// Says how far a check is, with the evidence that its type asks for. The last one that is met confirms
/// the place; one that cannot be met ends it.
///
/// # Errors
/// [`Error::NotFound`] for somebody who neither decides nor sees to this check; [`Error::Refused`] when
/// something is missing, or the application's checks cannot be changed any more.
pub async fn settle(ctx: &Ctx, typed: &str, code: &ClearanceCode, settling: &Settling<'_>) -> Result<()> {
    let services = &ctx.services;
    let today = services.today();
    let mut tx = services.db.write().await?;
    let (mut application, about) = decide::find(&mut tx, ctx, typed, true).await?;
    let mut check = store::applications::find_clearance(&mut tx, application.id, code).await?.ok_or(Error::NotFound)?;
    let actor = may_settle(ctx, &about, &check)?;
    can_change(&application, &check, settling.status)?;
    // A date counts only where the type asks for one.
    let seen_on = settling.seen_on.filter(|_| check.what.evidence == Evidence::Date);
    let settling = &Settling { seen_on, ..*settling };
    let documents = store::documents::count_ready(&mut tx, check.id).await?;
    if let Some(problem) = settling.problem(&check.what, documents, today, about.ends_on) {
        return Err(Error::refused(format!("{}.", problem.words)));
    }
    check.status = settling.status;
    check.waived_because = settling.reason(&check.what);
    check.settled = Some((services.now(), actor.account));
    check.seen_on = settling.seen_on.filter(|_| settling.status == ClearanceStatus::Met);
    check.valid_until = settling.holds_until(&check.what, today);
    check.reused_from = None;
    if !store::applications::save_clearance(&mut tx, &check).await? {
        return Err(Error::NotFound);
    }
    let detail = serde_json::json!({ "kind": code.as_str(), "status": settling.status.as_str() });
    audit::record(
        &mut tx,
        services,
        Some(actor.account),
        Role::Coordinator,
        "settle_clearance",
        "application",
        application.id,
        Some(about.organisation),
        detail,
    )
    .await?;
    if settling.status == ClearanceStatus::NotMet {
        let step =
            Move { action: Action::FailClearance, role: Role::Coordinator, actor: Some(actor.account), note: "" };
        move_on(&mut tx, services, &mut application, &about, step).await?;
        let letter = letters::clearance_not_met(&facts(services, &application, &about));
        tell_learner(&mut tx, services, &application, "clearance_not_met", letter).await?;
        promote_next(&mut tx, services, &about).await?;
    } else {
        confirm_if_ready(&mut tx, services, &mut application, &about).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Those who decide, and whoever sees to checks of this type, may say how far it is.
pub(crate) fn may_settle<'a>(ctx: &'a Ctx, about: &About, check: &Clearance) -> Result<&'a Actor> {
    let owner = check.what.owner.account;
    let (actor, _, _) = policy::coordinator(ctx)?;
    let sees_to_it = owner.is_some_and(|owner| owner == actor.account);
    policy::coordinator_of(ctx, about.organisation, |member| member.can_decide || sees_to_it)
}

/// Checks change while a place is accepted; one that was opened again, also after the place was confirmed.
fn can_change(application: &Application, check: &Clearance, to: ClearanceStatus) -> Result<()> {
    let reopened = application.state == State::Confirmed && check.status == ClearanceStatus::Requested;
    if application.state == State::Accepted || reopened && to.is_settled() {
        return Ok(());
    }
    Err(Error::refused(format!(
        "Checks can be changed while a place is accepted and not confirmed. This application is {}.",
        application.state.in_words()
    )))
}
