//! The search page and the way in.

use domain::Profession;
use domain::search::{Listing, Query, Results};

use crate::{Ctx, Error, Result};

/// The page of results for a query. `odd` is what was not understood so far, in words; an unknown place
/// is added to it, and the search goes on without.
///
/// Nothing that somebody types is an error: the answer is always a page.
///
/// # Errors
/// [`Error::TooMany`] beyond the searches a minute of the settings; otherwise when the store fails.
pub async fn search(ctx: &Ctx, query: Query, mut odd: Vec<String>) -> Result<Results> {
    let services = &ctx.services;
    let most = services.settings.searches_per_minute;
    if let (Some(address), 1..) = (ctx.address, most) {
        services.catalogue.limit.count(address, services.now(), most).map_err(Error::TooMany)?;
    }
    let mut tx = services.db.read().await?;
    // PostgreSQL takes no NUL in a text, and no place has a control character in its name.
    let typed = query.place.replace(char::is_control, " ");
    let place = if typed.trim().is_empty() { None } else { store::places::find(&mut tx, &typed).await? };
    if place.is_none() && !query.place.is_empty() {
        odd.push(format!(
            "We do not know the place “{}”. Enter a postcode or town, like LS1 4AP or Leeds.",
            shortened(&query.place)
        ));
    }
    let listings = services.catalogue.current_in(&mut tx).await?;
    Ok(domain::search::search(listings.iter(), &query, place.as_ref(), odd, services.today()))
}

/// What somebody typed, short enough to be quoted.
fn shortened(typed: &str) -> String {
    let mut text: String = typed.chars().take(40).collect();
    if text.len() < typed.len() {
        text.push('…');
    }
    text
}

/// What the first page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Areas of work that somebody can apply for now, with how many opportunities each has.
    pub professions: Vec<(Profession, usize)>,
    /// How many opportunities there are now.
    pub total: usize,
}

/// What the first page says. Its numbers are those that a search would find.
///
/// # Errors
/// When the store fails.
pub async fn home(ctx: &Ctx) -> Result<Home> {
    let today = ctx.services.today();
    let listings = ctx.services.catalogue.current(&ctx.services).await?;
    let open: Vec<&Listing> = listings.iter().filter(|listing| listing.is_open(today)).collect();
    let professions = Profession::ALL
        .iter()
        .map(|profession| (*profession, open.iter().filter(|listing| listing.profession == Some(*profession)).count()))
        .filter(|(_, count)| *count > 0)
        .collect();
    Ok(Home { professions, total: open.len() })
}
