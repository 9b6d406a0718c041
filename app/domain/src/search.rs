//! Finding: a query is a plain address, a result is what the page says. Pure, so that the same
//! matching is tested without a server and the browser can write the same addresses.

mod listing;
mod matching;
mod query;

pub use listing::{Hit, Listing, Place, Run};
pub use matching::{Results, Wider, search};
pub use query::{PER_PAGE, Query, RADII, Sort};
