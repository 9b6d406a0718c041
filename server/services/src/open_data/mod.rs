//! Open data: what is published, for programs. Read only; the same search as the pages, with the same filters,
//! and nothing about any person.

mod answer;
mod feed;
mod items;
mod sitemap;
#[cfg(test)]
mod story;

pub use answer::{Answer, LIMIT, LIMIT_MOST, Tagged, list, one, tag};
pub use feed::feed;
pub use items::{Item, ItemDetail, Session, SitePlace};
pub use sitemap::{SITEMAP_MOST, sitemap};

use crate::{Ctx, Error, Result};

/// Requests a minute from one address.
pub const REQUESTS_PER_MINUTE: u32 = 120;

/// Counts a request.
///
/// # Errors
/// [`Error::TooMany`] with the seconds to wait.
pub fn count(ctx: &Ctx) -> Result<()> {
    match ctx.address {
        Some(address) => {
            ctx.services.open_data_asked.count(address, ctx.services.now(), REQUESTS_PER_MINUTE).map_err(Error::TooMany)
        }
        None => Ok(()),
    }
}
