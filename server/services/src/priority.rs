//! What gives a learner priority: an adviser's evidence statement, and a place that a provider cancelled.
//! Providers read that somebody meets a priority, never which.

#[cfg(test)]
mod story;

use domain::Role;
use domain::ids::{AccountId, ApplicationId};
use domain::priority::{EvidenceReason, Priority};
use serde_json::json;
use store::Tx;
pub use store::priority::Statement;

use crate::applications::promote_next;
use crate::{Ctx, Error, Result, Services, audit, policy};

/// Gives a learner a rebook priority, because a provider cancelled the place of this application: they go
/// first on waiting lists, with every provider, until they accept another place. Once for each
/// application; whether it was given now.
///
/// # Errors
/// When the store fails.
pub async fn grant_rebook_priority(
    tx: &mut Tx,
    services: &Services,
    learner: AccountId,
    because_of: ApplicationId,
) -> Result<bool> {
    Ok(store::priority::insert_rebook(tx, services.uuid(), learner, because_of, services.now()).await?)
}

/// Uses a learner's rebook priority up: they have accepted this application's place. All of them at once,
/// since one place makes up for what was lost; a new cancellation gives a new one.
///
/// # Errors
/// When the store fails.
pub(crate) async fn use_rebook_priority(
    tx: &mut Tx,
    services: &Services,
    learner: AccountId,
    by: ApplicationId,
) -> Result<()> {
    Ok(store::priority::use_rebook(tx, learner, by, services.now()).await?)
}

/// What gives this learner priority now.
///
/// # Errors
/// When the store fails.
pub async fn of_learner(tx: &mut Tx, learner: AccountId) -> Result<Priority> {
    Ok(store::priority::of_learner(tx, learner).await?)
}

/// The adviser's page of statements about one learner: their name, and what this school stated.
///
/// # Errors
/// [`Error::NotFound`] for a learner who has not agreed to be seen, or not any more.
pub async fn statement(ctx: &Ctx, learner: AccountId) -> Result<(String, Option<Statement>)> {
    let (_, _, school) = policy::adviser(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    let name = linked(&mut tx, ctx, learner).await?;
    let stated = store::priority::list_statements(&mut tx, learner).await?.into_iter().find(|s| s.school == school);
    Ok((name, stated))
}

/// The name of a learner who agreed that this adviser's school may see them.
async fn linked(tx: &mut Tx, ctx: &Ctx, learner: AccountId) -> Result<String> {
    let (_, _, school) = policy::adviser(ctx)?;
    let learners = store::adviser_links::list_learners(tx, school).await?;
    learners.into_iter().find(|l| l.account == learner).map(|l| l.name).ok_or(Error::NotFound)
}

/// States that a learner meets these priorities, in place of what the school stated before. The same again
/// changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for a learner who has not agreed to be seen; [`Error::Refused`] without a reason.
pub async fn state_evidence(ctx: &Ctx, learner: AccountId, reasons: &[EvidenceReason]) -> Result<()> {
    let (actor, _, school) = policy::adviser(ctx)?;
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    linked(&mut tx, ctx, learner).await?;
    if reasons.is_empty() {
        return Err(Error::refused("Choose at least one priority that this learner meets."));
    }
    let mut reasons = reasons.to_vec();
    reasons.sort_unstable();
    reasons.dedup();
    // Two advisers at once: the second waits, and states in place of the first.
    tx.lock_name(&format!("evidence:{learner}")).await?;
    let before = store::priority::list_statements(&mut tx, learner).await?.into_iter().find(|s| s.school == school);
    if before.is_some_and(|statement| statement.reasons == reasons) {
        return Ok(());
    }
    let now = services.now();
    store::priority::end_statement(&mut tx, learner, school, actor.account, now).await?;
    store::priority::insert_statement(&mut tx, services.uuid(), learner, school, actor.account, now, &reasons).await?;
    audit::record(
        &mut tx,
        services,
        Some(actor.account),
        Role::Adviser,
        "state_evidence",
        "account",
        learner,
        Some(school),
        json!({}),
    )
    .await?;
    // A place that is reserved and free may be theirs from now on: nobody waits beside it.
    for session in store::waiting::sessions_of(&mut tx, learner).await? {
        if let Some(about) = store::applications::about_session(&mut tx, session).await? {
            promote_next(&mut tx, services, &about).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Takes the school's statement back. Places that are held stay held.
///
/// # Errors
/// [`Error::NotFound`] for a learner who has not agreed to be seen.
pub async fn end_evidence(ctx: &Ctx, learner: AccountId) -> Result<()> {
    let (actor, _, school) = policy::adviser(ctx)?;
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    linked(&mut tx, ctx, learner).await?;
    if store::priority::end_statement(&mut tx, learner, school, actor.account, services.now()).await? {
        audit::record(
            &mut tx,
            services,
            Some(actor.account),
            Role::Adviser,
            "end_evidence",
            "account",
            learner,
            Some(school),
            json!({}),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What advisers stated about the signed-in learner: they see which, and whom to ask.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for staff.
pub async fn about_me(ctx: &Ctx) -> Result<Vec<Statement>> {
    let actor = policy::learner(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    Ok(store::priority::list_statements(&mut tx, actor.account).await?)
}
