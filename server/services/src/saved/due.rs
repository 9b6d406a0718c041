//! What is mailed about what people keep: answers to saved searches, and word of what closes soon or has a
//! place again. Each message in a transaction of its own, so that one that fails holds up no other.

use chrono::{Days, Timelike};
use domain::eligibility::can_apply;
use domain::ids::{AccountId, OpportunityId};
use domain::saved::{CLOSING_DAYS, FROM_HOUR, NAMED};
use domain::search::{Hit, Listing};
use store::Tx;
use uuid::Uuid;

use super::searches::{in_words, read};
use super::stop::{What, links};
use crate::messages::letters::{Digest, closing_soon, digest, place_free};
use crate::messages::{Letter, Outgoing, queue_that_stops};
use crate::{Result, Services};

/// So many of a kind in one run; the next run goes on.
const BATCH: i64 = 500;

/// Sends what is due, from the morning on. How many messages.
///
/// # Errors
/// When what is due cannot be read.
pub(crate) async fn send_due(services: &Services) -> Result<usize> {
    let today = services.today();
    let mut sent = 0;
    if crate::time::london(services.now()).hour() >= FROM_HOUR {
        let mut tx = services.db.read().await?;
        let due = store::saved::list_due_searches(&mut tx, today, BATCH).await?;
        let until = today + Days::new(CLOSING_DAYS);
        let closing = store::saved::list_closing(&mut tx, today, until, BATCH).await?;
        drop(tx);
        for id in due {
            sent += logged(answer(services, id).await, "a saved search could not be answered");
        }
        for (account, opportunity) in closing {
            let told = tell(services, account, opportunity, Word::Closing).await;
            sent += logged(told, "somebody could not be told that something closes");
        }
    }
    let mut tx = services.db.read().await?;
    let free = store::saved::list_free(&mut tx, today, BATCH).await?;
    drop(tx);
    for (account, opportunity) in free {
        let told = tell(services, account, opportunity, Word::Free).await;
        sent += logged(told, "somebody could not be told of a free place");
    }
    let mut tx = services.db.write().await?;
    store::saved::mark_full(&mut tx, today).await?;
    tx.commit().await?;
    Ok(sent)
}

fn logged(result: Result<bool>, what: &'static str) -> usize {
    match result {
        Ok(sent) => usize::from(sent),
        Err(error) => {
            tracing::error!(%error, "{what}");
            0
        }
    }
}

/// Answers one search with what was published since the last answer. Nothing new, no message.
async fn answer(services: &Services, id: Uuid) -> Result<bool> {
    let today = services.today();
    let mut tx = services.db.write().await?;
    let Some(search) = store::saved::find_search(&mut tx, id).await?.filter(|one| one.next_on <= today) else {
        return Ok(false);
    };
    let (query, odd) = read(&search.query);
    let held = services.catalogue.current_in(&mut tx, services).await?;
    let place = held.places.find(&query.place);
    let born = store::accounts::find_learner(&mut tx, search.account).await?.map(|learner| learner.date_of_birth);
    let can = |listing: &Listing| match born.filter(|_| query.mine) {
        Some(born) => {
            listing.open_ended
                || listing.runs.iter().any(|run| can_apply(&listing.asks(run), Some(born), today).is_yes())
        }
        None => true,
    };
    let new: Vec<&Listing> = held
        .index
        .all(&query, place.as_ref(), today, usize::MAX)
        .into_iter()
        .filter(|listing| listing.published_at > search.seen_until && can(listing))
        .collect();
    let newest = new.iter().map(|listing| listing.published_at).max().unwrap_or(search.seen_until);
    let words = in_words(&held.index.search(&query, place.as_ref(), None, Vec::new(), today));
    let (stop, one_click) = links(services, What::Search(search.account, search.id));
    let letter = (!new.is_empty()).then(|| {
        let miles = |listing: &Listing| place.as_ref().and_then(|place| listing.miles_from(place));
        let hits: Vec<Hit> = new.iter().take(NAMED).map(|listing| Hit::of(listing, miles(listing), today)).collect();
        digest(&Digest {
            words: &words,
            odd: &odd,
            hits: &hits,
            total: new.len(),
            address: &query.address(),
            every: search.every,
            base_url: &services.settings.base_url,
            stop: &stop,
        })
    });
    store::saved::answered(&mut tx, id, newest, search.every.next_after(today)).await?;
    let sent = match letter {
        Some(letter) => {
            let key = format!("digest:{id}:{today}");
            mail(&mut tx, services, search.account, "digest", key, letter, one_click).await?
        }
        None => false,
    };
    tx.commit().await?;
    Ok(sent)
}

/// What is told of something that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Closing,
    Free,
}

async fn tell(services: &Services, account: AccountId, opportunity: OpportunityId, word: Word) -> Result<bool> {
    let today = services.today();
    let mut tx = services.db.write().await?;
    let held = services.catalogue.current_in(&mut tx, services).await?;
    let first = match word {
        Word::Closing => store::saved::closing_told(&mut tx, account, opportunity, services.now()).await?,
        Word::Free => store::saved::free_told(&mut tx, account, opportunity).await?,
    };
    let Some(listing) = held.index.get(opportunity).filter(|listing| first && listing.is_open(today)) else {
        // It is remembered all the same, so that nobody looks at it every minute.
        tx.commit().await?;
        return Ok(false);
    };
    let hit = Hit::of(listing, None, today);
    let (stop, one_click) = links(services, What::Opportunity(account, opportunity));
    let base_url = &services.settings.base_url;
    let (template, letter) = match word {
        Word::Closing => ("closing_soon", closing_soon(&hit, base_url, &stop)),
        Word::Free => ("place_free", place_free(&hit, base_url, &stop)),
    };
    // Told again only after it was full, or saved, once more.
    let key = format!("{template}:{account}:{opportunity}:{}", services.now().0);
    let sent = mail(&mut tx, services, account, template, key, letter, one_click).await?;
    tx.commit().await?;
    Ok(sent)
}

async fn mail(
    tx: &mut Tx,
    services: &Services,
    account: AccountId,
    template: &'static str,
    key: String,
    letter: Letter,
    one_click: String,
) -> Result<bool> {
    let Some(account) = store::accounts::find(tx, account).await? else { return Ok(false) };
    let outgoing = Outgoing { key, to: account.email, template, letter, application: None };
    queue_that_stops(tx, services, outgoing, Some(one_click)).await?;
    Ok(true)
}
