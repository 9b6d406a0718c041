//! Stories of the open data, told on both databases.

use domain::ids::{OpportunityId, SessionId};
use store::testing::both;
use uuid::Uuid;

use super::*;
use crate::testing::{World, ctx, services};

/// So many more like the world's opportunity.
async fn publish(world: &World, numbers: std::ops::Range<u128>) {
    let mut tx = world.services.db.write().await.unwrap();
    let mut changed = Vec::new();
    for n in numbers {
        let mut one = store::opportunities::find(&mut tx, world.opportunity).await.unwrap().unwrap();
        let session = store::sessions::find(&mut tx, world.session).await.unwrap().unwrap();
        one.id = OpportunityId(Uuid::from_u128(n));
        (one.slug, one.title, one.reference, one.row_hash) = (format!("o-{n}"), format!("Day {n} & <b>"), None, None);
        store::opportunities::insert(&mut tx, &one).await.unwrap();
        let session = store::sessions::Session {
            id: SessionId(Uuid::from_u128(1000 + n)),
            opportunity: one.id,
            held: 0,
            ..session
        };
        store::sessions::insert(&mut tx, &session).await.unwrap();
        changed.push(one.id);
    }
    store::catalogue::changed(&mut tx, &changed).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn pages_follow_one_another_and_nothing_is_missed_or_told_twice() {
    both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 3, &[]).await.unwrap();
        publish(&world, 10..35).await;
        let anybody = ctx(&services, None);
        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let page = list(&anybody, "sort=starting&mood=happy", cursor.as_deref(), 10).await.unwrap();
            assert_eq!((page.total, page.not_understood.len()), (26, 1));
            seen.extend(page.items.iter().map(|item| item.slug.clone()));
            match page.next {
                Some(next) => cursor = Some(next),
                None => break,
            }
        }
        let mut once = seen.clone();
        once.sort();
        once.dedup();
        assert_eq!((seen.len(), once.len()), (26, 26));
        // What was last on a page is gone: the next one goes on where it stood.
        let first = list(&anybody, "sort=starting", None, 10).await.unwrap();
        let last = first.items.last().unwrap().slug.clone();
        let mut tx = services.db.write().await.unwrap();
        let id = store::catalogue::opportunity_by_slug(&mut tx, &last).await.unwrap().unwrap().listing.id;
        let mut gone = store::opportunities::find(&mut tx, id).await.unwrap().unwrap();
        gone.status = domain::publishing::Status::Draft;
        store::opportunities::update(&mut tx, &mut gone).await.unwrap();
        store::catalogue::changed(&mut tx, &[id]).await.unwrap();
        tx.commit().await.unwrap();
        let second = list(&anybody, "sort=starting", first.next.as_deref(), 100).await.unwrap();
        assert!(second.items.len() >= 15 && second.next.is_none());
        assert!(matches!(list(&anybody, "", Some("x"), 10).await, Err(Error::Refused(_))));
        assert!(matches!(list(&anybody, "", Some("x.y"), 10).await, Err(Error::Refused(_))));
        assert_eq!(list(&anybody, "", Some("9999.gone"), 10).await.unwrap().items, []);
        assert_eq!(list(&anybody, "", None, 0).await.unwrap().items.len(), 1, "a page is never empty");
        assert!(matches!(one(&anybody, &last).await, Err(Error::NotFound)), "what was taken back is not open data");

        // The tag follows what is published, the question, and the day.
        let before = tag(&anybody, "list?").await.unwrap();
        assert_eq!(tag(&anybody, "list?").await.unwrap(), before);
        assert_ne!(tag(&anybody, "list?what=a").await.unwrap(), before);
        publish(&world, 50..51).await;
        let after = tag(&anybody, "list?").await.unwrap();
        assert_ne!(after, before);
        clock.set(services.now().plus_days(1));
        assert_ne!(tag(&anybody, "list?").await.unwrap(), after);
    })
    .await;
}

#[tokio::test]
async fn one_is_told_whole_and_a_feed_and_a_sitemap_name_it() {
    both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 3, &[]).await.unwrap();
        publish(&world, 10..11).await;
        let anybody = ctx(&services, None);
        let told = serde_json::to_value(one(&anybody, "a-week-with-pharmacy").await.unwrap()).unwrap();
        assert_eq!(told["sessions"][0]["starts_on"], "2027-07-05");
        assert_eq!(told["title"], "A week with Pharmacy");
        assert!(told["url"].as_str().unwrap().ends_with("/opportunities/a-week-with-pharmacy"));
        assert!(matches!(one(&anybody, "no-such").await, Err(Error::NotFound)));
        assert!(matches!(one(&anybody, "\0'; drop table").await, Err(Error::NotFound)));
        let text = feed(&anybody, "what=pharmacy&mood=x").await.unwrap();
        let read: atom_syndication::Feed = text.parse().unwrap();
        assert!(!read.entries().is_empty() && read.links().iter().any(|link| link.rel == "self"));
        let all: atom_syndication::Feed = feed(&anybody, "").await.unwrap().parse().unwrap();
        assert!(all.entries().iter().any(|entry| entry.title.value == "Day 10 & <b>"), "{text}");
        let nothing: atom_syndication::Feed = feed(&anybody, "what=zzzzzzzz").await.unwrap().parse().unwrap();
        assert!(nothing.entries().is_empty());
        let map = sitemap(&anybody, None).await.unwrap();
        assert!(map.contains("/opportunities/o-10</loc>") && map.contains("<urlset"));
        assert!(map.contains("/roles/family/nursing<") && map.contains("/roles/midwife<"));
        assert_eq!(sitemap(&anybody, Some(1)).await.unwrap(), map);
        for part in [0, 2, usize::MAX] {
            assert!(matches!(sitemap(&anybody, Some(part)).await, Err(Error::NotFound)));
        }
    })
    .await;
}
