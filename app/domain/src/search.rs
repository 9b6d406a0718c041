//! Finding: a query is a plain address, a result is what the page says. What is found for a query is the
//! work of the crate `finding`.

mod choices;
mod listing;
mod query;
mod results;

pub use choices::{Audience, Length, Setting, View};
pub use listing::{Held, Hit, Listing, Place, Run, Text};
pub use query::{PER_PAGE, Query, RADII, Sort};
pub use results::{AreaCount, Counts, LeftOut, Results, Wider};
