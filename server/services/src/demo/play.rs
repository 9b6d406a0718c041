//! Plays an application's life, step by step, at the times at which each happened: by the same rules,
//! letters and audit lines as when people do it, in one transaction.

use chrono::NaiveDate;
use domain::application::NoReason;
use domain::attendance::Mark;
use domain::clearance::{ClearanceCode, ClearanceKind, ClearanceStatus, ConsentStatus, Settling};
use domain::form::{Answers, FORM_VERSION};
use domain::ids::{AccountId, ApplicationId};
use domain::time::Moment;
use domain::{Action, Role, State, reference};
use serde_json::json;
use store::applications::{About, Application};
use store::attendance::RunSession;

use super::nights::NIGHT;
use super::people::{Learner, Staff};
use super::stage::{Stage, at};
use crate::applications::{
    ConsentChange, Move, Sender, confirm_if_ready, facts, move_on, offer, open_anew, send, settle_consent,
    tell_coordinators, tell_learner,
};
use crate::attendance::{Entry, Host, counted_days, insert_question, leave_as_is, record_within};
use crate::messages::letters;
use crate::{Error, Result, audit};

/// What is recorded of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Came {
    Whole,
    /// For so many minutes.
    Part(i64),
    Not,
}

/// Something that happens to an application.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    View,
    Offer,
    Waitlist,
    SayNo(NoReason, &'static str),
    Accept,
    Decline,
    Withdraw,
    WithdrawOffer,
    /// The parent or carer says yes, where they were asked.
    Agree,
    /// One check is finished.
    Meet(ClearanceKind),
    /// Every check that is still open is finished.
    MeetAll,
    /// A check cannot be met.
    Fail,
    /// The provider cancels the session.
    Cancel,
    /// What was recorded of the first days, each evening by the department's supervisor; else all of it by a
    /// coordinator after the last day.
    Record(&'static [Came]),
    /// The learner says that a day is wrong.
    Ask(&'static str),
    /// A coordinator changes a day, counted from 0, and says why.
    Amend(usize, Came, &'static str),
    /// A coordinator leaves the days as they are, and says why.
    Keep(&'static str),
    /// The clock: nothing else happens until this day.
    Wait,
}

/// An application that is being played.
pub(super) struct Case<'l> {
    pub application: Application,
    pub about: About,
    learner: &'l Learner,
    staff: Staff,
    pub(super) last: Moment,
}

impl<'l> Case<'l> {
    /// The learner begins it and answers every question, or all but the last when it stays a draft.
    pub async fn begin(
        stage: &mut Stage<'_>,
        learner: &'l Learner,
        staff: Staff,
        about: About,
        day: NaiveDate,
        why: &str,
        whole: bool,
    ) -> Result<Self> {
        let minutes = stage.number(955, 1170);
        stage.set_clock(day, minutes);
        let now = stage.services.now();
        let mut answers = learner.answers.clone();
        if whole && about.asks_why {
            answers.set("why", why);
        }
        let application = Application {
            id: ApplicationId(stage.services.uuid()),
            reference: reference::application_reference(stage.bytes()),
            learner: learner.account,
            opportunity: about.opportunity,
            session: about.session,
            state: State::Draft,
            state_since: now,
            answers,
            form_version: FORM_VERSION,
            opportunity_version: about.opportunity_version,
            created_at: now,
            submitted_at: None,
            decide_by: None,
            respond_by: None,
            viewed_at: None,
            overdue_at: None,
            no_reason: None,
            consent: ConsentStatus::NotNeeded,
            version: 0,
        };
        store::applications::insert(stage.tx, &application).await?;
        Ok(Self { application, about, learner, staff, last: now })
    }

    /// Sets the clock to when the next step happens: at that time, but after the last one.
    fn advance(&mut self, stage: &mut Stage<'_>, day: NaiveDate, minutes: i64) {
        let earliest = self.last.plus_minutes(3);
        let planned = at(day, minutes);
        if planned >= earliest {
            stage.set_clock(day, minutes);
        } else {
            stage.set_moment(earliest);
        }
        self.last = stage.services.now();
    }

    /// Sends it, 20 minutes or so after it was begun.
    pub async fn submit(&mut self, stage: &mut Stage<'_>, day: NaiveDate) -> Result<()> {
        let minutes = stage.number(1180, 1240);
        self.advance(stage, day, minutes);
        let sender = Sender { role: Role::Learner, actor: self.learner.account, note: "" };
        send(stage.tx, &stage.services, &mut self.application, &self.about, sender).await.map_err(|error| match error {
            Error::Refused(why) => {
                Error::Unexpected(format!("{} cannot send {}: {why}", self.learner.name, self.about.title))
            }
            other => other,
        })
    }

    fn actor(&self, role: Role) -> Option<AccountId> {
        match role {
            Role::Learner => Some(self.learner.account),
            Role::Coordinator => Some(self.staff.coordinator),
            _ => None,
        }
    }

    pub(super) async fn go(&mut self, stage: &mut Stage<'_>, action: Action, role: Role, note: &str) -> Result<()> {
        let step = Move { action, role, actor: self.actor(role), note };
        move_on(stage.tx, &stage.services, &mut self.application, &self.about, step).await
    }

    /// Does the step on this day. Whatever the clock does before comes first.
    pub async fn step(&mut self, stage: &mut Stage<'_>, day: NaiveDate, step: Step) -> Result<()> {
        self.wait(stage, day).await?;
        let minutes = match step {
            Step::Accept | Step::Decline | Step::Withdraw | Step::Agree | Step::Ask(_) => stage.number(970, 1290),
            _ => stage.number(550, 960),
        };
        if step == Step::Wait {
            return Ok(());
        }
        if let Step::Record(marks) = step {
            return self.record(stage, marks).await;
        }
        self.advance(stage, day, minutes);
        match step {
            Step::View => {
                self.application.viewed_at = Some(stage.services.now());
                self.go(stage, Action::View, Role::Coordinator, "").await
            }
            Step::Offer => {
                let coordinator = Move {
                    action: Action::Offer,
                    role: Role::Coordinator,
                    actor: self.actor(Role::Coordinator),
                    note: "",
                };
                offer(stage.tx, &stage.services, &mut self.application, &self.about, coordinator).await
            }
            Step::Waitlist => {
                self.application.overdue_at = None;
                self.go(stage, Action::Waitlist, Role::Coordinator, "").await?;
                let letter = letters::waitlisted(&facts(&stage.services, &self.application, &self.about));
                tell_learner(stage.tx, &stage.services, &self.application, "waitlisted", letter).await
            }
            Step::SayNo(reason, note) => {
                self.application.no_reason = Some(reason);
                self.application.overdue_at = None;
                self.go(stage, Action::SayNo, Role::Coordinator, note).await?;
                let letter =
                    letters::not_selected(&facts(&stage.services, &self.application, &self.about), reason, note);
                tell_learner(stage.tx, &stage.services, &self.application, "not_selected", letter).await
            }
            Step::Accept => self.accept(stage).await,
            Step::Decline => self.leave(stage, Action::Decline).await,
            Step::Withdraw => self.leave(stage, Action::Withdraw).await,
            Step::WithdrawOffer => {
                self.go(stage, Action::WithdrawOffer, Role::Coordinator, "The department moves in that week.").await?;
                let letter = letters::offer_over(&facts(&stage.services, &self.application, &self.about), true);
                tell_learner(stage.tx, &stage.services, &self.application, "offer_over", letter).await
            }
            Step::Agree => self.agree(stage).await,
            Step::Meet(kind) => self.settle(stage, kind, ClearanceStatus::Met).await,
            Step::MeetAll => {
                for check in store::applications::list_clearances(stage.tx, self.application.id).await? {
                    if !check.status.is_settled() {
                        self.settle(stage, check.code(), ClearanceStatus::Met).await?;
                        self.advance(stage, day, minutes);
                    }
                }
                Ok(())
            }
            Step::Fail => {
                let open = store::applications::list_clearances(stage.tx, self.application.id).await?;
                if let Some(check) = open.iter().find(|check| !check.status.is_settled()) {
                    self.settle(stage, check.code(), ClearanceStatus::NotMet).await?;
                }
                self.go(stage, Action::FailClearance, Role::Coordinator, "").await?;
                let letter = letters::clearance_not_met(&facts(&stage.services, &self.application, &self.about));
                tell_learner(stage.tx, &stage.services, &self.application, "clearance_not_met", letter).await
            }
            Step::Cancel => {
                if self.application.state.awaits_decision() {
                    // Nobody had decided: the clock ends it the night after.
                    stage.set_clock(day.succ_opt().unwrap_or(day), NIGHT);
                    return self.lapse(stage).await;
                }
                self.go(stage, Action::Cancel, Role::Coordinator, "The ward is closed for building work.").await?;
                let letter = letters::cancelled(&facts(&stage.services, &self.application, &self.about));
                tell_learner(stage.tx, &stage.services, &self.application, "cancelled", letter).await
            }
            Step::Ask(said) => {
                let (application, about) = (&self.application, &self.about);
                let learner = self.learner.account;
                insert_question(stage.tx, &stage.services, application, about, learner, said).await
            }
            Step::Amend(number, came, reason) => self.amend(stage, number, came, reason).await,
            Step::Keep(said) => {
                let run = self.run(stage).await?;
                let host = Host::new(self.staff.coordinator, Role::Coordinator);
                leave_as_is(stage.tx, &stage.services, host, &run, &self.application, said).await
            }
            Step::Wait | Step::Record(_) => Ok(()),
        }
    }

    async fn run(&self, stage: &mut Stage<'_>) -> Result<RunSession> {
        store::attendance::find_session(stage.tx, self.about.session).await?.ok_or(Error::NotFound)
    }

    /// Records what is said of the first days, as far as they are over.
    async fn record(&mut self, stage: &mut Stage<'_>, marks: &[Came]) -> Result<()> {
        let run = self.run(stage).await?;
        let supervisor = self.staff.supervisor.filter(|_| run.department == self.staff.department);
        let host = match supervisor {
            Some(account) => Host::new(account, Role::Supervisor),
            None => Host::new(self.staff.coordinator, Role::Coordinator),
        };
        let days = counted_days(stage.tx, &stage.services, &run).await?;
        let closed = stage.services.working_days.after(run.ends_on, 1);
        for (day, came) in days.into_iter().zip(marks) {
            let on = if supervisor.is_some() { day } else { closed };
            if on >= stage.today {
                break;
            }
            self.wait(stage, on).await?;
            let minutes = stage.number(970, 1020);
            self.advance(stage, on, minutes);
            self.enter(stage, host, &run, (day, *came), None).await?;
        }
        Ok(())
    }

    async fn amend(&mut self, stage: &mut Stage<'_>, number: usize, came: Came, reason: &str) -> Result<()> {
        let run = self.run(stage).await?;
        let host = Host::new(self.staff.coordinator, Role::Coordinator);
        let days = counted_days(stage.tx, &stage.services, &run).await?;
        let day = *days.get(number).ok_or(Error::NotFound)?;
        self.enter(stage, host, &run, (day, came), Some(reason)).await
    }

    /// Records a day as the service does, which may move the application on.
    async fn enter(
        &mut self,
        stage: &mut Stage<'_>,
        host: Host,
        run: &RunSession,
        (day, came): (NaiveDate, Came),
        reason: Option<&str>,
    ) -> Result<()> {
        let (mark, minutes) = match came {
            Came::Whole => (Mark::Came, None),
            Came::Part(minutes) => (Mark::Part, Some(minutes)),
            Came::Not => (Mark::Absent, None),
        };
        let entry = Entry { day, mark: Some(mark), minutes, reason };
        let reference = &self.application.reference;
        record_within(stage.tx, &stage.services, host, run, reference, &entry).await?;
        self.application = store::applications::find(stage.tx, reference).await?.ok_or(Error::NotFound)?;
        Ok(())
    }

    async fn accept(&mut self, stage: &mut Stage<'_>) -> Result<()> {
        self.go(stage, Action::Accept, Role::Learner, "").await?;
        open_anew(stage.tx, &stage.services, &self.application, &self.about).await?;
        let open = store::applications::list_clearances(stage.tx, self.application.id).await?;
        let mut waits: Vec<String> =
            open.iter().filter(|c| c.mandatory && !c.status.is_settled()).map(|c| c.label().to_owned()).collect();
        if self.application.consent == ConsentStatus::Asked {
            waits.insert(0, "Your parent or carer's yes".into());
        }
        let letter = letters::accepted(&facts(&stage.services, &self.application, &self.about), &waits);
        tell_learner(stage.tx, &stage.services, &self.application, "accepted", letter).await?;
        self.tell_answer(stage, true).await?;
        confirm_if_ready(stage.tx, &stage.services, &mut self.application, &self.about).await?;
        Ok(())
    }

    pub(super) async fn tell_answer(&self, stage: &mut Stage<'_>, accepted: bool) -> Result<()> {
        let services = &stage.services;
        let letter = letters::offer_answered(
            &self.about.title,
            &self.application.reference,
            accepted,
            &services.settings.base_url,
        );
        let key = format!("{}:{}", self.application.id, self.application.version);
        tell_coordinators(stage.tx, services, &self.about, &key, "offer_answered", &letter).await
    }

    async fn leave(&mut self, stage: &mut Stage<'_>, action: Action) -> Result<()> {
        let held = self.application.state.holds_place();
        self.go(stage, action, Role::Learner, "").await?;
        let letter = letters::withdrawn(&facts(&stage.services, &self.application, &self.about));
        tell_learner(stage.tx, &stage.services, &self.application, "withdrawn", letter).await?;
        if held { self.tell_answer(stage, false).await } else { Ok(()) }
    }

    async fn agree(&mut self, stage: &mut Stage<'_>) -> Result<()> {
        if self.application.consent != ConsentStatus::Asked {
            return Ok(());
        }
        let services = &stage.services;
        let Some(consent) = store::consents::find(stage.tx, self.application.id).await? else { return Ok(()) };
        store::consents::answer(stage.tx, self.application.id, "yes", services.now()).await?;
        let given = ConsentChange::Gives;
        settle_consent(stage.tx, services, &consent, &mut self.application, &self.about, given).await?;
        Ok(())
    }

    async fn settle(
        &mut self,
        stage: &mut Stage<'_>,
        code: impl Into<ClearanceCode>,
        status: ClearanceStatus,
    ) -> Result<()> {
        let services = &stage.services;
        let by = self.staff.coordinator;
        let code = code.into();
        let Some(mut check) = store::applications::find_clearance(stage.tx, self.application.id, &code).await? else {
            return Ok(());
        };
        let settling = Settling::plain(status, "");
        check.status = status;
        check.settled = Some((services.now(), by));
        check.valid_until = settling.holds_until(&check.what, services.today());
        store::applications::save_clearance(stage.tx, &check).await?;
        let detail = json!({ "kind": code.as_str(), "status": status.as_str() });
        audit::record(
            stage.tx,
            services,
            Some(by),
            Role::Coordinator,
            "settle_clearance",
            "application",
            self.application.id,
            Some(self.about.organisation),
            detail,
        )
        .await?;
        if status.is_settled() {
            confirm_if_ready(stage.tx, services, &mut self.application, &self.about).await?;
        }
        Ok(())
    }

    pub(super) async fn lapse(&mut self, stage: &mut Stage<'_>) -> Result<()> {
        self.go(stage, Action::Lapse, Role::System, "").await?;
        self.last = stage.services.now();
        let letter = letters::lapsed(&facts(&stage.services, &self.application, &self.about));
        tell_learner(stage.tx, &stage.services, &self.application, "lapsed", letter).await
    }
}

/// What an unfinished form holds: the answers up to the parent or carer.
pub(super) fn unfinished(mut answers: Answers) -> Answers {
    for field in ["guardian-name", "guardian-email", "access", "why"] {
        answers.0.remove(field);
    }
    answers
}
