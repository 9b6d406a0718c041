//! The story of the catalogue, on both databases.

use crate::applications::AskedClearance;
use domain::State;
use domain::clearance::{ClearanceKind, ClearanceType, ConsentStatus};
use domain::form::Answers;
use domain::ids::{AccountId, ApplicationId, DepartmentId, OrganisationId, SiteId};
use domain::publishing::Status;
use domain::time::Moment;

use super::*;
use crate::accounts::Account;
use crate::applications::Application;
use crate::opportunities::{Department, Opportunity, Site as StoredSite};
use crate::organisations::Organisation;
use crate::places::Centre;
use crate::sessions::Session;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}
fn d(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).unwrap()
}

fn trust() -> Organisation {
    Organisation {
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
    }
}

fn site(n: u128, town: &str, postcode: Option<&str>, at: Option<(f64, f64)>) -> StoredSite {
    StoredSite {
        id: SiteId(id(n)),
        organisation: OrganisationId(id(1)),
        name: format!("{town} General"),
        address: Some("Hospital Road".into()),
        town: Some(town.into()),
        postcode: postcode.map(Into::into),
        latitude: at.map(|at| at.0),
        longitude: at.map(|at| at.1),
        directions: Some("Bus 12 stops at the door.".into()),
    }
}

fn opportunity(n: u128, title: &str, site: Option<u128>) -> Opportunity {
    Opportunity {
        id: OpportunityId(id(n)),
        slug: format!("o-{n}"),
        organisation: OrganisationId(id(1)),
        department: Some(DepartmentId(id(2))),
        site: site.map(|site| SiteId(id(site))),
        kind: Kind::WorkExperience,
        delivery: Delivery::InPerson,
        status: Status::Published,
        version: 1,
        title: title.into(),
        summary: "You will follow a nurse.".into(),
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
    }
}

fn session(n: u128, opportunity: u128, starts_on: NaiveDate) -> Session {
    Session {
        id: SessionId(id(n)),
        opportunity: OpportunityId(id(opportunity)),
        starts_on,
        ends_on: starts_on,
        starts_at: NaiveTime::from_hms_opt(9, 30, 0),
        ends_at: None,
        closes_on: d(5, 1),
        capacity: 4,
        held: 1,
        cancelled_at: None,
    }
}

/// A trust, its department, three sites and the district HX3.
async fn house(tx: &mut Tx) {
    crate::organisations::save_all(tx, &[trust()]).await.unwrap();
    let ward = Department {
        id: DepartmentId(id(2)),
        organisation: OrganisationId(id(1)),
        name: "Ward 7".into(),
        profession: None,
    };
    crate::opportunities::find_or_insert_department(tx, &ward).await.unwrap();
    for site in [
        site(11, "Leeds", Some("LS1 3EX"), Some((53.80, -1.55))),
        site(12, "Halifax", Some("HX3 0PW"), None),
        site(13, "York", None, None),
    ] {
        crate::opportunities::find_or_insert_site(tx, &site).await.unwrap();
    }
    let district = Centre { code: "HX3".into(), town: "Halifax".into(), latitude: 53.74, longitude: -1.84 };
    crate::places::save_all(tx, &[district]).await.unwrap();
}

#[tokio::test]
async fn the_story_of_the_catalogue() {
    crate::testing::both(|db| async move {
        let mut tx = db.write().await.unwrap();
        assert_eq!(version(&mut tx).await.unwrap(), 0);
        let opportunity_id = |n| OpportunityId(id(n));
        changed(&mut tx, &[opportunity_id(101), opportunity_id(102)]).await.unwrap();
        places_changed(&mut tx, opportunity_id(103)).await.unwrap();
        places_changed(&mut tx, opportunity_id(101)).await.unwrap();
        assert_eq!(version(&mut tx).await.unwrap(), 3);
        tx.commit().await.unwrap();
        // What is rolled back was no change.
        let mut tx = db.write().await.unwrap();
        everything_changed(&mut tx).await.unwrap();
        drop(tx);
        let mut tx = db.read().await.unwrap();
        let all = since(&mut tx, 0, 3).await.unwrap().unwrap();
        assert_eq!(all.opportunities, [opportunity_id(101), opportunity_id(102)].into());
        assert_eq!(all.places, [opportunity_id(103)].into(), "what is read again anyway is not listed twice");
        assert_eq!(since(&mut tx, 1, 3).await.unwrap().unwrap().opportunities.len(), 0);
        assert_eq!(since(&mut tx, 3, 3).await.unwrap(), Some(Changes::default()));
        // A database that was restored counts from before.
        assert_eq!(since(&mut tx, 7, 3).await.unwrap(), None);
        drop(tx);
        let mut tx = db.write().await.unwrap();
        everything_changed(&mut tx).await.unwrap();
        assert_eq!(since(&mut tx, 3, 4).await.unwrap(), None);
        tx.commit().await.unwrap();

        let mut tx = db.write().await.unwrap();
        assert_eq!(version(&mut tx).await.unwrap(), 4);
        assert_eq!(load(&mut tx, &Gazetteer::default(), None).await.unwrap(), vec![]);
        house(&mut tx).await;
        let mut online = opportunity(105, "Online talk", Some(11));
        online.delivery = Delivery::Online;
        online.kind = Kind::CareersInformation;
        online.open_ended = true;
        let mut draft = opportunity(106, "Not yet", Some(11));
        draft.status = Status::Draft;
        draft.published_at = None;
        let mut taken_back = opportunity(107, "Taken back", Some(11));
        taken_back.status = Status::Draft;
        for one in [opportunity(101, "Known", Some(11)), opportunity(102, "District", Some(12)), opportunity(103, "Town", Some(13)), opportunity(104, "Own address", None), online, draft, taken_back] {
            crate::opportunities::insert(&mut tx, &one).await.unwrap();
        }
        for one in [session(201, 101, d(7, 6)), session(202, 101, d(6, 6)), session(203, 102, d(7, 6)), session(204, 106, d(7, 6))] {
            crate::sessions::insert(&mut tx, &one).await.unwrap();
        }
        let sql = "insert into asked_clearances (opportunity_id, kind, mandatory, lead_days) values ($1, 'occupational_health', $2, 70)";
        exec!(&mut tx, sql, id(101), true).unwrap();

        let places = Gazetteer::load(&mut tx).await.unwrap();
        let listings = load(&mut tx, &places, None).await.unwrap();
        // Some of it reads the same; a draft is not there.
        let some = load_some(&mut tx, &[opportunity_id(101), opportunity_id(106)], &places, None).await.unwrap();
        assert_eq!(some, listings[..1]);
        assert_eq!(held(&mut tx, &[opportunity_id(101)]).await.unwrap(), [(SessionId(id(201)), 1), (SessionId(id(202)), 1)]);
        let titles: Vec<&str> = listings.iter().map(|listing| listing.title.as_str()).collect();
        assert_eq!(titles, ["Known", "District", "Town", "Own address", "Online talk"]);
        assert_eq!(listings[0].at, Some((53.80, -1.55)));
        assert_eq!(listings[1].at, Some((53.74, -1.84)), "the middle of the district in the official list");
        let (york, leeds) = (listings[2].at.unwrap(), listings[3].at.unwrap());
        assert!((york.0 - 53.96).abs() < 0.05 && (leeds.0 - 53.80).abs() < 0.05, "{york:?} {leeds:?}");
        assert_eq!((listings[4].at, &listings[4].town), (None, &None), "what is online happens nowhere");
        assert_eq!((listings[3].town.as_deref(), listings[2].town.as_deref()), (Some("Leeds"), Some("York")));
        let runs = &listings[0].runs;
        assert_eq!(runs.iter().map(|run| run.starts_on).collect::<Vec<_>>(), [d(6, 6), d(7, 6)], "earliest first");
        assert_eq!((runs[0].left(), runs[0].starts_at, runs[0].cancelled), (3, NaiveTime::from_hms_opt(9, 30, 0), false));
        assert!(listings[0].text.strong.contains("Ward 7") && listings[0].text.weak.contains("Aire Valley") && listings[0].text.weak.contains("follow a nurse"));

        let page = opportunity_by_slug(&mut tx, "o-101").await.unwrap().unwrap();
        assert_eq!((page.listing.runs.len(), page.published, page.decide_within), (2, true, 10));
        assert_eq!(page.clearances, [AskedClearance { what: ClearanceType::usual(ClearanceKind::OccupationalHealth), mandatory: true, lead_days: 70 }]);
        assert_eq!(page.site.as_ref().and_then(|site| site.directions.as_deref()), Some("Bus 12 stops at the door."));
        assert_eq!(page.department.as_deref(), Some("Ward 7"));
        assert_eq!(opportunity_by_slug(&mut tx, "o-106").await.unwrap(), None, "nobody has seen a draft");
        assert!(!opportunity_by_slug(&mut tx, "o-107").await.unwrap().unwrap().published);
        assert_eq!(opportunity_by_slug(&mut tx, "'; drop table opportunities").await.unwrap(), None);

        let learner = AccountId(id(301));
        assert_eq!(applied(&mut tx, OpportunityId(id(101)), learner).await.unwrap(), []);
        let account = Account {
            id: learner,
            email: "sam@example.org".into(),
            name: "Sam".into(),
            created_at: Moment(0),
            password_hash: None,
            totp_secret: None,
            totp_last_step: None,
            demonstration: false,
        };
        crate::accounts::insert_account(&mut tx, &account).await.unwrap();
        let application = Application {
            id: ApplicationId(id(401)),
            reference: "WEX-1".into(),
            learner,
            opportunity: OpportunityId(id(101)),
            session: SessionId(id(202)),
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
        crate::applications::insert(&mut tx, &application).await.unwrap();
        let mine = Applied { reference: "WEX-1".into(), session: Some(SessionId(id(202))), state: State::Draft };
        assert_eq!(applied(&mut tx, OpportunityId(id(101)), learner).await.unwrap(), [mine]);
        assert_eq!(applied(&mut tx, OpportunityId(id(102)), learner).await.unwrap(), []);
        tx.commit().await.unwrap();
    })
    .await;
}
