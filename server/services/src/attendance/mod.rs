//! Attendance: who hosts a session sees who comes, records each day, and puts right what was wrong. The
//! learner sees the record and can say that it is wrong.

mod forms;
mod not_run;
mod questions;
mod record;
mod register;
mod supervisors;
#[cfg(test)]
mod tests;

pub use forms::{Again, Boxes, Form, again, send};
pub use not_run::{mark_not_run, ran_after_all};
pub use questions::{Own, keep, open_questions, own, say_wrong};
pub(crate) use questions::{insert as insert_question, leave_as_is};
pub(crate) use record::{Entry, record_within};
pub use record::{LONGEST, amend, everyone_came, record};
pub use register::{Listed, OnePerson, Person, Register, RegisterDay, one, register, sessions_to_host, to_close};
pub use store::attendance::{Day, OpenQuestion, Question, RunSession, Supervisor};
pub use supervisors::{Supervisors, invite, remove, supervisors};

use chrono::{NaiveDate, NaiveTime};
use domain::ids::{AccountId, SessionId};
use domain::{Role, State, reference};
use store::Tx;
use store::applications::Application;

use crate::applications::tell_learner_keyed;
use crate::messages::{Letter, Outgoing, queue};
use crate::{Ctx, Error, Result, Services};

/// Somebody who may record a session's attendance.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Host {
    account: AccountId,
    role: Role,
    sees_access: bool,
}

impl Host {
    /// Somebody whose permission was looked at before.
    pub(crate) fn new(account: AccountId, role: Role) -> Self {
        Self { account, role, sees_access: false }
    }
}

/// Who asks, if the session is theirs to record: a coordinator who decides for the provider, or a
/// supervisor of the department. To everybody else it is not there.
async fn host(tx: &mut Tx, ctx: &Ctx, session: &RunSession) -> Result<Host> {
    let actor = ctx.actor()?;
    let of_provider = |role| actor.member_as(role).filter(|m| m.organisation == Some(session.organisation));
    if let Some(member) = of_provider(Role::Coordinator).filter(|m| m.can_decide) {
        return Ok(Host { account: actor.account, role: Role::Coordinator, sees_access: member.can_see_sensitive });
    }
    let member = of_provider(Role::Supervisor).ok_or(Error::NotFound)?;
    let department = session.department.ok_or(Error::NotFound)?;
    let theirs = store::attendance::list_of_department(tx, department).await?;
    if !theirs.iter().any(|one| one.account == actor.account) {
        return Err(Error::NotFound);
    }
    Ok(Host { account: actor.account, role: Role::Supervisor, sees_access: member.can_see_sensitive })
}

async fn find(tx: &mut Tx, ctx: &Ctx, session: SessionId) -> Result<(RunSession, Host)> {
    ctx.actor()?;
    let run = store::attendance::find_session(tx, session).await?.ok_or(Error::NotFound)?;
    let host = host(tx, ctx, &run).await?;
    Ok((run, host))
}

/// The same for what coordinators alone may do: for a supervisor it is not there.
async fn find_as_coordinator(tx: &mut Tx, ctx: &Ctx, session: SessionId) -> Result<(RunSession, Host)> {
    let (run, host) = find(tx, ctx, session).await?;
    if host.role == Role::Coordinator { Ok((run, host)) } else { Err(Error::NotFound) }
}

/// The application of somebody who comes to the session, or came.
async fn came(tx: &mut Tx, session: SessionId, typed: &str) -> Result<Application> {
    store::applications::find(tx, &reference::tidy_reference(typed))
        .await?
        .filter(|one| {
            one.session == session
                && matches!(one.state, State::Confirmed | State::Attended | State::PartlyAttended | State::DidNotAttend)
        })
        .ok_or(Error::NotFound)
}

/// Tells the learner of something that does not change the application, so that its version would not tell
/// two of them apart.
async fn tell_learner_again(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    template: &'static str,
    letter: Letter,
) -> Result<()> {
    let key = format!("{template}:{}:{}", application.id, services.now().0);
    tell_learner_keyed(tx, services, application, key, template, letter).await
}

/// Tells the department's supervisors that somebody's place is confirmed.
pub(crate) async fn tell_hosts(
    tx: &mut Tx,
    services: &Services,
    facts: &crate::messages::letters::Facts<'_>,
    application: &store::applications::Application,
) -> Result<()> {
    let run = store::attendance::find_session(tx, application.session).await?.ok_or(Error::NotFound)?;
    let Some(department) = run.department else { return Ok(()) };
    for host in store::attendance::list_of_department(tx, department).await? {
        let outgoing = Outgoing {
            key: format!("joining_host:{}:{}:{}", application.id, application.version, host.account),
            to: host.email,
            template: "joining_host",
            letter: crate::messages::letters::joining_host(facts, &host.name),
            application: None,
        };
        queue(tx, services, outgoing).await?;
    }
    Ok(())
}

/// The days of a session that count: without those on which it did not take place.
pub(crate) async fn counted_days(tx: &mut Tx, services: &Services, session: &RunSession) -> Result<Vec<NaiveDate>> {
    let not_run = store::attendance::list_not_run(tx, session.id).await?;
    let mut days = domain::attendance::days(session.starts_on, session.ends_on, &services.working_days.now());
    days.retain(|day| !not_run.iter().any(|one| one.day == *day));
    Ok(days)
}

/// The daily start of a session.
pub(crate) fn starts_at(session: &RunSession) -> Option<NaiveTime> {
    time_of(session.starts_at)
}

/// The daily times of a session, where both are known.
#[must_use]
pub fn times(session: &RunSession) -> Option<(NaiveTime, NaiveTime)> {
    Some((starts_at(session)?, time_of(session.ends_at)?))
}

fn time_of(minutes: Option<i64>) -> Option<NaiveTime> {
    let seconds = u32::try_from(minutes?).ok()?.checked_mul(60)?;
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
}

/// The counted days that can be recorded by now and that somebody confirmed has no record of: earliest first.
pub(crate) async fn open_days(tx: &mut Tx, services: &Services, session: &RunSession) -> Result<Vec<NaiveDate>> {
    let now = crate::time::london(services.now());
    let recorded = store::attendance::list_days_of_session(tx, session.id).await?;
    let coming: Vec<_> = store::attendance::list_attendees(tx, session.id)
        .await?
        .into_iter()
        .filter(|one| one.state == State::Confirmed)
        .collect();
    let mut days = counted_days(tx, services, session).await?;
    days.retain(|day| {
        domain::attendance::may_record(*day, starts_at(session), now)
            && coming.iter().any(|one| !recorded.iter().any(|r| r.application == one.application && r.day == *day))
    });
    Ok(days)
}
