//! New dates for a session: what was proposed, who was asked, and what they said.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::cancelling::CancelReason;
use domain::ids::{AccountId, ApplicationId, DateChangeId, OrganisationId, SessionId};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// A change of dates: first the form as it was typed, then what was proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateChange {
    /// Its identifier.
    pub id: DateChangeId,
    /// Whose.
    pub organisation: OrganisationId,
    /// The session with the old dates.
    pub old: SessionId,
    /// The session with the new dates, once they are proposed.
    pub new: Option<SessionId>,
    /// The form as typed, by box.
    pub typed: BTreeMap<String, String>,
    /// Who began it.
    pub created_by: AccountId,
    /// When.
    pub created_at: Moment,
    /// Why.
    pub reason: Option<CancelReason>,
    /// Own words.
    pub note: String,
    /// The last day for an answer.
    pub answer_by: Option<NaiveDate>,
    /// Who proposed it, and when.
    pub proposed: Option<(AccountId, Moment)>,
    /// When everybody had answered, or the day had passed.
    pub finished_at: Option<Moment>,
}

/// Somebody who was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Whose application.
    pub application: ApplicationId,
    /// When they were asked.
    pub asked_at: Moment,
    /// "yes", "no", or "none" when the day passed; nothing yet.
    pub answer: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    organisation_id: Uuid,
    old_session_id: Uuid,
    new_session_id: Option<Uuid>,
    typed: String,
    created_by: Uuid,
    created_at: i64,
    reason: Option<String>,
    note: String,
    answer_by: Option<NaiveDate>,
    proposed_by: Option<Uuid>,
    proposed_at: Option<i64>,
    finished_at: Option<i64>,
}

impl TryFrom<Row> for DateChange {
    type Error = crate::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: DateChangeId(row.id),
            organisation: OrganisationId(row.organisation_id),
            old: SessionId(row.old_session_id),
            new: row.new_session_id.map(SessionId),
            typed: serde_json::from_str(&row.typed)?,
            created_by: AccountId(row.created_by),
            created_at: Moment(row.created_at),
            reason: row.reason.as_deref().map(|word| known("cancel reason", word, CancelReason::parse)).transpose()?,
            note: row.note,
            answer_by: row.answer_by,
            proposed: row.proposed_by.zip(row.proposed_at).map(|(by, at)| (AccountId(by), Moment(at))),
            finished_at: row.finished_at.map(Moment),
        })
    }
}

const COLUMNS: &str = "id, organisation_id, old_session_id, new_session_id, typed, created_by, created_at, reason, note, answer_by, proposed_by, proposed_at, finished_at";

/// Keeps a form as typed.
pub async fn insert(tx: &mut Tx, new: &DateChange) -> Result<()> {
    exec!(
        tx,
        "insert into date_changes (id, organisation_id, old_session_id, typed, created_by, created_at) values ($1, $2, $3, $4, $5, $6)",
        new.id.0,
        new.organisation.0,
        new.old.0,
        serde_json::to_string(&new.typed)?,
        new.created_by.0,
        new.created_at.0,
    )?;
    Ok(())
}

/// Keeps the form as it is typed now, unless it was proposed meanwhile. Whether it was kept.
pub async fn save_typed(tx: &mut Tx, id: DateChangeId, typed: &BTreeMap<String, String>) -> Result<bool> {
    let rows = exec!(
        tx,
        "update date_changes set typed = $1 where id = $2 and proposed_at is null",
        serde_json::to_string(typed)?,
        id.0
    )?;
    Ok(rows == 1)
}

/// The change with this identifier.
pub async fn find(tx: &mut Tx, id: DateChangeId) -> Result<Option<DateChange>> {
    let sql = format!("select {COLUMNS} from date_changes where id = $1");
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), id.0)?.map(Row::try_into).transpose()
}

/// What was proposed for a session with old dates.
pub async fn find_proposed(tx: &mut Tx, old: SessionId) -> Result<Option<DateChange>> {
    let sql = format!(
        "select {COLUMNS} from date_changes where old_session_id = $1 and proposed_at is not null order by proposed_at desc limit 1"
    );
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), old.0)?.map(Row::try_into).transpose()
}

/// The change that leads to a session with new dates, while people are still asked.
pub async fn open_into(tx: &mut Tx, new: SessionId) -> Result<Option<DateChange>> {
    let sql = format!(
        "select {COLUMNS} from date_changes where new_session_id = $1 and proposed_at is not null and finished_at is null limit 1"
    );
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), new.0)?.map(Row::try_into).transpose()
}

/// The newest change that the person of this application was asked about.
pub async fn find_asked(tx: &mut Tx, application: ApplicationId) -> Result<Option<DateChange>> {
    let sql = format!(
        "select {COLUMNS} from date_changes where id in (select date_change_id from date_change_answers where application_id = $1) order by proposed_at desc limit 1"
    );
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), application.0)?.map(Row::try_into).transpose()
}

/// Keeps what is proposed. False when it was proposed already.
pub async fn mark_proposed(tx: &mut Tx, change: &DateChange) -> Result<bool> {
    let rows = exec!(
        tx,
        "update date_changes set new_session_id = $1, reason = $2, note = $3, answer_by = $4, proposed_by = $5, proposed_at = $6 where id = $7 and proposed_at is null",
        change.new.map(|id| id.0),
        change.reason.map(CancelReason::as_str),
        &change.note,
        change.answer_by,
        change.proposed.map(|(by, _)| by.0),
        change.proposed.map(|(_, at)| at.0),
        change.id.0,
    )?;
    Ok(rows == 1)
}

/// Marks that nobody is asked any more. Whether somebody still was.
pub async fn mark_finished(tx: &mut Tx, id: DateChangeId, at: Moment) -> Result<bool> {
    Ok(exec!(tx, "update date_changes set finished_at = $1 where id = $2 and finished_at is null", at.0, id.0)? == 1)
}

/// The changes about which people are still asked.
pub async fn list_open(tx: &mut Tx) -> Result<Vec<DateChange>> {
    let sql = format!(
        "select {COLUMNS} from date_changes where proposed_at is not null and finished_at is null order by proposed_at, id"
    );
    all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()))?.into_iter().map(Row::try_into).collect()
}

/// Says that somebody was asked.
pub async fn ask(tx: &mut Tx, id: DateChangeId, application: ApplicationId, at: Moment) -> Result<()> {
    exec!(
        tx,
        "insert into date_change_answers (date_change_id, application_id, asked_at) values ($1, $2, $3)",
        id.0,
        application.0,
        at.0
    )?;
    Ok(())
}

/// Keeps an answer, if none was given yet. Whether this was the first.
pub async fn answer(
    tx: &mut Tx,
    id: DateChangeId,
    application: ApplicationId,
    answer: &str,
    at: Moment,
) -> Result<bool> {
    let rows = exec!(
        tx,
        "update date_change_answers set answer = $1, answered_at = $2 where date_change_id = $3 and application_id = $4 and answer is null",
        answer,
        at.0,
        id.0,
        application.0
    )?;
    Ok(rows == 1)
}

/// Everybody who was asked, in the order of their applications.
pub async fn list_answers(tx: &mut Tx, id: DateChangeId) -> Result<Vec<Answer>> {
    let rows = all!(
        tx,
        (Uuid, i64, Option<String>),
        "select application_id, asked_at, answer from date_change_answers where date_change_id = $1 order by application_id",
        id.0
    )?;
    Ok(rows
        .into_iter()
        .map(|(id, asked_at, answer)| Answer { application: ApplicationId(id), asked_at: Moment(asked_at), answer })
        .collect())
}

/// What this application's learner was asked and answered about new dates: the new first and last day, when
/// they were asked, and the answer.
pub async fn asked_of(
    tx: &mut Tx,
    application: ApplicationId,
) -> Result<Vec<(NaiveDate, NaiveDate, Moment, Option<String>)>> {
    let rows = all!(
        tx,
        (NaiveDate, NaiveDate, i64, Option<String>),
        "select s.starts_on, s.ends_on, a.asked_at, a.answer from date_change_answers a
         join date_changes c on c.id = a.date_change_id join sessions s on s.id = c.new_session_id
         where a.application_id = $1 order by a.asked_at",
        application.0,
    )?;
    Ok(rows.into_iter().map(|(from, to, at, answer)| (from, to, Moment(at), answer)).collect())
}
