//! What was recorded of each day, with its history.

use chrono::NaiveDate;
use domain::Role;
use domain::attendance::Mark;
use domain::ids::{AccountId, ApplicationId, SessionId};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// What was recorded of one learner on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Of which application.
    pub application: ApplicationId,
    /// Which day.
    pub day: NaiveDate,
    /// Whether they came; `None` when the record was taken back.
    pub mark: Option<Mark>,
    /// Minutes attended, where they are known.
    pub minutes: Option<i64>,
    /// Who recorded it.
    pub by: Option<AccountId>,
    /// As what.
    pub role: Role,
    /// When.
    pub at: Moment,
    /// Why it was changed, once every day had been recorded.
    pub reason: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    application_id: Uuid,
    day: NaiveDate,
    mark: Option<String>,
    minutes: Option<i64>,
    recorded_by: Option<Uuid>,
    role: String,
    recorded_at: i64,
    reason: String,
}

impl TryFrom<Row> for Day {
    type Error = crate::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            application: ApplicationId(row.application_id),
            day: row.day,
            mark: row.mark.as_deref().map(|word| known("mark", word, Mark::parse)).transpose()?,
            minutes: row.minutes,
            by: row.recorded_by.map(AccountId),
            role: known("role", &row.role, Role::parse)?,
            at: Moment(row.recorded_at),
            reason: row.reason,
        })
    }
}

/// Records a day. What was recorded of it before stays, and no longer counts.
pub async fn insert_day(tx: &mut Tx, day: &Day) -> Result<()> {
    exec!(
        tx,
        "insert into attendance_days (application_id, day, number, mark, minutes, recorded_by, role, recorded_at, reason)
         select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6, $7, $8 from attendance_days where application_id = $9 and day = $10",
        day.application.0,
        day.day,
        day.mark.map(Mark::as_str),
        day.minutes,
        day.by.map(|id| id.0),
        day.role.as_str(),
        day.at.0,
        &day.reason,
        day.application.0,
        day.day,
    )?;
    Ok(())
}

/// What counts of each recorded day, earliest first.
pub async fn list_days(tx: &mut Tx, application: ApplicationId) -> Result<Vec<Day>> {
    let rows = all!(
        tx,
        Row,
        "select d.application_id, d.day, d.mark, d.minutes, d.recorded_by, d.role, d.recorded_at, d.reason from attendance_days d
         where d.application_id = $1 and d.mark is not null
         and d.number = (select max(e.number) from attendance_days e where e.application_id = d.application_id and e.day = d.day) order by d.day",
        application.0,
    )?;
    rows.into_iter().map(Row::try_into).collect()
}

/// The same for everybody who has a place in a session.
pub async fn list_days_of_session(tx: &mut Tx, session: SessionId) -> Result<Vec<Day>> {
    let rows = all!(
        tx,
        Row,
        "select d.application_id, d.day, d.mark, d.minutes, d.recorded_by, d.role, d.recorded_at, d.reason
         from attendance_days d join applications a on a.id = d.application_id
         where a.session_id = $1 and d.mark is not null
         and d.number = (select max(e.number) from attendance_days e where e.application_id = d.application_id and e.day = d.day) order by d.day",
        session.0,
    )?;
    rows.into_iter().map(Row::try_into).collect()
}

/// Everything that was ever recorded of an application, in the order in which it was.
pub async fn list_history(tx: &mut Tx, application: ApplicationId) -> Result<Vec<Day>> {
    let rows = all!(
        tx,
        Row,
        "select application_id, day, mark, minutes, recorded_by, role, recorded_at, reason from attendance_days
         where application_id = $1 order by recorded_at, day, number",
        application.0,
    )?;
    rows.into_iter().map(Row::try_into).collect()
}
