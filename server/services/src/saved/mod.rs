//! What somebody keeps: opportunities to come back to, and searches that are answered by email. Only people
//! who are signed in keep anything: their address was confirmed by signing in with it.

mod due;
mod opportunities;
mod searches;
mod stop;
#[cfg(test)]
mod story;

pub(crate) use due::send_due;
pub use opportunities::{Kept, is_saved, remove, save};
pub use searches::{Asked, KeptSearch, asked, change, forget, save_search};
pub(crate) use searches::{in_words, read as read_query};
pub use stop::{Stopped, stop, stops};

use crate::{Ctx, Result};

/// Everything that somebody keeps.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// Opportunities, newest first.
    pub opportunities: Vec<Kept>,
    /// Searches, oldest first.
    pub searches: Vec<KeptSearch>,
    /// Where messages go.
    pub email: String,
}

/// What the signed-in person keeps.
///
/// # Errors
/// [`crate::Error::SignIn`] when signed out.
pub async fn saved(ctx: &Ctx) -> Result<Saved> {
    let actor = ctx.actor()?;
    let mut tx = ctx.services.db.read().await?;
    Ok(Saved {
        opportunities: opportunities::kept(&mut tx, ctx, actor.account).await?,
        searches: searches::kept(&mut tx, ctx, actor.account).await?,
        email: actor.email.clone(),
    })
}
