//! What learners wrote for themselves about what they did. Nobody else reads it.

use std::collections::HashMap;

use domain::ids::{AccountId, ApplicationId};
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// Keeps it, in place of what was there.
pub async fn save(tx: &mut Tx, application: ApplicationId, text: &str, at: Moment) -> Result<()> {
    exec!(
        tx,
        "insert into reflections (application_id, text, saved_at) values ($1, $2, $3)
         on conflict (application_id) do update set text = excluded.text, saved_at = excluded.saved_at",
        application.0,
        text,
        at.0
    )?;
    Ok(())
}

/// All that a learner wrote.
pub async fn of_learner(tx: &mut Tx, learner: AccountId) -> Result<HashMap<ApplicationId, String>> {
    let rows = all!(
        tx,
        (Uuid, String),
        "select r.application_id, r.text from reflections r join applications a on a.id = r.application_id where a.learner_id = $1",
        learner.0
    )?;
    Ok(rows.into_iter().map(|(id, text)| (ApplicationId(id), text)).collect())
}
