//! Where things are: postcode districts from the official list where it was imported, towns, and a
//! coarse table that is always there.

mod areas;
mod builtin;

use std::collections::HashMap;

use domain::search::Place;
use domain::understand::{outcode, postcode};
use sqlx::{Postgres, QueryBuilder, Sqlite};

use crate::organisations::{Saved, search_name};
use crate::{Result, Tx};

pub use areas::{Area, list_areas, save_areas};

/// A postcode district of the official list.
#[derive(Debug, Clone, PartialEq)]
pub struct District {
    /// "LS1".
    pub code: String,
    /// The town that the list names; may be empty.
    pub town: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

const AT_ONCE: usize = 500;

macro_rules! upsert {
    ($tx:expr, $database:ty, $rows:expr) => {{
        let mut query = QueryBuilder::<$database>::new("insert into places (code, kind, name, latitude, longitude) ");
        query.push_values($rows, |mut values, d: &&District| {
            values.push_bind(d.code.clone()).push_bind("outcode").push_bind(d.town.clone()).push_bind(d.latitude).push_bind(d.longitude);
        });
        query.push(" on conflict (code) do update set kind = excluded.kind, name = excluded.name, latitude = excluded.latitude, longitude = excluded.longitude");
        query.build().execute(&mut **$tx).await?;
    }};
}

/// Saves postcode districts by their code; what is known already is left alone.
pub async fn save_all(tx: &mut Tx, districts: &[District]) -> Result<Saved> {
    let stored: HashMap<String, District> = all!(
        tx,
        (String, String, f64, f64),
        "select code, name, latitude, longitude from places where kind = 'outcode'"
    )?
    .into_iter()
    .map(|(code, town, latitude, longitude)| (code.clone(), District { code, town, latitude, longitude }))
    .collect();
    let mut latest: HashMap<&str, &District> = HashMap::new();
    let mut saved = Saved::default();
    for district in districts {
        if latest.get(district.code.as_str()).copied().or(stored.get(&district.code)) == Some(district) {
            saved.unchanged += 1;
        } else {
            saved.taken += 1;
            latest.insert(&district.code, district);
        }
    }
    let mut changed: Vec<&District> = latest.into_values().collect();
    changed.sort_by(|a, b| a.code.cmp(&b.code));
    for rows in changed.chunks(AT_ONCE) {
        match tx {
            Tx::Sqlite(t) => upsert!(t, Sqlite, rows),
            Tx::Postgres(t) => upsert!(t, Postgres, rows),
        }
    }
    Ok(saved)
}

/// How many postcode districts were imported.
pub async fn count(tx: &mut Tx) -> Result<i64> {
    Ok(one!(tx, (i64,), "select count(*) from places where kind = 'outcode'")?.0)
}

/// The place that somebody typed: a full postcode, its first half, its area ("LS") or a town's name.
/// `None` when it is none of these.
pub async fn find(tx: &mut Tx, typed: &str) -> Result<Option<Place>> {
    if let Some(code) = postcode(typed)
        .ok()
        .and_then(|taken| taken.value.split(' ').next().map(str::to_owned))
        .or_else(|| outcode(typed))
    {
        return find_district(tx, &code).await;
    }
    let name = search_name(typed);
    if name.is_empty() {
        return Ok(None);
    }
    if let Some(town) = builtin::town(&name) {
        return Ok(Some(town));
    }
    let found = one!(
        tx,
        (Option<String>, Option<f64>, Option<f64>),
        "select min(name), avg(latitude), avg(longitude) from places where kind = 'outcode' and lower(name) = $1",
        typed.trim().to_lowercase(),
    )?;
    if let (Some(name), Some(latitude), Some(longitude)) = found {
        return Ok(Some(Place { name, latitude, longitude }));
    }
    Ok(builtin::area(&typed.trim().to_uppercase()))
}

/// A district: the list's, ours where reading the official list leaves it out as wrong, or the middle of
/// the area.
async fn find_district(tx: &mut Tx, code: &str) -> Result<Option<Place>> {
    let named = |latitude, longitude| Place { name: code.to_owned(), latitude, longitude };
    let row = opt!(tx, (f64, f64), "select latitude, longitude from places where code = $1", code)?;
    if let Some((latitude, longitude)) = row {
        return Ok(Some(named(latitude, longitude)));
    }
    if let Some((latitude, longitude)) = builtin::corrected(code) {
        return Ok(Some(named(latitude, longitude)));
    }
    let area: String = code.chars().take_while(char::is_ascii_alphabetic).collect();
    Ok(builtin::area(&area).map(|place| named(place.latitude, place.longitude)))
}

/// About where something is: in its district (ours where the official list, whose answer is `listed`, is
/// known to be wrong), else in its town, else in its postcode area.
pub(crate) fn about(code: Option<&str>, listed: Option<(f64, f64)>, town: Option<&str>) -> Option<(f64, f64)> {
    let point = |place: Place| (place.latitude, place.longitude);
    code.and_then(builtin::corrected)
        .or(listed)
        .or_else(|| town.and_then(|town| builtin::town(&search_name(town))).map(point))
        .or_else(|| {
            code.and_then(|code| builtin::area(&code.chars().take_while(char::is_ascii_alphabetic).collect::<String>()))
                .map(point)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn district(code: &str, town: &str, latitude: f64, longitude: f64) -> District {
        District { code: code.into(), town: town.into(), latitude, longitude }
    }

    #[tokio::test]
    async fn the_story_of_places() {
        crate::testing::both(|db| async move {
            let mut tx = db.write().await.unwrap();
            let name = |place: Option<Place>| place.map(|p| p.name);
            // Before anything is imported the coarse table answers.
            assert_eq!(name(find(&mut tx, "ls1 4ap").await.unwrap()).as_deref(), Some("LS1"));
            assert_eq!(
                name(find(&mut tx, " newcastle-upon-tyne ").await.unwrap()).as_deref(),
                Some("Newcastle upon Tyne")
            );
            assert_eq!(name(find(&mut tx, "LS").await.unwrap()).as_deref(), Some("Leeds"));
            let coarse = find(&mut tx, "LS29").await.unwrap().unwrap();
            let list = [
                district("LS29", "Ilkley", 53.92, -1.80),
                district("LS21", "Otley", 53.91, -1.69),
                district("LS29", "Ilkley", 53.92, -1.80),
            ];
            assert_eq!(save_all(&mut tx, &list).await.unwrap(), Saved { taken: 2, unchanged: 1 });
            assert_eq!(save_all(&mut tx, &list).await.unwrap(), Saved { taken: 0, unchanged: 3 });
            assert_eq!(count(&mut tx).await.unwrap(), 2);
            let fine = find(&mut tx, "ls299aa").await.unwrap().unwrap();
            assert_eq!((fine.name.as_str(), fine.latitude), ("LS29", 53.92));
            assert!(coarse.miles_to(fine.latitude, fine.longitude) < 20.0);
            assert_eq!(name(find(&mut tx, "ILKLEY").await.unwrap()).as_deref(), Some("Ilkley"));
            // The official list has E20 on the wrong side of Greenwich; it is left out when that is read.
            assert!(find(&mut tx, "E20 1AA").await.unwrap().unwrap().longitude < 0.0);
            for nowhere in ["", "ZZ99 9ZZ", "Nowhere at all", "'; drop table places", "%"] {
                assert_eq!(find(&mut tx, nowhere).await.unwrap(), None, "{nowhere}");
            }
            tx.commit().await.unwrap();
        })
        .await;
    }
}
