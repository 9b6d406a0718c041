//! A provider's own opportunities: listing them, filling what a draft lacks, publishing.

mod complete;
mod details;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::Role;
use domain::ids::OpportunityId;
use domain::publishing::{self, Facts, Missing, RunFacts, Status};
use serde_json::json;
use store::Tx;
use store::enrolments::Counted;
use store::opportunities::{Opportunity, Own, Site};
use store::sessions::Session;

pub use complete::{BOXES, Question, complete};
pub use details::{Details, LONGEST_TEXT, TEXTS, TextBox, describe, details};

use crate::{Ctx, Error, Result, audit, policy};

/// An organisation's own opportunity, as its list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The opportunity with its sessions and counts of applications.
    pub own: Own,
    /// What it lacks today.
    pub missing: Vec<Missing>,
}

/// The opportunities of the coordinator's organisation, drafts too.
///
/// # Errors
/// [`Error::SignIn`] when signed out; [`Error::NotFound`] for anybody but a coordinator.
pub async fn list(ctx: &Ctx) -> Result<Vec<Line>> {
    let (_, _, organisation) = policy::coordinator(ctx)?;
    let today = ctx.services.today();
    let mut tx = ctx.services.db.read().await?;
    let own = store::opportunities::list_own(&mut tx, organisation).await?;
    Ok(own
        .into_iter()
        .map(|own| {
            let runs = runs(&own.sessions);
            // Only time changes what a stored list of missing facts says.
            let late = !own.opportunity.open_ended
                && !runs.is_empty()
                && !runs.iter().any(|run| run.starts_on > today && run.closes_on >= today);
            let mut missing: Vec<Missing> =
                own.opportunity.missing.iter().copied().filter(|what| *what != Missing::FutureDates).collect();
            if late {
                missing.push(Missing::FutureDates);
            }
            missing.sort();
            Line { own, missing }
        })
        .collect())
}

/// One opportunity with everything around it, for the people who post it.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnView {
    /// The opportunity.
    pub opportunity: Opportunity,
    /// Its department's name.
    pub department: Option<String>,
    /// Where it happens.
    pub site: Option<Site>,
    /// Its sessions, earliest first.
    pub sessions: Vec<Session>,
    /// Applications from sent to confirmed.
    pub live: i64,
    /// How often it was taken, where it can be taken at any time.
    pub taken: Counted,
    /// What it lacks today.
    pub missing: Vec<Missing>,
    /// What was typed and could not be read, with what is wrong: by name of the box.
    pub typed: BTreeMap<String, (String, domain::understand::Problem)>,
    /// Today in London.
    pub today: NaiveDate,
}

/// One of the coordinator's own opportunities.
///
/// # Errors
/// [`Error::SignIn`] when signed out; [`Error::NotFound`] for anybody but a coordinator of its organisation.
pub async fn view(ctx: &Ctx, id: OpportunityId) -> Result<OwnView> {
    let mut tx = ctx.services.db.read().await?;
    let Loaded { opportunity, site, sessions, .. } = load(ctx, &mut tx, id, |_| true).await?;
    let today = ctx.services.today();
    let department = match opportunity.department {
        Some(department) => {
            store::opportunities::find_department(&mut tx, department).await?.map(|department| department.name)
        }
        None => None,
    };
    let typed: BTreeMap<String, String> =
        serde_json::from_str(&store::opportunities::find_typed(&mut tx, id).await?).unwrap_or_default();
    Ok(OwnView {
        department,
        live: store::opportunities::count_live_applications(&mut tx, id).await?,
        taken: store::enrolments::count(&mut tx, id).await?,
        missing: missing(&opportunity, site.as_ref(), &sessions, today),
        typed: complete::problems(&typed, today),
        site,
        sessions,
        opportunity,
        today,
    })
}

/// Publishes a draft that lacks nothing: from now on everybody can find it. Again it has no effect.
///
/// # Errors
/// [`Error::NotFound`] for anybody who may not post for its organisation; [`Error::Refused`] with what is
/// missing.
pub async fn publish(ctx: &Ctx, id: OpportunityId) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let Loaded { mut opportunity, site, sessions, actor } =
        load(ctx, &mut tx, id, |membership| membership.can_post).await?;
    if opportunity.status == Status::Published {
        return Ok(());
    }
    let missing = missing(&opportunity, site.as_ref(), &sessions, services.today());
    if !missing.is_empty() {
        return Err(Error::refused(format!("Before you can publish this, add {}.", in_words(&missing))));
    }
    opportunity.status = Status::Published;
    opportunity.published_at = Some(services.now());
    opportunity.missing = missing;
    save(&mut tx, ctx, &mut opportunity, actor, "publish_opportunity").await?;
    store::catalogue::changed(&mut tx, &[opportunity.id]).await?;
    Ok(tx.commit().await?)
}

/// "the dates, the number of places and the postcode".
#[must_use]
pub fn in_words(missing: &[Missing]) -> String {
    match missing {
        [] => String::new(),
        [only] => only.label().to_owned(),
        [first @ .., last] => {
            format!("{} and {}", first.iter().map(|what| what.label()).collect::<Vec<_>>().join(", "), last.label())
        }
    }
}

struct Loaded {
    opportunity: Opportunity,
    site: Option<Site>,
    sessions: Vec<Session>,
    actor: domain::ids::AccountId,
}

async fn load(ctx: &Ctx, tx: &mut Tx, id: OpportunityId, right: impl Fn(&crate::Membership) -> bool) -> Result<Loaded> {
    policy::coordinator(ctx)?;
    let opportunity = store::opportunities::find(tx, id).await?.ok_or(Error::NotFound)?;
    let actor = policy::coordinator_of(ctx, opportunity.organisation, right)?.account;
    let site = match opportunity.site {
        Some(site) => store::opportunities::find_site(tx, site).await?,
        None => None,
    };
    let sessions = store::sessions::list_by_opportunity(tx, id).await?;
    Ok(Loaded { opportunity, site, sessions, actor })
}

/// Changes which checks an opportunity asks of everybody who accepts.
///
/// # Errors
/// [`Error::NotFound`] for anybody who may not post for its organisation; [`Error::Refused`] when somebody
/// else changed it at the same moment.
pub(crate) async fn change_asked(
    ctx: &Ctx,
    tx: &mut Tx,
    id: OpportunityId,
    asked: &[(domain::clearance::ClearanceCode, bool, i64)],
) -> Result<()> {
    let Loaded { mut opportunity, actor, .. } = load(ctx, tx, id, |membership| membership.can_post).await?;
    store::opportunities::set_asked_clearances(tx, id, asked).await?;
    save(tx, ctx, &mut opportunity, actor, "choose_clearances").await
}

/// Saves the next version with its snapshot and its line in the audit trail.
async fn save(
    tx: &mut Tx,
    ctx: &Ctx,
    opportunity: &mut Opportunity,
    actor: domain::ids::AccountId,
    action: &str,
) -> Result<()> {
    let services = &ctx.services;
    if !store::opportunities::update(tx, opportunity).await? {
        return Err(Error::refused(
            "Somebody else changed this at the same moment. Look at it again, then try once more.",
        ));
    }
    store::opportunities::keep_version(tx, opportunity.id, services.now(), Some(actor)).await?;
    let detail = json!({ "version": opportunity.version });
    audit::record(
        tx,
        services,
        Some(actor),
        Role::Coordinator,
        action,
        "opportunity",
        opportunity.id,
        Some(opportunity.organisation),
        detail,
    )
    .await
}

fn runs(sessions: &[Session]) -> Vec<RunFacts> {
    sessions
        .iter()
        .filter(|session| session.cancelled_at.is_none())
        .map(|session| RunFacts {
            starts_on: session.starts_on,
            closes_on: session.closes_on,
            capacity: session.capacity,
        })
        .collect()
}

fn missing(opportunity: &Opportunity, site: Option<&Site>, sessions: &[Session], today: NaiveDate) -> Vec<Missing> {
    let unread: Vec<Missing> = opportunity.missing.iter().copied().filter(|what| what.was_unreadable()).collect();
    let facts = Facts {
        delivery: opportunity.delivery,
        open_ended: opportunity.open_ended,
        summary: &opportunity.summary,
        min_age: opportunity.min_age,
        place: site.map(|site| site.name.as_str()),
        postcode: site.and_then(|site| site.postcode.as_deref()),
        unread: &unread,
        runs: &runs(sessions),
    };
    publishing::missing(&facts, today)
}
