//! Signing in and out. Learners by a code to their address; staff by a password and a second factor.
//!
//! Of tokens, codes and passwords the database holds only hashes; the second factor's secrets are
//! sealed. A session is opaque: everything about it is in the database, so that it can be ended there.

mod learners;
mod letters;
mod limits;
mod sessions;
mod staff;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use letters::samples as letter_samples;

pub use learners::{
    Asked, SignInUnderWay, Signed, Started, enter_code, request_code, send_again, start_account, under_way,
};
pub use sessions::{actor_for_token, open_session, replace_session, sign_in_as, sign_out, sign_out_everywhere};
pub(crate) use staff::invite_within;
pub use staff::{
    Accepted, Entered, InvitationProblem, InvitationView, Proven, Qr, Rights, StaffUnderWay, accept_invitation,
    enter_password, enter_second_factor, invite_staff, staff_under_way, view_invitation,
};

use domain::Role;
use domain::retention::{Record, Term};
use store::Tx;

use crate::{Actor, Result, Services};

/// The session's cookie.
pub const SESSION_COOKIE: &str = "__Host-wex";
/// The cookie of a try at signing in that is under way.
pub const START_COOKIE: &str = "__Host-wex-start";
/// How long a session's cookie may stay in a browser at most, in seconds: a learner's absolute limit.
pub const SESSION_COOKIE_SECONDS: i64 = sessions::LEARNER_ABSOLUTE_SECONDS;
/// A try at signing in may stay in a browser for 45 minutes: a code's time and that for the date of birth.
const START_COOKIE_SECONDS: i64 = 45 * 60;

/// The `Set-Cookie` line of a session. The browser forgets it when the session ends at the latest.
#[must_use]
pub fn session_cookie(token: &str, staff: bool) -> String {
    cookie(
        SESSION_COOKIE,
        token,
        if staff { sessions::STAFF_ABSOLUTE_SECONDS } else { sessions::LEARNER_ABSOLUTE_SECONDS },
    )
}

/// The `Set-Cookie` line of a try at signing in.
#[must_use]
pub fn start_cookie(token: &str) -> String {
    cookie(START_COOKIE, token, START_COOKIE_SECONDS)
}

/// The `Set-Cookie` line that makes a browser forget a cookie of ours.
#[must_use]
pub fn forget_cookie(name: &str) -> String {
    cookie(name, "", 0)
}

/// The prefix `__Host-` has browsers take it only over a safe line, for this host alone.
fn cookie(name: &str, value: &str, seconds: i64) -> String {
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Lax")
}

/// A path of ours to go to, or `None` for anything that could lead elsewhere.
///
/// Browsers drop tabs and line ends inside an address and read a backslash as a slash, so neither is
/// taken. Other signs than ASCII's come percent-encoded.
#[must_use]
pub fn safe_target(path: &str) -> Option<&str> {
    let mut chars = path.chars();
    let ours = chars.next() == Some('/') && chars.next() != Some('/');
    let plain = path.chars().all(|c| c.is_ascii_graphic() && c != '\\');
    // A server function is for forms, not for reading.
    let page = !path.starts_with("/do/");
    (ours && plain && page && path.len() <= 1000).then_some(path)
}

/// Where a person begins after signing in without a target.
#[must_use]
pub fn home(actor: &Actor) -> &'static str {
    home_of(actor.memberships.first().map(|membership| membership.role))
}

fn home_of(role: Option<Role>) -> &'static str {
    match role {
        None => "/applications",
        Some(Role::Coordinator) => "/provider",
        Some(Role::Adviser) => "/adviser",
        Some(Role::Supervisor) => "/supervisor",
        Some(_) => "/account",
    }
}

/// Removes what signing in no longer needs: ended tries at once, counts after a day, ended sessions
/// after 30 days. How many rows.
///
/// # Errors
/// When the store fails.
pub async fn tidy(tx: &mut Tx, services: &Services) -> Result<u64> {
    let now = services.now();
    let tries = store::sign_ins::delete_sign_ins_ended_before(tx, now).await?;
    let before = |record| match domain::retention::rule(record).term {
        Term::Days(days) => now.plus_days(-i64::from(days)),
        Term::Months(months) => now.plus_days(-31 * i64::from(months)),
    };
    let counts = store::sign_ins::delete_attempts_before(tx, before(Record::Attempt)).await?;
    let sessions = store::sign_ins::delete_sessions_ended_before(tx, before(Record::Session)).await?;
    Ok(tries + counts + sessions)
}
