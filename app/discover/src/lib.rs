//! Finding: the first page, the search, and an opportunity's page.

mod api;
mod filters;
#[cfg(feature = "ssr")]
mod pages;
mod results;

pub use api::search_results;
pub use filters::SearchFilters;
#[cfg(feature = "ssr")]
pub use pages::{HomePage, OpportunityPage, SearchPage};
pub use results::ResultsView;
