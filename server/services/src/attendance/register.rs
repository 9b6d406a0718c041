//! What hosts read: their sessions, who comes on a day, and one person's days.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::attendance::{may_amend, may_record};
use domain::ids::{AccountId, SessionId};
use domain::{Role, State};
use store::applications::Application;
use store::attendance::{Attendee, Day, Question, RunSession, Scope};

use super::{came, find, find_as_coordinator, open_days, starts_at};
use crate::time::{london, london_day};
use crate::{Ctx, Error, Result, policy};

/// A day of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterDay {
    /// The day.
    pub day: NaiveDate,
    /// Why it did not take place, if it did not.
    pub not_run: Option<String>,
    /// Whether it can be recorded by now.
    pub open: bool,
    /// Of how many it is recorded.
    pub recorded: usize,
}

/// Somebody who comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The application's reference.
    pub reference: String,
    /// Their name as they like it.
    pub name: String,
    /// What would help them take part; `None` for those who may not see it, and where nothing was asked.
    pub access: Option<String>,
    /// Where it stands.
    pub state: State,
    /// What is recorded of the shown day.
    pub today: Option<Day>,
    /// Whether the host may change the shown day with a tap.
    pub may_change: bool,
    /// Of how many days something is recorded.
    pub days: usize,
    /// Whether they say that a day is wrong, and nobody has answered; told to coordinators alone.
    pub asks: bool,
}

/// A session on one of its days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The session.
    pub session: RunSession,
    /// Its days.
    pub days: Vec<RegisterDay>,
    /// The day that is shown.
    pub day: NaiveDate,
    /// Who comes.
    pub people: Vec<Person>,
    /// As what the host looks at it.
    pub role: Role,
    /// The London day.
    pub today: NaiveDate,
}

/// A session on one of its days: the given one, or today, or the first that is to be recorded.
///
/// # Errors
/// [`Error::NotFound`] for a session that is not theirs, or a day that is none of its days.
pub async fn register(ctx: &Ctx, session: SessionId, day: Option<NaiveDate>) -> Result<Register> {
    let services = &ctx.services;
    let mut tx = services.db.read().await?;
    let (run, host) = find(&mut tx, ctx, session).await?;
    let (now, today) = (london(services.now()), services.today());
    let recorded = store::attendance::list_days_of_session(&mut tx, session).await?;
    let not_run: BTreeMap<_, _> =
        store::attendance::list_not_run(&mut tx, session).await?.into_iter().map(|one| (one.day, one.reason)).collect();
    let all = domain::attendance::days(run.starts_on, run.ends_on, &services.working_days.now());
    let days: Vec<RegisterDay> = all
        .iter()
        .map(|day| RegisterDay {
            day: *day,
            not_run: not_run.get(day).cloned(),
            open: !run.cancelled && may_record(*day, starts_at(&run), now),
            recorded: recorded.iter().filter(|one| one.day == *day).count(),
        })
        .collect();
    let waiting = open_days(&mut tx, services, &run).await?;
    let day = match day {
        Some(day) => *all.iter().find(|one| **one == day).ok_or(Error::NotFound)?,
        None if all.contains(&today) => today,
        None => waiting.first().or(all.first()).copied().ok_or(Error::NotFound)?,
    };
    let asked = match host.role {
        Role::Coordinator => store::attendance::list_open_questions(&mut tx, run.organisation).await?,
        _ => Vec::new(),
    };
    let person = |one: Attendee| {
        let asks = asked.iter().any(|open| open.reference == one.reference);
        let own: Vec<_> = recorded.iter().filter(|r| r.application == one.application).collect();
        let shown = own.iter().find(|r| r.day == day).map(|r| (*r).clone());
        // Without a reason a tap changes only what this host recorded today.
        let may_change = one.state == State::Confirmed
            || shown
                .as_ref()
                .is_some_and(|r| may_amend(Role::Supervisor, r.by == Some(host.account), london_day(r.at), today));
        Person {
            access: Some(one.access.trim().to_owned()).filter(|text| host.sees_access && !text.is_empty()),
            reference: one.reference,
            name: one.name,
            state: one.state,
            today: shown,
            may_change,
            days: own.len(),
            asks,
        }
    };
    let people = store::attendance::list_attendees(&mut tx, session).await?.into_iter().map(person).collect();
    Ok(Register { session: run, days, day, people, role: host.role, today })
}

/// A session in a host's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The session.
    pub session: RunSession,
    /// Days that can be recorded, and are not.
    pub open_days: Vec<NaiveDate>,
}

/// A supervisor's sessions: those that are running, that begin within four weeks, and those that ended and
/// are still to be recorded.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for everybody but supervisors.
pub async fn sessions_to_host(ctx: &Ctx) -> Result<Vec<Listed>> {
    let (actor, _, _) = policy::supervisor(ctx)?;
    listed(ctx, Scope::Supervisor(actor.account), 28).await
}

/// A provider's sessions with days that passed and are not recorded, for those who may record them: none for
/// a coordinator who does not decide.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for everybody but coordinators.
pub async fn to_close(ctx: &Ctx) -> Result<Vec<Listed>> {
    let (_, membership, organisation) = policy::coordinator(ctx)?;
    if !membership.can_decide {
        return Ok(Vec::new());
    }
    let today = ctx.services.today();
    let mut all = listed(ctx, Scope::Provider(organisation), 0).await?;
    for one in &mut all {
        one.open_days.retain(|day| *day < today);
    }
    all.retain(|one| !one.open_days.is_empty());
    Ok(all)
}

async fn listed(ctx: &Ctx, scope: Scope, ahead: u64) -> Result<Vec<Listed>> {
    let services = &ctx.services;
    let today = services.today();
    let mut tx = services.db.read().await?;
    let mut list = Vec::new();
    for session in store::attendance::list_sessions(&mut tx, scope, today, today + chrono::Days::new(ahead)).await? {
        let open_days = open_days(&mut tx, services, &session).await?;
        list.push(Listed { session, open_days });
    }
    Ok(list)
}

/// One person's days, for a coordinator who changes them.
#[derive(Debug, Clone)]
pub struct OnePerson {
    /// The session.
    pub session: RunSession,
    /// The application.
    pub application: Application,
    /// The session's days that count.
    pub days: Vec<NaiveDate>,
    /// What counts of each recorded day.
    pub recorded: Vec<Day>,
    /// Everything that was ever recorded.
    pub history: Vec<Day>,
    /// The names of those who recorded it.
    pub people: BTreeMap<AccountId, String>,
    /// What the learner said, and was answered.
    pub questions: Vec<Question>,
}

/// One person's days with their history.
///
/// # Errors
/// [`Error::NotFound`] for everybody but the provider's coordinators who decide.
pub async fn one(ctx: &Ctx, session: SessionId, typed: &str) -> Result<OnePerson> {
    let services = &ctx.services;
    let mut tx = services.db.read().await?;
    let (run, _) = find_as_coordinator(&mut tx, ctx, session).await?;
    let application = came(&mut tx, session, typed).await?;
    let history = store::attendance::list_history(&mut tx, application.id).await?;
    let mut people = BTreeMap::new();
    for by in history.iter().filter_map(|day| day.by) {
        if let Some(account) = store::accounts::find(&mut tx, by).await? {
            people.insert(by, account.name);
        }
    }
    Ok(OnePerson {
        days: super::counted_days(&mut tx, services, &run).await?,
        recorded: store::attendance::list_days(&mut tx, application.id).await?,
        questions: store::attendance::list_questions(&mut tx, application.id).await?,
        session: run,
        application,
        history,
        people,
    })
}
