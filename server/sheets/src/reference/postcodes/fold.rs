//! The middle of each sector and district, from every postcode in it.

use std::collections::HashMap;

use domain::understand::outcode;

/// What a middle is the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// "LS1".
    District,
    /// "LS1 4": about three thousand addresses.
    Sector,
}

/// The middle of a district or a sector.
#[derive(Clone, Debug, PartialEq)]
pub struct Centre {
    /// "LS1" or "LS1 4".
    pub code: String,
    /// Which of the two.
    pub level: Level,
    /// The town, where a list names one; else empty.
    pub town: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// How many rows it comes from. A row is counted at its sector, and not again at its district.
    pub rows: usize,
}

/// Rows that say nothing of where a sector is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Unused {
    pub(super) unplaced: usize,
    pub(super) ended: usize,
}

/// Millionths of a degree: a tenth of a metre, in half the memory.
type Point = (i32, i32);

#[derive(Default)]
struct Sector {
    live: Vec<Point>,
    ended: Vec<Point>,
}

/// Every point that was read, by district and sector: eight bytes each.
#[derive(Default)]
pub(super) struct Fold {
    districts: HashMap<String, [Sector; 10]>,
    pub(super) unused: Unused,
}

impl Fold {
    /// The district of a full postcode and the number of its sector, whatever the spaces in it.
    pub(super) fn sector(&self, postcode: &str) -> Option<(String, usize)> {
        let mut code: String = postcode.chars().filter(|c| !c.is_whitespace()).collect();
        code.make_ascii_uppercase();
        let (first, second) = code.split_at_checked(code.len().checked_sub(3)?)?;
        let [sector @ b'0'..=b'9', b'A'..=b'Z', b'A'..=b'Z'] = second.as_bytes() else { return None };
        let sector = usize::from(sector - b'0');
        // Whether there can be such a district is asked once.
        if !self.districts.contains_key(first) && outcode(first).as_deref() != Some(first) {
            return None;
        }
        Some((first.to_owned(), sector))
    }

    pub(super) fn add(&mut self, district: &str, sector: usize, at: Option<(f64, f64)>, ended: bool) {
        let Some((latitude, longitude)) = at else {
            self.unused.unplaced += 1;
            return;
        };
        if !self.districts.contains_key(district) {
            self.districts.insert(district.to_owned(), Default::default());
        }
        let Some(sector) = self.districts.get_mut(district).and_then(|sectors| sectors.get_mut(sector)) else { return };
        let points = if ended { &mut sector.ended } else { &mut sector.live };
        points.push((millionths(latitude), millionths(longitude)));
    }

    /// The middles in the order of their codes, whatever the order of the lines. Ended postcodes count only
    /// where nothing living is left: somebody may still know an old one.
    pub(super) fn finish(self) -> (Vec<Centre>, Unused) {
        let mut unused = self.unused;
        let mut districts: Vec<_> = self.districts.into_iter().collect();
        districts.sort_by(|a, b| a.0.cmp(&b.0));
        let mut centres = Vec::new();
        for (district, sectors) in districts {
            let any_live = sectors.iter().any(|sector| !sector.live.is_empty());
            let mut all: Vec<Point> = Vec::new();
            for (number, mut sector) in sectors.into_iter().enumerate() {
                all.extend(if any_live { &sector.live } else { &sector.ended });
                let points = if sector.live.is_empty() {
                    &mut sector.ended
                } else {
                    unused.ended += sector.ended.len();
                    &mut sector.live
                };
                let rows = points.len();
                centres.extend(centre(points, format!("{district} {number}"), Level::Sector, rows));
            }
            centres.extend(centre(&mut all, district, Level::District, 0));
        }
        (centres, unused)
    }
}

/// The median north and the median east: a slip in one line moves nothing.
fn centre(points: &mut [Point], code: String, level: Level, rows: usize) -> Option<Centre> {
    let middle = points.len() / 2;
    if points.is_empty() {
        return None;
    }
    let latitude = points.select_nth_unstable_by_key(middle, |point| point.0).1.0;
    let longitude = points.select_nth_unstable_by_key(middle, |point| point.1).1.1;
    Some(Centre {
        code,
        level,
        town: String::new(),
        latitude: f64::from(latitude) / 1e6,
        longitude: f64::from(longitude) / 1e6,
        rows,
    })
}

#[expect(clippy::cast_possible_truncation, reason = "61 degrees are 61 million of them")]
fn millionths(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}
