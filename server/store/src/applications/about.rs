//! What an application is about: the facts of its opportunity, session, provider and place, in one query.

use chrono::NaiveDate;
use domain::ids::{OpportunityId, OrganisationId, SessionId};
use domain::{Delivery, Kind};
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// The facts that pages and letters say of a session.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// The opportunity.
    pub opportunity: OpportunityId,
    /// The version of its advert.
    pub opportunity_version: i64,
    /// Whether people can find it now: "published".
    pub opportunity_status: String,
    /// The readable part of its address.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: Kind,
    /// In person or online.
    pub delivery: Delivery,
    /// Whether the provider asks why.
    pub asks_why: bool,
    /// Working days in which the provider promised to answer.
    pub decide_within: u32,
    /// Youngest age on the first day.
    pub min_age: Option<u32>,
    /// Oldest age on the first day.
    pub max_age: Option<u32>,
    /// What to wear.
    pub dress: String,
    /// What to bring.
    pub bring: String,
    /// Whom to ask.
    pub contact_email: Option<String>,
    /// The provider.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The department's name.
    pub department: Option<String>,
    /// The site's name.
    pub site: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Its town.
    pub town: Option<String>,
    /// Its postcode.
    pub postcode: Option<String>,
    /// How to get there.
    pub directions: Option<String>,
    /// The session.
    pub session: SessionId,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Daily start, minutes after midnight.
    pub starts_at: Option<i64>,
    /// Daily end, minutes after midnight.
    pub ends_at: Option<i64>,
    /// Last day for applications.
    pub closes_on: NaiveDate,
    /// How many can come.
    pub capacity: i64,
    /// How many places are held.
    pub held: i64,
    /// Whether the provider cancelled it.
    pub cancelled: bool,
}

impl About {
    /// What the session asks of the people who come.
    #[must_use]
    pub fn asks(&self) -> domain::eligibility::Asks {
        domain::eligibility::Asks {
            min_age: self.min_age,
            max_age: self.max_age,
            starts_on: self.starts_on,
            closes_on: self.closes_on,
            cancelled: self.cancelled || self.opportunity_status == "withdrawn",
        }
    }
    /// Places that nobody holds.
    #[must_use]
    pub fn left(&self) -> i64 {
        (self.capacity - self.held).max(0)
    }
    /// "24 to 28 May 2027".
    #[must_use]
    pub fn dates(&self) -> String {
        domain::words::date_range(self.starts_on, self.ends_on)
    }
    /// "9:30am to 3:30pm", if the provider said.
    #[must_use]
    pub fn times(&self) -> Option<String> {
        let clock =
            |minutes: i64| chrono::NaiveTime::from_num_seconds_from_midnight_opt(u32::try_from(minutes * 60).ok()?, 0);
        Some(domain::words::time_range(clock(self.starts_at?)?, clock(self.ends_at?)?))
    }
    /// "Royal Hospital, High Street, Leeds, LS1 3EX"; `None` when nothing is known.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        let mut parts: Vec<&str> = Vec::new();
        for part in [&self.site, &self.address, &self.town, &self.postcode].into_iter().flatten() {
            if !parts.iter().any(|known| known.contains(part.as_str())) {
                parts.push(part);
            }
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    opportunity_id: Uuid,
    opportunity_version: i64,
    opportunity_status: String,
    slug: String,
    title: String,
    kind: String,
    delivery: String,
    asks_why: bool,
    decide_within: i64,
    min_age: Option<i64>,
    max_age: Option<i64>,
    dress: String,
    bring: String,
    contact_email: Option<String>,
    organisation_id: Uuid,
    organisation_name: String,
    department: Option<String>,
    site: Option<String>,
    address: Option<String>,
    town: Option<String>,
    postcode: Option<String>,
    directions: Option<String>,
    session_id: Uuid,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    starts_at: Option<i64>,
    ends_at: Option<i64>,
    closes_on: NaiveDate,
    capacity: i64,
    held: i64,
    cancelled_at: Option<i64>,
}

impl TryFrom<Row> for About {
    type Error = crate::Error;

    fn try_from(row: Row) -> Result<Self> {
        let age = |years: Option<i64>| years.and_then(|y| u32::try_from(y).ok());
        Ok(Self {
            opportunity: OpportunityId(row.opportunity_id),
            opportunity_version: row.opportunity_version,
            opportunity_status: row.opportunity_status,
            slug: row.slug,
            title: row.title,
            kind: known("kind", &row.kind, Kind::parse)?,
            delivery: known("delivery", &row.delivery, Delivery::parse)?,
            asks_why: row.asks_why,
            decide_within: u32::try_from(row.decide_within).unwrap_or(10),
            min_age: age(row.min_age),
            max_age: age(row.max_age),
            dress: row.dress,
            bring: row.bring,
            contact_email: row.contact_email,
            organisation: OrganisationId(row.organisation_id),
            organisation_name: row.organisation_name,
            department: row.department,
            site: row.site,
            address: row.address,
            town: row.town,
            postcode: row.postcode,
            directions: row.directions,
            session: SessionId(row.session_id),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            closes_on: row.closes_on,
            capacity: row.capacity,
            held: row.held,
            cancelled: row.cancelled_at.is_some(),
        })
    }
}

const SELECT: &str = "select o.id as opportunity_id, o.version as opportunity_version, o.status as opportunity_status, o.slug, o.title, o.kind, o.delivery, o.asks_why, o.decide_within,
    o.min_age, o.max_age, o.dress, o.bring, o.contact_email, g.id as organisation_id, g.name as organisation_name, d.name as department,
    i.name as site, i.address, i.town, i.postcode, i.directions,
    s.id as session_id, s.starts_on, s.ends_on, s.starts_at, s.ends_at, s.closes_on, s.capacity, s.held, s.cancelled_at
    from sessions s join opportunities o on o.id = s.opportunity_id join organisations g on g.id = o.organisation_id
    left join departments d on d.id = o.department_id left join sites i on i.id = o.site_id";

/// The facts of a session.
pub async fn about_session(tx: &mut Tx, session: SessionId) -> Result<Option<About>> {
    let sql = format!("{SELECT} where s.id = $1");
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), session.0)?.map(Row::try_into).transpose()
}

/// The facts of an application's session.
pub async fn about_application(tx: &mut Tx, application: &super::Application) -> Result<About> {
    let sql = format!("{SELECT} where s.id = $1");
    one!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), application.session.0)?.try_into()
}
