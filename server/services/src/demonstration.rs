//! What only a demonstration can do: list its invented people and every message, and move the clock.

use std::collections::HashMap;

use chrono::{NaiveDateTime, TimeDelta};
use domain::Role;
use domain::time::Moment;
use serde::Serialize;
use store::demonstration::DemonstrationPerson;

use crate::demo;
pub use crate::demo::Person;
use crate::time::{MovableClock, from_london, london};
use crate::{Ctx, Error, Result, Services};

/// The setting that says that a demonstration made this database.
const MADE_BY: &str = "made_by";
/// The setting that holds how far the clock was moved, in microseconds.
const CLOCK_OFFSET: &str = "clock_offset";

/// Whose a database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Nobody's yet: it holds no records.
    Nobody,
    /// A demonstration's.
    Demonstration,
    /// Real people's.
    Real,
}

/// Whose this database is. It must be migrated.
///
/// # Errors
/// When the store fails.
pub async fn owner(services: &Services) -> Result<Owner> {
    let mut tx = services.db.read().await?;
    let made_by = store::settings::get(&mut tx, MADE_BY).await?;
    let records = store::settings::holds_records(&mut tx).await?;
    Ok(match (made_by.as_deref(), records) {
        (Some("demo"), _) => Owner::Demonstration,
        (_, true) => Owner::Real,
        (_, false) => Owner::Nobody,
    })
}

/// Sets the clock to where it was moved last, so that a restart does not take a demonstration back.
///
/// # Errors
/// When the store fails.
pub async fn restore_clock(services: &Services, clock: &MovableClock) -> Result<()> {
    let mut tx = services.db.read().await?;
    let kept = store::settings::get(&mut tx, CLOCK_OFFSET).await?;
    clock.set_offset(kept.and_then(|text| text.parse().ok()).unwrap_or(0));
    Ok(())
}

/// Moves the clock, and keeps how far.
///
/// # Errors
/// When the store fails; then the clock stays.
pub async fn move_clock(services: &Services, clock: &MovableClock, to: Moment) -> Result<()> {
    let before = clock.offset();
    clock.set(to);
    let kept: Result<()> = async {
        let mut tx = services.db.write().await?;
        store::settings::set(&mut tx, CLOCK_OFFSET, &clock.offset().to_string()).await?;
        // Set back, it needs sessions that were over: nobody holds them in memory.
        store::catalogue::everything_changed(&mut tx).await?;
        Ok(tx.commit().await?)
    }
    .await;
    if kept.is_err() {
        clock.set_offset(before);
    }
    kept
}

/// The instant that somebody asks for: `now` as London's date and time ("2027-03-26T16:55"), or
/// `advance` as days, hours and minutes ("3d", "5h", "1d12h30m").
///
/// # Errors
/// A sentence that says what would be understood.
pub fn asked_for(now: &str, advance: &str, current: Moment) -> Result<Moment, String> {
    const FURTHEST_DAYS: i64 = 3660;
    let asked = match (now.trim(), advance.trim()) {
        ("", "") => return Err("Give a date and time, like now=2027-03-26T16:55, or a step, like advance=3d.".into()),
        ("", step) => {
            let seconds = duration(step).ok_or_else(|| {
                format!("{step:?} is not a step. Write days, hours and minutes, like 3d, 5h, 30m or 1d12h.")
            })?;
            current.plus_seconds(seconds)
        }
        (time, _) => from_london(
            date_time(time)
                .ok_or_else(|| format!("{time:?} is not a date and time. Write it like 2027-03-26T16:55."))?,
        ),
    };
    if (asked.0 - current.0).abs() > Moment(0).plus_days(FURTHEST_DAYS).0 {
        return Err("That is more than ten years away. Choose a nearer date.".into());
    }
    Ok(asked)
}

fn date_time(text: &str) -> Option<NaiveDateTime> {
    let text = text.replace(' ', "T");
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok())
        .or_else(|| {
            text.parse::<chrono::NaiveDate>().ok().map(|day| day.and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(9))
        })
}

fn duration(text: &str) -> Option<i64> {
    let mut seconds = 0_i64;
    let mut number = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() && number.len() < 6 {
            number.push(c);
            continue;
        }
        let unit = match c.to_ascii_lowercase() {
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            _ => return None,
        };
        seconds += number.parse::<i64>().ok()? * unit;
        number.clear();
    }
    (number.is_empty() && seconds > 0).then_some(seconds)
}

/// The clock as the page and its JSON show it.
#[must_use]
pub fn shown(services: &Services) -> String {
    london(services.now()).format("%Y-%m-%dT%H:%M").to_string()
}

fn only(ctx: &Ctx) -> Result<()> {
    if ctx.services.settings.demonstration { Ok(()) } else { Err(Error::NotFound) }
}

/// The invented people: those that the demonstration was made with, then whoever came later.
///
/// # Errors
/// [`Error::NotFound`] outside demonstration mode.
pub async fn people(ctx: &Ctx) -> Result<Vec<Person>> {
    only(ctx)?;
    let mut people = demo::people(&ctx.services).await?;
    let mut tx = ctx.services.db.read().await?;
    for person in store::demonstration::list_demonstration(&mut tx).await? {
        if !people.iter().any(|known| known.account == person.account) {
            let shows = shows(&person);
            people.push(Person {
                account: person.account,
                name: person.name,
                role: person.role,
                organisation: person.organisation,
                shows,
            });
        }
    }
    Ok(people)
}

/// What one sees as this person.
fn shows(person: &DemonstrationPerson) -> String {
    if person.role != Role::Learner {
        return person.organisation.clone().unwrap_or_default();
    }
    let applications: Vec<String> =
        person.applications.iter().map(|(state, count)| format!("{count} {}", state.in_words())).collect();
    if applications.is_empty() {
        "Has not applied yet".into()
    } else {
        format!("Applications: {}", applications.join("; "))
    }
}

/// A message, as the demonstration shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// Address or telephone number.
    pub to: String,
    /// "email" or "text".
    pub channel: String,
    /// Subject; empty for a text message.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML; empty for a text message.
    pub html: String,
    /// Which letter it is.
    pub template: String,
    /// When it was decided on, in London: "2027-03-26T16:55:00".
    pub at: String,
    /// "queued", "sent", "failed" or "superseded".
    pub status: String,
    /// The reference of the application that it is about.
    pub application: Option<String>,
}

/// The newest messages, newest first.
///
/// # Errors
/// [`Error::NotFound`] outside demonstration mode.
pub async fn outbox(ctx: &Ctx) -> Result<Vec<Sent>> {
    const AT_MOST: i64 = 1000;
    only(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    let references: HashMap<_, _> = store::demonstration::list_references(&mut tx).await?.into_iter().collect();
    let messages = store::messages::list_newest(&mut tx, AT_MOST).await?;
    Ok(messages
        .into_iter()
        .map(|message| Sent {
            to: message.recipient,
            channel: message.channel,
            subject: message.subject,
            text: message.text,
            html: message.html,
            template: message.template,
            at: london(message.created_at).format("%Y-%m-%dT%H:%M:%S").to_string(),
            status: message.status,
            application: message.application.and_then(|id| references.get(&id).cloned()),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn a_time_or_a_step_is_understood() {
        let now = from_london("2027-03-01T09:00:00".parse().unwrap());
        let asked = |time: &str, step: &str| asked_for(time, step, now).map(|at| london(at).to_string());
        assert_eq!(asked("2027-03-26T16:55", "").unwrap(), "2027-03-26 16:55:00");
        assert_eq!(asked("2027-03-26 16:55:30", "").unwrap(), "2027-03-26 16:55:30");
        assert_eq!(asked("2027-06-01", "").unwrap(), "2027-06-01 09:00:00");
        assert_eq!(asked("", "3d").unwrap(), "2027-03-04 09:00:00");
        assert_eq!(asked("", "1d2h30m").unwrap(), "2027-03-02 11:30:00");
        for (time, step) in [
            ("", ""),
            ("tomorrow", ""),
            ("", "3"),
            ("", "d"),
            ("", "-3d"),
            ("", "3w"),
            ("", "999999d"),
            ("2047-01-01T00:00", ""),
            ("", "0m"),
        ] {
            assert!(asked(time, step).is_err(), "{time:?} {step:?}");
        }
    }

    #[tokio::test]
    async fn a_database_is_a_demonstrations_or_it_is_not() {
        store::testing::both(|db| async move {
            let (services, clock) = testing::services(db, "2027-03-01T09:00:00");
            assert_eq!(owner(&services).await.unwrap(), Owner::Nobody);
            let mut tx = services.db.write().await.unwrap();
            store::settings::set(&mut tx, MADE_BY, "demo").await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(owner(&services).await.unwrap(), Owner::Demonstration);
            let later = services.now().plus_days(3);
            move_clock(&services, &clock, later).await.unwrap();
            clock.set_offset(0);
            restore_clock(&services, &clock).await.unwrap();
            assert_eq!(services.now(), later);
            assert_eq!(shown(&services), "2027-03-04T09:00");
            // Outside demonstration mode its pages are not there.
            assert!(matches!(people(&testing::ctx(&services, None)).await, Err(Error::NotFound)));
            assert!(matches!(outbox(&testing::ctx(&services, None)).await, Err(Error::NotFound)));
        })
        .await;
    }

    #[tokio::test]
    async fn a_database_with_records_is_real() {
        store::testing::both(|db| async move {
            let (services, _) = testing::services(db, "2027-03-01T09:00:00");
            let mut tx = services.db.write().await.unwrap();
            let account = store::accounts::Account {
                id: domain::ids::AccountId(services.uuid()),
                email: "a@example.com".into(),
                name: "A".into(),
                created_at: services.now(),
                password_hash: None,
                totp_secret: None,
                totp_last_step: None,
                demonstration: false,
            };
            store::accounts::insert_account(&mut tx, &account).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(owner(&services).await.unwrap(), Owner::Real);
        })
        .await;
    }
}
