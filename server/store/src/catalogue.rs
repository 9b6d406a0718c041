//! What the search shows: everything published, and the counter that says when it changed.

mod advert;

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime};
use domain::ids::{OpportunityId, OrganisationId, SessionId};
use domain::search::{Listing, Run};
use domain::{Delivery, Kind, Profession};
use uuid::Uuid;

pub use advert::{Advert, Applied, Site, applied, opportunity_by_slug};

use crate::dialect::known;
use crate::{Error, Result, Tx};

/// The counter's name among the settings.
const VERSION: &str = "catalogue_version";

/// How often what the search shows has changed; 0 in a new database.
///
/// # Errors
/// When the database does not answer.
pub async fn version(tx: &mut Tx) -> Result<i64> {
    let row = opt!(tx, (i64,), "select cast(value as bigint) from settings where name = $1", VERSION)?;
    Ok(row.map_or(0, |(version,)| version))
}

/// Says that what the search shows has changed. Every write that does so calls this in its transaction:
/// publishing, editing, closing, and each place held or released.
///
/// Call it last: on PostgreSQL it keeps other such writes waiting until this transaction ends.
///
/// # Errors
/// When the database refuses.
pub async fn bump(tx: &mut Tx) -> Result<()> {
    exec!(
        tx,
        "insert into settings (name, value) values ($1, '1')
         on conflict (name) do update set value = cast(cast(settings.value as bigint) + 1 as text)",
        VERSION
    )?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct ListingRow {
    id: Uuid,
    slug: String,
    title: String,
    summary: String,
    who_for: String,
    organisation_id: Uuid,
    organisation: String,
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

#[derive(sqlx::FromRow)]
struct DistrictRow {
    code: String,
    latitude: f64,
    longitude: f64,
}

/// Postcode districts of the official list, by code.
type Districts = HashMap<String, (f64, f64)>;

/// Everything published, with sessions (earliest first) and where it happens: three queries, however
/// much there is.
///
/// Where a site has no coordinates, the middle of its postcode district counts, or else of its town;
/// where there is no site, the organisation's own address.
///
/// # Errors
/// When the database does not answer, or holds a word that this version does not know.
pub async fn load(tx: &mut Tx) -> Result<Vec<Listing>> {
    let rows = all!(
        tx,
        ListingRow,
        "select o.id, o.slug, o.title, o.summary, o.who_for, g.id as organisation_id, g.name as organisation, d.name as department,
                case when s.id is null then g.town else s.town end as town,
                case when s.id is null then g.postcode else s.postcode end as postcode,
                s.latitude, s.longitude, o.kind, o.delivery, o.profession, o.min_age, o.max_age, o.open_ended, o.shows_places
         from opportunities o
         join organisations g on g.id = o.organisation_id
         left join sites s on s.id = o.site_id
         left join departments d on d.id = o.department_id
         where o.status = 'published'
         order by o.id"
    )?;
    let sessions = all!(
        tx,
        RunRow,
        "select r.id, r.opportunity_id, r.starts_on, r.ends_on, r.starts_at, r.ends_at, r.closes_on, r.capacity, r.held,
                (r.cancelled_at is not null) as cancelled
         from sessions r join opportunities o on o.id = r.opportunity_id
         where o.status = 'published'
         order by r.starts_on, r.starts_at, r.id"
    )?;
    let districts: Districts = all!(
        tx,
        DistrictRow,
        "select code, latitude, longitude from places
         where kind = 'outcode' and code in (
             select upper(substr(tight, 1, length(tight) - 3)) from (
                 select replace(case when s.id is null then g.postcode else s.postcode end, ' ', '') as tight
                 from opportunities o
                 join organisations g on g.id = o.organisation_id
                 left join sites s on s.id = o.site_id
                 where o.status = 'published' and s.latitude is null) as needed
             where length(tight) > 4)"
    )?
    .into_iter()
    .map(|row| (row.code, (row.latitude, row.longitude)))
    .collect();

    let mut runs: HashMap<Uuid, Vec<Run>> = HashMap::with_capacity(rows.len());
    for row in sessions {
        runs.entry(row.opportunity_id).or_default().push(row.into_run()?);
    }
    rows.into_iter()
        .map(|row| {
            let runs = runs.remove(&row.id).unwrap_or_default();
            row.into_listing(runs, &districts)
        })
        .collect()
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
            held: self.held,
            cancelled: self.cancelled,
        })
    }
}

impl ListingRow {
    fn into_listing(self, runs: Vec<Run>, districts: &Districts) -> Result<Listing> {
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
            _ => {
                let code = self.postcode.as_deref().map(outcode);
                let listed = code.as_ref().and_then(|code| districts.get(code)).copied();
                crate::places::about(code.as_deref(), listed, town.as_deref())
            }
        };
        let text = [
            self.title.as_str(),
            &self.organisation,
            self.department.as_deref().unwrap_or_default(),
            town.as_deref().unwrap_or_default(),
            kind.label(),
            profession.map_or("", Profession::label),
            &self.summary,
            &self.who_for,
        ]
        .join("\n")
        .to_lowercase();
        Ok(Listing {
            id: OpportunityId(self.id),
            provider: OrganisationId(self.organisation_id),
            slug: self.slug,
            title: self.title,
            organisation: self.organisation,
            town,
            at,
            kind,
            delivery,
            profession,
            min_age: self.min_age.map(age).transpose()?,
            max_age: self.max_age.map(age).transpose()?,
            open_ended: self.open_ended,
            shows_places: self.shows_places,
            runs,
            text,
        })
    }
}

/// The first half of a stored postcode: all but its last three characters.
fn outcode(postcode: &str) -> String {
    let mut code: String = postcode.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    for _ in 0..3 {
        code.pop();
    }
    code
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
