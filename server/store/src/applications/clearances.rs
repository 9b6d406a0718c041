//! Clearances beside an accepted application.

use chrono::NaiveDate;
use domain::clearance::{ClearanceCode, ClearanceStatus, ClearanceType, Risk, risk};
use domain::ids::{AccountId, ApplicationId, ClearanceId, OpportunityId};
use domain::time::Moment;
use uuid::Uuid;

use crate::clearance_types::{COLUMNS, TypeRow};
use crate::dialect::known;
use crate::{Result, Tx};

/// One check of one applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clearance {
    /// Its identifier.
    pub id: ClearanceId,
    /// What is checked, as the provider describes it now.
    pub what: ClearanceType,
    /// Whether the place waits for it.
    pub mandatory: bool,
    /// How far it is.
    pub status: ClearanceStatus,
    /// When it was asked for.
    pub requested_on: NaiveDate,
    /// How many days it usually takes, as was said when it was asked for.
    pub lead_days: i64,
    /// By when it has to be settled.
    pub due_on: NaiveDate,
    /// Why it is not needed, when it was waived.
    pub waived_because: String,
    /// When somebody last said how far it is, and who.
    pub settled: Option<(Moment, AccountId)>,
    /// The day on which somebody saw the evidence.
    pub seen_on: Option<NaiveDate>,
    /// The last day on which it holds and can be used again.
    pub valid_until: Option<NaiveDate>,
    /// The earlier application whose finished check this is.
    pub reused_from: Option<ApplicationId>,
}

impl Clearance {
    /// A check that is asked for today.
    #[must_use]
    pub fn requested(
        id: ClearanceId,
        what: ClearanceType,
        mandatory: bool,
        requested_on: NaiveDate,
        due_on: NaiveDate,
    ) -> Self {
        Self {
            id,
            lead_days: what.lead_days,
            what,
            mandatory,
            status: ClearanceStatus::Requested,
            requested_on,
            due_on,
            waived_because: String::new(),
            settled: None,
            seen_on: None,
            valid_until: None,
            reused_from: None,
        }
    }
    /// The word by which its type is known.
    #[must_use]
    pub fn code(&self) -> &ClearanceCode {
        &self.what.code
    }
    /// What people read.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.what.name
    }
    /// How far it is for a placement that ends on this day: one that runs out before is not done.
    #[must_use]
    pub fn standing(&self, ends_on: NaiveDate) -> ClearanceStatus {
        let runs_out = self.valid_until.is_some_and(|until| until < ends_on);
        if self.status == ClearanceStatus::Met && runs_out { ClearanceStatus::Requested } else { self.status }
    }
    /// Whether it is at risk today, and why, for a session of these days.
    #[must_use]
    pub fn risk(&self, today: NaiveDate, starts_on: NaiveDate, ends_on: NaiveDate) -> Option<Risk> {
        risk(self.status, self.due_on, self.valid_until, today, starts_on, ends_on)
    }
}

/// What an opportunity asks of everybody who accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedClearance {
    /// What is checked.
    pub what: ClearanceType,
    /// Whether the place waits for it.
    pub mandatory: bool,
    /// How many days it usually takes.
    pub lead_days: i64,
}

#[derive(sqlx::FromRow)]
pub(super) struct Row {
    id: Uuid,
    kind: String,
    asked_mandatory: bool,
    status: String,
    requested_on: NaiveDate,
    asked_lead_days: i64,
    due_on: NaiveDate,
    waived_because: String,
    settled_at: Option<i64>,
    settled_by: Option<Uuid>,
    seen_on: Option<NaiveDate>,
    valid_until: Option<NaiveDate>,
    reused_from: Option<Uuid>,
    #[sqlx(flatten)]
    what: TypeRow,
}

impl TryFrom<Row> for Clearance {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: ClearanceId(row.id),
            what: row.what.into_type(&row.kind)?,
            mandatory: row.asked_mandatory,
            status: known("clearance status", &row.status, ClearanceStatus::parse)?,
            requested_on: row.requested_on,
            lead_days: row.asked_lead_days,
            due_on: row.due_on,
            waived_because: row.waived_because,
            settled: row.settled_at.zip(row.settled_by).map(|(at, by)| (Moment(at), AccountId(by))),
            seen_on: row.seen_on,
            valid_until: row.valid_until,
            reused_from: row.reused_from.map(ApplicationId),
        })
    }
}

#[derive(sqlx::FromRow)]
struct AskedRow {
    kind: String,
    asked_mandatory: bool,
    asked_lead_days: i64,
    #[sqlx(flatten)]
    what: TypeRow,
}

/// The checks that an opportunity asks for, in the order of their codes. One whose type was retired since
/// is no longer among them.
pub async fn asked_clearances(tx: &mut Tx, opportunity: OpportunityId) -> Result<Vec<AskedClearance>> {
    let sql = format!(
        "select k.kind, k.mandatory as asked_mandatory, k.lead_days as asked_lead_days, {COLUMNS}
         from asked_clearances k join opportunities o on o.id = k.opportunity_id
              left join clearance_types t on t.organisation_id = o.organisation_id and t.code = k.kind
         where k.opportunity_id = $1 and t.retired_at is null order by k.kind"
    );
    all!(tx, AskedRow, sqlx::AssertSqlSafe(sql.clone()), opportunity.0)?
        .into_iter()
        .map(|row| {
            Ok(AskedClearance {
                what: row.what.into_type(&row.kind)?,
                mandatory: row.asked_mandatory,
                lead_days: row.asked_lead_days,
            })
        })
        .collect()
}

/// Opens a check, unless this application has one of its type already.
pub async fn insert_clearance(tx: &mut Tx, application: ApplicationId, clearance: &Clearance) -> Result<()> {
    exec!(
        tx,
        "insert into clearances (id, application_id, kind, mandatory, status, requested_on, lead_days, due_on, settled_at, settled_by, seen_on, valid_until, reused_from)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (application_id, kind) do nothing",
        clearance.id.0,
        application.0,
        clearance.code().as_str(),
        clearance.mandatory,
        clearance.status.as_str(),
        clearance.requested_on,
        clearance.lead_days,
        clearance.due_on,
        clearance.settled.map(|(at, _)| at.0),
        clearance.settled.map(|(_, by)| by.0),
        clearance.seen_on,
        clearance.valid_until,
        clearance.reused_from.map(|from| from.0),
    )?;
    Ok(())
}

pub(super) const SELECT: &str = "select c.id, c.kind, c.mandatory as asked_mandatory, c.status, c.requested_on, c.lead_days as asked_lead_days, c.due_on, c.waived_because,
         c.settled_at, c.settled_by, c.seen_on, c.valid_until, c.reused_from";
pub(super) const FROM: &str =
    "from clearances c join applications a on a.id = c.application_id join opportunities o on o.id = a.opportunity_id
              left join clearance_types t on t.organisation_id = o.organisation_id and t.code = c.kind";

/// The checks of an application, those due first before the others.
pub async fn list_clearances(tx: &mut Tx, application: ApplicationId) -> Result<Vec<Clearance>> {
    let sql = format!("{SELECT}, {COLUMNS} {FROM} where c.application_id = $1 order by c.due_on, c.kind");
    all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), application.0)?.into_iter().map(TryInto::try_into).collect()
}

/// The application's check of this type.
pub async fn find_clearance(
    tx: &mut Tx,
    application: ApplicationId,
    code: &ClearanceCode,
) -> Result<Option<Clearance>> {
    let sql = format!("{SELECT}, {COLUMNS} {FROM} where c.application_id = $1 and c.kind = $2");
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), application.0, code.as_str())?.map(TryInto::try_into).transpose()
}

/// A finished check of this type that the same learner has at the same provider and that holds until this
/// day or longer: the one that holds longest.
pub async fn find_reusable(
    tx: &mut Tx,
    application: &super::Application,
    code: &ClearanceCode,
    until: NaiveDate,
) -> Result<Option<(ApplicationId, Clearance)>> {
    #[derive(sqlx::FromRow)]
    struct Found {
        application_id: Uuid,
        #[sqlx(flatten)]
        row: Row,
    }
    let sql = format!(
        "{SELECT}, c.application_id, {COLUMNS} {FROM}
         where a.learner_id = $1 and a.id <> $2 and c.kind = $3 and c.status = 'met' and c.valid_until >= $4
           and o.organisation_id = (select n.organisation_id from opportunities n where n.id = $5)
         order by c.valid_until desc, c.id limit 1"
    );
    let found = opt!(
        tx,
        Found,
        sqlx::AssertSqlSafe(sql.clone()),
        application.learner.0,
        application.id.0,
        code.as_str(),
        until,
        application.opportunity.0
    )?;
    found.map(|found| Ok((ApplicationId(found.application_id), found.row.try_into()?))).transpose()
}

/// Keeps how far a check is, with everything that belongs to it. Whether it exists.
pub async fn save_clearance(tx: &mut Tx, clearance: &Clearance) -> Result<bool> {
    let rows = exec!(
        tx,
        "update clearances set status = $1, requested_on = $2, due_on = $3, waived_because = $4, settled_at = $5, settled_by = $6, seen_on = $7, valid_until = $8, reused_from = $9 where id = $10",
        clearance.status.as_str(),
        clearance.requested_on,
        clearance.due_on,
        &clearance.waived_because,
        clearance.settled.map(|(at, _)| at.0),
        clearance.settled.map(|(_, by)| by.0),
        clearance.seen_on,
        clearance.valid_until,
        clearance.reused_from.map(|from| from.0),
        clearance.id.0,
    )?;
    Ok(rows == 1)
}
