//! Uploaded spreadsheets between choosing the file and importing it, and what headings meant last time.

use domain::ids::{AccountId, ImportId, OrganisationId};
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// An uploaded spreadsheet. Its cells are kept, the file itself is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its identifier.
    pub id: ImportId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// By whom.
    pub account: AccountId,
    /// What the file was called.
    pub file_name: String,
    /// When it was uploaded.
    pub created_at: Moment,
    /// When it is forgotten.
    pub ends_at: Moment,
    /// The cells, as JSON.
    pub content: String,
    /// Which column means what, as JSON.
    pub mapping: String,
    /// The choices on the page, as JSON.
    pub options: String,
    /// What became of it, as JSON.
    pub report: Option<String>,
    /// When it was imported.
    pub taken_at: Option<Moment>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    organisation_id: Uuid,
    account_id: Uuid,
    file_name: String,
    created_at: i64,
    ends_at: i64,
    content: String,
    mapping: String,
    options: String,
    report: Option<String>,
    taken_at: Option<i64>,
}

impl From<Row> for Import {
    fn from(row: Row) -> Self {
        Self {
            id: ImportId(row.id),
            organisation: OrganisationId(row.organisation_id),
            account: AccountId(row.account_id),
            file_name: row.file_name,
            created_at: Moment(row.created_at),
            ends_at: Moment(row.ends_at),
            content: row.content,
            mapping: row.mapping,
            options: row.options,
            report: row.report,
            taken_at: row.taken_at.map(Moment),
        }
    }
}

/// Keeps an uploaded spreadsheet.
pub async fn insert(tx: &mut Tx, import: &Import) -> Result<()> {
    exec!(
        tx,
        "insert into imports (id, organisation_id, account_id, file_name, created_at, ends_at, content, mapping, options, report, taken_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        import.id.0,
        import.organisation.0,
        import.account.0,
        &import.file_name,
        import.created_at.0,
        import.ends_at.0,
        &import.content,
        &import.mapping,
        &import.options,
        &import.report,
        import.taken_at.map(|at| at.0),
    )?;
    Ok(())
}

/// The upload, if it is still kept.
pub async fn find(tx: &mut Tx, id: ImportId) -> Result<Option<Import>> {
    let row = opt!(
        tx,
        Row,
        "select id, organisation_id, account_id, file_name, created_at, ends_at, content, mapping, options, report, taken_at from imports where id = $1",
        id.0
    )?;
    Ok(row.map(Into::into))
}

/// Saves the cells, the matching of columns and the choices, as long as it has not been imported.
pub async fn save(tx: &mut Tx, id: ImportId, content: &str, mapping: &str, options: &str) -> Result<bool> {
    let changed = exec!(
        tx,
        "update imports set content = $1, mapping = $2, options = $3 where id = $4 and taken_at is null",
        content,
        mapping,
        options,
        id.0
    )?;
    Ok(changed == 1)
}

/// Marks it as imported, with its report; the cells are forgotten. False when it had been already.
pub async fn mark_taken(tx: &mut Tx, id: ImportId, at: Moment, report: &str) -> Result<bool> {
    let changed = exec!(
        tx,
        "update imports set taken_at = $1, report = $2, content = '' where id = $3 and taken_at is null",
        at.0,
        report,
        id.0
    )?;
    Ok(changed == 1)
}

/// Forgets the uploads whose time is over. How many.
pub async fn forget_ended(tx: &mut Tx, now: Moment) -> Result<u64> {
    Ok(exec!(tx, "delete from imports where ends_at <= $1", now.0)?)
}

/// Remembers what a heading meant for this organisation; an empty `field` means nothing of ours.
pub async fn remember_match(tx: &mut Tx, organisation: OrganisationId, heading: &str, field: &str) -> Result<()> {
    exec!(
        tx,
        "insert into column_matches (organisation_id, heading, field) values ($1, $2, $3)
         on conflict (organisation_id, heading) do update set field = excluded.field",
        organisation.0,
        heading,
        field
    )?;
    Ok(())
}

/// What headings meant for this organisation: pairs of heading and field, by heading.
pub async fn list_matches(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<(String, String)>> {
    Ok(all!(
        tx,
        (String, String),
        "select heading, field from column_matches where organisation_id = $1 order by heading",
        organisation.0
    )?)
}
