//! A no in the writing: the reason and the own sentence are kept between the question and the preview,
//! so that nothing is lost and nothing that names somebody stands in an address.

use domain::application::NoReason;
use domain::{Action, Role};

use super::decide::{Decision, find};
use crate::{Ctx, Error, Result, policy};

/// What a coordinator has begun to write for a no, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftNo {
    /// The word of the reason; empty when none was chosen.
    pub reason: String,
    /// The own sentence.
    pub note: String,
}

impl DraftNo {
    /// The decision, once a reason is chosen and the own sentence is short enough.
    #[must_use]
    pub fn decision(&self) -> Option<Decision> {
        let reason = NoReason::parse(&self.reason)?;
        (self.note.chars().count() <= Decision::LONGEST_NOTE).then(|| Decision::SayNo(reason, self.note.clone()))
    }
}

/// What this coordinator has begun to write; empty when nothing.
///
/// # Errors
/// [`Error::NotFound`] for another provider's, and without the right to decide; [`Error::Refused`] when a
/// no is not possible now.
pub async fn draft_no(ctx: &Ctx, typed: &str) -> Result<DraftNo> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = find(&mut tx, ctx, typed, false).await?;
    let actor = policy::coordinator_of(ctx, about.organisation, |m| m.can_decide)?;
    application.state.after(Action::SayNo, Role::Coordinator)?;
    let found = store::applications::find_decision_draft(&mut tx, application.id, actor.account).await?;
    Ok(found.map(|(reason, note)| DraftNo { reason, note }).unwrap_or_default())
}

/// Keeps what this coordinator has written so far, whatever it says.
///
/// # Errors
/// As [`draft_no`], and [`Error::Refused`] for a text that no form of ours sends.
pub async fn save_draft_no(ctx: &Ctx, typed: &str, draft: &DraftNo) -> Result<()> {
    if draft.note.chars().count() > 20 * Decision::LONGEST_NOTE || draft.reason.len() > 100 {
        return Err(Error::refused("That is far longer than fits. Write a sentence or two."));
    }
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (application, about) = find(&mut tx, ctx, typed, true).await?;
    let actor = policy::coordinator_of(ctx, about.organisation, |m| m.can_decide)?;
    application.state.after(Action::SayNo, Role::Coordinator)?;
    store::applications::save_decision_draft(
        &mut tx,
        application.id,
        actor.account,
        &draft.reason,
        &draft.note,
        services.now(),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
