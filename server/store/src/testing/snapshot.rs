//! What the database says about applications, in plain rows: so that a test can judge it by rules of its own,
//! without the code that wrote it.

use chrono::NaiveDate;
use sqlx::FromRow;
use uuid::Uuid;

use crate::Db;

/// A session.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Run {
    /// Its identifier.
    pub id: Uuid,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Last day for applications.
    pub closes_on: NaiveDate,
    /// How many can come.
    pub capacity: i64,
    /// How many of these places are reserved.
    pub reserved: i64,
    /// Those of them that are for learners with a priority.
    pub reserved_priority: i64,
    /// Places held of these.
    pub held_priority: i64,
    /// Places held, as the counter says.
    pub held: i64,
    /// When it was cancelled.
    pub cancelled_at: Option<i64>,
}

/// An application.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Applied {
    /// Its identifier.
    pub id: Uuid,
    /// Its reference.
    pub reference: String,
    /// Whose.
    pub learner_id: Uuid,
    /// Their address.
    pub email: String,
    /// Their date of birth.
    pub born: NaiveDate,
    /// For which session.
    pub session_id: Uuid,
    /// Where it stands.
    pub state: String,
    /// How far consent is.
    pub consent: String,
    /// When it was sent.
    pub submitted_at: Option<i64>,
    /// By when an answer was promised.
    pub decide_by: Option<NaiveDate>,
    /// By when the learner answers.
    pub respond_by: Option<NaiveDate>,
    /// When it became overdue.
    pub overdue_at: Option<i64>,
    /// How many advisers state that its learner meets a priority.
    pub evidence: i64,
    /// How many cancelled places put its learner first.
    pub rebook: i64,
    /// How often it changed.
    pub version: i64,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Happened {
    /// Of which application.
    pub application_id: Uuid,
    /// Its number there.
    pub number: i64,
    /// When.
    pub at: i64,
    /// What.
    pub action: String,
    /// From where.
    pub from_state: String,
    /// To where.
    pub to_state: String,
    /// By whom.
    pub role: String,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Letter {
    /// Against doubles.
    pub key: String,
    /// "email" or "text".
    pub channel: String,
    /// To whom.
    pub recipient: String,
    /// Which letter.
    pub template: String,
    /// About which application.
    pub application_id: Option<Uuid>,
    /// When it was decided on.
    pub created_at: i64,
    /// Queued, sent, failed or superseded.
    pub status: String,
    /// What it says.
    pub body_text: String,
}

/// A clearance.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Check {
    /// Of which application.
    pub application_id: Uuid,
    /// Which check.
    pub kind: String,
    /// Whether the place needs it.
    pub mandatory: bool,
    /// How far it is.
    pub status: String,
}

/// All of it, at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Sessions.
    pub runs: Vec<Run>,
    /// Applications.
    pub applications: Vec<Applied>,
    /// Events, each application's in order.
    pub events: Vec<Happened>,
    /// Messages, in the order in which they were decided on.
    pub letters: Vec<Letter>,
    /// What the audit trail says was done to applications: which, what, when.
    pub audited: Vec<(String, String, i64)>,
    /// Clearances.
    pub checks: Vec<Check>,
    /// The ledger of places: session, application, kind, change.
    pub ledger: Vec<(Uuid, Option<Uuid>, String, i64)>,
}

impl Snapshot {
    /// Reads it, in one transaction.
    ///
    /// # Panics
    /// When the database does not answer: the test has failed then.
    #[expect(clippy::unwrap_used, reason = "only tests call this")]
    pub async fn take(db: &Db) -> Self {
        let tx = &mut db.read().await.unwrap();
        Self {
            runs: all!(
                tx,
                Run,
                "select id, starts_on, ends_on, closes_on, capacity, reserved_priority + reserved_school as reserved, reserved_priority, held_priority, held, cancelled_at
                 from sessions order by id"
            )
            .unwrap(),
            applications: all!(
                tx,
                Applied,
                "select a.id, a.reference, a.learner_id, p.email, l.date_of_birth as born, a.session_id, a.state, a.consent, a.submitted_at,
                        a.decide_by, a.respond_by, a.overdue_at, a.version,
                        (select cast(count(*) as bigint) from evidence_statements e where e.learner_id = a.learner_id and e.ended_at is null) as evidence,
                        (select cast(count(*) as bigint) from rebook_priorities r where r.learner_id = a.learner_id and r.used_at is null) as rebook
                 from applications a join accounts p on p.id = a.learner_id join learners l on l.account_id = a.learner_id order by a.id"
            )
            .unwrap(),
            events: all!(
                tx,
                Happened,
                "select application_id, number, at, action, from_state, to_state, role from application_events order by application_id, number"
            )
            .unwrap(),
            letters: all!(
                tx,
                Letter,
                "select key, channel, recipient, template, application_id, created_at, status, body_text from messages order by created_at, id"
            )
            .unwrap(),
            audited: all!(
                tx,
                (String, String, i64),
                "select subject_id, action, at from audit where subject_kind = 'application' order by at, id"
            )
            .unwrap(),
            checks: all!(
                tx,
                Check,
                "select application_id, kind, mandatory, status from clearances order by application_id, kind"
            )
            .unwrap(),
            ledger: all!(
                tx,
                (Uuid, Option<Uuid>, String, i64),
                "select session_id, application_id, kind, change from place_ledger order by session_id, number"
            )
            .unwrap(),
        }
    }
}
