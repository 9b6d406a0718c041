//! Erasing: live applications are withdrawn with everything that follows from it, then every trace of the
//! person goes. What stays is a number without a name.

use domain::ids::{AccountId, ApplicationId};
use domain::time::Moment;
use domain::{Action, Role, State};
use store::Tx;

use crate::applications::{Move, move_on, withdraw};
use crate::messages::{Outgoing, letters, queue};
use crate::{Ctx, Error, Result, Services, audit, policy};

/// What has to be typed, so that nobody erases themselves by a slip.
pub const ERASE_WORD: &str = "erase";

/// What came of asking to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erased {
    /// Everything is gone, and nobody is signed in any more.
    Gone,
    /// The word was not typed: nothing was changed.
    WordMissing,
}

/// References of the learner's applications that are under way, each with whether it was sent.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for staff.
pub async fn live_applications(ctx: &Ctx) -> Result<Vec<(String, bool)>> {
    let actor = policy::learner(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    let all = store::applications::list_of_learner(&mut tx, actor.account).await?;
    Ok(all
        .into_iter()
        .filter(|application| application.state.is_live())
        .map(|application| (application.reference, application.state != State::Draft))
        .collect())
}

/// Withdraws every application that is under way; how many. Drafts stay.
///
/// # Errors
/// As [`live_applications`].
pub async fn withdraw_all(ctx: &Ctx) -> Result<usize> {
    let mut count = 0;
    for (reference, _) in live_applications(ctx).await?.into_iter().filter(|(_, sent)| *sent) {
        match withdraw(ctx, &reference).await {
            Ok(()) => count += 1,
            // It ended a moment ago.
            Err(Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}

/// Erases the signed-in learner, when they typed the word. Each application is withdrawn in a transaction of
/// its own: stopped on the way, the rest can be done by asking again.
///
/// # Errors
/// As [`live_applications`].
pub async fn erase(ctx: &Ctx, typed: &str) -> Result<Erased> {
    let actor = policy::learner(ctx)?;
    if !typed.trim().eq_ignore_ascii_case(ERASE_WORD) {
        return Ok(Erased::WordMissing);
    }
    let services = &ctx.services;
    withdraw_all(ctx).await?;
    for (reference, _) in live_applications(ctx).await?.into_iter().filter(|(_, sent)| !sent) {
        let mut tx = services.db.write().await?;
        let Some(mut draft) = store::applications::find_for_change(&mut tx, &reference).await? else { continue };
        if draft.state == State::Draft {
            let about = store::applications::about_application(&mut tx, &draft).await?;
            move_on(&mut tx, services, &mut draft, &about, Move::by_clock(Action::Expire)).await?;
            tx.commit().await?;
        }
    }
    let mut tx = services.db.write().await?;
    // One that was begun meanwhile would be lost without a word.
    let all = store::applications::list_of_learner(&mut tx, actor.account).await?;
    if all.iter().any(|application| application.state.is_live()) {
        return Err(Error::refused("You have begun another application meanwhile. Load the page again."));
    }
    erase_quietly(&mut tx, services, actor.account, &actor.email, Some(actor.account)).await?;
    tx.commit().await?;
    Ok(Erased::Gone)
}

/// Erases a person whose applications have all ended; `by` is who asked for it, `None` for the clock. Tells
/// them in a last letter.
pub(crate) async fn erase_quietly(
    tx: &mut Tx,
    services: &Services,
    account: AccountId,
    address: &str,
    by: Option<AccountId>,
) -> Result<()> {
    let now = services.now();
    for application in store::applications::list_of_learner(tx, account).await? {
        make_anonymous(tx, application.id, now).await?;
    }
    store::retention::erase_person(tx, account, address, now).await?;
    // What was sent goes at once; what a parent or carer is still to get goes after it was sent.
    store::retention::blank_messages(tx, Moment(i64::MIN), i64::MAX).await?;
    let outgoing = Outgoing {
        key: format!("account_erased:{account}"),
        to: address.to_owned(),
        template: "account_erased",
        letter: letters::account_erased(by.is_some()),
        application: None,
    };
    queue(tx, services, outgoing).await?;
    let role = if by.is_some() { Role::Learner } else { Role::System };
    audit::record(tx, services, by, role, "erase", "account", account, None, serde_json::json!({})).await
}

/// Takes everything personal out of an ended application.
pub(crate) async fn make_anonymous(tx: &mut Tx, application: ApplicationId, now: Moment) -> Result<()> {
    Ok(store::retention::erase_application(tx, application, now).await?)
}
