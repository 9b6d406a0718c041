//! Where things are: postcode districts from the official list where it was imported, towns, and a
//! coarse table that is always there.

mod areas;
mod builtin;
mod gazetteer;
mod regions;

use std::collections::HashMap;

use sqlx::{Postgres, QueryBuilder, Sqlite};

use crate::organisations::Saved;
use crate::{Result, Tx};

pub use areas::{Area, list_areas, save_areas};
pub use gazetteer::Gazetteer;
pub use regions::regions;

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

#[cfg(test)]
mod tests {
    use domain::search::Place;

    use super::*;

    fn district(code: &str, town: &str, latitude: f64, longitude: f64) -> District {
        District { code: code.into(), town: town.into(), latitude, longitude }
    }

    #[tokio::test]
    async fn the_story_of_places() {
        crate::testing::both(|db| async move {
            let mut tx = db.write().await.unwrap();
            let name = |place: Option<Place>| place.map(|p| p.name);
            let coarse_only = Gazetteer::load(&mut tx).await.unwrap();
            // Before anything is imported the coarse table answers.
            assert_eq!(name(coarse_only.find("ls1 4ap")).as_deref(), Some("LS1"));
            assert_eq!(name(coarse_only.find(" newcastle-upon-tyne ")).as_deref(), Some("Newcastle upon Tyne"));
            assert_eq!(name(coarse_only.find("LS")).as_deref(), Some("Leeds"));
            let coarse = coarse_only.find("LS29").unwrap();
            let list = [
                district("LS29", "Ilkley", 53.92, -1.80),
                district("LS21", "Otley", 53.91, -1.69),
                district("LS29", "Ilkley", 53.92, -1.80),
            ];
            assert_eq!(save_all(&mut tx, &list).await.unwrap(), Saved { taken: 2, unchanged: 1 });
            assert_eq!(save_all(&mut tx, &list).await.unwrap(), Saved { taken: 0, unchanged: 3 });
            assert_eq!(count(&mut tx).await.unwrap(), 2);
            let places = Gazetteer::load(&mut tx).await.unwrap();
            let fine = places.find("ls299aa").unwrap();
            assert_eq!((fine.name.as_str(), fine.latitude), ("LS29", 53.92));
            assert!(coarse.miles_to(fine.latitude, fine.longitude) < 20.0);
            assert_eq!(name(places.find("ILKLEY")).as_deref(), Some("Ilkley"));
            // The official list has E20 on the wrong side of Greenwich; it is left out when that is read.
            assert!(places.find("E20 1AA").unwrap().longitude < 0.0);
            for nowhere in ["", "ZZ99 9ZZ", "Nowhere at all", "'; drop table places", "%"] {
                assert_eq!(places.find(nowhere), None, "{nowhere}");
            }
            tx.commit().await.unwrap();
        })
        .await;
    }
}
