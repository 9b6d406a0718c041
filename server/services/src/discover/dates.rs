//! The dates of an opportunity as a file for a calendar: each session that can still be had, and the last day
//! to apply for it.

use chrono::Days;
use icalendar::{Component, Event, EventLike};

use super::opportunity::opportunity;
use crate::calendar_file::{empty, utc};
use crate::{Ctx, Result};

/// The file for the opportunity at this address.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is none, or it was never published.
pub async fn dates(ctx: &Ctx, slug: &str) -> Result<String> {
    let page = opportunity(ctx, slug).await?;
    let services = &ctx.services;
    let listing = &page.advert.listing;
    let link = format!("{}/opportunities/{}", services.settings.base_url, listing.slug);
    let place = page.advert.site.as_ref().map(|site| {
        [Some(&site.name), site.address.as_ref(), site.town.as_ref(), site.postcode.as_ref()]
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(", ")
    });
    let mut calendar = empty("PUBLISH");
    let event = |uid: String, summary: String| {
        let mut event = Event::new();
        event.uid(&uid).timestamp(utc(services.now())).summary(&summary).url(&link);
        // Nobody is busy because of what they look at.
        event.add_property("TRANSP", "TRANSPARENT");
        event
    };
    for session in page.sessions.iter().filter(|session| page.advert.published && session.run.is_open(page.today)) {
        let run = &session.run;
        let mut days = event(format!("{}-dates@wex", run.id), format!("{}, {}", listing.title, listing.organisation));
        days.starts(run.starts_on).ends(run.ends_on + Days::new(1)).description(&link);
        if let Some(place) = &place {
            days.location(place);
        }
        calendar.push(days.done());
        let mut closes = event(format!("{}-closes@wex", run.id), format!("Last day to apply: {}", listing.title));
        closes.all_day(run.closes_on).description(&link);
        calendar.push(closes.done());
    }
    Ok(calendar.to_string())
}
