//! What the clock does: expiring, lapsing, flagging, reminding. Each run looks for what is due and does
//! it once; running it again, or on two instances at once, changes nothing more.

mod attendance;
mod clearances;
mod consent;
mod joining;
pub mod retention;

use domain::{Action, State};

use crate::applications::{
    Move, facts, move_on, promote_next, tell_coordinators, tell_learner, tell_learner_once, tell_learner_once_here,
};
use crate::messages::letters;
use crate::{Error, Result, Services};

/// Working days before decide-by on which the provider is reminded.
const REMIND_DAYS: u32 = 3;
/// Working days before respond-by on which the learner is nudged.
const NUDGE_DAYS: u32 = 2;

/// What one run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// Drafts that closed.
    pub drafts_expired: usize,
    /// Offers that ran out.
    pub offers_expired: usize,
    /// Applications that lapsed.
    pub lapsed: usize,
    /// Accepted places whose consent or checks were not there in time.
    pub unready: usize,
    /// Applications that became overdue.
    pub overdue: usize,
    /// Letters about a consent that nobody has given or refused.
    pub consent_reminders: usize,
    /// People reminded of their first day.
    pub reminded: usize,
    /// Messages about what people keep: new ones, closing ones, free places.
    pub about_saved: usize,
}

/// Does everything that is due now. Each application in a transaction of its own, so that one that
/// fails does not hold up the others; the failure is in the log.
///
/// # Errors
/// When the list of what is due cannot be read.
pub async fn run_due(services: &Services) -> Result<Done> {
    crate::working_days::refresh(services).await?;
    crate::cancelling::finish_due(services).await?;
    crate::new_dates::due(services).await?;
    let today = services.today();
    let mut tx = services.db.read().await?;
    let due = store::applications::list_due(
        &mut tx,
        today,
        services.working_days.after(today, NUDGE_DAYS),
        services.working_days.after(today, REMIND_DAYS),
    )
    .await?;
    drop(tx);
    let mut done = Done::default();
    for reference in &due.drafts_closed {
        done.drafts_expired += usize::from(each(services, reference, Step::ExpireDraft).await);
    }
    for reference in &due.drafts_closing {
        each(services, reference, Step::DraftClosing).await;
    }
    for reference in &due.undecided_over {
        done.lapsed += usize::from(each(services, reference, Step::Lapse).await);
    }
    for reference in &due.unready_over {
        done.unready += usize::from(each(services, reference, Step::Unready).await);
    }
    for reference in &due.offers_over {
        done.offers_expired += usize::from(each(services, reference, Step::ExpireOffer).await);
    }
    for reference in &due.offers_nudged {
        each(services, reference, Step::Nudge).await;
    }
    for reference in &due.decide_soon {
        each(services, reference, Step::Remind).await;
    }
    for reference in &due.overdue {
        done.overdue += usize::from(each(services, reference, Step::Overdue).await);
    }
    done.consent_reminders = consent::run(services).await?;
    clearances::run(services).await;
    attendance::run(services).await;
    done.reminded = joining::run(services).await?;
    done.about_saved = crate::saved::send_due(services).await?;
    if let Err(error) = retention::run_hourly(services).await {
        tracing::error!(%error, "what was kept long enough could not be removed");
    }
    Ok(done)
}

#[derive(Debug, Clone, Copy)]
enum Step {
    ExpireDraft,
    DraftClosing,
    Lapse,
    Unready,
    ExpireOffer,
    Nudge,
    Remind,
    Overdue,
}

/// Whether it was done. A rule's no means that somebody was quicker; that is no failure.
async fn each(services: &Services, reference: &str, step: Step) -> bool {
    match one(services, reference, step).await {
        Ok(()) => true,
        Err(Error::Refused(_) | Error::NotFound) => false,
        Err(error) => {
            tracing::error!(reference, ?step, %error, "what was due could not be done");
            false
        }
    }
}

async fn one(services: &Services, reference: &str, step: Step) -> Result<()> {
    let mut tx = services.db.write().await?;
    let mut application = store::applications::find_for_change(&mut tx, reference).await?.ok_or(Error::NotFound)?;
    let about = store::applications::about_application(&mut tx, &application).await?;
    match step {
        Step::ExpireDraft => {
            move_on(&mut tx, services, &mut application, &about, Move::by_clock(Action::Expire)).await?
        }
        Step::Lapse => {
            // Who was on the waiting list was answered; there was no place. The others were not.
            let listed = application.state == State::Waitlisted && !about.cancelled;
            move_on(&mut tx, services, &mut application, &about, Move::by_clock(Action::Lapse)).await?;
            let facts = facts(services, &application, &about);
            let letter = if listed { letters::list_ended(&facts) } else { letters::lapsed(&facts) };
            tell_learner(&mut tx, services, &application, "lapsed", letter).await?;
        }
        Step::Unready => {
            move_on(&mut tx, services, &mut application, &about, Move::by_clock(Action::FailClearance)).await?;
            let letter = letters::clearance_not_met(&facts(services, &application, &about));
            tell_learner(&mut tx, services, &application, "clearance_not_met", letter).await?;
        }
        Step::ExpireOffer => {
            move_on(&mut tx, services, &mut application, &about, Move::by_clock(Action::ExpireOffer)).await?;
            let letter = letters::offer_over(&facts(services, &application, &about), false);
            tell_learner(&mut tx, services, &application, "offer_over", letter).await?;
            let letter =
                letters::offer_answered(&about.title, &application.reference, false, &services.settings.base_url);
            tell_coordinators(
                &mut tx,
                services,
                &about,
                &format!("{}:{}", application.id, application.version),
                "offer_answered",
                &letter,
            )
            .await?;
            promote_next(&mut tx, services, &about).await?;
        }
        Step::DraftClosing => {
            let letter = letters::draft_closing(&facts(services, &application, &about));
            tell_learner_once(&mut tx, services, &application, "draft_closing", letter).await?;
        }
        Step::Nudge => {
            // Whoever was offered a place today has a letter of today: a nudge beside it says nothing.
            let offered_before = crate::time::london_day(application.state_since) < services.today();
            let by = application
                .respond_by
                .filter(|_| application.state == State::Offered && offered_before)
                .ok_or(Error::NotFound)?;
            let letter = letters::offer_nudge(&facts(services, &application, &about), by);
            tell_learner_once_here(&mut tx, services, &application, "offer_nudge", letter).await?;
        }
        Step::Remind => {
            let by = application.decide_by.filter(|_| application.state.awaits_decision()).ok_or(Error::NotFound)?;
            let letter =
                letters::decision_due(&about.title, &application.reference, by, false, &services.settings.base_url);
            tell_coordinators(&mut tx, services, &about, &application.reference, "decision_due", &letter).await?;
        }
        Step::Overdue => {
            let by = application
                .decide_by
                .filter(|_| application.state.awaits_decision() && application.overdue_at.is_none())
                .ok_or(Error::NotFound)?;
            application.overdue_at = Some(services.now());
            if !store::applications::save(&mut tx, &application).await? {
                return Err(Error::NotFound);
            }
            let letter = letters::overdue(&facts(services, &application, &about));
            tell_learner_once(&mut tx, services, &application, "overdue", letter).await?;
            let letter =
                letters::decision_due(&about.title, &application.reference, by, true, &services.settings.base_url);
            tell_coordinators(&mut tx, services, &about, &application.reference, "decision_late", &letter).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
