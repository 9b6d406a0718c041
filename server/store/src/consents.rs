//! A parent or carer's consent: a single-use link, of which only the hash is kept.

use domain::ids::ApplicationId;
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// What was asked of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// For which application.
    pub application: ApplicationId,
    /// That application's reference.
    pub reference: String,
    /// Who is asked.
    pub guardian_name: String,
    /// Their address.
    pub guardian_email: String,
    /// When.
    pub asked_at: Moment,
    /// Until when the link works.
    pub ends_at: Moment,
    /// "yes", "no", or nothing yet.
    pub answer: Option<String>,
    /// When they answered.
    pub answered_at: Option<Moment>,
    /// How many of the steps of [`domain::consent::REMINDED_AFTER_DAYS`] were done.
    pub reminders: i64,
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// Takes one answer.
    Answer,
    /// Shows the private page.
    Page,
}

impl Link {
    fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Page => "page",
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    application_id: Uuid,
    reference: String,
    guardian_name: String,
    guardian_email: String,
    asked_at: i64,
    ends_at: i64,
    answer: Option<String>,
    answered_at: Option<i64>,
    reminders: i64,
}

impl From<Row> for Consent {
    fn from(row: Row) -> Self {
        Self {
            application: ApplicationId(row.application_id),
            reference: row.reference,
            guardian_name: row.guardian_name,
            guardian_email: row.guardian_email,
            asked_at: Moment(row.asked_at),
            ends_at: Moment(row.ends_at),
            answer: row.answer,
            answered_at: row.answered_at.map(Moment),
            reminders: row.reminders,
        }
    }
}

const SELECT: &str = "select c.application_id, a.reference, c.guardian_name, c.guardian_email, c.asked_at, c.ends_at, c.answer, c.answered_at, c.reminders from consents c join applications a on a.id = c.application_id";

/// Asks, or asks again with a new link: the old ones stop working.
pub async fn ask(tx: &mut Tx, consent: &Consent, token_hash: &str) -> Result<()> {
    exec!(
        tx,
        "insert into consents (application_id, guardian_name, guardian_email, token_hash, asked_at, ends_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (application_id) do update set guardian_name = excluded.guardian_name, guardian_email = excluded.guardian_email,
         token_hash = excluded.token_hash, asked_at = excluded.asked_at, ends_at = excluded.ends_at, answer = null, answered_at = null, reminders = 0",
        consent.application.0,
        &consent.guardian_name,
        &consent.guardian_email,
        token_hash,
        consent.asked_at.0,
        consent.ends_at.0,
    )?;
    exec!(tx, "delete from consent_links where application_id = $1", consent.application.0)?;
    add_link(tx, consent.application, token_hash, Link::Answer, consent.asked_at, Some(consent.ends_at)).await
}

/// Adds a link beside those that there are: the email before it may still be the one that is opened.
pub async fn add_link(
    tx: &mut Tx,
    application: ApplicationId,
    token_hash: &str,
    link: Link,
    made_at: Moment,
    ends_at: Option<Moment>,
) -> Result<()> {
    exec!(
        tx,
        "insert into consent_links (token_hash, application_id, kind, made_at, ends_at) values ($1, $2, $3, $4, $5)",
        token_hash,
        application.0,
        link.as_str(),
        made_at.0,
        ends_at.map(|at| at.0),
    )?;
    Ok(())
}

/// When the newest link of this kind was made.
pub async fn newest_link(tx: &mut Tx, application: ApplicationId, link: Link) -> Result<Option<Moment>> {
    let (newest,) = one!(
        tx,
        (Option<i64>,),
        "select max(made_at) from consent_links where application_id = $1 and kind = $2",
        application.0,
        link.as_str()
    )?;
    Ok(newest.map(Moment))
}

/// The consent behind a link of this kind.
pub async fn find_by_link(tx: &mut Tx, token_hash: &str, link: Link) -> Result<Option<Consent>> {
    let sql =
        format!("{SELECT} join consent_links l on l.application_id = a.id where l.token_hash = $1 and l.kind = $2");
    Ok(opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), token_hash, link.as_str())?.map(Into::into))
}

/// The consent of an application.
pub async fn find(tx: &mut Tx, application: ApplicationId) -> Result<Option<Consent>> {
    let sql = format!("{SELECT} where c.application_id = $1");
    Ok(opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), application.0)?.map(Into::into))
}

/// Keeps the answer, if none was given yet. Whether this was the first.
pub async fn answer(tx: &mut Tx, application: ApplicationId, answer: &str, at: Moment) -> Result<bool> {
    let rows = exec!(
        tx,
        "update consents set answer = $1, answered_at = $2 where application_id = $3 and answer is null",
        answer,
        at.0,
        application.0
    )?;
    Ok(rows == 1)
}

/// Changes an answer that was given. False when it was that already.
pub async fn change_answer(tx: &mut Tx, application: ApplicationId, answer: &str, at: Moment) -> Result<bool> {
    let rows = exec!(
        tx,
        "update consents set answer = $1, answered_at = $2 where application_id = $3 and answer is not null and answer <> $4",
        answer,
        at.0,
        application.0,
        answer
    )?;
    Ok(rows == 1)
}

/// Requests without an answer that were sent before this moment and have a step of reminding left, for
/// applications that are under way: reference first.
pub async fn list_unanswered(tx: &mut Tx, asked_before: Moment, steps: i64) -> Result<Vec<Consent>> {
    let sql = format!(
        "{SELECT} where c.answer is null and a.consent = 'asked' and c.asked_at <= $1 and c.reminders < $2
         and a.state in ('submitted', 'under_review', 'waitlisted', 'offered', 'accepted') order by c.asked_at, a.id"
    );
    Ok(all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), asked_before.0, steps)?.into_iter().map(Into::into).collect())
}

/// Notes how many steps of reminding were done.
pub async fn set_reminders(tx: &mut Tx, application: ApplicationId, steps: i64) -> Result<()> {
    exec!(tx, "update consents set reminders = $1 where application_id = $2", steps, application.0)?;
    Ok(())
}
