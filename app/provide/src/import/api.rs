//! What the forms of importing post to.

use domain::ids::ImportId;
use kit::AppError;
use leptos::prelude::*;
use server_fn::codec::{MultipartData, MultipartFormData};

fn id(text: &str) -> Result<ImportId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// Keeps the uploaded file's cells, and shows what they were understood as.
///
/// # Errors
/// [`AppError::Refused`] when the upload was cut off.
#[server(prefix = "/do", endpoint = "provide_upload_import", input = MultipartFormData)]
pub async fn upload_import(form: MultipartData) -> Result<(), AppError> {
    let ctx = kit::request();
    let cut_off =
        || AppError::Refused("The file did not arrive whole. Go back, choose it again and upload it once more.".into());
    let mut form = form.into_inner().ok_or_else(cut_off)?;
    let (mut name, mut bytes) = (String::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(|_| cut_off())? {
        if field.name() == Some("file") {
            name = field.file_name().unwrap_or_default().to_owned();
            bytes = field.bytes().await.map_err(|_| cut_off())?.to_vec();
        }
    }
    let id = services::import::upload(&ctx, &name, &bytes).await?;
    kit::see_other(&format!("/provider/import/{id}"));
    Ok(())
}

/// Saves which column means what, and the choices.
///
/// # Errors
/// [`AppError::NotFound`] for an upload that is not theirs.
#[server(prefix = "/do", endpoint = "provide_match_columns")]
pub async fn match_columns(
    #[server(default)] import: String,
    #[server(default)] columns: Vec<String>,
    #[server(default)] all: String,
    #[server(default)] publish: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let distinct = services::import::save_mapping(&ctx, id(&import)?, &columns, all == "yes", publish != "no").await?;
    kit::see_other(&format!("/provider/import/{import}{}", if distinct { "#rows" } else { "?problem=twice" }));
    Ok(())
}

/// Corrects one cell of the upload, and goes to the next row with a problem.
///
/// # Errors
/// [`AppError::NotFound`] for an upload that is not theirs, or a line or field that it has not.
#[server(prefix = "/do", endpoint = "provide_mend_cell")]
pub async fn mend_cell(
    #[server(default)] import: String,
    #[server(default)] line: String,
    #[server(default)] field: String,
    #[server(default)] value: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let line: u32 = line.parse().map_err(|_| AppError::NotFound)?;
    let next = services::import::mend_cell(&ctx, id(&import)?, line, &field, &value).await?;
    let at = next.map_or_else(|| "rows".to_owned(), |line| format!("line-{line}"));
    kit::see_other(&format!("/provider/import/{import}#{at}"));
    Ok(())
}

/// Imports the rows that can be taken.
///
/// # Errors
/// [`AppError::NotFound`] for an upload that is not theirs.
#[server(prefix = "/do", endpoint = "provide_take_import")]
pub async fn take_import(#[server(default)] import: String) -> Result<(), AppError> {
    let ctx = kit::request();
    services::import::take(&ctx, id(&import)?).await?;
    kit::see_other(&format!("/provider/import/{import}"));
    Ok(())
}
