//! From settings to services: opens the database, and makes sure that a demonstration and real work
//! never share one.

use std::path::Path;
use std::sync::Arc;

use services::documents::Documents;
use services::mail::{Folder, Notify, Post, Smtp, TextFile, TextMessages, Transport};
use services::time::{Clock, MovableClock, SystemClock, SystemRandom};
use services::{Services, Settings, demonstration};
use store::Db;

use crate::Failure;
use crate::config::{Config, Mail};

/// The services, and a demonstration's clock.
#[derive(Debug)]
pub struct Started {
    /// The services.
    pub services: Arc<Services>,
    /// A demonstration's clock.
    pub clock: Option<MovableClock>,
}

/// Opens the database and brings it up to this version.
///
/// # Errors
/// When it does not answer, is newer than this version, belongs to the other kind of use, or holds a part of a
/// demonstration.
pub async fn services(config: &Config, demo: bool) -> Result<Started, Failure> {
    let db = open(config).await?;
    db.migrate()
        .await
        .map_err(|error| Failure::new(format!("the database cannot be brought up to this version: {error}")))?;
    let started = assemble(config, db, demo);
    services::demo::refuse_part(&started.services).await?;
    let owner = demonstration::owner(&started.services).await?;
    match (owner, &started.clock) {
        (demonstration::Owner::Demonstration, None) => Err(Failure::new(
            "this database belongs to a demonstration. Use `wex serve --demo` for it, or set DATABASE_URL to another database",
        )),
        (demonstration::Owner::Real, Some(_)) => Err(Failure::new(
            "this database holds records that no demonstration made, and a demonstration would mix with them. Set DATABASE_URL to another database, such as sqlite:var/demo.sqlite",
        )),
        (_, Some(clock)) => {
            demonstration::restore_clock(&started.services, clock).await?;
            Ok(started)
        }
        _ => Ok(started),
    }
}

/// As [`services`], for commands that may work on either kind: a demonstration's database gets its own
/// clock, so that "today" is what its pages show.
///
/// # Errors
/// When the database does not answer, or is newer than this version.
pub async fn either(config: &Config) -> Result<Started, Failure> {
    let db = open(config).await?;
    db.migrate()
        .await
        .map_err(|error| Failure::new(format!("the database cannot be brought up to this version: {error}")))?;
    let started = assemble(config, db.clone(), false);
    if demonstration::owner(&started.services).await? != demonstration::Owner::Demonstration {
        return Ok(started);
    }
    let started = assemble(config, db, true);
    if let Some(clock) = &started.clock {
        demonstration::restore_clock(&started.services, clock).await?;
    }
    Ok(started)
}

/// Opens the database as it is.
///
/// # Errors
/// When it does not answer.
pub async fn open(config: &Config) -> Result<Db, Failure> {
    if let Some(path) = sqlite_path(&config.database_url)
        && let Some(folder) = Path::new(path).parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(|error| {
            Failure::new(format!("the folder {} of the database cannot be made: {error}", folder.display()))
        })?;
    }
    Db::open(&config.database_url)
        .await
        .map_err(|error| Failure::new(format!("the database of DATABASE_URL cannot be opened: {error}")))
}

/// The file of an SQLite database.
#[must_use]
pub fn sqlite_path(url: &str) -> Option<&str> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split('?').next().unwrap_or(path);
    (!path.is_empty() && path != ":memory:").then_some(path)
}

/// The services on this database.
#[must_use]
pub fn assemble(config: &Config, db: Db, demo: bool) -> Started {
    let movable = demo.then(|| MovableClock::new(SystemClock));
    let clock: Arc<dyn Clock> = match &movable {
        Some(clock) => Arc::new(clock.clone()),
        None => Arc::new(SystemClock),
    };
    let settings = Settings {
        base_url: config.base_url.clone(),
        secret_key: config.secret_key.0,
        demonstration: demo,
        searches_per_minute: config.search_per_minute,
    };
    Started { services: Services::new(db, clock, Arc::new(SystemRandom), settings), clock: movable }
}

/// Says where documents lie, and who looks at them. A demonstration from a folder that cannot be written
/// keeps them in memory.
///
/// # Errors
/// When the folder cannot be made, or the bucket cannot be used.
pub fn keep_documents(config: &Config, services: &Services, demo: bool) -> Result<(), Failure> {
    let documents = match Documents::open(&config.documents) {
        Ok(documents) => documents,
        Err(_) if demo => Documents::in_memory(),
        Err(problem) => return Err(Failure::new(format!("WEX_DOCUMENTS {problem}"))),
    };
    services.keep_documents(documents.scanned_by(config.clamd.clone()));
    Ok(())
}

/// Where messages go.
///
/// # Errors
/// When the mail server's address is not one; it was checked with the settings.
pub fn post(config: &Config) -> Result<Post, Failure> {
    let by_notify = |template: &Option<String>| {
        let (Some(key), Some(template)) = (&config.notify.key, template) else {
            return Err(Failure::new("WEX_NOTIFY_KEY or a template is missing"));
        };
        Notify::new(&config.notify.url, key.clone(), template, Arc::new(SystemClock)).map_err(Failure::new)
    };
    let mail: Box<dyn Transport> = match &config.mail {
        Mail::Folder(path) => Box::new(Folder::new(path, config.mail_from.clone())),
        Mail::Smtp(address) => Box::new(Smtp::new(address, config.mail_from.clone()).map_err(Failure::new)?),
        Mail::Notify => Box::new(by_notify(&config.notify.email_template)?),
    };
    let texts: Box<dyn TextMessages> = if config.notify.text_template.is_some() {
        Box::new(by_notify(&config.notify.text_template)?)
    } else {
        Box::new(TextFile(config.text_messages.clone()))
    };
    Ok(Post { mail, texts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_an_address() {
        assert_eq!(sqlite_path("sqlite:var/wex.sqlite"), Some("var/wex.sqlite"));
        assert_eq!(sqlite_path("sqlite:///var/lib/wex.sqlite?mode=rwc"), Some("/var/lib/wex.sqlite"));
        assert_eq!((sqlite_path("sqlite::memory:"), sqlite_path("postgres://x/y")), (None, None));
    }
}
