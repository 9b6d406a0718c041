//! Proposing new dates: who is told what, and doing it.

use chrono::NaiveDate;
use domain::clearance::ConsentStatus;
use domain::eligibility::needs_consent;
use domain::ids::{DateChangeId, SessionId};
use domain::places::{ANSWER_DAYS, last_offer_day};
use domain::{Action, Role, State};
use store::Tx;
use store::applications::{About, Application};
use store::sessions::Session;

use super::{Proposal, cannot, does_not_fit, moved, read};
use crate::applications::{Move, ask_guardian, facts, move_on, respond_by, take_along, tell_learner};
use crate::context::hash;
use crate::messages::Letter;
use crate::messages::letters::{self, NewDates};
use crate::{Ctx, Error, Result, Services, audit, policy};

/// What the new dates mean for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// They hold a place, and are asked.
    Asked,
    /// Their offer is for the new dates now, to be answered by this day.
    OfferMoves(NaiveDate),
    /// Their application goes on with the new dates.
    Moves,
    /// They cannot come then: why.
    DoesNotFit(String),
}

/// Somebody who is told, and what they read.
#[derive(Debug, Clone)]
pub struct Told {
    /// Their application.
    pub application: Application,
    /// What it means for them.
    pub fate: Fate,
    /// The letter, word for word.
    pub letter: Letter,
}

/// Everybody under way in the session: those who sent an application, and those who only began one.
pub(super) async fn gather(
    tx: &mut Tx,
    services: &Services,
    about: &About,
    proposal: &Proposal,
) -> Result<(Vec<Told>, Vec<Told>)> {
    let today = services.today();
    let new = moved(about, proposal, about.session);
    let (old_dates, new_dates) = (about.dates(), new.dates());
    let said = NewDates { old: &old_dates, new: &new_dates, reason: proposal.reason, note: &proposal.note };
    let mut told = Vec::new();
    for application in store::applications::list_of_session(tx, about.session).await? {
        if !application.state.is_live() {
            continue;
        }
        let facts = facts(services, &application, about);
        let unfit = does_not_fit(&new, &application, today);
        let (fate, letter) = match (application.state, unfit) {
            (State::Accepted | State::Confirmed, _) => {
                (Fate::Asked, letters::date_change_asked(&facts, &said, proposal.answer_by))
            }
            (_, Some(why)) => {
                let letter = letters::dates_do_not_fit(&facts, &said, &why);
                (Fate::DoesNotFit(why), letter)
            }
            (State::Offered, None) => {
                let by = respond_by(services, &new, ANSWER_DAYS);
                (Fate::OfferMoves(by), letters::dates_moved(&facts, &said, Some(by)))
            }
            _ => (Fate::Moves, letters::dates_moved(&facts, &said, None)),
        };
        told.push(Told { application, fate, letter });
    }
    told.sort_by_key(|one| (!one.application.state.holds_place(), one.application.id));
    Ok(told.into_iter().partition(|one| one.application.state != State::Draft))
}

/// Of every letter that was shown.
pub(super) fn fingerprint(told: &[Told]) -> String {
    let mut all = String::new();
    for one in told {
        all.push_str(&format!("{}\n{}\n{}\n", one.application.reference, one.letter.subject, one.letter.text()));
    }
    hash(&all)
}

/// Proposes what was read in the preview: from now on the old dates are closed, and people are asked. The
/// same again changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for another provider's and without the right to decide; [`Error::Refused`] when what
/// would be sent has changed since it was read.
pub async fn propose(ctx: &Ctx, id: DateChangeId, read_before: &str) -> Result<()> {
    let services = &ctx.services;
    let (now, today) = (services.now(), services.today());
    let mut tx = services.db.write().await?;
    let found = store::date_changes::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    store::applications::lock_session(&mut tx, found.old).await?;
    let mut change = store::date_changes::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let actor = policy::coordinator_of(ctx, change.organisation, |member| member.can_decide)?.account;
    if change.proposed.is_some() {
        return Ok(());
    }
    let about = store::applications::about_session(&mut tx, change.old).await?.ok_or(Error::NotFound)?;
    if let Some(words) = cannot(&mut tx, &about, today).await? {
        return Err(Error::Refused(words));
    }
    let proposal = read(&about, &change.typed, today).map_err(|_| Error::refused("Fill in the new dates first."))?;
    let (told, drafts) = gather(&mut tx, services, &about, &proposal).await?;
    if fingerprint(&told) != read_before {
        return Err(Error::refused(
            "Who is told, or what they are told, has changed since you read it. Read it again.",
        ));
    }
    let new = open_session(&mut tx, services, &about, &proposal).await?;
    change.new = Some(new.session);
    change.reason = Some(proposal.reason);
    change.note.clone_from(&proposal.note);
    change.answer_by = Some(proposal.answer_by);
    change.proposed = Some((actor, now));
    store::date_changes::mark_proposed(&mut tx, &change).await?;
    let mut asked = 0;
    for one in told.into_iter().chain(drafts) {
        asked += i64::from(one.fate == Fate::Asked);
        carry_out(&mut tx, services, &change, &about, &new, one, actor).await?;
    }
    // Last, so that places can be given back and taken along before.
    store::sessions::cancel(&mut tx, about.session, now).await?;
    let detail = serde_json::json!({ "new_session": new.session.to_string(), "reason": proposal.reason.as_str() });
    audit::record(
        &mut tx,
        services,
        Some(actor),
        Role::Coordinator,
        "change_dates",
        "session",
        about.session,
        Some(about.organisation),
        detail,
    )
    .await?;
    if asked == 0 {
        super::answer::finish(&mut tx, services, &change).await?;
    }
    store::catalogue::changed(&mut tx, &[about.opportunity]).await?;
    tx.commit().await?;
    Ok(())
}

/// The session with the new dates: as many places, reserved as before.
async fn open_session(tx: &mut Tx, services: &Services, about: &About, proposal: &Proposal) -> Result<About> {
    let now = services.now();
    let old = store::sessions::find(tx, about.session).await?.ok_or(Error::NotFound)?;
    let id = SessionId(services.uuid());
    let new = moved(about, proposal, id);
    let session = Session {
        id,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        closes_on: new.closes_on,
        held: 0,
        cancelled_at: None,
        ..old
    };
    store::sessions::insert(tx, &session).await?;
    if let Some(places) = store::ledger::places(tx, about.session).await? {
        store::ledger::change(tx, id, &places, &[], now, "change_dates").await?;
    }
    Ok(store::applications::about_session(tx, id).await?.unwrap_or(new))
}

async fn carry_out(
    tx: &mut Tx,
    services: &Services,
    change: &store::date_changes::DateChange,
    old: &About,
    new: &About,
    told: Told,
    actor: domain::ids::AccountId,
) -> Result<()> {
    let Told { mut application, fate, letter } = told;
    let note = format!("New dates: {}", new.dates());
    let by_coordinator = |action| Move { action, role: Role::Coordinator, actor: Some(actor), note: &note };
    match fate {
        Fate::Asked => {
            store::date_changes::ask(tx, change.id, application.id, services.now()).await?;
            tell_learner(tx, services, &application, "date_change_asked", letter).await
        }
        Fate::DoesNotFit(why) => {
            let (action, role) = domain::cancelling::when_cancelled(application.state).ok_or(Error::NotFound)?;
            let step = Move { action, role, actor: (role == Role::Coordinator).then_some(actor), note: &why };
            move_on(tx, services, &mut application, old, step).await?;
            tell_learner(tx, services, &application, "dates_do_not_fit", letter).await
        }
        Fate::OfferMoves(by) => {
            if !take_along(tx, services, &mut application, new.session).await? {
                return Err(Error::Unexpected(format!("no place on the new dates for {}", application.reference)));
            }
            application.respond_by = Some(by);
            consent_again(tx, services, &mut application, new).await?;
            move_on(tx, services, &mut application, new, by_coordinator(Action::ChangeDates)).await?;
            tell_learner(tx, services, &application, "dates_moved", letter).await
        }
        Fate::Moves => {
            store::applications::change_session(tx, application.id, new.session).await?;
            application.session = new.session;
            if application.state != State::Draft {
                application.decide_by =
                    application.decide_by.map(|day| day.min(last_offer_day(new.starts_on)).max(services.today()));
                consent_again(tx, services, &mut application, new).await?;
                move_on(tx, services, &mut application, new, by_coordinator(Action::ChangeDates)).await?;
            }
            tell_learner(tx, services, &application, "dates_moved", letter).await
        }
    }
}

/// A parent or carer agreed to dates: for others they are asked again, and nobody is asked about an adult.
/// The caller saves the application.
pub(super) async fn consent_again(
    tx: &mut Tx,
    services: &Services,
    application: &mut Application,
    new: &About,
) -> Result<()> {
    let young = application.answers.date_of_birth().is_some_and(|born| needs_consent(born, new.starts_on));
    if !young {
        application.consent = ConsentStatus::NotNeeded;
    } else if application.consent != ConsentStatus::Refused {
        application.consent = ConsentStatus::Asked;
        ask_guardian(tx, services, application, new).await?;
    }
    Ok(())
}
