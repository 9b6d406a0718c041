//! Sessions as those see them who host learners: who comes, and on which days it did not take place.

use chrono::NaiveDate;
use domain::State;
use domain::ids::{AccountId, ApplicationId, DepartmentId, OrganisationId, SessionId};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// A session with what its host needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunSession {
    /// The session.
    pub id: SessionId,
    /// Its opportunity's title.
    pub title: String,
    /// The provider.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The department that hosts it.
    pub department: Option<DepartmentId>,
    /// Its name.
    pub department_name: Option<String>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Daily start, minutes after midnight.
    pub starts_at: Option<i64>,
    /// Daily end, minutes after midnight.
    pub ends_at: Option<i64>,
    /// Whether the provider cancelled it.
    pub cancelled: bool,
    /// How many are confirmed, and not recorded to the end.
    pub confirmed: i64,
    /// How many are recorded to the end.
    pub recorded: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    title: String,
    organisation_id: Uuid,
    organisation_name: String,
    department_id: Option<Uuid>,
    department_name: Option<String>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    starts_at: Option<i64>,
    ends_at: Option<i64>,
    cancelled_at: Option<i64>,
    confirmed: i64,
    recorded: i64,
}

impl From<Row> for RunSession {
    fn from(row: Row) -> Self {
        Self {
            id: SessionId(row.id),
            title: row.title,
            organisation: OrganisationId(row.organisation_id),
            organisation_name: row.organisation_name,
            department: row.department_id.map(DepartmentId),
            department_name: row.department_name,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            cancelled: row.cancelled_at.is_some(),
            confirmed: row.confirmed,
            recorded: row.recorded,
        }
    }
}

const SELECT: &str = "select s.id, o.title, g.id as organisation_id, g.name as organisation_name, d.id as department_id, d.name as department_name,
    s.starts_on, s.ends_on, s.starts_at, s.ends_at, s.cancelled_at,
    (select count(*) from applications a where a.session_id = s.id and a.state = 'confirmed') as confirmed,
    (select count(*) from applications a where a.session_id = s.id and a.state in ('attended', 'partly_attended', 'did_not_attend')) as recorded
    from sessions s join opportunities o on o.id = s.opportunity_id join organisations g on g.id = o.organisation_id
    left join departments d on d.id = o.department_id";

/// The session, if there is one.
pub async fn find_session(tx: &mut Tx, id: SessionId) -> Result<Option<RunSession>> {
    let sql = format!("{SELECT} where s.id = $1");
    Ok(opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), id.0)?.map(Into::into))
}

/// Whose sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// A provider's.
    Provider(OrganisationId),
    /// Those of the departments for which somebody is a supervisor.
    Supervisor(AccountId),
    /// Everybody's.
    All,
}

/// Sessions that were not cancelled, that begin on `until` or before and end on `since` or later, and
/// those that ended earlier while somebody in them is still to be recorded; earliest first.
pub async fn list_sessions(tx: &mut Tx, scope: Scope, since: NaiveDate, until: NaiveDate) -> Result<Vec<RunSession>> {
    let (filter, id) = match scope {
        Scope::Provider(id) => ("o.organisation_id = $3", id.0),
        Scope::Supervisor(id) => {
            (
                "o.department_id in (select v.department_id from supervisor_departments v join departments e on e.id = v.department_id
                 join memberships m on m.account_id = v.account_id and m.role = 'supervisor' and m.organisation_id = e.organisation_id where v.account_id = $3)",
                id.0,
            )
        }
        // The third value is there in any case, and has to be used in one.
        Scope::All => ("s.id <> $3", Uuid::nil()),
    };
    let sql = format!(
        "{SELECT} where s.cancelled_at is null and s.starts_on <= $1
         and (s.ends_on >= $2 or exists (select 1 from applications a where a.session_id = s.id and a.state = 'confirmed'))
         and {filter} order by s.starts_on, o.title, s.id"
    );
    Ok(all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), until, since, id)?.into_iter().map(Into::into).collect())
}

/// Somebody who comes, or came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// The application.
    pub application: ApplicationId,
    /// Its reference.
    pub reference: String,
    /// Their name, as they wrote it in this application.
    pub name: String,
    /// What would help them take part.
    pub access: String,
    /// Where it stands.
    pub state: State,
}

#[derive(sqlx::FromRow)]
struct AttendeeRow {
    id: Uuid,
    reference: String,
    answers: String,
    state: String,
}

/// Who comes to a session, or came: confirmed and recorded applications, by name.
pub async fn list_attendees(tx: &mut Tx, session: SessionId) -> Result<Vec<Attendee>> {
    let rows = all!(
        tx,
        AttendeeRow,
        "select id, reference, answers, state from applications where session_id = $1
         and state in ('confirmed', 'attended', 'partly_attended', 'did_not_attend') order by id",
        session.0,
    )?;
    let mut list = rows
        .into_iter()
        .map(|row| {
            let answers: domain::form::Answers = serde_json::from_str(&row.answers)?;
            Ok(Attendee {
                application: ApplicationId(row.id),
                reference: row.reference,
                name: answers.get("name").to_owned(),
                access: answers.get("access").to_owned(),
                state: known("state", &row.state, State::parse)?,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    list.sort_by_key(|one| one.name.to_lowercase());
    Ok(list)
}

/// A day on which a session did not take place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRun {
    /// The day.
    pub day: NaiveDate,
    /// Why.
    pub reason: String,
}

#[derive(sqlx::FromRow)]
struct NotRunRow {
    day: NaiveDate,
    reason: String,
}

/// The days on which a session did not take place, earliest first.
pub async fn list_not_run(tx: &mut Tx, session: SessionId) -> Result<Vec<NotRun>> {
    let rows =
        all!(tx, NotRunRow, "select day, reason from days_not_run where session_id = $1 order by day", session.0)?;
    Ok(rows.into_iter().map(|row| NotRun { day: row.day, reason: row.reason }).collect())
}

/// Notes that a session does not take place on a day. A second time changes nothing.
pub async fn insert_not_run(tx: &mut Tx, session: SessionId, day: &NotRun, by: AccountId, at: Moment) -> Result<()> {
    exec!(
        tx,
        "insert into days_not_run (session_id, day, reason, marked_by, marked_at) values ($1, $2, $3, $4, $5) on conflict (session_id, day) do nothing",
        session.0,
        day.day,
        &day.reason,
        by.0,
        at.0
    )?;
    Ok(())
}

/// Takes that back. False when it was not noted.
pub async fn delete_not_run(tx: &mut Tx, session: SessionId, day: NaiveDate) -> Result<bool> {
    Ok(exec!(tx, "delete from days_not_run where session_id = $1 and day = $2", session.0, day)? == 1)
}
