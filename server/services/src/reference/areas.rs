//! What each row of a file of areas names.

use chrono::NaiveDate;
use sheets::reference::{Area as Listed, AreaReading};
use store::places::Area;

/// The areas of each row. Where the file's name says for which years it holds, boards are valid from
/// the first day of the first year to the last day of the last: no list says the days.
pub(super) fn rows(reading: AreaReading) -> Vec<Vec<Area>> {
    let (from, to) = reading.years.unzip();
    let valid_from = from.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
    let valid_to = to.flatten().and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31));
    match reading.area {
        Listed::Icbs(list) => list
            .rows
            .into_iter()
            .map(|row| {
                vec![Area {
                    gss_code: Some(row.gss_code),
                    valid_from,
                    valid_to,
                    ..area(row.ods_code, "icb", row.name, None)
                }]
            })
            .collect(),
        Listed::NhsRegions(list) => list
            .rows
            .into_iter()
            .map(|row| vec![Area { gss_code: Some(row.gss_code), ..area(row.ods_code, "nhs_region", row.name, None) }])
            .collect(),
        Listed::Regions(list) => {
            list.rows.into_iter().map(|row| vec![area(row.code, "region", row.name, None)]).collect()
        }
        Listed::Authorities(list) => list
            .rows
            .into_iter()
            .map(|row| {
                let successor_code = (row.active_code != row.code).then_some(row.active_code);
                vec![Area { successor_code, ..area(row.code, "local_authority", row.name, row.region) }]
            })
            .collect(),
        Listed::IcbMembers(list) => list
            .rows
            .into_iter()
            .map(|row| {
                // An authority or a trust may belong to several boards: each belonging is a line of its own.
                let belonging = |kind, (name, code): (String, String)| {
                    area(format!("{}/{code}", row.icb), kind, name, Some(row.icb.clone()))
                };
                let mut named = vec![
                    area(row.region.clone(), "nhs_region", row.region_name, None),
                    Area {
                        gss_code: Some(row.icb_gss),
                        ..area(row.icb.clone(), "icb", row.icb_name, Some(row.region))
                    },
                ];
                named.extend(row.sub_icb.map(|(name, code)| area(code, "sub_icb", name, Some(row.icb.clone()))));
                named.extend(row.authority.map(|authority| belonging("icb_authority", authority)));
                named.extend(row.trust.map(|trust| belonging("icb_trust", trust)));
                named
            })
            .collect(),
    }
}

fn area(code: String, kind: &str, name: String, parent_code: Option<String>) -> Area {
    Area {
        code,
        kind: kind.to_owned(),
        name,
        parent_code,
        gss_code: None,
        valid_from: None,
        valid_to: None,
        successor_code: None,
    }
}
