//! Lists in their publishers' layouts: a few lines of our own always, the real files where they are.

use std::path::{Path, PathBuf};

use super::*;
use crate::testing;

const TRUSTS: &str = "RAE,BRADFORD TEACHING HOSPITALS NHS FOUNDATION TRUST,Y63,QWO,BRADFORD ROYAL INFIRMARY,DUCKWORTH LANE,,BRADFORD,,BD9 6RJ,20040401,,,,,,,,,,,0,,B\n\
R1A,WORCESTERSHIRE HEALTH AND CARE NHS TRUST,Y60,QGH,UNIT 2 KINGS COURT,,,WORCESTER,,WR5 1JR,20110701,20200331,,,,,,,,,,0,,F\n";
const SCHOOLS: &str = "urn,name,town,postcode,lead_school,open_date,close_date\n100000,The Aldgate School,London,EC3A 5DE,false,\"\",\"\"\n\
100049,Old Closed School,London,EC3A 5DE,false,01-01-1920,31-08-2010\nx,Nobody,London,,false,,\n";

#[tokio::test]
async fn importing_again_changes_nothing() {
    store::testing::both(|db| async move {
        let (services, _) = testing::services(db, "2027-03-01T09:00:00");
        let counts = |report: Report| {
            assert!(report.adds_up(), "{report:?}");
            (report.read, report.taken, report.unchanged, report.refused_lines())
        };
        for (list, text, first, again) in [
            (List::Trusts, TRUSTS, (2, 2, 0, 0), (2, 0, 2, 0)),
            (List::Schools, SCHOOLS, (3, 2, 0, 1), (3, 0, 2, 1)),
            (
                List::Areas,
                "ods_code,gss_code,name\nQWO,E54000054,NHS WEST YORKSHIRE INTEGRATED CARE BOARD\n",
                (1, 1, 0, 0),
                (1, 0, 1, 0),
            ),
        ] {
            assert_eq!(
                counts(import(&services, list, text.as_bytes(), "icb_42_2022-26.csv").await.unwrap()),
                first,
                "{list:?}"
            );
            assert_eq!(
                counts(import(&services, list, text.as_bytes(), "icb_42_2022-26.csv").await.unwrap()),
                again,
                "{list:?}"
            );
        }
        let mut tx = services.db.read().await.unwrap();
        let trust = store::organisations::find_named(&mut tx, "bradford teaching hospitals nhs foundation trust")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (trust.name.as_str(), trust.kind.as_str(), trust.town.as_deref()),
            ("Bradford Teaching Hospitals NHS Foundation Trust", "nhs_trust", Some("Bradford"))
        );
        assert_eq!(store::audit::list_about(&mut tx, "list", "trusts").await.unwrap().len(), 2);
    })
    .await;
}

/// The same file on both databases, and again, and another list of the same districts after it.
#[tokio::test]
async fn every_postcode_makes_distances_finer_and_is_taken_once() {
    const DIRECTORY: &str = "pcds,doterm,lat,long\nBD9 6RJ,,53.806,-1.797\nBD9 6DA,,53.807,-1.796\n\
        BD9 5BG,,53.813,-1.785\nBD9 5XX,201001,53.1,-1.1\nJE1 1AA,,99.999999,0\nBD9,,53.8,-1.8\n";
    const DISTRICTS: &str = "postcode,latitude,longitude,town\nBD9,53.80,-1.78,Bradford\n";
    store::testing::both(|db| async move {
        let (services, _) = testing::services(db, "2027-03-01T09:00:00");
        let places = async |text: &str| {
            let report = import(&services, List::Places, text.as_bytes(), "places.csv").await.unwrap();
            assert!(report.adds_up(), "{report:?}");
            report
        };
        let find = async |typed: &str| {
            let mut tx = services.db.read().await.unwrap();
            let place = store::places::Gazetteer::load(&mut tx).await.unwrap().find(typed).unwrap();
            (place.name, place.latitude, place.longitude)
        };
        places(DISTRICTS).await;
        assert_eq!(find("BD9 6RJ").await, ("BD9".into(), 53.80, -1.78));
        let report = places(DIRECTORY).await;
        assert_eq!((report.read, report.taken, report.unchanged, report.refused_lines()), (6, 3, 2, 1));
        assert_eq!(report.refused[0].line, 7);
        assert_eq!(
            report.remarks,
            [
                "They give the middles of 1 district and 2 sectors.",
                "1 row left out: no place is given.",
                "1 row left out: the postcode ended, and its sector has others."
            ]
        );
        assert_eq!(find("BD9 6RJ").await, ("BD9".into(), 53.807, -1.796));
        assert_eq!(find("bd95bg").await, ("BD9".into(), 53.813, -1.785));
        assert_eq!(find("BD9").await, ("BD9".into(), 53.807, -1.796));
        let again = places(DIRECTORY).await;
        assert_eq!((again.taken, again.unchanged), (0, 5));
        // The district's town came with the other list, and stays.
        assert_eq!(find("Bradford").await.0, "Bradford");
        places(DISTRICTS).await;
        assert_eq!(find("BD9 6RJ").await.1, 53.807, "sectors stay when a coarser list comes after");
    })
    .await;
}

#[tokio::test]
async fn another_file_is_refused_in_words() {
    store::testing::both(|db| async move {
        let (services, _) = testing::services(db, "2027-03-01T09:00:00");
        for list in [List::Schools, List::Places, List::Areas] {
            let answer = import(&services, list, b"a,b\n1,2\n", "x.csv").await;
            assert!(matches!(&answer, Err(Error::Refused(words)) if words.contains("is missing")), "{answer:?}");
        }
    })
    .await;
}

fn real(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("WEX_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), Into::into);
    let path = folder.join("reference").join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: {name} is not on this machine");
    None
}

/// The publishers' own files, whole.
#[tokio::test]
async fn the_real_lists_are_taken_and_taken_once() {
    store::testing::both(|db| async move {
        let (services, _) = testing::services(db, "2027-03-01T09:00:00");
        for (list, name, rows) in [
            (List::Trusts, "ods_etr_trusts_2022-04.csv", 227),
            (List::Schools, "gias_schools_2022-07.csv", 49_514),
            (List::Places, "outcodes_gibbs_2017.csv", 2_856),
            (List::Areas, "icb_42_2022-26.csv", 42),
            (List::Areas, "icb_to_local_authority.csv", 271),
            (List::Areas, "nhs_england_regions.csv", 7),
            (List::Areas, "ons_la_to_region_2026.csv", 0),
            (List::Areas, "ons_regions.csv", 0),
        ] {
            let Some(path) = real(name) else { return };
            let bytes = std::fs::read(path).unwrap();
            let first = import(&services, list, &bytes, name).await.unwrap();
            assert!(first.adds_up() && (rows == 0 || first.read == rows), "{name}: {} read", first.read);
            assert!(
                first.refused_lines() * 100 <= first.read,
                "{name}: {:?}",
                first.refused.iter().take(5).collect::<Vec<_>>()
            );
            let again = import(&services, list, &bytes, name).await.unwrap();
            assert_eq!(
                (again.read, again.taken, again.unchanged, again.refused),
                (first.read, 0, first.taken + first.unchanged, first.refused),
                "{name}"
            );
        }
        let mut tx = services.db.read().await.unwrap();
        // A school of 49,514, found by the beginnings of two words.
        let found = store::organisations::school_matches(&mut tx, "aldgate lond", 5).await.unwrap();
        assert!(found.iter().any(|school| school.name == "The Aldgate School"), "{found:?}");
        assert_eq!(store::places::Gazetteer::load(&mut tx).await.unwrap().find("LS1 4AP").unwrap().latitude, 53.796_74);
    })
    .await;
}
