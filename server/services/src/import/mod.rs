//! Importing a provider's spreadsheet of opportunities.
//!
//! The crate `sheets` understands the file. [`plan`] compares each understood row with what is stored and
//! decides what becomes of it; nothing is written there. [`apply`] does what the plan says, in one
//! transaction. A dry run and the page before saving show the plan.

mod apply;
mod content;
mod merge;
mod plan;
mod preview;
mod refused;
#[cfg(test)]
mod tests;
mod upload;

use domain::ids::{AccountId, OrganisationId};
pub use sheets::{Column, Field, Note, Refusal, Report, UnderstoodRow};
use sheets::{Mapping, Sheet};

pub use preview::{ColumnView, Outcome, Preview, Problem, RowView, preview};
pub use upload::{Done, field_word, mend_cell, posts_for, save_mapping, take, upload};

use crate::{Error, Result, Services};

/// A list to fill in, as CSV.
#[must_use]
pub fn template(services: &Services) -> Vec<u8> {
    sheets::template(services.today())
}

/// What was chosen besides the file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The organisation, by code or name, of rows that name none.
    pub organisation: Option<String>,
    /// Understand and compare, and save nothing.
    pub dry_run: bool,
    /// Every row belongs to `organisation`, whatever it names.
    pub all_to_organisation: bool,
    /// Rows of any other organisation are refused.
    pub only: Option<OrganisationId>,
    /// Publish complete rows at once; otherwise every row becomes a draft.
    pub publish: bool,
    /// Who imports; `None` at the command line.
    pub actor: Option<AccountId>,
    /// Which column means what; found by the headings when `None`.
    pub mapping: Option<Mapping>,
}

/// Imports a file, or with `dry_run` says what would become of it.
///
/// # Errors
/// [`Error::Refused`] when the file is no list of opportunities or the organisation is unknown, with what
/// to do; a row's problems are in the report instead.
pub async fn from_file(services: &Services, bytes: &[u8], file_name: &str, options: Options) -> Result<Report> {
    let sheet = sheets::read(bytes, file_name).map_err(|problem| Error::refused(problem.to_string()))?;
    let mapping = match options.mapping.clone() {
        Some(mapping) => mapping,
        None => Mapping::find(&sheet).map_err(|problem| Error::refused(problem.to_string()))?,
    };
    if options.dry_run {
        let mut tx = services.db.read().await?;
        let choice = plan::Choice::of(&mut tx, &options).await?;
        return Ok(plan::plan(&mut tx, &sheet, &mapping, services.today(), &choice).await?.report());
    }
    let plan = match in_transaction(services, &sheet, &mapping, &options).await {
        Err(error) if is_duplicate(&error) => in_transaction(services, &sheet, &mapping, &options).await?,
        other => other?,
    };
    Ok(plan.report())
}

async fn in_transaction(
    services: &Services,
    sheet: &Sheet,
    mapping: &Mapping,
    options: &Options,
) -> Result<plan::Plan> {
    let mut tx = services.db.write().await?;
    let choice = plan::Choice::of(&mut tx, options).await?;
    let plan = plan::plan(&mut tx, sheet, mapping, services.today(), &choice).await?;
    apply::apply(&mut tx, services, &plan, options.actor).await?;
    tx.commit().await?;
    Ok(plan)
}

/// Two imports at once can choose the same readable address; the second then plans anew.
fn is_duplicate(error: &Error) -> bool {
    matches!(error, Error::Store(error) if error.is_duplicate())
}
