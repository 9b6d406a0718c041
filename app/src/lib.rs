//! What people see: the document, every route, the footer's pages and the demonstration's.

#[cfg(feature = "ssr")]
pub mod demo;
#[cfg(feature = "ssr")]
mod islands;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod site;

#[cfg(feature = "ssr")]
pub use discover::{Look, widget_document};
#[cfg(feature = "ssr")]
pub use routes::App;
#[cfg(feature = "ssr")]
pub use shell::{Bundle, Site, WORKER, shell};

// Named, so that the linker keeps the islands and server functions of every audience.
use {advise as _, apply as _, discover as _, identity as _, national as _, provide as _};
