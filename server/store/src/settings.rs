//! Names and values that the service keeps about itself: who made the database, the demonstration's
//! clock, counters.

use crate::{Result, Tx};

/// What is kept under a name.
pub async fn get(tx: &mut Tx, name: &str) -> Result<Option<String>> {
    Ok(opt!(tx, (String,), "select value from settings where name = $1", name)?.map(|(value,)| value))
}

/// Keeps a value under a name, instead of what was there.
pub async fn set(tx: &mut Tx, name: &str, value: &str) -> Result<()> {
    exec!(
        tx,
        "insert into settings (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value",
        name,
        value
    )?;
    Ok(())
}

/// Forgets a name.
pub async fn remove(tx: &mut Tx, name: &str) -> Result<()> {
    exec!(tx, "delete from settings where name = $1", name)?;
    Ok(())
}

/// Raises a counter by one, in the transaction of the change that it counts; the new count.
pub async fn count_up(tx: &mut Tx, name: &str) -> Result<i64> {
    let (value,) = one!(
        tx,
        (String,),
        "insert into settings (name, value) values ($1, '1')
         on conflict (name) do update set value = cast(cast(settings.value as bigint) + 1 as text) returning value",
        name,
    )?;
    value.parse().map_err(|_| crate::Error::Unknown { what: "counter", value })
}

/// Whether people or opportunities are stored: whether somebody's work would be lost or mixed up.
pub async fn holds_records(tx: &mut Tx) -> Result<bool> {
    let (count,) = one!(
        tx,
        (i64,),
        "select cast((select count(*) from accounts) + (select count(*) from organisations) + (select count(*) from opportunities) as bigint)",
    )?;
    Ok(count > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_story_of_settings() {
        crate::testing::both(|db| async move {
            let mut tx = db.write().await.unwrap();
            assert_eq!(get(&mut tx, "made_by").await.unwrap(), None);
            set(&mut tx, "made_by", "somebody").await.unwrap();
            set(&mut tx, "made_by", "demo").await.unwrap();
            assert_eq!(get(&mut tx, "made_by").await.unwrap().as_deref(), Some("demo"));
            remove(&mut tx, "made_by").await.unwrap();
            assert_eq!(get(&mut tx, "made_by").await.unwrap(), None);
            assert_eq!(count_up(&mut tx, "changes").await.unwrap(), 1);
            assert_eq!(count_up(&mut tx, "changes").await.unwrap(), 2);
            assert!(!holds_records(&mut tx).await.unwrap());
            tx.commit().await.unwrap();
        })
        .await;
    }
}
