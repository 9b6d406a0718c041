//! `wex migrate`.

use crate::config::Config;
use crate::{Failure, start};

pub async fn run(config: &Config) -> Result<u8, Failure> {
    let db = start::open(config).await?;
    if db.is_migrated().await? {
        println!("The {} database is up to date.", db.name());
        return Ok(0);
    }
    db.migrate()
        .await
        .map_err(|error| Failure::new(format!("the database cannot be brought up to this version: {error}")))?;
    println!("The {} database is now up to date.", db.name());
    Ok(0)
}
