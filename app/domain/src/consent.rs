//! A parent or carer's consent: what they may still do, and when somebody who has not answered is reminded.

use crate::application::State;
use crate::clearance::ConsentStatus;

/// What a parent or carer may change on their private page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    /// Take back a yes.
    Withdraw,
    /// Say yes after all.
    Agree,
    /// Nothing any more, or nothing here: who has not answered yet answers by the link in the email.
    Nothing,
}

/// What the parent or carer may do now: they may change their mind while the application is live.
#[must_use]
pub fn may(consent: ConsentStatus, state: State) -> May {
    match consent {
        _ if !state.is_live() || state == State::Draft => May::Nothing,
        ConsentStatus::Given => May::Withdraw,
        ConsentStatus::Refused => May::Agree,
        ConsentStatus::Asked | ConsentStatus::NotNeeded => May::Nothing,
    }
}

/// Days without an answer after which the parent or carer is reminded first and again, and after which the
/// learner is told.
pub const REMINDED_AFTER_DAYS: [i64; 3] = [3, 7, 10];

/// How many of the steps of [`REMINDED_AFTER_DAYS`] are due when so many days have passed since asking.
#[must_use]
pub fn reminders_due(days: i64) -> i64 {
    i64::try_from(REMINDED_AFTER_DAYS.iter().filter(|after| days >= **after).count()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mind_can_be_changed_while_the_application_is_live() {
        for &state in State::ALL {
            let live = state.is_live() && state != State::Draft;
            assert_eq!(may(ConsentStatus::Given, state), if live { May::Withdraw } else { May::Nothing }, "{state:?}");
            assert_eq!(may(ConsentStatus::Refused, state), if live { May::Agree } else { May::Nothing }, "{state:?}");
            assert_eq!(may(ConsentStatus::Asked, state), May::Nothing);
            assert_eq!(may(ConsentStatus::NotNeeded, state), May::Nothing);
        }
    }

    #[test]
    fn reminders_come_on_the_third_and_seventh_day_and_the_learner_hears_on_the_tenth() {
        let due: Vec<i64> = (0..=12).map(reminders_due).collect();
        assert_eq!(due, [0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
    }
}
