//! Cancelling: one learner's place, a session, or all of a department's dates between two days. A
//! coordinator fills in why, reads who is told what, word for word, and does it in one step. Everybody is
//! told once, and nobody is promoted into what was cancelled. Only one learner's place may go on to the next
//! on the waiting list, where the coordinator says so.

mod carry_out;
mod people;
#[cfg(test)]
mod story;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::cancelling::CancelReason;
use domain::ids::{CancellationId, DepartmentId, SessionId};
use domain::places::FreedPlace;
use store::Tx;
use store::applications::About;
pub use store::cancellations::{Cancellation, DepartmentLine, Scope};

pub use carry_out::cancel;
pub(crate) use carry_out::finish_due;
pub use people::{Message, Person, Supervisor};

use crate::{Ctx, Error, Result, policy};

/// Longest own words beside a reason, in characters.
pub const LONGEST_NOTE: usize = 500;
/// How many people are told in one transaction.
const BATCH: usize = if cfg!(test) { 3 } else { 100 };

/// Something to mend in the form: field and words.
pub type Problem = (&'static str, String);

/// Why, and for a department between which days, once it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The reason.
    pub reason: CancelReason,
    /// Own words.
    pub note: String,
    /// First and last day, for a department.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// What becomes of the place, for one learner's.
    pub freed: Option<FreedPlace>,
}

/// Reads the form; or what has to be mended, in the order of the page.
///
/// # Errors
/// The problems by field.
pub fn read(scope: Scope, typed: &BTreeMap<String, String>) -> std::result::Result<Why, Vec<Problem>> {
    let said = |name: &str| typed.get(name).map_or("", |text| text.trim());
    let mut problems = Vec::new();
    let mut days = None;
    if matches!(scope, Scope::Department(_)) {
        let from = date(typed, "from");
        let to = date(typed, "to");
        if from.is_none() {
            problems.push(("from-day", "Enter the first day, like 27 3 2027".to_owned()));
        }
        if to.is_none() {
            problems.push(("to-day", "Enter the last day, like 27 3 2027".to_owned()));
        }
        if let (Some(from), Some(to)) = (from, to) {
            if to < from {
                problems.push(("to-day", "The last day must be the same as or after the first day".to_owned()));
            } else {
                days = Some((from, to));
            }
        }
    }
    let reason = CancelReason::parse(said("reason"));
    if reason.is_none() {
        problems.push(("reason", "Choose a reason".to_owned()));
    }
    let freed = FreedPlace::parse(said("place"));
    if matches!(scope, Scope::Application(_)) && freed.is_none() {
        problems.push(("place", "Choose what happens to the place".to_owned()));
    }
    let note = said("note").replace("\r\n", "\n");
    let written = note.chars().count();
    if written > LONGEST_NOTE {
        problems.push(("note", format!("Write {LONGEST_NOTE} characters or fewer. You wrote {written}")));
    } else if reason == Some(CancelReason::Other) && note.is_empty() {
        problems.push(("note", "Say in your own words why you cancel".to_owned()));
    }
    match (reason, problems.is_empty()) {
        (Some(reason), true) => Ok(Why { reason, note, days, freed }),
        _ => Err(problems),
    }
}

/// A date from its three boxes.
pub fn date(typed: &BTreeMap<String, String>, name: &str) -> Option<NaiveDate> {
    let part = |part: &str| typed.get(&format!("{name}_{part}"))?.trim().parse::<u32>().ok();
    NaiveDate::from_ymd_opt(i32::try_from(part("year")?).ok()?, part("month")?, part("day")?)
}

/// What the pages of a cancelling say.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The form as typed and, afterwards, what was done; `None` before anything was typed.
    pub cancellation: Option<Cancellation>,
    /// What is cancelled: a title, "Pharmacy", or a learner's name.
    pub what: String,
    /// The sessions that it is about.
    pub sessions: Vec<About>,
    /// Who is told what; empty while the form has problems.
    pub people: Vec<Person>,
    /// How many had begun an application and not sent it. Their names are theirs.
    pub drafts: usize,
    /// What those are told.
    pub draft_message: Option<crate::messages::Letter>,
    /// Supervisors who are told.
    pub supervisors: Vec<Supervisor>,
    /// What has to be mended; empty before the form was sent.
    pub problems: Vec<Problem>,
    /// Why nothing can be cancelled here, if so.
    pub cannot: Option<String>,
    /// What becomes of the place, for one learner's; `None` before it was chosen.
    pub freed: Option<FreedPlace>,
    /// Of everything that was read, to be given back with the decision.
    pub fingerprint: String,
}

/// The scope that an address or form names.
///
/// # Errors
/// [`Error::NotFound`] for what is not this coordinator's organisation's, or without the right to decide.
pub async fn scope(ctx: &Ctx, word: &str, id: &str) -> Result<Scope> {
    let (_, membership, own) = policy::coordinator(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    let (scope, owner) = match word {
        "application" => {
            let reference = domain::reference::tidy_reference(id);
            let found = store::applications::find(&mut tx, &reference).await?;
            let application = found.filter(|a| a.submitted_at.is_some()).ok_or(Error::NotFound)?;
            let about = store::applications::about_application(&mut tx, &application).await?;
            (Scope::Application(application.id), about.organisation)
        }
        "session" => {
            let session: SessionId = id.parse().map_err(|_| Error::NotFound)?;
            let about = store::applications::about_session(&mut tx, session).await?.ok_or(Error::NotFound)?;
            (Scope::Session(session), about.organisation)
        }
        "department" => {
            let id: DepartmentId = id.parse().map_err(|_| Error::NotFound)?;
            let found = store::opportunities::find_department(&mut tx, id).await?.ok_or(Error::NotFound)?;
            (Scope::Department(id), found.organisation)
        }
        _ => return Err(Error::NotFound),
    };
    if owner == own && membership.can_decide { Ok(scope) } else { Err(Error::NotFound) }
}

/// Keeps the form as typed: a new one, or the one that was begun. Which one.
///
/// # Errors
/// As [`scope`]; [`Error::Refused`] for a text that no form of ours sends.
pub async fn save(
    ctx: &Ctx,
    word: &str,
    id: &str,
    begun: &str,
    typed: &BTreeMap<String, String>,
) -> Result<CancellationId> {
    let scope = scope(ctx, word, id).await?;
    if typed.values().any(|text| text.chars().count() > 20 * LONGEST_NOTE) {
        return Err(Error::refused("That is far longer than fits. Write a sentence or two."));
    }
    let (actor, _, organisation) = policy::coordinator(ctx)?;
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    if let Ok(begun) = begun.parse::<CancellationId>()
        && let Some(found) = store::cancellations::find(&mut tx, begun).await?
        && found.scope == scope
        && found.created_by == actor.account
        && store::cancellations::save_typed(&mut tx, begun, typed).await?
    {
        tx.commit().await?;
        return Ok(begun);
    }
    let new = Cancellation {
        id: CancellationId(services.uuid()),
        organisation,
        scope,
        typed: typed.clone(),
        created_by: actor.account,
        created_at: services.now(),
        reason: None,
        note: String::new(),
        done: None,
        finished_at: None,
        told: 0,
    };
    store::cancellations::insert(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(new.id)
}

/// The page of a cancelling: the form, or the preview, or what was done.
///
/// # Errors
/// As [`scope`], and [`Error::NotFound`] for a form that was begun by another organisation.
pub async fn plan(ctx: &Ctx, word: &str, id: &str, begun: &str) -> Result<Plan> {
    let scope = scope(ctx, word, id).await?;
    let (_, _, organisation) = policy::coordinator(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    let cancellation = if begun.is_empty() {
        None
    } else {
        let id: CancellationId = begun.parse().map_err(|_| Error::NotFound)?;
        let found = store::cancellations::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if found.scope != scope || found.organisation != organisation {
            return Err(Error::NotFound);
        }
        Some(found)
    };
    let why = cancellation.as_ref().map(|cancellation| read(scope, &cancellation.typed));
    let done = cancellation.as_ref().is_some_and(|cancellation| cancellation.done.is_some());
    let days = why.as_ref().and_then(|why| why.as_ref().ok()).and_then(|why| why.days);
    let sessions = if done {
        let mut sessions = Vec::new();
        for id in store::cancellations::list_sessions(
            &mut tx,
            cancellation.as_ref().map_or_else(|| CancellationId(uuid::Uuid::nil()), |c| c.id),
        )
        .await?
        {
            sessions.extend(store::applications::about_session(&mut tx, id).await?);
        }
        sessions
    } else {
        sessions(&mut tx, scope, days).await?
    };
    let mut plan = Plan {
        what: what(&mut tx, scope).await?,
        cannot: if done { None } else { cannot(&mut tx, ctx, scope, &sessions, days).await? },
        cancellation,
        people: Vec::new(),
        drafts: 0,
        draft_message: None,
        supervisors: Vec::new(),
        freed: None,
        problems: Vec::new(),
        fingerprint: String::new(),
        sessions,
    };
    match why {
        Some(Ok(why)) if !done && plan.cannot.is_none() => {
            let people = people::gather(&mut tx, &ctx.services, scope, &plan.sessions, &why, organisation).await?;
            plan.freed = why.freed;
            plan.fingerprint = people.fingerprint();
            plan.draft_message = people.draft_sample.clone();
            plan.drafts = people.drafts.len();
            plan.people = people.people;
            plan.supervisors = people.supervisors;
        }
        Some(Err(problems)) => plan.problems = problems,
        _ => {}
    }
    Ok(plan)
}

/// What is cancelled, by name.
async fn what(tx: &mut Tx, scope: Scope) -> Result<String> {
    Ok(match scope {
        Scope::Application(id) => {
            let application = store::applications::find_by_id(tx, id).await?.ok_or(Error::NotFound)?;
            crate::applications::name_of(&application).to_owned()
        }
        Scope::Session(id) => store::applications::about_session(tx, id).await?.ok_or(Error::NotFound)?.title,
        Scope::Department(id) => store::opportunities::find_department(tx, id).await?.ok_or(Error::NotFound)?.name,
    })
}

/// The sessions that it is about, in the order in which they are locked.
async fn sessions(tx: &mut Tx, scope: Scope, days: Option<(NaiveDate, NaiveDate)>) -> Result<Vec<About>> {
    let ids = match (scope, days) {
        (Scope::Application(id), _) => {
            vec![store::applications::find_by_id(tx, id).await?.ok_or(Error::NotFound)?.session]
        }
        (Scope::Session(id), _) => vec![id],
        (Scope::Department(id), Some((from, to))) => {
            store::cancellations::list_department_sessions(tx, id, from, to).await?
        }
        (Scope::Department(_), None) => Vec::new(),
    };
    let mut sessions = Vec::with_capacity(ids.len());
    for id in ids {
        sessions.extend(store::applications::about_session(tx, id).await?);
    }
    Ok(sessions)
}

/// Why there is nothing to cancel.
async fn cannot(
    tx: &mut Tx,
    ctx: &Ctx,
    scope: Scope,
    sessions: &[About],
    days: Option<(NaiveDate, NaiveDate)>,
) -> Result<Option<String>> {
    let today = ctx.services.today();
    Ok(match scope {
        Scope::Application(id) => {
            let application = store::applications::find_by_id(tx, id).await?.ok_or(Error::NotFound)?;
            match application.state.after(domain::Action::Cancel, domain::Role::Coordinator) {
                Ok(_) => None,
                Err(_) => Some(format!(
                    "Only an accepted or confirmed place can be cancelled. This application is {}.",
                    application.state.in_words()
                )),
            }
        }
        Scope::Session(_) => sessions.first().and_then(|about| {
            if about.cancelled {
                Some("These dates were cancelled already. Everybody has been told.".to_owned())
            } else if about.ends_on < today {
                Some("These dates are over, so there is nothing to cancel.".to_owned())
            } else {
                None
            }
        }),
        Scope::Department(_) => match days {
            Some((_, to)) if to < today => Some("These days are over, so there is nothing to cancel.".to_owned()),
            Some(_) if sessions.iter().all(|about| about.ends_on < today) => {
                Some("This department has no dates between these days. Choose other days.".to_owned())
            }
            _ => None,
        },
    })
}

/// An organisation's departments, for a coordinator who decides.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for everybody but coordinators.
pub async fn departments(ctx: &Ctx) -> Result<(Vec<DepartmentLine>, bool)> {
    let (_, membership, organisation) = policy::coordinator(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    let lines = store::cancellations::list_departments(&mut tx, organisation, ctx.services.today()).await?;
    Ok((lines, membership.can_decide))
}

/// What a learner reads of the cancelling that ended their application: the reason and the own words.
///
/// # Errors
/// When the store fails.
pub async fn told(
    tx: &mut Tx,
    application: &store::applications::Application,
) -> Result<Option<(CancelReason, String)>> {
    let found = store::cancellations::find_about(tx, application.id, application.session).await?;
    Ok(found.and_then(|cancellation| Some((cancellation.reason?, cancellation.note))))
}
