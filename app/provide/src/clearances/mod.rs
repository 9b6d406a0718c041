//! A provider's checks: its types, which ones an opportunity asks for, what is to do, one check. Plain forms
//! throughout, so nothing of this reaches the browser's bundle.

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
mod pages;

#[cfg(feature = "ssr")]
pub(crate) use pages::date;
#[cfg(feature = "ssr")]
pub use pages::{AskedPage, CheckPage, ClearanceTypePage, ClearanceTypesPage, NewClearanceTypePage, ToDoPage};
