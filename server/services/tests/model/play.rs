//! A short life of a provider with a few dates and a few learners, step by step, each step by somebody.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::application::NoReason;
use domain::cancelling::CancelReason;
use domain::clearance::{ClearanceKind, ClearanceStatus};
use domain::places::{FreedPlace, TakeBackReason};
use domain::priority::EvidenceReason;
use domain::{Action, Role};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use services::applications::{self, Decision, DraftNo};
use services::testing::{World, services, services_with};
use services::time::{MovableClock, london_day};
use services::{Ctx, Error, Services, cancelling, priority, sessions, tick};
use store::Db;
use store::testing::{Snapshot, Template};
use uuid::Uuid;

use super::rules;

const NOW: &str = "2027-03-01T09:00:00";
/// Born on 27 March. Two adults, one who is eighteen before the first day, one who is not, one too young.
const LEARNERS: &[(&str, i32)] = &[("anna", 2005), ("ben", 2003), ("cleo", 2009), ("dev", 2010), ("eve", 2013)];
/// The first two overlap.
const SESSIONS: usize = 3;

/// Who of the staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Staff {
    /// Posts and decides.
    Decides,
    /// Posts, and decides nothing.
    Posts,
    /// Decides for another provider.
    Stranger,
    /// Sees confirmed learners only.
    Supervisor,
}

/// One learner's newest application for one session. `apt`: where the step cannot be done to that one, the
/// first is taken to which it can, so that stories get somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Which {
    learner: usize,
    session: usize,
    apt: bool,
}

/// What somebody does. Each says all of it, so that a sequence without some of its steps can be played too.
#[derive(Debug, Clone)]
pub enum Step {
    Fill(Which),
    Submit(Which, Times),
    Open(Staff, Which, Times),
    Decide(Staff, Which, Decision, Times),
    DecideOnWhatWasReadBefore(Which),
    Read(Which, Decision),
    /// By the learner, or by another who tries it.
    Accept(Option<usize>, Which, Times),
    Decline(Option<usize>, Which, Times),
    Withdraw(Option<usize>, Which, Times),
    AskGuardianAgain(Which),
    /// `newest`: by the newest link, or by the first that was ever sent.
    GuardianAnswers {
        which: Which,
        newest: bool,
        agrees: bool,
        times: Times,
    },
    /// By the private page: takes a yes back, or gives it after all.
    GuardianThinksAgain {
        which: Which,
        agrees: bool,
        times: Times,
    },
    SettleCheck(Staff, Which, ClearanceStatus),
    ChangePlaces {
        staff: Staff,
        session: usize,
        capacity: i64,
        reserved: i64,
        lists_when_full: bool,
    },
    /// Takes an offer back; `fewer`: and there is one place fewer from then on.
    TakeBack {
        staff: Staff,
        which: Which,
        fewer: bool,
        times: Times,
    },
    CancelPlace(Staff, Which),
    CancelSession {
        staff: Staff,
        session: usize,
    },
    /// The adviser states that a learner meets a priority, or takes that back.
    Evidence {
        learner: usize,
        stated: bool,
    },
    Wait {
        minutes: i64,
    },
    Tick,
}

/// How often in a row: a repeated request has no second effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    Once,
    Twice,
}

/// What the world of a sequence is like.
#[derive(Debug, Clone)]
pub struct Setting {
    capacities: [i64; SESSIONS],
    checks: bool,
    /// On which day after the first of March it begins.
    day: i64,
}

/// A sequence.
#[derive(Debug, Clone)]
pub struct Sequence {
    pub seed: u64,
    pub setting: Setting,
    pub steps: Vec<Step>,
}

impl Sequence {
    /// The sequence of a seed.
    pub fn draw(seed: u64, length: usize) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let setting = Setting {
            capacities: std::array::from_fn(|_| random.random_range(1..=2)),
            checks: random.random_bool(0.4),
            day: random.random_range(0..90),
        };
        let mut steps = Vec::with_capacity(length);
        // Somebody has applied before the story begins.
        for learner in 0..random.random_range(1..LEARNERS.len()) {
            let which = Which { learner, session: 0, apt: false };
            steps.push(Step::Fill(which));
            if random.random_bool(0.8) {
                steps.push(Step::Submit(which, Times::Once));
            }
        }
        while steps.len() < length {
            steps.push(draw(&mut random));
        }
        // Whatever has happened, the last dates begin in the end.
        for _ in 0..4 {
            steps.extend([Step::Wait { minutes: 40 * 24 * 60 }, Step::Tick]);
        }
        Self { seed, setting, steps }
    }
}

fn draw(random: &mut StdRng) -> Step {
    let session = if random.random_bool(0.75) { 0 } else { random.random_range(1..SESSIONS) };
    let which = Which { learner: random.random_range(0..LEARNERS.len()), session, apt: random.random_bool(0.6) };
    let by = random.random_bool(0.05).then(|| random.random_range(0..LEARNERS.len()));
    let staff = match random.random_range(0..40) {
        0 => Staff::Posts,
        1 => Staff::Stranger,
        2 => Staff::Supervisor,
        _ => Staff::Decides,
    };
    let times = if random.random_bool(0.25) { Times::Twice } else { Times::Once };
    let decision = match random.random_range(0..8) {
        0..3 => Decision::Offer,
        3 => Decision::OfferWithin(random.random_range(2..=10)),
        4..7 => Decision::Waitlist,
        _ => Decision::SayNo(NoReason::MoreAsked, "There were many of you.".into()),
    };
    // A learner who is not eighteen on the first day.
    let young = Which { learner: 3, session, apt: false };
    match random.random_range(0..100) {
        0..8 => Step::Fill(which),
        8..19 => Step::Submit(which, times),
        19..24 => Step::Open(staff, which, times),
        24..45 => Step::Decide(staff, which, decision, times),
        45..47 => Step::Read(which, decision),
        47..49 => Step::DecideOnWhatWasReadBefore(which),
        49..58 => Step::Accept(by, which, times),
        58..61 => Step::Decline(by, which, times),
        61..65 => Step::Withdraw(by, which, times),
        65..67 => Step::AskGuardianAgain(which),
        67..72 => Step::GuardianAnswers {
            which: young,
            newest: random.random_bool(0.9),
            agrees: random.random_bool(0.7),
            times,
        },
        72..75 => Step::GuardianThinksAgain { which: young, agrees: random.random_bool(0.4), times },
        75..80 => Step::SettleCheck(
            staff,
            which,
            match random.random_range(0..6) {
                0..4 => ClearanceStatus::Met,
                4 => ClearanceStatus::Waived,
                _ => ClearanceStatus::NotMet,
            },
        ),
        80..83 => {
            let capacity = random.random_range(1..=3);
            Step::ChangePlaces {
                staff,
                session,
                capacity,
                reserved: if random.random_bool(0.3) { random.random_range(0..=capacity) } else { 0 },
                lists_when_full: random.random_bool(0.4),
            }
        }
        83 => match random.random_range(0..9) {
            0..3 => Step::TakeBack { staff, which, fewer: random.random_bool(0.3), times },
            3..6 => Step::CancelPlace(staff, which),
            6 => Step::CancelSession { staff, session },
            _ => Step::Withdraw(by, which, times),
        },
        84 => Step::Evidence { learner: which.learner, stated: random.random_bool(0.7) },
        85..93 => Step::Wait {
            minutes: match random.random_range(0..6) {
                0 => 7,
                1 => 90,
                2 => 24 * 60,
                3 => 3 * 24 * 60,
                4 => 9 * 24 * 60,
                _ => 40 * 24 * 60,
            },
        },
        _ => Step::Tick,
    }
}

/// Fills the template: the provider, its dates, everybody's account.
pub struct Cast {
    worlds: Vec<World>,
    learners: Vec<Ctx>,
    decides: Ctx,
    posts: Ctx,
    stranger: Ctx,
    supervisor: Ctx,
    adviser: Ctx,
}

impl Cast {
    pub async fn gather(db: Db) -> services::Result<Self> {
        let (services, _) = services(db, NOW);
        let world = World::make(&services, 1, &[]).await?;
        let worlds = vec![world.clone(), world.another_session(7, 7).await?, world.another_session(8, 2).await?];
        let mut learners = Vec::new();
        for (name, year) in LEARNERS {
            learners.push(world.learner(name, *year).await?);
        }
        let mut tx = services.db.read().await?;
        let other = store::organisations::find_by_code(&mut tx, "TEST2").await?.ok_or(Error::NotFound)?.id;
        drop(tx);
        Ok(Self {
            decides: world.coordinator().await?,
            posts: world.posts_only("Poster").await?,
            stranger: world.staff("Stranger", Role::Coordinator, other).await?,
            supervisor: world.staff("Supervisor", Role::Supervisor, world.provider).await?,
            adviser: world.staff("Adviser", Role::Adviser, world.school).await?,
            worlds,
            learners,
        })
    }
}

/// A sequence while it is played.
struct Stage<'a> {
    cast: &'a Cast,
    services: Arc<Services>,
    clock: MovableClock,
    /// Every reference, newest last.
    references: BTreeMap<(usize, usize), Vec<String>>,
    /// Where each stands, by its reference.
    now: Vec<(String, String)>,
    /// Links sent to parents and carers, by application, newest last.
    links: BTreeMap<Uuid, Vec<String>>,
    /// Links to their private pages.
    pages: BTreeMap<Uuid, Vec<String>>,
    /// Fingerprints of letters that a coordinator has read.
    read: BTreeMap<String, (Decision, String)>,
}

/// What was seen on the way, to know that a run has seen something.
pub type Seen = BTreeSet<String>;

/// Plays a sequence on a copy of the template. What went wrong first, in words.
pub async fn play(
    template: &Template,
    cast: &Cast,
    sequence: &Sequence,
    seen: &mut Seen,
    aloud: bool,
) -> Result<(), String> {
    let copied = template.copy().await;
    let (services, clock) = services_with(copied.db.clone(), NOW, sequence.seed);
    let mut stage = Stage {
        cast,
        services,
        clock,
        references: BTreeMap::new(),
        now: Vec::new(),
        links: BTreeMap::new(),
        pages: BTreeMap::new(),
        read: BTreeMap::new(),
    };
    let outcome = stage.play(sequence, seen, aloud).await;
    drop(stage);
    template.remove(copied).await;
    outcome
}

impl Stage<'_> {
    fn ctx(&self, ctx: &Ctx) -> Ctx {
        Ctx { services: self.services.clone(), ..ctx.clone() }
    }
    fn learner(&self, number: usize) -> Ctx {
        self.ctx(&self.cast.learners[number])
    }
    fn staff(&self, who: Staff) -> Ctx {
        self.ctx(match who {
            Staff::Decides => &self.cast.decides,
            Staff::Posts => &self.cast.posts,
            Staff::Stranger => &self.cast.stranger,
            Staff::Supervisor => &self.cast.supervisor,
        })
    }
    fn world(&self, session: usize) -> World {
        World { services: self.services.clone(), ..self.cast.worlds[session].clone() }
    }
    fn reference(&self, which: Which) -> String {
        let known = self.references.get(&(which.learner, which.session)).and_then(|all| all.last());
        known.cloned().unwrap_or_else(|| "WX-0000-0000".into())
    }

    async fn prepare(&self, setting: &Setting) -> services::Result<()> {
        let mut tx = self.services.db.write().await?;
        for (world, capacity) in self.cast.worlds.iter().zip(setting.capacities) {
            store::sessions::change_capacity(&mut tx, world.session, capacity, self.services.now()).await?;
        }
        let checks: &[_] = if setting.checks { &[(ClearanceKind::Identity, true, 14)] } else { &[] };
        store::opportunities::set_asked_clearances(&mut tx, self.cast.worlds[0].opportunity, checks).await?;
        tx.commit().await?;
        self.clock.set_offset(setting.day * 86_400_000_000);
        Ok(())
    }

    async fn play(&mut self, sequence: &Sequence, seen: &mut Seen, aloud: bool) -> Result<(), String> {
        self.prepare(&sequence.setting).await.map_err(|error| format!("prepare: {error}"))?;
        let mut before = Snapshot::take(&self.services.db).await;
        for (number, step) in sequence.steps.iter().enumerate() {
            let words = format!("step {number}, {step:?}");
            // No two things happen at the same moment.
            self.clock.set_offset(self.clock.offset() + 1_000_000);
            let result = self.step(step).await;
            let after = Snapshot::take(&self.services.db).await;
            if aloud {
                let said = result.as_ref().map_or_else(|error| format!("refused: {error}"), |()| "done".into());
                eprintln!("  {} {words}: {said}", london_day(self.services.now()));
                for event in after.events.iter().filter(|event| !before.events.contains(event)) {
                    eprintln!("      {} by {}: {} -> {}", event.action, event.role, event.from_state, event.to_state);
                }
            }
            match &result {
                Ok(()) => {}
                // Filling in is many requests; the first of them may have begun a draft.
                Err(Error::Refused(_) | Error::NotFound) if matches!(step, Step::Fill(_)) => {}
                Err(Error::Refused(_) | Error::NotFound) if before == after => {}
                Err(Error::Refused(why)) => return Err(format!("{words}: refused ({why}), but something changed")),
                Err(Error::NotFound) => return Err(format!("{words}: not found, but something changed")),
                Err(error) => return Err(format!("{words}: {error}")),
            }
            let moment = rules::Moment { today: london_day(self.services.now()), ticked: matches!(step, Step::Tick) };
            rules::judge(&before, &after, moment).map_err(|what| format!("{words}: {what}"))?;
            if self.repeats(step) {
                let again = self.step(step).await;
                if let Err(error) = &again
                    && !matches!(error, Error::Refused(_) | Error::NotFound)
                {
                    return Err(format!("{words}, again: {error}"));
                }
                // What was apt for a step is so no more; then the second is another step.
                let after_again = Snapshot::take(&self.services.db).await;
                if after_again != after {
                    return Err(format!("{words}: the same again had a second effect"));
                }
            }
            self.learn(&after);
            let known = before.events.len();
            if after.events.len() > known {
                seen.extend(
                    after
                        .events
                        .iter()
                        .filter(|e| !before.events.contains(e))
                        .map(|e| format!("{} by {}", e.action, e.role)),
                );
            }
            before = after;
        }
        let waits = ["draft", "submitted", "under_review", "waitlisted", "offered", "accepted"];
        let whole = matches!(sequence.steps.as_slice(), [.., Step::Wait { .. }, Step::Tick]);
        let over = before.runs.iter().all(|run| run.starts_on <= london_day(self.services.now()));
        match before.applications.iter().find(|a| waits.contains(&a.state.as_str())) {
            Some(left) if whole && over => Err(format!("in the end {} is {}", left.reference, left.state)),
            _ => Ok(()),
        }
    }

    /// Whether the step is asked for a second time.
    fn repeats(&self, step: &Step) -> bool {
        match step {
            Step::Submit(_, times)
            | Step::Open(_, _, times)
            | Step::Decide(_, _, _, times)
            | Step::Accept(_, _, times)
            | Step::Decline(_, _, times)
            | Step::Withdraw(_, _, times)
            | Step::GuardianAnswers { times, .. }
            | Step::GuardianThinksAgain { times, .. }
            | Step::TakeBack { times, .. } => *times == Times::Twice,
            // What is due is done once.
            Step::Tick | Step::ChangePlaces { .. } | Step::Evidence { .. } => true,
            _ => false,
        }
    }

    /// Keeps what people would find in their letters.
    fn learn(&mut self, now: &Snapshot) {
        for letter in &now.letters {
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
        self.now = now.applications.iter().map(|a| (a.reference.clone(), a.state.clone())).collect();
        for application in &now.applications {
            let learner = LEARNERS.iter().position(|(name, _)| application.email.starts_with(name));
            let session = self.cast.worlds.iter().position(|world| world.session.0 == application.session_id);
            if let (Some(learner), Some(session)) = (learner, session) {
                let all = self.references.entry((learner, session)).or_default();
                if !all.contains(&application.reference) {
                    all.push(application.reference.clone());
                }
            }
        }
    }

    /// The application that a step is about.
    fn aim(&self, which: Which, states: &[&str]) -> Which {
        let fits = |reference: &String| {
            self.now.iter().any(|(known, state)| known == reference && states.contains(&state.as_str()))
        };
        if !which.apt || fits(&self.reference(which)) {
            return which;
        }
        let found = self.references.iter().find(|(_, all)| all.last().is_some_and(fits));
        found.map_or(which, |((learner, session), _)| Which { learner: *learner, session: *session, apt: true })
    }

    async fn step(&mut self, step: &Step) -> services::Result<()> {
        match step {
            Step::Fill(which) => {
                let (learner, world) = (self.learner(which.learner), self.world(which.session));
                world.fill(&learner, LEARNERS[which.learner].0, which.learner % 2 == 1).await.map(drop)
            }
            Step::Submit(which, _) => {
                let which = &self.aim(*which, &["draft"]);
                applications::submit(&self.learner(which.learner), &self.reference(*which), true).await
            }
            Step::Open(staff, which, _) => {
                applications::open(&self.staff(*staff), &self.reference(*which), false).await.map(drop)
            }
            Step::Decide(staff, which, decision, _) => {
                let which = &self.aim(*which, &["submitted", "under_review", "waitlisted"]);
                self.world(0).decide(&self.staff(*staff), &self.reference(*which), decision.clone()).await
            }
            Step::Read(which, decision) => {
                let reference = self.reference(*which);
                let preview = applications::preview(&self.staff(Staff::Decides), &reference, decision).await?;
                self.read.insert(reference, (decision.clone(), preview.fingerprint));
                Ok(())
            }
            Step::DecideOnWhatWasReadBefore(which) => {
                let reference = self.reference(*which);
                let Some((decision, read)) = self.read.get(&reference) else { return Ok(()) };
                applications::decide(&self.staff(Staff::Decides), &reference, decision, read).await
            }
            Step::Accept(by, which, _) => {
                let which = self.aim(*which, &["offered"]);
                applications::accept(&self.learner(by.unwrap_or(which.learner)), &self.reference(which)).await
            }
            Step::Decline(by, which, _) => {
                let which = self.aim(*which, &["offered"]);
                applications::decline(&self.learner(by.unwrap_or(which.learner)), &self.reference(which)).await
            }
            Step::Withdraw(by, which, _) => {
                let which = self.aim(*which, &["confirmed", "accepted", "waitlisted"]);
                applications::withdraw(&self.learner(by.unwrap_or(which.learner)), &self.reference(which)).await
            }
            Step::AskGuardianAgain(which) => {
                applications::ask_guardian_again(&self.learner(which.learner), &self.reference(*which)).await
            }
            Step::GuardianAnswers { which, newest, agrees, .. } => {
                let links = self.of(&self.links, *which).await?;
                let Some(token) = (if *newest { links.last() } else { links.first() }) else { return Ok(()) };
                applications::answer_consent(&self.services, token, *agrees).await.map(drop)
            }
            Step::GuardianThinksAgain { which, agrees, .. } => {
                let pages = self.of(&self.pages, *which).await?;
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
                sessions::change_places(&self.staff(*staff), self.world(*session).session, &change).await.map(drop)
            }
            Step::TakeBack { staff, which, fewer, .. } => {
                let (staff, reference) = (self.staff(*staff), self.reference(self.aim(*which, &["offered"])));
                let draft = DraftNo { reason: TakeBackReason::NoHost.as_str().into(), note: "We are sorry.".into() };
                applications::save_taking_back(&staff, &reference, &draft).await?;
                let preview = applications::taking_back(&staff, &reference).await?.preview.ok_or(Error::NotFound)?;
                let freed = if *fewer { FreedPlace::Fewer } else { FreedPlace::Next };
                applications::take_back(&staff, &reference, &draft, freed, &preview.fingerprint).await
            }
            Step::CancelPlace(staff, which) => {
                let reference = self.reference(self.aim(*which, &["accepted", "confirmed"]));
                cancel(&self.staff(*staff), "application", &reference).await
            }
            Step::CancelSession { staff, session } => {
                cancel(&self.staff(*staff), "session", &self.world(*session).session.to_string()).await
            }
            Step::Evidence { learner, stated } => {
                let (adviser, learner) = (self.ctx(&self.cast.adviser), self.learner(*learner).actor()?.account);
                if *stated {
                    priority::state_evidence(&adviser, learner, &[EvidenceReason::FreeSchoolMeals]).await
                } else {
                    priority::end_evidence(&adviser, learner).await
                }
            }
            Step::SettleCheck(staff, which, status) => {
                let (staff, reference) = (self.staff(*staff), self.reference(self.aim(*which, &["accepted"])));
                applications::settle_clearance(&staff, &reference, ClearanceKind::Identity, *status, "seen").await
            }
            Step::Wait { minutes } => {
                self.clock.set_offset(self.clock.offset() + minutes * 60_000_000);
                Ok(())
            }
            Step::Tick => tick::run_due(&self.services).await.map(drop),
        }
    }

    /// What was sent about this application.
    async fn of(&self, known: &BTreeMap<Uuid, Vec<String>>, which: Which) -> services::Result<Vec<String>> {
        let mut tx = self.services.db.read().await?;
        let application = store::applications::find(&mut tx, &self.reference(which)).await?;
        Ok(application.and_then(|found| known.get(&found.id.0).cloned()).unwrap_or_default())
    }
}

/// Cancels a place or a session, having read whom that tells what.
async fn cancel(staff: &Ctx, word: &str, id: &str) -> services::Result<()> {
    let typed = [("reason", CancelReason::StaffShort.as_str()), ("note", "We are sorry."), ("place", "next")];
    let typed = typed.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let begun = cancelling::save(staff, word, id, "", &typed).await?;
    let plan = cancelling::plan(staff, word, id, &begun.to_string()).await?;
    cancelling::cancel(staff, begun, &plan.fingerprint).await
}

/// What a run has to have seen, or its sequences are too tame.
pub fn expected() -> Vec<String> {
    let by = |action: Action, role: Role| format!("{} by {}", action.as_str(), role.as_str());
    vec![
        by(Action::Submit, Role::Learner),
        by(Action::Expire, Role::System),
        by(Action::View, Role::Coordinator),
        by(Action::Waitlist, Role::Coordinator),
        by(Action::Waitlist, Role::System),
        by(Action::Offer, Role::Coordinator),
        by(Action::Offer, Role::System),
        by(Action::SayNo, Role::Coordinator),
        by(Action::Lapse, Role::System),
        by(Action::Accept, Role::Learner),
        by(Action::Decline, Role::Learner),
        by(Action::ExpireOffer, Role::System),
        by(Action::WithdrawOffer, Role::Coordinator),
        by(Action::Cancel, Role::Coordinator),
        by(Action::Confirm, Role::System),
        by(Action::FailClearance, Role::Coordinator),
        by(Action::FailClearance, Role::System),
        by(Action::Withdraw, Role::Learner),
        by(Action::Withdraw, Role::Guardian),
    ]
}
