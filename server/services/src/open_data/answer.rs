//! Lists, page by page, and one opportunity.

use chrono::NaiveDate;
use domain::search::{Listing, Place};
use serde::Serialize;
use utoipa::ToSchema;

use super::items::{Item, ItemDetail};
use crate::context::hash;
use crate::saved::read_query;
use crate::{Ctx, Error, Result};

/// How many a page of a list has where nobody says.
pub const LIMIT: usize = 20;
/// The most that a page of a list can have.
pub const LIMIT_MOST: usize = 100;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Answer {
    /// How many there are on all pages.
    pub total: usize,
    /// This page's.
    pub items: Vec<Item>,
    /// The next page's `cursor`; none on the last page.
    pub next: Option<String>,
    /// What of the question was not understood, in words. The answer goes on without it.
    pub not_understood: Vec<String>,
}

/// An answer with what tells one from another (an entity tag, without its quotation marks).
#[derive(Debug, Clone, PartialEq)]
pub struct Tagged<T> {
    /// Changes whenever the answer may.
    pub tag: String,
    /// The answer.
    pub answer: T,
}

/// The entity tag of an answer to this question: it changes with what is published, and at midnight in London.
///
/// # Errors
/// When the store fails.
pub async fn tag(ctx: &Ctx, question: &str) -> Result<String> {
    let mut tx = ctx.services.db.read().await?;
    let version = store::catalogue::version(&mut tx).await?;
    Ok(tag_of(version, ctx.services.today(), question))
}

fn tag_of(version: i64, today: NaiveDate, question: &str) -> String {
    hash(&format!("{version}\n{today}\n{question}")).chars().take(24).collect()
}

/// Where the next page begins: behind the opportunity with this address, or, once that is gone, at this number.
fn cursor(number: usize, slug: &str) -> String {
    format!("{number}.{slug}")
}

fn begin(found: &[&Listing], cursor: Option<&str>) -> Result<usize> {
    let Some(cursor) = cursor.filter(|text| !text.is_empty()) else { return Ok(0) };
    let (number, slug) = cursor.split_once('.').ok_or_else(bad_cursor)?;
    let number: usize = number.parse().map_err(|_| bad_cursor())?;
    Ok(match found.iter().position(|listing| listing.slug == slug) {
        Some(at) => at + 1,
        None => number.min(found.len()),
    })
}

fn bad_cursor() -> Error {
    Error::refused("The cursor is not one of ours. Take “next” of the page before, or leave it out.")
}

/// What a query finds, as the address of a search asks it, from a cursor on.
///
/// # Errors
/// [`Error::Refused`] for a cursor that is none of ours; otherwise when the store fails.
pub async fn list(ctx: &Ctx, raw: &str, from: Option<&str>, limit: usize) -> Result<Answer> {
    let services = &ctx.services;
    let (query, mut not_understood) = read_query(raw);
    let mut tx = services.db.read().await?;
    let held = services.catalogue.current_in(&mut tx, services).await?;
    drop(tx);
    let place: Option<Place> = held.places.find(&query.place);
    if place.is_none() && !query.place.trim().is_empty() {
        not_understood.push("We do not know this place. Use a postcode or town.".into());
    }
    let today = services.today();
    let found = held.index.all(&query, place.as_ref(), today, usize::MAX);
    let begin = begin(&found, from)?;
    let limit = limit.clamp(1, LIMIT_MOST);
    let end = begin.saturating_add(limit).min(found.len());
    let page = found.get(begin..end).unwrap_or_default();
    let base_url = &services.settings.base_url;
    Ok(Answer {
        total: found.len(),
        items: page.iter().map(|listing| Item::of(listing, place.as_ref(), base_url, today)).collect(),
        next: page.last().filter(|_| end < found.len()).map(|last| cursor(end, &last.slug)),
        not_understood,
    })
}

/// Everything that is published of the opportunity with this address.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the provider took it back.
pub async fn one(ctx: &Ctx, slug: &str) -> Result<ItemDetail> {
    if !slug.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(Error::NotFound);
    }
    let mut tx = ctx.services.db.read().await?;
    let advert = store::catalogue::opportunity_by_slug(&mut tx, slug).await?.filter(|advert| advert.published);
    let advert = advert.ok_or(Error::NotFound)?;
    Ok(ItemDetail::of(advert, &ctx.services.settings.base_url, ctx.services.today()))
}
