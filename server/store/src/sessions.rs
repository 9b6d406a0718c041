//! Sessions: dated runs of an opportunity, and the places held in them.

use chrono::{NaiveDate, NaiveTime, Timelike};
use domain::State;
use domain::ids::{OpportunityId, OrganisationId, SessionId};
use domain::time::Moment;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Result, Tx};

/// A dated run of an opportunity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its identifier.
    pub id: SessionId,
    /// Of which opportunity.
    pub opportunity: OpportunityId,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Daily start, London time.
    pub starts_at: Option<NaiveTime>,
    /// Daily end, London time.
    pub ends_at: Option<NaiveTime>,
    /// Last day for applications.
    pub closes_on: NaiveDate,
    /// How many can come; 0 while a draft does not say.
    pub capacity: i64,
    /// Places held: offered, accepted and confirmed.
    pub held: i64,
    /// When the provider cancelled it.
    pub cancelled_at: Option<Moment>,
}

impl Session {
    /// As the rules see it.
    #[must_use]
    pub fn run(&self) -> domain::search::Run {
        domain::search::Run {
            id: self.id,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            closes_on: self.closes_on,
            capacity: self.capacity,
            held: self.held.into(),
            cancelled: self.cancelled_at.is_some(),
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    opportunity_id: Uuid,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    starts_at: Option<i64>,
    ends_at: Option<i64>,
    closes_on: NaiveDate,
    capacity: i64,
    held: i64,
    cancelled_at: Option<i64>,
}

impl From<Row> for Session {
    fn from(row: Row) -> Self {
        Self {
            id: SessionId(row.id),
            opportunity: OpportunityId(row.opportunity_id),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            starts_at: row.starts_at.and_then(time),
            ends_at: row.ends_at.and_then(time),
            closes_on: row.closes_on,
            capacity: row.capacity,
            held: row.held,
            cancelled_at: row.cancelled_at.map(Moment),
        }
    }
}

/// Minutes after midnight, as they are stored.
fn minutes(time: NaiveTime) -> i64 {
    i64::from(time.num_seconds_from_midnight() / 60)
}

fn time(minutes: i64) -> Option<NaiveTime> {
    NaiveTime::from_num_seconds_from_midnight_opt(u32::try_from(minutes).ok()?.checked_mul(60)?, 0)
}

const COLUMNS: &str =
    "id, opportunity_id, starts_on, ends_on, starts_at, ends_at, closes_on, capacity, held, cancelled_at";

/// Adds a session with the places that it says are held, and opens its ledger.
pub async fn insert(tx: &mut Tx, session: &Session) -> Result<()> {
    exec!(
        tx,
        "insert into sessions (id, opportunity_id, starts_on, ends_on, starts_at, ends_at, closes_on, capacity, held, cancelled_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        session.id.0,
        session.opportunity.0,
        session.starts_on,
        session.ends_on,
        session.starts_at.map(minutes),
        session.ends_at.map(minutes),
        session.closes_on,
        session.capacity,
        session.held,
        session.cancelled_at.map(|at| at.0),
    )?;
    crate::ledger::open(tx, session.id, session.capacity, session.held).await
}

/// The session, if there is one.
pub async fn find(tx: &mut Tx, id: SessionId) -> Result<Option<Session>> {
    let sql = format!("select {COLUMNS} from sessions where id = $1");
    Ok(opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), id.0)?.map(Into::into))
}

/// An opportunity's sessions, earliest first.
pub async fn list_by_opportunity(tx: &mut Tx, opportunity: OpportunityId) -> Result<Vec<Session>> {
    let sql = format!("select {COLUMNS} from sessions where opportunity_id = $1 order by starts_on, id");
    Ok(all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), opportunity.0)?.into_iter().map(Into::into).collect())
}

/// Every session of an organisation, earliest first.
pub async fn list_by_organisation(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Session>> {
    let sql = format!(
        "select {COLUMNS} from sessions where opportunity_id in (select id from opportunities where organisation_id = $1) order by starts_on, id"
    );
    Ok(all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), organisation.0)?.into_iter().map(Into::into).collect())
}

/// Changes days and times. Places are changed by [`change_capacity`].
pub async fn change_dates(tx: &mut Tx, session: &Session) -> Result<()> {
    exec!(
        tx,
        "update sessions set starts_on = $1, ends_on = $2, starts_at = $3, ends_at = $4, closes_on = $5 where id = $6",
        session.starts_on,
        session.ends_on,
        session.starts_at.map(minutes),
        session.ends_at.map(minutes),
        session.closes_on,
        session.id.0,
    )?;
    Ok(())
}

/// Changes how many can come, and nothing else. False, and nothing changes, when more places are held or
/// reserved than that.
pub async fn change_capacity(tx: &mut Tx, id: SessionId, capacity: i64, at: Moment) -> Result<bool> {
    let Some(mut places) = crate::ledger::places(tx, id).await? else { return Ok(false) };
    places.places.capacity = capacity;
    crate::ledger::change(tx, id, &places, &[], at, "change_capacity").await
}

/// Marks it as cancelled by its provider. False when it was already.
pub async fn cancel(tx: &mut Tx, id: SessionId, at: Moment) -> Result<bool> {
    Ok(exec!(tx, "update sessions set cancelled_at = $1 where id = $2 and cancelled_at is null", at.0, id.0)? == 1)
}

/// How many applications of a session stand in a state, and what some of them lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Of which session.
    pub session: SessionId,
    /// Where they stand.
    pub state: State,
    /// How many.
    pub number: i64,
    /// Of these, how many wait for a parent or carer.
    pub consents_asked: i64,
    /// Of these, how many have a mandatory check that is late, or due after the first day.
    pub checks_late: i64,
}

/// The applications of an organisation's sessions, counted by state. Nothing that was not sent.
pub async fn count_applications(tx: &mut Tx, organisation: OrganisationId, today: NaiveDate) -> Result<Vec<Count>> {
    let rows = all!(
        tx,
        (Uuid, String, i64, i64, i64),
        "select a.session_id, a.state, cast(count(*) as bigint), cast(sum(case when a.consent = 'asked' then 1 else 0 end) as bigint),
                cast(sum(case when exists (select 1 from clearances c where c.application_id = a.id and c.mandatory and c.status = 'requested'
                                            and (c.due_on > s.starts_on or c.due_on < $1)) then 1 else 0 end) as bigint)
         from applications a join sessions s on s.id = a.session_id join opportunities o on o.id = a.opportunity_id
         where o.organisation_id = $2 and a.submitted_at is not null group by a.session_id, a.state",
        today,
        organisation.0,
    )?;
    rows.into_iter()
        .map(|(session, state, number, consents_asked, checks_late)| {
            let state = crate::dialect::known("state", &state, State::parse)?;
            Ok(Count { session: SessionId(session), state, number, consents_asked, checks_late })
        })
        .collect()
}
