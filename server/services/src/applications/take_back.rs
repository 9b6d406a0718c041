//! A coordinator takes an offer back: with a reason, after reading the message. What is written on the way
//! is kept as it is for a no, since the two never happen to one application at once.

use domain::places::{FreedPlace, Pool, TakeBackReason};
use domain::{Action, Role, State};
use store::Tx;
use store::applications::{About, Application};
use store::ledger;

use super::decide::{Decision, Preview, find, fingerprint};
use super::draft_no::DraftNo;
use super::life::{Move, facts, move_on, tell_learner};
use super::places::{one_fewer, promote_next};
use crate::messages::letters;
use crate::{Actor, Ctx, Error, Result, policy};

/// What somebody has begun to write about taking an offer back, and the message once it is written.
#[derive(Debug, Clone)]
pub struct TakeBack {
    /// The application.
    pub application: Application,
    /// What it is about.
    pub about: About,
    /// What was written so far: the word of a reason, and an own sentence.
    pub draft: DraftNo,
    /// The message; `None` while there is no reason, or the sentence is too long.
    pub preview: Option<Preview>,
    /// Whether there can be one place fewer: not when it is the only one.
    pub can_be_fewer: bool,
}

async fn load<'a>(tx: &mut Tx, ctx: &'a Ctx, typed: &str, change: bool) -> Result<(Application, About, &'a Actor)> {
    let (application, about) = find(tx, ctx, typed, change).await?;
    let actor = policy::coordinator_of(ctx, about.organisation, |m| m.can_decide)?;
    Ok((application, about, actor))
}

/// The reason and the sentence, once both can be used.
fn written(draft: &DraftNo) -> Option<(TakeBackReason, &str)> {
    let reason = TakeBackReason::parse(&draft.reason)?;
    (draft.note.chars().count() <= Decision::LONGEST_NOTE).then_some((reason, draft.note.as_str()))
}

/// What was written so far, and the message that would be sent.
///
/// # Errors
/// [`Error::NotFound`] for another provider's, and without the right to decide; [`Error::Refused`] when there
/// is no offer to take back.
pub async fn taking_back(ctx: &Ctx, typed: &str) -> Result<TakeBack> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about, actor) = load(&mut tx, ctx, typed, false).await?;
    application.state.after(Action::WithdrawOffer, Role::Coordinator)?;
    let found = store::applications::find_decision_draft(&mut tx, application.id, actor.account).await?;
    let draft = found.map(|(reason, note)| DraftNo { reason, note }).unwrap_or_default();
    let preview = written(&draft).map(|(reason, note)| {
        let letter = letters::taken_back(&facts(&ctx.services, &application, &about), reason, note);
        Preview {
            application: application.clone(),
            about: about.clone(),
            answer_days: None,
            fingerprint: fingerprint(&letter),
            letter,
        }
    });
    Ok(TakeBack { can_be_fewer: about.capacity > 1, application, about, draft, preview })
}

/// Keeps what was written so far, whatever it says.
///
/// # Errors
/// As [`taking_back`], and [`Error::Refused`] for a text that no form of ours sends.
pub async fn save_taking_back(ctx: &Ctx, typed: &str, draft: &DraftNo) -> Result<()> {
    if draft.note.chars().count() > 20 * Decision::LONGEST_NOTE || draft.reason.len() > 100 {
        return Err(Error::refused("That is far longer than fits. Write a sentence or two."));
    }
    let mut tx = ctx.services.db.write().await?;
    let (application, _, actor) = load(&mut tx, ctx, typed, true).await?;
    application.state.after(Action::WithdrawOffer, Role::Coordinator)?;
    let now = ctx.services.now();
    store::applications::save_decision_draft(&mut tx, application.id, actor.account, &draft.reason, &draft.note, now)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Takes the offer back and sends the message that was read. The place goes to whoever is next on the
/// waiting list, or it goes away, so that nobody is promised what cannot be hosted. The same again changes
/// nothing.
///
/// # Errors
/// [`Error::Refused`] when the message has changed since, or there is no offer to take back.
pub async fn take_back(ctx: &Ctx, typed: &str, draft: &DraftNo, freed: FreedPlace, read: &str) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (mut application, about, actor) = load(&mut tx, ctx, typed, true).await?;
    if application.state == State::OfferWithdrawn {
        return Ok(());
    }
    application.state.after(Action::WithdrawOffer, Role::Coordinator)?;
    let (reason, note) = written(draft).ok_or_else(|| Error::refused("Choose a reason."))?;
    let letter = letters::taken_back(&facts(services, &application, &about), reason, note);
    if fingerprint(&letter) != read {
        return Err(Error::refused("The message has changed since you read it. Read it again and decide then."));
    }
    let pool = ledger::pool_of(&mut tx, application.id).await?.unwrap_or(Pool::Open);
    // What staff read in the history is what the learner was told.
    let told = format!("{} {}", reason.in_words(), note.trim());
    let step =
        Move { action: Action::WithdrawOffer, role: Role::Coordinator, actor: Some(actor.account), note: told.trim() };
    move_on(&mut tx, services, &mut application, &about, step).await?;
    tell_learner(&mut tx, services, &application, "offer_over", letter).await?;
    store::applications::delete_decision_drafts(&mut tx, application.id).await?;
    if freed == FreedPlace::Fewer {
        one_fewer(&mut tx, services, &about, pool, actor.account).await?;
    }
    promote_next(&mut tx, services, &about).await?;
    tx.commit().await?;
    Ok(())
}
