//! What the pages of the record post to, and the files that they link to.

#![allow(clippy::too_many_arguments, reason = "a form's function takes one argument for each box")]

use std::collections::BTreeMap;

use domain::reference::tidy_reference;
use kit::AppError;
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use super::files::{Badge, BadgeFile, Pdf, PdfFile};

/// Keeps what a learner wrote for themselves about what they did.
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's, or for what they did not attend.
#[server(prefix = "/do", endpoint = "apply_save_reflection")]
pub async fn save_reflection(
    #[server(default)] reference: String,
    #[server(default)] text: String,
) -> Result<(), AppError> {
    let reference = tidy_reference(&reference);
    let fits = services::record::reflect(&kit::request(), &reference, &text).await?;
    let word = if fits { "saved" } else { "problem" };
    kit::see_other(&format!("/record?{word}={}#{reference}", kit::urlencode(&reference)));
    Ok(())
}

/// Takes something that can be taken at any time off the learner's record.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::NotFound`] for staff or for what is no number of one.
#[server(prefix = "/do", endpoint = "apply_take_off_record")]
pub async fn take_off_record(#[server(default)] enrolment: String) -> Result<(), AppError> {
    let ctx = kit::request();
    ctx.actor()?;
    let id = enrolment.parse().map_err(|_| AppError::NotFound)?;
    services::enrolments::take_off(&ctx, id).await?;
    kit::see_other("/record?done=off");
    Ok(())
}

/// The learner's own certificate, as a PDF file.
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's, or without one that counts.
#[server(prefix = "/do", endpoint = "apply_certificate", input = GetUrl, output = Pdf)]
pub async fn download_certificate(#[server(default)] reference: String) -> Result<PdfFile, AppError> {
    let content = services::certificates::own_pdf(&kit::request(), &reference).await?;
    Ok(PdfFile::download(&format!("certificate-{}.pdf", tidy_reference(&reference)), content))
}

/// The learner's own certificate, as an Open Badge.
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's, or without one that counts.
#[server(prefix = "/do", endpoint = "apply_badge", input = GetUrl, output = Badge)]
pub async fn download_badge(#[server(default)] reference: String) -> Result<BadgeFile, AppError> {
    let content = services::certificates::own_badge(&kit::request(), &reference).await?;
    Ok(BadgeFile::download(&format!("badge-{}.jwt", tidy_reference(&reference)), content.into_bytes()))
}

/// Keeps what a learner says about a placement, as typed.
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's, or for what they did not attend; [`AppError::Refused`] once
/// the text was read.
#[server(prefix = "/do", endpoint = "apply_give_feedback")]
pub async fn give_feedback(
    #[server(default)] reference: String,
    #[server(default)] welcome: String,
    #[server(default)] learned: String,
    #[server(default)] safe: String,
    #[server(default)] helped: String,
    #[server(default)] recommend: String,
    #[server(default)] choose: String,
    #[server(default)] text: String,
) -> Result<(), AppError> {
    let reference = tidy_reference(&reference);
    let typed: BTreeMap<String, String> = [
        ("welcome", welcome),
        ("learned", learned),
        ("safe", safe),
        ("helped", helped),
        ("recommend", recommend),
        ("choose", choose),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    let complete = services::feedback::give(&kit::request(), &reference, &typed, &text).await?;
    let word = if complete { "done=thanks" } else { "tried=1" };
    kit::see_other(&format!("/applications/{}/feedback?{word}", kit::urlencode(&reference)));
    Ok(())
}
