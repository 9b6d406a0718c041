//! The learner's answer, and what happens when everybody has answered or the day has passed.

use chrono::NaiveDate;
use domain::clearance::{ClearanceStatus, ConsentStatus, due_on};
use domain::eligibility::needs_consent;
use domain::ids::{ApplicationId, SessionId};
use domain::{Action, Role, State};
use store::Tx;
use store::applications::{About, Application};
use store::date_changes::DateChange;

use super::does_not_fit;
use super::propose::consent_again;
use crate::applications::{Move, confirm_if_ready, facts, move_on, own, promote_next, take_along, tell_learner};
use crate::messages::letters;
use crate::{Ctx, Error, Result, Services, priority};

/// Working days before the last day on which a learner is nudged.
const NUDGE_DAYS: u32 = 2;

/// What the learner's page asks.
#[derive(Debug, Clone)]
pub struct Question {
    /// The application.
    pub application: Application,
    /// The old dates.
    pub old: About,
    /// The new dates.
    pub new: About,
    /// The last day for an answer.
    pub answer_by: NaiveDate,
    /// Why the dates change, and the provider's own words.
    pub why: (&'static str, String),
    /// What they said: "yes", "no", or "none" when the day passed.
    pub answer: Option<String>,
    /// Why they cannot say yes.
    pub problem: Option<String>,
    /// Whether a parent or carer will be asked again.
    pub asks_guardian: bool,
}

/// What somebody is asked about an application of their own.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's, and where nothing is asked.
pub async fn asked(ctx: &Ctx, typed: &str) -> Result<Question> {
    let mut tx = ctx.services.db.read().await?;
    let (application, _) = own(&mut tx, ctx, typed, false).await?;
    question(&mut tx, &ctx.services, application).await
}

async fn question(tx: &mut Tx, services: &Services, application: Application) -> Result<Question> {
    let change = store::date_changes::find_asked(tx, application.id).await?.ok_or(Error::NotFound)?;
    let (Some(new), Some(answer_by), Some(reason)) = (change.new, change.answer_by, change.reason) else {
        return Err(Error::NotFound);
    };
    let old = store::applications::about_session(tx, change.old).await?.ok_or(Error::NotFound)?;
    let new = store::applications::about_session(tx, new).await?.ok_or(Error::NotFound)?;
    let answer = said(tx, &change, application.id).await?;
    let problem = if answer.is_none() { problem(tx, services, &application, &new).await? } else { None };
    let young = application.answers.date_of_birth().is_some_and(|born| needs_consent(born, new.starts_on));
    Ok(Question {
        asks_guardian: young,
        why: (reason.in_words(), change.note),
        application,
        old,
        new,
        answer_by,
        answer,
        problem,
    })
}

async fn said(tx: &mut Tx, change: &DateChange, application: ApplicationId) -> Result<Option<String>> {
    let answers = store::date_changes::list_answers(tx, change.id).await?;
    let one = answers.into_iter().find(|answer| answer.application == application);
    Ok(match (one.and_then(|one| one.answer), change.finished_at) {
        (None, Some(_)) => Some("none".to_owned()),
        (answer, _) => answer,
    })
}

/// Why somebody cannot say yes: their age, another place on these days, or nobody to ask for consent.
async fn problem(tx: &mut Tx, services: &Services, application: &Application, new: &About) -> Result<Option<String>> {
    if let Some(why) = does_not_fit(new, application, services.today()) {
        return Ok(Some(why));
    }
    let overlap =
        store::applications::overlapping_places(tx, application.learner, application.id, new.starts_on, new.ends_on)
            .await?;
    if let [clash, ..] = overlap.as_slice() {
        return Ok(Some(format!(
            "You have a place on these days already: {}. Withdraw from that one first, or say that you cannot come.",
            clash.in_words()
        )));
    }
    let young = application.answers.date_of_birth().is_some_and(|born| needs_consent(born, new.starts_on));
    if young && domain::form::tidy_email(application.answers.get("guardian-email")).is_none() {
        return Ok(Some(
            "You will be under 18 on the new first day, so a parent or carer has to agree. We do not know whom to ask. Ask the provider to apply with you again.".to_owned(),
        ));
    }
    Ok(None)
}

/// Keeps the learner's answer. A yes takes the place along to the new dates, where consent and checks are
/// settled again; a no ends it, with priority elsewhere. The same answer again changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's; [`Error::Refused`] when it is too late, or the new dates do not fit.
pub async fn answer(ctx: &Ctx, typed: &str, yes: bool) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (mut application, old) = own(&mut tx, ctx, typed, true).await?;
    let change = store::date_changes::find_asked(&mut tx, application.id).await?.ok_or(Error::NotFound)?;
    let word = if yes { "yes" } else { "no" };
    match said(&mut tx, &change, application.id).await? {
        Some(said) if said == word => return Ok(()),
        Some(said) if said == "none" => {
            return Err(Error::refused("The time to answer is over. You can ask for other places."));
        }
        Some(_) => {
            return Err(Error::refused("You have answered already. Talk with the provider if that has changed."));
        }
        None => {}
    }
    if !matches!(application.state, State::Accepted | State::Confirmed) {
        return Err(Error::refused("You do not have this place any more, so there is nothing to answer."));
    }
    let new = change.new.ok_or(Error::NotFound)?;
    store::applications::lock_session(&mut tx, new).await?;
    let new = store::applications::about_session(&mut tx, new).await?.ok_or(Error::NotFound)?;
    if yes {
        if let Some(words) = problem(&mut tx, services, &application, &new).await? {
            return Err(Error::Refused(words));
        }
        say_yes(&mut tx, services, &mut application, &new, &ctx.actor()?.account).await?;
    } else {
        say_no(&mut tx, services, &change, &mut application, &old, true).await?;
    }
    store::date_changes::answer(&mut tx, change.id, application.id, word, services.now()).await?;
    if nobody_left(&mut tx, &change).await? {
        finish(&mut tx, services, &change).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn say_yes(
    tx: &mut Tx,
    services: &Services,
    application: &mut Application,
    new: &About,
    actor: &domain::ids::AccountId,
) -> Result<()> {
    if !take_along(tx, services, application, new.session).await? {
        return Err(Error::refused("There is no place on the new dates any more. Ask the provider."));
    }
    consent_again(tx, services, application, new).await?;
    let note = format!("New dates: {}", new.dates());
    let step = Move { action: Action::ChangeDates, role: Role::Learner, actor: Some(*actor), note: &note };
    move_on(tx, services, application, new, step).await?;
    checks_again(tx, services, application, new).await?;
    let mut waits: Vec<String> = store::applications::list_clearances(tx, application.id)
        .await?
        .iter()
        .filter(|check| check.mandatory && !check.status.is_settled())
        .map(|check| check.label().to_owned())
        .collect();
    if application.consent == ConsentStatus::Asked {
        waits.insert(0, "Your parent or carer's yes to the new dates".into());
    }
    let letter = letters::date_change_agreed(&facts(services, application, new), &waits);
    tell_learner(tx, services, application, "date_change_agreed", letter).await?;
    confirm_if_ready(tx, services, application, new).await?;
    Ok(())
}

/// A check that ends before the new last day is open again; one that is open is due for the new first day.
async fn checks_again(tx: &mut Tx, services: &Services, application: &Application, new: &About) -> Result<()> {
    let today = services.today();
    for mut check in store::applications::list_clearances(tx, application.id).await? {
        let ends_before =
            check.status == ClearanceStatus::Met && check.valid_until.is_some_and(|day| day < new.ends_on);
        if ends_before {
            check.status = ClearanceStatus::Requested;
            check.requested_on = today;
            check.settled = None;
            check.seen_on = None;
            check.valid_until = None;
            check.reused_from = None;
        }
        if check.status == ClearanceStatus::Requested {
            check.due_on = due_on(check.requested_on, check.lead_days, new.starts_on);
            store::applications::save_clearance(tx, &check).await?;
        }
    }
    Ok(())
}

/// Ends the place of somebody who cannot come then, or who did not answer.
async fn say_no(
    tx: &mut Tx,
    services: &Services,
    change: &DateChange,
    application: &mut Application,
    old: &About,
    answered: bool,
) -> Result<()> {
    let note = if answered { "Cannot come on the new dates" } else { "No answer about the new dates" };
    // The provider's doing, whoever presses the button: it was they who changed the dates.
    let actor = change.proposed.map(|(by, _)| by);
    let step = Move { action: Action::Cancel, role: Role::Coordinator, actor, note };
    move_on(tx, services, application, old, step).await?;
    priority::grant_rebook_priority(tx, services, application.learner, application.id).await?;
    let letter = letters::date_change_not_coming(&facts(services, application, old), answered);
    tell_learner(tx, services, application, "date_change_not_coming", letter).await
}

/// Those who were asked, hold a place on the old dates still, and have not answered.
async fn pending(tx: &mut Tx, change: &DateChange) -> Result<Vec<Application>> {
    let mut pending = Vec::new();
    for answer in store::date_changes::list_answers(tx, change.id).await? {
        if answer.answer.is_some() {
            continue;
        }
        if let Some(application) = store::applications::find_by_id(tx, answer.application).await?
            && application.session == change.old
            && matches!(application.state, State::Accepted | State::Confirmed)
        {
            pending.push(application);
        }
    }
    Ok(pending)
}

async fn nobody_left(tx: &mut Tx, change: &DateChange) -> Result<bool> {
    Ok(pending(tx, change).await?.is_empty())
}

/// Nobody is asked any more: what is free on the new dates goes to the waiting list.
pub(super) async fn finish(tx: &mut Tx, services: &Services, change: &DateChange) -> Result<()> {
    if !store::date_changes::mark_finished(tx, change.id, services.now()).await? {
        return Ok(());
    }
    let Some(new) = change.new else { return Ok(()) };
    if let Some(about) = store::applications::about_session(tx, new).await? {
        promote_next(tx, services, &about).await?;
    }
    Ok(())
}

/// The new dates were cancelled too: those who are still asked are told with everybody else, and nobody is
/// asked any more. Their applications, with what they are about.
pub(crate) async fn close_into(tx: &mut Tx, new: SessionId) -> Result<Vec<(Application, About)>> {
    let Some(change) = store::date_changes::open_into(tx, new).await? else { return Ok(Vec::new()) };
    let Some(old) = store::applications::about_session(tx, change.old).await? else { return Ok(Vec::new()) };
    Ok(pending(tx, &change).await?.into_iter().map(|application| (application, old.clone())).collect())
}

/// What the clock does: nudges, takes no answer as a no, and closes what everybody has answered.
pub(crate) async fn due(services: &Services) -> Result<()> {
    let today = services.today();
    let mut tx = services.db.read().await?;
    let open = store::date_changes::list_open(&mut tx).await?;
    drop(tx);
    for change in open {
        if let Err(error) = due_one(services, &change, today).await {
            tracing::error!(change = %change.id, %error, "what is due of a change of dates could not be done");
        }
    }
    Ok(())
}

async fn due_one(services: &Services, change: &DateChange, today: NaiveDate) -> Result<()> {
    let (Some(by), Some(new)) = (change.answer_by, change.new) else { return Ok(()) };
    let mut tx = services.db.read().await?;
    let waiting = pending(&mut tx, change).await?;
    drop(tx);
    if today <= by && !waiting.is_empty() && services.working_days.after(today, NUDGE_DAYS) < by {
        return Ok(());
    }
    for one in waiting {
        let mut tx = services.db.write().await?;
        let Some(mut application) = store::applications::find_for_change(&mut tx, &one.reference).await? else {
            continue;
        };
        let asked = said(&mut tx, change, application.id).await?.is_none();
        if !asked || !matches!(application.state, State::Accepted | State::Confirmed) {
            continue;
        }
        let old = store::applications::about_session(&mut tx, change.old).await?.ok_or(Error::NotFound)?;
        if today > by {
            say_no(&mut tx, services, change, &mut application, &old, false).await?;
            store::date_changes::answer(&mut tx, change.id, application.id, "none", services.now()).await?;
        } else {
            let new = store::applications::about_session(&mut tx, new).await?.ok_or(Error::NotFound)?;
            let letter = letters::date_change_nudge(&facts(services, &application, &old), &new.dates(), by);
            tell_learner(&mut tx, services, &application, "date_change_nudge", letter).await?;
        }
        tx.commit().await?;
    }
    let mut tx = services.db.write().await?;
    store::applications::lock_session(&mut tx, change.old).await?;
    store::applications::lock_session(&mut tx, new).await?;
    if nobody_left(&mut tx, change).await? {
        finish(&mut tx, services, change).await?;
    }
    tx.commit().await?;
    Ok(())
}
