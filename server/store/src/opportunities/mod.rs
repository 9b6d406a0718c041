//! Opportunities: what providers advertise, with every version of it.

mod around;
mod list;
mod particulars;

use chrono::NaiveDate;
use domain::clearance::ClearanceCode;
use domain::ids::{AccountId, DepartmentId, OpportunityId, OrganisationId, SiteId};
use domain::publishing::{Missing, Status};
use domain::time::Moment;
use domain::{Delivery, Kind, Profession};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use around::{
    Department, Site, find_department, find_or_insert_department, find_or_insert_site, find_site, set_asked_clearances,
};
pub use list::{Own, count_live_applications, list_own};
pub use particulars::{Particulars, particulars, save_particulars};

use crate::dialect::known;
use crate::{Result, Tx};

/// Something that a provider advertises.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opportunity {
    /// Its identifier.
    pub id: OpportunityId,
    /// The readable part of its address.
    pub slug: String,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// Which department hosts it.
    pub department: Option<DepartmentId>,
    /// Where it happens.
    pub site: Option<SiteId>,
    /// Kind.
    pub kind: Kind,
    /// In person or online.
    pub delivery: Delivery,
    /// Who can see it.
    pub status: Status,
    /// Counts up from 1 with every change.
    pub version: i64,
    /// Title.
    pub title: String,
    /// What you will do.
    pub summary: String,
    /// Who it is for, in the provider's words.
    pub who_for: String,
    /// What to wear.
    pub dress: String,
    /// What to bring.
    pub bring: String,
    /// What it costs.
    pub cost: String,
    /// Access.
    pub access_notes: String,
    /// How places are given.
    pub how_places_given: String,
    /// Address for questions.
    pub contact_email: Option<String>,
    /// Area of work.
    pub profession: Option<Profession>,
    /// Youngest age on the first day.
    pub min_age: Option<u32>,
    /// Oldest age on the first day.
    pub max_age: Option<u32>,
    /// Taken at any time, without dates or places.
    pub open_ended: bool,
    /// Whether everybody sees the places left.
    pub shows_places: bool,
    /// Whether the form asks "why".
    pub asks_why: bool,
    /// Within how many working days the provider answers.
    pub decide_within: i64,
    /// The provider's own reference.
    pub reference: Option<String>,
    /// What the imported row said, hashed: the same again changes nothing.
    pub row_hash: Option<String>,
    /// Remarks on how the imported row was understood.
    pub notes: Vec<String>,
    /// What it lacked when it was last saved.
    pub missing: Vec<Missing>,
    /// When it was made.
    pub created_at: Moment,
    /// When it was first published.
    pub published_at: Option<Moment>,
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    slug: String,
    organisation_id: Uuid,
    department_id: Option<Uuid>,
    site_id: Option<Uuid>,
    kind: String,
    delivery: String,
    status: String,
    version: i64,
    title: String,
    summary: String,
    who_for: String,
    dress: String,
    bring: String,
    cost: String,
    access_notes: String,
    how_places_given: String,
    contact_email: Option<String>,
    profession: Option<String>,
    min_age: Option<i64>,
    max_age: Option<i64>,
    open_ended: bool,
    shows_places: bool,
    asks_why: bool,
    decide_within: i64,
    reference: Option<String>,
    row_hash: Option<String>,
    notes: String,
    missing: String,
    created_at: i64,
    published_at: Option<i64>,
}

impl TryFrom<Row> for Opportunity {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: OpportunityId(row.id),
            slug: row.slug,
            organisation: OrganisationId(row.organisation_id),
            department: row.department_id.map(DepartmentId),
            site: row.site_id.map(SiteId),
            kind: known("kind", &row.kind, Kind::parse)?,
            delivery: known("delivery", &row.delivery, Delivery::parse)?,
            status: known("status", &row.status, Status::parse)?,
            version: row.version,
            title: row.title,
            summary: row.summary,
            who_for: row.who_for,
            dress: row.dress,
            bring: row.bring,
            cost: row.cost,
            access_notes: row.access_notes,
            how_places_given: row.how_places_given,
            contact_email: row.contact_email,
            profession: row.profession.map(|word| known("profession", &word, Profession::parse)).transpose()?,
            min_age: row.min_age.and_then(|age| u32::try_from(age).ok()),
            max_age: row.max_age.and_then(|age| u32::try_from(age).ok()),
            open_ended: row.open_ended,
            shows_places: row.shows_places,
            asks_why: row.asks_why,
            decide_within: row.decide_within,
            reference: row.reference,
            row_hash: row.row_hash,
            notes: serde_json::from_str(&row.notes)?,
            missing: serde_json::from_str(&row.missing)?,
            created_at: Moment(row.created_at),
            published_at: row.published_at.map(Moment),
        })
    }
}

pub(super) const COLUMNS: &str = "id, slug, organisation_id, department_id, site_id, kind, delivery, status, version, title, summary, who_for, dress, bring, cost, access_notes, how_places_given, contact_email, profession, min_age, max_age, open_ended, shows_places, asks_why, decide_within, reference, row_hash, notes, missing, created_at, published_at";

/// A free readable address: from title and town, with a number where that is taken.
pub async fn free_slug(tx: &mut Tx, title: &str, town: Option<&str>) -> Result<String> {
    let base = domain::reference::slug(&format!("{title} {}", town.unwrap_or_default()));
    let base = if base.is_empty() { "opportunity".to_owned() } else { base };
    // A slug has letters, digits and dashes only, so the pattern has no other wildcard.
    let taken = all!(
        tx,
        (String,),
        "select slug from opportunities where slug = $1 or slug like $2",
        &base,
        format!("{base}-%")
    )?;
    let is_taken = |slug: &str| taken.iter().any(|(other,)| other == slug);
    if !is_taken(&base) {
        return Ok(base);
    }
    // One of so many numbers is free, because fewer slugs than that are taken.
    let free = (2..taken.len() + 3).map(|n| format!("{base}-{n}")).find(|slug| !is_taken(slug));
    Ok(free.unwrap_or_else(|| format!("{base}-{}", taken.len() + 3)))
}

/// Adds an opportunity. Its sessions and clearances follow, then [`keep_version`].
pub async fn insert(tx: &mut Tx, opportunity: &Opportunity) -> Result<()> {
    let sql = format!(
        "insert into opportunities ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)"
    );
    let o = opportunity;
    exec!(
        tx,
        sqlx::AssertSqlSafe(sql.clone()),
        o.id.0,
        &o.slug,
        o.organisation.0,
        o.department.map(|id| id.0),
        o.site.map(|id| id.0),
        o.kind.as_str(),
        o.delivery.as_str(),
        o.status.as_str(),
        o.version,
        &o.title,
        &o.summary,
        &o.who_for,
        &o.dress,
        &o.bring,
        &o.cost,
        &o.access_notes,
        &o.how_places_given,
        &o.contact_email,
        o.profession.map(Profession::as_str),
        o.min_age.map(i64::from),
        o.max_age.map(i64::from),
        o.open_ended,
        o.shows_places,
        o.asks_why,
        o.decide_within,
        &o.reference,
        &o.row_hash,
        serde_json::to_string(&o.notes)?,
        serde_json::to_string(&o.missing)?,
        o.created_at.0,
        o.published_at.map(|at| at.0),
    )?;
    Ok(())
}

/// Saves a change as the next version; the slug stays, so that links keep working. Then
/// [`keep_version`]. False, and nothing changes, when somebody else has changed it since.
pub async fn update(tx: &mut Tx, opportunity: &mut Opportunity) -> Result<bool> {
    let o = &*opportunity;
    let changed = exec!(
        tx,
        "update opportunities set department_id = $1, site_id = $2, kind = $3, delivery = $4, status = $5, version = version + 1,
            title = $6, summary = $7, who_for = $8, dress = $9, bring = $10, cost = $11, access_notes = $12, how_places_given = $13,
            contact_email = $14, profession = $15, min_age = $16, max_age = $17, open_ended = $18, shows_places = $19, asks_why = $20,
            decide_within = $21, reference = $22, row_hash = $23, notes = $24, missing = $25, published_at = $26
         where id = $27 and version = $28",
        o.department.map(|id| id.0),
        o.site.map(|id| id.0),
        o.kind.as_str(),
        o.delivery.as_str(),
        o.status.as_str(),
        &o.title,
        &o.summary,
        &o.who_for,
        &o.dress,
        &o.bring,
        &o.cost,
        &o.access_notes,
        &o.how_places_given,
        &o.contact_email,
        o.profession.map(Profession::as_str),
        o.min_age.map(i64::from),
        o.max_age.map(i64::from),
        o.open_ended,
        o.shows_places,
        o.asks_why,
        o.decide_within,
        &o.reference,
        &o.row_hash,
        serde_json::to_string(&o.notes)?,
        serde_json::to_string(&o.missing)?,
        o.published_at.map(|at| at.0),
        o.id.0,
        o.version,
    )?;
    if changed == 1 {
        opportunity.version += 1;
    }
    Ok(changed == 1)
}

/// Answers that a coordinator typed for a draft and that could not be read yet, as JSON.
pub async fn find_typed(tx: &mut Tx, id: OpportunityId) -> Result<String> {
    let row = opt!(tx, (String,), "select typed from opportunities where id = $1", id.0)?;
    Ok(row.map_or_else(|| "{}".to_owned(), |(typed,)| typed))
}

/// Keeps such answers, so that the page can show them again with what is wrong.
pub async fn save_typed(tx: &mut Tx, id: OpportunityId, typed: &str) -> Result<()> {
    exec!(tx, "update opportunities set typed = $1 where id = $2", typed, id.0)?;
    Ok(())
}

/// What a version says: the opportunity with its sessions and clearances.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The opportunity.
    pub opportunity: Opportunity,
    /// Its sessions.
    pub sessions: Vec<crate::sessions::Session>,
    /// The clearances that it asks: what, whether it is mandatory, how many days it takes.
    pub clearances: Vec<(ClearanceCode, bool, i64)>,
    /// What it says beside its facts; empty in versions from before there were any.
    #[serde(default)]
    pub particulars: Particulars,
}

/// Keeps what is stored now as the snapshot of its version: call it last in every change.
pub async fn keep_version(tx: &mut Tx, id: OpportunityId, at: Moment, by: Option<AccountId>) -> Result<()> {
    let Some(opportunity) = find(tx, id).await? else { return Ok(()) };
    let version = opportunity.version;
    let clearances = crate::applications::asked_clearances(tx, id)
        .await?
        .into_iter()
        .map(|asked| (asked.what.code, asked.mandatory, asked.lead_days))
        .collect();
    let sessions = crate::sessions::list_by_opportunity(tx, id).await?;
    let snapshot = Snapshot { sessions, clearances, particulars: particulars(tx, id).await?, opportunity };
    exec!(
        tx,
        "insert into opportunity_versions (opportunity_id, version, at, by_account, snapshot) values ($1, $2, $3, $4, $5)",
        id.0,
        version,
        at.0,
        by.map(|account| account.0),
        serde_json::to_string(&snapshot)?,
    )?;
    Ok(())
}

/// What a version said.
pub async fn find_version(tx: &mut Tx, id: OpportunityId, version: i64) -> Result<Option<Snapshot>> {
    let row = opt!(
        tx,
        (String,),
        "select snapshot from opportunity_versions where opportunity_id = $1 and version = $2",
        id.0,
        version
    )?;
    row.map(|(snapshot,)| Ok(serde_json::from_str(&snapshot)?)).transpose()
}

/// The opportunity, if there is one.
pub async fn find(tx: &mut Tx, id: OpportunityId) -> Result<Option<Opportunity>> {
    let sql = format!("select {COLUMNS} from opportunities where id = $1");
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), id.0)?.map(TryInto::try_into).transpose()
}

/// An organisation's opportunity by the organisation's own reference.
pub async fn find_by_reference(
    tx: &mut Tx,
    organisation: OrganisationId,
    reference: &str,
) -> Result<Option<Opportunity>> {
    let sql = format!("select {COLUMNS} from opportunities where organisation_id = $1 and reference = $2");
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), organisation.0, reference)?.map(TryInto::try_into).transpose()
}

/// An organisation's opportunity without a reference, by title and first day (`None`: without dates).
pub async fn find_by_title(
    tx: &mut Tx,
    organisation: OrganisationId,
    title: &str,
    first_day: Option<NaiveDate>,
) -> Result<Option<Opportunity>> {
    let found = match first_day {
        Some(day) => {
            let sql = format!(
                "select {COLUMNS} from opportunities where organisation_id = $1 and title = $2 and reference is null
                 and exists (select 1 from sessions where sessions.opportunity_id = opportunities.id and starts_on = $3) order by created_at, id limit 1"
            );
            opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), organisation.0, title, day)?
        }
        None => {
            let sql = format!(
                "select {COLUMNS} from opportunities where organisation_id = $1 and title = $2 and reference is null
                 and not exists (select 1 from sessions where sessions.opportunity_id = opportunities.id) order by created_at, id limit 1"
            );
            opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), organisation.0, title)?
        }
    };
    found.map(TryInto::try_into).transpose()
}
