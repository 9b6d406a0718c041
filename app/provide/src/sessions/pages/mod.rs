//! The pages of sessions.

mod actions;
mod coming;
mod ledger;
mod list;
mod one;
mod places;
#[cfg(test)]
mod tests;
mod waiting;

pub(super) use places::Typed;

pub use list::SessionsPage;
pub use one::SessionPage;
pub use places::PlacesPage;

use domain::publishing::NO_LIMIT;

/// "2 of 6 held", or how many hold a place where everybody can come.
fn held(held: i64, capacity: i64) -> String {
    match capacity {
        0 => "Not known yet".to_owned(),
        n if n >= NO_LIMIT => format!("{held} held, no limit"),
        n => format!("{held} of {n} held"),
    }
}

/// With a capital at the beginning.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
