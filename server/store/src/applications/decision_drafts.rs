//! What a coordinator has begun to write for a no, kept until it is sent: it may name somebody, so it
//! never travels in an address.

use domain::ids::{AccountId, ApplicationId};
use domain::time::Moment;

use crate::{Result, Tx};

/// Keeps the reason's word and the own sentence as typed, in place of what this person wrote before.
pub async fn save_decision_draft(
    tx: &mut Tx,
    application: ApplicationId,
    account: AccountId,
    reason: &str,
    note: &str,
    at: Moment,
) -> Result<()> {
    exec!(
        tx,
        "insert into decision_drafts (application_id, account_id, reason, note, saved_at) values ($1, $2, $3, $4, $5)
         on conflict (application_id, account_id) do update set reason = excluded.reason, note = excluded.note, saved_at = excluded.saved_at",
        application.0,
        account.0,
        reason,
        note,
        at.0,
    )?;
    Ok(())
}

/// The reason's word and the own sentence that this person has begun to write.
pub async fn find_decision_draft(
    tx: &mut Tx,
    application: ApplicationId,
    account: AccountId,
) -> Result<Option<(String, String)>> {
    Ok(opt!(
        tx,
        (String, String),
        "select reason, note from decision_drafts where application_id = $1 and account_id = $2",
        application.0,
        account.0
    )?)
}

/// Forgets what anybody had begun to write: it is decided.
pub async fn delete_decision_drafts(tx: &mut Tx, application: ApplicationId) -> Result<()> {
    exec!(tx, "delete from decision_drafts where application_id = $1", application.0)?;
    Ok(())
}
