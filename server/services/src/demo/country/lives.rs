//! What happened to the applications for one session, from the first to today: asked of the life cycle's own
//! table, step by step, and never more places held than there are.

use chrono::{Days, NaiveDate};
use domain::application::NoReason;
use domain::time::Moment;
use domain::{Action, Role, State};

use super::super::stage::at;
use super::adverts::Run;
use super::maker::Maker;
use crate::{Error, Result};

/// Within how many working days a provider answers, and a learner.
const DECIDE_WITHIN: u32 = 10;
const RESPOND_WITHIN: u32 = 5;

/// One step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    pub at: Moment,
    pub action: Action,
    pub from: State,
    pub to: State,
    pub role: Role,
}

/// One application.
#[derive(Debug, Clone)]
pub(super) struct Life {
    pub state: State,
    pub steps: Vec<Step>,
    pub decide_by: NaiveDate,
    pub respond_by: Option<NaiveDate>,
    pub no_reason: Option<NoReason>,
}

impl Life {
    fn sent(maker: &mut Maker, day: NaiveDate) -> Result<Self> {
        let mut life = Self {
            state: State::Draft,
            steps: Vec::with_capacity(6),
            decide_by: maker.after(day, DECIDE_WITHIN),
            respond_by: None,
            no_reason: None,
        };
        let minutes = maker.number(960, 1290);
        life.go(at(day, minutes), Action::Submit, Role::Learner)?;
        Ok(life)
    }

    fn go(&mut self, at: Moment, action: Action, role: Role) -> Result<()> {
        let from = self.state;
        let to = from
            .after(action, role)
            .map_err(|why| Error::Unexpected(format!("{} from {}: {why}", action.as_str(), from.as_str())))?;
        self.steps.push(Step { at, action, from, to, role });
        self.state = to;
        self.respond_by = self.respond_by.filter(|_| to == State::Offered);
        Ok(())
    }

    pub fn submitted_at(&self) -> Moment {
        self.steps[0].at
    }

    pub fn since(&self) -> Moment {
        self.steps.last().map_or(Moment(0), |step| step.at)
    }

    pub fn viewed_at(&self) -> Option<Moment> {
        self.steps.iter().find(|step| step.action == Action::View).map(|step| step.at)
    }

    /// Whether they ever had a place: then those days are theirs.
    pub fn had_place(&self) -> bool {
        self.steps.iter().any(|step| step.to == State::Confirmed)
    }
}

/// The applications of so many people for one session.
pub(super) fn of_session(maker: &mut Maker, run: &Run, count: usize) -> Result<Vec<Life>> {
    let over = run.ends_on < maker.today;
    let fresh = !over && maker.chance(45);
    // Fresh: sent this week, and nobody has decided yet. Otherwise everything was answered weeks ago.
    let begins = match (over, fresh) {
        (true, _) => run.starts_on - Days::new(50),
        (false, true) => maker.day(-5),
        (false, false) => maker.day(-40),
    };
    let mut lives = Vec::with_capacity(count);
    for _ in 0..count {
        let late = u64::try_from(maker.number(0, 4)).unwrap_or(0);
        lives.push(Life::sent(maker, begins + Days::new(late))?);
    }
    if fresh {
        for life in lives.iter_mut().step_by(2) {
            let seen = life.submitted_at().plus_minutes(60 * 12);
            if seen < maker.now {
                life.go(seen, Action::View, Role::Coordinator)?;
            }
        }
        return Ok(lives);
    }
    decide(maker, run, begins, &mut lives)?;
    if over {
        attend(maker, run, &mut lives)?;
    }
    Ok(lives)
}

/// The department meets once, offers what it has, and keeps as many on the list as places come back.
fn decide(maker: &mut Maker, run: &Run, begins: NaiveDate, lives: &mut [Life]) -> Result<()> {
    let meets = maker.after(begins, 6);
    let second = maker.after(meets, RESPOND_WITHIN + 2);
    let places = usize::try_from(run.capacity).unwrap_or(0);
    let mut free = 0;
    let mut waiting = Vec::new();
    for (number, life) in lives.iter_mut().enumerate() {
        let minute = i64::try_from(number).unwrap_or(0);
        if maker.chance(4) {
            life.go(life.submitted_at().plus_minutes(60 * 20), Action::Withdraw, Role::Learner)?;
            // Whoever stands behind moves up at the meeting itself: places are counted there.
            free += usize::from(number < places);
            continue;
        }
        life.go(at(meets, 540 + minute), Action::View, Role::Coordinator)?;
        if number < places {
            life.go(at(meets, 640 + minute), Action::Offer, Role::Coordinator)?;
            let evening = at(meets + Days::new(2), 1080 + minute);
            match maker.number(1, 100) {
                ..=7 => {
                    life.go(evening, Action::Decline, Role::Learner)?;
                    free += 1;
                }
                8..=12 => {
                    let day = maker.after(meets, RESPOND_WITHIN) + Days::new(1);
                    life.go(at(day, 5), Action::ExpireOffer, Role::System)?;
                    free += 1;
                }
                _ => accept(life, evening)?,
            }
        } else if waiting.len() < free + 2 {
            life.go(at(meets, 900 + minute), Action::Waitlist, Role::Coordinator)?;
            waiting.push(number);
        } else {
            life.no_reason = Some(NoReason::MoreAsked);
            life.go(at(meets, 900 + minute), Action::SayNo, Role::Coordinator)?;
        }
    }
    let over = run.starts_on <= maker.today;
    for number in waiting {
        let minute = i64::try_from(number).unwrap_or(0);
        if free > 0 {
            free -= 1;
            lives[number].go(at(second, 420 + minute), Action::Offer, Role::System)?;
            accept(&mut lives[number], at(second + Days::new(1), 1100 + minute))?;
        } else if over {
            lives[number].go(at(run.starts_on, 5), Action::Lapse, Role::System)?;
        }
    }
    Ok(())
}

fn accept(life: &mut Life, evening: Moment) -> Result<()> {
    life.go(evening, Action::Accept, Role::Learner)?;
    // Nothing is asked before, and the parent or carer has said yes: it is confirmed at once.
    life.go(evening.plus_seconds(1), Action::Confirm, Role::System)
}

fn attend(maker: &mut Maker, run: &Run, lives: &mut [Life]) -> Result<()> {
    for life in lives.iter_mut().filter(|life| life.state == State::Confirmed) {
        let action = match maker.number(1, 100) {
            ..=88 => Action::RecordAttended,
            89..=94 if run.starts_on < run.ends_on => Action::RecordPartly,
            _ => Action::RecordAbsent,
        };
        life.go(at(run.ends_on, 1000), action, Role::Coordinator)?;
    }
    Ok(())
}
