//! Taking what can be taken at any time: enrol, then complete, as often as somebody likes. Nobody decides about
//! it and nobody waits, so it is no application: it says on the learner's record what they took. The provider
//! sees how often, never who.

#[cfg(test)]
mod story;

use domain::Role;
use domain::eligibility::{Answer, can_enrol};
use domain::ids::{AccountId, EnrolmentId, OpportunityId};
use serde_json::json;
use store::Tx;
use store::catalogue::Advert;
pub use store::enrolments::{Counted, Enrolment, Taken};

use crate::time::from_london;
use crate::{Ctx, Error, Result, Services, audit, policy};

/// So many a day and no more: whoever presses the button for a count gets no further.
const MOST_A_DAY: i64 = 50;

/// Begins it: the learner's record says so from now on. Again it changes nothing until it is completed.
///
/// # Errors
/// [`Error::SignIn`] when signed out; [`Error::NotFound`] for staff, or when there is nothing at this address;
/// [`Error::Refused`] with the reason for what has dates, for somebody whom it is not for, and once it is closed.
pub async fn enrol(ctx: &Ctx, slug: &str) -> Result<()> {
    let actor = policy::learner(ctx)?;
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let advert = open_ended(&mut tx, slug).await?;
    if !advert.published {
        return Err(Error::refused("This opportunity is closed. Look at others like it."));
    }
    let today = services.today();
    if let Answer::No(why) | Answer::NotYet(why) =
        can_enrol(advert.listing.min_age, advert.listing.max_age, actor.born, today)
    {
        return Err(Error::refused(why));
    }
    let midnight = from_london(today.and_time(chrono::NaiveTime::MIN));
    if store::enrolments::count_since(&mut tx, actor.account, midnight).await? >= MOST_A_DAY {
        return Err(Error::refused(format!("You began {MOST_A_DAY} today. Begin the next one tomorrow.")));
    }
    let id = EnrolmentId(services.uuid());
    if store::enrolments::insert(&mut tx, id, advert.listing.id, actor.account, services.now()).await? {
        note(&mut tx, services, actor.account, "enrolled", id, advert.listing.id).await?;
    }
    Ok(tx.commit().await?)
}

/// Completes what was begun, also after the provider closed it. Again it changes nothing.
///
/// # Errors
/// [`Error::SignIn`] when signed out; [`Error::NotFound`] for staff, or when there is nothing at this address;
/// [`Error::Refused`] for what this learner never began.
pub async fn complete(ctx: &Ctx, slug: &str) -> Result<()> {
    let actor = policy::learner(ctx)?;
    let mut tx = ctx.services.db.write().await?;
    let advert = open_ended(&mut tx, slug).await?;
    match store::enrolments::complete(&mut tx, advert.listing.id, actor.account, ctx.services.now()).await? {
        Some(id) => note(&mut tx, &ctx.services, actor.account, "completed", id, advert.listing.id).await?,
        None if store::enrolments::list(&mut tx, advert.listing.id, actor.account).await?.is_empty() => {
            return Err(Error::refused("You have not begun this. Begin it on its page first."));
        }
        None => {}
    }
    Ok(tx.commit().await?)
}

/// Takes one of them off the learner's record, for whoever began it by mistake. Again it changes nothing.
///
/// # Errors
/// [`Error::SignIn`] when signed out; [`Error::NotFound`] for staff.
pub async fn take_off(ctx: &Ctx, id: EnrolmentId) -> Result<()> {
    let actor = policy::learner(ctx)?;
    let mut tx = ctx.services.db.write().await?;
    if store::enrolments::delete(&mut tx, id, actor.account).await? {
        let services = &ctx.services;
        let who = Some(actor.account);
        audit::record(&mut tx, services, who, Role::Learner, "taken_off", "enrolment", id, None, json!({})).await?;
    }
    Ok(tx.commit().await?)
}

async fn open_ended(tx: &mut Tx, slug: &str) -> Result<Advert> {
    let advert = crate::discover::advert(tx, slug).await?;
    if advert.listing.open_ended {
        Ok(advert)
    } else {
        Err(Error::refused("This one has dates. Choose one of them on its page, and apply."))
    }
}

/// The line of the audit. Without the provider's number: nothing of theirs says who took it.
pub(crate) async fn note(
    tx: &mut Tx,
    services: &Services,
    who: AccountId,
    action: &str,
    id: EnrolmentId,
    opportunity: OpportunityId,
) -> Result<()> {
    let detail = json!({ "opportunity": opportunity });
    audit::record(tx, services, Some(who), Role::Learner, action, "enrolment", id, None, detail).await
}
