//! Lists of applications: a provider's queue, a learner's own, an adviser's learners, and what is due.

use chrono::NaiveDate;
use domain::State;
use domain::clearance::ConsentStatus;
use domain::ids::{AccountId, ApplicationId, OrganisationId, SessionId};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// One application as a line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Reference.
    pub reference: String,
    /// Whose.
    pub learner: AccountId,
    /// Their name.
    pub name: String,
    /// For what.
    pub title: String,
    /// The provider's name.
    pub organisation_name: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_since: Moment,
    /// When it was sent.
    pub submitted_at: Option<Moment>,
    /// By when the provider promised to answer.
    pub decide_by: Option<NaiveDate>,
    /// By when the learner is asked to answer.
    pub respond_by: Option<NaiveDate>,
    /// Whether the promise was broken.
    pub overdue: bool,
    /// Consent.
    pub consent: ConsentStatus,
    /// Mandatory checks that are not settled.
    pub checks_open: i64,
    /// Whether one of them is due after the first day, or its due day has passed.
    pub checks_late: i64,
    /// Whether the provider cancelled the dates.
    pub cancelled: bool,
    /// Messages about it that could not be delivered, and that nobody has told the person about.
    pub not_reached: i64,
}

/// Whose applications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything sent to a provider.
    Provider(OrganisationId),
    /// A learner's own.
    Learner(AccountId),
    /// Those of learners who agreed that this school's advisers may see them.
    School(OrganisationId),
    /// Everything sent for one session.
    Session(SessionId),
}

#[derive(sqlx::FromRow)]
struct Row {
    reference: String,
    learner_id: Uuid,
    name: String,
    title: String,
    organisation_name: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    state: String,
    state_since: i64,
    submitted_at: Option<i64>,
    decide_by: Option<NaiveDate>,
    respond_by: Option<NaiveDate>,
    overdue_at: Option<i64>,
    consent: String,
    checks_open: i64,
    checks_late: i64,
    not_reached: i64,
    cancelled: bool,
}

impl TryFrom<Row> for Line {
    type Error = crate::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            reference: row.reference,
            learner: AccountId(row.learner_id),
            name: row.name,
            title: row.title,
            organisation_name: row.organisation_name,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            state: known("state", &row.state, State::parse)?,
            state_since: Moment(row.state_since),
            submitted_at: row.submitted_at.map(Moment),
            decide_by: row.decide_by,
            respond_by: row.respond_by,
            overdue: row.overdue_at.is_some(),
            consent: known("consent", &row.consent, ConsentStatus::parse)?,
            checks_open: row.checks_open,
            checks_late: row.checks_late,
            cancelled: row.cancelled,
            not_reached: row.not_reached,
        })
    }
}

/// The applications in scope, those that wait longest first. A provider and an adviser see nothing that
/// was not sent.
pub async fn list_lines(tx: &mut Tx, scope: Scope, today: NaiveDate) -> Result<Vec<Line>> {
    let (filter, id) = match scope {
        Scope::Provider(id) => ("o.organisation_id = $2 and a.submitted_at is not null and a.erased_at is null", id.0),
        Scope::Learner(id) => ("a.learner_id = $2", id.0),
        Scope::Session(id) => ("a.session_id = $2 and a.submitted_at is not null", id.0),
        Scope::School(id) => (
            "a.submitted_at is not null and a.erased_at is null and a.learner_id in (select l.learner_id from adviser_links l where l.school_id = $2 and l.ended_at is null)",
            id.0,
        ),
    };
    let sql = format!(
        "select a.reference, a.learner_id, p.name, o.title, g.name as organisation_name, s.starts_on, s.ends_on, a.state, a.state_since, a.submitted_at,
                a.decide_by, a.respond_by, a.overdue_at, a.consent, (s.cancelled_at is not null) as cancelled,
                (select count(*) from clearances c where c.application_id = a.id and c.mandatory and c.status in ('requested', 'not_met')) as checks_open,
                (select count(*) from clearances c where c.application_id = a.id and c.mandatory
                     and (c.status = 'requested' and (c.due_on > s.starts_on or c.due_on < $1) or c.status = 'met' and c.valid_until < s.ends_on)) as checks_late,
                (select count(*) from messages m where m.application_id = a.id and m.status = 'failed' and m.told_at is null) as not_reached
         from applications a join sessions s on s.id = a.session_id join opportunities o on o.id = a.opportunity_id
              join organisations g on g.id = o.organisation_id join accounts p on p.id = a.learner_id
         where {filter} order by a.submitted_at, a.created_at, a.id"
    );
    all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), today, id)?.into_iter().map(Row::try_into).collect()
}

/// Somebody whose place is confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// The application.
    pub id: ApplicationId,
    /// Its reference.
    pub reference: String,
    /// When the place was confirmed.
    pub confirmed_at: Moment,
    /// First day.
    pub starts_on: NaiveDate,
}

/// Everybody with a confirmed place on dates that begin in these days and are not cancelled.
pub async fn list_coming(tx: &mut Tx, from: NaiveDate, to: NaiveDate) -> Result<Vec<Coming>> {
    let rows = all!(
        tx,
        (Uuid, String, i64, NaiveDate),
        "select a.id, a.reference, a.state_since, s.starts_on from applications a join sessions s on s.id = a.session_id
         where a.state = 'confirmed' and s.starts_on >= $1 and s.starts_on <= $2 and s.cancelled_at is null order by s.starts_on, a.id",
        from,
        to
    )?;
    Ok(rows
        .into_iter()
        .map(|(id, reference, at, starts_on)| Coming {
            id: ApplicationId(id),
            reference,
            confirmed_at: Moment(at),
            starts_on,
        })
        .collect())
}

/// References of what the clock has to see to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DueLists {
    /// Drafts whose closing date has passed.
    pub drafts_closed: Vec<String>,
    /// Drafts that close in at most three days.
    pub drafts_closing: Vec<String>,
    /// Offers whose respond-by date has passed.
    pub offers_over: Vec<String>,
    /// Offers to be answered by the given day or before.
    pub offers_nudged: Vec<String>,
    /// Undecided, and the session begins today or has begun, or was cancelled.
    pub undecided_over: Vec<String>,
    /// Accepted, and the session begins today or has begun without everything being in place.
    pub unready_over: Vec<String>,
    /// Past their decide-by date, and not flagged yet.
    pub overdue: Vec<String>,
    /// To be decided by the given day or before.
    pub decide_soon: Vec<String>,
}

/// What is due on this day. `nudge_by`: offers to be answered by then get a nudge; `remind_by`: undecided
/// applications promised by then are pointed out to the provider.
pub async fn list_due(tx: &mut Tx, today: NaiveDate, nudge_by: NaiveDate, remind_by: NaiveDate) -> Result<DueLists> {
    let closing = today + chrono::Days::new(3);
    let list = |rows: Vec<(String,)>| rows.into_iter().map(|(reference,)| reference).collect();
    Ok(DueLists {
        drafts_closed: list(all!(
            tx,
            (String,),
            "select a.reference from applications a join sessions s on s.id = a.session_id where a.state = 'draft' and (s.closes_on < $1 or s.cancelled_at is not null) order by a.id",
            today
        )?),
        drafts_closing: list(all!(
            tx,
            (String,),
            "select a.reference from applications a join sessions s on s.id = a.session_id where a.state = 'draft' and s.closes_on >= $1 and s.closes_on <= $2 order by a.id",
            today,
            closing
        )?),
        offers_over: list(all!(
            tx,
            (String,),
            "select reference from applications where state = 'offered' and respond_by < $1 order by id",
            today
        )?),
        offers_nudged: list(all!(
            tx,
            (String,),
            "select reference from applications where state = 'offered' and respond_by >= $1 and respond_by <= $2 order by id",
            today,
            nudge_by
        )?),
        undecided_over: list(all!(
            tx,
            (String,),
            "select a.reference from applications a join sessions s on s.id = a.session_id where a.state in ('submitted', 'under_review', 'waitlisted') and (s.starts_on <= $1 or s.cancelled_at is not null) order by a.id",
            today
        )?),
        unready_over: list(all!(
            tx,
            (String,),
            "select a.reference from applications a join sessions s on s.id = a.session_id where a.state = 'accepted' and s.starts_on <= $1 and s.cancelled_at is null order by a.id",
            today
        )?),
        overdue: list(all!(
            tx,
            (String,),
            "select reference from applications where state in ('submitted', 'under_review') and decide_by < $1 and overdue_at is null order by id",
            today
        )?),
        decide_soon: list(all!(
            tx,
            (String,),
            "select reference from applications where state in ('submitted', 'under_review') and decide_by >= $1 and decide_by <= $2 order by id",
            today,
            remind_by
        )?),
    })
}
