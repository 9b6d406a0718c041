//! Days on which England does not work, as they were published.

use chrono::NaiveDate;

use crate::{Result, Tx, settings};

/// The counter that says when they changed.
const VERSION: &str = "bank_holidays_version";

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankHoliday {
    /// The day.
    pub day: NaiveDate,
    /// What it is called.
    pub title: String,
    /// What the publisher says beside it, such as "Substitute day".
    pub notes: String,
}

/// How often they have changed; 0 in a new database.
pub async fn version(tx: &mut Tx) -> Result<i64> {
    let row = opt!(tx, (i64,), "select cast(value as bigint) from settings where name = $1", VERSION)?;
    Ok(row.map_or(0, |(version,)| version))
}

/// All of them, in order.
pub async fn list(tx: &mut Tx) -> Result<Vec<BankHoliday>> {
    let rows = all!(tx, (NaiveDate, String, String), "select day, title, notes from bank_holidays order by day")?;
    Ok(rows.into_iter().map(|(day, title, notes)| BankHoliday { day, title, notes }).collect())
}

/// Puts these in the place of all between these two days, and counts the change.
pub async fn replace(tx: &mut Tx, from: NaiveDate, to: NaiveDate, days: &[BankHoliday]) -> Result<()> {
    exec!(tx, "delete from bank_holidays where day >= $1 and day <= $2", from, to)?;
    for holiday in days {
        exec!(
            tx,
            "insert into bank_holidays (day, title, notes) values ($1, $2, $3)",
            holiday.day,
            &holiday.title,
            &holiday.notes
        )?;
    }
    settings::count_up(tx, VERSION).await?;
    Ok(())
}
