//! What the buttons post to of what can be taken at any time.

use kit::AppError;
use leptos::prelude::*;

fn back(slug: &str) {
    kit::see_other(&format!("/opportunities/{}#when", kit::urlencode(slug)));
}

/// Begins it, for the learner's record.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::NotFound`] for staff or without anything at this address,
/// [`AppError::Refused`] for what has dates, or for somebody whom it is not for.
#[server(prefix = "/do", endpoint = "discover_enrol")]
pub async fn enrol(#[server(default)] slug: String) -> Result<(), AppError> {
    services::enrolments::enrol(&kit::request(), &slug).await?;
    back(&slug);
    Ok(())
}

/// Completes what the learner has begun.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::NotFound`] for staff or without anything at this address,
/// [`AppError::Refused`] for what this learner never began.
#[server(prefix = "/do", endpoint = "discover_complete")]
pub async fn complete(#[server(default)] slug: String) -> Result<(), AppError> {
    services::enrolments::complete(&kit::request(), &slug).await?;
    back(&slug);
    Ok(())
}
