//! What is being cancelled, and what was.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::cancelling::CancelReason;
use domain::ids::{AccountId, ApplicationId, CancellationId, DepartmentId, OrganisationId, SessionId};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// What is cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One learner's place.
    Application(ApplicationId),
    /// A session.
    Session(SessionId),
    /// Every session of a department between two days.
    Department(DepartmentId),
}

impl Scope {
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Application(_) => "application",
            Self::Session(_) => "session",
            Self::Department(_) => "department",
        }
    }
    /// Which one.
    #[must_use]
    pub fn id(self) -> Uuid {
        match self {
            Self::Application(id) => id.0,
            Self::Session(id) => id.0,
            Self::Department(id) => id.0,
        }
    }
}

/// A cancelling: first the form as it was typed, then what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    /// Its identifier.
    pub id: CancellationId,
    /// Whose.
    pub organisation: OrganisationId,
    /// Of what.
    pub scope: Scope,
    /// The form as typed, by box.
    pub typed: BTreeMap<String, String>,
    /// Who began it.
    pub created_by: AccountId,
    /// When.
    pub created_at: Moment,
    /// Why, and the own words, once it is done.
    pub reason: Option<CancelReason>,
    /// Own words.
    pub note: String,
    /// Who did it, and when.
    pub done: Option<(AccountId, Moment)>,
    /// When everybody had been told.
    pub finished_at: Option<Moment>,
    /// How many people were told.
    pub told: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    organisation_id: Uuid,
    scope: String,
    subject_id: Uuid,
    typed: String,
    created_by: Uuid,
    created_at: i64,
    reason: Option<String>,
    note: String,
    done_by: Option<Uuid>,
    done_at: Option<i64>,
    finished_at: Option<i64>,
    told: i64,
}

impl TryFrom<Row> for Cancellation {
    type Error = crate::Error;

    fn try_from(row: Row) -> Result<Self> {
        let scope = known("scope", &row.scope, |word| match word {
            "application" => Some(Scope::Application(ApplicationId(row.subject_id))),
            "session" => Some(Scope::Session(SessionId(row.subject_id))),
            "department" => Some(Scope::Department(DepartmentId(row.subject_id))),
            _ => None,
        })?;
        Ok(Self {
            id: CancellationId(row.id),
            organisation: OrganisationId(row.organisation_id),
            scope,
            typed: serde_json::from_str(&row.typed)?,
            created_by: AccountId(row.created_by),
            created_at: Moment(row.created_at),
            reason: row.reason.as_deref().map(|word| known("cancel reason", word, CancelReason::parse)).transpose()?,
            note: row.note,
            done: row.done_by.zip(row.done_at).map(|(by, at)| (AccountId(by), Moment(at))),
            finished_at: row.finished_at.map(Moment),
            told: row.told,
        })
    }
}

const COLUMNS: &str = "id, organisation_id, scope, subject_id, typed, created_by, created_at, reason, note, done_by, done_at, finished_at, told";

/// Keeps a form as typed.
pub async fn insert(tx: &mut Tx, new: &Cancellation) -> Result<()> {
    exec!(
        tx,
        "insert into cancellations (id, organisation_id, scope, subject_id, typed, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        new.id.0,
        new.organisation.0,
        new.scope.as_str(),
        new.scope.id(),
        serde_json::to_string(&new.typed)?,
        new.created_by.0,
        new.created_at.0,
    )?;
    Ok(())
}

/// Keeps the form as it is typed now, unless it was carried out meanwhile. Whether it was kept.
pub async fn save_typed(tx: &mut Tx, id: CancellationId, typed: &BTreeMap<String, String>) -> Result<bool> {
    let rows = exec!(
        tx,
        "update cancellations set typed = $1 where id = $2 and done_at is null",
        serde_json::to_string(typed)?,
        id.0
    )?;
    Ok(rows == 1)
}

/// The cancelling with this identifier.
pub async fn find(tx: &mut Tx, id: CancellationId) -> Result<Option<Cancellation>> {
    let sql = format!("select {COLUMNS} from cancellations where id = $1");
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), id.0)?.map(Row::try_into).transpose()
}

/// The same, for carrying it out: nobody else does meanwhile.
pub async fn find_for_change(tx: &mut Tx, id: CancellationId) -> Result<Option<Cancellation>> {
    let sql = format!("select {COLUMNS} from cancellations where id = $1{}", tx.for_update());
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), id.0)?.map(Row::try_into).transpose()
}

/// The cancelling that ended an application or its session, if one did.
pub async fn find_about(tx: &mut Tx, application: ApplicationId, session: SessionId) -> Result<Option<Cancellation>> {
    let sql = format!(
        "select {COLUMNS} from cancellations where done_at is not null and
         (id in (select cancellation_id from cancelled_applications where application_id = $1)
          or id in (select cancellation_id from cancelled_sessions where session_id = $2)) order by done_at limit 1"
    );
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), application.0, session.0)?.map(Row::try_into).transpose()
}

/// Marks it as carried out. False when it was already.
pub async fn mark_done(
    tx: &mut Tx,
    id: CancellationId,
    reason: CancelReason,
    note: &str,
    by: AccountId,
    at: Moment,
) -> Result<bool> {
    let rows = exec!(
        tx,
        "update cancellations set reason = $1, note = $2, done_by = $3, done_at = $4 where id = $5 and done_at is null",
        reason.as_str(),
        note,
        by.0,
        at.0,
        id.0
    )?;
    Ok(rows == 1)
}

/// Counts people who were told.
pub async fn add_told(tx: &mut Tx, id: CancellationId, people: i64) -> Result<()> {
    exec!(tx, "update cancellations set told = told + $1 where id = $2", people, id.0)?;
    Ok(())
}

/// Marks that everybody was told.
pub async fn mark_finished(tx: &mut Tx, id: CancellationId, at: Moment) -> Result<()> {
    exec!(tx, "update cancellations set finished_at = $1 where id = $2 and finished_at is null", at.0, id.0)?;
    Ok(())
}

/// Those that were carried out and have not told everybody yet.
pub async fn list_unfinished(tx: &mut Tx) -> Result<Vec<CancellationId>> {
    let rows = all!(
        tx,
        (Uuid,),
        "select id from cancellations where done_at is not null and finished_at is null order by done_at"
    )?;
    Ok(rows.into_iter().map(|(id,)| CancellationId(id)).collect())
}

/// Says that this cancelling ended a session.
pub async fn add_session(tx: &mut Tx, id: CancellationId, session: SessionId) -> Result<()> {
    exec!(
        tx,
        "insert into cancelled_sessions (session_id, cancellation_id) values ($1, $2) on conflict (session_id) do nothing",
        session.0,
        id.0
    )?;
    Ok(())
}

/// Says that this cancelling ended an application.
pub async fn add_application(tx: &mut Tx, id: CancellationId, application: ApplicationId) -> Result<()> {
    exec!(
        tx,
        "insert into cancelled_applications (application_id, cancellation_id) values ($1, $2)
         on conflict (application_id) do update set cancellation_id = excluded.cancellation_id",
        application.0,
        id.0
    )?;
    Ok(())
}

/// The sessions that this cancelling ended, always in the same order.
pub async fn list_sessions(tx: &mut Tx, id: CancellationId) -> Result<Vec<SessionId>> {
    let rows = all!(
        tx,
        (Uuid,),
        "select session_id from cancelled_sessions where cancellation_id = $1 order by session_id",
        id.0
    )?;
    Ok(rows.into_iter().map(|(id,)| SessionId(id)).collect())
}

/// The sessions of a department's published opportunities that touch these days and were not cancelled,
/// in the order in which they are locked.
pub async fn list_department_sessions(
    tx: &mut Tx,
    department: DepartmentId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<SessionId>> {
    let rows = all!(
        tx,
        (Uuid,),
        "select s.id from sessions s join opportunities o on o.id = s.opportunity_id
         where o.department_id = $1 and s.starts_on <= $2 and s.ends_on >= $3 and s.cancelled_at is null order by s.id",
        department.0,
        to,
        from,
    )?;
    Ok(rows.into_iter().map(|(id,)| SessionId(id)).collect())
}

/// A department with what is to come in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepartmentLine {
    /// Which.
    pub id: DepartmentId,
    /// What it is called.
    pub name: String,
    /// Sessions that are not over and not cancelled.
    pub sessions: i64,
    /// Places held in them.
    pub held: i64,
}

#[derive(sqlx::FromRow)]
struct DepartmentRow {
    id: Uuid,
    name: String,
    sessions: i64,
    held: i64,
}

/// An organisation's departments by name, with what is to come from this day on.
pub async fn list_departments(
    tx: &mut Tx,
    organisation: OrganisationId,
    today: NaiveDate,
) -> Result<Vec<DepartmentLine>> {
    let rows = all!(
        tx,
        DepartmentRow,
        "select d.id, d.name, count(s.id) as sessions, cast(coalesce(sum(s.held), 0) as bigint) as held
         from departments d left join opportunities o on o.department_id = d.id
              left join sessions s on s.opportunity_id = o.id and s.ends_on >= $1 and s.cancelled_at is null
         where d.organisation_id = $2 group by d.id, d.name order by d.name",
        today,
        organisation.0,
    )?;
    Ok(rows
        .into_iter()
        .map(|row| DepartmentLine { id: DepartmentId(row.id), name: row.name, sessions: row.sessions, held: row.held })
        .collect())
}
