//! What somebody keeps: opportunities to come back to, and searches that are answered by email. Plain forms.

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
mod pages;

#[cfg(feature = "ssr")]
pub use pages::{SaveSearchPage, SavedPage, StopPage};
