//! How a sequence is drawn from its seed.

use domain::Action;
use domain::application::NoReason;
use domain::attendance::Mark;
use domain::clearance::ClearanceStatus;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use services::applications::Decision;

use super::sequence::{Begins, LEARNERS, NOBODY, SESSIONS, Sequence, Setting, Staff, Step, Times, Which};

/// The day after the last of a session's dates: nothing can be recorded of it.
const NO_DAY: u64 = 5;

impl Sequence {
    /// The sequence of a seed.
    pub fn draw(seed: u64, length: usize) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let setting = Setting {
            capacities: std::array::from_fn(|_| random.random_range(1..=2)),
            checks: random.random_bool(0.3),
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
        // What is rare in a life in which anything may happen next is what some lives are about.
        let session = random.random_range(0..SESSIONS - 1);
        match random.random_range(0..10) {
            0..3 => the_days_come(&mut random, session, length, &mut steps),
            3..5 => dates_change(&mut random, session, length, &mut steps),
            5 => by_telephone(&mut random, session, &mut steps),
            _ => {}
        }
        while steps.len() < length {
            steps.push(draw(&mut random));
        }
        // Whatever has happened, the last dates begin in the end.
        for _ in 0..5 {
            steps.extend([Step::Wait { minutes: 40 * 24 * 60 }, Step::Tick]);
        }
        Self { seed, setting, steps }
    }
}

/// Some learners get a place, as far as there are any; the others wait.
fn places(random: &mut StdRng, session: usize, steps: &mut Vec<Step>) {
    for learner in [0, 3, 1, 4].into_iter().take(random.random_range(2..=4)) {
        let which = Which { learner, session, apt: false };
        steps.extend([Step::Fill(which), Step::Submit(which, Times::Once)]);
        steps.push(Step::Decide(Staff::Decides, which, Decision::Offer, Times::Once));
        steps.push(Step::Accept(None, which, Times::Once));
        if random.random_bool(0.7) {
            steps.push(Step::Decide(Staff::Decides, which, Decision::Waitlist, Times::Once));
        }
        if learner == 3 {
            steps.push(Step::GuardianAnswers { which, newest: true, agrees: true, times: Times::Once });
        }
        if random.random_bool(0.8) {
            steps.push(Step::SettleCheck(Staff::Decides, which, ClearanceStatus::Met));
        }
    }
}

/// People come, and every day is recorded, more or less.
fn the_days_come(random: &mut StdRng, session: usize, length: usize, steps: &mut Vec<Step>) {
    places(random, session, steps);
    // In some weeks only one day takes place; and some learners never come.
    if random.random_bool(0.25) {
        steps.extend((1..NO_DAY).map(|day| Step::NotRun { staff: Staff::Decides, session, day, ran: false }));
    }
    let absent = random.random_bool(0.25).then_some(Which { learner: 0, session, apt: false });
    for day in 0..NO_DAY {
        steps.push(Step::GoTo { session, day });
        if let Some(which) = absent {
            let staff = if random.random_bool(0.5) { Staff::Supervisor } else { Staff::Decides };
            let (mark, times) = (Some(Mark::Absent), times(random));
            steps.push(Step::Record { staff, which, day, mark, minutes: None, times });
        }
        while random.random_bool(0.5) {
            steps.push(days(random, session, day));
        }
        if random.random_bool(0.9) {
            let staff = if random.random_bool(0.5) { Staff::Supervisor } else { Staff::Decides };
            steps.push(Step::EveryoneCame { staff, session, day });
        }
    }
    while steps.len() < length + 8 {
        steps.push(days(random, session, NO_DAY - 1));
    }
}

/// Dates change while people hold places, there and elsewhere, and others wait, and people answer.
fn dates_change(random: &mut StdRng, session: usize, length: usize, steps: &mut Vec<Step>) {
    places(random, session, steps);
    if random.random_bool(0.5) {
        let other = random.random_range(0..SESSIONS);
        places(random, other, steps);
    }
    let length = length.max(steps.len() + 16);
    while steps.len() < length {
        let which = Which { learner: random.random_range(0..LEARNERS.len()), session, apt: true };
        let times = times(random);
        match random.random_range(0..12) {
            0..2 => steps.push(new_dates(random, Staff::Decides, session)),
            2..6 => steps.push(Step::AnswerDates { by: None, which, yes: random.random_bool(0.7), times }),
            6 => steps.push(Step::ChangePlaces {
                staff: Staff::Decides,
                session,
                capacity: random.random_range(1..=3),
                reserved: 0,
                lists_when_full: true,
            }),
            _ => steps.push(draw(random)),
        }
    }
}

fn new_dates(random: &mut StdRng, staff: Staff, session: usize) -> Step {
    let begins = match random.random_range(0..10) {
        0..5 => Begins::Later(random.random_range(-14..=21)),
        5..7 => Begins::In(random.random_range(2..25)),
        _ => Begins::With(random.random_range(0..SESSIONS)),
    };
    Step::ProposeDates { staff, session, begins, answer_in: random.random_range(1..=9), times: times(random) }
}

/// Somebody without an email address is offered a place.
fn by_telephone(random: &mut StdRng, session: usize, steps: &mut Vec<Step>) {
    let which = Which { learner: NOBODY, session, apt: false };
    steps.push(Step::KeyIn { staff: Staff::Decides, learner: NOBODY, session });
    if random.random_bool(0.5) {
        steps.push(draw(random));
    }
    steps.push(Step::Decide(Staff::Decides, which, Decision::Offer, times(random)));
    while random.random_bool(0.5) {
        steps.push(draw(random));
    }
    let action = [Action::Accept, Action::Accept, Action::Decline][random.random_range(0..3)];
    steps.push(Step::AnswerFor { staff: Staff::Decides, which, action, times: times(random) });
    steps.push(Step::GuardianAnswers { which, newest: true, agrees: true, times: Times::Once });
}

fn times(random: &mut StdRng) -> Times {
    if random.random_bool(0.25) { Times::Twice } else { Times::Once }
}

fn session(random: &mut StdRng) -> usize {
    if random.random_bool(0.7) { 0 } else { random.random_range(1..SESSIONS) }
}

fn which(random: &mut StdRng) -> Which {
    let session = session(random);
    Which { learner: random.random_range(0..LEARNERS.len()), session, apt: random.random_bool(0.6) }
}

fn staff(random: &mut StdRng) -> Staff {
    match random.random_range(0..40) {
        0 => Staff::Posts,
        1 => Staff::Stranger,
        2 => Staff::Supervisor,
        _ => Staff::Decides,
    }
}

fn draw(random: &mut StdRng) -> Step {
    match random.random_range(0..100) {
        0..66 => deciding(random),
        66..78 => meanwhile(random),
        78..88 => by_others(random),
        88..96 => Step::Wait {
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

/// Applying, deciding, and what people answer.
fn deciding(random: &mut StdRng) -> Step {
    let (which, staff, times) = (which(random), staff(random), times(random));
    let by = random.random_bool(0.05).then(|| random.random_range(0..LEARNERS.len()));
    let decision = match random.random_range(0..8) {
        0..3 => Decision::Offer,
        3 => Decision::OfferWithin(random.random_range(2..=10)),
        4..7 => Decision::Waitlist,
        _ => Decision::SayNo(NoReason::MoreAsked, "There were many of you.".into()),
    };
    // A learner who is not eighteen on the first day.
    let young = Which { learner: if random.random_bool(0.8) { 3 } else { NOBODY }, session: which.session, apt: false };
    match random.random_range(0..68) {
        0..8 => Step::Fill(which),
        8..19 => Step::Submit(which, times),
        19..23 => Step::Open(staff, which, times),
        23..44 => Step::Decide(staff, which, decision, times),
        44..46 => Step::Read(which, decision),
        46..48 => Step::DecideOnWhatWasReadBefore(which),
        48..58 => Step::Accept(by, which, times),
        58..60 => Step::Decline(by, which, times),
        60..63 => Step::Withdraw(by, which, times),
        63 => Step::AskGuardianAgain(which),
        64..67 => Step::GuardianAnswers {
            which: young,
            newest: random.random_bool(0.9),
            agrees: random.random_bool(0.7),
            times,
        },
        _ => Step::GuardianThinksAgain { which: young, agrees: random.random_bool(0.4), times },
    }
}

/// What a provider does beside deciding.
fn meanwhile(random: &mut StdRng) -> Step {
    let (which, staff, times) = (which(random), staff(random), times(random));
    match random.random_range(0..24) {
        0..7 => Step::SettleCheck(
            staff,
            which,
            match random.random_range(0..6) {
                0..4 => ClearanceStatus::Met,
                4 => ClearanceStatus::Waived,
                _ => ClearanceStatus::NotMet,
            },
        ),
        7..12 => {
            let capacity = random.random_range(1..=3);
            Step::ChangePlaces {
                staff,
                session: which.session,
                capacity,
                reserved: if random.random_bool(0.3) { random.random_range(0..=capacity) } else { 0 },
                lists_when_full: random.random_bool(0.4),
            }
        }
        12..14 => Step::TakeBack { staff, which, fewer: random.random_bool(0.3), times },
        14 => Step::CancelPlace(staff, which),
        15 if random.random_bool(0.5) => Step::CancelSession { staff, session: which.session },
        15..18 => Step::Evidence { learner: which.learner, stated: random.random_bool(0.7) },
        18..21 => new_dates(random, staff, which.session),
        _ => Step::SayNoSuggesting { staff, which, how_many: random.random_range(0..=3), times },
    }
}

/// What learners answer to that, and what staff do for others.
fn by_others(random: &mut StdRng) -> Step {
    let (which, staff, times) = (which(random), staff(random), times(random));
    let by = random.random_bool(0.05).then(|| random.random_range(0..LEARNERS.len()));
    let told = Which { learner: NOBODY, ..which };
    match random.random_range(0..20) {
        0..6 => Step::AnswerDates { by, which: Which { apt: true, ..which }, yes: random.random_bool(0.7), times },
        6..9 => Step::TakeSuggestion { by, which, number: random.random_range(0..3), times },
        9..13 => {
            let learner = if random.random_bool(0.6) { NOBODY } else { which.learner };
            Step::KeyIn { staff, learner, session: which.session }
        }
        13..15 => Step::ApplyWith { learner: which.learner, session: which.session },
        15 => Step::WithdrawFor(which, times),
        _ => {
            let action = match random.random_range(0..8) {
                0..5 => Action::Accept,
                5 => Action::Decline,
                6 => Action::Withdraw,
                _ => Action::Confirm,
            };
            // Sometimes for somebody who answers themselves.
            Step::AnswerFor { staff, which: if random.random_bool(0.9) { told } else { which }, action, times }
        }
    }
}

/// On the days themselves, and after.
fn days(random: &mut StdRng, session: usize, today: u64) -> Step {
    let which = Which { learner: random.random_range(0..LEARNERS.len()), session, apt: random.random_bool(0.9) };
    let times = times(random);
    let staff = match random.random_range(0..20) {
        0..9 => Staff::Supervisor,
        9..18 => Staff::Decides,
        18 => Staff::Posts,
        _ => Staff::Stranger,
    };
    let by = random.random_bool(0.1).then(|| random.random_range(0..LEARNERS.len()));
    // Mostly of the day itself or one before.
    let day = match random.random_range(0..10) {
        0..6 => today.min(NO_DAY - 1),
        6..9 => random.random_range(0..=today.min(NO_DAY - 1)),
        _ => random.random_range(0..=NO_DAY),
    };
    let mark = match random.random_range(0..6) {
        0..3 => Mark::Came,
        3 => Mark::Part,
        _ => Mark::Absent,
    };
    let minutes = random.random_bool(0.5).then_some(90);
    match random.random_range(0..20) {
        0..6 => Step::Record { staff, which, day, mark: random.random_bool(0.9).then_some(mark), minutes, times },
        6..11 => Step::EveryoneCame { staff, session, day },
        11..14 => {
            let reason = if random.random_bool(0.85) { "The list was wrong." } else { " " };
            Step::Amend { staff, which, day, mark, reason, times }
        }
        14..16 => Step::NotRun { staff: Staff::Decides, session, day, ran: random.random_bool(0.3) },
        16 => Step::SayWrong(by, which, times),
        17 => Step::KeepDays(staff, which, times),
        18 => Step::Tick,
        _ => draw(random),
    }
}
