//! Saving many organisations at once: what is known already is left alone.

use std::collections::HashMap;

use sqlx::{Postgres, QueryBuilder, Sqlite};

use super::{COLUMNS, Organisation, Row, search_name};
use crate::{Result, Tx};

/// What a save brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Saved {
    /// New or changed.
    pub taken: usize,
    /// Known already, with the same content.
    pub unchanged: usize,
}

/// Rows in one statement: 13 values each, below both databases' limits.
const AT_ONCE: usize = 500;

macro_rules! upsert {
    ($tx:expr, $database:ty, $rows:expr) => {{
        let mut query = QueryBuilder::<$database>::new(
            "insert into organisations (id, code, name, search_name, kind, region_code, icb_code, address, town, postcode, opened_on, closed_on, successor_code) ",
        );
        query.push_values($rows, |mut values, o: &Organisation| {
            values
                .push_bind(o.id.0)
                .push_bind(o.code.clone())
                .push_bind(o.name.clone())
                .push_bind(search_name(&o.name))
                .push_bind(o.kind.clone())
                .push_bind(o.region_code.clone())
                .push_bind(o.icb_code.clone())
                .push_bind(o.address.clone())
                .push_bind(o.town.clone())
                .push_bind(o.postcode.clone())
                .push_bind(o.opened_on)
                .push_bind(o.closed_on)
                .push_bind(o.successor_code.clone());
        });
        query.push(
            " on conflict (code) do update set name = excluded.name, search_name = excluded.search_name, kind = excluded.kind, region_code = excluded.region_code,
              icb_code = excluded.icb_code, address = excluded.address, town = excluded.town, postcode = excluded.postcode, opened_on = excluded.opened_on,
              closed_on = excluded.closed_on, successor_code = excluded.successor_code",
        );
        query.build().execute(&mut **$tx).await?;
    }};
}

/// Saves organisations by their code. One that is stored keeps its identifier, and its successor when
/// the new text names none. A code that comes twice counts twice; the last one stays.
pub async fn save_all(tx: &mut Tx, organisations: &[Organisation]) -> Result<Saved> {
    let mut stored: HashMap<String, Organisation> = HashMap::new();
    let mut kinds: Vec<&str> = organisations.iter().map(|o| o.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    for kind in kinds {
        let sql = format!("select {COLUMNS} from organisations where kind = $1");
        let rows = all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), kind)?;
        stored.extend(rows.into_iter().map(|row| (row.code.clone(), row.into())));
    }
    let mut saved = Saved::default();
    let mut changed: Vec<Organisation> = Vec::new();
    let mut positions: HashMap<String, usize> = HashMap::new();
    for new in organisations {
        let mut new = new.clone();
        new.code = new.code.trim().to_uppercase();
        if let Some(old) = stored.get(&new.code) {
            new.id = old.id;
            new.successor_code = new.successor_code.or_else(|| old.successor_code.clone());
            if *old == new {
                saved.unchanged += 1;
                continue;
            }
        }
        saved.taken += 1;
        stored.insert(new.code.clone(), new.clone());
        // One statement cannot change the same row twice.
        match positions.get(&new.code) {
            Some(at) => changed[*at] = new,
            None => {
                positions.insert(new.code.clone(), changed.len());
                changed.push(new);
            }
        }
    }
    for rows in changed.chunks(AT_ONCE) {
        match tx {
            Tx::Sqlite(t) => upsert!(t, Sqlite, rows),
            Tx::Postgres(t) => upsert!(t, Postgres, rows),
        }
    }
    Ok(saved)
}
