//! NHS England's regions, for organisations of which nobody said in which one they are: by postcode area. An
//! area that crosses a border counts for the region in which most of its people live.

/// ODS code, name, postcode areas.
const REGIONS: &[(&str, &str, &[&str])] = &[
    ("Y61", "East of England", &["AL", "CB", "CM", "CO", "IP", "LU", "MK", "NR", "PE", "SG", "SS", "WD"]),
    (
        "Y56",
        "London",
        &["BR", "CR", "E", "EC", "EN", "HA", "IG", "KT", "N", "NW", "RM", "SE", "SM", "SW", "TW", "UB", "W", "WC"],
    ),
    ("Y60", "Midlands", &["B", "CV", "DE", "DY", "HR", "LE", "LN", "NG", "NN", "ST", "SY", "TF", "WR", "WS", "WV"]),
    (
        "Y63",
        "North East and Yorkshire",
        &["BD", "CA", "DH", "DL", "DN", "HD", "HG", "HU", "HX", "LS", "NE", "S", "SR", "TS", "WF", "YO"],
    ),
    ("Y62", "North West", &["BB", "BL", "CH", "CW", "FY", "L", "LA", "M", "OL", "PR", "SK", "WA", "WN"]),
    ("Y59", "South East", &["BN", "CT", "DA", "GU", "HP", "ME", "OX", "PO", "RG", "RH", "SL", "SO", "TN"]),
    ("Y58", "South West", &["BA", "BH", "BS", "DT", "EX", "GL", "PL", "SN", "SP", "TA", "TQ", "TR"]),
];

/// Code and name of every region, by name.
pub fn regions() -> impl Iterator<Item = (&'static str, &'static str)> {
    REGIONS.iter().map(|(code, name, _)| (*code, *name))
}

/// The region of a postcode area.
pub(super) fn of_area(area: &str) -> Option<&'static str> {
    REGIONS.iter().find(|(.., areas)| areas.contains(&area)).map(|(code, ..)| *code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_english_area_is_in_one_region() {
        let mut seen = BTreeSet::new();
        for (.., areas) in REGIONS {
            for area in *areas {
                assert!(super::super::builtin::area(area).is_some(), "{area}");
                assert!(seen.insert(*area), "{area} is in two");
            }
        }
        for (_, _, _, district) in super::super::builtin::TOWNS {
            let area: String = district.chars().take_while(char::is_ascii_alphabetic).collect();
            assert!(seen.contains(area.as_str()), "{district} is in none");
        }
        assert_eq!((of_area("LS"), of_area("EH")), (Some("Y63"), None));
    }
}
