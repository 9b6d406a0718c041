//! The national team's area: what learners wrote, before anybody else reads it. Nothing runs in the browser.

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
