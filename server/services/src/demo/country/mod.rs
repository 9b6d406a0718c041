//! A whole country's worth of demonstration data, around the one that people look at: providers, adverts,
//! learners, and their applications with every step behind them. In proportion, whatever the number of adverts is.
//!
//! The same day and number give the same rows. What is not written: letters (a million applications would
//! have three million), certificates, checks before a start, the audit of what was taken at any time.

mod adverts;
mod enrolments;
mod lives;
mod maker;
mod people;
mod providers;
mod write;

#[cfg(test)]
mod tests;

use domain::search::Query;
use store::settings;

use super::Summary;
use crate::{Error, Result, Services};
use maker::Maker;

/// How much there is of everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// Opportunities that somebody can apply for or take now.
    pub opportunities: usize,
    /// People who can apply.
    pub learners: usize,
    /// Applications, most of them of the year that is over.
    pub applications: usize,
    /// How often something was taken that can be taken at any time.
    pub enrolments: usize,
}

impl Scale {
    /// Fewer than this many adverts are the demonstration itself.
    pub const LEAST: usize = 500;
    /// More would be several times what the whole country could offer.
    pub const MOST: usize = 1_000_000;
    /// England.
    pub const NATIONAL: Self = Self::of(25_000);

    /// As much of everything as belongs to so many opportunities.
    #[must_use]
    pub const fn of(opportunities: usize) -> Self {
        Self {
            opportunities,
            learners: opportunities * 16,
            applications: opportunities * 40,
            enrolments: opportunities * 84,
        }
    }
}

/// The setting that says that filling was begun. It is removed at the end: a database that has it holds a part.
pub(super) const UNFINISHED: &str = "demo_unfinished";

/// Adds everything to a database that holds the demonstration and nothing else. Thousands of rows to a
/// transaction: stopped in the middle, the database says that it is a part and is not served.
pub(super) async fn fill(
    services: &Services,
    scale: Scale,
    base: Summary,
    mut progress: impl FnMut(&str, usize, usize),
) -> Result<Summary> {
    let mut maker = Maker::new(services);
    let providers = providers::write(services, &mut maker, scale).await?;
    let held = services.catalogue.current(services).await?;
    let live = held.index.search(&Query::default(), None, None, Vec::new(), services.today()).total;
    let new = scale.opportunities.saturating_sub(live);
    let adverts = adverts::write(services, &mut maker, &providers, new, &mut progress).await?;
    let learners =
        people::write(services, &mut maker, scale.learners.saturating_sub(base.learners), &mut progress).await?;
    let asked = scale.applications.saturating_sub(base.applications);
    let sessions: usize = adverts.iter().map(|advert| advert.runs.len()).sum();
    let applications = write::applications(services, &mut maker, &adverts, learners, asked, &mut progress).await?;
    let missing = scale.enrolments.saturating_sub(base.enrolments);
    let enrolments =
        enrolments::write(services, &mut maker, &adverts, &applications.learners, missing, &mut progress).await?;
    let mut tx = services.db.write().await?;
    settings::remove(&mut tx, UNFINISHED).await?;
    store::catalogue::everything_changed(&mut tx).await?;
    tx.commit().await?;
    Ok(Summary {
        organisations: base.organisations + providers.len(),
        opportunities: base.opportunities + adverts.len(),
        sessions: base.sessions + sessions,
        learners: base.learners + applications.learners.len(),
        applications: base.applications + applications.count,
        enrolments: base.enrolments + enrolments,
    })
}

/// Says whether a filling was begun and never ended.
///
/// # Errors
/// [`Error::Refused`] when it was.
pub async fn refuse_part(services: &Services) -> Result<()> {
    let mut tx = services.db.read().await?;
    if settings::get(&mut tx, UNFINISHED).await?.is_some() {
        return Err(Error::refused(
            "Filling this database with demonstration data was stopped before its end, and a part of it is missing. Delete the database, and fill a new one.",
        ));
    }
    Ok(())
}
