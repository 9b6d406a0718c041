//! The publishers' lists, as they are.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic")]

mod common;

use chrono::NaiveDate;
use sheets::reference::{Area, areas, places, schools, trusts};

fn list(name: &str) -> Option<Vec<u8>> {
    common::shared(&format!("reference/{name}"))
}

#[test]
fn every_trust_is_taken() {
    let Some(bytes) = list("ods_etr_trusts_2022-04.csv") else {
        return;
    };
    let trusts = trusts(&bytes).unwrap();
    assert_eq!((trusts.read, trusts.rows.len(), trusts.refused.len(), trusts.notes.len()), (227, 227, 0, 0));
    let first = &trusts.rows[0];
    assert_eq!((first.line, first.code.as_str()), (1, "R0A"));
    assert_eq!(first.name, "Manchester University NHS Foundation Trust");
    assert_eq!((first.region.as_deref(), first.icb.as_deref()), (Some("Y62"), Some("QOP")));
    assert_eq!(first.address, ["Cobbett House", "Oxford Road", "Manchester"]);
    assert_eq!((first.town.as_deref(), first.postcode.as_deref()), (Some("Manchester"), Some("M13 9WL")));
    assert_eq!((first.opened, first.closed), (NaiveDate::from_ymd_opt(2017, 10, 1), None));
    assert_eq!(trusts.rows.iter().filter(|trust| trust.closed.is_some()).count(), 4);
}

#[test]
fn every_school_is_taken() {
    let Some(bytes) = list("gias_schools_2022-07.csv") else {
        return;
    };
    let schools = schools(&bytes).unwrap();
    assert_eq!((schools.read, schools.rows.len(), schools.refused.len()), (49_514, 49_514, 0));
    assert!(schools.report().adds_up());
    assert_eq!(schools.rows.iter().filter(|school| school.lead_school).count(), 1_206);
    assert_eq!(schools.rows.iter().filter(|school| school.closed.is_some()).count(), 49_514 - 27_332);
    let notes: Vec<_> = schools.notes.iter().map(|note| note.value.as_str()).collect();
    assert_eq!(notes, ["2036"], "the one postcode that is none");
    let last = schools.rows.last().unwrap();
    assert_eq!((last.line, last.urn), (49_515, 402_460));
}

#[test]
fn every_district_but_the_known_wrong_ones_is_taken() {
    let Some(bytes) = list("outcodes_gibbs_2017.csv") else {
        return;
    };
    let places = places(&bytes).unwrap();
    let mut refused: Vec<_> = places.refused.iter().map(|refusal| refusal.value.as_str()).collect();
    refused.sort_unstable();
    assert_eq!(refused, ["CB1", "CB24", "CB3", "CB5", "E20", "SR9"]);
    assert_eq!((places.read, places.rows.len()), (2_856, 2_850));
    let leeds = places.rows.iter().find(|place| place.outcode == "LS1").unwrap();
    assert_eq!((leeds.latitude, leeds.longitude, leeds.country.as_deref()), (53.79674, -1.54754, Some("England")));
}

#[test]
fn every_area_is_recognised_by_its_headings() {
    let read = |name: &str| Some(areas(&list(name)?, name).unwrap());
    let Some(icbs) = read("icb_42_2022-26.csv") else {
        return;
    };
    assert_eq!(icbs.years, Some((2022, Some(2026))));
    let Area::Icbs(boards) = &icbs.area else { panic!("{:?}", icbs.area) };
    assert_eq!((boards.rows.len(), boards.refused.len()), (42, 0));
    assert_eq!(boards.rows[0].name, "NHS Bath and North East Somerset, Swindon and Wiltshire Integrated Care Board");

    let members = read("icb_to_local_authority.csv").unwrap();
    let Area::IcbMembers(members) = &members.area else { panic!("{:?}", members.area) };
    assert_eq!((members.read, members.rows.len(), members.refused.len()), (271, 271, 0));
    assert_eq!(members.rows[0].authority, Some(("Gateshead Metropolitan Borough Council".into(), "106".into())));
    assert!(members.rows.iter().all(|row| boards.rows.iter().any(|board| board.ods_code == row.icb)));

    let regions = read("nhs_england_regions.csv").unwrap();
    let Area::NhsRegions(regions) = &regions.area else { panic!("{:?}", regions.area) };
    assert_eq!(regions.rows.len(), 7);

    let authorities = read("ons_la_to_region_2026.csv").unwrap();
    assert_eq!(authorities.years, Some((2026, None)));
    let Area::Authorities(authorities) = &authorities.area else { panic!("{:?}", authorities.area) };
    assert_eq!((authorities.read, authorities.rows.len(), authorities.refused.len()), (415, 415, 0));
    assert_eq!(authorities.rows.iter().filter(|row| !row.current).count(), 54);

    let regions = read("ons_regions.csv").unwrap();
    let Area::Regions(regions) = &regions.area else { panic!("{:?}", regions.area) };
    assert_eq!((regions.rows.len(), regions.rows[0].name.as_str()), (9, "North East"));
}

#[test]
fn bad_lines_are_refused_by_name_and_the_rest_is_taken() {
    let found =
        places(b"postcode,latitude,longitude\nLS1,53.8,-1.5\nLS1,53.8,-1.5\nZZ1,53,-1\nLS2,0,0\nCB1,52.19,0.14\n")
            .unwrap();
    assert_eq!(found.rows.iter().map(|place| place.outcode.as_str()).collect::<Vec<_>>(), ["LS1", "CB1"]);
    assert_eq!(found.refused.iter().map(|refusal| refusal.line).collect::<Vec<_>>(), [3, 4, 5]);
    assert!(found.report().adds_up());

    let far = places(b"postcode,lat,lng\nLS1,53.8,-1.5\nLS2,53.8,-1.5\nLS3,53.8,-1.5\nLS4,50.1,-5.5\n").unwrap();
    assert_eq!(far.refused.iter().map(|refusal| refusal.value.as_str()).collect::<Vec<_>>(), ["LS4"]);

    let found = schools(b"URN,EstablishmentName,CloseDate\n1,A,\n1,B,\nx,C,\n2,,\n3,D,31-02-2020\n").unwrap();
    assert_eq!((found.read, found.rows.len()), (5, 1));
    assert_eq!(found.refused.iter().map(|refusal| refusal.line).collect::<Vec<_>>(), [3, 4, 5, 6]);

    let found = trusts(b"R0A,A TRUST,Y62,QOP,,,,LEEDS,,LS1 4AP,20171001,\nR0A,TWICE\n??,BAD\nR0B,\n").unwrap();
    assert_eq!((found.read, found.rows.len()), (4, 1));
    assert_eq!(found.refused.iter().map(|refusal| refusal.line).collect::<Vec<_>>(), [2, 3, 4]);

    assert!(schools(b"%PDF-1.7").is_err());
    assert!(schools(b"a,b\n1,2\n").unwrap_err().to_string().contains("urn"));
    assert!(places(b"").is_err());
}
