//! What people do, one step after the other.

use domain::Action;
use domain::attendance::Mark;
use domain::clearance::ClearanceStatus;
use services::applications::Decision;

/// Born on 27 March. Two adults, one who is eighteen before the first day (and not before her birthday), one
/// who is not, and one who may come on the dates as they are, and not on any before her birthday.
pub const LEARNERS: &[(&str, i32)] = &[("anna", 2005), ("ben", 2003), ("cleo", 2009), ("dev", 2010), ("eve", 2012)];
/// People of 17 without an email address, who ring and are told by telephone: all of them, one after another.
pub const NOBODY: usize = LEARNERS.len();
/// The first two overlap; the last is another provider's.
pub const SESSIONS: usize = 4;

/// Who of the staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Staff {
    /// Posts and decides.
    Decides,
    /// Posts, and decides nothing.
    Posts,
    /// Decides for the other provider.
    Stranger,
    /// Sees who comes to the first provider's department.
    Supervisor,
}

/// One learner's newest application for one session. `apt`: where the step cannot be done to that one, the
/// first is taken to which it can, so that stories get somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Which {
    pub learner: usize,
    pub session: usize,
    pub apt: bool,
}

/// When new dates begin.
#[derive(Debug, Clone, Copy)]
pub enum Begins {
    /// So many days after the old ones.
    Later(i64),
    /// So many days from today.
    In(u64),
    /// On the day on which another session does.
    With(usize),
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
    /// A no with so many of what may be suggested.
    SayNoSuggesting {
        staff: Staff,
        which: Which,
        how_many: usize,
        times: Times,
    },
    /// Takes up the so manieth of what is suggested.
    TakeSuggestion {
        by: Option<usize>,
        which: Which,
        number: usize,
        times: Times,
    },
    ProposeDates {
        staff: Staff,
        session: usize,
        begins: Begins,
        answer_in: u64,
        times: Times,
    },
    AnswerDates {
        by: Option<usize>,
        which: Which,
        yes: bool,
        times: Times,
    },
    /// A member of staff keys in what somebody told them.
    KeyIn {
        staff: Staff,
        learner: usize,
        session: usize,
    },
    /// The adviser applies with a linked learner.
    ApplyWith {
        learner: usize,
        session: usize,
    },
    /// A member of staff keys in what somebody without an email address answered.
    AnswerFor {
        staff: Staff,
        which: Which,
        action: Action,
        times: Times,
    },
    /// The adviser withdraws for a linked learner.
    WithdrawFor(Which, Times),
    /// `day` counts from the session's first.
    Record {
        staff: Staff,
        which: Which,
        day: u64,
        mark: Option<Mark>,
        minutes: Option<i64>,
        times: Times,
    },
    EveryoneCame {
        staff: Staff,
        session: usize,
        day: u64,
    },
    Amend {
        staff: Staff,
        which: Which,
        day: u64,
        mark: Mark,
        reason: &'static str,
        times: Times,
    },
    /// Notes that a day did not take place, or takes that back.
    NotRun {
        staff: Staff,
        session: usize,
        day: u64,
        ran: bool,
    },
    SayWrong(Option<usize>, Which, Times),
    KeepDays(Staff, Which, Times),
    /// To the afternoon of a session's day, unless it is over.
    GoTo {
        session: usize,
        day: u64,
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
    pub capacities: [i64; SESSIONS],
    pub checks: bool,
    /// On which day after the first of March it begins.
    pub day: i64,
}

/// A sequence.
#[derive(Debug, Clone)]
pub struct Sequence {
    pub seed: u64,
    pub setting: Setting,
    pub steps: Vec<Step>,
}
