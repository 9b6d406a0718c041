//! A sequence while it is played, and judged after every step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::Action;
use domain::Role;
use domain::clearance::ClearanceKind;
use domain::ids::SessionId;
use services::applications::Decision;
use services::testing::{World, services_with};
use services::time::{MovableClock, london_day};
use services::{Ctx, Error, Services};
use store::testing::{Prepared, Run, Snapshot};
use uuid::Uuid;

use super::cast::{Cast, NOW};
use super::rules;
use super::sequence::{LEARNERS, NOBODY, SESSIONS, Sequence, Setting, Staff, Step, Times, Which};

const LIVE: &[&str] = &["draft", "submitted", "under_review", "waitlisted", "offered", "accepted", "confirmed"];

/// Where somebody stands who leaves.
pub const LEAVES: &[&str] = &["confirmed", "accepted", "waitlisted"];

/// What was seen on the way, to know that a run has seen something.
pub type Seen = BTreeSet<String>;

/// A sequence while it is played.
pub struct Stage<'a> {
    pub cast: &'a Cast,
    pub services: Arc<Services>,
    pub clock: MovableClock,
    /// Every reference, newest last.
    pub references: BTreeMap<(usize, usize), Vec<String>>,
    /// Everything, as it is now.
    pub now: Arc<Snapshot>,
    /// Each session, and those with new dates in its place, newest last.
    pub sessions: Vec<Vec<Uuid>>,
    /// Links sent to parents and carers, by application, newest last.
    pub links: BTreeMap<Uuid, Vec<String>>,
    /// Links to their private pages.
    pub pages: BTreeMap<Uuid, Vec<String>>,
    /// Fingerprints of letters that a coordinator has read.
    pub read: BTreeMap<String, (Decision, String)>,
}

/// Plays a sequence, and brings the database back. What went wrong first, in words.
pub async fn play(
    prepared: &Prepared,
    cast: &Cast,
    sequence: &Sequence,
    seen: &mut Seen,
    aloud: bool,
) -> Result<(), String> {
    prepared.bring_back().await;
    let (services, clock) = services_with(prepared.db.clone(), NOW, sequence.seed);
    let mut stage = Stage {
        cast,
        clock,
        references: BTreeMap::new(),
        now: Arc::new(Snapshot::take(&services.db).await),
        sessions: cast.worlds.iter().map(|world| vec![world.session.0]).collect(),
        links: BTreeMap::new(),
        pages: BTreeMap::new(),
        read: BTreeMap::new(),
        services,
    };
    stage.play(sequence, seen, aloud).await
}

impl Stage<'_> {
    pub fn ctx(&self, ctx: &Ctx) -> Ctx {
        Ctx { services: self.services.clone(), ..ctx.clone() }
    }

    /// A learner, signed in. Who has no email address never is.
    pub fn learner(&self, number: usize) -> services::Result<Ctx> {
        self.cast.learners.get(number).map(|learner| self.ctx(learner)).ok_or(Error::NotFound)
    }

    /// Somebody of the staff of this session's provider.
    pub fn staff(&self, who: Staff, session: usize) -> Ctx {
        let elsewhere = session == SESSIONS - 1;
        self.ctx(match who {
            Staff::Decides if elsewhere => &self.cast.stranger,
            Staff::Stranger if elsewhere => &self.cast.decides,
            Staff::Decides => &self.cast.decides,
            Staff::Posts => &self.cast.posts,
            Staff::Stranger => &self.cast.stranger,
            Staff::Supervisor => &self.cast.supervisor,
        })
    }

    /// The world of a session, on the newest of its dates.
    pub fn world(&self, session: usize) -> World {
        let newest = self.sessions[session].last().map_or(self.cast.worlds[session].session, |id| SessionId(*id));
        World { services: self.services.clone(), session: newest, ..self.cast.worlds[session].clone() }
    }

    /// A session, as it is now.
    pub fn run(&self, session: usize) -> services::Result<&Run> {
        let id = self.world(session).session.0;
        self.now.runs.iter().find(|run| run.id == id).ok_or(Error::NotFound)
    }

    pub fn reference(&self, which: Which) -> String {
        let known = self.references.get(&(which.learner, which.session)).and_then(|all| all.last());
        known.cloned().unwrap_or_else(|| "WX-0000-0000".into())
    }

    async fn prepare(&mut self, setting: &Setting) -> services::Result<()> {
        let mut tx = self.services.db.write().await?;
        for (world, capacity) in self.cast.worlds.iter().zip(setting.capacities) {
            store::sessions::change_capacity(&mut tx, world.session, capacity, self.services.now()).await?;
        }
        let checks: &[_] = if setting.checks { &[(ClearanceKind::Identity, true, 14)] } else { &[] };
        store::opportunities::set_asked_clearances(&mut tx, self.cast.worlds[0].opportunity, checks).await?;
        tx.commit().await?;
        self.clock.set_offset(setting.day * 86_400_000_000);
        self.now = Arc::new(Snapshot::take(&self.services.db).await);
        Ok(())
    }

    /// What is there after a step: the same again, where nothing was written.
    async fn look(&self, groups: u64, last: &Arc<Snapshot>) -> Arc<Snapshot> {
        let db = &self.services.db;
        if matches!(db, store::Db::Sqlite { .. }) && db.groups() == groups {
            return last.clone();
        }
        Arc::new(Snapshot::take(db).await)
    }

    async fn play(&mut self, sequence: &Sequence, seen: &mut Seen, aloud: bool) -> Result<(), String> {
        self.prepare(&sequence.setting).await.map_err(|error| format!("prepare: {error}"))?;
        for (number, step) in sequence.steps.iter().enumerate() {
            if self.has_ended(&sequence.steps[number..]) {
                break;
            }
            let words = format!("step {number}, {step:?}");
            // No two things happen at the same moment.
            self.clock.set_offset(self.clock.offset() + 1_000_000);
            let groups = self.services.db.groups();
            let may = self.may_always(step);
            let result = self.step(step).await;
            let before = self.now.clone();
            let after = self.look(groups, &before).await;
            let same = Arc::ptr_eq(&before, &after) || before == after;
            if aloud {
                let said = result.as_ref().map_or_else(|error| format!("refused: {error}"), |()| "done".into());
                eprintln!("  {} {words}: {said}", london_day(self.services.now()));
                for event in after.events.iter().filter(|event| !before.events.contains(event)) {
                    eprintln!("      {} by {}: {} -> {}", event.action, event.role, event.from_state, event.to_state);
                }
            }
            match &result {
                Ok(()) => {}
                Err(error) if may => return Err(format!("{words}: it was refused: {error}")),
                // Filling in is many requests; the first of them may have begun a draft.
                Err(Error::Refused(_) | Error::NotFound) if same || matches!(step, Step::Fill(_)) => {}
                Err(Error::Refused(why)) => return Err(format!("{words}: refused ({why}), but something changed")),
                Err(Error::NotFound) => return Err(format!("{words}: not found, but something changed")),
                Err(error) => return Err(format!("{words}: {error}")),
            }
            if !same || matches!(step, Step::Tick) {
                let moment = rules::Moment { today: london_day(self.services.now()), step };
                rules::judge(&before, &after, moment).map_err(|what| format!("{words}: {what}"))?;
            }
            if repeats(step) {
                let groups = self.services.db.groups();
                let again = self.step(step).await;
                if let Err(error) = &again
                    && !matches!(error, Error::Refused(_) | Error::NotFound)
                {
                    return Err(format!("{words}, again: {error}"));
                }
                // It is about what the first was about: whoever asks twice has seen nothing in between.
                if *self.look(groups, &after).await != *after {
                    return Err(format!("{words}: the same again had a second effect"));
                }
            }
            self.now = after;
            if !same {
                self.learn();
                note(&before, &self.now, seen);
            }
        }
        self.over(sequence)
    }

    /// What nobody may be refused: to leave, to turn down an offer of their own, and to offer more places.
    fn may_always(&self, step: &Step) -> bool {
        let stands = |which: Which, states: &[&str]| {
            let reference = self.reference(which);
            which.learner < NOBODY
                && self.now.applications.iter().any(|a| a.reference == reference && states.contains(&a.state.as_str()))
        };
        match step {
            Step::Decline(None, which, _) => stands(self.aim_at(*which, true, &["offered"]), &["offered"]),
            Step::Withdraw(None, which, _) => stands(self.aim_at(*which, true, LEAVES), &LIVE[1..]),
            Step::ChangePlaces { staff: Staff::Decides, session, capacity, reserved: 0, .. } => {
                self.run(*session).is_ok_and(|run| {
                    let open = run.cancelled_at.is_none() && run.starts_on > self.services.today();
                    open && run.reserved == 0 && *capacity > run.capacity
                })
            }
            _ => false,
        }
    }

    /// Whether only time is still to pass, and nothing is left that it could change.
    fn has_ended(&self, rest: &[Step]) -> bool {
        rest.iter().all(|step| matches!(step, Step::Wait { .. } | Step::Tick))
            && !self.now.applications.iter().any(|a| LIVE.contains(&a.state.as_str()))
            && self.now.new_dates.iter().all(|change| change.finished_at.is_some())
    }

    /// In the end nobody waits for anything.
    fn over(&self, sequence: &Sequence) -> Result<(), String> {
        // Who was not recorded stays confirmed.
        let waits = &LIVE[..LIVE.len() - 1];
        let whole = matches!(sequence.steps.as_slice(), [.., Step::Wait { .. }, Step::Tick]);
        let over = self.now.runs.iter().all(|run| run.starts_on <= london_day(self.services.now()));
        match self.now.applications.iter().find(|a| waits.contains(&a.state.as_str())) {
            Some(left) if whole && over => Err(format!("in the end {} is {}", left.reference, left.state)),
            _ => Ok(()),
        }
    }

    /// Keeps what people would find in their letters.
    fn learn(&mut self) {
        for letter in &self.now.letters {
            let Some(id) = letter.application_id else { continue };
            for (start, known) in [("/consent/page/", &mut self.pages), ("/consent/", &mut self.links)] {
                let token = letter.body_text.split(start).nth(1).and_then(|rest| rest.split_whitespace().next());
                if let Some(token) = token.filter(|token| token.len() == 64) {
                    let known = known.entry(id).or_default();
                    if !known.iter().any(|before| before == token) {
                        known.push(token.to_owned());
                    }
                }
            }
        }
        for change in &self.now.new_dates {
            if let Some(all) = self.sessions.iter_mut().find(|all| all.last() == Some(&change.old_session_id)) {
                all.push(change.new_session_id);
            }
        }
        for application in &self.now.applications {
            let learner = if domain::form::has_email(&application.email) {
                LEARNERS.iter().position(|(name, _)| application.email.starts_with(name))
            } else {
                Some(NOBODY)
            };
            let session = self.sessions.iter().position(|all| all.contains(&application.session_id));
            if let (Some(learner), Some(session)) = (learner, session) {
                let all = self.references.entry((learner, session)).or_default();
                if !all.contains(&application.reference) {
                    all.push(application.reference.clone());
                }
            }
        }
    }

    /// The application that a step is about: of somebody who signs in, where that is needed.
    pub fn aim(&self, which: Which, signs_in: bool, fits: impl Fn(&store::testing::Applied) -> bool) -> Which {
        let fits = |reference: &String| self.now.applications.iter().any(|a| &a.reference == reference && fits(a));
        if !which.apt || fits(&self.reference(which)) {
            return which;
        }
        let found = self
            .references
            .iter()
            .find(|((learner, _), all)| (!signs_in || *learner < NOBODY) && all.last().is_some_and(fits));
        found.map_or(which, |((learner, session), _)| Which { learner: *learner, session: *session, apt: true })
    }

    /// As [`Self::aim`], by where it stands.
    pub fn aim_at(&self, which: Which, signs_in: bool, states: &[&str]) -> Which {
        self.aim(which, signs_in, |application| states.contains(&application.state.as_str()))
    }

    /// The identifier of the application that a step is about.
    pub fn id(&self, which: Which) -> Option<Uuid> {
        let reference = self.reference(which);
        self.now.applications.iter().find(|a| a.reference == reference).map(|a| a.id)
    }
}

/// Whether the step is asked for a second time.
fn repeats(step: &Step) -> bool {
    match step {
        Step::Submit(_, times)
        | Step::Open(_, _, times)
        | Step::Decide(_, _, _, times)
        | Step::Accept(_, _, times)
        | Step::Decline(_, _, times)
        | Step::Withdraw(_, _, times)
        | Step::GuardianAnswers { times, .. }
        | Step::GuardianThinksAgain { times, .. }
        | Step::TakeBack { times, .. }
        | Step::SayNoSuggesting { times, .. }
        | Step::AnswerDates { times, .. }
        | Step::AnswerFor { times, .. }
        | Step::WithdrawFor(_, times)
        | Step::Record { times, .. }
        | Step::Amend { times, .. }
        | Step::SayWrong(_, _, times)
        | Step::KeepDays(_, _, times) => *times == Times::Twice,
        // What is due is done once.
        Step::Tick
        | Step::ChangePlaces { .. }
        | Step::Evidence { .. }
        | Step::EveryoneCame { .. }
        | Step::NotRun { .. } => true,
        // A second taking up and a second proposal are part of their step.
        _ => false,
    }
}

/// What a step has shown.
fn note(before: &Snapshot, after: &Snapshot, seen: &mut Seen) {
    let fresh = after.events.iter().filter(|event| !before.events.contains(event));
    seen.extend(fresh.map(|event| format!("{} by {}", event.action, event.role)));
    seen.extend(after.certificates.iter().map(|one| format!("certificate {}", one.standing)));
    seen.extend(after.asked.iter().filter_map(|one| Some(format!("new dates: {}", one.answer.as_ref()?))));
    seen.extend(after.suggestions.iter().map(|one| {
        let by = if one.suggested_by.is_some() { "a coordinator" } else { "the service" };
        format!("suggested by {by}{}", if one.opened_at.is_some() { ", taken up" } else { "" })
    }));
    seen.extend(after.not_run.iter().map(|_| "a day that did not take place".to_owned()));
    seen.extend(after.questions.iter().filter(|one| one.answered_at.is_some()).map(|_| "days: answered".to_owned()));
    seen.extend(after.days.iter().filter(|one| one.number > 1).map(|one| format!("day changed by {}", one.role)));
}

/// What a run has to have seen, or its sequences are too tame.
pub fn expected() -> Vec<String> {
    let by = |action: Action, role: Role| format!("{} by {}", action.as_str(), role.as_str());
    let mut all = vec![
        by(Action::Submit, Role::Learner),
        by(Action::Submit, Role::Coordinator),
        by(Action::Submit, Role::Adviser),
        by(Action::Expire, Role::System),
        by(Action::View, Role::Coordinator),
        by(Action::Waitlist, Role::Coordinator),
        by(Action::Waitlist, Role::System),
        by(Action::Offer, Role::Coordinator),
        by(Action::Offer, Role::System),
        by(Action::SayNo, Role::Coordinator),
        by(Action::Lapse, Role::System),
        by(Action::Accept, Role::Learner),
        by(Action::Accept, Role::Coordinator),
        by(Action::Decline, Role::Learner),
        by(Action::Decline, Role::Coordinator),
        by(Action::ExpireOffer, Role::System),
        by(Action::WithdrawOffer, Role::Coordinator),
        by(Action::Cancel, Role::Coordinator),
        by(Action::ChangeDates, Role::Coordinator),
        by(Action::ChangeDates, Role::Learner),
        by(Action::Confirm, Role::System),
        by(Action::FailClearance, Role::Coordinator),
        by(Action::FailClearance, Role::System),
        by(Action::Withdraw, Role::Learner),
        by(Action::Withdraw, Role::Guardian),
        by(Action::Withdraw, Role::Adviser),
        by(Action::Withdraw, Role::Coordinator),
    ];
    for role in [Role::Supervisor, Role::Coordinator] {
        all.extend([Action::RecordAttended, Action::RecordPartly, Action::RecordAbsent].map(|action| by(action, role)));
        all.extend([Action::AmendAttended, Action::AmendPartly].map(|action| by(action, role)));
    }
    let others = [
        "amend_absent by coordinator",
        "certificate valid",
        "certificate replaced",
        "certificate revoked",
        "new dates: yes",
        "new dates: no",
        "new dates: none",
        "suggested by a coordinator",
        "suggested by a coordinator, taken up",
        "suggested by the service, taken up",
        "a day that did not take place",
        "days: answered",
        "day changed by supervisor",
        "day changed by coordinator",
    ];
    all.extend(others.map(str::to_owned));
    all
}
