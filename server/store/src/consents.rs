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
        }
    }
}

const SELECT: &str = "select c.application_id, a.reference, c.guardian_name, c.guardian_email, c.asked_at, c.ends_at, c.answer, c.answered_at from consents c join applications a on a.id = c.application_id";

/// Asks, or asks again with a new link: the old one stops working.
pub async fn ask(tx: &mut Tx, consent: &Consent, token_hash: &str) -> Result<()> {
    exec!(
        tx,
        "insert into consents (application_id, guardian_name, guardian_email, token_hash, asked_at, ends_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (application_id) do update set guardian_name = excluded.guardian_name, guardian_email = excluded.guardian_email,
         token_hash = excluded.token_hash, asked_at = excluded.asked_at, ends_at = excluded.ends_at, answer = null, answered_at = null",
        consent.application.0,
        &consent.guardian_name,
        &consent.guardian_email,
        token_hash,
        consent.asked_at.0,
        consent.ends_at.0,
    )?;
    Ok(())
}

/// The consent behind a link.
pub async fn find_by_token(tx: &mut Tx, token_hash: &str) -> Result<Option<Consent>> {
    let sql = format!("{SELECT} where c.token_hash = $1");
    Ok(opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), token_hash)?.map(Into::into))
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
