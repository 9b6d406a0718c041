//! Finding: the first page, the search, and an opportunity's page.

mod api;
#[cfg(feature = "ssr")]
mod calendar;
#[cfg(feature = "ssr")]
mod choices;
mod filters;
#[cfg(feature = "ssr")]
mod map;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod results;
#[cfg(feature = "ssr")]
mod roles;
pub mod saved;
mod share;
#[cfg(feature = "ssr")]
mod taking;
#[cfg(feature = "ssr")]
mod widget;

#[cfg(feature = "ssr")]
pub use api::dates;
pub use api::{SearchUpdate, search_results};
pub use filters::SearchFilters;
#[cfg(feature = "ssr")]
pub use pages::{HomePage, OpportunityPage, SearchPage};
#[cfg(feature = "ssr")]
pub use results::ResultsView;
#[cfg(feature = "ssr")]
pub use roles::{NewToMePage, RoleFamilyPage, RolePage, RolesPage};
#[cfg(feature = "ssr")]
pub use saved::{SaveSearchPage, SavedPage, StopPage};
pub use share::SharePage;
#[cfg(feature = "ssr")]
pub use widget::{Look, widget_document};
