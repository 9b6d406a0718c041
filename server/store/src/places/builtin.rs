//! A coarse table that is always there: postcode areas and towns, to two decimals (about half a mile).
//! It answers before the official list was imported, and for districts that the list does not have.

use domain::search::Place;

/// Where the official list of 2017 is known to be wrong, or older than the district.
const CORRECTED: &[(&str, f64, f64)] = &[
    ("CB1", 52.20, 0.14),
    ("CB3", 52.21, 0.10),
    ("CB5", 52.21, 0.15),
    ("CB24", 52.29, 0.09),
    ("E20", 51.54, -0.01),
    ("M50", 53.47, -2.29),
];

/// Every postcode area, its post town, and about its middle.
const AREAS: &[(&str, &str, f64, f64)] = &[
    ("AB", "Aberdeen", 57.20, -2.30),
    ("AL", "St Albans", 51.78, -0.30),
    ("B", "Birmingham", 52.46, -1.88),
    ("BA", "Bath", 51.22, -2.43),
    ("BB", "Blackburn", 53.78, -2.36),
    ("BD", "Bradford", 53.84, -1.85),
    ("BH", "Bournemouth", 50.75, -1.90),
    ("BL", "Bolton", 53.58, -2.39),
    ("BN", "Brighton", 50.85, -0.05),
    ("BR", "Bromley", 51.40, 0.06),
    ("BS", "Bristol", 51.43, -2.65),
    ("BT", "Belfast", 54.61, -6.20),
    ("CA", "Carlisle", 54.74, -3.07),
    ("CB", "Cambridge", 52.25, 0.22),
    ("CF", "Cardiff", 51.58, -3.30),
    ("CH", "Chester", 53.25, -3.03),
    ("CM", "Chelmsford", 51.74, 0.42),
    ("CO", "Colchester", 51.93, 0.93),
    ("CR", "Croydon", 51.36, -0.11),
    ("CT", "Canterbury", 51.28, 1.22),
    ("CV", "Coventry", 52.36, -1.50),
    ("CW", "Crewe", 53.17, -2.47),
    ("DA", "Dartford", 51.43, 0.22),
    ("DD", "Dundee", 56.60, -2.85),
    ("DE", "Derby", 52.96, -1.56),
    ("DG", "Dumfries", 55.04, -3.85),
    ("DH", "Durham", 54.82, -1.65),
    ("DL", "Darlington", 54.45, -1.65),
    ("DN", "Doncaster", 53.56, -0.70),
    ("DT", "Dorchester", 50.75, -2.45),
    ("DY", "Dudley", 52.44, -2.18),
    ("E", "East London", 51.56, -0.03),
    ("EC", "London", 51.52, -0.10),
    ("EH", "Edinburgh", 55.90, -3.20),
    ("EN", "Enfield", 51.68, -0.05),
    ("EX", "Exeter", 50.84, -3.75),
    ("FK", "Falkirk", 56.10, -3.90),
    ("FY", "Blackpool", 53.84, -3.01),
    ("G", "Glasgow", 55.87, -4.27),
    ("GL", "Gloucester", 51.84, -2.12),
    ("GU", "Guildford", 51.22, -0.72),
    ("GY", "Guernsey", 49.46, -2.56),
    ("HA", "Harrow", 51.58, -0.36),
    ("HD", "Huddersfield", 53.63, -1.79),
    ("HG", "Harrogate", 54.04, -1.60),
    ("HP", "Hemel Hempstead", 51.74, -0.68),
    ("HR", "Hereford", 52.08, -2.73),
    ("HS", "the Outer Hebrides", 57.90, -6.95),
    ("HU", "Hull", 53.76, -0.32),
    ("HX", "Halifax", 53.72, -1.89),
    ("IG", "Ilford", 51.59, 0.07),
    ("IM", "the Isle of Man", 54.21, -4.58),
    ("IP", "Ipswich", 52.21, 1.14),
    ("IV", "Inverness", 57.50, -4.80),
    ("JE", "Jersey", 49.20, -2.10),
    ("KA", "Kilmarnock", 55.55, -4.60),
    ("KT", "Kingston upon Thames", 51.37, -0.33),
    ("KW", "Kirkwall", 58.65, -3.30),
    ("KY", "Kirkcaldy", 56.20, -3.10),
    ("L", "Liverpool", 53.43, -2.94),
    ("LA", "Lancaster", 54.20, -2.88),
    ("LD", "Llandrindod Wells", 52.15, -3.35),
    ("LE", "Leicester", 52.63, -1.13),
    ("LL", "Llandudno", 53.08, -3.70),
    ("LN", "Lincoln", 53.25, -0.35),
    ("LS", "Leeds", 53.83, -1.53),
    ("LU", "Luton", 51.89, -0.46),
    ("M", "Manchester", 53.47, -2.25),
    ("ME", "Rochester", 51.36, 0.57),
    ("MK", "Milton Keynes", 52.06, -0.68),
    ("ML", "Motherwell", 55.75, -3.90),
    ("N", "North London", 51.58, -0.12),
    ("NE", "Newcastle upon Tyne", 55.10, -1.68),
    ("NG", "Nottingham", 52.98, -1.05),
    ("NN", "Northampton", 52.27, -0.85),
    ("NP", "Newport", 51.69, -3.02),
    ("NR", "Norwich", 52.68, 1.30),
    ("NW", "North West London", 51.56, -0.19),
    ("OL", "Oldham", 53.56, -2.10),
    ("OX", "Oxford", 51.78, -1.31),
    ("PA", "Paisley", 55.90, -5.20),
    ("PE", "Peterborough", 52.68, -0.10),
    ("PH", "Perth", 56.70, -4.10),
    ("PL", "Plymouth", 50.43, -4.45),
    ("PO", "Portsmouth", 50.81, -1.07),
    ("PR", "Preston", 53.71, -2.75),
    ("RG", "Reading", 51.41, -1.05),
    ("RH", "Redhill", 51.13, -0.20),
    ("RM", "Romford", 51.55, 0.22),
    ("S", "Sheffield", 53.38, -1.40),
    ("SA", "Swansea", 51.83, -4.20),
    ("SE", "South East London", 51.46, -0.04),
    ("SG", "Stevenage", 51.97, -0.15),
    ("SK", "Stockport", 53.36, -2.11),
    ("SL", "Slough", 51.53, -0.63),
    ("SM", "Sutton", 51.37, -0.19),
    ("SN", "Swindon", 51.48, -1.90),
    ("SO", "Southampton", 50.95, -1.42),
    ("SP", "Salisbury", 51.11, -1.75),
    ("SR", "Sunderland", 54.88, -1.40),
    ("SS", "Southend-on-Sea", 51.56, 0.62),
    ("ST", "Stoke-on-Trent", 52.97, -2.13),
    ("SW", "South West London", 51.47, -0.17),
    ("SY", "Shrewsbury", 52.58, -3.10),
    ("TA", "Taunton", 51.05, -3.10),
    ("TD", "Galashiels", 55.67, -2.50),
    ("TF", "Telford", 52.73, -2.47),
    ("TN", "Tonbridge", 51.10, 0.45),
    ("TQ", "Torquay", 50.44, -3.63),
    ("TR", "Truro", 50.20, -5.25),
    ("TS", "Middlesbrough", 54.57, -1.20),
    ("TW", "Twickenham", 51.45, -0.38),
    ("UB", "Southall", 51.53, -0.42),
    ("W", "West London", 51.51, -0.20),
    ("WA", "Warrington", 53.40, -2.55),
    ("WC", "London", 51.52, -0.12),
    ("WD", "Watford", 51.67, -0.38),
    ("WF", "Wakefield", 53.68, -1.47),
    ("WN", "Wigan", 53.53, -2.64),
    ("WR", "Worcester", 52.17, -2.13),
    ("WS", "Walsall", 52.66, -1.91),
    ("WV", "Wolverhampton", 52.60, -2.15),
    ("YO", "York", 54.10, -0.85),
    ("ZE", "Lerwick", 60.30, -1.25),
];

/// Towns and cities of England, about their middle, with one postcode district in them.
pub(super) const TOWNS: &[(&str, f64, f64, &str)] = &[
    ("Accrington", 53.75, -2.36, "BB5"),
    ("Altrincham", 53.39, -2.35, "WA14"),
    ("Andover", 51.21, -1.48, "SP10"),
    ("Ashford", 51.15, 0.87, "TN23"),
    ("Aylesbury", 51.82, -0.81, "HP20"),
    ("Banbury", 52.06, -1.34, "OX16"),
    ("Barnsley", 53.55, -1.48, "S70"),
    ("Barnstaple", 51.08, -4.06, "EX31"),
    ("Barrow-in-Furness", 54.11, -3.23, "LA14"),
    ("Basildon", 51.57, 0.46, "SS14"),
    ("Basingstoke", 51.26, -1.09, "RG21"),
    ("Bath", 51.38, -2.36, "BA1"),
    ("Bedford", 52.14, -0.47, "MK40"),
    ("Birkenhead", 53.39, -3.02, "CH41"),
    ("Birmingham", 52.48, -1.90, "B2"),
    ("Bishop Auckland", 54.66, -1.68, "DL14"),
    ("Blackburn", 53.75, -2.48, "BB1"),
    ("Blackpool", 53.82, -3.05, "FY1"),
    ("Bolton", 53.58, -2.43, "BL1"),
    ("Boston", 52.98, -0.02, "PE21"),
    ("Bournemouth", 50.72, -1.88, "BH2"),
    ("Bracknell", 51.42, -0.75, "RG12"),
    ("Bradford", 53.79, -1.75, "BD1"),
    ("Brighton", 50.82, -0.14, "BN1"),
    ("Bristol", 51.45, -2.59, "BS1"),
    ("Bromley", 51.41, 0.02, "BR1"),
    ("Burnley", 53.79, -2.24, "BB11"),
    ("Burton upon Trent", 52.81, -1.64, "DE14"),
    ("Bury", 53.59, -2.30, "BL9"),
    ("Bury St Edmunds", 52.25, 0.71, "IP33"),
    ("Buxton", 53.26, -1.91, "SK17"),
    ("Cambridge", 52.21, 0.12, "CB2"),
    ("Camden", 51.54, -0.14, "NW1"),
    ("Canterbury", 51.28, 1.08, "CT1"),
    ("Carlisle", 54.89, -2.94, "CA1"),
    ("Chatham", 51.38, 0.53, "ME4"),
    ("Chelmsford", 51.74, 0.47, "CM1"),
    ("Cheltenham", 51.90, -2.08, "GL50"),
    ("Chester", 53.19, -2.89, "CH1"),
    ("Chesterfield", 53.24, -1.42, "S40"),
    ("Chichester", 50.84, -0.78, "PO19"),
    ("Chorley", 53.65, -2.63, "PR7"),
    ("Colchester", 51.89, 0.90, "CO1"),
    ("Corby", 52.49, -0.70, "NN17"),
    ("Coventry", 52.41, -1.51, "CV1"),
    ("Crawley", 51.11, -0.19, "RH10"),
    ("Crewe", 53.10, -2.44, "CW1"),
    ("Croydon", 51.37, -0.10, "CR0"),
    ("Darlington", 54.52, -1.55, "DL1"),
    ("Dartford", 51.45, 0.22, "DA1"),
    ("Derby", 52.92, -1.48, "DE1"),
    ("Dewsbury", 53.69, -1.63, "WF13"),
    ("Doncaster", 53.52, -1.13, "DN1"),
    ("Dorchester", 50.71, -2.44, "DT1"),
    ("Dover", 51.13, 1.31, "CT16"),
    ("Dudley", 52.51, -2.08, "DY1"),
    ("Durham", 54.78, -1.58, "DH1"),
    ("Eastbourne", 50.77, 0.28, "BN21"),
    ("Enfield", 51.65, -0.08, "EN1"),
    ("Exeter", 50.72, -3.53, "EX1"),
    ("Folkestone", 51.08, 1.17, "CT20"),
    ("Gateshead", 54.96, -1.60, "NE8"),
    ("Gillingham", 51.39, 0.55, "ME7"),
    ("Gloucester", 51.86, -2.24, "GL1"),
    ("Grantham", 52.91, -0.64, "NG31"),
    ("Great Yarmouth", 52.61, 1.73, "NR30"),
    ("Grimsby", 53.57, -0.08, "DN31"),
    ("Guildford", 51.24, -0.57, "GU1"),
    ("Hackney", 51.55, -0.06, "E8"),
    ("Halifax", 53.72, -1.86, "HX1"),
    ("Harlow", 51.77, 0.10, "CM20"),
    ("Harrogate", 53.99, -1.54, "HG1"),
    ("Harrow", 51.58, -0.34, "HA1"),
    ("Hartlepool", 54.69, -1.21, "TS24"),
    ("Hastings", 50.86, 0.58, "TN34"),
    ("Hemel Hempstead", 51.75, -0.47, "HP1"),
    ("Hereford", 52.06, -2.72, "HR1"),
    ("Hexham", 54.97, -2.10, "NE46"),
    ("High Wycombe", 51.63, -0.75, "HP11"),
    ("Huddersfield", 53.65, -1.78, "HD1"),
    ("Hull", 53.74, -0.34, "HU1"),
    ("Huntingdon", 52.33, -0.18, "PE29"),
    ("Ilford", 51.56, 0.07, "IG1"),
    ("Ipswich", 52.06, 1.16, "IP1"),
    ("Isle of Wight", 50.70, -1.29, "PO30"),
    ("Keighley", 53.87, -1.91, "BD21"),
    ("Kendal", 54.33, -2.74, "LA9"),
    ("Kettering", 52.40, -0.73, "NN16"),
    ("Kidderminster", 52.39, -2.25, "DY10"),
    ("King's Lynn", 52.75, 0.40, "PE30"),
    ("Kingston upon Thames", 51.41, -0.30, "KT1"),
    ("Lancaster", 54.05, -2.80, "LA1"),
    ("Leamington Spa", 52.29, -1.53, "CV32"),
    ("Leeds", 53.80, -1.55, "LS1"),
    ("Leicester", 52.64, -1.13, "LE1"),
    ("Lewes", 50.87, 0.01, "BN7"),
    ("Lichfield", 52.68, -1.83, "WS13"),
    ("Lincoln", 53.23, -0.54, "LN1"),
    ("Liverpool", 53.41, -2.98, "L1"),
    ("London", 51.51, -0.13, "WC2N"),
    ("Loughborough", 52.77, -1.21, "LE11"),
    ("Lowestoft", 52.48, 1.75, "NR32"),
    ("Luton", 51.88, -0.42, "LU1"),
    ("Macclesfield", 53.26, -2.12, "SK11"),
    ("Maidstone", 51.27, 0.52, "ME14"),
    ("Manchester", 53.48, -2.24, "M2"),
    ("Mansfield", 53.14, -1.20, "NG18"),
    ("Margate", 51.39, 1.38, "CT9"),
    ("Middlesbrough", 54.58, -1.23, "TS1"),
    ("Milton Keynes", 52.04, -0.76, "MK9"),
    ("Newbury", 51.40, -1.32, "RG14"),
    ("Newcastle upon Tyne", 54.97, -1.61, "NE1"),
    ("Newark-on-Trent", 53.08, -0.81, "NG24"),
    ("Newport", 50.70, -1.29, "PO30"),
    ("Northallerton", 54.34, -1.43, "DL7"),
    ("Northampton", 52.24, -0.90, "NN1"),
    ("Norwich", 52.63, 1.30, "NR1"),
    ("Nottingham", 52.95, -1.15, "NG1"),
    ("Nuneaton", 52.52, -1.47, "CV11"),
    ("Oldham", 53.54, -2.12, "OL1"),
    ("Oxford", 51.75, -1.26, "OX1"),
    ("Penrith", 54.66, -2.75, "CA11"),
    ("Penzance", 50.12, -5.54, "TR18"),
    ("Peterborough", 52.57, -0.24, "PE1"),
    ("Plymouth", 50.37, -4.14, "PL1"),
    ("Pontefract", 53.69, -1.31, "WF8"),
    ("Poole", 50.72, -1.98, "BH15"),
    ("Portsmouth", 50.80, -1.09, "PO1"),
    ("Preston", 53.76, -2.70, "PR1"),
    ("Reading", 51.46, -0.97, "RG1"),
    ("Redditch", 52.31, -1.94, "B97"),
    ("Redhill", 51.24, -0.17, "RH1"),
    ("Richmond", 51.46, -0.30, "TW9"),
    ("Rochdale", 53.62, -2.16, "OL16"),
    ("Romford", 51.58, 0.18, "RM1"),
    ("Rotherham", 53.43, -1.36, "S60"),
    ("Rugby", 52.37, -1.26, "CV21"),
    ("Salford", 53.49, -2.27, "M3"),
    ("Salisbury", 51.07, -1.80, "SP1"),
    ("Scarborough", 54.28, -0.40, "YO11"),
    ("Scunthorpe", 53.59, -0.65, "DN15"),
    ("Sheffield", 53.38, -1.47, "S1"),
    ("Shrewsbury", 52.71, -2.75, "SY1"),
    ("Skipton", 53.96, -2.02, "BD23"),
    ("Slough", 51.51, -0.59, "SL1"),
    ("Solihull", 52.41, -1.78, "B91"),
    ("Southampton", 50.90, -1.40, "SO14"),
    ("Southend-on-Sea", 51.54, 0.71, "SS1"),
    ("Southport", 53.65, -3.01, "PR8"),
    ("South Shields", 55.00, -1.43, "NE33"),
    ("St Albans", 51.75, -0.34, "AL1"),
    ("St Helens", 53.45, -2.74, "WA10"),
    ("Stafford", 52.81, -2.12, "ST16"),
    ("Stevenage", 51.90, -0.20, "SG1"),
    ("Stockport", 53.41, -2.16, "SK1"),
    ("Stockton-on-Tees", 54.57, -1.32, "TS18"),
    ("Stoke-on-Trent", 53.02, -2.18, "ST1"),
    ("Stratford-upon-Avon", 52.19, -1.71, "CV37"),
    ("Stroud", 51.75, -2.22, "GL5"),
    ("Sunderland", 54.91, -1.38, "SR1"),
    ("Sutton", 51.36, -0.19, "SM1"),
    ("Sutton Coldfield", 52.56, -1.82, "B72"),
    ("Swindon", 51.56, -1.78, "SN1"),
    ("Tamworth", 52.63, -1.69, "B79"),
    ("Taunton", 51.02, -3.10, "TA1"),
    ("Telford", 52.68, -2.45, "TF3"),
    ("Torquay", 50.46, -3.53, "TQ1"),
    ("Truro", 50.26, -5.05, "TR1"),
    ("Tunbridge Wells", 51.13, 0.26, "TN1"),
    ("Twickenham", 51.45, -0.33, "TW1"),
    ("Wakefield", 53.68, -1.50, "WF1"),
    ("Walsall", 52.59, -1.98, "WS1"),
    ("Warrington", 53.39, -2.59, "WA1"),
    ("Warwick", 52.28, -1.59, "CV34"),
    ("Watford", 51.66, -0.40, "WD17"),
    ("West Bromwich", 52.52, -1.99, "B70"),
    ("Weston-super-Mare", 51.35, -2.98, "BS23"),
    ("Weymouth", 50.61, -2.45, "DT4"),
    ("Whitby", 54.49, -0.62, "YO22"),
    ("Whitehaven", 54.55, -3.59, "CA28"),
    ("Wigan", 53.55, -2.63, "WN1"),
    ("Winchester", 51.06, -1.31, "SO23"),
    ("Windsor", 51.48, -0.61, "SL4"),
    ("Wolverhampton", 52.59, -2.13, "WV1"),
    ("Worcester", 52.19, -2.22, "WR1"),
    ("Workington", 54.64, -3.54, "CA14"),
    ("Worksop", 53.30, -1.12, "S80"),
    ("Worthing", 50.81, -0.37, "BN11"),
    ("Yeovil", 50.94, -2.63, "BA20"),
    ("York", 53.96, -1.08, "YO1"),
];

/// Other names of the same towns, as they are compared.
const ALSO: &[(&str, &str)] = &[
    ("kingston upon hull", "hull"),
    ("newcastle", "newcastle upon tyne"),
    ("newark", "newark on trent"),
    ("royal tunbridge wells", "tunbridge wells"),
    ("royal leamington spa", "leamington spa"),
    ("southend", "southend on sea"),
    ("stoke", "stoke on trent"),
    ("stockton", "stockton on tees"),
    ("kingston", "kingston upon thames"),
    ("barrow", "barrow in furness"),
    ("central london", "london"),
    ("burton", "burton upon trent"),
    ("burton on trent", "burton upon trent"),
];

/// A postcode area's middle: "LS".
pub(super) fn area(code: &str) -> Option<Place> {
    AREAS.iter().find(|(area, ..)| *area == code).map(|&(_, name, latitude, longitude)| Place {
        name: name.into(),
        latitude,
        longitude,
    })
}

/// Every town under each name as it is compared.
pub(super) fn towns() -> impl Iterator<Item = (String, Place)> {
    let town =
        |&(name, latitude, longitude, _): &(&str, f64, f64, &str)| Place { name: name.into(), latitude, longitude };
    let usual = TOWNS.iter().map(move |one| (crate::organisations::search_name(one.0), town(one)));
    let other = ALSO.iter().filter_map(move |(other, usual)| {
        let one = TOWNS.iter().find(|(name, ..)| crate::organisations::search_name(name) == *usual)?;
        Some(((*other).to_owned(), town(one)))
    });
    usual.chain(other)
}

/// A district that the official list has wrong or not at all.
pub(super) fn corrected(code: &str) -> Option<(f64, f64)> {
    CORRECTED.iter().find(|(district, ..)| *district == code).map(|&(_, latitude, longitude)| (latitude, longitude))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn every_area_and_every_other_name_is_there() {
        for code in domain::understand::POSTCODE_AREAS {
            assert!(area(code).is_some(), "{code}");
        }
        assert_eq!(AREAS.len(), domain::understand::POSTCODE_AREAS.len());
        for (other, usual) in ALSO {
            assert!(towns().any(|(name, _)| name == *other), "{other} for {usual}");
        }
        assert!(TOWNS.windows(2).all(|pair| pair[0].0 != pair[1].0));
    }

    /// Against the official list, where this machine has it: towns within 4 miles of the district in
    /// them, areas within 25 miles of the middle of their districts (100 in the north of Scotland).
    #[test]
    fn the_table_agrees_with_the_official_list() {
        let folder = std::env::var("WEX_DATA")
            .map_or_else(|_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), Into::into);
        let Ok(text) = std::fs::read_to_string(folder.join("reference/outcodes_gibbs_2017.csv")) else {
            eprintln!("skipped: the official list of districts is not on this machine");
            return;
        };
        let mut districts: HashMap<&str, Place> = HashMap::new();
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            if let (Ok(latitude), Ok(longitude)) = (cells[3].parse(), cells[4].parse()) {
                districts.insert(cells[0], Place { name: cells[0].into(), latitude, longitude });
            }
        }
        let mut wrong = Vec::new();
        for &(name, latitude, longitude, code) in TOWNS {
            match districts.get(code) {
                Some(district) if district.miles_to(latitude, longitude) <= 4.0 => {}
                Some(district) => wrong.push(format!(
                    "{name}: {:.1} miles from {code} at {}, {}",
                    district.miles_to(latitude, longitude),
                    district.latitude,
                    district.longitude
                )),
                None => wrong.push(format!("{name}: no district {code}")),
            }
        }
        for &(code, _, latitude, longitude) in AREAS {
            let own: Vec<&Place> = districts
                .values()
                .filter(|d| d.name.chars().take_while(char::is_ascii_alphabetic).eq(code.chars()))
                .collect();
            let count = own.len() as f64;
            let middle = Place {
                name: code.into(),
                latitude: own.iter().map(|d| d.latitude).sum::<f64>() / count,
                longitude: own.iter().map(|d| d.longitude).sum::<f64>() / count,
            };
            let limit = if matches!(code, "IV" | "PA" | "PH" | "KW" | "HS" | "AB" | "ZE") { 100.0 } else { 25.0 };
            let miles = middle.miles_to(latitude, longitude);
            if miles > limit {
                wrong.push(format!(
                    "{code}: {miles:.0} miles from the middle at {:.2}, {:.2}",
                    middle.latitude, middle.longitude
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
