//! What the browser asks the server for.

use kit::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

/// What of the search's page changes with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchUpdate {
    /// Where the answer can be found again.
    pub address: String,
    /// The window's title.
    pub title: String,
    /// The heading with the number of results.
    pub heading: String,
    /// What the closed filters say of themselves.
    pub filters: String,
    /// What the button below the filters says.
    pub show: String,
    /// The numbers beside the filters: what each is found by, and what it says.
    pub labels: Vec<(String, String)>,
    /// The results, as the page has them.
    pub html: String,
}

/// The page of results for the query of an address, such as `what=nursing&where=Leeds`.
///
/// # Errors
/// [`AppError::TooMany`] for somebody who asks too often; [`AppError::NoConnection`] in the browser
/// when the line is broken.
#[server(prefix = "/do", endpoint = "discover_search_results", input = GetUrl)]
pub async fn search_results(#[server(default)] q: String) -> Result<SearchUpdate, AppError> {
    let ctx = kit::request();
    let (query, odd) = crate::pages::read(&q);
    let results = services::discover::search(&ctx, query, odd).await?;
    Ok(crate::results::update(results))
}

/// The dates of an opportunity, as a file for a calendar.
///
/// # Errors
/// [`AppError::NotFound`] when there is none at this address.
#[cfg(feature = "ssr")]
#[server(prefix = "/do", endpoint = "discover_dates", input = GetUrl, output = kit::calendar::CalendarFile)]
pub async fn dates(#[server(default)] slug: String) -> Result<kit::calendar::Calendar, AppError> {
    let text = services::discover::dates(&kit::request(), &slug).await?;
    Ok(kit::calendar::file("attachment; filename=\"dates.ics\"", text))
}
