//! The pages of checks.

mod asked;
mod check;
mod form;
mod list;
#[cfg(test)]
mod tests;
mod to_do;

pub use asked::AskedPage;
pub use check::CheckPage;
pub(crate) use check::date;
pub use form::{ClearanceTypePage, NewClearanceTypePage};
pub use list::ClearanceTypesPage;
pub use to_do::ToDoPage;
