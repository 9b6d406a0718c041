//! Stories of importing, on both databases, with small files of their own; the sample files are told in
//! `tests/samples.rs`.

use chrono::NaiveDate;
use domain::Role;
use domain::ids::{AccountId, OrganisationId};
use domain::publishing::{Missing, Status};
use store::organisations::Organisation;

use super::*;
use crate::testing::{ctx, services};
use crate::{Actor, Ctx, Membership};

const HEADINGS: &str = "Ref,Trust code,Department,Opportunity title,Type,In person / online,Start,End,Times,No. of places,Min age,Closing date,Where,Postcode,What they will do\n";
const NURSING: &str = "A1,RAE,Children's ward,A week on the ward,Work experience,In person,24/05/2027,28/05/2027,9am to 4pm,4,over 16,01/04/2027,\"Royal Infirmary, Bradford\",BD9 6RJ,Watch and help.\n";

/// Three organisations and a coordinator of the first.
async fn organisations(services: &Services) -> [OrganisationId; 3] {
    let make = |code: &str, name: &str, closed_on: Option<&str>| Organisation {
        id: OrganisationId(services.uuid()),
        code: code.into(),
        name: name.into(),
        kind: "nhs_trust".into(),
        region_code: None,
        icb_code: None,
        address: None,
        town: None,
        postcode: None,
        opened_on: None,
        closed_on: closed_on.map(|day| day.parse::<NaiveDate>().unwrap()),
        successor_code: closed_on.map(|_| "RAE".into()),
    };
    let all = [make("RAE", "Bradford Hospitals", None), make("RYR", "Sussex Hospitals", None), make("ROLD", "Old Trust", Some("2021-04-01"))];
    let mut tx = services.db.write().await.unwrap();
    store::organisations::save_all(&mut tx, &all).await.unwrap();
    let mut ids = Vec::new();
    for organisation in &all {
        ids.push(store::organisations::find_by_code(&mut tx, &organisation.code).await.unwrap().unwrap().id);
    }
    tx.commit().await.unwrap();
    ids.try_into().unwrap()
}

async fn coordinator(services: &std::sync::Arc<Services>, organisation: OrganisationId, can_post: bool) -> Ctx {
    let account = AccountId(services.uuid());
    let email = format!("{account}@trust.example");
    let mut tx = services.db.write().await.unwrap();
    crate::testing::insert_account(&mut tx, account, &email, services.now()).await;
    tx.commit().await.unwrap();
    let membership = Membership {
        role: Role::Coordinator,
        organisation: Some(organisation),
        organisation_name: "Bradford Hospitals".into(),
        can_post,
        can_decide: true,
        can_see_sensitive: false,
        can_manage: false,
    };
    ctx(services, Some(Actor { account, name: "Asha".into(), email, born: None, memberships: vec![membership] }))
}

fn options() -> Options {
    Options { publish: true, ..Options::default() }
}

async fn import(services: &Services, rows: &str) -> Report {
    from_file(services, format!("{HEADINGS}{rows}").as_bytes(), "list.csv", options()).await.unwrap()
}

fn counts(report: &Report) -> (usize, usize, usize, usize) {
    assert!(report.adds_up());
    (report.read, report.taken, report.unchanged, report.refused_lines())
}
