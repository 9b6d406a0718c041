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

/// Changes what learners read of an opportunity. What is wrong is kept, and shown again with why.
///
/// # Errors
/// [`AppError::NotFound`] for an opportunity that is not theirs; [`AppError::Refused`] when somebody else
/// changed it at the same moment.
#[server(prefix = "/do", endpoint = "provide_describe_opportunity")]
pub async fn describe_opportunity(
    #[server(default)] opportunity: String,
    #[server(default)] summary: String,
    #[server(default)] by_bus: String,
    #[server(default)] who_for: String,
    #[server(default)] how_places_given: String,
    #[server(default)] dress: String,
    #[server(default)] bring: String,
    #[server(default)] equipment: String,
    #[server(default)] cost: String,
    #[server(default)] access_notes: String,
    #[server(default)] steps_before: String,
    #[server(default)] steps_after: String,
    #[server(default)] setting: String,
    #[server(default)] audiences: Vec<String>,
    #[server(default)] needs: String,
) -> Result<(), AppError> {
    let boxes = [
        ("summary", summary),
        ("by_bus", by_bus),
        ("who_for", who_for),
        ("how_places_given", how_places_given),
        ("dress", dress),
        ("bring", bring),
        ("equipment", equipment),
        ("cost", cost),
        ("access_notes", access_notes),
        ("steps_before", steps_before),
        ("steps_after", steps_after),
        ("setting", setting),
        ("audiences", audiences.join(" ")),
        ("needs", needs),
    ];
    let typed = boxes.map(|(name, text)| (name.to_owned(), text)).into();
    let right = services::opportunities::describe(&kit::request(), id(&opportunity)?, &typed).await?;
    let then = if right { "done=saved" } else { "problem=1" };
    kit::see_other(&format!("/provider/opportunities/{opportunity}/details?{then}"));
    Ok(())
}
