//! Invitations: a link with which a member of staff chooses a password and sets up the second factor.

use domain::ids::AccountId;
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// A link with which a member of staff begins, or begins again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Hash of the token in the link.
    pub token_hash: String,
    /// For whom.
    pub account: AccountId,
    /// When it was made.
    pub created_at: Moment,
    /// Not usable from here on.
    pub ends_at: Moment,
    /// The second factor's secret that it offers, sealed.
    pub totp_secret: String,
}

/// Adds an invitation.
pub async fn insert_invitation(tx: &mut Tx, invitation: &Invitation) -> Result<()> {
    exec!(
        tx,
        "insert into invitations (token_hash, account_id, created_at, ends_at, totp_secret) values ($1, $2, $3, $4, $5)",
        &invitation.token_hash,
        invitation.account.0,
        invitation.created_at.0,
        invitation.ends_at.0,
        &invitation.totp_secret,
    )?;
    Ok(())
}

/// The invitation with this token that was not used and has not ended.
pub async fn find_open_invitation(tx: &mut Tx, token_hash: &str, now: Moment) -> Result<Option<Invitation>> {
    let row = opt!(
        tx,
        (String, Uuid, i64, i64, String),
        "select token_hash, account_id, created_at, ends_at, totp_secret from invitations where token_hash = $1 and used_at is null and ends_at > $2",
        token_hash,
        now.0,
    )?;
    Ok(row.map(|(token_hash, account, created_at, ends_at, totp_secret)| Invitation {
        token_hash,
        account: AccountId(account),
        created_at: Moment(created_at),
        ends_at: Moment(ends_at),
        totp_secret,
    }))
}

/// Uses an invitation up. False when it had been used before.
pub async fn use_invitation(tx: &mut Tx, token_hash: &str, now: Moment) -> Result<bool> {
    Ok(exec!(tx, "update invitations set used_at = $1 where token_hash = $2 and used_at is null", now.0, token_hash)?
        == 1)
}

/// Uses up every open invitation of an account, because a newer one replaces them.
pub async fn withdraw_invitations(tx: &mut Tx, account: AccountId, now: Moment) -> Result<()> {
    exec!(tx, "update invitations set used_at = $1 where account_id = $2 and used_at is null", now.0, account.0)?;
    Ok(())
}
