//! Where things are: postcode districts and sectors from the official lists where these were imported, towns,
//! and a coarse table that is always there.

mod areas;
mod builtin;
mod gazetteer;
mod regions;

use std::collections::{BTreeMap, HashMap};

use sqlx::{Postgres, QueryBuilder, Sqlite};

use crate::{Result, Tx};

pub use areas::{Area, list_areas, save_areas};
pub use gazetteer::Gazetteer;
pub use regions::regions;

/// The middle of a postcode district or sector.
#[derive(Debug, Clone, PartialEq)]
pub struct Centre {
    /// "LS1", or "LS1 4" for a sector.
    pub code: String,
    /// The town that the list names; may be empty.
    pub town: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

impl Centre {
    fn kind(&self) -> &'static str {
        if self.code.contains(' ') { "sector" } else { "outcode" }
    }

    /// A list that names no town takes none away.
    fn over(&self, old: Option<&Self>) -> Self {
        let town = match old {
            Some(old) if self.town.is_empty() => old.town.clone(),
            _ => self.town.clone(),
        };
        Self { town, ..self.clone() }
    }
}

const AT_ONCE: usize = 500;

macro_rules! upsert {
    ($tx:expr, $database:ty, $rows:expr) => {{
        let mut query = QueryBuilder::<$database>::new("insert into places (code, kind, name, latitude, longitude) ");
        query.push_values($rows, |mut values, d: &Centre| {
            values.push_bind(d.code.clone()).push_bind(d.kind()).push_bind(d.town.clone()).push_bind(d.latitude).push_bind(d.longitude);
        });
        query.push(" on conflict (code) do update set kind = excluded.kind, name = excluded.name, latitude = excluded.latitude, longitude = excluded.longitude");
        query.build().execute(&mut **$tx).await?;
    }};
}

/// Saves districts and sectors by their code; what is known already is left alone. Says of each whether it
/// brought something new.
pub async fn save_all(tx: &mut Tx, centres: &[Centre]) -> Result<Vec<bool>> {
    let mut known: HashMap<String, Centre> = all!(
        tx,
        (String, String, f64, f64),
        "select code, name, latitude, longitude from places where kind in ('outcode', 'sector')"
    )?
    .into_iter()
    .map(|(code, town, latitude, longitude)| (code.clone(), Centre { code, town, latitude, longitude }))
    .collect();
    let mut changed: BTreeMap<&str, Centre> = BTreeMap::new();
    let mut new = Vec::with_capacity(centres.len());
    for centre in centres {
        let latest = centre.over(known.get(&centre.code));
        new.push(known.get(&centre.code) != Some(&latest));
        if new.last() == Some(&true) {
            changed.insert(&centre.code, latest.clone());
            known.insert(centre.code.clone(), latest);
        }
    }
    let changed: Vec<Centre> = changed.into_values().collect();
    for rows in changed.chunks(AT_ONCE) {
        match tx {
            Tx::Sqlite(t) => upsert!(t, Sqlite, rows),
            Tx::Postgres(t) => upsert!(t, Postgres, rows),
        }
    }
    Ok(new)
}

/// How many postcode districts and how many sectors were imported.
pub async fn count(tx: &mut Tx) -> Result<(i64, i64)> {
    Ok(one!(
        tx,
        (i64, i64),
        "select count(case when kind = 'outcode' then 1 end), count(case when kind = 'sector' then 1 end) from places"
    )?)
}

#[cfg(test)]
mod tests {
    use domain::search::Place;

    use super::*;

    fn district(code: &str, town: &str, latitude: f64, longitude: f64) -> Centre {
        Centre { code: code.into(), town: town.into(), latitude, longitude }
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
            assert_eq!(save_all(&mut tx, &list).await.unwrap(), [true, true, false]);
            assert_eq!(save_all(&mut tx, &list).await.unwrap(), [false; 3]);
            assert_eq!(count(&mut tx).await.unwrap(), (2, 0));
            let places = Gazetteer::load(&mut tx).await.unwrap();
            let fine = places.find("ls299aa").unwrap();
            assert_eq!((fine.name.as_str(), fine.latitude), ("LS29", 53.92));
            assert!(coarse.miles_to(fine.latitude, fine.longitude) < 20.0);
            assert_eq!(name(places.find("ILKLEY")).as_deref(), Some("Ilkley"));
            // The official list has E20 on the wrong side of Greenwich; it is left out when that is read.
            assert!(places.find("E20 1AA").unwrap().longitude < 0.0);
            // A sector is nearer than its district, which keeps its town from the other list.
            let finer = [
                district("LS29", "", 53.925, -1.82),
                district("LS29 9", "", 53.93, -1.83),
                district("E20 1", "", 51.543, -0.012),
            ];
            assert_eq!(save_all(&mut tx, &finer).await.unwrap(), [true; 3]);
            assert_eq!(save_all(&mut tx, &finer).await.unwrap(), [false; 3]);
            assert_eq!(count(&mut tx).await.unwrap(), (2, 2));
            let places = Gazetteer::load(&mut tx).await.unwrap();
            let at = |typed: &str| places.find(typed).map(|p| (p.name, p.latitude));
            assert_eq!(at("LS29 9AA"), Some(("LS29".into(), 53.93)));
            assert_eq!(at("LS29 0AA"), Some(("LS29".into(), 53.925)), "a sector that no list has");
            assert_eq!(at("E20 1AA"), Some(("E20".into(), 51.543)));
            assert_eq!(places.about(Some("LS29 9AA"), None), Some((53.93, -1.83)));
            assert_eq!(places.about(Some("LS29 1AA"), None), Some((53.925, -1.82)));
            assert_eq!(name(places.find("Ilkley")).as_deref(), Some("Ilkley"));
            for nowhere in ["", "ZZ99 9ZZ", "Nowhere at all", "'; drop table places", "%"] {
                assert_eq!(places.find(nowhere), None, "{nowhere}");
            }
            tx.commit().await.unwrap();
        })
        .await;
    }
}
