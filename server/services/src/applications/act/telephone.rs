//! Learners without an email address: they are told by telephone, and a coordinator keys in what they answer.

use domain::form::has_email;
use domain::{Action, Role};

use crate::applications::decide;
use crate::applications::follow::{let_go, take};
use crate::{Ctx, Error, Result, policy};

/// Keys in what a learner without an email address said on the telephone: they accept the place, say no thank
/// you, or withdraw. Whoever has an email address answers themselves.
///
/// # Errors
/// [`Error::NotFound`] for another provider's, without the right to decide, and for a learner who can answer
/// themselves; [`Error::Refused`] when there is nothing to answer any more.
pub async fn answer_for(ctx: &Ctx, reference: &str, action: Action) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (mut application, about) = decide::find(&mut tx, ctx, reference, true).await?;
    let actor = policy::coordinator_of(ctx, about.organisation, |member| member.can_decide)?;
    let learner = store::accounts::find(&mut tx, application.learner).await?.ok_or(Error::NotFound)?;
    if has_email(&learner.email) {
        return Err(Error::NotFound);
    }
    match action {
        Action::Accept => take(&mut tx, services, &mut application, &about, Role::Coordinator, actor).await?,
        Action::Decline | Action::Withdraw => {
            let_go(&mut tx, services, &mut application, &about, action, Role::Coordinator, actor).await?;
        }
        _ => return Err(Error::NotFound),
    }
    tx.commit().await?;
    Ok(())
}
