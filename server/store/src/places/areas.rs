//! Areas: integrated care boards, NHS England's regions, local authorities, regions of England.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use sqlx::{Postgres, QueryBuilder, Sqlite};

use crate::organisations::Saved;
use crate::{Result, Tx};

/// An area, under its publisher's code.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Area {
    /// ODS code of boards and NHS regions, ONS code of the rest.
    pub code: String,
    /// "icb", "sub_icb", "nhs_region", "region", "local_authority"; "icb_authority" and "icb_trust" for
    /// what belongs to a board, under the codes of both.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// The area that it lies in.
    pub parent_code: Option<String>,
    /// The ONS code, where `code` is another.
    pub gss_code: Option<String>,
    /// From when it exists.
    pub valid_from: Option<NaiveDate>,
    /// Until when; `None` while it exists.
    pub valid_to: Option<NaiveDate>,
    /// The area that took it over.
    pub successor_code: Option<String>,
}

impl Area {
    /// What is known of it now: a list that says nothing of a thing takes nothing away.
    fn over(self, old: &Self) -> Self {
        Self {
            parent_code: self.parent_code.or_else(|| old.parent_code.clone()),
            gss_code: self.gss_code.or_else(|| old.gss_code.clone()),
            valid_from: self.valid_from.or(old.valid_from),
            valid_to: self.valid_to.or(old.valid_to),
            successor_code: self.successor_code.or_else(|| old.successor_code.clone()),
            ..self
        }
    }
}

const COLUMNS: &str = "code, kind, name, parent_code, gss_code, valid_from, valid_to, successor_code";
const AT_ONCE: usize = 500;

macro_rules! upsert {
    ($tx:expr, $database:ty, $rows:expr) => {{
        let mut query = QueryBuilder::<$database>::new(format!("insert into areas ({COLUMNS}) "));
        query.push_values($rows, |mut values, area: &&Area| {
            values
                .push_bind(area.code.clone())
                .push_bind(area.kind.clone())
                .push_bind(area.name.clone())
                .push_bind(area.parent_code.clone())
                .push_bind(area.gss_code.clone())
                .push_bind(area.valid_from)
                .push_bind(area.valid_to)
                .push_bind(area.successor_code.clone());
        });
        query.push(
            " on conflict (code) do update set kind = excluded.kind, name = excluded.name, parent_code = excluded.parent_code, gss_code = excluded.gss_code,
              valid_from = excluded.valid_from, valid_to = excluded.valid_to, successor_code = excluded.successor_code",
        );
        query.build().execute(&mut **$tx).await?;
    }};
}

/// Saves the areas that each row of a list names. A row that brings nothing new is unchanged.
pub async fn save_areas(tx: &mut Tx, rows: &[Vec<Area>]) -> Result<Saved> {
    let sql = format!("select {COLUMNS} from areas");
    let mut known: HashMap<String, Area> =
        all!(tx, Area, sqlx::AssertSqlSafe(sql.clone()))?.into_iter().map(|area| (area.code.clone(), area)).collect();
    let mut changed: BTreeSet<String> = BTreeSet::new();
    // Where one list writes an area in two ways, its first way counts: else each import would change it.
    let mut named: BTreeSet<&str> = BTreeSet::new();
    let mut saved = Saved::default();
    for row in rows {
        let mut new = false;
        for area in row {
            let merged = match known.get(&area.code) {
                Some(old) if !named.insert(&area.code) => old.clone().over(area),
                Some(old) => area.clone().over(old),
                None => {
                    named.insert(&area.code);
                    area.clone()
                }
            };
            if known.get(&area.code) != Some(&merged) {
                new = true;
                changed.insert(area.code.clone());
                known.insert(area.code.clone(), merged);
            }
        }
        if new {
            saved.taken += 1;
        } else {
            saved.unchanged += 1;
        }
    }
    let changed: Vec<&Area> = changed.iter().filter_map(|code| known.get(code)).collect();
    for rows in changed.chunks(AT_ONCE) {
        match tx {
            Tx::Sqlite(t) => upsert!(t, Sqlite, rows),
            Tx::Postgres(t) => upsert!(t, Postgres, rows),
        }
    }
    Ok(saved)
}

/// The areas of a kind, by name.
pub async fn list_areas(tx: &mut Tx, kind: &str) -> Result<Vec<Area>> {
    let sql = format!("select {COLUMNS} from areas where kind = $1 order by name, code");
    Ok(all!(tx, Area, sqlx::AssertSqlSafe(sql.clone()), kind)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_story_of_areas() {
        crate::testing::both(|db| async move {
            let area = |code: &str, parent: Option<&str>| Area {
                code: code.into(),
                kind: "icb".into(),
                name: "West Yorkshire".into(),
                parent_code: parent.map(str::to_owned),
                gss_code: None,
                valid_from: None,
                valid_to: NaiveDate::from_ymd_opt(2026, 12, 31),
                successor_code: None,
            };
            let mut tx = db.write().await.unwrap();
            // Two rows of one list may name the same area; the second brings nothing new.
            let list = vec![
                vec![area("QWO", Some("Y63"))],
                vec![area("QWO", None)],
                vec![area("QHM", None), area("QWO", None)],
            ];
            assert_eq!(save_areas(&mut tx, &list).await.unwrap(), Saved { taken: 2, unchanged: 1 });
            assert_eq!(save_areas(&mut tx, &list).await.unwrap(), Saved { taken: 0, unchanged: 3 });
            // Another way of writing it further down counts for nothing.
            let mut twice = list.clone();
            twice.push(vec![Area { name: "WEST  YORKSHIRE".into(), ..area("QWO", None) }]);
            assert_eq!(save_areas(&mut tx, &twice).await.unwrap(), Saved { taken: 0, unchanged: 4 });
            let stored = list_areas(&mut tx, "icb").await.unwrap();
            assert_eq!(stored, [area("QHM", None), area("QWO", Some("Y63"))]);
            tx.commit().await.unwrap();
        })
        .await;
    }
}
