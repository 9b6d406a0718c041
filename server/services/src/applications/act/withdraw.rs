//! An adviser withdraws an application for a learner who agreed to be linked.

use domain::ids::AccountId;
use domain::{Action, Role};
use store::Tx;
use store::applications::{About, Application};

use super::people;
use crate::applications::follow::let_go;
use crate::{Ctx, Error, Result};

/// What would be withdrawn, and for whom.
#[derive(Debug, Clone)]
pub struct For {
    /// The learner's name.
    pub learner: String,
    /// What it is about.
    pub about: About,
    /// Whether it can still be withdrawn.
    pub possible: bool,
    /// Whether a place would be given up.
    pub holds_place: bool,
}

async fn find(tx: &mut Tx, ctx: &Ctx, learner: AccountId, typed: &str, change: bool) -> Result<(String, Application)> {
    let linked = people::linked(tx, ctx, learner).await?;
    let reference = domain::reference::tidy_reference(typed);
    let found = if change {
        store::applications::find_for_change(tx, &reference).await?
    } else {
        store::applications::find(tx, &reference).await?
    };
    // A draft is the learner's own until it is sent.
    let application = found.filter(|a| a.learner == learner && a.submitted_at.is_some()).ok_or(Error::NotFound)?;
    Ok((linked.name, application))
}

/// What would be withdrawn for this learner.
///
/// # Errors
/// [`Error::NotFound`] for a learner who has not agreed, and for somebody else's application.
pub async fn withdrawing_for(ctx: &Ctx, learner: AccountId, reference: &str) -> Result<For> {
    let mut tx = ctx.services.db.read().await?;
    let (name, application) = find(&mut tx, ctx, learner, reference, false).await?;
    Ok(For {
        learner: name,
        about: store::applications::about_application(&mut tx, &application).await?,
        possible: application.state.after(Action::Withdraw, Role::Adviser).is_ok(),
        holds_place: application.state.holds_place(),
    })
}

/// Withdraws it for them. They are told who did it.
///
/// # Errors
/// As [`withdrawing_for`]; [`Error::Refused`] when it is over already.
pub async fn withdraw_for(ctx: &Ctx, learner: AccountId, reference: &str) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (_, mut application) = find(&mut tx, ctx, learner, reference, true).await?;
    let about = store::applications::about_application(&mut tx, &application).await?;
    let actor = ctx.actor()?;
    let_go(&mut tx, services, &mut application, &about, Action::Withdraw, Role::Adviser, actor).await?;
    tx.commit().await?;
    Ok(())
}
