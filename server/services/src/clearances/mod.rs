//! An organisation's types of clearances: seeing and changing them, choosing which ones an opportunity asks
//! for, and what is to do today.

mod asked;
#[cfg(test)]
mod story;
mod to_do;
mod types;

pub use store::documents::Document;

pub use asked::{Asks, asked, choose_asked};
pub use to_do::{CheckView, OpenCheck, ToDo, check, own_check, to_do};
pub use types::{FormView, TypesView, form, list, retire, save};
