//! A provider's sessions: how full they are, who comes, and how many places there are. Plain pages and
//! forms throughout, so nothing of this reaches the browser's bundle.

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
mod pages;

#[cfg(feature = "ssr")]
pub use pages::{PlacesPage, SessionPage, SessionsPage};
