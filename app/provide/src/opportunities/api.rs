//! What the forms of an opportunity post to.

#![allow(clippy::too_many_arguments, reason = "a form's function takes one argument for each box")]

use domain::ids::OpportunityId;
use kit::AppError;
use leptos::prelude::*;

fn id(text: &str) -> Result<OpportunityId, AppError> {
    text.parse().map_err(|_| AppError::NotFound)
}

/// Fills what a draft lacks. What cannot be read is kept, and shown again with what is wrong.
///
/// # Errors
/// [`AppError::NotFound`] for an opportunity that is not theirs; [`AppError::Refused`] once it is published.
#[server(prefix = "/do", endpoint = "provide_complete_opportunity")]
pub async fn complete_opportunity(
    #[server(default)] opportunity: String,
    #[server(default)] summary: String,
    #[server(default)] delivery: String,
    #[server(default)] starts_on: String,
    #[server(default)] ends_on: String,
    #[server(default)] closes_on: String,
    #[server(default)] times: String,
    #[server(default)] places: String,
    #[server(default)] min_age: String,
    #[server(default)] place: String,
    #[server(default)] postcode: String,
    #[server(default)] contact_email: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let boxes = [
        ("summary", summary),
        ("delivery", delivery),
        ("starts_on", starts_on),
        ("ends_on", ends_on),
        ("closes_on", closes_on),
        ("times", times),
        ("places", places),
        ("min_age", min_age),
        ("place", place),
        ("postcode", postcode),
        ("contact_email", contact_email),
    ];
    let typed = boxes.map(|(name, text)| (name.to_owned(), text)).into();
    services::opportunities::complete(&ctx, id(&opportunity)?, &typed).await?;
    kit::see_other(&format!("/provider/opportunities/{opportunity}"));
    Ok(())
}

/// Publishes a draft.
///
/// # Errors
/// [`AppError::NotFound`] for an opportunity that is not theirs; [`AppError::Refused`] with what is missing.
#[server(prefix = "/do", endpoint = "provide_publish_opportunity")]
pub async fn publish_opportunity(#[server(default)] opportunity: String) -> Result<(), AppError> {
    let ctx = kit::request();
    services::opportunities::publish(&ctx, id(&opportunity)?).await?;
    kit::see_other(&format!("/provider/opportunities/{opportunity}?published=yes"));
    Ok(())
}
