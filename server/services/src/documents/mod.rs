//! Documents that a check asks for: added by the learner or by staff for them, looked at, kept, opened by
//! those with the right, and deleted when they are no longer needed.
//!
//! The bytes are written first, under a random name, and the row after: whoever dies in between leaves bytes
//! that nobody knows, which [`sweep`] removes. Deleting goes the other way about: the bytes first, then the
//! row, so that a row is left which the next run deletes.

mod file;
mod keep;
mod pdf;
mod scan;
#[cfg(test)]
mod story;

use domain::clearance::{ClearanceCode, ClearanceStatus, Evidence};
use domain::document::{DocumentStatus, MOST_DOCUMENTS, Unfit};
use domain::ids::{AccountId, DocumentId};
use domain::{Role, State, reference};
use store::Tx;
use store::applications::{About, Application, Clearance};
use store::documents::{Document, Placed};

pub use keep::Documents;
pub use scan::{Scanner, Verdict};

use crate::applications::{facts, tell_coordinators};
use crate::messages::letters;
use crate::{Ctx, Error, Result, Services, audit, policy};

/// How long bytes may lie without a row before they are removed, in hours: far longer than a request.
const UNKNOWN_HOURS: i64 = 24;

/// What came of adding a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is there.
    Kept,
    /// It is not taken.
    Unfit(Unfit),
}

/// A check with the application that it belongs to, for somebody who may see its documents.
struct Found {
    application: Application,
    about: About,
    check: Clearance,
    account: AccountId,
    role: Role,
}

/// The check, for the learner whose it is, for coordinators who may see sensitive facts, and for whoever sees
/// to checks of this type. For everybody else it is not there.
async fn find(tx: &mut Tx, ctx: &Ctx, typed: &str, code: &ClearanceCode, change: bool) -> Result<Found> {
    let actor = ctx.actor()?;
    let reference = reference::tidy_reference(typed);
    let found = if change {
        store::applications::find_for_change(tx, &reference).await?
    } else {
        store::applications::find(tx, &reference).await?
    };
    let application = found.ok_or(Error::NotFound)?;
    let about = store::applications::about_application(tx, &application).await?;
    let check = store::applications::find_clearance(tx, application.id, code).await?.ok_or(Error::NotFound)?;
    let role = if actor.is_learner() {
        policy::own(ctx, application.learner)?;
        Role::Learner
    } else {
        let sees_to_it = check.what.owner.account == Some(actor.account);
        policy::coordinator_of(ctx, about.organisation, |member| member.can_see_sensitive || sees_to_it)?;
        Role::Coordinator
    };
    Ok(Found { account: actor.account, application, about, check, role })
}

/// Whether a document can be added or removed now. None ever can for a check about health.
#[must_use]
pub fn takes_documents(state: State, check: &Clearance) -> bool {
    matches!(state, State::Accepted | State::Confirmed)
        && check.status == ClearanceStatus::Requested
        && check.what.evidence == Evidence::Document
        && !check.what.health
}

fn may_change(found: &Found) -> Result<()> {
    if takes_documents(found.application.state, &found.check) {
        return Ok(());
    }
    Err(Error::refused(format!("{}: documents cannot be added or removed now.", found.check.label())))
}

/// Adds a document to a check. Where somebody looks for viruses, it is held back until they have.
///
/// # Errors
/// [`Error::NotFound`] for a check that is not theirs to see; [`Error::Refused`] when it takes none now.
pub async fn add(ctx: &Ctx, typed: &str, code: &ClearanceCode, bytes: Vec<u8>) -> Result<Added> {
    let services = &ctx.services;
    let documents = services.documents();
    let mut tx = services.db.read().await?;
    let found = find(&mut tx, ctx, typed, code, false).await?;
    may_change(&found)?;
    if count(&mut tx, &found).await? >= MOST_DOCUMENTS {
        return Ok(Added::Unfit(Unfit::TooMany));
    }
    drop(tx);
    let turn = documents.unpacking.acquire().await.map_err(|error| Error::Unexpected(error.to_string()))?;
    let understood = tokio::task::spawn_blocking(move || file::understand(bytes))
        .await
        .map_err(|error| Error::Unexpected(error.to_string()))?;
    drop(turn);
    let (media, bytes) = match understood {
        Ok(understood) => understood,
        Err(unfit) => return Ok(Added::Unfit(unfit)),
    };
    let object = services.token();
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    documents.put(&object, bytes).await?;
    let mut tx = services.db.write().await?;
    let found = find(&mut tx, ctx, typed, code, true).await?;
    may_change(&found)?;
    if count(&mut tx, &found).await? >= MOST_DOCUMENTS {
        return Ok(Added::Unfit(Unfit::TooMany));
    }
    let document = Document {
        id: DocumentId(services.uuid()),
        clearance: found.check.id,
        object,
        media,
        bytes: length,
        status: if documents.scanner.is_some() { DocumentStatus::Waiting } else { DocumentStatus::Ready },
        added_at: services.now(),
        added_by: found.account,
        added_as: found.role,
    };
    store::documents::insert(&mut tx, &document).await?;
    record(&mut tx, services, &found, "add_document", document.id).await?;
    tx.commit().await?;
    Ok(Added::Kept)
}

async fn count(tx: &mut Tx, found: &Found) -> Result<usize> {
    let all = store::documents::list(tx, found.application.id).await?;
    Ok(all.iter().filter(|d| d.clearance == found.check.id && d.status != DocumentStatus::Infected).count())
}

async fn record(tx: &mut Tx, services: &Services, found: &Found, action: &str, id: DocumentId) -> Result<()> {
    let detail = serde_json::json!({ "reference": found.application.reference, "kind": found.check.code().as_str() });
    audit::record(
        tx,
        services,
        Some(found.account),
        found.role,
        action,
        "document",
        id,
        Some(found.about.organisation),
        detail,
    )
    .await
}

/// The documents of a check, for those who may open them; nothing for others.
///
/// # Errors
/// When the store fails.
pub async fn of_check(tx: &mut Tx, ctx: &Ctx, typed: &str, code: &ClearanceCode) -> Result<Option<Vec<Document>>> {
    match find(tx, ctx, typed, code, false).await {
        Ok(found) => {
            let all = store::documents::list(tx, found.application.id).await?;
            Ok(Some(all.into_iter().filter(|document| document.clearance == found.check.id).collect()))
        }
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A document as it is handed out: always as a file to save, never as something that a browser shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What the file is called: reference, check and ending.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Opens a document, and writes down who did.
///
/// # Errors
/// [`Error::NotFound`] for everybody but those of [`of_check`]; [`Error::Refused`] while it is held back.
pub async fn open(ctx: &Ctx, id: DocumentId) -> Result<Opened> {
    let services = &ctx.services;
    ctx.actor()?;
    let mut tx = services.db.write().await?;
    let placed = store::documents::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let found = find(&mut tx, ctx, &placed.reference, &placed.code, false).await?;
    match placed.document.status {
        DocumentStatus::Ready => {}
        DocumentStatus::Waiting => {
            return Err(Error::refused("We are still looking for viruses in this file. Try again in a few minutes."));
        }
        DocumentStatus::Infected => {
            return Err(Error::refused(
                "This file had a virus, so we deleted it. It can be added again from a clean copy.",
            ));
        }
    }
    record(&mut tx, services, &found, "open_document", id).await?;
    tx.commit().await?;
    let bytes = services
        .documents()
        .get(&placed.document.object)
        .await?
        .ok_or_else(|| Error::refused("This file is no longer there. It can be removed here, and added again."))?;
    let name = format!("{}-{}.{}", placed.reference, placed.code, placed.document.media.ending());
    Ok(Opened { name, bytes })
}

/// Removes a document while its check is open; where it belonged, for the way back.
///
/// # Errors
/// As [`open`]; [`Error::Refused`] once the check is settled.
pub async fn remove(ctx: &Ctx, id: DocumentId) -> Result<(String, ClearanceCode)> {
    let services = &ctx.services;
    ctx.actor()?;
    let mut tx = services.db.write().await?;
    let placed = store::documents::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let found = find(&mut tx, ctx, &placed.reference, &placed.code, true).await?;
    may_change(&found)?;
    services.documents().delete(&placed.document.object).await?;
    store::documents::delete(&mut tx, id).await?;
    record(&mut tx, services, &found, "remove_document", id).await?;
    tx.commit().await?;
    Ok((placed.reference, placed.code))
}

/// Has the documents looked at that wait for it. One that has a virus is deleted, and the learner and the
/// provider are told. Without a scanner nothing is held back any longer.
///
/// # Errors
/// When the store fails. A scanner that does not answer is only logged: the document goes on waiting.
pub async fn scan_waiting(services: &Services) -> Result<()> {
    let documents = services.documents();
    let mut tx = services.db.read().await?;
    let waiting = store::documents::list_waiting(&mut tx).await?;
    drop(tx);
    for placed in waiting {
        let verdict = match &documents.scanner {
            None => Verdict::Clean,
            Some(scanner) => {
                let Some(bytes) = documents.get(&placed.document.object).await? else { continue };
                match scanner.scan(&bytes).await {
                    Ok(verdict) => verdict,
                    Err(error) => {
                        tracing::warn!(document = %placed.document.id, error, "the scanner could not look at a document");
                        return Ok(());
                    }
                }
            }
        };
        settle(services, &placed, verdict).await?;
    }
    Ok(())
}

async fn settle(services: &Services, placed: &Placed, verdict: Verdict) -> Result<()> {
    let id = placed.document.id;
    if verdict == Verdict::Infected {
        services.documents().delete(&placed.document.object).await?;
    }
    let mut tx = services.db.write().await?;
    let status = if verdict == Verdict::Infected { DocumentStatus::Infected } else { DocumentStatus::Ready };
    if !store::documents::settle(&mut tx, id, status).await? {
        return Ok(());
    }
    if verdict == Verdict::Infected {
        let application = store::applications::find(&mut tx, &placed.reference).await?.ok_or(Error::NotFound)?;
        let about = store::applications::about_application(&mut tx, &application).await?;
        let detail = serde_json::json!({ "reference": placed.reference, "kind": placed.code.as_str() });
        let organisation = Some(about.organisation);
        audit::record(
            &mut tx,
            services,
            None,
            Role::System,
            "delete_infected_document",
            "document",
            id,
            organisation,
            detail,
        )
        .await?;
        let letter = letters::document_infected(&facts(services, &application, &about));
        // Each file is told of once.
        let template = "document_infected";
        if let Some(account) = store::accounts::find(&mut tx, application.learner).await? {
            let outgoing = crate::messages::Outgoing {
                key: format!("{template}:{id}"),
                to: account.email,
                template,
                letter,
                application: Some(application.id),
            };
            crate::messages::queue(&mut tx, services, outgoing).await?;
        }
        let letter = letters::document_infected_at(&about.title, &placed.reference, &services.settings.base_url);
        tell_coordinators(&mut tx, services, &about, &id.to_string(), "document_infected_at", &letter).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Deletes the documents whose application ended without a place, or whose placement was a month ago. How
/// many there were.
///
/// # Errors
/// When the store fails; what was deleted until then is.
pub async fn forget_over(services: &Services) -> Result<usize> {
    let mut tx = services.db.read().await?;
    let over = store::documents::list_over(&mut tx, services.today()).await?;
    drop(tx);
    let mut forgotten = 0;
    for placed in over {
        services.documents().delete(&placed.document.object).await?;
        let mut tx = services.db.write().await?;
        if store::documents::delete(&mut tx, placed.document.id).await? {
            let detail = serde_json::json!({ "reference": placed.reference, "kind": placed.code.as_str() });
            let id = placed.document.id;
            audit::record(&mut tx, services, None, Role::System, "forget_document", "document", id, None, detail)
                .await?;
            forgotten += 1;
        }
        tx.commit().await?;
    }
    Ok(forgotten)
}

/// Removes bytes that lie there for a day without a row: their upload was cut off. How many there were.
///
/// # Errors
/// When the store fails.
pub async fn sweep(services: &Services) -> Result<usize> {
    let documents = services.documents();
    let oldest = services.now().0 / 1_000_000 - UNKNOWN_HOURS * 3600;
    let mut swept = 0;
    for kept in documents.list().await? {
        if kept.since.timestamp() > oldest {
            continue;
        }
        let mut tx = services.db.read().await?;
        if !store::documents::is_known(&mut tx, &kept.name).await? {
            documents.delete(&kept.name).await?;
            swept += 1;
        }
    }
    Ok(swept)
}
