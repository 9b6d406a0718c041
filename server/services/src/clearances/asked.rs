//! Choosing which checks an opportunity asks of everybody who accepts.

use domain::clearance::{ClearanceCode, ClearanceType};
use domain::ids::OpportunityId;
use store::opportunities::Opportunity;

use crate::{Ctx, Error, Result, opportunities, policy};

/// How an opportunity asks for a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// It does not.
    No,
    /// It asks, and the place does not wait.
    Optional,
    /// It asks, and the place waits.
    Mandatory,
}

impl Asks {
    /// Every answer with its word and what people read.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Mandatory, "mandatory", "Ask for it, and the place waits until it is done"),
        (Self::Optional, "optional", "Ask for it, and the place does not wait"),
        (Self::No, "no", "Do not ask for it"),
    ];
    /// The answer with this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, other, _)| *other == word).map(|(asks, ..)| *asks)
    }
    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(asks, ..)| *asks == self).map_or("no", |(_, word, _)| word)
    }
}

/// The provider's types with how this opportunity asks for each.
///
/// # Errors
/// [`Error::NotFound`] for everybody but coordinators of its organisation who may post.
pub async fn asked(ctx: &Ctx, id: OpportunityId) -> Result<(Opportunity, Vec<(ClearanceType, Asks)>)> {
    policy::coordinator(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    let opportunity = store::opportunities::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
    policy::coordinator_of(ctx, opportunity.organisation, |member| member.can_post)?;
    let asked = store::applications::asked_clearances(&mut tx, id).await?;
    let types = store::clearance_types::list(&mut tx, opportunity.organisation).await?;
    let with = types
        .into_iter()
        .filter(|what| what.retired_at.is_none())
        .map(|what| {
            let asks = match asked.iter().find(|asked| asked.what.code == what.code) {
                None => Asks::No,
                Some(asked) if asked.mandatory => Asks::Mandatory,
                Some(_) => Asks::Optional,
            };
            (what, asks)
        })
        .collect();
    Ok((opportunity, with))
}

/// Keeps which checks the opportunity asks for. It counts for those who accept from now on. A type that is
/// not named stays as it is.
///
/// # Errors
/// As [`asked`]; [`Error::Refused`] when somebody else changed the opportunity at the same moment.
pub async fn choose_asked(ctx: &Ctx, id: OpportunityId, choices: &[(ClearanceCode, Asks)]) -> Result<()> {
    let (_, before) = asked(ctx, id).await?;
    let mut tx = ctx.services.db.write().await?;
    let leads: Vec<_> = store::applications::asked_clearances(&mut tx, id).await?;
    let mut after = Vec::new();
    for (what, asks) in &before {
        let asks = choices.iter().find(|(code, _)| *code == what.code).map_or(*asks, |(_, asks)| *asks);
        // How long it takes may have been said of this opportunity alone.
        let lead = leads.iter().find(|asked| asked.what.code == what.code).map_or(what.lead_days, |a| a.lead_days);
        if asks != Asks::No {
            after.push((what.code.clone(), asks == Asks::Mandatory, lead));
        }
    }
    opportunities::change_asked(ctx, &mut tx, id, &after).await?;
    Ok(tx.commit().await?)
}
