//! A careers adviser's view: where the learners stand who agreed to be seen, and no one else. Nothing of
//! what a learner wrote is here, and no access need.

use domain::State;
use domain::ids::{AccountId, OrganisationId};
use store::applications::{Line, Scope};

use crate::{Ctx, Error, Result, audit, policy};

/// A learner in the adviser's table.
#[derive(Debug, Clone)]
pub struct LinkedLearner {
    /// Their account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Where they stand: about the application that is furthest.
    pub stands: String,
    /// What for.
    pub what: Option<String>,
    /// Day of the last change, if there was one.
    pub last_activity: Option<chrono::NaiveDate>,
    /// What an adviser may want to look at.
    pub flag: Flag,
    /// How many applications they sent.
    pub applications: usize,
}

/// The adviser's one-tap filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// Nothing sent yet.
    NothingYet,
    /// The provider's turn.
    WaitingOnProvider,
    /// The learner, or their parent or carer, has something to do.
    NeedsSomething,
    /// Has a place.
    HasPlace,
    /// Nothing under way.
    NothingUnderWay,
}

impl Flag {
    /// Every filter, in the order of the page.
    pub const ALL: [Self; 5] =
        [Self::NothingYet, Self::NeedsSomething, Self::WaitingOnProvider, Self::HasPlace, Self::NothingUnderWay];

    /// The word in the address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NothingYet => "nothing-yet",
            Self::WaitingOnProvider => "waiting-on-provider",
            Self::NeedsSomething => "needs-something",
            Self::HasPlace => "has-place",
            Self::NothingUnderWay => "nothing-under-way",
        }
    }
    /// What it is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NothingYet => "Done nothing yet",
            Self::WaitingOnProvider => "Waiting on the provider",
            Self::NeedsSomething => "Needs something from them",
            Self::HasPlace => "Has a place",
            Self::NothingUnderWay => "Nothing under way",
        }
    }
    fn of(lines: &[&Line]) -> Self {
        if lines.is_empty() {
            Self::NothingYet
        } else if lines.iter().any(|l| {
            l.state == State::Offered
                || l.state == State::Accepted && l.consent == domain::clearance::ConsentStatus::Asked
        }) {
            Self::NeedsSomething
        } else if lines.iter().any(|l| l.state == State::Confirmed) {
            Self::HasPlace
        } else if lines.iter().any(|l| l.state.is_live()) {
            Self::WaitingOnProvider
        } else {
            Self::NothingUnderWay
        }
    }
}

/// The learners who agreed to be seen by this adviser's school, by name.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for everybody but advisers.
pub async fn my_learners(ctx: &Ctx) -> Result<(String, Vec<LinkedLearner>)> {
    let (_, membership, school) = policy::adviser(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    let lines = store::applications::list_lines(&mut tx, Scope::School(school), ctx.services.today()).await?;
    let learners = store::adviser_links::list_learners(&mut tx, school)
        .await?
        .into_iter()
        .map(|learner| {
            let own: Vec<&Line> = lines.iter().filter(|line| line.learner == learner.account).collect();
            let furthest =
                own.iter().max_by_key(|line| (line.state.is_live(), line.state.holds_place(), line.state_since));
            LinkedLearner {
                account: learner.account,
                name: learner.name,
                stands: furthest.map_or_else(|| "Has not sent an application.".into(), |line| domain_words(line)),
                what: furthest.map(|line| line.title.clone()),
                last_activity: own.iter().map(|line| crate::time::london_day(line.state_since)).max(),
                flag: Flag::of(&own),
                applications: own.len(),
            }
        })
        .collect();
    Ok((membership.organisation_name.clone(), learners))
}

/// The state in words about somebody else.
fn domain_words(line: &Line) -> String {
    let words = line.state.in_words();
    if line.overdue && line.state.awaits_decision() {
        format!("{words}, and the answer is late")
    } else {
        words.to_owned()
    }
}

/// One learner's name, applications as lines (no answers, no access needs), and the day they agreed.
///
/// # Errors
/// [`Error::NotFound`] for a learner who has not agreed, or not any more.
pub async fn learner(ctx: &Ctx, account: AccountId) -> Result<(String, Vec<Line>, chrono::NaiveDate)> {
    let (actor, _, school) = policy::adviser(ctx)?;
    let mut tx = ctx.services.db.write().await?;
    let linked = store::adviser_links::list_learners(&mut tx, school).await?;
    let found = linked.into_iter().find(|l| l.account == account).ok_or(Error::NotFound)?;
    let lines = store::applications::list_lines(&mut tx, Scope::School(school), ctx.services.today()).await?;
    audit::record(
        &mut tx,
        &ctx.services,
        Some(actor.account),
        domain::Role::Adviser,
        "view_learner",
        "account",
        account,
        Some(school),
        serde_json::json!({}),
    )
    .await?;
    tx.commit().await?;
    Ok((
        found.name,
        lines.into_iter().filter(|line| line.learner == account).collect(),
        crate::time::london_day(found.agreed_at),
    ))
}

/// The schools whose advisers may see the signed-in learner.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for staff.
pub async fn who_may_see_me(ctx: &Ctx) -> Result<Vec<(OrganisationId, String)>> {
    let actor = policy::learner(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    Ok(store::adviser_links::list_schools(&mut tx, actor.account).await?)
}

/// The learner stops a school's advisers from seeing where they stand, from now on.
///
/// # Errors
/// [`Error::NotFound`] when there is nothing to stop.
pub async fn stop_sharing(ctx: &Ctx, school: OrganisationId) -> Result<()> {
    let actor = policy::learner(ctx)?;
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    if !store::adviser_links::end(&mut tx, actor.account, school, services.now()).await? {
        return Err(Error::NotFound);
    }
    audit::record(
        &mut tx,
        services,
        Some(actor.account),
        domain::Role::Learner,
        "stop_sharing",
        "account",
        actor.account,
        Some(school),
        serde_json::json!({}),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
