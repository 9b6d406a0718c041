//! Finding: the search, and an opportunity's page. Anybody may; nothing here needs signing in.

mod card;
mod catalogue;
mod dates;
mod limit;
mod linked;
mod opportunity;
mod roles;
mod search;
#[cfg(test)]
mod tests;

pub use card::{Card, Picture, card, picture};
pub use catalogue::{Catalogue, Held};
pub use dates::dates;
pub(crate) use limit::Limit;
pub use linked::linked_data;
pub(crate) use opportunity::advert;
pub use opportunity::{OpportunityView, SessionView, opportunity};
pub use roles::{ToTry, to_try};
pub use search::{Answer, Calendar, Home, home, search};
pub use store::catalogue::{Advert, Site};
