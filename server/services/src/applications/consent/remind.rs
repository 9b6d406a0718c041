//! Reminding a parent or carer who has not answered, and then telling the learner.

use domain::clearance::ConsentStatus;
use domain::consent::{REMINDED_AFTER_DAYS, reminders_due};
use store::Tx;
use store::consents::{Consent, Link};

use super::write_to;
use crate::applications::life::{facts, tell_learner};
use crate::context::hash;
use crate::messages::letters;
use crate::{Error, Result, Services, time};

/// Reminds whoever is due today. How many letters were written; one that fails does not hold up the others.
///
/// # Errors
/// When the list cannot be read.
pub(crate) async fn remind_unanswered(services: &Services) -> Result<usize> {
    let steps = i64::try_from(REMINDED_AFTER_DAYS.len()).unwrap_or(0);
    let mut tx = services.db.read().await?;
    let waiting = store::consents::list_unanswered(&mut tx, services.now(), steps).await?;
    drop(tx);
    let mut written = 0;
    for consent in waiting {
        if reminders_due(days_since(services, &consent)) <= consent.reminders {
            continue;
        }
        match remind(services, &consent.reference).await {
            Ok(()) => written += 1,
            Err(Error::Refused(_) | Error::NotFound) => {}
            Err(error) => tracing::error!(reference = consent.reference, %error, "a reminder could not be written"),
        }
    }
    Ok(written)
}

/// Days in London since the request.
fn days_since(services: &Services, consent: &Consent) -> i64 {
    (services.today() - time::london_day(consent.asked_at)).num_days()
}

async fn remind(services: &Services, reference: &str) -> Result<()> {
    let mut tx = services.db.write().await?;
    remind_in(&mut tx, services, reference).await?;
    tx.commit().await?;
    Ok(())
}

/// The step of reminding that is due for this application.
///
/// # Errors
/// [`Error::NotFound`] when none is.
pub(crate) async fn remind_in(tx: &mut Tx, services: &Services, reference: &str) -> Result<()> {
    let application = store::applications::find_for_change(tx, reference).await?.ok_or(Error::NotFound)?;
    let about = store::applications::about_application(tx, &application).await?;
    let consent = store::consents::find(tx, application.id).await?.ok_or(Error::NotFound)?;
    let due = reminders_due(days_since(services, &consent));
    let waits = consent.answer.is_none() && application.consent == ConsentStatus::Asked && application.state.is_live();
    if !waits || due <= consent.reminders {
        return Err(Error::NotFound);
    }
    store::consents::set_reminders(tx, application.id, due).await?;
    let facts = facts(services, &application, &about);
    if due >= i64::try_from(REMINDED_AFTER_DAYS.len()).unwrap_or(0) {
        let letter = letters::consent_waiting(&facts, &consent.guardian_name);
        tell_learner(tx, services, &application, "consent_waiting", letter).await?;
    } else {
        let token = services.token();
        let (now, ends) = (services.now(), consent.ends_at);
        store::consents::add_link(tx, application.id, &hash(&token), Link::Answer, now, Some(ends)).await?;
        let letter =
            letters::consent_reminder(&facts, &consent.guardian_name, &token, time::london_day(consent.ends_at));
        let key = format!("{}:{due}", consent.asked_at.0);
        write_to(tx, services, &consent, "consent_reminder", &key, letter).await?;
    }
    Ok(())
}
