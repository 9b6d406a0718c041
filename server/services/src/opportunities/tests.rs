//! Stories of a provider's own opportunities, on both databases.

use domain::ids::{AccountId, OrganisationId};
use store::organisations::Organisation;

use super::*;
use crate::testing::{ctx, services};
use crate::{Actor, Membership, Services};

async fn coordinator(services: &std::sync::Arc<Services>, code: &str, can_post: bool) -> Ctx {
    let organisation = Organisation {
        id: OrganisationId(services.uuid()),
        code: code.into(),
        name: format!("{code} Trust"),
        kind: "nhs_trust".into(),
        region_code: None,
        icb_code: None,
        address: None,
        town: None,
        postcode: None,
        opened_on: None,
        closed_on: None,
        successor_code: None,
    };
    let account = AccountId(services.uuid());
    let mut tx = services.db.write().await.unwrap();
    if store::organisations::find_by_code(&mut tx, code).await.unwrap().is_none() {
        store::organisations::save_all(&mut tx, &[organisation]).await.unwrap();
    }
    let organisation = store::organisations::find_by_code(&mut tx, code).await.unwrap().unwrap().id;
    let stored = store::accounts::Account {
        id: account,
        email: format!("{account}@trust.example"),
        name: "Asha".into(),
        created_at: services.now(),
        password_hash: None,
        totp_secret: None,
        totp_last_step: None,
        demonstration: false,
    };
    store::accounts::insert_account(&mut tx, &stored).await.unwrap();
    tx.commit().await.unwrap();
    let membership = Membership {
        role: Role::Coordinator,
        organisation: Some(organisation),
        organisation_name: code.into(),
        can_post,
        can_decide: true,
        can_see_sensitive: false,
        can_manage: false,
    };
    ctx(
        services,
        Some(Actor { account, name: "Asha".into(), email: stored.email, born: None, memberships: vec![membership] }),
    )
}

async fn import(ctx: &Ctx, rows: &str) -> Vec<Line> {
    let headings = "Ref,Title,Type,In person / online,Start,Times,No. of places,Min age,Closing date,Where,Postcode,What they will do\n";
    let id = crate::import::upload(ctx, "a.csv", format!("{headings}{rows}").as_bytes()).await.unwrap();
    crate::import::take(ctx, id).await.unwrap();
    list(ctx).await.unwrap()
}

fn typed(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

const BARE: &str = "A1,Pathology taster,Work experience,In person,TBC,half past,TBC,,,,,\n";

#[tokio::test]
async fn a_draft_is_filled_box_by_box_and_published() {
    store::testing::both(|db| async move {
        let (services, _) = services(db.clone(), "2027-03-01T09:00:00");
        let ctx = coordinator(&services, "RAE", true).await;
        let lines = import(&ctx, BARE).await;
        let id = lines[0].own.opportunity.id;
        assert_eq!(lines[0].missing, [Missing::Summary, Missing::Dates, Missing::Times, Missing::MinAge, Missing::Where, Missing::Postcode]);
        let refused = publish(&ctx, id).await.unwrap_err();
        assert_eq!(refused.to_string(), "Before you can publish this, add what learners will do, the dates, the times of the day, the youngest age, where it is and the postcode.");

        // What can be read is saved; what cannot is shown again, with what is wrong.
        let answers = typed(&[("summary", "Watch and help."), ("starts_on", "24/05/2027"), ("ends_on", "28/05/2027"), ("places", "6"), ("times", ""), ("min_age", "Yr 12"), ("place", "Royal Infirmary, Bradford"), ("postcode", "ZZ99 9ZZ")]);
        complete(&ctx, id, &answers).await.unwrap();
        let seen = view(&ctx, id).await.unwrap();
        assert_eq!(seen.missing, [Missing::Postcode]);
        assert_eq!(seen.typed.keys().collect::<Vec<_>>(), ["postcode"]);
        assert_eq!(seen.typed["postcode"].0, "ZZ99 9ZZ");
        assert_eq!((seen.opportunity.min_age, seen.sessions[0].capacity, seen.sessions[0].closes_on.to_string().as_str()), (Some(16), 6, "2027-04-26"));
        assert!(publish(&ctx, id).await.is_err());

        complete(&ctx, id, &typed(&[("postcode", "bd9 6rj")])).await.unwrap();
        publish(&ctx, id).await.unwrap();
        publish(&ctx, id).await.unwrap();
        let seen = view(&ctx, id).await.unwrap();
        assert_eq!((seen.opportunity.status, seen.opportunity.version, seen.missing.len(), seen.typed.len()), (Status::Published, 4, 0, 0));
        let site = seen.site.unwrap();
        assert_eq!((site.town.as_deref(), site.postcode.as_deref()), (Some("Bradford"), Some("BD9 6RJ")));
        assert!(matches!(complete(&ctx, id, &typed(&[("places", "1")])).await, Err(Error::Refused(_))));
        let mut tx = db.read().await.unwrap();
        let trail = store::audit::list_about(&mut tx, "opportunity", &id.to_string()).await.unwrap();
        assert_eq!(trail.iter().map(|entry| entry.action.as_str()).collect::<Vec<_>>(), ["import_opportunity", "complete_opportunity", "complete_opportunity", "publish_opportunity"]);
        assert!(store::opportunities::find_version(&mut tx, id, 4).await.unwrap().is_some());
        assert_eq!(store::catalogue::version(&mut tx).await.unwrap(), 2, "the import and the publication");
        drop(tx);

        // The same list again leaves what was filled in alone; a changed row keeps it too.
        import(&ctx, BARE).await;
        assert_eq!(view(&ctx, id).await.unwrap().opportunity.version, 4);
        import(&ctx, &BARE.replace("Pathology taster", "Pathology days")).await;
        let seen = view(&ctx, id).await.unwrap();
        assert_eq!((seen.opportunity.title.as_str(), seen.opportunity.status, seen.opportunity.min_age, seen.sessions[0].capacity), ("Pathology days", Status::Published, Some(16), 6));
        assert!(seen.missing.is_empty(), "{:?}", seen.missing);
    })
    .await;
}

#[tokio::test]
async fn dates_that_passed_are_asked_for_again() {
    store::testing::both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let ctx = coordinator(&services, "RAE", true).await;
        let id = import(
            &ctx,
            "A1,Open day,Careers event,In person,24/05/2027,9-4,,14,,\"Hall, York\",YO31 8HE,Look round.\n",
        )
        .await[0]
            .own
            .opportunity
            .id;
        complete(&ctx, id, &typed(&[("places", "no limit")])).await.unwrap();
        clock.set_offset(clock.offset() + 90 * 86_400_000_000);
        assert_eq!(list(&ctx).await.unwrap()[0].missing, [Missing::FutureDates]);
        assert!(publish(&ctx, id).await.unwrap_err().to_string().contains("dates that are still to come"));
        complete(&ctx, id, &typed(&[("starts_on", "1/3/2027")])).await.unwrap();
        assert!(view(&ctx, id).await.unwrap().typed["starts_on"].1.reason.contains("has passed"));
        complete(&ctx, id, &typed(&[("starts_on", "1/9/2027"), ("closes_on", "2/9/2027")])).await.unwrap();
        assert!(view(&ctx, id).await.unwrap().typed.contains_key("closes_on"));
        publish(&ctx, id).await.unwrap();
        assert_eq!(view(&ctx, id).await.unwrap().sessions[0].closes_on.to_string(), "2027-08-31");
    })
    .await;
}

#[tokio::test]
async fn only_its_own_organisation_sees_or_changes_it() {
    store::testing::both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let owner = coordinator(&services, "RAE", true).await;
        let id = import(&owner, BARE).await[0].own.opportunity.id;
        let colleague = coordinator(&services, "RAE", false).await;
        assert!(view(&colleague, id).await.is_ok());
        assert!(matches!(publish(&colleague, id).await, Err(Error::NotFound)));
        assert!(matches!(complete(&colleague, id, &typed(&[])).await, Err(Error::NotFound)));
        let other = coordinator(&services, "RYR", true).await;
        assert!(list(&other).await.unwrap().is_empty());
        for error in [
            view(&other, id).await.unwrap_err(),
            publish(&other, id).await.unwrap_err(),
            complete(&other, id, &typed(&[])).await.unwrap_err(),
        ] {
            assert!(matches!(error, Error::NotFound), "{error:?}");
        }
        assert!(matches!(list(&ctx(&services, None)).await, Err(Error::SignIn)));
    })
    .await;
}

#[tokio::test]
async fn what_learners_read_is_changed_after_publishing_too_and_a_mistake_is_kept() {
    store::testing::both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let world = crate::testing::World::make(&services, 3, &[]).await.unwrap();
        let posts = world.posts_only("Posts").await.unwrap();
        let id = world.opportunity;
        let shown = details(&posts, id, false).await.unwrap();
        assert_eq!((shown.problems.len(), shown.boxes["by_bus"].as_str()), (0, ""));
        let mut typed = shown.boxes.clone();
        typed.insert("summary".into(), " ".into());
        typed.insert("by_bus".into(), "x".repeat(2001));
        assert!(!describe(&posts, id, &typed).await.unwrap());
        let again = details(&posts, id, true).await.unwrap();
        let fields: Vec<_> = again.problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!((fields, again.boxes == typed), (vec!["summary", "by_bus"], true));
        for (name, text) in [
            ("summary", "Meet the team."),
            ("by_bus", "Bus 4 stops outside.\r\nEvery ten minutes."),
            ("equipment", "A laptop, or one of ours."),
            ("steps_before", "An online course."),
            ("steps_after", "A second week."),
            ("setting", "non-clinical"),
            ("audiences", "veterans refugees nobody"),
            ("needs", "nothing"),
        ] {
            typed.insert(name.into(), text.into());
        }
        assert!(describe(&posts, id, &typed).await.unwrap());
        assert_eq!(details(&posts, id, true).await.unwrap().problems, [], "nothing typed is left");
        let page = crate::discover::opportunity(&ctx(&services, None), "a-week-with-pharmacy").await.unwrap();
        assert_eq!(page.advert.by_bus, "Bus 4 stops outside.\nEvery ten minutes.");
        assert_eq!(page.advert.summary, "Meet the team.");
        let listing = &page.advert.listing;
        assert!(listing.nothing_needed);
        assert_eq!(listing.setting, Some(domain::search::Setting::NonClinical));
        assert_eq!(listing.audiences, [domain::search::Audience::Veterans, domain::search::Audience::Refugees]);
        // The search follows: it is found by what was just ticked.
        let query = domain::search::Query { nothing_needed: true, page: 1, ..Default::default() };
        let found = crate::discover::search(&ctx(&services, None), query, vec![]).await.unwrap();
        assert_eq!(found.results.total, 1);
        // The version before and the one after are both kept whole.
        let mut tx = services.db.read().await.unwrap();
        let version = store::opportunities::find(&mut tx, id).await.unwrap().unwrap().version;
        let kept = store::opportunities::find_version(&mut tx, id, version).await.unwrap().unwrap();
        assert_eq!(kept.particulars.equipment, "A laptop, or one of ours.");
        drop(tx);
        // What machines read of it holds no markup of the provider's.
        typed.insert("summary".into(), "</script><script>alert(1)</script>".into());
        assert!(describe(&posts, id, &typed).await.unwrap());
        let page = crate::discover::opportunity(&ctx(&services, None), "a-week-with-pharmacy").await.unwrap();
        let linked: serde_json::Value = serde_json::from_str(&page.linked).unwrap();
        assert!(!page.linked.contains('<'));
        assert_eq!(linked["@graph"][0]["description"], "</script><script>alert(1)</script>");
        assert_eq!(linked["@graph"][0]["startDate"], "2027-07-05");
        let calendar = crate::discover::dates(&ctx(&services, None), "a-week-with-pharmacy").await.unwrap();
        assert!(
            calendar.contains("DTSTART;VALUE=DATE:20270705") && calendar.contains("Last day to apply"),
            "{calendar}"
        );
        // Nobody else's hands.
        let learner = world.learner("anna", 2005).await.unwrap();
        assert!(matches!(describe(&learner, id, &typed).await, Err(Error::NotFound)));
        let stranger = coordinator(&services, "OTHER9", true).await;
        assert!(matches!(details(&stranger, id, false).await, Err(Error::NotFound)));
    })
    .await;
}
