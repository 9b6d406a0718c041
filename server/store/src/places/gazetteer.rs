//! Every place that is known, in memory: a few thousand districts, and their sectors where these were imported.

use std::collections::{BTreeMap, HashMap};

use domain::search::Place;
use domain::understand::{outcode, postcode};

use super::builtin;
use crate::organisations::search_name;
use crate::{Result, Tx};

/// The imported postcode districts and sectors, over the coarse table that is always there.
#[derive(Debug)]
pub struct Gazetteer {
    /// "LS1", and "LS1 4".
    centres: HashMap<String, (f64, f64)>,
    /// By the name of a town as it is compared: ours, or else the middle of its districts.
    towns: HashMap<String, Place>,
}

/// Without what was imported.
impl Default for Gazetteer {
    fn default() -> Self {
        Self { centres: HashMap::new(), towns: builtin::towns().collect() }
    }
}

impl Gazetteer {
    /// Reads what was imported: one query.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let rows = all!(
            tx,
            (String, String, f64, f64),
            "select code, name, latitude, longitude from places where kind in ('outcode', 'sector') order by code"
        )?;
        let mut found = Self::default();
        let mut of_town: BTreeMap<String, Vec<(String, f64, f64)>> = BTreeMap::new();
        for (code, town, latitude, longitude) in rows {
            if !town.is_empty() {
                of_town.entry(search_name(&town)).or_default().push((town, latitude, longitude));
            }
            found.centres.insert(code, (latitude, longitude));
        }
        for (key, districts) in of_town {
            let mean =
                |of: fn(&(String, f64, f64)) -> f64| districts.iter().map(of).sum::<f64>() / districts.len() as f64;
            let name = districts.iter().map(|one| one.0.as_str()).min().unwrap_or_default().to_owned();
            let place = || Place { name, latitude: mean(|one| one.1), longitude: mean(|one| one.2) };
            found.towns.entry(key).or_insert_with(place);
        }
        Ok(found)
    }

    /// The place that somebody typed: a full postcode, its first half, its area ("LS") or a town's name.
    /// `None` when it is none of these.
    #[must_use]
    pub fn find(&self, typed: &str) -> Option<Place> {
        let full = postcode(typed).ok().map(|taken| taken.value);
        let district = full.as_deref().map(first_half).or_else(|| outcode(typed));
        if let Some(code) = district {
            let sector = full.as_deref().and_then(|full| self.sector(full));
            let (latitude, longitude) = sector.or_else(|| self.district(&code)).or_else(|| of_area(&code))?;
            return Some(Place { name: code, latitude, longitude });
        }
        let name = search_name(typed);
        if name.is_empty() {
            return None;
        }
        self.towns.get(&name).cloned().or_else(|| builtin::area(&typed.trim().to_uppercase()))
    }

    /// A district: ours where the official list is known to be wrong, or the list's.
    fn district(&self, code: &str) -> Option<(f64, f64)> {
        // A list with sectors is of every postcode, and puts none of these wrong.
        let folded = || (b'0'..=b'9').any(|digit| self.centres.contains_key(&format!("{code} {}", char::from(digit))));
        let corrected = builtin::corrected(code).filter(|_| !folded());
        corrected.or_else(|| self.centres.get(code).copied())
    }

    /// The sector of a full postcode, where a list of all postcodes was imported.
    fn sector(&self, postcode: &str) -> Option<(f64, f64)> {
        let second = postcode.trim_end().chars().rev().nth(2)?;
        self.centres.get(&format!("{} {second}", first_half(postcode))).copied()
    }

    /// The names of the towns.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.towns.values().map(|town| town.name.as_str())
    }

    /// The ODS code of NHS England's region in which a postcode is, if it is in England.
    #[must_use]
    pub fn region(&self, postcode: &str) -> Option<&'static str> {
        super::regions::of_area(&area(postcode.trim()).to_uppercase())
    }

    /// About where something is: in its sector, else in its district, else in its town, else in its postcode area.
    #[must_use]
    pub fn about(&self, postcode: Option<&str>, town: Option<&str>) -> Option<(f64, f64)> {
        let code = postcode.map(first_half);
        postcode
            .and_then(|postcode| self.sector(postcode))
            .or_else(|| code.as_deref().and_then(|code| self.district(code)))
            .or_else(|| town.and_then(|town| self.towns.get(&search_name(town))).map(|p| (p.latitude, p.longitude)))
            .or_else(|| code.as_deref().and_then(of_area))
    }
}

/// The middle of the postcode area that a district is in.
fn of_area(district: &str) -> Option<(f64, f64)> {
    builtin::area(area(district)).map(|place| (place.latitude, place.longitude))
}

/// "LS" of "LS1 4AP".
fn area(postcode: &str) -> &str {
    let end = postcode.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(postcode.len());
    &postcode[..end]
}

/// The first half of a stored postcode: all but its last three characters.
fn first_half(postcode: &str) -> String {
    let mut code: String = postcode.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    for _ in 0..3 {
        code.pop();
    }
    code
}
