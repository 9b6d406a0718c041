//! What was suggested beside an application, and what became of it.

use domain::ids::{AccountId, ApplicationId, OpportunityId, SessionId, SuggestionId};
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// Something else that a learner may like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Its identifier.
    pub id: SuggestionId,
    /// Beside which application.
    pub application: ApplicationId,
    /// What.
    pub opportunity: OpportunityId,
    /// For which dates; `None` for what is taken at any time.
    pub session: Option<SessionId>,
    /// Its place in the list, from 1.
    pub position: i64,
    /// Who suggested it; `None` for what the service found by itself.
    pub by: Option<AccountId>,
    /// When.
    pub at: Moment,
    /// When the learner opened it.
    pub opened_at: Option<Moment>,
    /// The application that they began from it.
    pub new_application: Option<ApplicationId>,
    /// Whether that one was sent.
    pub applied: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    application_id: Uuid,
    opportunity_id: Uuid,
    session_id: Option<Uuid>,
    position: i64,
    suggested_by: Option<Uuid>,
    suggested_at: i64,
    opened_at: Option<i64>,
    new_application_id: Option<Uuid>,
    applied: bool,
}

impl From<Row> for Suggestion {
    fn from(row: Row) -> Self {
        Self {
            id: SuggestionId(row.id),
            application: ApplicationId(row.application_id),
            opportunity: OpportunityId(row.opportunity_id),
            session: row.session_id.map(SessionId),
            position: row.position,
            by: row.suggested_by.map(AccountId),
            at: Moment(row.suggested_at),
            opened_at: row.opened_at.map(Moment),
            new_application: row.new_application_id.map(ApplicationId),
            applied: row.applied,
        }
    }
}

/// Keeps a suggestion. One of the same opportunity beside the same application stays as it was.
pub async fn insert(tx: &mut Tx, new: &Suggestion) -> Result<()> {
    exec!(
        tx,
        "insert into suggestions (id, application_id, opportunity_id, session_id, position, suggested_by, suggested_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (application_id, opportunity_id) do nothing",
        new.id.0,
        new.application.0,
        new.opportunity.0,
        new.session.map(|id| id.0),
        new.position,
        new.by.map(|id| id.0),
        new.at.0,
    )?;
    Ok(())
}

/// What was suggested beside an application, in its order.
pub async fn list(tx: &mut Tx, application: ApplicationId) -> Result<Vec<Suggestion>> {
    let rows = all!(
        tx,
        Row,
        "select s.id, s.application_id, s.opportunity_id, s.session_id, s.position, s.suggested_by, s.suggested_at, s.opened_at, s.new_application_id,
                (n.submitted_at is not null) as applied
         from suggestions s left join applications n on n.id = s.new_application_id
         where s.application_id = $1 order by s.position, s.suggested_at, s.id",
        application.0
    )?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Says that the learner opened it, the first time, and which application they began.
pub async fn mark_opened(
    tx: &mut Tx,
    application: ApplicationId,
    opportunity: OpportunityId,
    at: Moment,
    began: Option<ApplicationId>,
) -> Result<()> {
    exec!(
        tx,
        "update suggestions set opened_at = coalesce(opened_at, $1), new_application_id = coalesce($2, new_application_id) where application_id = $3 and opportunity_id = $4",
        at.0,
        began.map(|id| id.0),
        application.0,
        opportunity.0,
    )?;
    Ok(())
}

/// Keeps what a coordinator has ticked beside a no that is not sent yet. Whether they have begun one.
pub async fn save_chosen(
    tx: &mut Tx,
    application: ApplicationId,
    account: AccountId,
    chosen: &[OpportunityId],
) -> Result<bool> {
    let rows = exec!(
        tx,
        "update decision_drafts set suggestions = $1 where application_id = $2 and account_id = $3",
        serde_json::to_string(chosen)?,
        application.0,
        account.0,
    )?;
    Ok(rows == 1)
}

/// What this coordinator has ticked.
pub async fn chosen(tx: &mut Tx, application: ApplicationId, account: AccountId) -> Result<Vec<OpportunityId>> {
    let row = opt!(
        tx,
        (String,),
        "select suggestions from decision_drafts where application_id = $1 and account_id = $2",
        application.0,
        account.0
    )?;
    Ok(match row {
        Some((json,)) => serde_json::from_str(&json)?,
        None => Vec::new(),
    })
}
