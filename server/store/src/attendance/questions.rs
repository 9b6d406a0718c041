//! What learners say about their attendance, and what they are answered.

use domain::ids::{AccountId, ApplicationId, OrganisationId, SessionId};
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// A learner's "this is wrong".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What they said.
    pub said: String,
    /// When.
    pub said_at: Moment,
    /// What a coordinator answered; empty while nobody has.
    pub answer: String,
    /// When.
    pub answered_at: Option<Moment>,
}

/// Adds it. A duplicate (see [`crate::Error::is_duplicate`]) means that one is open already.
pub async fn insert_question(tx: &mut Tx, id: Uuid, application: ApplicationId, said: &str, at: Moment) -> Result<()> {
    exec!(
        tx,
        "insert into attendance_questions (id, application_id, said, said_at) values ($1, $2, $3, $4)",
        id,
        application.0,
        said,
        at.0
    )?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct Row {
    said: String,
    said_at: i64,
    answer: String,
    answered_at: Option<i64>,
}

impl From<Row> for Question {
    fn from(row: Row) -> Self {
        Self {
            said: row.said,
            said_at: Moment(row.said_at),
            answer: row.answer,
            answered_at: row.answered_at.map(Moment),
        }
    }
}

/// The one that nobody has answered, if there is one.
pub async fn find_open_question(tx: &mut Tx, application: ApplicationId) -> Result<Option<Question>> {
    Ok(opt!(
        tx,
        Row,
        "select said, said_at, answer, answered_at from attendance_questions where application_id = $1 and answered_at is null",
        application.0
    )?
    .map(Into::into))
}

/// A learner's "this is wrong" that nobody has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuestion {
    /// About which session.
    pub session: SessionId,
    /// Its opportunity's title.
    pub title: String,
    /// About which application.
    pub reference: String,
    /// The learner's name, as they wrote it there.
    pub name: String,
}

/// Those of a provider's learners, oldest first.
pub async fn list_open_questions(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<OpenQuestion>> {
    let rows = all!(
        tx,
        (Uuid, String, String, String),
        "select a.session_id, o.title, a.reference, a.answers from attendance_questions q
         join applications a on a.id = q.application_id join opportunities o on o.id = a.opportunity_id
         where q.answered_at is null and o.organisation_id = $1 order by q.said_at, a.reference",
        organisation.0
    )?;
    rows.into_iter()
        .map(|(session, title, reference, answers)| {
            let answers: domain::form::Answers = serde_json::from_str(&answers)?;
            Ok(OpenQuestion { session: SessionId(session), title, reference, name: answers.get("name").to_owned() })
        })
        .collect()
}

/// All of them, oldest first.
pub async fn list_questions(tx: &mut Tx, application: ApplicationId) -> Result<Vec<Question>> {
    Ok(all!(
        tx,
        Row,
        "select said, said_at, answer, answered_at from attendance_questions where application_id = $1 order by said_at",
        application.0
    )?
    .into_iter()
    .map(Into::into)
    .collect())
}

/// Answers the open one. False when none is open.
pub async fn answer_question(
    tx: &mut Tx,
    application: ApplicationId,
    answer: &str,
    by: AccountId,
    at: Moment,
) -> Result<bool> {
    Ok(exec!(
        tx,
        "update attendance_questions set answer = $1, answered_at = $2, answered_by = $3 where application_id = $4 and answered_at is null",
        answer,
        at.0,
        by.0,
        application.0
    )? == 1)
}
