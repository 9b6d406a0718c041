//! Adding, opening and removing documents of checks: for learners, and for staff who do it for them. The
//! forms stand on the pages of both, and lead back to where they were sent from.

use domain::clearance::ClearanceCode;
use domain::ids::DocumentId;
use kit::{AppError, Attachment, FileToSave};
use leptos::prelude::*;
use server_fn::codec::{GetUrl, MultipartData, MultipartFormData};
use services::Ctx;
use services::documents::Added;

/// The page of a check, for whoever asks.
fn page(ctx: &Ctx, reference: &str, code: &ClearanceCode, query: &str) -> String {
    let area = if ctx.actor.as_ref().is_some_and(services::Actor::is_learner) { "" } else { "/provider" };
    format!("{area}/applications/{}/checks/{code}{query}", kit::urlencode(reference))
}

/// Adds a document to a check: fields `reference`, `kind` (the word of the check's type) and `file`.
///
/// # Errors
/// [`AppError::NotFound`] for a check that is not theirs to see; [`AppError::Refused`] when it takes none.
#[server(prefix = "/do", endpoint = "documents_add", input = MultipartFormData)]
pub async fn add_document(form: MultipartData) -> Result<(), AppError> {
    let ctx = kit::request();
    ctx.actor()?;
    let cut_off =
        || AppError::Refused("The file did not arrive whole. Go back, choose it again and add it once more.".into());
    let mut form = form.into_inner().ok_or_else(cut_off)?;
    let (mut reference, mut kind, mut bytes) = (String::new(), String::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(|_| cut_off())? {
        match field.name().unwrap_or_default() {
            "reference" => reference = field.text().await.map_err(|_| cut_off())?,
            "kind" => kind = field.text().await.map_err(|_| cut_off())?,
            "file" => bytes = field.bytes().await.map_err(|_| cut_off())?.to_vec(),
            _ => {}
        }
    }
    let reference = domain::reference::tidy_reference(&reference);
    let code = ClearanceCode::parse(&kind).ok_or(AppError::NotFound)?;
    let query = match services::documents::add(&ctx, &reference, &code, bytes).await? {
        Added::Kept => "?done=added#documents".to_owned(),
        Added::Unfit(unfit) => format!("?file={}", unfit.as_str()),
    };
    kit::see_other(&page(&ctx, &reference, &code, &query));
    Ok(())
}

fn id(text: &str) -> Result<DocumentId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// A document, as a file to save. Each view is in the audit trail.
///
/// # Errors
/// [`AppError::NotFound`] for everybody without the right; [`AppError::Refused`] while it is held back.
#[server(prefix = "/do", endpoint = "documents_open", input = GetUrl, output = FileToSave)]
pub async fn open_document(#[server(default)] document: String) -> Result<Attachment, AppError> {
    let ctx = kit::request();
    ctx.actor()?;
    let opened = services::documents::open(&ctx, id(&document)?).await?;
    Ok(Attachment::new(&opened.name, opened.bytes))
}

/// Removes a document while its check is open.
///
/// # Errors
/// As [`open_document`]; [`AppError::Refused`] once the check is settled.
#[server(prefix = "/do", endpoint = "documents_remove")]
pub async fn remove_document(#[server(default)] document: String) -> Result<(), AppError> {
    let ctx = kit::request();
    ctx.actor()?;
    let (reference, code) = services::documents::remove(&ctx, id(&document)?).await?;
    kit::see_other(&page(&ctx, &reference, &code, "?done=removed#documents"));
    Ok(())
}
