//! Searches that are answered by email.

use domain::ids::AccountId;
use domain::saved::{Every, MOST_SEARCHES};
use domain::search::{Query, Results};
use store::Tx;
use store::saved::SavedSearch;
use uuid::Uuid;

use crate::{Ctx, Error, Result};

/// Longest query that is kept, in characters: no form of ours makes a longer one.
const LONGEST: usize = 2000;

/// A search that somebody is about to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// What it asks, in words.
    pub words: String,
    /// The query, as the search reads it.
    pub query: Query,
    /// What was not understood, in words.
    pub odd: Vec<String>,
    /// How many it finds today.
    pub found: usize,
}

/// A search that somebody keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptSearch {
    /// Its identifier.
    pub id: Uuid,
    /// What it asks, in words.
    pub words: String,
    /// Where its results are.
    pub address: String,
    /// How often it is answered.
    pub every: Every,
    /// What is not understood any more, in words: a filter that there is no longer.
    pub odd: Vec<String>,
    /// How many it finds today.
    pub found: usize,
}

/// Reads a query as an address has it, with or without what stands before its question mark.
pub(crate) fn read(raw: &str) -> (Query, Vec<String>) {
    let raw = raw.split_once('?').map_or(raw, |(_, query)| query);
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(raw.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    let (mut query, odd) = Query::read(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    // What is kept is the question, not the page that somebody was on.
    query.page = 1;
    query.view = domain::search::View::List;
    query.month = None;
    (query, odd)
}

/// The query as it is kept.
pub(super) fn kept_as(query: &Query) -> String {
    let address = query.address();
    address.split_once('?').map_or(String::new(), |(_, query)| query.to_owned())
}

/// "nursing, near Leeds, within 15 miles": what a search asks; "everything" where it asks nothing.
pub(crate) fn in_words(results: &Results) -> String {
    let query = &results.query;
    let what = Some(query.what.clone()).filter(|what| !what.is_empty());
    let place = results.place.as_ref().map(|place| format!("near {place}"));
    let said: Vec<String> =
        what.into_iter().chain(place).chain(results.chosen().into_iter().map(|(words, _)| words)).collect();
    if said.is_empty() { "everything".into() } else { said.join(", ") }
}

async fn look(tx: &mut Tx, ctx: &Ctx, raw: &str) -> Result<Asked> {
    let services = &ctx.services;
    let (query, mut odd) = read(raw);
    let held = services.catalogue.current_in(tx, services).await?;
    let place = held.places.find(&query.place);
    if place.is_none() && !query.place.trim().is_empty() {
        odd.push(format!("We do not know the place “{}”.", query.place.chars().take(40).collect::<String>()));
    }
    let results = held.index.search(&query, place.as_ref(), None, odd, services.today());
    Ok(Asked { words: in_words(&results), found: results.total, odd: results.odd, query })
}

/// What somebody is about to keep, in words.
///
/// # Errors
/// [`Error::SignIn`] when signed out.
pub async fn asked(ctx: &Ctx, raw: &str) -> Result<Asked> {
    ctx.actor()?;
    let mut tx = ctx.services.db.read().await?;
    look(&mut tx, ctx, raw).await
}

pub(super) async fn kept(tx: &mut Tx, ctx: &Ctx, account: AccountId) -> Result<Vec<KeptSearch>> {
    let mut searches = Vec::new();
    for search in store::saved::list_searches(tx, account).await? {
        let Asked { words, query, odd, found } = look(tx, ctx, &search.query).await?;
        let address = query.address();
        searches.push(KeptSearch { id: search.id, words, address, every: search.every, odd, found });
    }
    Ok(searches)
}

/// Keeps a search: from the next day on, what is new is mailed. The same search again changes how often.
///
/// # Errors
/// [`Error::SignIn`] when signed out; [`Error::Refused`] for somebody who keeps too many, or a query that no
/// form of ours makes.
pub async fn save_search(ctx: &Ctx, raw: &str, every: Every) -> Result<()> {
    let actor = ctx.actor()?;
    let services = &ctx.services;
    let query = kept_as(&read(raw).0);
    if query.chars().count() > LONGEST {
        return Err(Error::refused("This search is too long to save. Use fewer words or filters."));
    }
    let mut tx = services.db.write().await?;
    let mine = store::saved::list_searches(&mut tx, actor.account).await?;
    if mine.len() >= MOST_SEARCHES && !mine.iter().any(|one| one.query == query) {
        return Err(Error::refused(format!("You can save {MOST_SEARCHES} searches. Stop one first.")));
    }
    let now = services.now();
    let new = SavedSearch {
        id: services.uuid(),
        account: actor.account,
        query,
        every,
        saved_at: now,
        seen_until: now,
        next_on: every.next_after(services.today()),
    };
    store::saved::save_search(&mut tx, &new).await?;
    Ok(tx.commit().await?)
}

/// Changes how often a search is answered.
///
/// # Errors
/// [`Error::SignIn`] when signed out; [`Error::NotFound`] for somebody else's.
pub async fn change(ctx: &Ctx, id: Uuid, every: Every) -> Result<()> {
    let actor = ctx.actor()?;
    let mut tx = ctx.services.db.write().await?;
    let next = every.next_after(ctx.services.today());
    if !store::saved::change_search(&mut tx, actor.account, id, every, next).await? {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}

/// Keeps a search no longer. Again it changes nothing.
///
/// # Errors
/// [`Error::SignIn`] when signed out.
pub async fn forget(ctx: &Ctx, id: Uuid) -> Result<()> {
    let actor = ctx.actor()?;
    let mut tx = ctx.services.db.write().await?;
    store::saved::delete_search(&mut tx, actor.account, id).await?;
    Ok(tx.commit().await?)
}
