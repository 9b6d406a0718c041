//! Sessions of people who are signed in.

use domain::ids::AccountId;
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// Somebody's session in one browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthSession {
    /// Hash of the token in the cookie.
    pub token_hash: String,
    /// Whose.
    pub account: AccountId,
    /// When they signed in.
    pub created_at: Moment,
    /// When it was used last, to the minute.
    pub seen_at: Moment,
    /// It ends here, however much it is used.
    pub ends_at: Moment,
}

/// Adds a session.
pub async fn insert_session(tx: &mut Tx, session: &AuthSession) -> Result<()> {
    exec!(
        tx,
        "insert into auth_sessions (token_hash, account_id, created_at, seen_at, ends_at) values ($1, $2, $3, $4, $5)",
        &session.token_hash,
        session.account.0,
        session.created_at.0,
        session.seen_at.0,
        session.ends_at.0,
    )?;
    Ok(())
}

/// The session with this token that was neither revoked nor has ended.
pub async fn find_live_session(tx: &mut Tx, token_hash: &str, now: Moment) -> Result<Option<AuthSession>> {
    let row = opt!(
        tx,
        (String, Uuid, i64, i64, i64),
        "select token_hash, account_id, created_at, seen_at, ends_at from auth_sessions where token_hash = $1 and revoked_at is null and ends_at > $2",
        token_hash,
        now.0,
    )?;
    Ok(row.map(|(token_hash, account, created_at, seen_at, ends_at)| AuthSession {
        token_hash,
        account: AccountId(account),
        created_at: Moment(created_at),
        seen_at: Moment(seen_at),
        ends_at: Moment(ends_at),
    }))
}

/// Marks a session as used now.
pub async fn touch_session(tx: &mut Tx, token_hash: &str, now: Moment) -> Result<()> {
    exec!(
        tx,
        "update auth_sessions set seen_at = $1 where token_hash = $2 and seen_at < $3",
        now.0,
        token_hash,
        now.0
    )?;
    Ok(())
}

/// Ends one session. Whose it was; `None` when it had ended.
pub async fn revoke_session(tx: &mut Tx, token_hash: &str, now: Moment) -> Result<Option<AccountId>> {
    let row = opt!(
        tx,
        (Uuid,),
        "update auth_sessions set revoked_at = $1 where token_hash = $2 and revoked_at is null returning account_id",
        now.0,
        token_hash,
    )?;
    Ok(row.map(|(id,)| AccountId(id)))
}

/// Ends every session of a person; how many.
pub async fn revoke_all_sessions(tx: &mut Tx, account: AccountId, now: Moment) -> Result<u64> {
    Ok(exec!(
        tx,
        "update auth_sessions set revoked_at = $1 where account_id = $2 and revoked_at is null",
        now.0,
        account.0
    )?)
}

/// Removes sessions that ended before an instant; how many.
pub async fn delete_sessions_ended_before(tx: &mut Tx, before: Moment) -> Result<u64> {
    Ok(exec!(tx, "delete from auth_sessions where ends_at < $1", before.0)?)
}
