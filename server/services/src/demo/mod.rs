//! Demonstration data: invented organisations in real English towns, what they advertise, the people, and
//! applications in every state with the whole history behind them. `docs/DEMONSTRATION.md` lists it.
//!
//! Dates are relative to today; everything else is the same each time.

mod applications;
mod country;
mod dates;
mod enrolments;
mod nights;
mod opportunities;
mod people;
mod plan;
mod play;
mod priority;
mod providers;
mod said;
mod scripts;
mod stage;
mod supervisors;
mod texts;
mod towns;

#[cfg(test)]
mod tests;

use domain::Role;
use domain::ids::AccountId;
use domain::time::Moment;
use serde::{Deserialize, Serialize};
use store::Tx;

use crate::{Error, Result, Services};
pub use country::{Scale, refuse_part};
use opportunities::Written;
use stage::Stage;

/// The setting that holds the people, as JSON.
const PEOPLE: &str = "demo_people";

/// How much was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Providers, schools and colleges.
    pub organisations: usize,
    /// Published opportunities.
    pub opportunities: usize,
    /// Their sessions, and those of drafts.
    pub sessions: usize,
    /// People who can apply.
    pub learners: usize,
    /// Applications.
    pub applications: usize,
    /// How often something was taken that can be taken at any time.
    pub enrolments: usize,
}

/// An invented person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// As what; [`Role::Learner`] for somebody who applies.
    pub role: Role,
    /// Of which organisation.
    pub organisation: Option<String>,
    /// One line: what to see as this person.
    pub shows: String,
}

impl Person {
    fn new(account: AccountId, name: &str, role: Role, organisation: Option<&str>, shows: impl Into<String>) -> Self {
        Self { account, name: name.into(), role, organisation: organisation.map(Into::into), shows: shows.into() }
    }
}

/// Fills an empty, migrated database, in one transaction: stopped in the middle, it leaves nothing. Then the clock does what is due today.
/// With a scale, a whole country follows, in many transactions. `progress` is told what is being written, how many
/// of it are done, and how many there are.
///
/// # Errors
/// [`Error::Refused`] when the database holds records already.
pub async fn fill(
    services: &Services,
    scale: Option<Scale>,
    mut progress: impl FnMut(&str, usize, usize),
) -> Result<Summary> {
    let base = fill_base(services, scale, &mut progress).await?;
    match scale {
        Some(scale) => country::fill(services, scale, base, progress).await,
        None => Ok(base),
    }
}

async fn fill_base(
    services: &Services,
    scale: Option<Scale>,
    mut progress: impl FnMut(&str, usize, usize),
) -> Result<Summary> {
    let mut tx = services.db.write().await?;
    tx.lock_name("demonstration").await?;
    if store::settings::holds_records(&mut tx).await? {
        return Err(Error::refused(
            "This database holds records already. Demonstration data needs an empty one: choose another DATABASE_URL.",
        ));
    }
    store::settings::set(&mut tx, "made_by", "demo").await?;
    if let Some(scale) = scale {
        store::settings::set(&mut tx, country::UNFINISHED, &scale.opportunities.to_string()).await?;
    }
    let mut stage = Stage::new(&mut tx, services);
    let mut written = Written::default();
    let mut people = Vec::new();
    opportunities::write_organisations(&mut stage, &mut written).await?;
    let mut staff = people::write_staff(&mut stage, &written, &mut people).await?;
    for provider in 0..providers::PROVIDERS.len() {
        progress("Opportunities", provider, providers::PROVIDERS.len());
        opportunities::write_provider(&mut stage, provider, &mut written).await?;
    }
    progress("Opportunities", providers::PROVIDERS.len(), providers::PROVIDERS.len());
    supervisors::write(&mut stage, &written, &mut staff, &mut people).await?;
    let mut learners = people::write_learners(&mut stage).await?;
    let applications =
        applications::write_applications(&mut stage, &written, &staff, &mut learners, &mut progress).await?;
    priority::write(&mut stage, &written, &people).await?;
    said::write(&mut stage, &written, &learners, &people).await?;
    let enrolments = enrolments::write(&mut stage, &written, &learners).await?;
    people.splice(
        0..0,
        learners
            .iter()
            .map(|learner| Person::new(learner.account, learner.name, Role::Learner, None, people::shows(learner))),
    );
    store::settings::set(stage.tx, PEOPLE, &serde_json::to_string(&people).map_err(store::Error::from)?).await?;
    send(stage.tx, stage.now).await?;
    store::catalogue::everything_changed(stage.tx).await?;
    tx.commit().await?;
    // What no story has played and the clock has due today: reminders of a first day, lists of open checks.
    crate::tick::run_due(services).await?;
    let mut tx = services.db.write().await?;
    send(&mut tx, services.now()).await?;
    tx.commit().await?;
    Ok(Summary {
        organisations: written.providers.len() + written.schools.len(),
        opportunities: written.opportunities,
        sessions: written.sessions,
        learners: learners.len(),
        applications,
        enrolments,
    })
}

/// Marks every message as sent, 20 seconds after it was decided on: none of it goes out a second time.
async fn send(tx: &mut Tx, now: Moment) -> Result<()> {
    store::demonstration::unsupersede(tx).await?;
    for message in store::messages::claim_due(tx, now, now, i64::MAX).await? {
        let sent = message.created_at.plus_seconds(20).min(now);
        store::messages::mark_sent(tx, message.id, sent).await?;
    }
    Ok(())
}

/// The invented people, as they were written: learners first.
///
/// # Errors
/// When the store fails. A database that is no demonstration's has none.
pub async fn people(services: &Services) -> Result<Vec<Person>> {
    let mut tx = services.db.read().await?;
    let kept = store::settings::get(&mut tx, PEOPLE).await?;
    Ok(kept.map(|json| serde_json::from_str(&json)).transpose().map_err(store::Error::from)?.unwrap_or_default())
}
