//! What the clock does to an application while nobody else does anything: reminders, late answers,
//! offers that run out, drafts that close. The same letters under the same keys as when it is due today.

use chrono::NaiveDate;
use domain::clearance::ConsentStatus;
use domain::consent::REMINDED_AFTER_DAYS;
use domain::{Action, Role, State};

use super::play::Case;
use super::stage::{Stage, at};
use crate::Result;
use crate::applications::{
    facts, remind_guardian, tell_coordinators, tell_learner, tell_learner_once, tell_learner_once_here,
};
use crate::messages::letters;
use crate::time::london_day;

/// When the service does what became due, in minutes after midnight.
pub(super) const NIGHT: i64 = 0;

impl Case<'_> {
    /// Everything that the clock does in the nights up to this day, its own night included.
    pub async fn wait(&mut self, stage: &mut Stage<'_>, until: NaiveDate) -> Result<()> {
        if self.application.state == State::Draft {
            self.wait_as_draft(stage, until).await?;
        }
        if self.application.state.awaits_decision() {
            self.wait_for_decision(stage, until).await?;
        }
        if self.application.state == State::Offered {
            self.wait_for_answer(stage, until).await?;
        }
        self.wait_for_consent(stage, until).await
    }

    /// The reminders of a parent or carer who has not answered. They come between the other nights, so the
    /// clock goes back for them.
    async fn wait_for_consent(&mut self, stage: &mut Stage<'_>, until: NaiveDate) -> Result<()> {
        if self.application.consent != ConsentStatus::Asked || !self.application.state.is_live() {
            return Ok(());
        }
        let Some(consent) = store::consents::find(stage.tx, self.application.id).await? else { return Ok(()) };
        let done = usize::try_from(consent.reminders).unwrap_or(0);
        for days in REMINDED_AFTER_DAYS.iter().skip(done) {
            let day = london_day(consent.asked_at) + chrono::TimeDelta::days(*days);
            if day > until || at(day, NIGHT) > stage.now {
                break;
            }
            stage.set_clock(day, NIGHT);
            remind_guardian(stage.tx, &stage.services, &self.application.reference).await?;
        }
        stage.set_moment(self.last);
        Ok(())
    }

    /// Sets the clock to the night of this day, if it lies between the last step and `until`; whether it does.
    fn night(&mut self, stage: &mut Stage<'_>, day: NaiveDate, until: NaiveDate) -> bool {
        let due = at(day, NIGHT);
        if day > until || due <= self.last || due > stage.now {
            return false;
        }
        stage.set_clock(day, NIGHT);
        self.last = due;
        true
    }

    async fn wait_as_draft(&mut self, stage: &mut Stage<'_>, until: NaiveDate) -> Result<()> {
        let closes = self.about.closes_on;
        if self.night(stage, closes - chrono::Days::new(3), until) {
            let letter = letters::draft_closing(&facts(&stage.services, &self.application, &self.about));
            tell_learner_once(stage.tx, &stage.services, &self.application, "draft_closing", letter).await?;
        }
        if self.night(stage, closes + chrono::Days::new(1), until) {
            self.go(stage, Action::Expire, Role::System, "").await?;
        }
        Ok(())
    }

    async fn wait_for_decision(&mut self, stage: &mut Stage<'_>, until: NaiveDate) -> Result<()> {
        let Some(by) = self.application.decide_by else { return Ok(()) };
        let remind = stage.services.working_days.before(by, 3);
        let starts_on = self.about.starts_on;
        for (day, late) in [(remind, false), (by + chrono::Days::new(1), true)] {
            if day >= starts_on || !self.night(stage, day, until) {
                continue;
            }
            let services = &stage.services;
            if late {
                self.application.overdue_at = Some(services.now());
                store::applications::save(stage.tx, &self.application).await?;
                self.application.version += 1;
                let letter = letters::overdue(&facts(services, &self.application, &self.about));
                tell_learner_once(stage.tx, services, &self.application, "overdue", letter).await?;
            }
            let letter = letters::decision_due(
                &self.about.title,
                &self.application.reference,
                by,
                late,
                &services.settings.base_url,
            );
            let template = if late { "decision_late" } else { "decision_due" };
            tell_coordinators(stage.tx, services, &self.about, &self.application.reference, template, &letter).await?;
        }
        if self.night(stage, starts_on, until) {
            self.lapse(stage).await?;
        }
        Ok(())
    }

    async fn wait_for_answer(&mut self, stage: &mut Stage<'_>, until: NaiveDate) -> Result<()> {
        let Some(by) = self.application.respond_by else { return Ok(()) };
        let nudge = stage.services.working_days.before(by, 2);
        if self.night(stage, nudge, until) {
            let letter = letters::offer_nudge(&facts(&stage.services, &self.application, &self.about), by);
            tell_learner_once_here(stage.tx, &stage.services, &self.application, "offer_nudge", letter).await?;
        }
        if self.night(stage, by + chrono::Days::new(1), until) {
            self.go(stage, Action::ExpireOffer, Role::System, "").await?;
            let letter = letters::offer_over(&facts(&stage.services, &self.application, &self.about), false);
            tell_learner(stage.tx, &stage.services, &self.application, "offer_over", letter).await?;
            self.tell_answer(stage, false).await?;
        }
        Ok(())
    }
}
