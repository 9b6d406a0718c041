//! The pages, which exist on the server only.

mod home;
mod opportunity;
mod search;

use domain::search::Query;

pub use home::HomePage;
pub use opportunity::OpportunityPage;
pub use search::SearchPage;

/// Reads the query of an address: the search, and what was not understood, in words. Nothing is an error.
pub(crate) fn read(query: &str) -> (Query, Vec<String>) {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    Query::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// The query of the address that is being answered, as it was sent.
fn raw_query() -> String {
    leptos::prelude::use_context::<axum::http::request::Parts>()
        .and_then(|parts| parts.uri.query().map(ToOwned::to_owned))
        .unwrap_or_default()
}
