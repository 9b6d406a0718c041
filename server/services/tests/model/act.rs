//! Doing a step, through the use cases.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::cancelling::CancelReason;
use domain::clearance::ClearanceKind;
use domain::places::{FreedPlace, TakeBackReason};
use domain::priority::EvidenceReason;
use services::applications::{self, DraftNo};
use services::{Ctx, Error, Result, cancelling, priority, sessions, tick};
use uuid::Uuid;

use super::sequence::{LEARNERS, Staff, Step, Which};
use super::stage::{LEAVES, Stage};

/// Long after the last dates.
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2027, 12, 1).unwrap();

impl Stage<'_> {
    /// Somebody does it.
    pub async fn step(&mut self, step: &Step) -> Result<()> {
        match step {
            Step::Fill(which) => {
                let (learner, world) = (self.learner(which.learner)?, self.world(which.session));
                world.fill(&learner, LEARNERS[which.learner].0, which.learner % 2 == 1).await.map(drop)
            }
            Step::Submit(which, _) => {
                let which = self.aim_at(*which, true, &["draft"]);
                applications::submit(&self.learner(which.learner)?, &self.reference(which), true).await
            }
            Step::Open(staff, which, _) => {
                let staff = self.staff(*staff, which.session);
                applications::open(&staff, &self.reference(*which), false).await.map(drop)
            }
            Step::Decide(staff, which, decision, _) => {
                let which = self.aim_at(*which, false, &["submitted", "under_review", "waitlisted"]);
                let staff = self.staff(*staff, which.session);
                self.world(0).decide(&staff, &self.reference(which), decision.clone()).await
            }
            Step::Read(which, decision) => {
                let reference = self.reference(*which);
                let staff = self.staff(Staff::Decides, which.session);
                let preview = applications::preview(&staff, &reference, decision).await?;
                self.read.insert(reference, (decision.clone(), preview.fingerprint));
                Ok(())
            }
            Step::DecideOnWhatWasReadBefore(which) => {
                let reference = self.reference(*which);
                let Some((decision, read)) = self.read.get(&reference) else { return Ok(()) };
                applications::decide(&self.staff(Staff::Decides, which.session), &reference, decision, read).await
            }
            Step::Accept(by, which, _) => {
                let (learner, reference) = self.whose(*by, self.aim_at(*which, true, &["offered"]))?;
                applications::accept(&learner, &reference).await
            }
            Step::Decline(by, which, _) => {
                let (learner, reference) = self.whose(*by, self.aim_at(*which, true, &["offered"]))?;
                applications::decline(&learner, &reference).await
            }
            Step::Withdraw(by, which, _) => {
                let which = self.aim_at(*which, true, LEAVES);
                let (learner, reference) = self.whose(*by, which)?;
                applications::withdraw(&learner, &reference).await
            }
            Step::AskGuardianAgain(which) => {
                applications::ask_guardian_again(&self.learner(which.learner)?, &self.reference(*which)).await
            }
            Step::GuardianAnswers { which, newest, agrees, .. } => {
                let links = self.of(&self.links, *which);
                let Some(token) = (if *newest { links.last() } else { links.first() }) else { return Ok(()) };
                applications::answer_consent(&self.services, token, *agrees).await.map(drop)
            }
            Step::GuardianThinksAgain { which, agrees, .. } => {
                let pages = self.of(&self.pages, *which);
                let Some(token) = pages.last() else { return Ok(()) };
                if *agrees {
                    applications::agree_after_all(&self.services, token).await.map(drop)
                } else {
                    applications::withdraw_consent(&self.services, token).await.map(drop)
                }
            }
            Step::ChangePlaces { staff, session, capacity, reserved, lists_when_full } => {
                let change = sessions::Change {
                    capacity: *capacity,
                    reserved_priority: *reserved,
                    reserved_school: 0,
                    reserved_for: None,
                    lists_when_full: *lists_when_full,
                };
                let staff = self.staff(*staff, *session);
                sessions::change_places(&staff, self.world(*session).session, &change).await.map(drop)
            }
            Step::TakeBack { staff, which, fewer, .. } => {
                let which = self.aim_at(*which, false, &["offered"]);
                let (staff, reference) = (self.staff(*staff, which.session), self.reference(which));
                let draft = DraftNo { reason: TakeBackReason::NoHost.as_str().into(), note: "We are sorry.".into() };
                applications::save_taking_back(&staff, &reference, &draft).await?;
                let preview = applications::taking_back(&staff, &reference).await?.preview.ok_or(Error::NotFound)?;
                let freed = if *fewer { FreedPlace::Fewer } else { FreedPlace::Next };
                applications::take_back(&staff, &reference, &draft, freed, &preview.fingerprint).await
            }
            Step::CancelPlace(staff, which) => {
                let which = self.aim_at(*which, false, &["accepted", "confirmed"]);
                cancel(&self.staff(*staff, which.session), "application", &self.reference(which)).await
            }
            Step::CancelSession { staff, session } => {
                cancel(&self.staff(*staff, *session), "session", &self.world(*session).session.to_string()).await
            }
            Step::Evidence { learner, stated } => {
                let (adviser, learner) = (self.ctx(&self.cast.adviser), self.learner(*learner)?.actor()?.account);
                if *stated {
                    priority::state_evidence(&adviser, learner, &[EvidenceReason::FreeSchoolMeals]).await
                } else {
                    priority::end_evidence(&adviser, learner).await
                }
            }
            Step::SettleCheck(staff, which, status) => {
                let which = self.aim_at(*which, false, &["accepted"]);
                let (staff, reference) = (self.staff(*staff, which.session), self.reference(which));
                applications::settle_clearance(&staff, &reference, ClearanceKind::Identity, *status, "seen").await
            }
            // After a year letters are forgotten, and there would be nothing to judge by.
            Step::Wait { .. } if self.services.today() > LAST_DAY => Ok(()),
            Step::Wait { minutes } => {
                self.clock.set_offset(self.clock.offset() + minutes * 60_000_000);
                Ok(())
            }
            Step::Tick => tick::run_due(&self.services).await.map(drop),
            later => self.later(later).await,
        }
    }

    /// Who does something to an application, and its reference.
    pub fn whose(&self, by: Option<usize>, which: Which) -> Result<(Ctx, String)> {
        Ok((self.learner(by.unwrap_or(which.learner))?, self.reference(which)))
    }

    /// What was sent about this application.
    fn of(&self, known: &BTreeMap<Uuid, Vec<String>>, which: Which) -> Vec<String> {
        self.id(which).and_then(|id| known.get(&id).cloned()).unwrap_or_default()
    }
}

/// Cancels a place or a session, having read whom that tells what.
async fn cancel(staff: &Ctx, word: &str, id: &str) -> Result<()> {
    let typed = [("reason", CancelReason::StaffShort.as_str()), ("note", "We are sorry."), ("place", "next")];
    let typed = typed.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let begun = cancelling::save(staff, word, id, "", &typed).await?;
    let plan = cancelling::plan(staff, word, id, &begun.to_string()).await?;
    cancelling::cancel(staff, begun, &plan.fingerprint).await
}
