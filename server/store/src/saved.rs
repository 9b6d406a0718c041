//! What somebody keeps: opportunities to come back to, and searches that are answered by email.

use chrono::NaiveDate;
use domain::ids::{AccountId, OpportunityId};
use domain::saved::Every;
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// A saved search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its identifier.
    pub id: Uuid,
    /// Whose.
    pub account: AccountId,
    /// As in the search's address, behind the question mark.
    pub query: String,
    /// How often it is answered.
    pub every: Every,
    /// When it was saved.
    pub saved_at: Moment,
    /// What was published until then is not new any more.
    pub seen_until: Moment,
    /// The day in London on which it is answered next.
    pub next_on: NaiveDate,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    account_id: Uuid,
    query: String,
    every: String,
    saved_at: i64,
    seen_until: i64,
    next_on: NaiveDate,
}

impl TryFrom<Row> for SavedSearch {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            account: AccountId(row.account_id),
            query: row.query,
            every: known("how often", &row.every, Every::parse)?,
            saved_at: Moment(row.saved_at),
            seen_until: Moment(row.seen_until),
            next_on: row.next_on,
        })
    }
}

const COLUMNS: &str = "id, account_id, query, every, saved_at, seen_until, next_on";

/// Keeps a search; the same one again changes how often it is answered.
pub async fn save_search(tx: &mut Tx, new: &SavedSearch) -> Result<()> {
    exec!(
        tx,
        "insert into saved_searches (id, account_id, query, every, saved_at, seen_until, next_on)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (account_id, query) do update set every = excluded.every, next_on = excluded.next_on",
        new.id,
        new.account.0,
        &new.query,
        new.every.as_str(),
        new.saved_at.0,
        new.seen_until.0,
        new.next_on,
    )?;
    Ok(())
}

/// Somebody's searches, oldest first.
pub async fn list_searches(tx: &mut Tx, account: AccountId) -> Result<Vec<SavedSearch>> {
    let sql = format!("select {COLUMNS} from saved_searches where account_id = $1 order by saved_at, id");
    all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), account.0)?.into_iter().map(Row::try_into).collect()
}

/// One search, locked for a change.
pub async fn find_search(tx: &mut Tx, id: Uuid) -> Result<Option<SavedSearch>> {
    let sql = format!("select {COLUMNS} from saved_searches where id = $1{}", tx.for_update());
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), id)?.map(Row::try_into).transpose()
}

/// The searches that are to be answered by this day, those that wait longest first.
pub async fn list_due_searches(tx: &mut Tx, today: NaiveDate, limit: i64) -> Result<Vec<Uuid>> {
    let rows = all!(
        tx,
        (Uuid,),
        "select id from saved_searches where next_on <= $1 order by next_on, id limit $2",
        today,
        limit
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// A search was answered, or there was nothing new.
pub async fn answered(tx: &mut Tx, id: Uuid, seen_until: Moment, next_on: NaiveDate) -> Result<()> {
    exec!(tx, "update saved_searches set seen_until = $1, next_on = $2 where id = $3", seen_until.0, next_on, id)?;
    Ok(())
}

/// Changes how often a search is answered. Whether it is this account's.
pub async fn change_search(
    tx: &mut Tx,
    account: AccountId,
    id: Uuid,
    every: Every,
    next_on: NaiveDate,
) -> Result<bool> {
    let rows = exec!(
        tx,
        "update saved_searches set every = $1, next_on = $2 where id = $3 and account_id = $4",
        every.as_str(),
        next_on,
        id,
        account.0
    )?;
    Ok(rows == 1)
}

/// Forgets a search. Whether there was one.
pub async fn delete_search(tx: &mut Tx, account: AccountId, id: Uuid) -> Result<bool> {
    Ok(exec!(tx, "delete from saved_searches where id = $1 and account_id = $2", id, account.0)? == 1)
}

/// Keeps an opportunity. Whether it was not kept before.
pub async fn save_opportunity(
    tx: &mut Tx,
    account: AccountId,
    opportunity: OpportunityId,
    was_full: bool,
    at: Moment,
) -> Result<bool> {
    let rows = exec!(
        tx,
        "insert into saved_opportunities (account_id, opportunity_id, saved_at, was_full) values ($1, $2, $3, $4)
         on conflict (account_id, opportunity_id) do nothing",
        account.0,
        opportunity.0,
        at.0,
        was_full,
    )?;
    Ok(rows == 1)
}

/// Forgets an opportunity. Whether it was kept.
pub async fn delete_opportunity(tx: &mut Tx, account: AccountId, opportunity: OpportunityId) -> Result<bool> {
    let rows = exec!(
        tx,
        "delete from saved_opportunities where account_id = $1 and opportunity_id = $2",
        account.0,
        opportunity.0
    )?;
    Ok(rows == 1)
}

/// Whether this account keeps this opportunity.
pub async fn is_saved(tx: &mut Tx, account: AccountId, opportunity: OpportunityId) -> Result<bool> {
    Ok(opt!(
        tx,
        (i64,),
        "select saved_at from saved_opportunities where account_id = $1 and opportunity_id = $2",
        account.0,
        opportunity.0
    )?
    .is_some())
}

/// What somebody keeps, newest first: which, its title, and its address.
pub async fn list_opportunities(tx: &mut Tx, account: AccountId) -> Result<Vec<(OpportunityId, String, String)>> {
    let rows = all!(
        tx,
        (Uuid, String, String),
        "select o.id, o.title, o.slug from saved_opportunities s join opportunities o on o.id = s.opportunity_id
         where s.account_id = $1 order by s.saved_at desc, o.id",
        account.0
    )?;
    Ok(rows.into_iter().map(|(id, title, slug)| (OpportunityId(id), title, slug)).collect())
}

/// Who keeps something that closes by `until` and was not told: at most so many, of what is published and not
/// cancelled, and of people who have no application for it.
pub async fn list_closing(
    tx: &mut Tx,
    today: NaiveDate,
    until: NaiveDate,
    limit: i64,
) -> Result<Vec<(AccountId, OpportunityId)>> {
    let rows = all!(
        tx,
        (Uuid, Uuid),
        "select v.account_id, v.opportunity_id from saved_opportunities v
         join opportunities o on o.id = v.opportunity_id and o.status = 'published'
         where v.closing_told is null
           and exists (select 1 from sessions s where s.opportunity_id = o.id and s.cancelled_at is null
                       and s.closes_on >= $1 and s.closes_on <= $2)
           and not exists (select 1 from sessions s where s.opportunity_id = o.id and s.cancelled_at is null
                           and s.closes_on > $3)
           and not exists (select 1 from applications a where a.opportunity_id = o.id and a.learner_id = v.account_id
                           and a.submitted_at is not null)
         order by v.saved_at limit $4",
        today,
        until,
        until,
        limit
    )?;
    Ok(rows.into_iter().map(|(account, opportunity)| (AccountId(account), OpportunityId(opportunity))).collect())
}

/// It was told that it closes soon. Whether this is the first time.
pub async fn closing_told(tx: &mut Tx, account: AccountId, opportunity: OpportunityId, at: Moment) -> Result<bool> {
    let rows = exec!(
        tx,
        "update saved_opportunities set closing_told = $1 where account_id = $2 and opportunity_id = $3 and closing_told is null",
        at.0,
        account.0,
        opportunity.0
    )?;
    Ok(rows == 1)
}

/// Sessions that people can still apply for.
const OPEN: &str =
    "select 1 from sessions s where s.opportunity_id = o.id and s.cancelled_at is null and s.closes_on >= $1";

/// A place that anybody may have: not one of those reserved for some.
const FREE: &str = "s.held - s.held_priority - s.held_school < s.capacity - s.reserved_priority - s.reserved_school";

/// Remembers what has become full: what comes free after that is told.
pub async fn mark_full(tx: &mut Tx, today: NaiveDate) -> Result<u64> {
    let sql = format!(
        "update saved_opportunities set was_full = true where was_full = false and opportunity_id in (
            select o.id from opportunities o where o.status = 'published' and o.shows_places
             and exists ({OPEN}) and not exists ({OPEN} and {FREE}))"
    );
    Ok(exec!(tx, sqlx::AssertSqlSafe(sql.clone()), today)?)
}

/// Who keeps something that was full and has a place now, at most so many.
pub async fn list_free(tx: &mut Tx, today: NaiveDate, limit: i64) -> Result<Vec<(AccountId, OpportunityId)>> {
    let sql = format!(
        "select v.account_id, v.opportunity_id from saved_opportunities v
         join opportunities o on o.id = v.opportunity_id and o.status = 'published' and o.shows_places
         where v.was_full = true and exists ({OPEN} and {FREE}) order by v.saved_at limit $2"
    );
    let rows = all!(tx, (Uuid, Uuid), sqlx::AssertSqlSafe(sql.clone()), today, limit)?;
    Ok(rows.into_iter().map(|(account, opportunity)| (AccountId(account), OpportunityId(opportunity))).collect())
}

/// It was told that a place came free. Whether it was waited for.
pub async fn free_told(tx: &mut Tx, account: AccountId, opportunity: OpportunityId) -> Result<bool> {
    let rows = exec!(
        tx,
        "update saved_opportunities set was_full = false where account_id = $1 and opportunity_id = $2 and was_full = true",
        account.0,
        opportunity.0
    )?;
    Ok(rows == 1)
}
