//! The NHS.UK design system (nhsuk-frontend 10.6.1) as components.
//!
//! The markup is the design system's own: `tests/fixtures.rs` compares each component with the
//! fixtures in its package. The styles come from `style/main.scss`. Names with the class prefix
//! `wex-` are ours.
//!
//! **Left out: the design system's JavaScript.** Every page must be complete without scripts, and
//! what scripts add here is done by the islands, so a second set of scripts would be weight without use:
//!
//! - *Error summary and success banner*: the focus is moved by the browser (`autofocus` on an
//!   element with `tabindex="-1"`).
//! - *Skip link*: the target has `tabindex="-1"`; the browser moves the focus with the fragment.
//! - *Button, double click*: the attribute is written, the server makes a second press harmless.
//! - *Character count*: the limit is told beforehand and enforced by the server; the live count
//!   is for an island that reads the same data attributes.
//! - *Conditional questions*: shown by style alone (`:has(:checked)`); a browser without `:has`
//!   shows them always. The server ignores answers that do not belong.
//! - *"None of these"*: the server says so when it is ticked together with others.
//! - *Header menu*: the links wrap instead of hiding behind "More".
//! - *Tabs, password reveal, sortable tables, search with script*: not used.
//!
//! So `js-enabled` is never put on the body, and no component waits for it.

mod button;
mod card;
mod choice;
mod date_input;
mod details;
mod error_summary;
mod file_upload;
mod footer;
mod form_parts;
mod header;
mod heading;
mod icon;
mod input;
mod links;
mod messages;
mod options;
mod own;
mod pagination;
mod select;
mod summary_list;
mod table;
mod tag;
mod task_list;
mod text;
mod textarea;

// Glob re-exports per file: the component macro makes a function and a struct of properties.
pub use button::*;
pub use card::*;
pub use choice::*;
pub use date_input::*;
pub use details::*;
pub use error_summary::*;
pub use file_upload::*;
pub use footer::*;
pub use form_parts::{ErrorMessage, ErrorMessageProps, Fieldset, FieldsetProps, Hint, HintProps};
pub use header::*;
pub use input::*;
pub use links::*;
pub use messages::*;
pub use options::*;
pub use own::*;
pub use pagination::*;
pub use select::*;
pub use summary_list::*;
pub use table::*;
pub use tag::*;
pub use task_list::*;
pub use text::{Link, MaybeText, Size};
pub use textarea::*;
