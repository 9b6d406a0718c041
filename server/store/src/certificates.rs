//! Certificates, and the keys that signed them.

use domain::certificate::Standing;
use domain::ids::{AccountId, ApplicationId};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// A certificate as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Its identifier.
    pub id: Uuid,
    /// Its number.
    pub number: String,
    /// For which application.
    pub application: ApplicationId,
    /// When it was issued.
    pub issued_at: Moment,
    /// What it says, in the canonical form that was signed.
    pub record: String,
    /// The signature.
    pub signature: String,
    /// The key that signed.
    pub key_id: String,
    /// Whether it counts.
    pub standing: Standing,
    /// Since when it does not.
    pub ended_at: Option<Moment>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    number: String,
    application_id: Uuid,
    issued_at: i64,
    record: String,
    signature: String,
    key_id: String,
    standing: String,
    ended_at: Option<i64>,
}

impl TryFrom<Row> for Certificate {
    type Error = crate::Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            number: row.number,
            application: ApplicationId(row.application_id),
            issued_at: Moment(row.issued_at),
            record: row.record,
            signature: row.signature,
            key_id: row.key_id,
            standing: known("standing", &row.standing, Standing::parse)?,
            ended_at: row.ended_at.map(Moment),
        })
    }
}

const COLUMNS: &str =
    "c.id, c.number, c.application_id, c.issued_at, c.record, c.signature, c.key_id, c.standing, c.ended_at";

/// Keeps a new certificate. A duplicate (see [`crate::Error::is_duplicate`]) means that the number is
/// taken or that another one of the application counts.
pub async fn insert(tx: &mut Tx, new: &Certificate) -> Result<()> {
    exec!(
        tx,
        "insert into certificates (id, number, application_id, issued_at, record, signature, key_id, standing) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id,
        &new.number,
        new.application.0,
        new.issued_at.0,
        &new.record,
        &new.signature,
        &new.key_id,
        new.standing.as_str(),
    )?;
    Ok(())
}

/// The certificate with this number.
pub async fn find(tx: &mut Tx, number: &str) -> Result<Option<Certificate>> {
    let sql = format!("select {COLUMNS} from certificates c where c.number = $1");
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), number)?.map(Row::try_into).transpose()
}

/// The one that counts for an application.
pub async fn find_valid(tx: &mut Tx, application: ApplicationId) -> Result<Option<Certificate>> {
    let sql = format!("select {COLUMNS} from certificates c where c.application_id = $1 and c.standing = 'valid'");
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), application.0)?.map(Row::try_into).transpose()
}

/// Every one that an application had, also those that no longer count, oldest first.
pub async fn list(tx: &mut Tx, application: ApplicationId) -> Result<Vec<Certificate>> {
    let sql = format!("select {COLUMNS} from certificates c where c.application_id = $1 order by c.issued_at, c.id");
    all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), application.0)?.into_iter().map(Row::try_into).collect()
}

/// A learner's certificates that count.
pub async fn list_of_learner(tx: &mut Tx, learner: AccountId) -> Result<Vec<Certificate>> {
    let sql = format!(
        "select {COLUMNS} from certificates c join applications a on a.id = c.application_id
         where a.learner_id = $1 and c.standing = 'valid' order by c.issued_at, c.id"
    );
    all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), learner.0)?.into_iter().map(Row::try_into).collect()
}

/// It no longer counts. Whether it did.
pub async fn end(tx: &mut Tx, id: Uuid, standing: Standing, at: Moment) -> Result<bool> {
    let rows = exec!(
        tx,
        "update certificates set standing = $1, ended_at = $2 where id = $3 and standing = 'valid'",
        standing.as_str(),
        at.0,
        id
    )?;
    Ok(rows == 1)
}

/// Keeps the public half of a key that signs. A second time changes nothing.
pub async fn keep_key(tx: &mut Tx, id: &str, public_key: &str, since: Moment) -> Result<()> {
    exec!(
        tx,
        "insert into signing_keys (id, public_key, since) values ($1, $2, $3) on conflict (id) do nothing",
        id,
        public_key,
        since.0
    )?;
    Ok(())
}

/// The public halves of every key that signed, oldest first: thumbprint, key, since when.
pub async fn list_keys(tx: &mut Tx) -> Result<Vec<(String, String, Moment)>> {
    let rows = all!(tx, (String, String, i64), "select id, public_key, since from signing_keys order by since, id")?;
    Ok(rows.into_iter().map(|(id, key, since)| (id, key, Moment(since))).collect())
}
