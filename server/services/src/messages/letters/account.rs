//! Letters about an account.

use chrono::NaiveDate;
use domain::words::long_date;

use super::para;
use crate::messages::{Letter, Part};

/// To a learner who has not signed in for years: the account is erased soon, and how to keep it.
#[must_use]
pub fn account_ending(ends: NaiveDate, base_url: &str) -> Letter {
    Letter {
        subject: "We will erase your account".into(),
        parts: vec![
            para("You have not signed in for a long time, so we no longer need what we hold about you."),
            para(format!("We erase your account and everything in it on {}.", long_date(ends))),
            para("To keep it, sign in once before then."),
            Part::Link { label: "Sign in".into(), url: format!("{base_url}/sign-in") },
        ],
    }
}

/// The last letter: everything is erased. `asked` says whether they asked for it themselves.
#[must_use]
pub fn account_erased(asked: bool) -> Letter {
    Letter {
        subject: "Your account is erased".into(),
        parts: vec![
            para(if asked {
                "You asked us to erase your account. It is done."
            } else {
                "You have not signed in for three years, so we have erased your account."
            }),
            para("We have removed your name, your address and everything you wrote. Nobody can bring it back."),
            para(
                "We forget this email address too, once this message has been sent. You are welcome to begin again at any time.",
            ),
        ],
    }
}

#[cfg(test)]
pub(super) fn samples(s: &super::samples::Given<'_>) -> Vec<(&'static str, Letter)> {
    vec![
        ("account_ending", account_ending(s.day, s.base_url)),
        ("account_erased", account_erased(true)),
        ("account_erased", account_erased(false)),
    ]
}
