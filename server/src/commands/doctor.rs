//! `wex doctor`: is everything there, and what is to be done.

use std::path::Path;

use services::mail::Transport;
use services::time::{Clock, SystemClock, london_day};

use crate::config::Config;
use crate::{Assets, Failure, start};

/// Below this a disk counts as full: room for a day's writing and a copy of a small database.
const LEAST_FREE_BYTES: u64 = 500 << 20;

/// What was found about one thing.
#[derive(Debug, PartialEq, Eq)]
enum Finding {
    /// It is as it should be.
    Good(String),
    /// It works, and could be better: what to do.
    Could(String),
    /// It does not work: what to do.
    Bad(String),
}

use Finding::{Bad, Could, Good};

/// Checks everything that can be checked with what was found so far; the exit status.
pub async fn run(config: Result<Config, Failure>, demo: bool) -> u8 {
    let findings = match config {
        Ok(config) => check(&config, demo).await,
        Err(failure) => vec![("settings", Bad(failure.to_string()))],
    };
    let mut bad = false;
    for (name, finding) in &findings {
        let (mark, words) = match finding {
            Good(words) => ("ok     ", words),
            Could(words) => ("note   ", words),
            Bad(words) => {
                bad = true;
                ("problem", words)
            }
        };
        println!("{mark}  {name}: {words}");
    }
    u8::from(bad)
}

async fn check(config: &Config, demo: bool) -> Vec<(&'static str, Finding)> {
    let mut findings = vec![("settings", Good("understood".into())), ("address", address(config))];
    findings.push(("site's files", files()));
    findings.push(("clock", clock()));
    findings.push(("disk", disk(config)));
    match start::post(config) {
        Ok(post) => findings.push((
            "mail",
            match post.check().await {
                Ok(words) => Good(words),
                Err(words) => Bad(format!("{words}. Mend WEX_MAIL")),
            },
        )),
        Err(failure) => findings.push(("mail", Bad(failure.to_string()))),
    }
    findings.push(("documents", documents(config).await));
    findings.extend(database(config, demo).await);
    findings
}

async fn documents(config: &Config) -> Finding {
    use services::time::{Random, SystemRandom};
    // Looking must not make a folder.
    if let Some(path) = config.documents.strip_prefix("folder:")
        && !Path::new(path).exists()
    {
        return Could(format!("the folder {path} does not exist yet. `wex serve` makes it"));
    }
    let documents = match services::documents::Documents::open(&config.documents) {
        Ok(documents) => documents.scanned_by(config.clamd.clone()),
        Err(problem) => return Bad(format!("WEX_DOCUMENTS {problem}")),
    };
    let mut name = [0; 16];
    SystemRandom.fill(&mut name);
    match documents.check(&format!("doctor-{}", services::context::hex(&name))).await {
        Ok(words) if config.clamd.is_some() => Good(words),
        Ok(words) => Could(words),
        Err(words) => Bad(format!("{words}. Mend WEX_DOCUMENTS or WEX_CLAMD")),
    }
}

fn address(config: &Config) -> Finding {
    let local = config.base_url.contains("://127.")
        || config.base_url.contains("://localhost")
        || config.base_url.contains("://[::1]");
    match (config.is_https(), local) {
        (true, _) => Good(format!("{} over TLS", config.base_url)),
        (false, true) => Good(format!("{}, for this machine alone", config.base_url)),
        (false, false) => Bad(format!(
            "{} is not https. Browsers do not keep anybody signed in there. Put a proxy with TLS in front and set WEX_BASE_URL to https://…",
            config.base_url
        )),
    }
}

fn files() -> Finding {
    match (Assets::embedded().site().bundle, cfg!(debug_assertions)) {
        (Some(bundle), _) => Good(format!("inside this program ({})", bundle.options.output_name)),
        (None, true) => {
            Could("not inside this program: pages have no style and no scripts. Build it with: make build".into())
        }
        (None, false) => Bad("not inside this program. Build it with: make build".into()),
    }
}

fn clock() -> Finding {
    let day = london_day(SystemClock.now());
    // When this version was written. Before that, a clock is certainly wrong.
    let earliest = chrono::NaiveDate::from_ymd_opt(2026, 1, 1);
    if earliest.is_some_and(|earliest| day < earliest) {
        Bad(format!(
            "this machine says that it is {}. Set its clock, or deadlines and codes go wrong",
            domain::words::long_date(day)
        ))
    } else {
        Good(format!("{} in London. Please compare", services::time::in_words(SystemClock.now())))
    }
}

fn disk(config: &Config) -> Finding {
    let folder = start::sqlite_path(&config.database_url)
        .and_then(|path| Path::new(path).parent())
        .filter(|path| path.exists())
        .unwrap_or(Path::new("."));
    match rustix::fs::statvfs(folder) {
        Ok(stat) => {
            let free = stat.f_bavail.saturating_mul(stat.f_frsize);
            let words = format!("{} MB free", free >> 20);
            if free < LEAST_FREE_BYTES {
                Bad(format!("{words}. Make room: when it is full nothing can be saved"))
            } else {
                Good(words)
            }
        }
        Err(error) => Could(format!("cannot be looked at: {error}")),
    }
}

async fn database(config: &Config, demo: bool) -> Vec<(&'static str, Finding)> {
    // Looking must not make a database.
    if let Some(path) = start::sqlite_path(&config.database_url)
        && !Path::new(path).exists()
    {
        return vec![("database", Could(format!("{path} does not exist yet. `wex serve` or `wex migrate` makes it")))];
    }
    let db = match start::open(config).await {
        Ok(db) => db,
        Err(failure) => {
            return vec![("database", Bad(format!("{failure}. Check DATABASE_URL, and that the database runs")))];
        }
    };
    let mut findings = vec![("database", Good(format!("{} answers", db.name())))];
    match db.is_migrated().await {
        Ok(true) => {
            findings.push(("tables", Good("of this version".into())));
            findings.extend(
                contents(config, db.clone(), demo)
                    .await
                    .unwrap_or_else(|failure| vec![("contents", Bad(failure.to_string()))]),
            );
        }
        Ok(false) => findings.push(("tables", Bad("not of this version. Run: wex migrate".into()))),
        Err(error) => findings.push(("tables", Bad(error.to_string()))),
    }
    db.close().await;
    findings
}

async fn contents(config: &Config, db: store::Db, demo: bool) -> Result<Vec<(&'static str, Finding)>, Failure> {
    use services::demonstration::Owner;
    let services = start::assemble(config, db, demo).services;
    let mut findings = Vec::new();
    findings.push((
        "use",
        match (services::demonstration::owner(&services).await?, demo) {
            (Owner::Demonstration, false) => {
                Bad("the database belongs to a demonstration. Set DATABASE_URL to another".into())
            }
            (Owner::Real, true) => {
                Bad("the database holds real records. Set DATABASE_URL to another for a demonstration".into())
            }
            (Owner::Demonstration, true) => Good("a demonstration's database".into()),
            (Owner::Real, false) => Good("holds records".into()),
            (Owner::Nobody, _) => Could(
                "holds nothing yet. Import trusts and schools, then opportunities, and invite a coordinator".into(),
            ),
        },
    ));
    let mut tx = services.db.read().await?;
    let (districts, sectors) = store::places::count(&mut tx).await?;
    findings.push(("places", if districts == 0 {
        Could("no postcode districts: distances are counted from the middle of a postcode area. Run: wex import places FILE".into())
    } else {
        Good(format!("{districts} postcode districts, {sectors} sectors"))
    }));
    let (trusts, schools) = (
        store::organisations::count(&mut tx, "nhs_trust").await?,
        store::organisations::count(&mut tx, "school").await?,
    );
    findings.push((
        "organisations",
        if schools == 0 && !demo {
            Could(format!("{trusts} trusts, no schools: learners cannot choose theirs. Run: wex import schools FILE"))
        } else {
            Good(format!("{trusts} trusts, {schools} schools"))
        },
    ));
    findings
        .push(("bank holidays", bank_holidays(store::bank_holidays::list(&mut tx).await?.last(), services.today())));
    let (waiting, failed) = store::messages::count_waiting(&mut tx).await?;
    findings.push((
        "outbox",
        if failed > 0 {
            Could(format!("{waiting} messages wait, {failed} were given up. Their reasons are in the table messages"))
        } else {
            Good(format!("{waiting} messages wait"))
        },
    ));
    Ok(findings)
}

/// Whether the bank holidays that were imported reach far enough: deadlines are promised months ahead.
fn bank_holidays(last: Option<&store::bank_holidays::BankHoliday>, today: chrono::NaiveDate) -> Finding {
    const HOW: &str = "Take www.gov.uk/bank-holidays.json and run: wex import bank-holidays FILE";
    match last {
        None => Could(format!("counted by the standing rules; a day proclaimed once would be missed. {HOW}")),
        Some(last) if last.day < today + chrono::Months::new(6) => Could(format!(
            "known until {}, which is less than six months ahead. {HOW}",
            domain::words::long_date(last.day)
        )),
        Some(last) => Good(format!("known until {}", domain::words::long_date(last.day))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bank_holidays_that_end_soon_are_said() {
        let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
        let until =
            |text: &str| store::bank_holidays::BankHoliday { day: day(text), title: "x".into(), notes: String::new() };
        assert!(
            matches!(bank_holidays(None, day("2027-03-01")), Could(words) if words.contains("wex import bank-holidays"))
        );
        assert!(
            matches!(bank_holidays(Some(&until("2027-08-30")), day("2027-03-01")), Could(words) if words.contains("30 August 2027"))
        );
        assert!(matches!(bank_holidays(Some(&until("2027-12-28")), day("2027-03-01")), Good(_)));
    }
}
