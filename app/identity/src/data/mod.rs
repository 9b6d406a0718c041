//! A learner's own data: to read, to correct, to take along, and to erase.

mod api;
#[cfg(feature = "ssr")]
mod file;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(all(test, feature = "ssr"))]
mod tests;

pub use api::{choose, correct, erase, withdraw_all};
#[cfg(feature = "ssr")]
pub use file::export;
