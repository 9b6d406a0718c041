//! A parent or carer's answer: a private link that takes one answer, then a private page of their own.
//! They need no account.

mod copies;
mod correct;
mod page;
mod question;
mod remind;
#[cfg(test)]
mod story;

pub(super) use copies::copy;
pub use correct::{Correction, correct_guardian, correction};
pub use page::{ChangeOfMind, GuardianPage, agree_after_all, guardian_page, send_page_again, withdraw_consent};
pub use question::{LONGEST_QUESTION, ask_question, question_about};
pub(crate) use remind::{remind_in, remind_unanswered};

use domain::clearance::ConsentStatus;
use domain::{Action, Role, State};
use store::Tx;
use store::applications::{About, Application};
use store::consents::{Consent, Link};

use super::life::{Move, confirm_if_ready, facts, move_on, tell_coordinators, tell_learner};
use super::places::promote_next;
use crate::context::hash;
use crate::messages::{Letter, Outgoing, letters, queue};
use crate::{Error, Result, Services, audit, time};

/// How long a consent link works, in days.
const LINK_DAYS: i64 = 28;

/// Asks the parent or carer named in the answers, with a new link.
pub(crate) async fn ask(tx: &mut Tx, services: &Services, application: &Application, about: &About) -> Result<()> {
    let email = domain::form::tidy_email(application.answers.get("guardian-email")).unwrap_or_default();
    let own = store::accounts::find(tx, application.learner).await?.map(|account| account.email).unwrap_or_default();
    // The form says so too; but an account's address, or the form's rule, may have changed since it was sent.
    if domain::form::same_mailbox(&email, &own) {
        return Err(Error::refused(
            "The address of your parent or carer is your own. We need theirs, so that they can answer themselves.",
        ));
    }
    // Somebody who was grown up on the dates that they asked for was never asked for one.
    if email.is_empty() {
        return Err(Error::refused("We need the name and email address of your parent or carer."));
    }
    let token = services.token();
    let now = services.now();
    let consent = Consent {
        application: application.id,
        reference: application.reference.clone(),
        guardian_name: application.answers.get("guardian-name").to_owned(),
        guardian_email: email,
        asked_at: now,
        ends_at: now.plus_days(LINK_DAYS),
        answer: None,
        answered_at: None,
        reminders: 0,
    };
    store::consents::ask(tx, &consent, &hash(&token)).await?;
    let letter = letters::consent_request(
        &facts(services, application, about),
        &consent.guardian_name,
        &token,
        time::london_day(consent.ends_at),
    );
    write_to(tx, services, &consent, "consent_request", &hash(&token), letter).await
}

/// Asks the parent or carer once more because something has changed. Where their address cannot be used, the
/// learner is told to give another one: one wrong address does not hold up everybody else.
pub(crate) async fn ask_anew(tx: &mut Tx, services: &Services, application: &Application, about: &About) -> Result<()> {
    match ask(tx, services, application, about).await {
        Err(Error::Refused(_)) => {
            let letter = letters::consent_no_address(&facts(services, application, about));
            tell_learner(tx, services, application, "consent_no_address", letter).await
        }
        asked => asked,
    }
}

/// A letter to the parent or carer themselves. `key` is against doubles.
async fn write_to(
    tx: &mut Tx,
    services: &Services,
    consent: &Consent,
    template: &'static str,
    key: &str,
    letter: Letter,
) -> Result<()> {
    let outgoing = Outgoing {
        key: format!("{template}:guardian:{}:{key}", consent.application),
        to: consent.guardian_email.clone(),
        template,
        letter,
        application: Some(consent.application),
    };
    queue(tx, services, outgoing).await
}

/// A new link to the private page; its token.
async fn new_page(tx: &mut Tx, services: &Services, consent: &Consent) -> Result<String> {
    let token = services.token();
    store::consents::add_link(tx, consent.application, &hash(&token), Link::Page, services.now(), None).await?;
    Ok(token)
}

/// What the page behind the link in the email says.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The parent or carer's name.
    pub guardian_name: String,
    /// The young person's name as they like it.
    pub learner_name: String,
    /// What, where and when.
    pub about: About,
    /// Whether it was answered: then the private page says what, and this link does not.
    pub answered: bool,
    /// Whether the link no longer takes an answer.
    pub over: bool,
}

async fn find(tx: &mut Tx, token: &str, link: Link) -> Result<(Consent, Application, About)> {
    let consent = store::consents::find_by_link(tx, &hash(token), link).await?.ok_or(Error::NotFound)?;
    let application = store::applications::find(tx, &consent.reference).await?.ok_or(Error::NotFound)?;
    let about = store::applications::about_application(tx, &application).await?;
    Ok((consent, application, about))
}

/// What is being asked behind this link. Looking does not use it up.
///
/// # Errors
/// [`Error::NotFound`] for a link that was never sent or has been replaced.
pub async fn consent_asked(services: &Services, token: &str) -> Result<Asked> {
    let mut tx = services.db.read().await?;
    let (consent, application, about) = find(&mut tx, token, Link::Answer).await?;
    let answered = consent.answer.is_some();
    Ok(Asked {
        guardian_name: consent.guardian_name,
        learner_name: application.answers.get("name").to_owned(),
        over: !answered && (services.now() > consent.ends_at || !application.state.is_live()),
        about,
        answered,
    })
}

/// Keeps the answer, and mails the parent or carer the link to their private page, whose token it returns.
/// A yes may confirm an accepted place; a no tells the learner, and frees a place that is held. A second
/// answer by the same link changes nothing and returns nothing.
///
/// # Errors
/// [`Error::NotFound`] for an unknown link, [`Error::Refused`] for one that is too old.
pub async fn answer_consent(services: &Services, token: &str, agreed: bool) -> Result<Option<String>> {
    let mut tx = services.db.write().await?;
    let (consent, application, about) = find(&mut tx, token, Link::Answer).await?;
    if consent.answer.is_some() {
        return Ok(None);
    }
    if services.now() > consent.ends_at {
        return Err(Error::refused(
            "This link is too old. Ask the young person to send you a new one from their page.",
        ));
    }
    let mut application =
        store::applications::find_for_change(&mut tx, &application.reference).await?.ok_or(Error::NotFound)?;
    if !application.state.is_live() {
        return Err(Error::refused("This application has ended, so there is nothing left to agree to."));
    }
    if !store::consents::answer(&mut tx, application.id, word(agreed), services.now()).await? {
        return Ok(None);
    }
    let change = if agreed { Change::Gives } else { Change::Refuses };
    let page = settle(&mut tx, services, &consent, &mut application, &about, change).await?;
    tx.commit().await?;
    Ok(Some(page))
}

fn word(agreed: bool) -> &'static str {
    if agreed { "yes" } else { "no" }
}

/// What becomes of the consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Gives,
    Refuses,
    /// Takes back a yes.
    Withdraws,
}

impl Change {
    fn action(self) -> &'static str {
        match self {
            Self::Gives => "give_consent",
            Self::Refuses => "refuse_consent",
            Self::Withdraws => "withdraw_consent",
        }
    }
}

/// After the answer was kept: the application's consent, the audit line, and whoever has to hear of it. The
/// caller has locked the application. Returns the token of a new link to the private page.
pub(crate) async fn settle(
    tx: &mut Tx,
    services: &Services,
    consent: &Consent,
    application: &mut Application,
    about: &About,
    change: Change,
) -> Result<String> {
    let agreed = change == Change::Gives;
    application.consent = if agreed { ConsentStatus::Given } else { ConsentStatus::Refused };
    if !store::applications::save(tx, application).await? {
        return Err(Error::refused("Somebody changed this application a moment ago. Load the page again."));
    }
    application.version += 1;
    audit::record(
        tx,
        services,
        None,
        Role::Guardian,
        change.action(),
        "application",
        application.id,
        Some(about.organisation),
        serde_json::json!({}),
    )
    .await?;
    let page = new_page(tx, services, consent).await?;
    let letter = letters::consent_kept(&facts(services, application, about), &consent.guardian_name, agreed, &page);
    write_to(tx, services, consent, "consent_kept", &application.version.to_string(), letter).await?;
    // Without consent nobody under 18 can come: a place that is held goes to the next person.
    let freed = !agreed && application.state.holds_place();
    let waiting = application.state == State::Waitlisted;
    let letter = match change {
        Change::Refuses if !freed => letters::consent_answered(&facts(services, application, about), false, waiting),
        Change::Gives => letters::consent_answered(&facts(services, application, about), true, waiting),
        Change::Refuses | Change::Withdraws => letters::consent_over(&facts(services, application, about), freed),
    };
    tell_learner(tx, services, application, "consent_answered", letter).await?;
    if agreed {
        confirm_if_ready(tx, services, application, about).await?;
        if application.state == State::Waitlisted {
            // The list went on without them until now: a place may be free that was theirs.
            promote_next(tx, services, about).await?;
        }
        return Ok(page);
    }
    if freed {
        let note = if change == Change::Withdraws { "consent withdrawn" } else { "consent refused" };
        let step = Move { action: Action::Withdraw, role: Role::Guardian, actor: None, note };
        move_on(tx, services, application, about, step).await?;
    }
    if freed || change == Change::Withdraws {
        let letter = letters::consent_gone(&about.title, &application.reference, freed, &services.settings.base_url);
        let key = format!("{}:{}", application.id, application.version);
        tell_coordinators(tx, services, about, &key, "consent_gone", &letter).await?;
    }
    if freed {
        promote_next(tx, services, about).await?;
    }
    Ok(page)
}
