//! The private page of a parent or carer, after their answer: what was agreed, where the application stands,
//! and changing one's mind.

use chrono::NaiveDate;
use domain::State;
use domain::consent::{May, may};
use store::Tx;
use store::applications::{About, Application};
use store::consents::{Consent, Link};

use super::{Change, find, new_page, settle, word, write_to};
use crate::applications::life::facts;
use crate::messages::letters;
use crate::{Error, Result, Services, time};

/// What the private page says. Nothing on it is sensitive: no check, no reason, nothing that the learner wrote.
#[derive(Debug, Clone)]
pub struct GuardianPage {
    /// The parent or carer's name.
    pub guardian_name: String,
    /// The young person's name as they like it.
    pub learner_name: String,
    /// What, where and when.
    pub about: About,
    /// Whether their last answer was a yes.
    pub agreed: bool,
    /// The day of that answer.
    pub answered_on: Option<NaiveDate>,
    /// Where the application stands.
    pub state: State,
    /// The application's reference.
    pub reference: String,
    /// What they can do now.
    pub may: May,
}

/// The private page behind this link.
///
/// # Errors
/// [`Error::NotFound`] for a link that was never sent, [`Error::Refused`] once the session is over.
pub async fn guardian_page(services: &Services, token: &str) -> Result<GuardianPage> {
    let mut tx = services.db.read().await?;
    let (consent, application, about) = find_page(&mut tx, services, token).await?;
    Ok(GuardianPage {
        guardian_name: consent.guardian_name,
        learner_name: application.answers.get("name").to_owned(),
        agreed: consent.answer.as_deref() == Some("yes"),
        answered_on: consent.answered_at.map(time::london_day),
        state: application.state,
        reference: application.reference,
        may: may(application.consent, application.state),
        about,
    })
}

async fn find_page(tx: &mut Tx, services: &Services, token: &str) -> Result<(Consent, Application, About)> {
    let found = find(tx, token, Link::Page).await?;
    if services.today() > found.2.ends_on {
        return Err(Error::refused("These dates are over, so this private page is closed."));
    }
    Ok(found)
}

/// What became of a change of mind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeOfMind {
    /// It was kept, and everybody concerned was told.
    Kept,
    /// It was so already: nothing changed.
    AsBefore,
}

/// Takes back a yes. The learner and the coordinators are told, without a reason; a place that is held goes
/// to somebody else, and an application that nobody has decided stays where it is.
///
/// # Errors
/// [`Error::NotFound`] for an unknown link, [`Error::Refused`] when the application has ended.
pub async fn withdraw_consent(services: &Services, token: &str) -> Result<ChangeOfMind> {
    change(services, token, Change::Withdraws).await
}

/// Says yes after a no, while the application is live.
///
/// # Errors
/// As [`withdraw_consent`].
pub async fn agree_after_all(services: &Services, token: &str) -> Result<ChangeOfMind> {
    change(services, token, Change::Gives).await
}

async fn change(services: &Services, token: &str, change: Change) -> Result<ChangeOfMind> {
    let mut tx = services.db.write().await?;
    let (consent, application, about) = find_page(&mut tx, services, token).await?;
    let mut application =
        store::applications::find_for_change(&mut tx, &application.reference).await?.ok_or(Error::NotFound)?;
    let agreed = change == Change::Gives;
    if consent.answer.as_deref() == Some(word(agreed)) {
        return Ok(ChangeOfMind::AsBefore);
    }
    if may(application.consent, application.state) != (if agreed { May::Agree } else { May::Withdraw }) {
        return Err(Error::refused(format!(
            "This application is {}, so there is nothing left to change.",
            application.state.in_words()
        )));
    }
    if !store::consents::change_answer(&mut tx, application.id, word(agreed), services.now()).await? {
        return Ok(ChangeOfMind::AsBefore);
    }
    settle(&mut tx, services, &consent, &mut application, &about, change).await?;
    tx.commit().await?;
    Ok(ChangeOfMind::Kept)
}

/// Mails a new link to the private page, for somebody who has the used link of the first email.
///
/// # Errors
/// [`Error::NotFound`] for an unknown link; [`Error::Refused`] when it was not answered, or one was mailed less
/// than an hour ago.
pub async fn send_page_again(services: &Services, token: &str) -> Result<()> {
    let mut tx = services.db.write().await?;
    let (consent, application, about) = find(&mut tx, token, Link::Answer).await?;
    if consent.answer.is_none() {
        return Err(Error::refused(
            "You have not answered yet, so there is no private page. Answer by this link first.",
        ));
    }
    // Two at once: the first one's letter is enough.
    store::applications::find_for_change(&mut tx, &application.reference).await?;
    let newest = store::consents::newest_link(&mut tx, application.id, Link::Page).await?;
    if newest.is_some_and(|at| services.now().seconds_since(at) < 3600) {
        return Err(Error::refused("We sent you a link less than an hour ago. Look in your spam folder too."));
    }
    let page = new_page(&mut tx, services, &consent).await?;
    let letter = letters::consent_page(&facts(services, &application, &about), &consent.guardian_name, &page);
    write_to(&mut tx, services, &consent, "consent_page", &services.now().0.to_string(), letter).await?;
    tx.commit().await?;
    Ok(())
}
