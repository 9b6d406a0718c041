//! What learners say after they attended.

use domain::feedback::{Answers, Moderation, WhyHeld};
use domain::ids::{AccountId, ApplicationId, OpportunityId};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// What one learner said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// Its identifier.
    pub id: Uuid,
    /// About which opportunity.
    pub opportunity: OpportunityId,
    /// The closed answers.
    pub answers: Answers,
    /// The text, as typed.
    pub text: String,
    /// Whether it counts: not while something has to be mended.
    pub complete: bool,
    /// What became of the text.
    pub moderation: Moderation,
    /// When it was given last.
    pub given_at: Moment,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    opportunity_id: Uuid,
    answers: String,
    text: String,
    complete: bool,
    moderation: String,
    given_at: i64,
}

impl TryFrom<Row> for Feedback {
    type Error = crate::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            opportunity: OpportunityId(row.opportunity_id),
            answers: serde_json::from_str(&row.answers)?,
            text: row.text,
            complete: row.complete,
            moderation: known("moderation", &row.moderation, Moderation::parse)?,
            given_at: Moment(row.given_at),
        })
    }
}

const COLUMNS: &str = "id, opportunity_id, answers, text, complete, moderation, given_at";

/// What was said about an application's placement.
pub async fn find(tx: &mut Tx, application: ApplicationId) -> Result<Option<Feedback>> {
    let sql = format!("select {COLUMNS} from feedback where application_id = $1");
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), application.0)?.map(Row::try_into).transpose()
}

/// Keeps it, in place of what was said before, while nobody has read the text. Whether it was kept.
pub async fn save(tx: &mut Tx, application: ApplicationId, said: &Feedback) -> Result<bool> {
    let rows = exec!(
        tx,
        "insert into feedback (id, application_id, opportunity_id, answers, text, complete, moderation, given_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (application_id) do update set answers = excluded.answers, text = excluded.text, complete = excluded.complete,
         moderation = excluded.moderation, given_at = excluded.given_at where feedback.moderation in ('nothing', 'waiting')",
        said.id,
        application.0,
        said.opportunity.0,
        serde_json::to_string(&said.answers)?,
        &said.text,
        said.complete,
        said.moderation.as_str(),
        said.given_at.0,
    )?;
    Ok(rows == 1)
}

/// The closed answers about an opportunity, of everybody whose answers count.
pub async fn list_answers(tx: &mut Tx, opportunity: OpportunityId) -> Result<Vec<Answers>> {
    let rows = all!(
        tx,
        (String,),
        "select answers from feedback where opportunity_id = $1 and complete = $2 order by id",
        opportunity.0,
        true
    )?;
    rows.into_iter().map(|(answers,)| Ok(serde_json::from_str(&answers)?)).collect()
}

/// The newest published texts about an opportunity.
pub async fn list_published(tx: &mut Tx, opportunity: OpportunityId, most: usize) -> Result<Vec<String>> {
    let rows = all!(
        tx,
        (String,),
        "select text from feedback where opportunity_id = $1 and moderation = 'published' and complete = $2 order by given_at desc, id limit $3",
        opportunity.0,
        true,
        i64::try_from(most).unwrap_or(i64::MAX)
    )?;
    Ok(rows.into_iter().map(|(text,)| text).collect())
}

/// A text that waits to be read: nothing of whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its identifier.
    pub id: Uuid,
    /// The text.
    pub text: String,
    /// About which opportunity.
    pub title: String,
    /// Whose that is.
    pub organisation_name: String,
    /// When it was given.
    pub given_at: Moment,
}

#[derive(sqlx::FromRow)]
struct WaitingRow {
    id: Uuid,
    text: String,
    title: String,
    organisation_name: String,
    given_at: i64,
}

/// The texts that wait to be read, oldest first.
pub async fn list_waiting(tx: &mut Tx, most: i64) -> Result<Vec<Waiting>> {
    let rows = all!(
        tx,
        WaitingRow,
        "select f.id, f.text, o.title, g.name as organisation_name, f.given_at from feedback f
         join opportunities o on o.id = f.opportunity_id join organisations g on g.id = o.organisation_id
         where f.moderation = 'waiting' and f.complete = $1 order by f.given_at, f.id limit $2",
        true,
        most
    )?;
    Ok(rows
        .into_iter()
        .map(|row| Waiting {
            id: row.id,
            text: row.text,
            title: row.title,
            organisation_name: row.organisation_name,
            given_at: Moment(row.given_at),
        })
        .collect())
}

/// How many texts wait to be read.
pub async fn count_waiting(tx: &mut Tx) -> Result<i64> {
    let (count,) =
        one!(tx, (i64,), "select count(*) from feedback where moderation = 'waiting' and complete = $1", true)?;
    Ok(count)
}

/// Says what becomes of a text that waits, if it is still the one that was read. Whether it was.
pub async fn moderate(
    tx: &mut Tx,
    id: Uuid,
    read: Moment,
    held: Option<WhyHeld>,
    by: AccountId,
    at: Moment,
) -> Result<bool> {
    let becomes = if held.is_some() { Moderation::HeldBack } else { Moderation::Published };
    let rows = exec!(
        tx,
        "update feedback set moderation = $1, held_because = $2, moderated_by = $3, moderated_at = $4
         where id = $5 and given_at = $6 and moderation = 'waiting'",
        becomes.as_str(),
        held.map(WhyHeld::as_str),
        by.0,
        at.0,
        id,
        read.0
    )?;
    Ok(rows == 1)
}
