//! What happened to an application, in order.

use domain::ids::{AccountId, ApplicationId};
use domain::time::Moment;
use domain::{Action, Role, State};
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// One step of an application's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// What was done.
    pub action: Action,
    /// Where it stood before.
    pub from: State,
    /// Where it stood after.
    pub to: State,
    /// As what somebody did it.
    pub role: Role,
    /// Who; `None` for the service and for a guardian's link.
    pub actor: Option<AccountId>,
    /// The reason, where one is asked for.
    pub note: String,
}

/// Adds a step. Steps are numbered without gaps, so that two at once cannot both be the next.
pub async fn insert_event(tx: &mut Tx, id: Uuid, application: ApplicationId, event: &Event) -> Result<()> {
    exec!(
        tx,
        "insert into application_events (id, application_id, number, at, action, from_state, to_state, role, actor_id, note)
         select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8, $9 from application_events where application_id = $10",
        id,
        application.0,
        event.at.0,
        event.action.as_str(),
        event.from.as_str(),
        event.to.as_str(),
        event.role.as_str(),
        event.actor.map(|id| id.0),
        &event.note,
        application.0,
    )?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    at: i64,
    action: String,
    from_state: String,
    to_state: String,
    role: String,
    actor_id: Option<Uuid>,
    note: String,
}

/// An application's history, oldest first.
pub async fn list_events(tx: &mut Tx, application: ApplicationId) -> Result<Vec<Event>> {
    let rows = all!(
        tx,
        Row,
        "select at, action, from_state, to_state, role, actor_id, note from application_events where application_id = $1 order by number",
        application.0,
    )?;
    rows.into_iter()
        .map(|row| {
            Ok(Event {
                at: Moment(row.at),
                action: known("action", &row.action, Action::parse)?,
                from: known("state", &row.from_state, State::parse)?,
                to: known("state", &row.to_state, State::parse)?,
                role: known("role", &row.role, Role::parse)?,
                actor: row.actor_id.map(AccountId),
                note: row.note,
            })
        })
        .collect()
}
