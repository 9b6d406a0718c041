//! Stories of importing, on both databases, with small files of their own; the providers' sample files
//! are told in `samples.rs`.

mod browser;
mod particulars;
mod samples;

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
    let all = [
        make("RAE", "Bradford Hospitals", None),
        make("RYR", "Sussex Hospitals", None),
        make("ROLD", "Old Trust", Some("2021-04-01")),
    ];
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
    let stored = store::accounts::Account {
        id: account,
        email: email.clone(),
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

async fn by_reference(
    services: &Services,
    organisation: OrganisationId,
    reference: &str,
) -> (store::opportunities::Opportunity, Vec<store::sessions::Session>) {
    let mut tx = services.db.read().await.unwrap();
    let found = store::opportunities::find_by_reference(&mut tx, organisation, reference).await.unwrap().unwrap();
    let sessions = store::sessions::list_by_opportunity(&mut tx, found.id).await.unwrap();
    (found, sessions)
}

#[tokio::test]
async fn a_row_becomes_a_published_opportunity_once_and_a_changed_row_its_next_version() {
    store::testing::both(|db| async move {
        let (services, _) = services(db.clone(), "2027-03-01T09:00:00");
        let [rae, ..] = organisations(&services).await;
        assert_eq!(counts(&import(&services, NURSING).await), (1, 1, 0, 0));
        let (first, sessions) = by_reference(&services, rae, "A1").await;
        assert_eq!(
            (first.status, first.version, first.slug.as_str(), first.min_age),
            (Status::Published, 1, "a-week-on-the-ward-bradford", Some(16))
        );
        assert_eq!(first.notes, ["Min age: we read “over 16” as 16 and over"]);
        assert_eq!(
            (sessions.len(), sessions[0].capacity, sessions[0].starts_on.to_string().as_str()),
            (1, 4, "2027-05-24")
        );
        let mut tx = db.read().await.unwrap();
        let site = store::opportunities::find_site(&mut tx, first.site.unwrap()).await.unwrap().unwrap();
        assert_eq!(
            (site.name.as_str(), site.town.as_deref(), site.postcode.as_deref()),
            ("Royal Infirmary", Some("Bradford"), Some("BD9 6RJ"))
        );
        let asked = store::applications::asked_clearances(&mut tx, first.id).await.unwrap();
        assert_eq!(asked.len(), 3, "a children's ward is clinical");
        drop(tx);

        // The same again, from another place in the file and with another heading: nothing at all changes.
        let before = store::testing::dump(&db).await;
        assert_eq!(counts(&import(&services, &format!("\n\n{NURSING}")).await), (1, 0, 1, 0));
        assert_eq!(store::testing::dump(&db).await, before);

        // A repeated row counts once, and says so.
        assert_eq!(counts(&import(&services, &format!("{NURSING}{NURSING}")).await), (2, 0, 2, 0));

        let changed = NURSING.replace(",4,", ",6,").replace("A week on", "Five days on");
        assert_eq!(counts(&import(&services, &changed).await), (1, 1, 0, 0));
        let (second, sessions) = by_reference(&services, rae, "A1").await;
        assert_eq!(
            (second.id, second.version, second.title.as_str(), &second.slug),
            (first.id, 2, "Five days on the ward", &first.slug)
        );
        assert_eq!((sessions.len(), sessions[0].capacity), (1, 6));
        let mut tx = db.read().await.unwrap();
        let old = store::opportunities::find_version(&mut tx, first.id, 1).await.unwrap().unwrap();
        assert_eq!(
            (old.opportunity.title.as_str(), old.sessions[0].capacity, old.clearances.len()),
            ("A week on the ward", 4, 3)
        );
        let trail = store::audit::list_about(&mut tx, "opportunity", &first.id.to_string()).await.unwrap();
        assert_eq!(
            trail.iter().map(|entry| entry.action.as_str()).collect::<Vec<_>>(),
            ["import_opportunity", "import_changed_opportunity"]
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_makes_a_draft_and_is_named() {
    store::testing::both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        let [rae, ..] = organisations(&services).await;
        let rows = "B1,RAE,,Pathology taster,Work experience,In person,24/05/2027,,half past,TBC,,,Royal Infirmary,,\n\
                    B2,RAE,,Pathology talk,Careers talk,Online,24/05/2027,,,,14+,,,,Ask us anything.\n\
                    B3,RAE,,Pathology week,Work experience,In person,TBC,,9-4,6,16,,Royal Infirmary,BD9 6RJ,Watch.\n\
                    B4,RAE,,Pathology spring,Work experience,In person,15/03/2027,,,6,16,28/02/2027,Royal Infirmary,BD9 6RJ,Watch.\n";
        assert_eq!(counts(&import(&services, rows).await), (4, 4, 0, 0));
        let (draft, sessions) = by_reference(&services, rae, "B1").await;
        assert_eq!(draft.status, Status::Draft);
        assert_eq!(draft.missing, [Missing::Summary, Missing::Times, Missing::Places, Missing::MinAge, Missing::Postcode]);
        assert_eq!((sessions[0].capacity, sessions[0].closes_on.to_string().as_str()), (0, "2027-04-26"), "four weeks before, and said so");
        assert!(draft.notes.iter().any(|note| note.contains("Monday 26 April 2027")), "{:?}", draft.notes);
        let (talk, sessions) = by_reference(&services, rae, "B2").await;
        assert_eq!((talk.status, sessions[0].capacity), (Status::Published, domain::publishing::NO_LIMIT));
        let (week, sessions) = by_reference(&services, rae, "B3").await;
        assert_eq!((week.missing, sessions.len()), (vec![Missing::Dates], 0));
        assert!(week.notes.iter().any(|note| note.ends_with("6 places")) && week.notes.iter().any(|note| note.ends_with("9am to 4pm")), "{:?}", week.notes);
        let (spring, _) = by_reference(&services, rae, "B4").await;
        assert_eq!((spring.status, spring.missing), (Status::Draft, vec![Missing::FutureDates]));
    })
    .await;
}

#[tokio::test]
async fn organisations_are_found_by_code_or_name_and_refused_in_words() {
    store::testing::both(|db| async move {
        let (services, _) = services(db.clone(), "2027-03-01T09:00:00");
        let [rae, ryr, _] = organisations(&services).await;
        let as_named = |name: &str, reference: &str| NURSING.replace("A1,RAE", &format!("{reference},{name}"));
        let rows = [
            as_named("bradford hospitals", "C1"),
            as_named("Nowhere Trust", "C2"),
            as_named("ROLD", "C3"),
            as_named("", "C4"),
            as_named("Nowhere Trust", "C2"),
        ]
        .concat();
        let report = import(&services, &rows).await;
        assert_eq!(counts(&report), (5, 1, 0, 4));
        by_reference(&services, rae, "C1").await;
        let said = |line: u32| report.refused.iter().find(|refusal| refusal.line == line).unwrap();
        assert_eq!(
            (said(3).column.as_str(), said(3).value.as_str(), said(3).reason.as_str()),
            ("Trust code", "Nowhere Trust", "We know no organisation “Nowhere Trust”.")
        );
        assert_eq!(said(4).reason, "Old Trust (ROLD) closed on 1 April 2021.");
        assert_eq!(said(4).mend, "Type RAE, the code of Bradford Hospitals, which took it over.");
        assert_eq!(said(5).reason, "The organisation is missing.");
        assert_eq!(said(6).reason, "This row repeats line 3, which was not taken.");

        // Rows that name none are the given organisation's; rows that name another stay its own.
        let given = Options { organisation: Some("RYR".into()), ..options() };
        let text = format!("{HEADINGS}{}{}", as_named("", "C5"), as_named("RAE", "C6"));
        assert_eq!(
            counts(&from_file(&services, text.as_bytes(), "list.csv", given.clone()).await.unwrap()),
            (2, 2, 0, 0)
        );
        by_reference(&services, ryr, "C5").await;
        by_reference(&services, rae, "C6").await;
        let all = Options { all_to_organisation: true, ..given };
        from_file(&services, text.as_bytes(), "list.csv", all).await.unwrap();
        by_reference(&services, ryr, "C6").await;
        let unknown = from_file(
            &services,
            text.as_bytes(),
            "list.csv",
            Options { organisation: Some("XXX".into()), ..options() },
        )
        .await;
        assert!(matches!(&unknown, Err(Error::Refused(words)) if words.contains("“XXX”")), "{unknown:?}");
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_reports_the_same_and_writes_nothing() {
    store::testing::both(|db| async move {
        let (services, _) = services(db.clone(), "2027-03-01T09:00:00");
        organisations(&services).await;
        let before = store::testing::dump(&db).await;
        let text = format!("{HEADINGS}{NURSING}{}", NURSING.replace("A1,RAE", "A2,XXX"));
        let dry =
            from_file(&services, text.as_bytes(), "list.csv", Options { dry_run: true, ..options() }).await.unwrap();
        assert_eq!(counts(&dry), (2, 1, 0, 1));
        assert_eq!(store::testing::dump(&db).await, before);
        assert_eq!(from_file(&services, text.as_bytes(), "list.csv", options()).await.unwrap(), dry);
        assert_ne!(store::testing::dump(&db).await, before);
    })
    .await;
}

#[tokio::test]
async fn rows_without_a_reference_are_known_again_by_title_and_first_day() {
    store::testing::both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        organisations(&services).await;
        let bare = NURSING.replace("A1,", ",");
        let later = bare.replace("24/05/2027,28/05/2027", "07/06/2027,11/06/2027");
        let clash = bare.replace("Children's ward", "Outpatients");
        assert_eq!(counts(&import(&services, &format!("{bare}{later}")).await), (2, 2, 0, 0));
        assert_eq!(counts(&import(&services, &format!("{bare}{later}")).await), (2, 0, 2, 0));
        let report = import(&services, &format!("{bare}{clash}")).await;
        assert_eq!(counts(&report), (2, 0, 1, 1));
        assert!(report.refused[0].reason.starts_with("Line 2 has the same title"), "{:?}", report.refused);
        assert_eq!(counts(&import(&services, &bare.replace(",4,", ",5,")).await), (1, 1, 0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_changed_row_takes_nothing_away_from_people() {
    store::testing::both(|db| async move {
        let (services, _) = services(db.clone(), "2027-03-01T09:00:00");
        let [rae, ..] = organisations(&services).await;
        import(&services, NURSING).await;
        let (_, sessions) = by_reference(&services, rae, "A1").await;
        let mut tx = db.write().await.unwrap();
        for _ in 0..3 {
            assert!(
                store::ledger::hold(&mut tx, sessions[0].id, domain::places::Pool::Open, None, services.now(), "offer")
                    .await
                    .unwrap()
            );
        }
        tx.commit().await.unwrap();
        let report = import(&services, &NURSING.replace(",4,", ",2,")).await;
        assert_eq!(counts(&report), (1, 0, 0, 1));
        assert_eq!(
            (report.refused[0].column.as_str(), report.refused[0].reason.as_str()),
            ("No. of places", "3 places are held already, so there cannot be only 2.")
        );
        assert_eq!(counts(&import(&services, &NURSING.replace(",4,", ",3,")).await), (1, 1, 0, 0));
        let (_, sessions) = by_reference(&services, rae, "A1").await;
        assert_eq!((sessions[0].capacity, sessions[0].held), (3, 3));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_no_list_is_refused_whole() {
    store::testing::both(|db| async move {
        let (services, _) = services(db, "2027-03-01T09:00:00");
        for bytes in [&b""[..], b"%PDF-1.7 x", b"one\ntwo\n"] {
            let answer = from_file(&services, bytes, "list.csv", options()).await;
            assert!(matches!(answer, Err(Error::Refused(_))), "{answer:?}");
        }
    })
    .await;
}
