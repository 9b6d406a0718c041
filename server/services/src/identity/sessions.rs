//! Sessions: opened, recognised, ended.

use domain::Role;
use domain::ids::AccountId;
use domain::time::Moment;
use serde_json::json;
use store::Tx;
use store::accounts::Membership;
use store::sign_ins::AuthSession;

use crate::context::hash;
use crate::{Actor, Ctx, Error, Result, Services, audit};

/// Staff are signed out after 2 hours without a request, and after 12 hours in any case.
const STAFF_IDLE_SECONDS: i64 = 2 * 3600;
pub(super) const STAFF_ABSOLUTE_SECONDS: i64 = 12 * 3600;
/// Learners after 14 days without a request, and after 60 days in any case: they look in now and then.
const LEARNER_IDLE_SECONDS: i64 = 14 * 86_400;
pub(super) const LEARNER_ABSOLUTE_SECONDS: i64 = 60 * 86_400;
/// A session's last use is noted at most this often, so that reading seldom writes.
const TOUCH_SECONDS: i64 = 60;

/// Opens a session, always under a new token. The token is for the cookie; only its hash is kept.
///
/// # Errors
/// When the store fails.
pub async fn open_session(tx: &mut Tx, services: &Services, account: AccountId) -> Result<String> {
    let memberships = store::accounts::list_memberships(tx, account).await?;
    let now = services.now();
    let lasts = if memberships.is_empty() { LEARNER_ABSOLUTE_SECONDS } else { STAFF_ABSOLUTE_SECONDS };
    let token = services.token();
    let session = AuthSession {
        token_hash: hash(&token),
        account,
        created_at: now,
        seen_at: now,
        ends_at: now.plus_seconds(lasts),
    };
    store::sign_ins::insert_session(tx, &session).await?;
    store::retention::note_seen(tx, account, now).await?;
    Ok(token)
}

/// Who holds this session's token, unless the session has ended by sign-out, by idleness or by age.
///
/// # Errors
/// When the store fails.
pub async fn actor_for_token(services: &Services, token: &str) -> Result<Option<Actor>> {
    // Anything else was never ours: spare the database.
    if token.len() != 64 || !token.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let now = services.now();
    let mut tx = services.db.read().await?;
    let Some(session) = store::sign_ins::find_live_session(&mut tx, &hash(token), now).await? else { return Ok(None) };
    let Some(account) = store::accounts::find(&mut tx, session.account).await? else { return Ok(None) };
    let memberships = store::accounts::list_memberships(&mut tx, session.account).await?;
    let learner = store::accounts::find_learner(&mut tx, session.account).await?;
    tx.commit().await?;

    let idle = if memberships.is_empty() { LEARNER_IDLE_SECONDS } else { STAFF_IDLE_SECONDS };
    if now.seconds_since(session.seen_at) >= idle || too_old_for_staff(&session, &memberships, now) {
        return Ok(None);
    }
    if now.seconds_since(session.seen_at) >= TOUCH_SECONDS {
        let mut tx = services.db.write().await?;
        store::sign_ins::touch_session(&mut tx, &session.token_hash, now).await?;
        tx.commit().await?;
    }
    Ok(Some(Actor {
        account: account.id,
        name: account.name,
        email: account.email,
        born: learner.map(|learner| learner.date_of_birth),
        memberships: memberships.into_iter().map(membership).collect(),
    }))
}

/// A learner's long session does not outlive their becoming staff.
fn too_old_for_staff(session: &AuthSession, memberships: &[Membership], now: Moment) -> bool {
    !memberships.is_empty() && now.seconds_since(session.created_at) >= STAFF_ABSOLUTE_SECONDS
}

fn membership(row: Membership) -> crate::Membership {
    crate::Membership {
        role: row.role,
        organisation: row.organisation,
        organisation_name: row.organisation_name,
        can_post: row.can_post,
        can_decide: row.can_decide,
        can_see_sensitive: row.can_see_sensitive,
        can_manage: row.can_manage,
    }
}

/// Ends the session that this browser had before it signed in again.
///
/// # Errors
/// When the store fails.
pub async fn replace_session(services: &Services, earlier: &str) -> Result<()> {
    let mut tx = services.db.write().await?;
    store::sign_ins::revoke_session(&mut tx, &hash(earlier), services.now()).await?;
    Ok(tx.commit().await?)
}

/// Ends this browser's session. Nothing happens when it had ended already.
///
/// # Errors
/// When the store fails.
pub async fn sign_out(ctx: &Ctx, token: &str) -> Result<()> {
    let mut tx = ctx.services.db.write().await?;
    if let Some(account) = store::sign_ins::revoke_session(&mut tx, &hash(token), ctx.services.now()).await? {
        note(&mut tx, &ctx.services, account, "sign_out", json!({})).await?;
    }
    Ok(tx.commit().await?)
}

/// Ends every session of the signed-in person, in every browser.
///
/// # Errors
/// [`Error::SignIn`] when signed out.
pub async fn sign_out_everywhere(ctx: &Ctx) -> Result<()> {
    let account = ctx.actor()?.account;
    let mut tx = ctx.services.db.write().await?;
    let ended = store::sign_ins::revoke_all_sessions(&mut tx, account, ctx.services.now()).await?;
    note(&mut tx, &ctx.services, account, "sign_out_everywhere", json!({ "sessions": ended })).await?;
    Ok(tx.commit().await?)
}

/// Signs in as a person of the demonstration, with one click; the session's token.
///
/// # Errors
/// [`Error::NotFound`] outside demonstration mode, and for an account that is not made up.
pub async fn sign_in_as(ctx: &Ctx, account: AccountId) -> Result<String> {
    if !ctx.services.settings.demonstration {
        return Err(Error::NotFound);
    }
    let mut tx = ctx.services.db.write().await?;
    let found = store::accounts::find(&mut tx, account).await?.filter(|account| account.demonstration);
    let account = found.ok_or(Error::NotFound)?.id;
    let token = open_session(&mut tx, &ctx.services, account).await?;
    note(&mut tx, &ctx.services, account, "sign_in", json!({ "by": "demonstration" })).await?;
    tx.commit().await?;
    Ok(token)
}

/// Adds a line about a person's own account to the audit trail.
pub(super) async fn note(
    tx: &mut Tx,
    services: &Services,
    account: AccountId,
    action: &str,
    detail: serde_json::Value,
) -> Result<()> {
    let memberships = store::accounts::list_memberships(tx, account).await?;
    let (role, organisation) =
        memberships.first().map_or((Role::Learner, None), |membership| (membership.role, membership.organisation));
    audit::record(tx, services, Some(account), role, action, "account", account, organisation, detail).await
}
