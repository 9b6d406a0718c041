//! A careers adviser's area: where the learners stand who agreed to be seen, and no one else. Nothing that a
//! learner wrote is here, and nothing runs in the browser.

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
