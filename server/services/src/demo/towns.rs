//! English towns with a point and a postcode district: what "near" means in a demonstration, without
//! the official lists.

/// A town where something invented stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Town {
    /// A postcode district in its middle.
    pub district: &'static str,
    /// Degrees north, to about a kilometre.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// Name, district, degrees north, degrees east.
const TOWNS: &[(&str, &str, f64, f64)] = &[
    ("Birmingham", "B1", 52.48, -1.90),
    ("Blackburn", "BB1", 53.75, -2.48),
    ("Bolton", "BL1", 53.58, -2.43),
    ("Bradford", "BD1", 53.79, -1.75),
    ("Brighton", "BN1", 50.82, -0.14),
    ("Bristol", "BS1", 51.45, -2.59),
    ("Cambridge", "CB1", 52.20, 0.13),
    ("Canterbury", "CT1", 51.28, 1.08),
    ("Carlisle", "CA1", 54.89, -2.93),
    ("Chester", "CH1", 53.19, -2.89),
    ("Coventry", "CV1", 52.41, -1.51),
    ("Croydon", "CR0", 51.37, -0.10),
    ("Derby", "DE1", 52.92, -1.48),
    ("Doncaster", "DN1", 53.52, -1.13),
    ("Durham", "DH1", 54.78, -1.57),
    ("Exeter", "EX1", 50.72, -3.53),
    ("Gloucester", "GL1", 51.87, -2.24),
    ("Halifax", "HX1", 53.72, -1.86),
    ("Harrogate", "HG1", 54.00, -1.54),
    ("Hereford", "HR1", 52.06, -2.72),
    ("Huddersfield", "HD1", 53.65, -1.78),
    ("Hull", "HU1", 53.74, -0.34),
    ("Ipswich", "IP1", 52.06, 1.16),
    ("Leeds", "LS1", 53.80, -1.55),
    ("Leicester", "LE1", 52.64, -1.13),
    ("Lewisham", "SE13", 51.46, -0.01),
    ("Lincoln", "LN1", 53.23, -0.54),
    ("Liverpool", "L1", 53.41, -2.98),
    ("Maidstone", "ME14", 51.27, 0.52),
    ("Manchester", "M1", 53.48, -2.24),
    ("Middlesbrough", "TS1", 54.57, -1.24),
    ("Newcastle upon Tyne", "NE1", 54.97, -1.61),
    ("Northampton", "NN1", 52.24, -0.90),
    ("Norwich", "NR1", 52.63, 1.30),
    ("Nottingham", "NG1", 52.95, -1.15),
    ("Oxford", "OX1", 51.75, -1.26),
    ("Peterborough", "PE1", 52.57, -0.24),
    ("Plymouth", "PL1", 50.37, -4.14),
    ("Portsmouth", "PO1", 50.80, -1.09),
    ("Preston", "PR1", 53.76, -2.70),
    ("Reading", "RG1", 51.45, -0.97),
    ("Sheffield", "S1", 53.38, -1.47),
    ("Shrewsbury", "SY1", 52.71, -2.75),
    ("Southampton", "SO14", 50.90, -1.40),
    ("Stockport", "SK1", 53.41, -2.16),
    ("Stoke-on-Trent", "ST1", 53.02, -2.18),
    ("Sunderland", "SR1", 54.91, -1.38),
    ("Truro", "TR1", 50.26, -5.05),
    ("Wolverhampton", "WV1", 52.59, -2.13),
    ("Worcester", "WR1", 52.19, -2.22),
    ("York", "YO1", 53.96, -1.08),
];

/// The town of this name.
pub(super) fn find(name: &str) -> Option<Town> {
    TOWNS.iter().find(|town| town.0 == name).map(|&(_, district, latitude, longitude)| Town {
        district,
        latitude,
        longitude,
    })
}

/// An invented postcode in the town's district; the second half is of a kind that hardly any address has.
pub(super) fn postcode(town: Town, number: usize) -> String {
    const LETTERS: [char; 4] = ['W', 'X', 'Y', 'Z'];
    let digit = if number.is_multiple_of(2) { 9 } else { 0 };
    format!("{} {digit}{}{}", town.district, LETTERS[number / 2 % 4], LETTERS[number / 8 % 4])
}

/// How many towns there are.
pub(super) const COUNT: usize = TOWNS.len();

/// A town by its number below [`COUNT`].
pub(super) fn nth(number: usize) -> (&'static str, Town) {
    let (name, district, latitude, longitude) = TOWNS[number % COUNT];
    (name, Town { district, latitude, longitude })
}
