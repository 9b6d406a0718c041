//! Clearances beside an accepted application.

use chrono::NaiveDate;
use domain::clearance::{ClearanceKind, ClearanceStatus};
use domain::ids::{AccountId, ApplicationId, ClearanceId, OpportunityId};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// One check of one applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clearance {
    /// Its identifier.
    pub id: ClearanceId,
    /// What is checked.
    pub kind: ClearanceKind,
    /// Whether the place waits for it.
    pub mandatory: bool,
    /// How far it is.
    pub status: ClearanceStatus,
    /// When it was asked for.
    pub requested_on: NaiveDate,
    /// By when it has to be settled.
    pub due_on: NaiveDate,
    /// Why it is not needed, when it was waived.
    pub waived_because: String,
    /// When somebody last said how far it is, and who.
    pub settled: Option<(Moment, AccountId)>,
}

/// What an opportunity asks of everybody who accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedClearance {
    /// What is checked.
    pub kind: ClearanceKind,
    /// Whether the place waits for it.
    pub mandatory: bool,
    /// How many days it usually takes.
    pub lead_days: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    mandatory: bool,
    status: String,
    requested_on: NaiveDate,
    due_on: NaiveDate,
    waived_because: String,
    settled_at: Option<i64>,
    settled_by: Option<Uuid>,
}

/// The checks that an opportunity asks for.
pub async fn asked_clearances(tx: &mut Tx, opportunity: OpportunityId) -> Result<Vec<AskedClearance>> {
    let rows = all!(
        tx,
        (String, bool, i64),
        "select kind, mandatory, lead_days from asked_clearances where opportunity_id = $1 order by kind",
        opportunity.0
    )?;
    rows.into_iter()
        .map(|(kind, mandatory, lead_days)| {
            Ok(AskedClearance { kind: known("clearance", &kind, ClearanceKind::parse)?, mandatory, lead_days })
        })
        .collect()
}

/// Opens a check, unless this application has one of its kind already.
pub async fn insert_clearance(tx: &mut Tx, application: ApplicationId, clearance: &Clearance) -> Result<()> {
    exec!(
        tx,
        "insert into clearances (id, application_id, kind, mandatory, status, requested_on, due_on) values ($1, $2, $3, $4, $5, $6, $7) on conflict (application_id, kind) do nothing",
        clearance.id.0,
        application.0,
        clearance.kind.as_str(),
        clearance.mandatory,
        clearance.status.as_str(),
        clearance.requested_on,
        clearance.due_on,
    )?;
    Ok(())
}

/// The checks of an application.
pub async fn list_clearances(tx: &mut Tx, application: ApplicationId) -> Result<Vec<Clearance>> {
    let rows = all!(
        tx,
        Row,
        "select id, kind, mandatory, status, requested_on, due_on, waived_because, settled_at, settled_by from clearances where application_id = $1 order by due_on, kind",
        application.0,
    )?;
    rows.into_iter()
        .map(|row| {
            Ok(Clearance {
                id: ClearanceId(row.id),
                kind: known("clearance", &row.kind, ClearanceKind::parse)?,
                mandatory: row.mandatory,
                status: known("clearance status", &row.status, ClearanceStatus::parse)?,
                requested_on: row.requested_on,
                due_on: row.due_on,
                waived_because: row.waived_because,
                settled: row.settled_at.zip(row.settled_by).map(|(at, by)| (Moment(at), AccountId(by))),
            })
        })
        .collect()
}

/// Says how far a check is, and who says so. Whether it exists.
pub async fn settle_clearance(
    tx: &mut Tx,
    application: ApplicationId,
    kind: ClearanceKind,
    status: ClearanceStatus,
    at: Moment,
    by: AccountId,
    because: &str,
) -> Result<bool> {
    let rows = exec!(
        tx,
        "update clearances set status = $1, settled_at = $2, settled_by = $3, waived_because = $4 where application_id = $5 and kind = $6",
        status.as_str(),
        at.0,
        by.0,
        because,
        application.0,
        kind.as_str(),
    )?;
    Ok(rows == 1)
}
