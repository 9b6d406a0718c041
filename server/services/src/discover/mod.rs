//! Finding: the search, and an opportunity's page. Anybody may; nothing here needs signing in.

mod catalogue;
mod limit;
mod opportunity;
mod search;
#[cfg(test)]
mod tests;

pub use catalogue::{Catalogue, Held};
pub(crate) use limit::Limit;
pub use opportunity::{OpportunityView, SessionView, opportunity};
pub use search::{Answer, Calendar, Home, home, search};
pub use store::catalogue::{Advert, Site};
