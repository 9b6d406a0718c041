//! Applications, what happened to them, and the facts that pages and letters need beside them.

mod about;
mod clearances;
mod decision_drafts;
mod events;
mod lists;
mod open_checks;

pub use about::{About, about_application, about_session};
pub use clearances::{
    AskedClearance, Clearance, asked_clearances, find_clearance, find_reusable, insert_clearance, list_clearances,
    save_clearance,
};
pub use decision_drafts::{delete_decision_drafts, find_decision_draft, save_decision_draft};
pub use events::{Event, insert_event, list_events};
pub use lists::{Coming, DueLists, Line, Scope, list_coming, list_due, list_lines};
pub use open_checks::{OpenCheck, list_open_checks};

use chrono::NaiveDate;
use domain::State;
use domain::application::NoReason;
use domain::clearance::ConsentStatus;
use domain::form::Answers;
use domain::ids::{AccountId, ApplicationId, OpportunityId, SessionId};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// One learner's application for one session.
#[derive(Debug, Clone, PartialEq)]
pub struct Application {
    /// Its identifier.
    pub id: ApplicationId,
    /// What people read out: "WX-7F3K-92QD".
    pub reference: String,
    /// Whose it is.
    pub learner: AccountId,
    /// For what.
    pub opportunity: OpportunityId,
    /// For which dates.
    pub session: SessionId,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_since: Moment,
    /// The answers; as typed while a draft, as sent afterwards.
    pub answers: Answers,
    /// The version of the questions.
    pub form_version: i64,
    /// The version of the advert that was answered.
    pub opportunity_version: i64,
    /// When it was begun.
    pub created_at: Moment,
    /// When it was sent.
    pub submitted_at: Option<Moment>,
    /// The day by which the provider promised to answer.
    pub decide_by: Option<NaiveDate>,
    /// The day by which the learner is asked to answer an offer.
    pub respond_by: Option<NaiveDate>,
    /// When a coordinator opened it first.
    pub viewed_at: Option<Moment>,
    /// When it became overdue.
    pub overdue_at: Option<Moment>,
    /// Why not, after a no.
    pub no_reason: Option<NoReason>,
    /// How far a parent or carer's consent is.
    pub consent: ConsentStatus,
    /// Counts changes: an older copy cannot overwrite a newer one.
    pub version: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    reference: String,
    learner_id: Uuid,
    opportunity_id: Uuid,
    session_id: Uuid,
    state: String,
    state_since: i64,
    answers: String,
    form_version: i64,
    opportunity_version: i64,
    created_at: i64,
    submitted_at: Option<i64>,
    decide_by: Option<NaiveDate>,
    respond_by: Option<NaiveDate>,
    viewed_at: Option<i64>,
    overdue_at: Option<i64>,
    no_reason: Option<String>,
    consent: String,
    version: i64,
}

impl TryFrom<Row> for Application {
    type Error = crate::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: ApplicationId(row.id),
            reference: row.reference,
            learner: AccountId(row.learner_id),
            opportunity: OpportunityId(row.opportunity_id),
            session: SessionId(row.session_id),
            state: known("state", &row.state, State::parse)?,
            state_since: Moment(row.state_since),
            answers: serde_json::from_str(&row.answers)?,
            form_version: row.form_version,
            opportunity_version: row.opportunity_version,
            created_at: Moment(row.created_at),
            submitted_at: row.submitted_at.map(Moment),
            decide_by: row.decide_by,
            respond_by: row.respond_by,
            viewed_at: row.viewed_at.map(Moment),
            overdue_at: row.overdue_at.map(Moment),
            no_reason: row.no_reason.as_deref().map(|word| known("no_reason", word, NoReason::parse)).transpose()?,
            consent: known("consent", &row.consent, ConsentStatus::parse)?,
            version: row.version,
        })
    }
}

const COLUMNS: &str = "id, reference, learner_id, opportunity_id, session_id, state, state_since, answers, form_version, opportunity_version, created_at, submitted_at, decide_by, respond_by, viewed_at, overdue_at, no_reason, consent, version";

/// Begins an application. A duplicate (see [`crate::Error::is_duplicate`]) means that the reference is
/// taken or that the learner has a live application for this session.
pub async fn insert(tx: &mut Tx, new: &Application) -> Result<()> {
    exec!(
        tx,
        "insert into applications (id, reference, learner_id, opportunity_id, session_id, state, state_since, answers, form_version, opportunity_version, created_at, consent)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        new.id.0,
        &new.reference,
        new.learner.0,
        new.opportunity.0,
        new.session.0,
        new.state.as_str(),
        new.state_since.0,
        serde_json::to_string(&new.answers)?,
        new.form_version,
        new.opportunity_version,
        new.created_at.0,
        new.consent.as_str(),
    )?;
    Ok(())
}

/// The reference of an application.
pub async fn find_reference(tx: &mut Tx, id: ApplicationId) -> Result<Option<String>> {
    let row = opt!(tx, (String,), "select reference from applications where id = $1", id.0)?;
    Ok(row.map(|(reference,)| reference))
}

/// The application with this reference.
pub async fn find(tx: &mut Tx, reference: &str) -> Result<Option<Application>> {
    let sql = format!("select {COLUMNS} from applications where reference = $1");
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), reference)?.map(Row::try_into).transpose()
}

/// The application with this reference, for changing it: its session is locked first and then itself,
/// always in this order, so that two changes cannot wait for each other.
pub async fn find_for_change(tx: &mut Tx, reference: &str) -> Result<Option<Application>> {
    let Some((session,)) = opt!(tx, (Uuid,), "select session_id from applications where reference = $1", reference)?
    else {
        return Ok(None);
    };
    lock_session(tx, SessionId(session)).await?;
    let sql = format!("select {COLUMNS} from applications where reference = $1{}", tx.for_update());
    let found: Option<Application> =
        opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), reference)?.map(Row::try_into).transpose()?;
    // It went to new dates while we waited for the old session.
    if let Some(moved) = found.as_ref().filter(|found| found.session.0 != session) {
        lock_session(tx, moved.session).await?;
    }
    Ok(found)
}

/// As [`find_for_change`], for changes that take and give back no place: filling in and sending. They wait
/// for whoever changes the session, and that one for them, but not for each other: hundreds may send their
/// applications for one session in the same minute.
pub async fn find_for_filling(tx: &mut Tx, reference: &str) -> Result<Option<Application>> {
    let sql = format!(
        "select id from sessions where id = (select session_id from applications where reference = $1){}",
        tx.for_share()
    );
    if opt!(tx, (Uuid,), sqlx::AssertSqlSafe(sql.clone()), reference)?.is_none() {
        return Ok(None);
    }
    let sql = format!("select {COLUMNS} from applications where reference = $1{}", tx.for_update());
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), reference)?.map(Row::try_into).transpose()
}

/// Keeps other writers off a session's places until the end of the transaction.
pub async fn lock_session(tx: &mut Tx, session: SessionId) -> Result<()> {
    let sql = format!("select id from sessions where id = $1{}", tx.for_update());
    opt!(tx, (Uuid,), sqlx::AssertSqlSafe(sql.clone()), session.0)?;
    Ok(())
}

/// The learner's live application for a session, if there is one.
pub async fn find_live(tx: &mut Tx, learner: AccountId, session: SessionId) -> Result<Option<Application>> {
    let sql = format!(
        "select {COLUMNS} from applications where learner_id = $1 and session_id = $2
         and state in ('draft', 'submitted', 'under_review', 'waitlisted', 'offered', 'accepted', 'confirmed')"
    );
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), learner.0, session.0)?.map(Row::try_into).transpose()
}

/// Everything a learner applied for, newest first.
pub async fn list_of_learner(tx: &mut Tx, learner: AccountId) -> Result<Vec<Application>> {
    let sql = format!("select {COLUMNS} from applications where learner_id = $1 order by created_at desc, id desc");
    all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), learner.0)?.into_iter().map(Row::try_into).collect()
}

/// Everything that was begun or sent for a session, by time of beginning.
pub async fn list_of_session(tx: &mut Tx, session: SessionId) -> Result<Vec<Application>> {
    let sql = format!("select {COLUMNS} from applications where session_id = $1 order by created_at, id");
    all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), session.0)?.into_iter().map(Row::try_into).collect()
}

/// The application with this identifier.
pub async fn find_by_id(tx: &mut Tx, id: ApplicationId) -> Result<Option<Application>> {
    let sql = format!("select {COLUMNS} from applications where id = $1");
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), id.0)?.map(Row::try_into).transpose()
}

/// Puts an application under another session of its opportunity. Places are held and released beside it.
pub async fn change_session(tx: &mut Tx, id: ApplicationId, to: SessionId) -> Result<()> {
    exec!(tx, "update applications set session_id = $1 where id = $2", to.0, id.0)?;
    Ok(())
}

/// Saves a changed application, if it is still the version that was read. Whether it was.
pub async fn save(tx: &mut Tx, changed: &Application) -> Result<bool> {
    let rows = exec!(
        tx,
        "update applications set state = $1, state_since = $2, answers = $3, submitted_at = $4, decide_by = $5, respond_by = $6, viewed_at = $7,
         overdue_at = $8, no_reason = $9, consent = $10, form_version = $11, opportunity_version = $12, version = version + 1 where id = $13 and version = $14",
        changed.state.as_str(),
        changed.state_since.0,
        serde_json::to_string(&changed.answers)?,
        changed.submitted_at.map(|at| at.0),
        changed.decide_by,
        changed.respond_by,
        changed.viewed_at.map(|at| at.0),
        changed.overdue_at.map(|at| at.0),
        changed.no_reason.map(NoReason::as_str),
        changed.consent.as_str(),
        changed.form_version,
        changed.opportunity_version,
        changed.id.0,
        changed.version,
    )?;
    Ok(rows == 1)
}

/// A place that a learner has taken on some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The application.
    pub reference: String,
    /// What it is.
    pub title: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
}

impl Taken {
    /// "A week with Pharmacy, 24 to 28 May 2027".
    #[must_use]
    pub fn in_words(&self) -> String {
        format!("{}, {}", self.title, domain::words::date_range(self.starts_on, self.ends_on))
    }
}

/// The places that a learner has taken and that overlap these days, earliest first: they cannot be in two
/// places at once.
pub async fn overlapping_places(
    tx: &mut Tx,
    learner: AccountId,
    except: ApplicationId,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
) -> Result<Vec<Taken>> {
    let rows = all!(
        tx,
        (String, String, NaiveDate, NaiveDate),
        "select a.reference, o.title, s.starts_on, s.ends_on from applications a join sessions s on s.id = a.session_id join opportunities o on o.id = a.opportunity_id
         where a.learner_id = $1 and a.id <> $2 and a.state in ('accepted', 'confirmed') and s.starts_on <= $3 and s.ends_on >= $4 order by s.starts_on",
        learner.0,
        except.0,
        ends_on,
        starts_on,
    )?;
    Ok(rows
        .into_iter()
        .map(|(reference, title, starts_on, ends_on)| Taken { reference, title, starts_on, ends_on })
        .collect())
}
