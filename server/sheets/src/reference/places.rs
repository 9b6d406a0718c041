//! Postcode districts and where they are.

use std::collections::{BTreeMap, HashSet};

use domain::understand::outcode;
use serde::Serialize;

use super::table::{Table, optional};
use super::{ListError, Reading};
use crate::report::Refusal;

/// The centre of a postcode district.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    /// The line of the file.
    pub line: u32,
    /// The district, like LS1.
    pub outcode: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// The town, where the list names one.
    pub town: Option<String>,
    /// The country: "England".
    pub country: Option<String>,
}

/// Districts that the list of 2017 (Gibbs) puts in the wrong place, with the place where it puts
/// them: 2 to 6 miles off, too near for any test of their neighbours to find. A list that puts them
/// elsewhere is believed.
const KNOWN_WRONG: [(&str, f64, f64); 6] = [
    ("E20", 51.545_93, 0.092_48),
    ("CB1", 52.176_11, 0.189_55),
    ("CB3", 52.213_24, 0.024_48),
    ("CB5", 52.238_68, 0.210_21),
    ("CB24", 52.315_38, 0.027_62),
    ("SR9", 54.902_43, -1.374_58),
];

/// A district further than this from the middle of its postcode area is a slip. In the list of 2017
/// the farthest real ones are PH44, 98 miles, and PH43, 90.
const FARTHEST_MILES: f64 = 110.0;

const MEND: &str = "Add a line with the right latitude and longitude to a file of its own, and import that.";

/// Reads `postcode, latitude, longitude` with any other columns; `town` and `country_string` are kept
/// where they stand.
///
/// # Errors
/// When the file is no text with separators, or one of the three columns is missing.
pub fn places(bytes: &[u8]) -> Result<Reading<Place>, ListError> {
    const LIST: &str = "a list of postcode districts";
    let table = Table::read(bytes)?;
    let code = table.need(LIST, &["postcode", "outcode", "district"])?;
    let north = table.need(LIST, &["latitude", "lat"])?;
    let east = table.need(LIST, &["longitude", "long", "lng", "lon"])?;
    let town = table.column(&["town"]);
    let country = table.column(&["country_string", "country"]);
    let mut out = Reading { rows: Vec::with_capacity(table.rows.len()), ..Reading::default() };
    let mut seen = HashSet::new();
    for row in &table.rows {
        out.read += 1;
        let written = code.text(row);
        let Some(outcode) = outcode(&written) else {
            let reason = "This is not the first half of a postcode of the United Kingdom.";
            out.refuse(row.line, &code.name, &written, reason, "Type a district, like LS1.");
            continue;
        };
        let mut degrees = [0.0; 2];
        let mut wrong = None;
        for (at, (column, range)) in [(&north, 49.0..=61.0), (&east, -9.0..=2.5)].into_iter().enumerate() {
            match column.text(row).parse::<f64>() {
                Ok(number) if range.contains(&number) => degrees[at] = number,
                _ => wrong = Some(column),
            }
        }
        if let Some(column) = wrong {
            let reason = "This is not a place in the United Kingdom, in degrees.";
            out.refuse(row.line, &column.name, &column.text(row), reason, MEND);
            continue;
        }
        let [latitude, longitude] = degrees;
        let known_wrong = KNOWN_WRONG.iter().any(|(name, lat, lon)| {
            *name == outcode && (lat - latitude).abs() < 0.001 && (lon - longitude).abs() < 0.001
        });
        if known_wrong {
            let reason = format!("This list is known to put {outcode} in the wrong place.");
            out.refuse(row.line, &code.name, &written, reason, MEND);
            continue;
        }
        if !seen.insert(outcode.clone()) {
            let reason = format!("{outcode} stands on an earlier line.");
            out.refuse(row.line, &code.name, &written, reason, "Remove one of the two lines.");
            continue;
        }
        out.rows.push(Place {
            line: row.line,
            outcode,
            latitude,
            longitude,
            town: optional(town.as_ref(), row),
            country: optional(country.as_ref(), row),
        });
    }
    refuse_far_ones(&mut out, &code.name);
    Ok(out)
}

/// Refuses districts far from the rest of their postcode area: a slip in a figure.
fn refuse_far_ones(out: &mut Reading<Place>, column: &str) {
    let mut areas: BTreeMap<String, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    for place in &out.rows {
        let area = areas.entry(area(&place.outcode).to_owned()).or_default();
        area.0.push(place.latitude);
        area.1.push(place.longitude);
    }
    let middles: BTreeMap<String, (f64, f64)> = areas
        .into_iter()
        .filter(|(_, (norths, _))| norths.len() >= 3)
        .map(|(area, (norths, easts))| (area, (median(norths), median(easts))))
        .collect();
    let (near, far): (Vec<Place>, Vec<Place>) = std::mem::take(&mut out.rows).into_iter().partition(|place| {
        middles
            .get(area(&place.outcode))
            .is_none_or(|middle| miles(*middle, (place.latitude, place.longitude)) <= FARTHEST_MILES)
    });
    out.rows = near;
    out.refused.extend(far.into_iter().map(|place| Refusal {
        line: place.line,
        column: column.to_owned(),
        value: place.outcode.clone(),
        reason: format!("{} would be far from every other district of its area.", place.outcode),
        mend: MEND.to_owned(),
        file: None,
    }));
    out.refused.sort_by_key(|refusal| refusal.line);
}

fn area(outcode: &str) -> &str {
    outcode.split(|c: char| c.is_ascii_digit()).next().unwrap_or(outcode)
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

/// Near enough for telling a slip: the earth taken as flat around the two.
fn miles(a: (f64, f64), b: (f64, f64)) -> f64 {
    let north = (b.0 - a.0) * 69.09;
    let east = (b.1 - a.1) * 69.09 * f64::midpoint(a.0, b.0).to_radians().cos();
    north.hypot(east)
}
