//! Signing in and out, and one's account. Plain forms: nothing here needs the browser's side.

// The types of pages nest deeply.
#![recursion_limit = "256"]

pub mod api;
#[cfg(feature = "ssr")]
mod cookies;
pub mod data;
#[cfg(feature = "ssr")]
pub mod pages;
