//! An organisation's types of clearances: the usual four as it changed them, and its own.

use domain::clearance::{ClearanceCode, ClearanceKind, ClearanceType, Evidence, Owner};
use domain::ids::{AccountId, OrganisationId};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Error, Result, Tx};

/// The columns of [`TypeRow`], for the table under the name `t`, which may have no row.
pub(crate) const COLUMNS: &str = "t.code as type_code, t.name as type_name, t.explanation as type_explanation, t.lead_days as type_lead_days, t.owner_id, t.owner_name, t.owner_email, t.evidence, t.valid_months, t.mandatory as type_mandatory, t.health, t.retired_at";

/// A type as it is stored, or nothing where the organisation left a usual one as it was.
#[derive(sqlx::FromRow)]
pub(crate) struct TypeRow {
    type_code: Option<String>,
    type_name: Option<String>,
    type_explanation: Option<String>,
    type_lead_days: Option<i64>,
    owner_id: Option<Uuid>,
    owner_name: Option<String>,
    owner_email: Option<String>,
    evidence: Option<String>,
    valid_months: Option<i64>,
    type_mandatory: Option<bool>,
    health: Option<bool>,
    retired_at: Option<i64>,
}

impl TypeRow {
    /// The type of this code: what is stored, else the usual one.
    pub(crate) fn into_type(self, code: &str) -> Result<ClearanceType> {
        let unknown = || Error::Unknown { what: "clearance", value: code.to_owned() };
        let code = ClearanceCode::parse(code).ok_or_else(unknown)?;
        let Some(stored) = self.type_code else {
            return ClearanceType::usual_by_code(&code).ok_or_else(unknown);
        };
        debug_assert_eq!(stored, code.as_str());
        Ok(ClearanceType {
            code,
            name: self.type_name.unwrap_or_default(),
            explanation: self.type_explanation.unwrap_or_default(),
            lead_days: self.type_lead_days.unwrap_or_default(),
            owner: Owner {
                account: self.owner_id.map(AccountId),
                name: self.owner_name.unwrap_or_default(),
                email: self.owner_email.unwrap_or_default(),
            },
            evidence: known("evidence", self.evidence.as_deref().unwrap_or_default(), Evidence::parse)?,
            valid_months: self.valid_months.and_then(|months| u32::try_from(months).ok()),
            mandatory: self.type_mandatory.unwrap_or_default(),
            health: self.health.unwrap_or_default(),
            retired_at: self.retired_at.map(Moment),
        })
    }
}

/// The organisation's types: the usual ones first, then its own in the order of their names; those that
/// were retired too.
pub async fn list(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<ClearanceType>> {
    let sql = format!("select {COLUMNS} from clearance_types t where t.organisation_id = $1 order by t.name, t.code");
    let rows = all!(tx, TypeRow, sqlx::AssertSqlSafe(sql.clone()), organisation.0)?;
    let mut stored = Vec::with_capacity(rows.len());
    for row in rows {
        let code = row.type_code.clone().unwrap_or_default();
        stored.push(row.into_type(&code)?);
    }
    let mut types = Vec::with_capacity(ClearanceKind::ALL.len() + stored.len());
    for kind in ClearanceKind::ALL {
        let changed = stored.iter().position(|one| one.code == *kind).map(|at| stored.remove(at));
        types.push(changed.unwrap_or_else(|| ClearanceType::usual(*kind)));
    }
    types.extend(stored);
    Ok(types)
}

/// The organisation's type of this code.
pub async fn find(tx: &mut Tx, organisation: OrganisationId, code: &ClearanceCode) -> Result<Option<ClearanceType>> {
    let sql = format!("select {COLUMNS} from clearance_types t where t.organisation_id = $1 and t.code = $2");
    match opt!(tx, TypeRow, sqlx::AssertSqlSafe(sql.clone()), organisation.0, code.as_str())? {
        Some(row) => Ok(Some(row.into_type(code.as_str())?)),
        None => Ok(ClearanceType::usual_by_code(code)),
    }
}

/// Adds the type, or changes it. How long it takes is said of every opportunity that asks for it.
pub async fn save(tx: &mut Tx, organisation: OrganisationId, saved: &ClearanceType) -> Result<()> {
    exec!(
        tx,
        "insert into clearance_types (organisation_id, code, name, explanation, lead_days, owner_id, owner_name, owner_email, evidence, valid_months, mandatory, health, retired_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (organisation_id, code) do update set name = excluded.name, explanation = excluded.explanation, lead_days = excluded.lead_days,
             owner_id = excluded.owner_id, owner_name = excluded.owner_name, owner_email = excluded.owner_email, evidence = excluded.evidence,
             valid_months = excluded.valid_months, mandatory = excluded.mandatory, health = excluded.health, retired_at = excluded.retired_at",
        organisation.0,
        saved.code.as_str(),
        &saved.name,
        &saved.explanation,
        saved.lead_days,
        saved.owner.account.map(|account| account.0),
        &saved.owner.name,
        &saved.owner.email,
        saved.evidence.as_str(),
        saved.valid_months.map(i64::from),
        saved.mandatory,
        saved.health,
        saved.retired_at.map(|at| at.0),
    )?;
    exec!(
        tx,
        "update asked_clearances set lead_days = $1 where kind = $2 and opportunity_id in (select id from opportunities where organisation_id = $3)",
        saved.lead_days,
        saved.code.as_str(),
        organisation.0,
    )?;
    Ok(())
}
