//! What stands around an opportunity: its department, its site, the clearances that it asks.

use domain::Profession;
use domain::clearance::ClearanceCode;
use domain::ids::{DepartmentId, OpportunityId, OrganisationId, SiteId};
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// A department of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Its identifier.
    pub id: DepartmentId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Its area of work.
    pub profession: Option<Profession>,
}

#[derive(sqlx::FromRow)]
struct DepartmentRow {
    id: Uuid,
    organisation_id: Uuid,
    name: String,
    profession: Option<String>,
}

impl TryFrom<DepartmentRow> for Department {
    type Error = crate::Error;
    fn try_from(row: DepartmentRow) -> Result<Self> {
        Ok(Self {
            id: DepartmentId(row.id),
            organisation: OrganisationId(row.organisation_id),
            name: row.name,
            profession: row.profession.map(|word| known("profession", &word, Profession::parse)).transpose()?,
        })
    }
}

/// The department.
pub async fn find_department(tx: &mut Tx, id: DepartmentId) -> Result<Option<Department>> {
    opt!(tx, DepartmentRow, "select id, organisation_id, name, profession from departments where id = $1", id.0)?
        .map(TryInto::try_into)
        .transpose()
}

/// The organisation's department of this name; `department` is added when there is none.
pub async fn find_or_insert_department(tx: &mut Tx, department: &Department) -> Result<DepartmentId> {
    exec!(
        tx,
        "insert into departments (id, organisation_id, name, profession) values ($1, $2, $3, $4) on conflict (organisation_id, name) do nothing",
        department.id.0,
        department.organisation.0,
        &department.name,
        department.profession.map(Profession::as_str),
    )?;
    let (id,) = one!(
        tx,
        (Uuid,),
        "select id from departments where organisation_id = $1 and name = $2",
        department.organisation.0,
        &department.name
    )?;
    Ok(DepartmentId(id))
}

/// A place where an opportunity happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Its identifier.
    pub id: SiteId,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Street and house.
    pub address: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Postcode, written the usual way.
    pub postcode: Option<String>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// How to get there.
    pub directions: Option<String>,
}

#[derive(sqlx::FromRow)]
struct SiteRow {
    id: Uuid,
    organisation_id: Uuid,
    name: String,
    address: Option<String>,
    town: Option<String>,
    postcode: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    directions: Option<String>,
}

impl From<SiteRow> for Site {
    fn from(row: SiteRow) -> Self {
        Self {
            id: SiteId(row.id),
            organisation: OrganisationId(row.organisation_id),
            name: row.name,
            address: row.address,
            town: row.town,
            postcode: row.postcode,
            latitude: row.latitude,
            longitude: row.longitude,
            directions: row.directions,
        }
    }
}

/// The site.
pub async fn find_site(tx: &mut Tx, id: SiteId) -> Result<Option<Site>> {
    let row = opt!(
        tx,
        SiteRow,
        "select id, organisation_id, name, address, town, postcode, latitude, longitude, directions from sites where id = $1",
        id.0
    )?;
    Ok(row.map(Into::into))
}

/// The organisation's site of this name and postcode; `site` is added when there is none.
pub async fn find_or_insert_site(tx: &mut Tx, site: &Site) -> Result<SiteId> {
    let found = opt!(
        tx,
        (Uuid,),
        "select id from sites where organisation_id = $1 and name = $2 and coalesce(postcode, '') = $3 order by id limit 1",
        site.organisation.0,
        &site.name,
        site.postcode.as_deref().unwrap_or_default(),
    )?;
    if let Some((id,)) = found {
        return Ok(SiteId(id));
    }
    exec!(
        tx,
        "insert into sites (id, organisation_id, name, address, town, postcode, latitude, longitude, directions) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        site.id.0,
        site.organisation.0,
        &site.name,
        &site.address,
        &site.town,
        &site.postcode,
        site.latitude,
        site.longitude,
        &site.directions,
    )?;
    Ok(site.id)
}

/// Makes these the checks that an opportunity asks of everybody who accepts: what, whether a place cannot
/// be confirmed without it, and how many days it usually takes.
pub async fn set_asked_clearances(
    tx: &mut Tx,
    opportunity: OpportunityId,
    asked: &[(impl Into<ClearanceCode> + Clone, bool, i64)],
) -> Result<()> {
    exec!(tx, "delete from asked_clearances where opportunity_id = $1", opportunity.0)?;
    for (kind, mandatory, lead_days) in asked {
        exec!(
            tx,
            "insert into asked_clearances (opportunity_id, kind, mandatory, lead_days) values ($1, $2, $3, $4)",
            opportunity.0,
            kind.clone().into().as_str(),
            mandatory,
            lead_days,
        )?;
    }
    Ok(())
}
