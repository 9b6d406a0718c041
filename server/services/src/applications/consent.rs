//! A parent or carer's answer: one private link, one answer, no account.

use domain::clearance::ConsentStatus;
use domain::ids::ApplicationId;
use domain::{Action, Role, State};
use store::Tx;
use store::applications::{About, Application};
use store::consents::Consent;

use super::life::{Move, confirm_if_ready, facts, move_on, tell_learner};
use super::places::promote_next;
use crate::context::hash;
use crate::messages::{Outgoing, letters, queue};
use crate::{Error, Result, Services, audit, time};

/// How long a consent link works, in days.
const LINK_DAYS: i64 = 28;

/// Asks the parent or carer named in the answers, with a new link.
pub(crate) async fn ask(tx: &mut Tx, services: &Services, application: &Application, about: &About) -> Result<()> {
    let token = services.token();
    let now = services.now();
    let consent = Consent {
        application: application.id,
        reference: application.reference.clone(),
        guardian_name: application.answers.get("guardian-name").to_owned(),
        guardian_email: domain::form::tidy_email(application.answers.get("guardian-email")).unwrap_or_default(),
        asked_at: now,
        ends_at: now.plus_days(LINK_DAYS),
        answer: None,
        answered_at: None,
    };
    store::consents::ask(tx, &consent, &hash(&token)).await?;
    let letter = letters::consent_request(
        &facts(services, application, about),
        &consent.guardian_name,
        &token,
        time::london_day(consent.ends_at),
    );
    let outgoing = Outgoing {
        key: format!("consent_request:{}:{}", application.id, hash(&token)),
        to: consent.guardian_email,
        template: "consent_request",
        letter,
        application: Some(application.id),
    };
    queue(tx, services, outgoing).await
}

/// What the private page says.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The parent or carer's name.
    pub guardian_name: String,
    /// The young person's name as they like it.
    pub learner_name: String,
    /// What, where and when.
    pub about: About,
    /// "yes" or "no", if it was answered.
    pub answer: Option<String>,
    /// Whether the link no longer takes an answer.
    pub over: bool,
}

async fn find(tx: &mut Tx, token: &str) -> Result<(Consent, Application, About)> {
    let consent = store::consents::find_by_token(tx, &hash(token)).await?.ok_or(Error::NotFound)?;
    let application = store::applications::find(tx, &consent.reference).await?.ok_or(Error::NotFound)?;
    let about = store::applications::about_application(tx, &application).await?;
    Ok((consent, application, about))
}

/// What is being asked behind this link.
///
/// # Errors
/// [`Error::NotFound`] for a link that was never sent or has been replaced.
pub async fn consent_asked(services: &Services, token: &str) -> Result<Asked> {
    let mut tx = services.db.read().await?;
    let (consent, application, about) = find(&mut tx, token).await?;
    Ok(Asked {
        guardian_name: consent.guardian_name,
        learner_name: application.answers.get("name").to_owned(),
        over: consent.answer.is_none() && (services.now() > consent.ends_at || !application.state.is_live()),
        about,
        answer: consent.answer,
    })
}

/// Keeps the answer. A yes may confirm an accepted place; a no tells the learner, and frees a place that
/// was accepted. A second answer changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for an unknown link, [`Error::Refused`] for one that is too old.
pub async fn answer_consent(services: &Services, token: &str, agreed: bool) -> Result<()> {
    let mut tx = services.db.write().await?;
    let (consent, application, about) = find(&mut tx, token).await?;
    if consent.answer.is_some() {
        return Ok(());
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
    if !store::consents::answer(&mut tx, application.id, if agreed { "yes" } else { "no" }, services.now()).await? {
        return Ok(());
    }
    application.consent = if agreed { ConsentStatus::Given } else { ConsentStatus::Refused };
    save(&mut tx, &mut application).await?;
    record(&mut tx, services, application.id, &about, agreed).await?;
    tell_learner(
        &mut tx,
        services,
        &application,
        "consent_answered",
        letters::consent_answered(&facts(services, &application, &about), agreed),
    )
    .await?;
    if agreed {
        confirm_if_ready(&mut tx, services, &mut application, &about).await?;
    } else if matches!(application.state, State::Accepted | State::Confirmed | State::Offered) {
        // Without consent nobody can come: the place goes to the next person.
        let step = Move { action: Action::Withdraw, role: Role::Guardian, actor: None, note: "consent refused" };
        move_on(&mut tx, services, &mut application, &about, step).await?;
        promote_next(&mut tx, services, &about).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn save(tx: &mut Tx, application: &mut Application) -> Result<()> {
    if !store::applications::save(tx, application).await? {
        return Err(Error::refused("Somebody changed this application a moment ago. Load the page again."));
    }
    application.version += 1;
    Ok(())
}

async fn record(tx: &mut Tx, services: &Services, id: ApplicationId, about: &About, agreed: bool) -> Result<()> {
    audit::record(
        tx,
        services,
        None,
        Role::Guardian,
        if agreed { "give_consent" } else { "refuse_consent" },
        "application",
        id,
        Some(about.organisation),
        serde_json::json!({}),
    )
    .await
}
