//! Signing in: tries under way, sessions, invitations of staff, and counts for limits.
//!
//! Of every token and code only a hash is here.

mod attempts;
mod auth_sessions;
mod invitations;

pub use attempts::{count_attempts, delete_attempts_before, forget_attempts, record_attempt};
pub use auth_sessions::{
    AuthSession, delete_sessions_ended_before, find_live_session, insert_session, revoke_all_sessions, revoke_session,
    touch_session,
};
pub use invitations::{Invitation, find_open_invitation, insert_invitation, use_invitation, withdraw_invitations};

use domain::form::Answers;
use domain::ids::AccountId;
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// One try at signing in: from the address or password to the code that completes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Hash of the token in the browser's short-lived cookie.
    pub token_hash: String,
    /// What it is for; the service names them.
    pub purpose: String,
    /// The address, as typed where it cannot be one.
    pub email: String,
    /// Hash of the code that was sent, if one was.
    pub code_hash: Option<String>,
    /// The account whose password was right.
    pub account: Option<AccountId>,
    /// When it began.
    pub created_at: Moment,
    /// It counts for nothing from here on.
    pub ends_at: Moment,
    /// Codes tried.
    pub tries: i64,
    /// When the address was proven.
    pub verified_at: Option<Moment>,
    /// Where to go once signed in: a path of ours.
    pub go_to: Option<String>,
    /// What was typed on the way and needs mending.
    pub typed: Answers,
}

#[derive(sqlx::FromRow)]
struct Row {
    token_hash: String,
    purpose: String,
    email: String,
    code_hash: Option<String>,
    account_id: Option<Uuid>,
    created_at: i64,
    ends_at: i64,
    tries: i64,
    verified_at: Option<i64>,
    go_to: Option<String>,
    typed: String,
}

/// Adds a try.
pub async fn insert_sign_in(tx: &mut Tx, sign_in: &SignIn) -> Result<()> {
    exec!(
        tx,
        "insert into sign_ins (token_hash, purpose, email, code_hash, account_id, created_at, ends_at, tries, verified_at, go_to, typed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &sign_in.token_hash,
        &sign_in.purpose,
        &sign_in.email,
        &sign_in.code_hash,
        sign_in.account.map(|id| id.0),
        sign_in.created_at.0,
        sign_in.ends_at.0,
        sign_in.tries,
        sign_in.verified_at.map(|at| at.0),
        &sign_in.go_to,
        serde_json::to_string(&sign_in.typed)?,
    )?;
    Ok(())
}

/// The try with this token that has not ended, kept from other writers until the end of a writing transaction.
pub async fn find_sign_in(tx: &mut Tx, token_hash: &str, now: Moment, lock: bool) -> Result<Option<SignIn>> {
    let sql = format!(
        "select token_hash, purpose, email, code_hash, account_id, created_at, ends_at, tries, verified_at, go_to, typed from sign_ins where token_hash = $1 and ends_at > $2{}",
        if lock { tx.for_update() } else { "" }
    );
    let row = opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), token_hash, now.0)?;
    row.map(|row| {
        Ok(SignIn {
            token_hash: row.token_hash,
            purpose: row.purpose,
            email: row.email,
            code_hash: row.code_hash,
            account: row.account_id.map(AccountId),
            created_at: Moment(row.created_at),
            ends_at: Moment(row.ends_at),
            tries: row.tries,
            verified_at: row.verified_at.map(Moment),
            go_to: row.go_to,
            typed: serde_json::from_str(&row.typed)?,
        })
    })
    .transpose()
}

/// Counts one more code tried; how many that makes.
pub async fn count_try(tx: &mut Tx, token_hash: &str) -> Result<i64> {
    let row =
        opt!(tx, (i64,), "update sign_ins set tries = tries + 1 where token_hash = $1 returning tries", token_hash)?;
    Ok(row.map_or(0, |(tries,)| tries))
}

/// Marks the address as proven: the code is used up, and the try goes on until `ends_at`.
pub async fn verify_sign_in(tx: &mut Tx, token_hash: &str, at: Moment, ends_at: Moment) -> Result<()> {
    exec!(
        tx,
        "update sign_ins set verified_at = $1, code_hash = null, ends_at = $2 where token_hash = $3",
        at.0,
        ends_at.0,
        token_hash
    )?;
    Ok(())
}

/// Keeps what was typed, so that it can be mended.
pub async fn save_typed(tx: &mut Tx, token_hash: &str, typed: &Answers) -> Result<()> {
    exec!(tx, "update sign_ins set typed = $1 where token_hash = $2", serde_json::to_string(typed)?, token_hash)?;
    Ok(())
}

/// Removes a try.
pub async fn delete_sign_in(tx: &mut Tx, token_hash: &str) -> Result<()> {
    exec!(tx, "delete from sign_ins where token_hash = $1", token_hash)?;
    Ok(())
}

/// Removes every try with this address.
pub async fn delete_sign_ins_of(tx: &mut Tx, email: &str) -> Result<()> {
    exec!(tx, "delete from sign_ins where email = $1", email)?;
    Ok(())
}

/// Removes tries that ended before an instant; how many.
pub async fn delete_sign_ins_ended_before(tx: &mut Tx, before: Moment) -> Result<u64> {
    Ok(exec!(tx, "delete from sign_ins where ends_at < $1", before.0)?)
}
