//! Stories of taking what can be taken at any time, told on both databases.

use domain::ids::OpportunityId;
use store::testing::both;

use super::*;
use crate::testing::{World, ctx, services};
use crate::time::from_london;
use crate::{opportunities, own_data, record};

const SLUG: &str = "a-day-on-film";

/// A film of the world's provider, from 14 on.
async fn film(world: &World) -> OpportunityId {
    let services = &world.services;
    let mut tx = services.db.write().await.unwrap();
    let mut one = store::opportunities::find(&mut tx, world.opportunity).await.unwrap().unwrap();
    one.id = OpportunityId(uuid::Uuid::from_u128(7));
    (one.slug, one.title, one.reference, one.row_hash) = (SLUG.into(), "A day on film".into(), None, None);
    (one.open_ended, one.min_age, one.published_at) = (true, Some(14), Some(services.now()));
    store::opportunities::insert(&mut tx, &one).await.unwrap();
    store::catalogue::changed(&mut tx, &[one.id]).await.unwrap();
    tx.commit().await.unwrap();
    one.id
}

async fn audited(world: &World, id: EnrolmentId) -> Vec<String> {
    let mut tx = world.services.db.read().await.unwrap();
    let lines = store::audit::list_about(&mut tx, "enrolment", &id.to_string()).await.unwrap();
    lines.into_iter().map(|line| line.action).collect()
}

#[tokio::test]
async fn a_learner_begins_completes_and_begins_again() {
    both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 3, &[]).await.unwrap();
        let id = film(&world).await;
        let amira = world.learner("amira", 2010).await.unwrap();
        let at = |text: &str| clock.set(from_london(text.parse().unwrap()));
        assert!(matches!(complete(&amira, SLUG).await, Err(Error::Refused(_))), "never begun");
        enrol(&amira, SLUG).await.unwrap();
        // A second press, or the same form from another tab.
        enrol(&amira, SLUG).await.unwrap();
        let page = crate::discover::opportunity(&amira, SLUG).await.unwrap();
        assert_eq!((page.enrolments.len(), page.enrolments[0].completed_at), (1, None));
        at("2027-03-02T18:30:00");
        complete(&amira, SLUG).await.unwrap();
        let then = services.now();
        at("2027-03-03T18:30:00");
        complete(&amira, SLUG).await.unwrap();
        let page = crate::discover::opportunity(&amira, SLUG).await.unwrap();
        assert_eq!(page.enrolments[0].completed_at, Some(then), "the first time counts");
        assert_eq!(audited(&world, page.enrolments[0].id).await, ["enrolled", "completed"]);
        enrol(&amira, SLUG).await.unwrap();
        let taken = record::mine(&amira).await.unwrap().taken;
        assert_eq!(taken.iter().map(|one| one.enrolment.completed_at).collect::<Vec<_>>(), [None, Some(then)]);
        assert_eq!(
            (taken[0].title.as_str(), taken[0].organisation_name.as_str()),
            ("A day on film", "Aire Valley NHS Trust")
        );

        // Others have their own. Nobody takes off what is somebody else's.
        let ben = world.learner("ben", 2010).await.unwrap();
        assert!(record::mine(&ben).await.unwrap().taken.is_empty());
        take_off(&ben, taken[0].enrolment.id).await.unwrap();
        assert_eq!(record::mine(&amira).await.unwrap().taken.len(), 2);
        enrol(&ben, SLUG).await.unwrap();
        // The provider sees how often.
        let coordinator = world.coordinator().await.unwrap();
        let own = opportunities::view(&coordinator, id).await.unwrap();
        assert_eq!(own.taken, Counted { enrolled: 3, completed: 1 });
        let lines = opportunities::list(&coordinator).await.unwrap();
        let line = lines.iter().find(|line| line.own.opportunity.id == id).unwrap();
        assert_eq!(line.own.taken, own.taken);

        let begun = taken[0].enrolment.id;
        take_off(&amira, begun).await.unwrap();
        take_off(&amira, begun).await.unwrap();
        assert_eq!(audited(&world, begun).await, ["enrolled", "taken_off"]);
        let taken = record::mine(&amira).await.unwrap().taken;
        assert_eq!(taken.len(), 1);
        let data = own_data::read(&amira).await.unwrap();
        assert_eq!(data.taken.len(), 1);
        assert_eq!(data.taken[0].what, "A day on film, Aire Valley NHS Trust");
        assert!(data.taken[0].said.contains("finished Tuesday 2 March 2027"), "{}", data.taken[0].said);
    })
    .await;
}

#[tokio::test]
async fn it_is_refused_to_whom_it_is_not_for_and_once_it_is_closed() {
    both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 3, &[]).await.unwrap();
        let id = film(&world).await;
        let says = |result: Result<()>| match result {
            Err(Error::Refused(refused)) => format!("{refused:?}"),
            other => panic!("{other:?}"),
        };
        let young = world.learner("young", 2013).await.unwrap();
        assert!(says(enrol(&young, SLUG).await).contains("You are 13; this is for 14 and over."));
        assert!(!crate::discover::opportunity(&young, SLUG).await.unwrap().verdict.is_yes());
        let amira = world.learner("amira", 2010).await.unwrap();
        // What has dates is applied for.
        assert!(says(enrol(&amira, "a-week-with-pharmacy").await).contains("has dates"));
        assert!(matches!(enrol(&amira, "no-such\0thing").await, Err(Error::NotFound)));
        let coordinator = world.coordinator().await.unwrap();
        assert!(matches!(enrol(&coordinator, SLUG).await, Err(Error::NotFound)));
        assert!(matches!(enrol(&ctx(&services, None), SLUG).await, Err(Error::SignIn)));

        enrol(&amira, SLUG).await.unwrap();
        let mut tx = services.db.write().await.unwrap();
        let mut one = store::opportunities::find(&mut tx, id).await.unwrap().unwrap();
        one.status = domain::publishing::Status::Draft;
        store::opportunities::update(&mut tx, &mut one).await.unwrap();
        tx.commit().await.unwrap();
        let ben = world.learner("ben", 2010).await.unwrap();
        assert!(says(enrol(&ben, SLUG).await).contains("closed"));
        // Who is in the middle of it can still say that it is done.
        complete(&amira, SLUG).await.unwrap();
    })
    .await;
}

/// How often it was taken stays, without whose it is.
#[tokio::test]
async fn erasing_somebody_leaves_a_number() {
    both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 3, &[]).await.unwrap();
        let id = film(&world).await;
        let amira = world.learner("amira", 2010).await.unwrap();
        enrol(&amira, SLUG).await.unwrap();
        let mut tx = services.db.write().await.unwrap();
        let account = amira.actor().unwrap().account;
        store::retention::erase_person(&mut tx, account, "amira@mail.example", services.now()).await.unwrap();
        assert!(store::enrolments::list_of_learner(&mut tx, account).await.unwrap().is_empty());
        assert_eq!(store::enrolments::count(&mut tx, id).await.unwrap(), Counted { enrolled: 1, completed: 0 });
    })
    .await;
}

#[tokio::test]
async fn nobody_begins_more_than_so_many_a_day() {
    both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let world = World::make(&services, 3, &[]).await.unwrap();
        film(&world).await;
        let amira = world.learner("amira", 2010).await.unwrap();
        for _ in 0..MOST_A_DAY {
            enrol(&amira, SLUG).await.unwrap();
            complete(&amira, SLUG).await.unwrap();
        }
        assert!(matches!(enrol(&amira, SLUG).await, Err(Error::Refused(_))));
        clock.set(from_london("2027-03-02T00:00:00".parse().unwrap()));
        enrol(&amira, SLUG).await.unwrap();
    })
    .await;
}
