//! What the forms of checks post to.

#![allow(clippy::too_many_arguments, reason = "a form's function takes one argument for each box")]

use domain::clearance::ClearanceCode;
use domain::ids::OpportunityId;
use kit::AppError;
use leptos::prelude::*;
use services::clearances::Asks;

/// Saves a type of check; a new one where `code` is empty. What cannot be taken is kept, and shown again with
/// what is wrong.
///
/// # Errors
/// [`AppError::NotFound`] for everybody but coordinators who decide.
#[server(prefix = "/do", endpoint = "provide_save_clearance_type")]
pub async fn save_clearance_type(
    #[server(default)] code: String,
    #[server(default)] name: String,
    #[server(default)] explanation: String,
    #[server(default)] lead_days: String,
    #[server(default)] owner: String,
    #[server(default)] team_name: String,
    #[server(default)] team_email: String,
    #[server(default)] evidence: String,
    #[server(default)] valid_months: String,
    #[server(default)] mandatory: String,
    #[server(default)] health: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    services::policy::coordinator(&ctx)?;
    let parsed = match code.as_str() {
        "" => None,
        code => Some(ClearanceCode::parse(code).ok_or(AppError::NotFound)?),
    };
    let boxes = [
        ("name", name),
        ("explanation", explanation),
        ("lead_days", lead_days),
        ("owner", owner),
        ("team_name", team_name),
        ("team_email", team_email),
        ("evidence", evidence),
        ("valid_months", valid_months),
        ("mandatory", mandatory),
        ("health", health),
    ];
    let typed = boxes.map(|(name, text)| (name.to_owned(), text)).into();
    if services::clearances::save(&ctx, parsed.as_ref(), &typed).await? {
        kit::see_other("/provider/clearances?done=saved");
    } else {
        kit::see_other(&format!("/provider/clearances/{}", if code.is_empty() { "new" } else { &code }));
    }
    Ok(())
}

/// Retires a type of check, or brings it back where `back` is "yes".
///
/// # Errors
/// As [`save_clearance_type`].
#[server(prefix = "/do", endpoint = "provide_retire_clearance_type")]
pub async fn retire_clearance_type(
    #[server(default)] code: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    services::policy::coordinator(&ctx)?;
    let code = ClearanceCode::parse(&code).ok_or(AppError::NotFound)?;
    services::clearances::retire(&ctx, &code, back != "yes").await?;
    kit::see_other(if back == "yes" { "/provider/clearances?done=back" } else { "/provider/clearances?done=retired" });
    Ok(())
}

/// Keeps which checks an opportunity asks for: each choice is "CODE:mandatory", "CODE:optional" or "CODE:no".
///
/// # Errors
/// [`AppError::NotFound`] for an opportunity that is not theirs.
#[server(prefix = "/do", endpoint = "provide_choose_clearances")]
pub async fn choose_clearances(
    #[server(default)] opportunity: String,
    #[server(default)] choices: Vec<String>,
) -> Result<(), AppError> {
    let ctx = kit::request();
    services::policy::coordinator(&ctx)?;
    let id: OpportunityId = opportunity.parse().map_err(|_| AppError::NotFound)?;
    let mut read = Vec::new();
    for choice in &choices {
        let (code, asks) = choice.split_once(':').ok_or(AppError::NotFound)?;
        let code = ClearanceCode::parse(code).ok_or(AppError::NotFound)?;
        read.push((code, Asks::parse(asks).ok_or(AppError::NotFound)?));
    }
    services::clearances::choose_asked(&ctx, id, &read).await?;
    kit::see_other(&format!("/provider/opportunities/{id}/checks?done=saved"));
    Ok(())
}
