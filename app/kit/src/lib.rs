//! What every page shares: NHS.UK components, the page helper, and what a person is told when
//! something cannot be done.

#[cfg(feature = "ssr")]
mod attachment;
#[cfg(feature = "ssr")]
pub mod calendar;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod documents;
mod error;
pub mod live;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub use attachment::{Attachment, FileToSave};
pub use error::AppError;
#[cfg(feature = "ssr")]
pub use page::{error_page, field_error, form_value, page, param, query, query_all, request, see_other, urlencode};
