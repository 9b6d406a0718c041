//! The learner's side: their days, and "this is wrong".

use chrono::NaiveDate;
use domain::Role;
use domain::attendance::Attended;
use domain::ids::{AccountId, SessionId};
use store::Tx;
use store::applications::{About, Application};
use store::attendance::{Day, OpenQuestion, Question, RunSession};

use super::forms::{Checked, No};
use super::record::reason_of;
use super::{Host, came, counted_days, find_as_coordinator, tell_learner_again};
use crate::applications::{facts, tell_coordinators};
use crate::messages::letters;
use crate::{Ctx, Error, Result, Services, audit, policy};

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

/// Those who say that a day is wrong and wait for an answer, for a coordinator who decides.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for everybody but coordinators.
pub async fn open_questions(ctx: &Ctx) -> Result<Vec<OpenQuestion>> {
    let (_, membership, organisation) = policy::coordinator(ctx)?;
    if !membership.can_decide {
        return Ok(Vec::new());
    }
    let mut tx = ctx.services.db.read().await?;
    Ok(store::attendance::list_open_questions(&mut tx, organisation).await?)
}

/// The learner says that their attendance is wrong; the coordinators are told, without the words.
///
/// # Errors
/// [`Error::Refused`] when nothing is written or recorded, or when one is open already.
pub async fn say_wrong(ctx: &Ctx, typed: &str, said: &str) -> Result<()> {
    let mut tx = ctx.services.db.write().await?;
    say(&mut tx, ctx, typed, said, true).await?;
    tx.commit().await?;
    Ok(())
}

/// Checks the same and, where `really`, says it.
pub(super) async fn say(tx: &mut Tx, ctx: &Ctx, typed: &str, said: &str, really: bool) -> Checked {
    let (application, about) = crate::applications::own(tx, ctx, typed, really).await?;
    let actor = policy::own(ctx, application.learner)?.account;
    let said = reason_of(said, "said", "Write which day is wrong, and what is right.")?;
    if store::attendance::list_days(tx, application.id).await?.is_empty() {
        return Err(No::at("", "Nothing is recorded yet, so there is nothing to put right."));
    }
    match store::attendance::find_open_question(tx, application.id).await? {
        Some(open) if open.said == said => return Ok(()),
        Some(_) => {
            return Err(No::at("", "You have told them already. You get an email when they have looked at it."));
        }
        None => {}
    }
    if really {
        insert(tx, &ctx.services, &application, &about, actor, said).await?;
    }
    Ok(())
}

/// Keeps what the learner says, and tells the coordinators, without the words.
pub(crate) async fn insert(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    about: &About,
    learner: AccountId,
    said: &str,
) -> Result<()> {
    let id = services.uuid();
    store::attendance::insert_question(tx, id, application.id, said, services.now()).await?;
    audit::record(
        tx,
        services,
        Some(learner),
        Role::Learner,
        "question_attendance",
        "application",
        application.id,
        Some(about.organisation),
        serde_json::json!({}),
    )
    .await?;
    let letter = letters::attendance_question(&facts(services, application, about));
    tell_coordinators(tx, services, about, &id.to_string(), "attendance_question", &letter).await
}

/// A coordinator has looked at it and leaves it as it is, with an answer that the learner reads.
///
/// # Errors
/// [`Error::NotFound`] for everybody but the provider's coordinators who decide; [`Error::Refused`] without
/// an answer, or when nothing was asked.
pub async fn keep(ctx: &Ctx, session: SessionId, typed: &str, said: &str) -> Result<()> {
    let mut tx = ctx.services.db.write().await?;
    answer(&mut tx, ctx, session, typed, said, true).await?;
    tx.commit().await?;
    Ok(())
}

/// Checks the same and, where `really`, answers.
pub(super) async fn answer(
    tx: &mut Tx,
    ctx: &Ctx,
    session: SessionId,
    typed: &str,
    said: &str,
    really: bool,
) -> Checked {
    let (run, host) = find_as_coordinator(tx, ctx, session).await?;
    let application = came(tx, session, typed).await?;
    let said = reason_of(said, "answer", "Write an answer. The learner reads it.")?;
    if store::attendance::find_open_question(tx, application.id).await?.is_none() {
        // A second press is no mistake.
        let newest = store::attendance::list_questions(tx, application.id).await?.pop();
        return if newest.is_some_and(|one| one.answer == said) {
            Ok(())
        } else {
            Err(No::at("", "There is no open question about this attendance."))
        };
    }
    if really {
        let application = store::applications::find_for_change(tx, &application.reference).await?;
        let application = application.ok_or(Error::NotFound)?;
        leave_as_is(tx, &ctx.services, host, &run, &application, said).await?;
    }
    Ok(())
}

/// Answers the open question, and tells the learner that there is an answer.
pub(crate) async fn leave_as_is(
    tx: &mut Tx,
    services: &Services,
    host: Host,
    run: &RunSession,
    application: &Application,
    said: &str,
) -> Result<()> {
    if !store::attendance::answer_question(tx, application.id, said, host.account, services.now()).await? {
        return Err(Error::refused("There is no open question about this attendance."));
    }
    audit::record(
        tx,
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
    let about = store::applications::about_session(tx, run.id).await?.ok_or(Error::NotFound)?;
    let letter = letters::attendance_kept(&facts(services, application, &about));
    tell_learner_again(tx, services, application, "attendance_kept", letter).await
}
