//! Doing the steps that come after deciding, or beside it: suggestions, new dates, acting for somebody, and
//! the days themselves.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use domain::application::NoReason;
use domain::ids::SessionId;
use services::applications::{self, ActFor, Decision, DraftNo, KeyedIn};
use services::time::from_london;
use services::{Ctx, Error, Result, attendance, new_dates, suggesting};

use super::sequence::{Begins, LEARNERS, NOBODY, Step, Times, Which};
use super::stage::Stage;

const PLACED: &[&str] = &["confirmed", "attended", "partly_attended", "did_not_attend"];
const RECORDED: &[&str] = &["attended", "partly_attended", "did_not_attend"];
/// Where an application stands when the service may suggest something else.
const ENDED: &[&str] = &[
    "not_selected",
    "lapsed",
    "clearance_not_met",
    "offer_expired",
    "offer_withdrawn",
    "cancelled_by_provider",
    "submitted",
];

impl Stage<'_> {
    pub async fn later(&mut self, step: &Step) -> Result<()> {
        match step {
            Step::SayNoSuggesting { staff, which, how_many, .. } => {
                let which = self.aim_at(*which, false, &["submitted", "under_review", "waitlisted"]);
                say_no(&self.staff(*staff, which.session), &self.reference(which), *how_many).await
            }
            Step::TakeSuggestion { by, which, number, times } => {
                let (learner, reference) = self.whose(*by, self.aim_at(*which, true, ENDED))?;
                let beside = suggesting::for_learner(&learner, &reference).await?;
                let one = beside.suggested.get(*number).ok_or(Error::NotFound)?;
                let to = suggesting::take(&learner, &reference, one.opportunity).await?;
                if *times == Times::Twice && suggesting::take(&learner, &reference, one.opportunity).await? != to {
                    return Err(Error::Unexpected("taken up twice, it leads somewhere else".into()));
                }
                Ok(())
            }
            Step::ProposeDates { staff, session, begins, answer_in, times } => {
                let (today, run) = (self.services.today(), self.run(*session)?);
                let from = match begins {
                    Begins::Later(days) => run.starts_on + chrono::Duration::days(*days),
                    Begins::In(days) => today + Days::new(*days),
                    Begins::With(other) => self.run(*other)?.starts_on,
                };
                let to = from + (run.ends_on - run.starts_on);
                let (staff, id) = (self.staff(*staff, *session), run.id.to_string());
                propose(&staff, &id, [from, to, today + Days::new(*answer_in)], *times).await
            }
            Step::AnswerDates { by, which, yes, .. } => {
                let which = self.aim(*which, true, |application| {
                    self.now.asked.iter().any(|one| one.application_id == application.id && one.answer.is_none())
                });
                let (learner, reference) = self.whose(*by, which)?;
                new_dates::answer(&learner, &reference, *yes).await
            }
            Step::KeyIn { staff, learner, session } => {
                let (staff, session) = (self.staff(*staff, *session), self.world(*session).session);
                keyed(applications::key_in(&staff, session, ActFor::Somebody, &said(*learner)).await)
            }
            Step::ApplyWith { learner, session } => {
                let account = self.learner(*learner)?.actor()?.account;
                let (adviser, session) = (self.ctx(&self.cast.adviser), self.world(*session).session);
                keyed(applications::key_in(&adviser, session, ActFor::Linked(account), &said(*learner)).await)
            }
            Step::AnswerFor { staff, which, action, .. } => {
                let which = self.offered_by_telephone(*which);
                applications::answer_for(&self.staff(*staff, which.session), &self.reference(which), *action).await
            }
            Step::WithdrawFor(which, _) => {
                let which = self.aim_at(*which, true, &["submitted", "waitlisted", "offered", "accepted", "confirmed"]);
                let account = self.learner(which.learner)?.actor()?.account;
                applications::withdraw_for(&self.ctx(&self.cast.adviser), account, &self.reference(which)).await
            }
            Step::GoTo { session, day } => {
                let to = from_london((self.run(*session)?.starts_on + Days::new(*day)).and_hms_opt(16, 0, 0).unwrap());
                if to > self.services.now() {
                    self.clock.set(to);
                }
                Ok(())
            }
            days => self.days(days).await,
        }
    }

    /// Somebody who was offered a place and is told by telephone.
    fn offered_by_telephone(&self, which: Which) -> Which {
        let offered = |at: &&(usize, usize)| {
            let which = Which { learner: at.0, session: at.1, apt: false };
            let id = self.id(which);
            at.0 == NOBODY && self.now.applications.iter().any(|a| Some(a.id) == id && a.state == "offered")
        };
        let found = self.references.keys().find(offered).filter(|_| which.apt && which.learner == NOBODY);
        found.map_or(which, |(learner, session)| Which { learner: *learner, session: *session, apt: true })
    }

    async fn days(&self, step: &Step) -> Result<()> {
        match step {
            Step::Record { staff, which, day, mark, minutes, .. } => {
                let which = self.aim_at(*which, false, PLACED);
                let (id, day) = self.day(which.session, *day)?;
                let staff = self.staff(*staff, which.session);
                attendance::record(&staff, id, &self.reference(which), day, *mark, *minutes).await
            }
            Step::EveryoneCame { staff, session, day } => {
                let (id, day) = self.day(*session, *day)?;
                attendance::everyone_came(&self.staff(*staff, *session), id, day).await.map(drop)
            }
            Step::Amend { staff, which, day, mark, reason, .. } => {
                let which = self.aim_at(*which, false, RECORDED);
                let (id, day) = self.day(which.session, *day)?;
                let staff = self.staff(*staff, which.session);
                attendance::amend(&staff, id, &self.reference(which), day, *mark, None, reason).await
            }
            Step::NotRun { staff, session, day, ran } => {
                let (id, day) = self.day(*session, *day)?;
                let staff = self.staff(*staff, *session);
                if *ran {
                    attendance::ran_after_all(&staff, id, day).await
                } else {
                    attendance::mark_not_run(&staff, id, day, "The ward was closed.").await
                }
            }
            Step::SayWrong(by, which, _) => {
                let (learner, reference) = self.whose(*by, self.aim_at(*which, true, RECORDED))?;
                attendance::say_wrong(&learner, &reference, "I was there.").await
            }
            Step::KeepDays(staff, which, _) => {
                let which = self.aim(*which, false, |application| {
                    self.now
                        .questions
                        .iter()
                        .any(|one| one.application_id == application.id && one.answered_at.is_none())
                });
                let (id, _) = self.day(which.session, 0)?;
                let staff = self.staff(*staff, which.session);
                attendance::keep(&staff, id, &self.reference(which), "It is right as it is.").await
            }
            other => Err(Error::Unexpected(format!("nobody does this: {other:?}"))),
        }
    }

    fn day(&self, session: usize, day: u64) -> Result<(SessionId, NaiveDate)> {
        let run = self.run(session)?;
        Ok((SessionId(run.id), run.starts_on + Days::new(day)))
    }
}

/// A no beside which so many of what may be suggested are ticked.
async fn say_no(staff: &Ctx, reference: &str, how_many: usize) -> Result<()> {
    let (found, _) = suggesting::to_choose(staff, reference).await?;
    let chosen: Vec<_> = found.iter().take(how_many).map(|one| one.opportunity).collect();
    let draft = DraftNo { reason: NoReason::MoreAsked.as_str().into(), note: "Sorry.".into() };
    applications::save_draft_no(staff, reference, &draft).await?;
    suggesting::choose(staff, reference, &chosen).await?;
    let decision = Decision::SayNo(NoReason::MoreAsked, "Sorry.".into());
    let preview = applications::preview(staff, reference, &decision).await?;
    applications::decide(staff, reference, &decision, &preview.fingerprint).await
}

/// Proposes new dates, having read whom that tells what: first day, last day, and by when they answer.
async fn propose(staff: &Ctx, session: &str, [from, to, by]: [NaiveDate; 3], times: Times) -> Result<()> {
    let mut typed = BTreeMap::from([("reason".to_owned(), "host_away".to_owned())]);
    for (name, day) in [("from", from), ("to", to), ("by", by)] {
        typed.insert(format!("{name}_day"), day.day().to_string());
        typed.insert(format!("{name}_month"), day.month().to_string());
        typed.insert(format!("{name}_year"), day.year().to_string());
    }
    let begun = new_dates::save(staff, session, "", &typed).await?;
    let plan = new_dates::plan(staff, session, &begun.to_string()).await?;
    if let Some(words) = plan.cannot {
        return Err(Error::Refused(words));
    }
    if let Some((_, words)) = plan.problems.into_iter().next() {
        return Err(Error::Refused(words));
    }
    new_dates::propose(staff, begun, &plan.fingerprint).await?;
    if times == Times::Twice {
        new_dates::propose(staff, begun, "something else").await?;
    }
    Ok(())
}

fn keyed(outcome: Result<KeyedIn>) -> Result<()> {
    match outcome? {
        KeyedIn::Sent(_) => Ok(()),
        KeyedIn::Mend => Err(Error::refused("Something needs mending.")),
    }
}

/// What somebody says on the telephone, or an adviser types with a learner.
fn said(learner: usize) -> BTreeMap<String, String> {
    let (name, year) = LEARNERS.get(learner).copied().unwrap_or(("gil", 2010));
    let email = format!("{name}@mail.example");
    let reach = if learner == NOBODY { ("no-email", "yes") } else { ("email", email.as_str()) };
    [
        ("how", if learner.is_multiple_of(2) { "telephone" } else { "paper" }),
        ("name", name),
        ("dob-day", "27"),
        ("dob-month", "3"),
        ("dob-year", &year.to_string()),
        reach,
        ("phone", "07700 900 982"),
        ("at-school", "no"),
        ("guardian-name", "Sam Carer"),
        ("guardian-email", &format!("carer-of-{name}@mail.example")),
        ("why", "I looked after my nan."),
        ("read-to", "yes"),
    ]
    .into_iter()
    .map(|(field, value)| (field.to_owned(), value.to_owned()))
    .collect()
}
