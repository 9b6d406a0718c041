//! A learner corrects whom we ask: a mistyped address would otherwise never be answered.

use domain::Role;
use domain::clearance::ConsentStatus;
use domain::form::{self, Answers, Problem, Step};
use store::applications::{About, Application};
use store::keyed::Whose;

use super::ask;
use crate::applications::fill::circumstances_of;
use crate::applications::life::own;
use crate::{Ctx, Error, Result, audit};

/// Most corrections in a day: each writes to somebody.
const MOST: i64 = 5;
const DAY_MINUTES: i64 = 24 * 60;
const FIELDS: [&str; 2] = ["guardian-name", "guardian-email"];

/// The parent or carer's name and address, to be corrected.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The application's reference.
    pub reference: String,
    /// What it is about.
    pub about: About,
    /// The two answers as they are, or as they were typed.
    pub answers: Answers,
    /// What needs mending.
    pub problems: Vec<Problem>,
}

fn waits(application: &Application) -> Result<()> {
    if application.consent == ConsentStatus::Asked && application.state.is_live() {
        Ok(())
    } else {
        Err(Error::refused("We are not waiting for your parent or carer, so there is nothing to change."))
    }
}

fn whose(application: &Application) -> Whose {
    Whose { actor: application.learner, session: application.session, subject: application.learner }
}

/// Whom we ask now. `tried`: what was typed last, and what is wrong with it.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's; [`Error::Refused`] when nobody is waited for.
pub async fn correction(ctx: &Ctx, reference: &str, tried: bool) -> Result<Correction> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = own(&mut tx, ctx, reference, false).await?;
    waits(&application)?;
    let typed = if tried { store::keyed::find(&mut tx, whose(&application)).await? } else { None };
    let mut answers = Answers::default();
    for field in FIELDS {
        answers.set(field, typed.as_ref().unwrap_or(&application.answers).get(field));
    }
    let problems = if typed.is_some() {
        let email = ctx.actor()?.email.clone();
        let around = circumstances_of(&mut tx, &ctx.services, &answers, email, &about).await?;
        form::check(Step::Guardian, &answers, &around)
    } else {
        Vec::new()
    };
    Ok(Correction { reference: application.reference, about, answers, problems })
}

/// Keeps the corrected name and address, and asks there; the old links stop working. False when it needs
/// mending: what was typed is kept.
///
/// # Errors
/// As [`correction`]; [`Error::TooMany`] after five in a day.
pub async fn correct_guardian(ctx: &Ctx, reference: &str, name: &str, email: &str) -> Result<bool> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (mut application, about) = own(&mut tx, ctx, reference, true).await?;
    waits(&application)?;
    let mut answers = Answers::default();
    for (field, value) in FIELDS.into_iter().zip([name, email]) {
        answers.set(field, value.trim().chars().take(form::LONGEST).collect::<String>());
    }
    let own_email = ctx.actor()?.email.clone();
    let around = circumstances_of(&mut tx, services, &answers, own_email, &about).await?;
    if !form::check(Step::Guardian, &answers, &around).is_empty() {
        store::keyed::save(&mut tx, whose(&application), &answers, services.now()).await?;
        tx.commit().await?;
        return Ok(false);
    }
    let (now, subject) = (services.now(), application.learner.to_string());
    let (made, oldest) =
        store::sign_ins::count_attempts(&mut tx, "correct_guardian", &subject, now.plus_minutes(-DAY_MINUTES)).await?;
    if made >= MOST {
        let free = oldest.unwrap_or(now).plus_minutes(DAY_MINUTES);
        return Err(Error::TooMany(free.seconds_since(now).max(1)));
    }
    store::sign_ins::record_attempt(&mut tx, "correct_guardian", &subject, now).await?;
    for field in FIELDS {
        application.answers.set(field, answers.get(field));
    }
    if !store::applications::save(&mut tx, &application).await? {
        return Err(Error::refused("Somebody changed this application a moment ago. Load the page again."));
    }
    application.version += 1;
    store::keyed::forget(&mut tx, whose(&application)).await?;
    audit::record(
        &mut tx,
        services,
        Some(application.learner),
        Role::Learner,
        "correct_guardian",
        "application",
        application.id,
        Some(about.organisation),
        serde_json::json!({}),
    )
    .await?;
    ask(&mut tx, services, &application, &about).await?;
    tx.commit().await?;
    Ok(true)
}
