//! The search's own view: everything published, and the log that says what of it changed.

mod advert;
mod changes;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use domain::ids::{OpportunityId, OrganisationId, SessionId};
use domain::search::{Audience, Listing, Run, Setting, Text};
use domain::time::Moment;
use domain::{Delivery, Kind, Profession};
use sqlx::{AssertSqlSafe, QueryBuilder};
use uuid::Uuid;

pub use advert::{Advert, Applied, Site, applied, opportunity_by_slug};
pub use changes::{Changes, changed, everything_changed, places_changed, since, version};

use crate::dialect::known;
use crate::places::Gazetteer;
use crate::{Error, Result, Tx};

#[derive(sqlx::FromRow)]
struct ListingRow {
    id: Uuid,
    slug: String,
    title: String,
    summary: String,
    who_for: String,
    organisation_id: Uuid,
    organisation: String,
    region_code: Option<String>,
    icb_code: Option<String>,
    department: Option<String>,
    town: Option<String>,
    postcode: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    kind: String,
    delivery: String,
    profession: Option<String>,
    min_age: Option<i64>,
    max_age: Option<i64>,
    open_ended: bool,
    shows_places: bool,
    setting: Option<String>,
    audiences: Option<String>,
    nothing_needed: bool,
    published_at: Option<i64>,
}

#[derive(sqlx::FromRow)]
struct RunRow {
    id: Uuid,
    opportunity_id: Uuid,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    starts_at: Option<i64>,
    ends_at: Option<i64>,
    closes_on: NaiveDate,
    capacity: i64,
    held: i64,
    cancelled: bool,
}

const LISTINGS: &str =
    "select o.id, o.slug, o.title, o.summary, o.who_for, g.id as organisation_id, g.name as organisation,
        g.region_code, g.icb_code, d.name as department,
        case when s.id is null then g.town else s.town end as town,
        case when s.id is null then g.postcode else s.postcode end as postcode,
        s.latitude, s.longitude, o.kind, o.delivery, o.profession, o.min_age, o.max_age, o.open_ended, o.shows_places,
        o.setting, o.audiences, o.nothing_needed, o.published_at
     from opportunities o
     join organisations g on g.id = o.organisation_id
     left join sites s on s.id = o.site_id
     left join departments d on d.id = o.department_id
     where o.status = 'published'";
const RUNS: &str =
    "select r.id, r.opportunity_id, r.starts_on, r.ends_on, r.starts_at, r.ends_at, r.closes_on, r.capacity, r.held,
        (r.cancelled_at is not null) as cancelled
     from sessions r join opportunities o on o.id = r.opportunity_id
     where o.status = 'published'";

/// [`RUNS`], of those that begin after a day. A date in digits needs no quoting rules.
fn runs_after(after: Option<NaiveDate>) -> String {
    after.map_or_else(|| RUNS.to_owned(), |day| format!("{RUNS} and r.starts_on > '{day}'"))
}

/// Has the database go along the identifiers: by the index of states, it would look at everything for each part.
fn by_id(sql: &str) -> String {
    sql.replace("o.status = 'published'", "o.status || '' = 'published'")
}

/// How many opportunities are read at once: all of their texts together would be most of the memory that is taken.
const READ_AT_ONCE: usize = 5_000;

/// Everything published, with its sessions that begin after a day (earliest first) and where it happens: two
/// queries for each five thousand. Years of sessions that are over would be most of what is read.
///
/// Where a site has no coordinates, the middle of its postcode district counts, or else of its town;
/// where there is no site, the organisation's own address.
///
/// # Errors
/// When the database does not answer, or holds a word that this version does not know.
pub async fn load(tx: &mut Tx, places: &Gazetteer, after: Option<NaiveDate>) -> Result<Vec<Listing>> {
    let mut all = Vec::new();
    let mut names = Names::default();
    let mut last = Uuid::nil();
    loop {
        let sql = by_id(&format!("{LISTINGS} and o.id > $1 order by o.id limit {READ_AT_ONCE}"));
        let rows = all!(tx, ListingRow, AssertSqlSafe(sql.clone()), last)?;
        let Some(end) = rows.last().map(|row| row.id) else { break };
        let whole = rows.len() == READ_AT_ONCE;
        let runs_sql =
            format!("{} and o.id > $1 and o.id <= $2 order by r.starts_on, r.starts_at, r.id", runs_after(after));
        let sql = by_id(&runs_sql);
        let runs = all!(tx, RunRow, AssertSqlSafe(sql.clone()), last, end)?;
        listings(rows, runs, places, &mut names, &mut all)?;
        last = end;
        if !whole {
            break;
        }
    }
    Ok(all)
}

/// At most so many identifiers in one query.
const AT_ONCE: usize = 500;

/// Runs a query for those of many identifiers.
macro_rules! of_these {
    ($tx:expr, $row:ty, $sql:expr, $column:literal, $ids:expr, $order:literal) => {{
        let mut rows: Vec<$row> = Vec::new();
        for ids in $ids.chunks(AT_ONCE) {
            match $tx {
                Tx::Sqlite(t) => {
                    let mut query = of_these!(@query sqlx::Sqlite, $sql, $column, ids, $order);
                    rows.extend(query.build_query_as::<$row>().fetch_all(&mut **t).await?);
                }
                Tx::Postgres(t) => {
                    let mut query = of_these!(@query sqlx::Postgres, $sql, $column, ids, $order);
                    rows.extend(query.build_query_as::<$row>().fetch_all(&mut **t).await?);
                }
            }
        }
        rows
    }};
    (@query $database:ty, $sql:expr, $column:literal, $ids:expr, $order:literal) => {{
        let mut query = QueryBuilder::<$database>::new($sql);
        query.push(concat!(" and ", $column, " in ("));
        let mut list = query.separated(", ");
        for id in $ids {
            list.push_bind(*id);
        }
        query.push(concat!(") order by ", $order));
        query
    }};
}

/// Those of these opportunities that are published.
///
/// # Errors
/// As [`load`].
pub async fn load_some(
    tx: &mut Tx,
    ids: &[OpportunityId],
    places: &Gazetteer,
    after: Option<NaiveDate>,
) -> Result<Vec<Listing>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = of_these!(tx, ListingRow, LISTINGS, "o.id", ids, "o.id");
    let runs = of_these!(tx, RunRow, runs_after(after), "o.id", ids, "r.starts_on, r.starts_at, r.id");
    let mut some = Vec::new();
    listings(rows, runs, places, &mut Names::default(), &mut some)?;
    Ok(some)
}

/// How many places are held in each session of these opportunities.
///
/// # Errors
/// When the database does not answer.
pub async fn held(tx: &mut Tx, ids: &[OpportunityId]) -> Result<Vec<(SessionId, i64)>> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let sql = "select id, held from sessions where true";
    let rows = of_these!(tx, (Uuid, i64), sql, "opportunity_id", ids, "id");
    Ok(rows.into_iter().map(|(id, held)| (SessionId(id), held)).collect())
}

/// Puts rows together. A thousand opportunities of one provider hold its name once.
fn listings(
    rows: Vec<ListingRow>,
    runs: Vec<RunRow>,
    places: &Gazetteer,
    names: &mut Names,
    all: &mut Vec<Listing>,
) -> Result<()> {
    let mut of: HashMap<Uuid, Vec<Run>> = HashMap::with_capacity(rows.len());
    for row in runs {
        of.entry(row.opportunity_id).or_default().push(row.into_run()?);
    }
    all.reserve(rows.len());
    for row in rows {
        let mut runs = of.remove(&row.id).unwrap_or_default();
        runs.shrink_to_fit();
        all.push(row.into_listing(runs, places, names)?);
    }
    Ok(())
}

#[derive(Default)]
struct Names(HashSet<Arc<str>>);

impl Names {
    fn one(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return known.clone();
        }
        let new: Arc<str> = name.into();
        self.0.insert(new.clone());
        new
    }
}

impl RunRow {
    fn into_run(self) -> Result<Run> {
        Ok(Run {
            id: SessionId(self.id),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            starts_at: self.starts_at.map(daily_time).transpose()?,
            ends_at: self.ends_at.map(daily_time).transpose()?,
            closes_on: self.closes_on,
            capacity: self.capacity,
            held: self.held.into(),
            cancelled: self.cancelled,
        })
    }
}

impl ListingRow {
    fn into_listing(self, runs: Vec<Run>, places: &Gazetteer, names: &mut Names) -> Result<Listing> {
        let kind = known("opportunity kind", &self.kind, Kind::parse)?;
        let delivery = known("delivery", &self.delivery, Delivery::parse)?;
        let profession =
            self.profession.as_deref().map(|word| known("profession", word, Profession::parse)).transpose()?;
        // Something online happens wherever the person is: the provider's own town would only mislead.
        let online = delivery == Delivery::Online;
        let town = self.town.filter(|town| !online && !town.is_empty());
        let at = match (self.latitude, self.longitude) {
            _ if online => None,
            (Some(latitude), Some(longitude)) => Some((latitude, longitude)),
            _ => places.about(self.postcode.as_deref(), town.as_deref()),
        };
        let region = self
            .region_code
            .or_else(|| self.postcode.as_deref().and_then(|postcode| places.region(postcode)).map(str::to_owned));
        let setting = match &self.setting {
            Some(word) => Some(known("setting", word, Setting::parse)?),
            None => profession.map(Setting::of),
        };
        let audiences = match &self.audiences {
            Some(words) => words
                .split_whitespace()
                .map(|word| known("audience", word, Audience::parse))
                .collect::<Result<Vec<_>>>()?,
            None => Audience::named_in(&self.who_for),
        };
        let strong = format!(
            "{}\n{}",
            self.department.as_deref().unwrap_or_default(),
            profession.map_or("", Profession::searched)
        );
        let weak = [
            self.organisation.as_str(),
            town.as_deref().unwrap_or_default(),
            kind.label(),
            &self.summary,
            &self.who_for,
        ]
        .join("\n");
        Ok(Listing {
            id: OpportunityId(self.id),
            provider: OrganisationId(self.organisation_id),
            slug: self.slug,
            title: self.title,
            organisation: names.one(&self.organisation),
            town: town.map(|town| names.one(&town)),
            region: region.map(|code| names.one(&code)),
            board: self.icb_code.map(|code| names.one(&code)),
            at,
            kind,
            delivery,
            profession,
            setting,
            audiences,
            nothing_needed: self.nothing_needed,
            published_at: Moment(self.published_at.unwrap_or_default()),
            min_age: self.min_age.map(age).transpose()?,
            max_age: self.max_age.map(age).transpose()?,
            open_ended: self.open_ended,
            shows_places: self.shows_places,
            runs,
            text: Text { strong, weak },
        })
    }
}

fn daily_time(minutes: i64) -> Result<NaiveTime> {
    u32::try_from(minutes)
        .ok()
        .and_then(|minutes| NaiveTime::from_num_seconds_from_midnight_opt(minutes.checked_mul(60)?, 0))
        .ok_or_else(|| Error::Unknown { what: "daily time in minutes", value: minutes.to_string() })
}

fn age(years: i64) -> Result<u32> {
    u32::try_from(years).map_err(|_| Error::Unknown { what: "age in years", value: years.to_string() })
}

#[cfg(test)]
mod tests;
