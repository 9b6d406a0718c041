//! What the browser asks the server for.

use domain::search::Results;
use kit::AppError;
use leptos::prelude::*;
use server_fn::codec::GetUrl;

/// The page of results for the query of an address, such as `what=nursing&where=Leeds`.
///
/// # Errors
/// [`AppError::TooMany`] for somebody who asks too often; [`AppError::NoConnection`] in the browser
/// when the line is broken.
#[server(prefix = "/do", endpoint = "discover_search_results", input = GetUrl)]
pub async fn search_results(#[server(default)] q: String) -> Result<Results, AppError> {
    let ctx = kit::request();
    let (query, odd) = crate::pages::read(&q);
    Ok(services::discover::search(&ctx, query, odd).await?)
}
