//! Finding, told on both databases: the search, the counter that keeps it fresh, an opportunity's page.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::clearance::ConsentStatus;
use domain::eligibility::Answer;
use domain::form::Answers;
use domain::ids::{AccountId, ApplicationId, OpportunityId, OrganisationId, SessionId, SiteId};
use domain::publishing::Status;
use domain::search::{Query, Results};
use domain::time::Moment;
use domain::{Delivery, Kind, Profession, Role, State};
use store::Tx;
use store::accounts::Account;
use store::applications::Application;
use store::opportunities::{Opportunity, Site};
use store::organisations::Organisation;
use store::sessions::Session;
use uuid::Uuid;

use super::{home, opportunity, search};
use crate::testing::{ctx, services};
use crate::{Actor, Ctx, Error, Membership, Services};

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}
fn d(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).unwrap()
}

async fn organisation(tx: &mut Tx) {
    let trust = Organisation {
        id: OrganisationId(id(1)),
        code: "RXX".into(),
        name: "Aire Valley NHS Trust".into(),
        kind: "nhs_trust".into(),
        region_code: None,
        icb_code: None,
        address: None,
        town: Some("Leeds".into()),
        postcode: Some("LS9 7TF".into()),
        opened_on: None,
        closed_on: None,
        successor_code: None,
    };
    store::organisations::save_all(tx, &[trust]).await.unwrap();
}

/// A published opportunity with one session in July, changed by `change` before it is stored.
async fn publish(tx: &mut Tx, n: u128, title: &str, at: (f64, f64), change: impl FnOnce(&mut Opportunity)) {
    let organisation = OrganisationId(id(1));
    let site = Site {
        id: SiteId(id(1000 + n)),
        organisation,
        name: format!("Site {n}"),
        address: None,
        town: Some("Leeds".into()),
        postcode: None,
        latitude: Some(at.0),
        longitude: Some(at.1),
        directions: None,
    };
    store::opportunities::find_or_insert_site(tx, &site).await.unwrap();
    let mut one = Opportunity {
        id: OpportunityId(id(n)),
        slug: format!("o-{n}"),
        organisation,
        department: None,
        site: Some(site.id),
        kind: Kind::WorkExperience,
        delivery: Delivery::InPerson,
        status: Status::Published,
        version: 1,
        title: title.into(),
        summary: "You will follow the team.".into(),
        who_for: String::new(),
        dress: String::new(),
        bring: String::new(),
        cost: String::new(),
        access_notes: String::new(),
        how_places_given: String::new(),
        contact_email: None,
        profession: Some(Profession::Nursing),
        min_age: Some(16),
        max_age: None,
        open_ended: false,
        shows_places: true,
        asks_why: true,
        decide_within: 10,
        reference: None,
        row_hash: None,
        notes: vec![],
        missing: vec![],
        created_at: Moment(0),
        published_at: Some(Moment(1)),
    };
    change(&mut one);
    store::opportunities::insert(tx, &one).await.unwrap();
    let session = Session {
        id: SessionId(id(2000 + n)),
        opportunity: one.id,
        starts_on: d(7, 6),
        ends_on: d(7, 10),
        starts_at: None,
        ends_at: None,
        closes_on: d(6, 1),
        capacity: 4,
        held: 0,
        cancelled_at: None,
    };
    store::sessions::insert(tx, &session).await.unwrap();
    store::catalogue::changed(tx, &[one.id]).await.unwrap();
}

async fn find(ctx: &Ctx, query: Query) -> Results {
    search(ctx, query, vec![]).await.unwrap().results
}
fn titles(results: &Results) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.title.as_str()).collect()
}
fn place(place: &str) -> Query {
    Query { place: place.into(), page: 1, ..Query::default() }
}
fn learner(born: NaiveDate) -> Actor {
    Actor {
        account: AccountId(id(9)),
        name: "Sam".into(),
        email: "sam@example.org".into(),
        born: Some(born),
        memberships: vec![],
    }
}

const YORK: (f64, f64) = (53.96, -1.08);
const LEEDS: (f64, f64) = (53.80, -1.55);

#[tokio::test]
async fn what_is_published_is_found_at_once_and_nearest_first() {
    store::testing::both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        // Believed for an hour; what this process commits is seen all the same.
        services.catalogue.trust_for(std::time::Duration::from_secs(3600));
        let signed_out = ctx(&services, None);
        assert_eq!(find(&signed_out, Query::default()).await.total, 0);
        assert_eq!(find(&signed_out, Query::default()).await.wider, None);
        assert_eq!(home(&signed_out).await.unwrap().total, 0);

        let mut tx = services.db.write().await.unwrap();
        organisation(&mut tx).await;
        publish(&mut tx, 101, "Week in York", YORK, |_| {}).await;
        publish(&mut tx, 102, "Week in Leeds", LEEDS, |o| o.profession = Some(Profession::Pharmacy)).await;
        publish(&mut tx, 103, "Draft", LEEDS, |o| o.status = Status::Draft).await;
        // Nobody sees it before it is committed.
        tx.commit().await.unwrap();

        assert_eq!(titles(&find(&signed_out, place("Leeds")).await), ["Week in Leeds", "Week in York"]);
        assert_eq!(titles(&find(&signed_out, place("yo1 7hh")).await), ["Week in York", "Week in Leeds"]);
        let front = home(&signed_out).await.unwrap();
        assert_eq!((front.total, front.professions), (2, vec![(Profession::Nursing, 1), (Profession::Pharmacy, 1)]));

        // A place that is held shows in the very next search.
        let mut tx = services.db.write().await.unwrap();
        assert!(
            store::ledger::hold(
                &mut tx,
                SessionId(id(2102)),
                domain::places::Pool::Open,
                None,
                services.now(),
                "offer"
            )
            .await
            .unwrap()
        );
        store::catalogue::places_changed(&mut tx, OpportunityId(id(102))).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(find(&signed_out, place("Leeds")).await.hits[0].places.as_deref(), Some("3 places left"));

        // While nothing changes, the same listings serve everybody.
        let (one, two) = (
            services.catalogue.current(&services).await.unwrap(),
            services.catalogue.current(&services).await.unwrap(),
        );
        assert!(Arc::ptr_eq(&one.index, &two.index));

        // What can no longer be applied for is left out, by the clock alone.
        clock.set(crate::time::from_london("2027-06-02T00:00:00".parse().unwrap()));
        assert_eq!(find(&signed_out, Query::default()).await.total, 0);
    })
    .await;
}

#[tokio::test]
async fn whatever_is_typed_gives_a_useful_page() {
    store::testing::both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let signed_out = ctx(&services, None);
        let mut tx = services.db.write().await.unwrap();
        organisation(&mut tx).await;
        publish(&mut tx, 101, "Week in York", YORK, |_| {}).await;
        tx.commit().await.unwrap();

        let nowhere = find(&signed_out, place("Narnia")).await;
        assert_eq!((nowhere.total, nowhere.place), (1, None));
        assert_eq!(
            nowhere.odd,
            ["We do not know the place “Narnia”. Enter a postcode or town, like LS1 4AP or Leeds."]
        );
        let slip = find(&signed_out, place("Yrok")).await;
        assert!(slip.odd[0].contains("Did you mean York?"), "{:?}", slip.odd);
        assert_eq!(find(&signed_out, Query { page: 9999, ..Query::default() }).await.query.page, 1);
        let far = find(&signed_out, Query { within: Some(5), ..place("Penzance") }).await;
        assert_eq!((far.total, far.wider.map(|wider| wider.count)), (0, Some(1)));
        for typed in ["'; drop table places; --", "%", "\u{0}", "🏥🏥🏥", &"x".repeat(10_000)] {
            let (query, odd) = Query::read([("what", typed), ("where", typed), ("age", typed), ("page", typed)]);
            let results = search(&signed_out, query, odd).await.unwrap().results;
            assert!(results.total > 0 || results.wider.is_some(), "{typed:?}");
            assert!(!results.odd.is_empty() && results.odd.iter().all(|line| line.len() < 300), "{:?}", results.odd);
        }
    })
    .await;
}

#[tokio::test]
async fn the_page_answers_can_i_apply() {
    store::testing::both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let mut tx = services.db.write().await.unwrap();
        organisation(&mut tx).await;
        publish(&mut tx, 101, "Week in York", YORK, |_| {}).await;
        publish(&mut tx, 102, "Week in Leeds", LEEDS, |_| {}).await;
        publish(&mut tx, 103, "Talk", LEEDS, |o| o.open_ended = true).await;
        tx.commit().await.unwrap();
        let signed_out = ctx(&services, None);

        let page = opportunity(&signed_out, "o-101").await.unwrap();
        assert_eq!((page.verdict.clone(), page.sessions.len(), page.similar.len()), (Answer::Yes, 1, 2));
        // Ten working days from Monday 1 March.
        assert_eq!((page.sessions[0].hear_by, page.sessions[0].consent), (d(3, 15), None));
        assert!(page.is_open() && page.first_open().is_some());

        let young = ctx(&services, Some(learner(NaiveDate::from_ymd_opt(2011, 7, 7).unwrap())));
        let page = opportunity(&young, "o-101").await.unwrap();
        assert_eq!(page.verdict, Answer::No("You will be 15 on 6 July; this session is for 16 and over.".into()));
        assert!(page.first_open().is_none());

        let old_enough = ctx(&services, Some(learner(NaiveDate::from_ymd_opt(2011, 7, 6).unwrap())));
        let page = opportunity(&old_enough, "o-101").await.unwrap();
        assert_eq!((page.verdict, page.sessions[0].consent, page.staff), (Answer::Yes, Some(true), false));

        let staff = Actor {
            born: None,
            memberships: vec![Membership {
                role: Role::Coordinator,
                organisation: Some(OrganisationId(id(1))),
                organisation_name: "Aire Valley NHS Trust".into(),
                can_post: true,
                can_decide: true,
                can_see_sensitive: false,
                can_manage: false,
            }],
            ..learner(d(1, 1))
        };
        assert!(opportunity(&ctx(&services, Some(staff)), "o-101").await.unwrap().staff);
        assert_eq!(opportunity(&signed_out, "o-103").await.unwrap().verdict, Answer::Yes);
        for missing in ["", "o-999", "../etc/passwd", "' or 1=1", "\u{0}"] {
            assert!(matches!(opportunity(&signed_out, missing).await, Err(Error::NotFound)), "{missing}");
        }

        applied_already(&services, &old_enough).await;

        // Closed: it says so, and shows others that are still open.
        clock.set(crate::time::from_london("2027-06-02T00:00:00".parse().unwrap()));
        let page = opportunity(&signed_out, "o-101").await.unwrap();
        assert_eq!(page.verdict, Answer::No("Applications closed on Tuesday 1 June 2027.".into()));
        assert_eq!(page.similar.iter().map(|hit| hit.title.as_str()).collect::<Vec<_>>(), ["Talk"]);
        assert!(!page.is_open());
    })
    .await;
}

/// The same learner sees the application that is there, and only theirs.
async fn applied_already(services: &Services, learner: &Ctx) {
    let account = learner.actor().unwrap().account;
    let mut tx = services.db.write().await.unwrap();
    let row = Account {
        id: account,
        email: "sam@example.org".into(),
        name: "Sam".into(),
        created_at: Moment(0),
        password_hash: None,
        totp_secret: None,
        totp_last_step: None,
        demonstration: false,
    };
    store::accounts::insert_account(&mut tx, &row).await.unwrap();
    let application = Application {
        id: ApplicationId(id(401)),
        reference: "WEX-1".into(),
        learner: account,
        opportunity: OpportunityId(id(101)),
        session: SessionId(id(2101)),
        state: State::Draft,
        state_since: Moment(0),
        answers: Answers::default(),
        form_version: 1,
        opportunity_version: 1,
        created_at: Moment(0),
        submitted_at: None,
        decide_by: None,
        respond_by: None,
        viewed_at: None,
        overdue_at: None,
        no_reason: None,
        consent: ConsentStatus::NotNeeded,
        version: 0,
    };
    store::applications::insert(&mut tx, &application).await.unwrap();
    tx.commit().await.unwrap();
    let page = opportunity(learner, "o-101").await.unwrap();
    assert_eq!(page.sessions[0].application, Some(("WEX-1".into(), State::Draft)));
    assert!(page.first_open().is_none() && !page.sessions[0].can_start());
    let other = Ctx {
        actor: Some(Actor { account: AccountId(id(10)), ..learner.actor().unwrap().clone() }),
        ..learner.clone()
    };
    assert_eq!(opportunity(&other, "o-101").await.unwrap().sessions[0].application, None);
}

#[tokio::test]
async fn one_address_cannot_search_without_end() {
    store::testing::both(|db| async move {
        let (services, clock) = services(db, "2027-03-01T09:00:00");
        let settings = crate::Settings { searches_per_minute: 2, ..services.settings.clone() };
        let limited = Services::new(services.db.clone(), Arc::new(clock.clone()), services.random.clone(), settings);
        let one = Ctx { services: limited, actor: None, address: Some("192.0.2.1".parse().unwrap()) };
        let ask = || search(&one, Query::default(), vec![]);
        assert!(ask().await.is_ok() && ask().await.is_ok());
        assert!(matches!(ask().await, Err(Error::TooMany(1..=60))));
        clock.set(crate::time::from_london("2027-03-01T09:01:00".parse().unwrap()));
        assert!(ask().await.is_ok());
    })
    .await;
}
