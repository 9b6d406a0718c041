//! Many rows in few statements: for a demonstration as large as the country.

use std::borrow::Cow;

use chrono::NaiveDate;
use domain::ids::SessionId;
use sqlx::query_builder::Separated;
use sqlx::{Database, Encode, QueryBuilder, Type};
use uuid::Uuid;

use crate::{Result, Tx};

/// At most so many values in one statement: SQLite takes 32,766 of them.
const MOST_VALUES: usize = 16_000;

/// One value of a row. Its type is said even where there is none, because PostgreSQL asks for it.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// An identifier.
    Id(Option<Uuid>),
    /// Words.
    Text(Option<Cow<'static, str>>),
    /// A whole number, or an instant in microseconds.
    Whole(Option<i64>),
    /// A day.
    Day(Option<NaiveDate>),
    /// Yes or no.
    Yes(bool),
}

macro_rules! from {
    ($($from:ty => |$value:ident| $cell:expr),* $(,)?) => {
        $(impl From<$from> for Cell { fn from($value: $from) -> Self { $cell } })*
    };
}
from! {
    Uuid => |id| Self::Id(Some(id)),
    Option<Uuid> => |id| Self::Id(id),
    &'static str => |text| Self::Text(Some(text.into())),
    Option<&'static str> => |text| Self::Text(text.map(Into::into)),
    String => |text| Self::Text(Some(text.into())),
    i64 => |number| Self::Whole(Some(number)),
    Option<i64> => |number| Self::Whole(number),
    NaiveDate => |day| Self::Day(Some(day)),
    Option<NaiveDate> => |day| Self::Day(day),
    bool => |yes| Self::Yes(yes),
}

/// Rows for one table, gathered before they are written.
#[derive(Debug)]
pub struct Rows<const N: usize> {
    insert: String,
    rows: Vec<[Cell; N]>,
}

impl<const N: usize> Rows<N> {
    /// None yet, for these columns of a table.
    #[must_use]
    pub fn new(table: &'static str, columns: [&'static str; N]) -> Self {
        Self { insert: format!("insert into {table} ({}) ", columns.join(", ")), rows: Vec::new() }
    }

    /// One more.
    pub fn add(&mut self, row: [Cell; N]) {
        self.rows.push(row);
    }

    /// Writes them, and is empty again.
    ///
    /// # Errors
    /// When the database does not take them.
    pub async fn write(&mut self, tx: &mut Tx) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        for some in rows.chunks(MOST_VALUES / N) {
            match tx {
                Tx::Sqlite(t) => {
                    let mut query = QueryBuilder::<sqlx::Sqlite>::new(&self.insert);
                    query.push_values(some, |mut list, row| row.iter().for_each(|cell| push(&mut list, cell)));
                    query.build().execute(&mut **t).await?;
                }
                Tx::Postgres(t) => {
                    let mut query = QueryBuilder::<sqlx::Postgres>::new(&self.insert);
                    query.push_values(some, |mut list, row| row.iter().for_each(|cell| push(&mut list, cell)));
                    query.build().execute(&mut **t).await?;
                }
            }
        }
        Ok(())
    }
}

fn push<D>(list: &mut Separated<'_, D, &'static str>, cell: &Cell)
where
    D: Database,
    for<'q> Option<Uuid>: Encode<'q, D> + Type<D>,
    for<'q> Option<String>: Encode<'q, D> + Type<D>,
    for<'q> Option<i64>: Encode<'q, D> + Type<D>,
    for<'q> Option<NaiveDate>: Encode<'q, D> + Type<D>,
    for<'q> bool: Encode<'q, D> + Type<D>,
{
    match cell {
        Cell::Id(id) => list.push_bind(*id),
        Cell::Text(text) => list.push_bind(text.as_ref().map(|text| text.as_ref().to_owned())),
        Cell::Whole(number) => list.push_bind(*number),
        Cell::Day(day) => list.push_bind(*day),
        Cell::Yes(yes) => list.push_bind(*yes),
    };
}

/// So many places of a session are held now, as the lines say that were written to its ledger.
///
/// # Errors
/// When the database does not answer, or there are not so many places.
pub async fn set_held(tx: &mut Tx, session: SessionId, held: i64) -> Result<()> {
    exec!(tx, "update sessions set held = $1 where id = $2", held, session.0)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn rows_are_written_in_several_statements_with_every_kind_of_value() {
        crate::testing::both(|db| async move {
            let mut tx = db.write().await.unwrap();
            let mut accounts = Rows::new(
                "accounts",
                ["id", "email", "name", "created_at", "password_hash", "totp_last_step", "demonstration"],
            );
            let all = 2 * MOST_VALUES / 7 + 3;
            for n in 0..all {
                let id = Uuid::from_u128(n as u128);
                accounts.add([
                    id.into(),
                    format!("{n}@crowd.example").into(),
                    "Amina".into(),
                    7_i64.into(),
                    None::<&str>.into(),
                    None::<i64>.into(),
                    (n == 1).into(),
                ]);
            }
            let mut learners = Rows::new("learners", ["account_id", "date_of_birth"]);
            let born = NaiveDate::from_ymd_opt(2010, 2, 28).unwrap();
            learners.add([Uuid::from_u128(1).into(), born.into()]);
            accounts.write(&mut tx).await.unwrap();
            learners.write(&mut tx).await.unwrap();
            // Written once: a second time there is nothing left.
            accounts.write(&mut tx).await.unwrap();
            let (count,) = one!(&mut tx, (i64,), "select count(*) from accounts").unwrap();
            assert_eq!(count, i64::try_from(all).unwrap());
            let sql = "select a.name, a.demonstration, l.date_of_birth from accounts a join learners l on l.account_id = a.id";
            let row = one!(&mut tx, (String, bool, NaiveDate), sql).unwrap();
            assert_eq!(row, ("Amina".into(), true, born));
            tx.commit().await.unwrap();
        })
        .await;
    }
}
