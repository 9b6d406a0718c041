//! Which schools' advisers may see a learner's progress. The learner agrees ([`crate::accounts::link_adviser`]) and may stop it.

use domain::ids::{AccountId, OrganisationId};
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// Stops it. Whether there was something to stop.
pub async fn end(tx: &mut Tx, learner: AccountId, school: OrganisationId, at: Moment) -> Result<bool> {
    let rows = exec!(
        tx,
        "update adviser_links set ended_at = $1 where learner_id = $2 and school_id = $3 and ended_at is null",
        at.0,
        learner.0,
        school.0
    )?;
    Ok(rows == 1)
}

/// The schools whose advisers may see this learner: identifier and name.
pub async fn list_schools(tx: &mut Tx, learner: AccountId) -> Result<Vec<(OrganisationId, String)>> {
    let rows = all!(
        tx,
        (Uuid, String),
        "select o.id, o.name from adviser_links l join organisations o on o.id = l.school_id where l.learner_id = $1 and l.ended_at is null order by o.name",
        learner.0,
    )?;
    Ok(rows.into_iter().map(|(id, name)| (OrganisationId(id), name)).collect())
}

/// A learner whom a school's advisers may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedLearner {
    /// Their account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// When they agreed.
    pub agreed_at: Moment,
}

/// The learners who agreed that this school's advisers may see them, by name.
pub async fn list_learners(tx: &mut Tx, school: OrganisationId) -> Result<Vec<LinkedLearner>> {
    let rows = all!(
        tx,
        (Uuid, String, i64),
        "select a.id, a.name, l.agreed_at from adviser_links l join accounts a on a.id = l.learner_id where l.school_id = $1 and l.ended_at is null order by a.name, a.id",
        school.0,
    )?;
    Ok(rows
        .into_iter()
        .map(|(id, name, at)| LinkedLearner { account: AccountId(id), name, agreed_at: Moment(at) })
        .collect())
}
