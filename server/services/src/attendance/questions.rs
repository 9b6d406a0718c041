//! The learner's side: their days, and "this is wrong".

use chrono::NaiveDate;
use domain::attendance::Attended;
use domain::ids::SessionId;
use domain::{Role, State, reference};
use store::attendance::{Day, Question};

use super::record::LONGEST;
use super::{counted_days, find};
use crate::applications::{facts, tell_coordinators, tell_learner};
use crate::messages::letters;
use crate::{Ctx, Error, Result, audit, policy};

/// A learner's own attendance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The session's days that count.
    pub days: Vec<NaiveDate>,
    /// What is recorded.
    pub recorded: Vec<Day>,
    /// What it adds up to.
    pub attended: Attended,
    /// What they said about it, and were answered.
    pub questions: Vec<Question>,
    /// Whether they can say that it is wrong: something is recorded, and no question is open.
    pub can_ask: bool,
}

/// A learner's own attendance; `None` while nothing is recorded.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's.
pub async fn own(ctx: &Ctx, typed: &str) -> Result<Option<Own>> {
    let services = &ctx.services;
    let mut tx = services.db.read().await?;
    let (application, _) = crate::applications::own(&mut tx, ctx, typed, false).await?;
    let recorded = store::attendance::list_days(&mut tx, application.id).await?;
    let questions = store::attendance::list_questions(&mut tx, application.id).await?;
    if recorded.is_empty() && questions.is_empty() {
        return Ok(None);
    }
    let run = store::attendance::find_session(&mut tx, application.session).await?.ok_or(Error::NotFound)?;
    Ok(Some(Own {
        days: counted_days(&mut tx, services, &run).await?,
        attended: Attended::of(recorded.iter().filter_map(|day| Some((day.mark?, day.minutes)))),
        can_ask: !recorded.is_empty() && questions.iter().all(|one| one.answered_at.is_some()),
        recorded,
        questions,
    }))
}

/// The learner says that their attendance is wrong; the coordinators are told, without the words.
///
/// # Errors
/// [`Error::Refused`] when nothing is written or recorded, or when one is open already.
pub async fn say_wrong(ctx: &Ctx, typed: &str, said: &str) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (application, about) = crate::applications::own(&mut tx, ctx, typed, true).await?;
    let actor = policy::own(ctx, application.learner)?.account;
    let said = said.trim();
    if said.is_empty() {
        return Err(Error::refused("Write what is wrong."));
    }
    if said.chars().count() > LONGEST {
        return Err(Error::refused(format!("Use {LONGEST} characters or fewer.")));
    }
    if store::attendance::list_days(&mut tx, application.id).await?.is_empty() {
        return Err(Error::refused("Nothing is recorded yet, so there is nothing to put right."));
    }
    if store::attendance::find_open_question(&mut tx, application.id).await?.is_some() {
        return Err(Error::refused("You have told them already. You get an email when they have looked at it."));
    }
    let id = services.uuid();
    store::attendance::insert_question(&mut tx, id, application.id, said, services.now()).await?;
    let detail = serde_json::json!({});
    let by = Some(actor);
    let provider = Some(about.organisation);
    audit::record(
        &mut tx,
        services,
        by,
        Role::Learner,
        "question_attendance",
        "application",
        application.id,
        provider,
        detail,
    )
    .await?;
    let letter = letters::attendance_question(&facts(services, &application, &about));
    tell_coordinators(&mut tx, services, &about, &id.to_string(), "attendance_question", &letter).await?;
    tx.commit().await?;
    Ok(())
}

/// A coordinator has looked at it and leaves it as it is, with an answer that the learner reads.
///
/// # Errors
/// [`Error::NotFound`] for everybody but the provider's coordinators who decide; [`Error::Refused`] without
/// an answer, or when nothing was asked.
pub async fn keep(ctx: &Ctx, session: SessionId, typed: &str, answer: &str) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (run, host) = find(&mut tx, ctx, session).await?;
    if host.role != Role::Coordinator {
        return Err(Error::NotFound);
    }
    let application = store::applications::find_for_change(&mut tx, &reference::tidy_reference(typed))
        .await?
        .filter(|one| one.session == session && one.state != State::Draft)
        .ok_or(Error::NotFound)?;
    let answer = answer.trim();
    if answer.is_empty() {
        return Err(Error::refused("Write an answer. The learner reads it."));
    }
    if answer.chars().count() > LONGEST {
        return Err(Error::refused(format!("Use {LONGEST} characters or fewer.")));
    }
    let now = services.now();
    if !store::attendance::answer_question(&mut tx, application.id, answer, host.account, now).await? {
        return Err(Error::refused("There is no open question about this attendance."));
    }
    audit::record(
        &mut tx,
        services,
        Some(host.account),
        host.role,
        "keep_attendance",
        "application",
        application.id,
        Some(run.organisation),
        serde_json::json!({}),
    )
    .await?;
    let about = store::applications::about_session(&mut tx, session).await?.ok_or(Error::NotFound)?;
    let letter = letters::attendance_kept(&facts(services, &application, &about));
    let template = "attendance_kept";
    // An answer does not change the application, so its version would not tell two answers apart.
    let account = store::accounts::find(&mut tx, application.learner).await?.ok_or(Error::NotFound)?;
    if domain::form::has_email(&account.email) {
        let outgoing = crate::messages::Outgoing {
            key: format!("{template}:{}:{}", application.id, now.0),
            to: account.email,
            template,
            letter,
            application: Some(application.id),
        };
        crate::messages::queue(&mut tx, services, outgoing).await?;
    } else {
        tell_learner(&mut tx, services, &application, template, letter).await?;
    }
    tx.commit().await?;
    Ok(())
}
