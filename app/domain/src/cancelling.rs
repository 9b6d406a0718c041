//! Cancelling: why, and what it means for an application that stands somewhere.

use crate::application::words;
use crate::{Action, Role, State};

words! {
    /// Why a provider cancels or moves dates. Structured, so that reports can count it and the learner
    /// reads a plain sentence.
    CancelReason {
        /// Too few staff on these days.
        StaffShort = "staff_short",
        /// The person who would have looked after the learners cannot come.
        HostAway = "host_away",
        /// The service is under more pressure than usual.
        Pressure = "pressure",
        /// The place cannot be used: a repair, a move, an infection on the ward.
        Place = "place",
        /// Fewer people are coming than the team needs.
        TooFew = "too_few",
        /// Something else, in the provider's own words.
        Other = "other",
    }
}

impl CancelReason {
    /// The sentence that the learner reads.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::StaffShort => "There are not enough staff on these days.",
            Self::HostAway => "The person who would have looked after you cannot be there.",
            Self::Pressure => "The team is too busy with patients and people in its care.",
            Self::Place => "The place cannot be used on these days.",
            Self::TooFew => "Not enough people asked to come on these days.",
            Self::Other => "Something came up that nobody could plan for.",
        }
    }

    /// What the coordinator chooses.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::StaffShort => "Not enough staff",
            Self::HostAway => "The person who hosts cannot be there",
            Self::Pressure => "The service is too busy",
            Self::Place => "The place cannot be used",
            Self::TooFew => "Too few people are coming",
            Self::Other => "Something else: say what below",
        }
    }
}

/// What cancelling its session does to an application, and as whose doing; `None` when it is over already.
#[must_use]
pub fn when_cancelled(state: State) -> Option<(Action, Role)> {
    match state {
        State::Accepted | State::Confirmed => Some((Action::Cancel, Role::Coordinator)),
        State::Offered => Some((Action::WithdrawOffer, Role::Coordinator)),
        State::Submitted | State::UnderReview | State::Waitlisted => Some((Action::Lapse, Role::System)),
        State::Draft => Some((Action::Expire, Role::System)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nobody who is still in it is forgotten, nobody who is out is written to, and the table allows each step.
    #[test]
    fn cancelling_ends_every_live_application_and_no_other() {
        for &state in State::ALL {
            let step = when_cancelled(state);
            assert_eq!(step.is_some(), state.is_live(), "{state:?}");
            if let Some((action, role)) = step {
                let after = state.after(action, role);
                assert!(after.is_ok_and(|to| to.is_over() && !to.holds_place()), "{state:?}: {after:?}");
            }
        }
    }

    #[test]
    fn every_reason_is_a_sentence() {
        for reason in CancelReason::ALL {
            assert!(reason.in_words().ends_with('.') && !reason.label().ends_with('.'));
            assert_eq!(CancelReason::parse(reason.as_str()), Some(*reason));
        }
    }
}
