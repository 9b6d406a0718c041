//! The coordinator's table, and the counts of "Today".

use chrono::NaiveDate;
use domain::State;
use domain::clearance::ConsentStatus;
use store::applications::{Line, Scope};

use crate::{Ctx, Result, policy};

domain::words_enum! {
    /// One-tap filters over the table of applications.
    QueueFilter {
        /// Everything that is not over.
        Open = "open",
        /// An answer is owed.
        ToDecide = "to-decide",
        /// An answer is owed within three working days, or late.
        DueSoon = "due-soon",
        /// The promise was broken.
        Overdue = "overdue",
        /// On the waiting list.
        Waiting = "waiting-list",
        /// Offered, not answered.
        Offered = "offered",
        /// Accepted, and a parent or carer has not agreed.
        ConsentMissing = "consent-missing",
        /// Accepted, and a check is open.
        ChecksOpen = "checks-open",
        /// Accepted or confirmed, and a check is late, due after the first day, or runs out before the last.
        ChecksLate = "checks-late",
        /// A message did not reach them.
        NotReached = "not-reached",
        /// Coming.
        Confirmed = "confirmed",
        /// Everything, also what is over.
        All = "all",
    }
}

impl QueueFilter {
    /// What the filter is called.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "Under way",
            Self::ToDecide => "To decide",
            Self::DueSoon => "Due soon",
            Self::Overdue => "Answer overdue",
            Self::Waiting => "Waiting list",
            Self::Offered => "Offered",
            Self::ConsentMissing => "Consent missing",
            Self::ChecksOpen => "Checks open",
            Self::ChecksLate => "Checks at risk",
            Self::NotReached => "Not reached",
            Self::Confirmed => "Confirmed",
            Self::All => "All",
        }
    }

    /// Whether a line belongs to it. `soon` is the day three working days from now.
    #[must_use]
    pub fn takes(self, line: &Line, soon: NaiveDate) -> bool {
        match self {
            Self::All => true,
            Self::Open => line.state.is_live(),
            Self::ToDecide => line.state.awaits_decision(),
            Self::DueSoon => line.state.awaits_decision() && line.decide_by.is_some_and(|by| by <= soon),
            Self::Overdue => line.state.awaits_decision() && line.overdue,
            Self::Waiting => line.state == State::Waitlisted,
            Self::Offered => line.state == State::Offered,
            Self::ConsentMissing => line.state == State::Accepted && line.consent == ConsentStatus::Asked,
            Self::ChecksOpen => line.state == State::Accepted && line.checks_open > 0,
            Self::ChecksLate => matches!(line.state, State::Accepted | State::Confirmed) && line.checks_late > 0,
            Self::NotReached => line.not_reached > 0,
            Self::Confirmed => line.state == State::Confirmed,
        }
    }
}

/// The provider's applications, longest waiting first, with a count for each filter.
///
/// # Errors
/// [`crate::Error::SignIn`] when signed out, [`crate::Error::NotFound`] for everybody but coordinators.
pub async fn queue(ctx: &Ctx, filter: QueueFilter) -> Result<(Vec<Line>, Vec<(QueueFilter, usize)>)> {
    let (_, _, organisation) = policy::coordinator(ctx)?;
    let services = &ctx.services;
    let mut tx = services.db.read().await?;
    let lines = store::applications::list_lines(&mut tx, Scope::Provider(organisation), services.today()).await?;
    let soon = due_soon(services);
    let counts =
        QueueFilter::ALL.iter().map(|f| (*f, lines.iter().filter(|line| f.takes(line, soon)).count())).collect();
    Ok((lines.into_iter().filter(|line| filter.takes(line, soon)).collect(), counts))
}

/// The day until which an answer is due soon: three working days from now.
#[must_use]
pub fn due_soon(services: &crate::Services) -> NaiveDate {
    services.working_days.after(services.today(), 3)
}

/// Where an application lies in the filtered list: what is before it and after it there. An application
/// that has left the list, because it was decided, keeps its place between the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// The one before.
    pub previous: Option<Line>,
    /// The one after.
    pub next: Option<Line>,
}

/// The neighbours of an application in the filtered list.
///
/// # Errors
/// As [`queue`].
pub async fn neighbours(ctx: &Ctx, reference: &str, filter: QueueFilter) -> Result<Neighbours> {
    let (mut lines, _) = queue(ctx, QueueFilter::All).await?;
    let soon = due_soon(&ctx.services);
    let Some(at) = lines.iter().position(|line| line.reference == reference) else {
        return Ok(Neighbours::default());
    };
    let after = lines.split_off(at);
    Ok(Neighbours {
        previous: lines.into_iter().rfind(|line| filter.takes(line, soon)),
        next: after.into_iter().skip(1).find(|line| filter.takes(line, soon)),
    })
}

/// The counts of "Today": each is a link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Today {
    /// Applications by filter.
    pub applications: Vec<(QueueFilter, usize)>,
    /// Places on open sessions that nobody holds.
    pub places_unfilled: i64,
    /// Drafts of opportunities that are not published yet.
    pub drafts: usize,
}

/// What is to be done today.
///
/// # Errors
/// As [`queue`].
pub async fn today(ctx: &Ctx) -> Result<Today> {
    let (_, _, organisation) = policy::coordinator(ctx)?;
    let (_, counts) = queue(ctx, QueueFilter::All).await?;
    let today = ctx.services.today();
    let mut tx = ctx.services.db.read().await?;
    let own = store::opportunities::list_own(&mut tx, organisation).await?;
    let sessions = store::sessions::list_by_organisation(&mut tx, organisation).await?;
    Ok(Today {
        applications: counts,
        places_unfilled: sessions.iter().map(|s| s.run()).filter(|run| run.is_open(today)).map(|run| run.left()).sum(),
        drafts: own.iter().filter(|own| own.opportunity.status == domain::publishing::Status::Draft).count(),
    })
}
