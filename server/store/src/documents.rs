//! Documents that were added for checks: what is known of them. Their bytes lie elsewhere.

use chrono::NaiveDate;
use domain::clearance::ClearanceCode;
use domain::document::{DocumentStatus, Media, is_over};
use domain::ids::{AccountId, ApplicationId, ClearanceId, DocumentId};
use domain::time::Moment;
use domain::{Role, State};
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// One document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its identifier.
    pub id: DocumentId,
    /// For which check.
    pub clearance: ClearanceId,
    /// The random name under which its bytes lie.
    pub object: String,
    /// What it is.
    pub media: Media,
    /// How many bytes it has.
    pub bytes: i64,
    /// Whether it can be opened.
    pub status: DocumentStatus,
    /// When it was added.
    pub added_at: Moment,
    /// By whom.
    pub added_by: AccountId,
    /// And as what: the learner, or staff for them.
    pub added_as: Role,
}

/// A document with where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The document.
    pub document: Document,
    /// Its application.
    pub application: ApplicationId,
    /// That application's reference.
    pub reference: String,
    /// The type of its check.
    pub code: ClearanceCode,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    clearance_id: Uuid,
    object: String,
    media: String,
    bytes: i64,
    status: String,
    added_at: i64,
    added_by: Uuid,
    added_as: String,
    application_id: Uuid,
    reference: String,
    kind: String,
}

impl TryFrom<Row> for Placed {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            document: Document {
                id: DocumentId(row.id),
                clearance: ClearanceId(row.clearance_id),
                object: row.object,
                media: known("media", &row.media, Media::parse)?,
                bytes: row.bytes,
                status: known("document status", &row.status, DocumentStatus::parse)?,
                added_at: Moment(row.added_at),
                added_by: AccountId(row.added_by),
                added_as: known("role", &row.added_as, Role::parse)?,
            },
            application: ApplicationId(row.application_id),
            reference: row.reference,
            code: known("clearance", &row.kind, ClearanceCode::parse)?,
        })
    }
}

const SELECT: &str = "select d.id, d.clearance_id, d.object, d.media, d.bytes, d.status, d.added_at, d.added_by, d.added_as, c.application_id, a.reference, c.kind
     from documents d join clearances c on c.id = d.clearance_id join applications a on a.id = c.application_id";

/// Keeps what is known of a document whose bytes are there.
pub async fn insert(tx: &mut Tx, document: &Document) -> Result<()> {
    exec!(
        tx,
        "insert into documents (id, clearance_id, object, media, bytes, status, added_at, added_by, added_as) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        document.id.0,
        document.clearance.0,
        &document.object,
        document.media.as_str(),
        document.bytes,
        document.status.as_str(),
        document.added_at.0,
        document.added_by.0,
        document.added_as.as_str(),
    )?;
    Ok(())
}

/// The documents of an application's checks, oldest first.
pub async fn list(tx: &mut Tx, application: ApplicationId) -> Result<Vec<Document>> {
    let sql = format!("{SELECT} where c.application_id = $1 order by d.added_at, d.id");
    all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), application.0)?
        .into_iter()
        .map(|row| Ok(Placed::try_from(row)?.document))
        .collect()
}

/// How many documents of a check can be opened.
pub async fn count_ready(tx: &mut Tx, clearance: ClearanceId) -> Result<usize> {
    let (count,) =
        one!(tx, (i64,), "select count(*) from documents where clearance_id = $1 and status = 'ready'", clearance.0)?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// The document.
pub async fn find(tx: &mut Tx, id: DocumentId) -> Result<Option<Placed>> {
    let sql = format!("{SELECT} where d.id = $1");
    opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), id.0)?.map(TryInto::try_into).transpose()
}

/// Those that were not looked at for viruses yet, oldest first.
pub async fn list_waiting(tx: &mut Tx) -> Result<Vec<Placed>> {
    let sql = format!("{SELECT} where d.status = 'waiting' order by d.added_at, d.id limit 100");
    all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()))?.into_iter().map(TryInto::try_into).collect()
}

/// Those that are to be deleted today.
pub async fn list_over(tx: &mut Tx, today: NaiveDate) -> Result<Vec<Placed>> {
    #[derive(sqlx::FromRow)]
    struct Found {
        id: Uuid,
        state: String,
        ends_on: NaiveDate,
    }
    let found = all!(
        tx,
        Found,
        "select d.id, a.state, s.ends_on from documents d join clearances c on c.id = d.clearance_id
              join applications a on a.id = c.application_id join sessions s on s.id = a.session_id order by d.id"
    )?;
    let mut over = Vec::new();
    for found in found {
        if is_over(known("state", &found.state, State::parse)?, found.ends_on, today)
            && let Some(placed) = find(tx, DocumentId(found.id)).await?
        {
            over.push(placed);
        }
    }
    Ok(over)
}

/// Keeps whether a document can be opened, if it waited until now. Whether it did.
pub async fn settle(tx: &mut Tx, id: DocumentId, status: DocumentStatus) -> Result<bool> {
    let rows =
        exec!(tx, "update documents set status = $1 where id = $2 and status = 'waiting'", status.as_str(), id.0)?;
    Ok(rows == 1)
}

/// Forgets a document whose bytes are gone.
pub async fn delete(tx: &mut Tx, id: DocumentId) -> Result<bool> {
    Ok(exec!(tx, "delete from documents where id = $1", id.0)? == 1)
}

/// Whether a document's bytes lie under this name.
pub async fn is_known(tx: &mut Tx, object: &str) -> Result<bool> {
    let (count,) = one!(tx, (i64,), "select count(*) from documents where object = $1", object)?;
    Ok(count > 0)
}
