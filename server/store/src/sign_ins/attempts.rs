//! Counts for limits. They are in the database so that several instances share them.

use domain::time::Moment;

use crate::{Result, Tx};

/// Notes one attempt. `subject` is a keyed hash of who or what is limited.
pub async fn record_attempt(tx: &mut Tx, what: &str, subject: &str, at: Moment) -> Result<()> {
    exec!(tx, "insert into attempts (what, subject, at) values ($1, $2, $3)", what, subject, at.0)?;
    Ok(())
}

/// How many attempts there were after an instant, and when the oldest of them was.
///
/// Until the end of the transaction no other one counts the same, so that together they cannot exceed a limit.
pub async fn count_attempts(tx: &mut Tx, what: &str, subject: &str, after: Moment) -> Result<(i64, Option<Moment>)> {
    tx.lock_name(&format!("attempts {what} {subject}")).await?;
    let (count, oldest) = one!(
        tx,
        (i64, Option<i64>),
        "select cast(count(*) as bigint), min(at) from attempts where what = $1 and subject = $2 and at > $3",
        what,
        subject,
        after.0,
    )?;
    Ok((count, oldest.map(Moment)))
}

/// Forgets the attempts of a subject.
pub async fn forget_attempts(tx: &mut Tx, what: &str, subject: &str) -> Result<()> {
    exec!(tx, "delete from attempts where what = $1 and subject = $2", what, subject)?;
    Ok(())
}

/// Removes attempts before an instant; how many.
pub async fn delete_attempts_before(tx: &mut Tx, before: Moment) -> Result<u64> {
    Ok(exec!(tx, "delete from attempts where at < $1", before.0)?)
}
