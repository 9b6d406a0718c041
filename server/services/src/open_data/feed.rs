//! Any search as an Atom feed: the newest first.

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use chrono::DateTime;
use domain::search::{Hit, Sort};
use domain::time::Moment;

use crate::saved::{in_words, read_query};
use crate::{Ctx, Result};

/// How many entries a feed has.
const ENTRIES: usize = 50;

fn time(at: Moment) -> FixedDateTime {
    DateTime::from_timestamp_micros(at.0).unwrap_or_default().fixed_offset()
}

/// The feed of a search, as its address asks it. An entry's identifier is its page's address, and stays.
///
/// # Errors
/// When the store fails.
pub async fn feed(ctx: &Ctx, raw: &str) -> Result<String> {
    let services = &ctx.services;
    let (mut query, odd) = read_query(raw);
    let mut tx = services.db.read().await?;
    let held = services.catalogue.current_in(&mut tx, services).await?;
    drop(tx);
    let place = held.places.find(&query.place);
    let today = services.today();
    let words = in_words(&held.index.search(&query, place.as_ref(), None, odd, today));
    let base_url = &services.settings.base_url;
    let page = format!("{base_url}{}", query.address());
    query.sort = Sort::Newest;
    let found = held.index.all(&query, place.as_ref(), today, ENTRIES);
    let updated = found.iter().map(|listing| listing.published_at).max();
    let entries = found
        .iter()
        .map(|listing| {
            let url = format!("{base_url}/opportunities/{}", listing.slug);
            let hit = Hit::of(listing, None, today);
            let about = [Some(hit.kind), Some(hit.provider.clone()), Some(hit.when), Some(hit.ages), hit.closes]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(". ");
            Entry {
                title: Text::plain(hit.title),
                id: url.clone(),
                updated: time(listing.published_at),
                published: Some(time(listing.published_at)),
                authors: vec![Person { name: listing.organisation.to_string(), ..Person::default() }],
                links: vec![Link { href: url, rel: "alternate".into(), ..Link::default() }],
                content: Some(Content { value: Some(about), content_type: Some("text".into()), ..Content::default() }),
                ..Entry::default()
            }
        })
        .collect();
    let address = query.address();
    let asked = address.split_once('?').map_or("", |(_, asked)| asked);
    let own = format!("{base_url}/opportunities.atom?{asked}");
    let feed = Feed {
        title: Text::plain(format!("Work experience in health and care: {words}")),
        id: own.clone(),
        // Without anything there is no moment: the beginning of today says that it was looked at.
        updated: time(updated.unwrap_or_else(|| crate::time::from_london(today.and_time(chrono::NaiveTime::MIN)))),
        generator: Some(Generator { value: "wex".into(), ..Generator::default() }),
        links: vec![
            Link { href: own, rel: "self".into(), ..Link::default() },
            Link { href: page, rel: "alternate".into(), ..Link::default() },
        ],
        entries,
        ..Feed::default()
    };
    Ok(feed.to_string())
}
