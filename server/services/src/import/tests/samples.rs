//! The providers' own files, with the trusts' official list: taken, unchanged, refused and why.

use std::path::Path;

use super::*;

/// A file of `data`; `None`, said plainly, where this machine has none.
fn data(name: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("WEX_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), Into::into);
    match std::fs::read(folder.join(name)) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            eprintln!("skipped: {name} is not on this machine");
            None
        }
    }
}

const FORM: &str = "This file is a list of applications, the answers to a form, not a list of opportunities.";

#[tokio::test]
async fn every_sample_is_taken_row_by_row_and_taken_once() {
    // File; rows read, taken, unchanged, refused; how many are published; lines and columns refused, and why.
    let messy = [
        (16, "Start", "February 2027 has 28 days, so there is no day 31."),
        (19, "Postcode", "There is no postcode area ZZ in the United Kingdom."),
        (22, "Type", "Work experience happens in a workplace, so it cannot be online."),
        (24, "Opportunity title", "The title is missing."),
        (26, "End", "The last day, Wednesday 1 January 2020, is before the first, Tuesday 5 January 2027."),
        (26, "Closing date", "is after the first day, Tuesday 5 January 2027."),
        (32, "Trust code", "We know no organisation “QQQ”."),
    ];
    let files = [
        ("central_record_clean.csv", (40, 40, 0, 0), 40, Vec::new()),
        ("central_record_messy.csv", (69, 62, 1, 6), 55, messy.to_vec()),
        ("central_record_windows1252_semicolon.csv", (25, 25, 0, 0), 23, Vec::new()),
        ("central_record.xlsx", (54, 47, 1, 6), 41, messy.to_vec()),
        (
            "ms_forms_applications.xlsx",
            (80, 0, 0, 80),
            0,
            (2..=81).map(|line| (line, "Opportunity title", FORM)).collect(),
        ),
    ];
    store::testing::both(|db| {
        let files = files.clone();
        async move {
            let (services, _) = services(db.clone(), "2026-11-01T09:00:00");
            let Some(trusts) = data("reference/ods_etr_trusts_2022-04.csv") else { return };
            let Some(places) = data("reference/outcodes_gibbs_2017.csv") else { return };
            for (list, bytes, name) in [
                (crate::reference::List::Trusts, trusts, "trusts.csv"),
                (crate::reference::List::Places, places, "places.csv"),
            ] {
                crate::reference::import(&services, list, &bytes, name).await.unwrap();
            }
            let mut published = 0;
            for (name, expected, newly_published, why) in files {
                let Some(bytes) = data(&format!("samples/{name}")) else { return };
                let empty = store::testing::dump(&db).await;
                let dry = from_file(&services, &bytes, name, Options { dry_run: true, ..options() }).await.unwrap();
                assert_eq!(store::testing::dump(&db).await, empty, "{name}: a dry run writes nothing");
                let report = from_file(&services, &bytes, name, options()).await.unwrap();
                assert_eq!(report, dry, "{name}");
                assert_eq!(counts(&report), expected, "{name}: {:#?}", report.refused);
                assert_eq!(report.refused.len(), why.len(), "{name}: {:#?}", report.refused);
                for (refusal, (line, column, reason)) in report.refused.iter().zip(why) {
                    assert_eq!((refusal.line, refusal.column.as_str()), (line, column), "{name}");
                    assert!(refusal.reason.contains(reason) && !refusal.mend.is_empty(), "{name}: {refusal:?}");
                }

                // Whoever searches finds what was published, each in its place.
                let mut tx = db.read().await.unwrap();
                let listings =
                    store::catalogue::load(&mut tx, &store::places::Gazetteer::default(), None).await.unwrap();
                drop(tx);
                assert_eq!(listings.len() - published, newly_published, "{name}: the others say TBC for places");
                assert!(
                    listings.iter().all(|listing| listing.at.is_some() || listing.delivery == domain::Delivery::Online),
                    "{name}"
                );
                published = listings.len();

                let before = store::testing::dump(&db).await;
                let again = from_file(&services, &bytes, name, options()).await.unwrap();
                assert_eq!(
                    (again.taken, again.unchanged, &again.refused),
                    (0, report.taken + report.unchanged, &report.refused),
                    "{name}"
                );
                assert_eq!(store::testing::dump(&db).await, before, "{name}: the same file again changes nothing");
            }
        }
    })
    .await;
}
