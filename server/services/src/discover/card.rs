//! What other sites show beside a link to an opportunity: a few words, and a picture of them.

use chrono::NaiveDate;
use domain::Delivery;
use domain::search::Hit;
pub use papers::Card;
use store::catalogue::Advert;

use crate::context::hash;
use crate::{Ctx, Error, Result};

/// Changes when pictures are drawn in another way, so that nobody keeps the old one.
const DRAWN: u8 = 1;

/// A picture that can be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Changes whenever the picture does (an entity tag, without its quotation marks).
    pub tag: String,
    words: Card,
}

impl Picture {
    /// The PNG file. It takes some milliseconds of computing.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub fn draw(&self) -> Result<Vec<u8>> {
        papers::card(&self.words).map_err(|error| Error::Unexpected(error.to_string()))
    }
}

/// The words for an opportunity, on a day.
#[must_use]
pub fn card(advert: &Advert, today: NaiveDate) -> Card {
    let hit = Hit::of(&advert.listing, None, today);
    let town = advert.listing.town.as_deref().unwrap_or_default().to_owned();
    let place = match advert.listing.delivery {
        Delivery::Online => "Online".to_owned(),
        Delivery::InPerson => town,
        Delivery::Mixed if town.is_empty() => advert.listing.delivery.label().to_owned(),
        Delivery::Mixed => format!("{town} and online"),
    };
    // Where it is stands on a line of its own.
    let when = hit.when.strip_suffix(", online").unwrap_or(&hit.when);
    let when = domain::words::capitalised(when);
    Card { kind: hit.kind, title: hit.title, provider: advert.listing.organisation.to_string(), when, place }
}

/// The picture of the opportunity with this address.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the provider took it back.
pub async fn picture(ctx: &Ctx, slug: &str) -> Result<Picture> {
    let mut tx = ctx.services.db.read().await?;
    let advert = store::catalogue::opportunity_by_slug(&mut tx, slug).await?.filter(|advert| advert.published);
    let words = card(&advert.ok_or(Error::NotFound)?, ctx.services.today());
    let tag = hash(&format!("{DRAWN}\n{words:?}")).chars().take(24).collect();
    Ok(Picture { tag, words })
}

#[cfg(test)]
mod tests {
    use store::testing::both;

    use super::*;
    use crate::testing::{World, ctx, services};

    #[tokio::test]
    async fn the_picture_follows_what_is_published_and_goes_with_it() {
        both(|db| async move {
            let (services, clock) = services(db, "2027-03-01T09:00:00");
            let world = World::make(&services, 3, &[]).await.unwrap();
            let anybody = ctx(&services, None);
            let mut tx = services.db.read().await.unwrap();
            let mut one = store::opportunities::find(&mut tx, world.opportunity).await.unwrap().unwrap();
            drop(tx);
            let slug = one.slug.clone();
            let first = picture(&anybody, &slug).await.unwrap();
            assert_eq!(first, picture(&anybody, &slug).await.unwrap());
            let file = first.draw().unwrap();
            // A PNG's first words: what it is, then its width and height.
            assert_eq!((&file[1..4], &file[16..24]), (&b"PNG"[..], &[0, 0, 4, 176, 0, 0, 2, 118][..]));
            assert_eq!(first.words.title, one.title);
            assert!(first.words.when.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()), "{first:?}");

            let save = async |one: &mut store::opportunities::Opportunity| {
                let mut tx = services.db.write().await.unwrap();
                assert!(store::opportunities::update(&mut tx, one).await.unwrap());
                store::catalogue::changed(&mut tx, &[one.id]).await.unwrap();
                tx.commit().await.unwrap();
            };
            one.title = "Another title".into();
            save(&mut one).await;
            let second = picture(&anybody, &slug).await.unwrap();
            assert_ne!(second.tag, first.tag);
            assert_ne!(second.draw().unwrap(), file);

            // Once its dates are over, it says so.
            clock.set(crate::time::from_london("2029-01-01T09:00:00".parse().unwrap()));
            assert_eq!(picture(&anybody, &slug).await.unwrap().words.when, "No open dates");

            for slug in ["no-such-thing", "", "%00", "'; drop table opportunities"] {
                assert!(matches!(picture(&anybody, slug).await, Err(Error::NotFound)), "{slug}");
            }
            one.status = domain::publishing::Status::Draft;
            save(&mut one).await;
            assert!(matches!(picture(&anybody, &slug).await, Err(Error::NotFound)));
        })
        .await;
    }
}
