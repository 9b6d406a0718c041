//! A provider's sessions: how full each is, who comes and what they still need, the waiting list, and
//! changing how many places there are.

mod change;
#[cfg(test)]
mod story;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::State;
use domain::ids::{OpportunityId, SessionId};
use domain::places::last_offer_day;
use domain::publishing::NO_LIMIT;
use store::applications::{About, Line, Scope};
pub use store::ledger::{Entry, EntryKind, SessionPlaces};
pub use store::sessions::Session;
pub use store::waiting::Waiting;

use crate::applications::waiting_list;
use crate::{Ctx, Error, Result, policy};

pub use change::{Change, Changed, change_places, find_school, would_change};

/// A session in the provider's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// The session.
    pub session: Session,
    /// Its opportunity.
    pub opportunity: OpportunityId,
    /// Title.
    pub title: String,
    /// On the waiting list.
    pub waiting: i64,
    /// Waiting for an answer.
    pub to_decide: i64,
    /// Accepted, and a parent or carer has not agreed.
    pub consents_missing: i64,
    /// Accepted, with a check that is late or at risk.
    pub checks_late: i64,
    /// Places nobody holds, while somebody can still be offered one.
    pub unfilled: i64,
}

/// The provider's sessions: those to come by first day, or those that are over, newest first. What was
/// never published and nobody applied for is left out.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for everybody but coordinators.
pub async fn list(ctx: &Ctx, past: bool) -> Result<Vec<SessionLine>> {
    let (_, _, organisation) = policy::coordinator(ctx)?;
    let today = ctx.services.today();
    let mut tx = ctx.services.db.read().await?;
    let mut counts: BTreeMap<SessionId, Vec<store::sessions::Count>> = BTreeMap::new();
    for count in store::sessions::count_applications(&mut tx, organisation, today).await? {
        counts.entry(count.session).or_default().push(count);
    }
    let mut lines = Vec::new();
    for own in store::opportunities::list_own(&mut tx, organisation).await? {
        let published = own.opportunity.published_at.is_some();
        for session in own.sessions {
            let counted = counts.get(&session.id).map(Vec::as_slice).unwrap_or_default();
            if (session.ends_on < today) != past || (!published && counted.is_empty()) {
                continue;
            }
            let sum = |of: fn(&store::sessions::Count) -> i64, states: &[State]| -> i64 {
                counted.iter().filter(|count| states.contains(&count.state)).map(of).sum()
            };
            let counts_places = session.capacity < NO_LIMIT;
            let offers = session.cancelled_at.is_none() && today <= last_offer_day(session.starts_on);
            lines.push(SessionLine {
                opportunity: own.opportunity.id,
                title: own.opportunity.title.clone(),
                waiting: sum(|c| c.number, &[State::Waitlisted]),
                to_decide: sum(|c| c.number, &[State::Submitted, State::UnderReview]),
                consents_missing: sum(|c| c.consents_asked, &[State::Accepted]),
                checks_late: sum(|c| c.checks_late, &[State::Accepted]),
                unfilled: if counts_places && offers { (session.capacity - session.held).max(0) } else { 0 },
                session,
            });
        }
    }
    lines.sort_by_key(|line| (line.session.starts_on, line.title.clone(), line.session.id));
    if past {
        lines.reverse();
    }
    Ok(lines)
}

/// What a coordinator reads of one session.
#[derive(Debug, Clone)]
pub struct SessionView {
    /// The facts of the session and its opportunity.
    pub about: About,
    /// Places and reservations.
    pub places: SessionPlaces,
    /// Who holds a place or came, by name.
    pub coming: Vec<Line>,
    /// Who waits for an answer, longest waiting first.
    pub undecided: Vec<Line>,
    /// The waiting list, in its order.
    pub waiting: Vec<Waiting>,
    /// Every change of places, oldest first.
    pub ledger: Vec<Entry>,
    /// Whether this coordinator may change the number of places.
    pub can_change: bool,
    /// Whether this coordinator decides: cancelling and new dates are theirs.
    pub can_decide: bool,
    /// Whether new dates were proposed instead.
    pub new_dates: bool,
    /// Today in London.
    pub today: NaiveDate,
}

/// One session of the provider's.
///
/// # Errors
/// [`Error::NotFound`] for another provider's.
pub async fn view(ctx: &Ctx, session: SessionId) -> Result<SessionView> {
    let (_, membership, organisation) = policy::coordinator(ctx)?;
    let today = ctx.services.today();
    let mut tx = ctx.services.db.read().await?;
    let about = store::applications::about_session(&mut tx, session).await?.ok_or(Error::NotFound)?;
    if about.organisation != organisation {
        return Err(Error::NotFound);
    }
    let lines = store::applications::list_lines(&mut tx, Scope::Session(session), today).await?;
    let comes = |line: &Line| {
        line.state.holds_place() || matches!(line.state, State::Attended | State::PartlyAttended | State::DidNotAttend)
    };
    let mut coming: Vec<Line> = lines.iter().filter(|line| comes(line)).cloned().collect();
    coming.sort_by_key(|line| (line.name.to_lowercase(), line.reference.clone()));
    Ok(SessionView {
        places: store::ledger::places(&mut tx, session).await?.ok_or(Error::NotFound)?,
        undecided: lines.into_iter().filter(|line| line.state.awaits_decision()).collect(),
        waiting: waiting_list(&mut tx, session).await?,
        ledger: store::ledger::entries(&mut tx, session).await?,
        can_decide: membership.can_decide,
        new_dates: store::date_changes::find_proposed(&mut tx, session).await?.is_some(),
        can_change: membership.can_post && !about.cancelled && about.ends_on >= today,
        coming,
        about,
        today,
    })
}
