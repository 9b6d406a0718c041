//! Opportunities to come back to.

use domain::ids::AccountId;
use domain::saved::MOST_OPPORTUNITIES;
use domain::search::Hit;
use store::Tx;

use crate::{Ctx, Error, Result};

/// An opportunity that somebody keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its title.
    pub title: String,
    /// What its address ends with.
    pub slug: String,
    /// What the search says of it; `None` once nobody can apply any more.
    pub hit: Option<Hit>,
}

pub(super) async fn kept(tx: &mut Tx, ctx: &Ctx, account: AccountId) -> Result<Vec<Kept>> {
    let held = ctx.services.catalogue.current_in(tx, &ctx.services).await?;
    let today = ctx.services.today();
    Ok(store::saved::list_opportunities(tx, account)
        .await?
        .into_iter()
        .map(|(id, title, slug)| {
            let listing = held.index.get(id).filter(|listing| listing.is_open(today));
            Kept { title, slug, hit: listing.map(|listing| Hit::of(listing, None, today)) }
        })
        .collect())
}

/// Whether the signed-in person keeps the opportunity at this address; nobody who is signed out does.
///
/// # Errors
/// When the store fails.
pub async fn is_saved(ctx: &Ctx, id: domain::ids::OpportunityId) -> Result<bool> {
    let Some(actor) = &ctx.actor else { return Ok(false) };
    let mut tx = ctx.services.db.read().await?;
    Ok(store::saved::is_saved(&mut tx, actor.account, id).await?)
}

/// Keeps the opportunity at this address. Again it changes nothing.
///
/// # Errors
/// [`Error::SignIn`] when signed out; [`Error::NotFound`] when there is none; [`Error::Refused`] for somebody
/// who keeps too many.
pub async fn save(ctx: &Ctx, slug: &str) -> Result<()> {
    let actor = ctx.actor()?;
    let services = &ctx.services;
    let page = crate::discover::opportunity(ctx, slug).await?;
    let listing = &page.advert.listing;
    let mut tx = services.db.write().await?;
    if store::saved::list_opportunities(&mut tx, actor.account).await?.len() >= MOST_OPPORTUNITIES {
        return Err(Error::refused(format!("You can save {MOST_OPPORTUNITIES} opportunities. Remove one first.")));
    }
    let open: Vec<_> = listing.runs.iter().filter(|run| run.is_open(page.today)).collect();
    let full = listing.shows_places && !open.is_empty() && open.iter().all(|run| run.left() == 0);
    store::saved::save_opportunity(&mut tx, actor.account, listing.id, full, services.now()).await?;
    Ok(tx.commit().await?)
}

/// Keeps it no longer. Again it changes nothing.
///
/// # Errors
/// [`Error::SignIn`] when signed out; [`Error::NotFound`] when there never was one at this address.
pub async fn remove(ctx: &Ctx, slug: &str) -> Result<()> {
    let actor = ctx.actor()?;
    let page = crate::discover::opportunity(ctx, slug).await?;
    let mut tx = ctx.services.db.write().await?;
    store::saved::delete_opportunity(&mut tx, actor.account, page.advert.listing.id).await?;
    Ok(tx.commit().await?)
}
