//! New dates for a session (decision 0010). A second session of the same opportunity is made; the old one
//! is closed. Whoever holds an accepted or confirmed place is asked, and goes along only when they say yes.
//! Offers and applications that nobody has accepted go along at once, and are told.

mod answer;
mod propose;
#[cfg(test)]
mod story;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::cancelling::CancelReason;
use domain::eligibility::{Answer as Can, Asks, can_apply};
use domain::ids::{DateChangeId, SessionId};
use domain::words::long_date;
use store::Tx;
use store::applications::{About, Application};
pub use store::date_changes::DateChange;

pub use answer::{Question, answer, asked};
pub(crate) use answer::{close_into, due};
pub use propose::{Fate, Told, propose};

use crate::cancelling::{LONGEST_NOTE, Problem, date};
use crate::{Ctx, Error, Result, policy};

/// What is proposed, once it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Last day for an answer.
    pub answer_by: NaiveDate,
    /// Why.
    pub reason: CancelReason,
    /// Own words.
    pub note: String,
}

/// Reads the form; or what has to be mended, in the order of the page.
///
/// # Errors
/// The problems by field.
pub fn read(
    about: &About,
    typed: &BTreeMap<String, String>,
    today: NaiveDate,
) -> std::result::Result<Proposal, Vec<Problem>> {
    let mut problems = Vec::new();
    let (from, to, by) = (date(typed, "from"), date(typed, "to"), date(typed, "by"));
    match from {
        None => problems.push(("from-day", "Enter the new first day, like 27 3 2027".to_owned())),
        Some(from) if from <= today => problems.push(("from-day", "The new first day must be after today".to_owned())),
        _ => {}
    }
    match (from, to) {
        (_, None) => problems.push(("to-day", "Enter the new last day, like 27 3 2027".to_owned())),
        (Some(from), Some(to)) if to < from => {
            problems.push(("to-day", "The last day must be the same as or after the first day".to_owned()));
        }
        (Some(from), Some(to)) if (from, to) == (about.starts_on, about.ends_on) => {
            problems.push(("from-day", "These are the dates as they are. Enter other dates".to_owned()));
        }
        _ => {}
    }
    match (by, from) {
        (None, _) => problems.push(("by-day", "Enter the day by which they answer, like 27 3 2027".to_owned())),
        (Some(by), _) if by <= today => problems.push(("by-day", "Give them at least until tomorrow".to_owned())),
        (Some(by), Some(from)) if by >= from => {
            problems.push(("by-day", "They must answer before the new first day".to_owned()));
        }
        _ => {}
    }
    let reason = CancelReason::parse(typed.get("reason").map_or("", String::as_str));
    if reason.is_none() {
        problems.push(("reason", "Choose a reason".to_owned()));
    }
    let note = typed.get("note").map_or("", |text| text.trim()).replace("\r\n", "\n");
    let written = note.chars().count();
    if written > LONGEST_NOTE {
        problems.push(("note", format!("Write {LONGEST_NOTE} characters or fewer. You wrote {written}")));
    } else if reason == Some(CancelReason::Other) && note.is_empty() {
        problems.push(("note", "Say in your own words why the dates change".to_owned()));
    }
    match (from, to, by, reason, problems.is_empty()) {
        (Some(starts_on), Some(ends_on), Some(answer_by), Some(reason), true) => {
            Ok(Proposal { starts_on, ends_on, answer_by, reason, note })
        }
        _ => Err(problems),
    }
}

/// The session as it would be on the new dates. Its applications close as long before it as before.
fn moved(about: &About, proposal: &Proposal, id: SessionId) -> About {
    About {
        session: id,
        starts_on: proposal.starts_on,
        ends_on: proposal.ends_on,
        closes_on: proposal.starts_on - (about.starts_on - about.closes_on),
        held: 0,
        cancelled: false,
        ..about.clone()
    }
}

/// Why somebody cannot come on these dates, as far as their age goes. They applied in time already.
fn does_not_fit(new: &About, application: &Application, today: NaiveDate) -> Option<String> {
    let asks = Asks { closes_on: new.starts_on, ..new.asks() };
    match can_apply(&asks, application.answers.date_of_birth(), today) {
        Can::Yes => None,
        Can::No(why) | Can::NotYet(why) => Some(why),
    }
}

/// Why no place can be offered in a session now: those who had a place on its old dates are still asked.
pub(crate) async fn being_agreed(tx: &mut Tx, session: SessionId) -> Result<Option<String>> {
    Ok(store::date_changes::open_into(tx, session).await?.and_then(|change| change.answer_by).map(|by| {
        format!(
            "People who had a place are still asked about these new dates. You can offer places when they have answered, or after {}.",
            long_date(by)
        )
    }))
}

/// What the coordinator's page says.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The session with the old dates.
    pub about: About,
    /// The form as typed, or what was proposed.
    pub change: Option<DateChange>,
    /// What is proposed, while the form can be read.
    pub proposal: Option<Proposal>,
    /// Who is told what; empty while the form has problems and after it was proposed.
    pub told: Vec<Told>,
    /// How many had begun an application and not sent it.
    pub drafts: usize,
    /// Who was asked, and what they said: application, and "yes", "no", "none" or nothing.
    pub answers: Vec<(Application, Option<String>)>,
    /// What has to be mended.
    pub problems: Vec<Problem>,
    /// Why the dates cannot be changed.
    pub cannot: Option<String>,
    /// Of every message that was shown.
    pub fingerprint: String,
}

async fn session(tx: &mut Tx, ctx: &Ctx, id: &str) -> Result<About> {
    let id: SessionId = id.parse().map_err(|_| Error::NotFound)?;
    let about = store::applications::about_session(tx, id).await?.ok_or(Error::NotFound)?;
    policy::coordinator_of(ctx, about.organisation, |member| member.can_decide)?;
    Ok(about)
}

async fn cannot(tx: &mut Tx, about: &About, today: NaiveDate) -> Result<Option<String>> {
    Ok(if about.cancelled {
        Some("These dates were cancelled, so they cannot be changed.".to_owned())
    } else if about.starts_on <= today {
        Some("These dates have begun, so they cannot be changed. You can cancel them.".to_owned())
    } else {
        being_agreed(tx, about.session)
            .await?
            .map(|_| "These are new dates that people are still asked about. Wait for their answers.".to_owned())
    })
}

/// Keeps the form as typed: a new one, or the one that was begun. Which one.
///
/// # Errors
/// [`Error::NotFound`] for another provider's session and without the right to decide.
pub async fn save(ctx: &Ctx, id: &str, begun: &str, typed: &BTreeMap<String, String>) -> Result<DateChangeId> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let about = session(&mut tx, ctx, id).await?;
    if typed.values().any(|text| text.chars().count() > 20 * LONGEST_NOTE) {
        return Err(Error::refused("That is far longer than fits. Write a sentence or two."));
    }
    let actor = ctx.actor()?.account;
    if let Ok(begun) = begun.parse::<DateChangeId>()
        && let Some(found) = store::date_changes::find(&mut tx, begun).await?
        && found.old == about.session
        && found.created_by == actor
        && store::date_changes::save_typed(&mut tx, begun, typed).await?
    {
        tx.commit().await?;
        return Ok(begun);
    }
    let new = DateChange {
        id: DateChangeId(services.uuid()),
        organisation: about.organisation,
        old: about.session,
        new: None,
        typed: typed.clone(),
        created_by: actor,
        created_at: services.now(),
        reason: None,
        note: String::new(),
        answer_by: None,
        proposed: None,
        finished_at: None,
    };
    store::date_changes::insert(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(new.id)
}

/// The page of a change of dates: the form, the preview, or the answers.
///
/// # Errors
/// As [`save`].
pub async fn plan(ctx: &Ctx, id: &str, begun: &str) -> Result<Plan> {
    let today = ctx.services.today();
    let mut tx = ctx.services.db.read().await?;
    let about = session(&mut tx, ctx, id).await?;
    let mut plan = Plan {
        change: store::date_changes::find_proposed(&mut tx, about.session).await?,
        proposal: None,
        told: Vec::new(),
        drafts: 0,
        answers: Vec::new(),
        problems: Vec::new(),
        cannot: None,
        fingerprint: String::new(),
        about,
    };
    if let Some(change) = &plan.change {
        for answer in store::date_changes::list_answers(&mut tx, change.id).await? {
            if let Some(application) = store::applications::find_by_id(&mut tx, answer.application).await? {
                plan.answers.push((application, answer.answer));
            }
        }
        return Ok(plan);
    }
    plan.cannot = cannot(&mut tx, &plan.about, today).await?;
    if plan.cannot.is_some() || begun.is_empty() {
        return Ok(plan);
    }
    let begun: DateChangeId = begun.parse().map_err(|_| Error::NotFound)?;
    let found = store::date_changes::find(&mut tx, begun).await?.filter(|found| found.old == plan.about.session);
    let change = found.ok_or(Error::NotFound)?;
    match read(&plan.about, &change.typed, today) {
        Ok(proposal) => {
            let (told, drafts) = propose::gather(&mut tx, &ctx.services, &plan.about, &proposal).await?;
            plan.fingerprint = propose::fingerprint(&told);
            plan.told = told;
            plan.drafts = drafts.len();
            plan.proposal = Some(proposal);
        }
        Err(problems) => plan.problems = problems,
    }
    plan.change = Some(change);
    Ok(plan)
}
