//! What the forms of cancelling post to.

#![allow(clippy::too_many_arguments, reason = "a form's function takes one argument for each box")]

use domain::ids::CancellationId;
use kit::AppError;
use leptos::prelude::*;

/// Keeps why something is cancelled, and shows who would be told what. `scope` is "application", "session"
/// or "department", `id` which one, `plan` the form that was begun.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::NotFound`] for another provider's, and without the
/// right to decide.
#[server(prefix = "/do", endpoint = "provide_plan_cancellation")]
pub async fn plan_cancellation(
    #[server(default)] scope: String,
    #[server(default)] id: String,
    #[server(default)] plan: String,
    #[server(default)] from_day: String,
    #[server(default)] from_month: String,
    #[server(default)] from_year: String,
    #[server(default)] to_day: String,
    #[server(default)] to_month: String,
    #[server(default)] to_year: String,
    #[server(default)] place: String,
    #[server(default)] reason: String,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let note = crate::applications::pages::tidy_note(&note);
    let boxes = [
        ("from_day", from_day),
        ("from_month", from_month),
        ("from_year", from_year),
        ("to_day", to_day),
        ("to_month", to_month),
        ("to_year", to_year),
        ("place", place),
        ("reason", reason),
        ("note", note),
    ];
    let typed = boxes.map(|(name, text)| (name.to_owned(), text)).into();
    let kept = services::cancelling::save(&ctx, &scope, &id, &plan, &typed).await?;
    kit::see_other(&super::address(&scope, &id, &format!("plan={kept}")));
    Ok(())
}

/// Cancels what was read. `fingerprint` is that of the messages on the page.
///
/// # Errors
/// As [`plan_cancellation`].
#[server(prefix = "/do", endpoint = "provide_cancel")]
pub async fn cancel(
    #[server(default)] scope: String,
    #[server(default)] id: String,
    #[server(default)] plan: String,
    #[server(default)] fingerprint: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    services::cancelling::scope(&ctx, &scope, &id).await?;
    let cancellation: CancellationId = plan.parse().map_err(|_| AppError::NotFound)?;
    let query = match services::cancelling::cancel(&ctx, cancellation, &fingerprint).await {
        Ok(()) => format!("plan={plan}"),
        // The page says what has changed, and shows the messages as they are now.
        Err(services::Error::Refused(_)) => format!("plan={plan}&problem=changed"),
        Err(error) => return Err(error.into()),
    };
    kit::see_other(&super::address(&scope, &id, &query));
    Ok(())
}

/// Keeps the new dates of a session as typed, and shows who would be told what. `plan` is the form that was
/// begun.
///
/// # Errors
/// As [`plan_cancellation`].
#[server(prefix = "/do", endpoint = "provide_plan_dates")]
pub async fn plan_dates(
    #[server(default)] session: String,
    #[server(default)] plan: String,
    #[server(default)] from_day: String,
    #[server(default)] from_month: String,
    #[server(default)] from_year: String,
    #[server(default)] to_day: String,
    #[server(default)] to_month: String,
    #[server(default)] to_year: String,
    #[server(default)] by_day: String,
    #[server(default)] by_month: String,
    #[server(default)] by_year: String,
    #[server(default)] reason: String,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let note = crate::applications::pages::tidy_note(&note);
    let boxes = [
        ("from_day", from_day),
        ("from_month", from_month),
        ("from_year", from_year),
        ("to_day", to_day),
        ("to_month", to_month),
        ("to_year", to_year),
        ("by_day", by_day),
        ("by_month", by_month),
        ("by_year", by_year),
        ("reason", reason),
        ("note", note),
    ];
    let typed = boxes.map(|(name, text)| (name.to_owned(), text)).into();
    let kept = services::new_dates::save(&ctx, &session, &plan, &typed).await?;
    kit::see_other(&super::dates::address(&session, &format!("plan={kept}")));
    Ok(())
}

/// Proposes the dates that were read. `fingerprint` is that of the messages on the page.
///
/// # Errors
/// As [`plan_cancellation`].
#[server(prefix = "/do", endpoint = "provide_propose_dates")]
pub async fn propose_dates(
    #[server(default)] session: String,
    #[server(default)] plan: String,
    #[server(default)] fingerprint: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    services::cancelling::scope(&ctx, "session", &session).await?;
    let change = plan.parse().map_err(|_| AppError::NotFound)?;
    let query = match services::new_dates::propose(&ctx, change, &fingerprint).await {
        Ok(()) => String::new(),
        Err(services::Error::Refused(_)) => format!("plan={plan}&problem=changed"),
        Err(error) => return Err(error.into()),
    };
    kit::see_other(&super::dates::address(&session, &query));
    Ok(())
}
