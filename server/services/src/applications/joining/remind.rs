//! Reminders a week and a day before the first day: by email, and by text message to who gave a number.

use chrono::NaiveDate;
use domain::State;
use domain::ids::ApplicationId;
use domain::joining::{Reminder, reminder_due};

use crate::applications::life::{facts, tell_learner_keyed};
use crate::messages::{letters, queue_text};
use crate::{Error, Result, Services, time};

/// Nobody's telephone rings before this hour in London.
const EARLIEST_HOUR: u32 = 8;

/// Sends the reminders that are due. How many people were reminded.
///
/// # Errors
/// When the list of who is coming cannot be read.
pub(crate) async fn remind_due(services: &Services) -> Result<usize> {
    use chrono::Timelike;
    if time::london(services.now()).hour() < EARLIEST_HOUR {
        return Ok(0);
    }
    let today = services.today();
    let mut tx = services.db.read().await?;
    let mut coming = Vec::new();
    for one in store::applications::list_coming(&mut tx, today, today + chrono::Days::new(7)).await? {
        if let Some(due) = reminder_due(one.starts_on, time::london_day(one.confirmed_at), today)
            && !store::messages::has(&mut tx, &key(due, one.id, one.starts_on)).await?
        {
            coming.push(one.reference);
        }
    }
    drop(tx);
    let mut reminded = 0;
    for reference in coming {
        match remind(services, &reference).await {
            Ok(sent) => reminded += usize::from(sent),
            Err(Error::Refused(_) | Error::NotFound) => {}
            Err(error) => tracing::error!(reference, %error, "a reminder before the first day could not be sent"),
        }
    }
    Ok(reminded)
}

/// One for this first day: when dates change, the new ones have reminders of their own.
fn key(due: Reminder, application: ApplicationId, starts_on: NaiveDate) -> String {
    format!("{}:{application}:{starts_on}", due.as_str())
}

async fn remind(services: &Services, reference: &str) -> Result<bool> {
    let mut tx = services.db.write().await?;
    let application = store::applications::find_for_change(&mut tx, reference).await?.ok_or(Error::NotFound)?;
    let about = store::applications::about_application(&mut tx, &application).await?;
    if application.state != State::Confirmed || about.cancelled {
        return Ok(false);
    }
    let confirmed_on = time::london_day(application.state_since);
    let Some(due) = reminder_due(about.starts_on, confirmed_on, services.today()) else {
        return Ok(false);
    };
    let key = key(due, application.id, about.starts_on);
    let facts = facts(services, &application, &about);
    let letter = letters::reminder(&facts, due);
    tell_learner_keyed(&mut tx, services, &application, key.clone(), due.as_str(), letter).await?;
    if let Some(phone) = domain::form::tidy_phone(application.answers.get("phone")) {
        let text = letters::reminder_text(&facts, due);
        queue_text(&mut tx, services, format!("{key}:text"), phone, due.as_str(), text, Some(application.id)).await?;
    }
    tx.commit().await?;
    Ok(true)
}
