//! The ledger of a session's places: every hold, release and change of numbers, and the counters that are
//! its sums. A conditional statement keeps each pool from being oversold, and the table's checks refuse what
//! slips by it.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::form::Answers;
use domain::ids::{AccountId, ApplicationId, OpportunityId, OrganisationId, SessionId};
use domain::places::{Places, Pool};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

domain::words_enum! {
    /// What a line of the ledger changes.
    EntryKind {
        /// How many places there are.
        Capacity = "capacity",
        /// How many of them are reserved in the line's pool.
        Reserved = "reserved",
        /// One more is held.
        Hold = "hold",
        /// One fewer is held.
        Release = "release",
        /// Somebody changes over from one pool to another: two lines.
        Move = "move",
    }
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the session, from 1.
    pub number: i64,
    /// When.
    pub at: Moment,
    /// What it changes.
    pub kind: EntryKind,
    /// In which pool.
    pub pool: Pool,
    /// By how much.
    pub change: i64,
    /// Whose place, by the application's reference.
    pub reference: Option<String>,
    /// The action of the life cycle, or what somebody changed.
    pub because: String,
}

/// A session's numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionPlaces {
    /// The counters.
    pub places: Places,
    /// The school or college that places are reserved for: identifier, code and name.
    pub reserved_for: Option<(OrganisationId, String, String)>,
    /// Whether new applications go on the waiting list by themselves while no place is free for them.
    pub lists_when_full: bool,
}

#[derive(sqlx::FromRow)]
struct PlacesRow {
    id: Uuid,
    capacity: i64,
    held: i64,
    reserved_priority: i64,
    reserved_school: i64,
    held_priority: i64,
    held_school: i64,
    lists_when_full: bool,
    school_id: Option<Uuid>,
    school_code: Option<String>,
    school_name: Option<String>,
}

impl From<PlacesRow> for SessionPlaces {
    fn from(row: PlacesRow) -> Self {
        let school = row.school_id.zip(row.school_code).zip(row.school_name);
        Self {
            places: Places {
                capacity: row.capacity,
                reserved_priority: row.reserved_priority,
                reserved_school: row.reserved_school,
                held_open: row.held - row.held_priority - row.held_school,
                held_priority: row.held_priority,
                held_school: row.held_school,
            },
            reserved_for: school.map(|((id, code), name)| (OrganisationId(id), code, name)),
            lists_when_full: row.lists_when_full,
        }
    }
}

const PLACES: &str =
    "select s.id, s.capacity, s.held, s.reserved_priority, s.reserved_school, s.held_priority, s.held_school,
            s.lists_when_full, o.id as school_id, o.code as school_code, o.name as school_name
     from sessions s left join organisations o on o.id = s.reserved_for";

/// The numbers of a session, if there is one.
pub async fn places(tx: &mut Tx, session: SessionId) -> Result<Option<SessionPlaces>> {
    let sql = format!("{PLACES} where s.id = $1");
    Ok(opt!(tx, PlacesRow, sqlx::AssertSqlSafe(sql.clone()), session.0)?.map(Into::into))
}

/// The numbers of all sessions of an opportunity.
pub async fn places_of_opportunity(
    tx: &mut Tx,
    opportunity: OpportunityId,
) -> Result<HashMap<SessionId, SessionPlaces>> {
    let sql = format!("{PLACES} where s.opportunity_id = $1");
    let rows = all!(tx, PlacesRow, sqlx::AssertSqlSafe(sql.clone()), opportunity.0)?;
    Ok(rows.into_iter().map(|row| (SessionId(row.id), row.into())).collect())
}

/// The same numbers as the sums of the ledger: what the counters have to equal.
pub async fn sums(tx: &mut Tx, session: SessionId) -> Result<Places> {
    let rows = all!(
        tx,
        (String, String, i64),
        "select kind, pool, cast(sum(change) as bigint) from place_ledger where session_id = $1 group by kind, pool",
        session.0,
    )?;
    let mut places = Places::default();
    for (kind, pool, sum) in rows {
        let pool = known("pool", &pool, Pool::parse)?;
        match (known("kind", &kind, EntryKind::parse)?, pool) {
            (EntryKind::Capacity, _) => places.capacity += sum,
            (EntryKind::Reserved, Pool::Priority) => places.reserved_priority += sum,
            (EntryKind::Reserved, Pool::School) => places.reserved_school += sum,
            (EntryKind::Reserved, Pool::Open) => {}
            (EntryKind::Hold | EntryKind::Release | EntryKind::Move, pool) => places.add(pool, sum),
        }
    }
    Ok(places)
}

/// A session's ledger, oldest line first.
pub async fn entries(tx: &mut Tx, session: SessionId) -> Result<Vec<Entry>> {
    let rows = all!(
        tx,
        (i64, i64, String, String, i64, Option<String>, String),
        "select l.number, l.at, l.kind, l.pool, l.change, a.reference, l.because from place_ledger l
         left join applications a on a.id = l.application_id where l.session_id = $1 order by l.number",
        session.0,
    )?;
    rows.into_iter()
        .map(|(number, at, kind, pool, change, reference, because)| {
            Ok(Entry {
                number,
                at: Moment(at),
                kind: known("kind", &kind, EntryKind::parse)?,
                pool: known("pool", &pool, Pool::parse)?,
                change,
                reference,
                because,
            })
        })
        .collect()
}

/// What a line says, besides its number.
struct Line<'a> {
    at: Moment,
    kind: EntryKind,
    pool: Pool,
    change: i64,
    application: Option<ApplicationId>,
    because: &'a str,
}

/// Writes a line. The session's row was changed in the same transaction, so nobody else writes one.
async fn write(tx: &mut Tx, session: SessionId, line: Line<'_>) -> Result<()> {
    exec!(
        tx,
        "insert into place_ledger (session_id, number, at, kind, pool, change, application_id, because)
         select $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7 from place_ledger where session_id = $8",
        session.0,
        line.at.0,
        line.kind.as_str(),
        line.pool.as_str(),
        line.change,
        line.application.map(|id| id.0),
        line.because,
        session.0,
    )?;
    Ok(())
}

/// Opens the ledger of a new session: with its capacity, as of when its opportunity was made.
pub(crate) async fn open(tx: &mut Tx, session: SessionId, capacity: i64, held: i64) -> Result<()> {
    for (number, kind, change) in [(1i64, EntryKind::Capacity, capacity), (2, EntryKind::Hold, held)] {
        if number == 1 || change != 0 {
            exec!(
                tx,
                "insert into place_ledger (session_id, number, at, kind, pool, change, because)
                 select s.id, $1, o.created_at, $2, 'open', $3, 'opened' from sessions s join opportunities o on o.id = s.opportunity_id where s.id = $4",
                number,
                kind.as_str(),
                change,
                session.0,
            )?;
        }
    }
    Ok(())
}

/// One place more held in the pool; `change` is 1 or -1. False when the pool or the session says no.
async fn count(tx: &mut Tx, session: SessionId, pool: Pool, change: i64) -> Result<bool> {
    let sql = match (pool, change > 0) {
        (Pool::Open, true) => {
            "update sessions set held = held + 1 where id = $1 and cancelled_at is null
             and held - held_priority - held_school < capacity - reserved_priority - reserved_school"
        }
        (Pool::Priority, true) => {
            "update sessions set held = held + 1, held_priority = held_priority + 1 where id = $1 and cancelled_at is null
             and held_priority < reserved_priority"
        }
        (Pool::School, true) => {
            "update sessions set held = held + 1, held_school = held_school + 1 where id = $1 and cancelled_at is null
             and held_school < reserved_school"
        }
        (Pool::Open, false) => {
            "update sessions set held = held - 1 where id = $1 and held - held_priority - held_school > 0"
        }
        (Pool::Priority, false) => {
            "update sessions set held = held - 1, held_priority = held_priority - 1 where id = $1 and held_priority > 0"
        }
        (Pool::School, false) => {
            "update sessions set held = held - 1, held_school = held_school - 1 where id = $1 and held_school > 0"
        }
    };
    Ok(exec!(tx, sql, session.0)? == 1)
}

/// Holds one place in this pool. False, and nothing changes, when none is free there or the session was
/// cancelled. One conditional statement, so that two at once cannot both have the last place.
pub async fn hold(
    tx: &mut Tx,
    session: SessionId,
    pool: Pool,
    application: Option<ApplicationId>,
    at: Moment,
    because: &str,
) -> Result<bool> {
    if !count(tx, session, pool, 1).await? {
        return Ok(false);
    }
    write(tx, session, Line { at, kind: EntryKind::Hold, pool, change: 1, application, because }).await?;
    Ok(true)
}

/// Gives a held place of this pool back. False, and nothing changes, when none is held there.
pub async fn release(
    tx: &mut Tx,
    session: SessionId,
    pool: Pool,
    application: Option<ApplicationId>,
    at: Moment,
    because: &str,
) -> Result<bool> {
    if !count(tx, session, pool, -1).await? {
        return Ok(false);
    }
    write(tx, session, Line { at, kind: EntryKind::Release, pool, change: -1, application, because }).await?;
    Ok(true)
}

/// Somebody changes over from one pool to another. False, and nothing changes, when there is no room.
pub async fn change_over(
    tx: &mut Tx,
    session: SessionId,
    application: ApplicationId,
    from: Pool,
    to: Pool,
    at: Moment,
) -> Result<bool> {
    let column = |pool| match pool {
        Pool::Open => None,
        Pool::Priority => Some("priority"),
        Pool::School => Some("school"),
    };
    let mut set = Vec::new();
    let mut room = Vec::new();
    if let Some(name) = column(from) {
        set.push(format!("held_{name} = held_{name} - 1"));
        room.push(format!("held_{name} > 0"));
    } else {
        room.push("held - held_priority - held_school > 0".to_owned());
    }
    if let Some(name) = column(to) {
        set.push(format!("held_{name} = held_{name} + 1"));
        room.push(format!("held_{name} < reserved_{name}"));
    } else {
        room.push("held - held_priority - held_school < capacity - reserved_priority - reserved_school".to_owned());
    }
    if set.is_empty() {
        return Ok(true);
    }
    let sql = format!("update sessions set {} where id = $1 and {}", set.join(", "), room.join(" and "));
    if exec!(tx, sqlx::AssertSqlSafe(sql.clone()), session.0)? != 1 {
        return Ok(false);
    }
    for (pool, change) in [(from, -1), (to, 1)] {
        let line = Line {
            at,
            kind: EntryKind::Move,
            pool,
            change,
            application: Some(application),
            because: "makes room for somebody else",
        };
        write(tx, session, line).await?;
    }
    Ok(true)
}

/// Changes how many places there are, and how many of them are reserved for whom; every other number stays.
/// `seats` says who changes over for it. False, and nothing changes, when more are held than the new numbers
/// have room for.
pub async fn change(
    tx: &mut Tx,
    session: SessionId,
    new: &SessionPlaces,
    seats: &[(ApplicationId, Pool, Pool)],
    at: Moment,
    because: &str,
) -> Result<bool> {
    let Some(before) = places(tx, session).await? else { return Ok(false) };
    let mut after = Places {
        capacity: new.places.capacity,
        reserved_priority: new.places.reserved_priority,
        reserved_school: new.places.reserved_school,
        ..before.places
    };
    for (_, from, to) in seats {
        after.add(*from, -1);
        after.add(*to, 1);
    }
    if !after.is_sound() {
        return Ok(false);
    }
    // Everything at once: the checks see the new numbers with the new seats.
    let rows = exec!(
        tx,
        "update sessions set capacity = $1, reserved_priority = $2, reserved_school = $3, reserved_for = $4, lists_when_full = $5,
         held_priority = $6, held_school = $7 where id = $8 and held = $9 and held_priority = $10 and held_school = $11",
        after.capacity,
        after.reserved_priority,
        after.reserved_school,
        new.reserved_for.as_ref().map(|(id, _, _)| id.0),
        new.lists_when_full,
        after.held_priority,
        after.held_school,
        session.0,
        before.places.held(),
        before.places.held_priority,
        before.places.held_school,
    )?;
    if rows != 1 {
        return Ok(false);
    }
    let line = |kind, pool, change| Line { at, kind, pool, change, application: None, because };
    let lines = [
        line(EntryKind::Capacity, Pool::Open, after.capacity - before.places.capacity),
        line(EntryKind::Reserved, Pool::Priority, after.reserved_priority - before.places.reserved_priority),
        line(EntryKind::Reserved, Pool::School, after.reserved_school - before.places.reserved_school),
    ];
    for line in lines.into_iter().filter(|line| line.change != 0) {
        write(tx, session, line).await?;
    }
    for (application, from, to) in seats {
        for (pool, change) in [(*from, -1), (*to, 1)] {
            let line = Line {
                at,
                kind: EntryKind::Move,
                pool,
                change,
                application: Some(*application),
                because: "places were changed",
            };
            write(tx, session, line).await?;
        }
    }
    Ok(true)
}

/// Somebody who holds a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Holding {
    /// Their application.
    pub application: ApplicationId,
    /// Whose.
    pub learner: AccountId,
    /// Where their place lies.
    pub pool: Pool,
    /// Whether an adviser's evidence statement about them is in force.
    pub evidence: bool,
    /// The code of their school or college; empty when they are at none.
    pub school_code: String,
}

/// Everybody who holds a place in a session, in the order of their applications.
pub async fn holders(tx: &mut Tx, session: SessionId) -> Result<Vec<Holding>> {
    let rows = all!(
        tx,
        (Uuid, Uuid, String, Option<String>, i64),
        "select a.id, a.learner_id, a.answers,
                (select l.pool from place_ledger l where l.application_id = a.id and l.change > 0 order by l.number desc limit 1),
                (select cast(count(*) as bigint) from evidence_statements e where e.learner_id = a.learner_id and e.ended_at is null)
         from applications a where a.session_id = $1 and a.state in ('offered', 'accepted', 'confirmed') order by a.id",
        session.0,
    )?;
    rows.into_iter()
        .map(|(application, learner, answers, pool, evidence)| {
            Ok(Holding {
                application: ApplicationId(application),
                learner: AccountId(learner),
                pool: pool.as_deref().map_or(Ok(Pool::Open), |word| known("pool", word, Pool::parse))?,
                evidence: evidence > 0,
                school_code: school_code(&answers)?,
            })
        })
        .collect()
}

/// The code of the school or college in stored answers; empty when they are at none.
pub(crate) fn school_code(answers: &str) -> Result<String> {
    let answers: Answers = serde_json::from_str(answers)?;
    Ok(if answers.at_school() { answers.get("school-code").to_owned() } else { String::new() })
}

/// In which pool an application's place lies: where it was last held, if it ever was.
pub async fn pool_of(tx: &mut Tx, application: ApplicationId) -> Result<Option<Pool>> {
    let row = opt!(
        tx,
        (String,),
        "select l.pool from place_ledger l join applications a on a.id = l.application_id and a.session_id = l.session_id
         where l.application_id = $1 and l.change > 0 order by l.number desc limit 1",
        application.0,
    )?;
    row.map(|(word,)| known("pool", &word, Pool::parse)).transpose()
}

/// How many places became free in each past session that had a waiting list, after the list began and
/// before the session did: of this opportunity, or of any of the provider's, newest sessions first.
pub async fn freed_before(tx: &mut Tx, of: Past, today: NaiveDate) -> Result<Vec<i64>> {
    let (whose, id) = match of {
        Past::Opportunity(id) => ("s.opportunity_id = $2", id),
        Past::Provider(id) => ("s.opportunity_id in (select id from opportunities where organisation_id = $2)", id),
    };
    // A place that is given back because somebody came, or because everything was cancelled, frees nothing.
    let sql = format!(
        "select cast(count(l.number) as bigint) from sessions s
         join (select a.session_id, min(e.at) as began from application_events e join applications a on a.id = e.application_id
               where e.to_state = 'waitlisted' group by a.session_id) w on w.session_id = s.id
         left join place_ledger l on l.session_id = s.id and l.kind = 'release' and l.at > w.began
              and l.because in ('decline', 'expire_offer', 'withdraw', 'withdraw_offer', 'fail_clearance')
         where s.starts_on <= $1 and s.cancelled_at is null and {whose} group by s.id, s.starts_on order by s.starts_on desc limit 20"
    );
    Ok(all!(tx, (i64,), sqlx::AssertSqlSafe(sql.clone()), today, id)?.into_iter().map(|(n,)| n).collect())
}

/// Whose past sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Past {
    /// Of this opportunity.
    Opportunity(Uuid),
    /// Of this provider.
    Provider(Uuid),
}
