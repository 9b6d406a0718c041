//! One answer to several applications at once. Each still has its own message, its own transaction and
//! its own outcome: one that cannot be answered holds up none of the others, and is named with its reason.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::State;
use domain::places::sit;

use super::decide::{Decision, Preview, decide, preview};
use super::life::name_of;
use super::places::{Room, qualifies};
use crate::{Ctx, Error, Result, policy};

/// So many are answered at once: a person can still look through the messages.
pub const MOST_AT_ONCE: usize = 50;

/// An application that this answer cannot be given to now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Its reference.
    pub reference: String,
    /// The learner's name, as they wrote it.
    pub name: String,
    /// Why not, in words.
    pub why: String,
}

/// What would be sent, and to whom it cannot be.
#[derive(Debug, Clone, Default)]
pub struct Several {
    /// The messages, in the order in which they were asked for places.
    pub ready: Vec<Preview>,
    /// The others.
    pub left: Vec<Left>,
}

/// The message for each of these applications, those that were sent first at the top. Offers go only as
/// far as there are places: whoever asked later is left, and said so.
///
/// # Errors
/// [`Error::NotFound`] when one is another provider's or this person does not decide; [`Error::Refused`]
/// for more than [`MOST_AT_ONCE`].
pub async fn preview_several(ctx: &Ctx, references: &[String], decision: &Decision) -> Result<Several> {
    let (_, membership, _) = policy::coordinator(ctx)?;
    if !membership.can_decide {
        return Err(Error::NotFound);
    }
    if references.len() > MOST_AT_ONCE {
        return Err(Error::refused(format!("Choose {MOST_AT_ONCE} applications or fewer at once.")));
    }
    let mut several = Several::default();
    for reference in references {
        match preview(ctx, reference, decision).await {
            Ok(preview) => several.ready.push(preview),
            Err(Error::Refused(why)) => several.left.push(left(ctx, reference, why).await?),
            Err(error) => return Err(error),
        }
    }
    several.ready.sort_by_key(|one| (one.application.submitted_at, one.application.id));
    several.ready.dedup_by_key(|one| one.application.id);
    if matches!(decision, Decision::Offer | Decision::OfferWithin(_)) {
        let mut tx = ctx.services.db.read().await?;
        let mut rooms = BTreeMap::new();
        let mut fits = Vec::new();
        for one in several.ready {
            let session = one.about.session;
            if let Entry::Vacant(new) = rooms.entry(session) {
                let room = Room::load(&mut tx, session).await?;
                let taken = (room.session.places, room.holders());
                new.insert((room, taken));
            }
            let Some((room, (places, holders))) = rooms.get_mut(&session) else { continue };
            // As holding will do it: whoever qualifies for no reserved place is not counted into one.
            if sit(places, holders, qualifies(&mut tx, &one.application, room).await?) {
                fits.push(one);
            } else {
                several.left.push(Left {
                    name: name_of(&one.application).to_owned(),
                    reference: one.application.reference,
                    why: "There are not enough places for everybody you chose. Those who applied first come first."
                        .into(),
                });
            }
        }
        several.ready = fits;
    }
    Ok(several)
}

async fn left(ctx: &Ctx, reference: &str, why: String) -> Result<Left> {
    let mut tx = ctx.services.db.read().await?;
    let (application, _) = super::decide::find(&mut tx, ctx, reference, false).await?;
    Ok(Left { name: name_of(&application).to_owned(), reference: application.reference, why })
}

/// What became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided {
    /// How many were answered.
    pub done: usize,
    /// The others, which are as they were.
    pub left: Vec<Left>,
}

/// Gives the answer to each, with the fingerprint of the message that was read for it.
///
/// # Errors
/// As [`preview_several`]; those before the failure are answered.
pub async fn decide_several(ctx: &Ctx, read: &[(String, String)], decision: &Decision) -> Result<Decided> {
    policy::coordinator(ctx)?;
    if read.len() > MOST_AT_ONCE {
        return Err(Error::refused(format!("Choose {MOST_AT_ONCE} applications or fewer at once.")));
    }
    let mut decided = Decided::default();
    for (reference, fingerprint) in read {
        match decide(ctx, reference, decision, fingerprint).await {
            Ok(()) => decided.done += 1,
            Err(Error::Refused(why)) => decided.left.push(left(ctx, reference, why).await?),
            Err(error) => return Err(error),
        }
    }
    Ok(decided)
}

/// Whether a coordinator may choose an application in this state for an answer.
#[must_use]
pub fn can_be_chosen(state: State) -> bool {
    matches!(state, State::Submitted | State::UnderReview | State::Waitlisted)
}
