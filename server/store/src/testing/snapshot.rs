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
    /// As what somebody did it.
    pub role: String,
    /// Who, where it was somebody with an account.
    pub actor_id: Option<Uuid>,
}

/// A line of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, FromRow)]
pub struct Audited {
    /// "application", "account" or "session".
    pub subject_kind: String,
    /// Which.
    pub subject_id: String,
    /// What was done.
    pub action: String,
    /// When.
    pub at: i64,
    /// As what somebody did it.
    pub role: String,
    /// Who.
    pub actor_id: Option<Uuid>,
}

/// What was recorded of one day of one application, the last word of that day or an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Recorded {
    /// Of which application.
    pub application_id: Uuid,
    /// Which day.
    pub day: NaiveDate,
    /// The how manieth word about it.
    pub number: i64,
    /// What; `None` when it was taken back.
    pub mark: Option<String>,
    /// By whom.
    pub recorded_by: Option<Uuid>,
    /// As what.
    pub role: String,
    /// When.
    pub recorded_at: i64,
    /// Why it was changed.
    pub reason: String,
}

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Certified {
    /// Of which application.
    pub application_id: Uuid,
    /// When it was issued.
    pub issued_at: i64,
    /// What it says.
    pub record: String,
    /// Whether it counts.
    pub standing: String,
    /// When it ended.
    pub ended_at: Option<i64>,
}

/// What a learner said of their days.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Questioned {
    /// Of which application.
    pub application_id: Uuid,
    /// When.
    pub said_at: i64,
    /// When it was answered.
    pub answered_at: Option<i64>,
}

/// New dates that were proposed.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct NewDates {
    /// Which proposal.
    pub id: Uuid,
    /// For which session.
    pub old_session_id: Uuid,
    /// The session with the new dates.
    pub new_session_id: Uuid,
    /// By when those who hold a place answer.
    pub answer_by: NaiveDate,
    /// When nobody was asked any more.
    pub finished_at: Option<i64>,
}

/// Whoever was asked about new dates.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AskedAbout {
    /// About which proposal.
    pub date_change_id: Uuid,
    /// Their application.
    pub application_id: Uuid,
    /// When.
    pub asked_at: i64,
    /// "yes", "no", or "none" when the day passed.
    pub answer: Option<String>,
    /// When that was.
    pub answered_at: Option<i64>,
}

/// Something else that was suggested.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SuggestedTo {
    /// Beside which application.
    pub application_id: Uuid,
    /// What.
    pub opportunity_id: Uuid,
    /// Which dates.
    pub session_id: Option<Uuid>,
    /// By whom; nobody where the service found it.
    pub suggested_by: Option<Uuid>,
    /// When.
    pub suggested_at: i64,
    /// When the learner took it up.
    pub opened_at: Option<i64>,
    /// What they began then.
    pub new_application_id: Option<Uuid>,
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
    /// What the audit trail says was done to applications, accounts and sessions.
    pub audited: Vec<Audited>,
    /// Clearances.
    pub checks: Vec<Check>,
    /// The ledger of places: session, application, kind, change.
    pub ledger: Vec<(Uuid, Option<Uuid>, String, i64)>,
    /// Recorded days, every word about each in order.
    pub days: Vec<Recorded>,
    /// Days on which a session did not take place.
    pub not_run: Vec<(Uuid, NaiveDate)>,
    /// Certificates, oldest first.
    pub certificates: Vec<Certified>,
    /// What learners said of their days.
    pub questions: Vec<Questioned>,
    /// Proposed new dates.
    pub new_dates: Vec<NewDates>,
    /// Whoever was asked about them.
    pub asked: Vec<AskedAbout>,
    /// Suggestions.
    pub suggestions: Vec<SuggestedTo>,
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
                "select application_id, number, at, action, from_state, to_state, role, actor_id from application_events order by application_id, number"
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
                Audited,
                "select subject_kind, subject_id, action, at, role, actor_id from audit
                 where subject_kind in ('application', 'account', 'session') order by at, id"
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
            days: all!(
                tx,
                Recorded,
                "select application_id, day, number, mark, recorded_by, role, recorded_at, reason from attendance_days
                 order by application_id, day, number"
            )
            .unwrap(),
            not_run: all!(tx, (Uuid, NaiveDate), "select session_id, day from days_not_run order by session_id, day")
                .unwrap(),
            certificates: all!(
                tx,
                Certified,
                "select application_id, issued_at, record, standing, ended_at from certificates order by issued_at, id"
            )
            .unwrap(),
            questions: all!(
                tx,
                Questioned,
                "select application_id, said_at, answered_at from attendance_questions order by said_at, id"
            )
            .unwrap(),
            new_dates: all!(
                tx,
                NewDates,
                "select id, old_session_id, new_session_id, answer_by, finished_at from date_changes
                 where proposed_at is not null order by proposed_at, id"
            )
            .unwrap(),
            asked: all!(
                tx,
                AskedAbout,
                "select date_change_id, application_id, asked_at, answer, answered_at from date_change_answers
                 order by asked_at, application_id"
            )
            .unwrap(),
            suggestions: all!(
                tx,
                SuggestedTo,
                "select application_id, opportunity_id, session_id, suggested_by, suggested_at, opened_at, new_application_id
                 from suggestions order by suggested_at, position"
            )
            .unwrap(),
        }
    }
}
