//! What somebody typed into a form that could not be taken yet.

use std::collections::BTreeMap;

use domain::ids::AccountId;
use domain::time::Moment;

use crate::{Result, Tx};

/// Keeps what was typed, instead of what was typed there before.
pub async fn keep(
    tx: &mut Tx,
    account: AccountId,
    form: &str,
    typed: &BTreeMap<String, String>,
    at: Moment,
) -> Result<()> {
    exec!(
        tx,
        "insert into typed_forms (account_id, form, typed, saved_at) values ($1, $2, $3, $4)
         on conflict (account_id, form) do update set typed = excluded.typed, saved_at = excluded.saved_at",
        account.0,
        form,
        serde_json::to_string(typed)?,
        at.0,
    )?;
    Ok(())
}

/// What was typed, if it waits to be mended.
pub async fn find(tx: &mut Tx, account: AccountId, form: &str) -> Result<Option<BTreeMap<String, String>>> {
    let row =
        opt!(tx, (String,), "select typed from typed_forms where account_id = $1 and form = $2", account.0, form)?;
    row.map(|(typed,)| Ok(serde_json::from_str(&typed)?)).transpose()
}

/// Forgets what was typed: it was taken.
pub async fn forget(tx: &mut Tx, account: AccountId, form: &str) -> Result<()> {
    exec!(tx, "delete from typed_forms where account_id = $1 and form = $2", account.0, form)?;
    Ok(())
}

/// Forgets what was typed before this instant.
pub async fn forget_before(tx: &mut Tx, at: Moment) -> Result<()> {
    exec!(tx, "delete from typed_forms where saved_at < $1", at.0)?;
    Ok(())
}
