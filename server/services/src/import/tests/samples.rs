//! The providers' own files, with the trusts' official list: taken, unchanged, refused and why.

use std::path::Path;

use super::*;

/// A file of `data`; `None`, said plainly, where this machine has none.
fn data(name: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("WEX_DATA").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), Into::into);
    match std::fs::read(folder.join(name)) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            eprintln!("skipped: {name} is not on this machine");
            None
        }
    }
}

#[tokio::test]
async fn every_sample_is_taken_row_by_row_and_taken_once() {
    store::testing::both(|db| async move {
        let (services, _) = services(db.clone(), "2026-11-01T09:00:00");
        let Some(trusts) = data("reference/ods_etr_trusts_2022-04.csv") else { return };
        crate::reference::import(&services, crate::reference::List::Trusts, &trusts, "trusts.csv").await.unwrap();
        // File; rows read, taken, unchanged, refused.
        for (name, expected) in [
            ("central_record_clean.csv", (0, 0, 0, 0)),
        ] {
            let Some(bytes) = data(&format!("samples/{name}")) else { return };
            let report = from_file(&services, &bytes, name, options()).await.unwrap();
            assert_eq!(counts(&report), expected, "{name}: {:#?}", report.refused);
            let before = store::testing::dump(&db).await;
            let again = from_file(&services, &bytes, name, options()).await.unwrap();
            assert_eq!((again.taken, again.unchanged, &again.refused), (0, report.taken + report.unchanged, &report.refused), "{name}");
            assert_eq!(store::testing::dump(&db).await, before, "{name}");
        }
    })
    .await;
}
