//! A provider's own opportunities. Plain forms throughout, so nothing of this reaches the browser's bundle.

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
mod pages;

#[cfg(feature = "ssr")]
pub use pages::{OpportunityDetailsPage, OwnOpportunitiesPage, OwnOpportunityPage};
