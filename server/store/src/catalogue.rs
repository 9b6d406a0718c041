//! What the search shows: everything published, and the counter that says when it changed.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveTime};
use domain::clearance::ClearanceKind;
use domain::ids::{AccountId, OpportunityId, OrganisationId, SessionId};
use domain::publishing::Status;
use domain::search::{Listing, Run};
use domain::{Delivery, Kind, Profession, State};
use uuid::Uuid;

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
        "select o.id, o.slug, o.title, o.summary, o.who_for, g.name as organisation, d.name as department,
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
        let profession = self.profession.as_deref().map(|word| known("profession", word, Profession::parse)).transpose()?;
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

/// Where an opportunity happens, as its page says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// "Ward 7", "Halifax General".
    pub name: String,
    /// Street, without town and postcode.
    pub address: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// How to get there.
    pub directions: Option<String>,
}

/// One opportunity with everything that its page says.
#[derive(Debug, Clone, PartialEq)]
pub struct Advert {
    /// What the search knows of it too. Without coordinates of its own, its place is a coarse guess.
    pub listing: Listing,
    /// Whether it is published; otherwise it was once, and is closed now.
    pub published: bool,
    /// Whose it is.
    pub organisation_id: OrganisationId,
    /// The department that hosts.
    pub department: Option<String>,
    /// Where it happens.
    pub site: Option<Site>,
    /// What you will do. Paragraphs are parted by blank lines.
    pub summary: String,
    /// Who it is for.
    pub who_for: String,
    /// What to wear.
    pub dress: String,
    /// What to bring.
    pub bring: String,
    /// What it costs, and what is paid back.
    pub cost: String,
    /// Access: steps, lifts, hearing loops and so on.
    pub access_notes: String,
    /// How places are given.
    pub how_places_given: String,
    /// Whom to ask.
    pub contact_email: Option<String>,
    /// Whether the form asks why.
    pub asks_why: bool,
    /// The provider answers within so many working days.
    pub decide_within: u32,
    /// What is checked after somebody accepts: what, whether it must be met, and how many days it takes.
    pub clearances: Vec<(ClearanceKind, bool, i64)>,
}

#[derive(sqlx::FromRow)]
struct AdvertRow {
    status: String,
    organisation_id: Uuid,
    site_name: Option<String>,
    site_address: Option<String>,
    site_town: Option<String>,
    site_postcode: Option<String>,
    directions: Option<String>,
    dress: String,
    bring: String,
    cost: String,
    access_notes: String,
    how_places_given: String,
    contact_email: Option<String>,
    asks_why: bool,
    decide_within: i64,
    #[sqlx(flatten)]
    listing: ListingRow,
}

/// The opportunity at this address with everything that its page says; none for one that was never
/// published. One that the provider took back is still found, so that its page can say so.
///
/// # Errors
/// When the database does not answer, or holds a word that this version does not know.
pub async fn opportunity_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Advert>> {
    let row = opt!(
        tx,
        AdvertRow,
        "select o.id, o.slug, o.title, o.summary, o.who_for, g.name as organisation, d.name as department,
                case when s.id is null then g.town else s.town end as town,
                case when s.id is null then g.postcode else s.postcode end as postcode,
                s.latitude, s.longitude, o.kind, o.delivery, o.profession, o.min_age, o.max_age, o.open_ended, o.shows_places,
                o.status, o.organisation_id, s.name as site_name, s.address as site_address, s.town as site_town,
                s.postcode as site_postcode, s.directions, o.dress, o.bring, o.cost, o.access_notes,
                o.how_places_given, o.contact_email, o.asks_why, o.decide_within
         from opportunities o
         join organisations g on g.id = o.organisation_id
         left join sites s on s.id = o.site_id
         left join departments d on d.id = o.department_id
         where o.slug = $1 and o.published_at is not null",
        slug
    )?;
    let Some(row) = row else { return Ok(None) };
    let runs = all!(
        tx,
        RunRow,
        "select id, opportunity_id, starts_on, ends_on, starts_at, ends_at, closes_on, capacity, held,
                (cancelled_at is not null) as cancelled
         from sessions where opportunity_id = $1 order by starts_on, starts_at, id",
        row.listing.id
    )?
    .into_iter()
    .map(RunRow::into_run)
    .collect::<Result<Vec<_>>>()?;
    let clearances = all!(
        tx,
        (String, bool, i64),
        "select kind, mandatory, lead_days from asked_clearances where opportunity_id = $1 order by kind",
        row.listing.id
    )?
    .into_iter()
    .map(|(kind, mandatory, days)| Ok((known("clearance", &kind, ClearanceKind::parse)?, mandatory, days)))
    .collect::<Result<Vec<_>>>()?;
    let site = row.site_name.map(|name| Site {
        name,
        address: row.site_address,
        town: row.site_town,
        postcode: row.site_postcode,
        directions: row.directions,
    });
    Ok(Some(Advert {
        published: known("status", &row.status, Status::parse)? == Status::Published,
        organisation_id: OrganisationId(row.organisation_id),
        department: row.listing.department.clone(),
        site,
        summary: row.listing.summary.clone(),
        who_for: row.listing.who_for.clone(),
        dress: row.dress,
        bring: row.bring,
        cost: row.cost,
        access_notes: row.access_notes,
        how_places_given: row.how_places_given,
        contact_email: row.contact_email.filter(|email| !email.is_empty()),
        asks_why: row.asks_why,
        decide_within: u32::try_from(row.decide_within).map_err(|_| Error::Unknown { what: "decide_within", value: row.decide_within.to_string() })?,
        clearances,
        listing: row.listing.into_listing(runs, &Districts::new())?,
    }))
}

/// An application that a learner already has at an opportunity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Its reference, by which its page is found.
    pub reference: String,
    /// For which session; none for open-ended opportunities.
    pub session: Option<SessionId>,
    /// Where it stands.
    pub state: State,
}

/// This learner's applications at this opportunity, newest first.
///
/// # Errors
/// When the database does not answer, or holds a state that this version does not know.
pub async fn applied(tx: &mut Tx, opportunity: OpportunityId, learner: AccountId) -> Result<Vec<Applied>> {
    all!(
        tx,
        (String, Option<Uuid>, String),
        "select reference, session_id, state from applications where opportunity_id = $1 and learner_id = $2 order by created_at desc, id desc",
        opportunity.0,
        learner.0
    )?
    .into_iter()
    .map(|(reference, session, state)| {
        Ok(Applied { reference, session: session.map(SessionId), state: known("application state", &state, State::parse)? })
    })
    .collect()
}

#[cfg(test)]
mod tests;
