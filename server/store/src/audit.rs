//! The audit trail: who did what to whose record, and for whom.

use domain::Role;
use domain::ids::{AccountId, OrganisationId};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// One line of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its identifier.
    pub id: Uuid,
    /// When.
    pub at: Moment,
    /// Who; `None` for the service itself and for a guardian's link.
    pub actor: Option<AccountId>,
    /// As what.
    pub role: Role,
    /// What was done, as a verb.
    pub action: String,
    /// What kind of record.
    pub subject_kind: String,
    /// Which record.
    pub subject: String,
    /// Whose organisation.
    pub organisation: Option<OrganisationId>,
    /// The rest, as JSON, without personal data.
    pub detail: String,
}

/// Adds a line.
pub async fn record(tx: &mut Tx, entry: &Entry) -> Result<()> {
    exec!(
        tx,
        "insert into audit (id, at, actor_id, role, action, subject_kind, subject_id, organisation_id, detail) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        entry.id,
        entry.at.0,
        entry.actor.map(|id| id.0),
        entry.role.as_str(),
        &entry.action,
        &entry.subject_kind,
        &entry.subject,
        entry.organisation.map(|id| id.0),
        &entry.detail,
    )?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    at: i64,
    actor_id: Option<Uuid>,
    role: String,
    action: String,
    subject_kind: String,
    subject_id: String,
    organisation_id: Option<Uuid>,
    detail: String,
}

/// What was done to one record, oldest first.
pub async fn list_about(tx: &mut Tx, subject_kind: &str, subject: &str) -> Result<Vec<Entry>> {
    let rows = all!(
        tx,
        Row,
        "select id, at, actor_id, role, action, subject_kind, subject_id, organisation_id, detail from audit where subject_kind = $1 and subject_id = $2 order by at, id",
        subject_kind,
        subject,
    )?;
    rows.into_iter()
        .map(|row| {
            Ok(Entry {
                id: row.id,
                at: Moment(row.at),
                actor: row.actor_id.map(AccountId),
                role: known("role", &row.role, Role::parse)?,
                action: row.action,
                subject_kind: row.subject_kind,
                subject: row.subject_id,
                organisation: row.organisation_id.map(OrganisationId),
                detail: row.detail,
            })
        })
        .collect()
}
