//! The places of a session: pools, who may sit where, the waiting list, and the last day for an offer.

mod line;
mod pools;
mod seating;

pub use line::{Standing, history_in_words, next_in_line, order};
pub use pools::{Places, Pool, Qualifies, TooFew};
pub use seating::{Holder, Seat, seat, seat_all, sit};

use chrono::{Days, NaiveDate};

/// Fewest working days that a learner has to answer an offer.
pub const ANSWER_DAYS_MIN: u32 = 2;
/// Most working days that a learner has to answer an offer.
pub const ANSWER_DAYS_MAX: u32 = 10;
/// Working days to answer an offer when nobody chose: also every offer from a waiting list.
pub const ANSWER_DAYS: u32 = 5;

/// The last day on which a place may be offered, and the last day on which an offer may be answered: the
/// day before the session begins. A waiting list is served until then and no longer.
#[must_use]
pub fn last_offer_day(starts_on: NaiveDate) -> NaiveDate {
    starts_on - Days::new(1)
}

crate::words_enum! {
    /// What becomes of a place that a coordinator takes from one learner.
    FreedPlace {
        /// The next on the waiting list is offered it.
        Next = "next",
        /// There is one place fewer.
        Fewer = "fewer",
    }
}

crate::words_enum! {
    /// Why a provider takes an offer back. Structured, so that reports can count it.
    TakeBackReason {
        /// Nobody is there to host.
        NoHost = "no_host",
        /// The dates do not suit the department any more.
        DatesChanged = "dates_changed",
        /// What was offered was not what is there.
        Mistake = "mistake",
        /// Support that is needed cannot be arranged in time.
        SupportNotReady = "support_not_ready",
    }
}

impl TakeBackReason {
    /// The sentence that the learner reads.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::NoHost => "The person who was going to look after you is not there on these dates.",
            Self::DatesChanged => "The team can no longer host everybody on these dates.",
            Self::Mistake => "We made the offer by mistake. That is our fault and not yours.",
            Self::SupportNotReady => "We could not arrange what you would need in time for these dates.",
        }
    }
}
