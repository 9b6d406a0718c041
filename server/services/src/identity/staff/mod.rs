//! Staff sign in with a password and a second factor; they begin with an invitation.

mod invitations;
mod password;
mod qr;
mod sealed;
mod second_factor;

pub(crate) use invitations::invite_within;
pub use invitations::{
    Accepted, InvitationProblem, InvitationView, Rights, accept_invitation, invite_staff, view_invitation,
};
pub use qr::Qr;

use domain::form;
use serde_json::json;
use store::accounts::Account;

use super::learners::{new_sign_in, six_digits};
use super::limits::{self, PASSWORDS, PASSWORDS_FROM, SECOND_FACTORS};
use super::{home_of, open_session, safe_target, sessions};
use crate::context::hash;
use crate::{Ctx, Result};

const PURPOSE: &str = "staff";
/// The password was wrong; the row only keeps the address as typed.
const RETRY: &str = "staff_retry";
const MINUTES: i64 = 10;
const TRIES: i64 = 5;

/// What became of a password. The token is for the short-lived cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// Right: ask for the second factor.
    Right(String),
    /// The address or the password is wrong, and nobody learns which. The address as typed is kept.
    Wrong(String),
}

/// What became of a second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proven {
    /// Signed in.
    In {
        /// For the session's cookie.
        session: String,
        /// The page to go to.
        go_to: String,
    },
    /// Not the code that the app shows, or one that was used before.
    Wrong {
        /// How many tries are left.
        left: i64,
    },
    /// Not six digits; no try was counted.
    NotACode,
    /// Too late, or tried too often: begin with the password.
    Expired,
}

/// Tries an address and a password. Unknown addresses get the same answer after the same work.
///
/// # Errors
/// [`crate::Error::TooMany`] after 10 tries for one address in 15 minutes, or 50 from one place.
pub async fn enter_password(
    ctx: &Ctx,
    email: &str,
    password: &str,
    go_to: &str,
    earlier: Option<&str>,
) -> Result<Entered> {
    let services = &*ctx.services;
    let typed = email;
    let email = form::tidy_email(email).unwrap_or_default();
    let mut tx = services.db.write().await?;
    if let Some(earlier) = earlier {
        store::sign_ins::delete_sign_in(&mut tx, &hash(earlier)).await?;
    }
    limits::note_from(&mut tx, ctx, PASSWORDS_FROM).await?;
    limits::note(&mut tx, services, PASSWORDS, &email).await?;
    let account = store::accounts::find_by_email(&mut tx, &email).await?;
    let account = match account {
        Some(account) if !store::accounts::list_memberships(&mut tx, account.id).await?.is_empty() => Some(account),
        _ => None,
    };
    // The try counts from here on, and nobody waits for us while we work on the password.
    tx.commit().await?;

    let stored = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = password::verify(password, stored).await?;
    let account = account.filter(|account| right && account.totp_secret.is_some());

    let token = services.token();
    let purpose = if account.is_some() { PURPOSE } else { RETRY };
    let mut sign_in =
        new_sign_in(services, &token, purpose, &typed.trim().chars().take(form::LONGEST).collect::<String>(), MINUTES);
    sign_in.go_to = safe_target(go_to).map(str::to_owned);
    sign_in.account = account.as_ref().map(|account| account.id);
    let mut tx = services.db.write().await?;
    store::sign_ins::insert_sign_in(&mut tx, &sign_in).await?;
    tx.commit().await?;
    Ok(if account.is_some() { Entered::Right(token) } else { Entered::Wrong(token) })
}

/// Tries a code of the authenticator app, after the password was right.
///
/// # Errors
/// [`crate::Error::TooMany`] after 10 wrong codes for one account in an hour.
pub async fn enter_second_factor(ctx: &Ctx, token: &str, code: &str) -> Result<Proven> {
    let services = &*ctx.services;
    let mut tx = services.db.write().await?;
    let found = store::sign_ins::find_sign_in(&mut tx, &hash(token), services.now(), true).await?;
    let Some(sign_in) = found.filter(|sign_in| sign_in.purpose == PURPOSE && sign_in.tries < TRIES) else {
        return Ok(Proven::Expired);
    };
    let Some(id) = sign_in.account else { return Ok(Proven::Expired) };
    let Some(account) = store::accounts::find(&mut tx, id).await? else { return Ok(Proven::Expired) };
    let Some(code) = six_digits(code) else { return Ok(Proven::NotACode) };
    let subject = account.id.to_string();
    limits::note(&mut tx, services, SECOND_FACTORS, &subject).await?;

    let right = match second_factor::matching_step(services, &account, &code)? {
        // Each step counts once: whoever looked over a shoulder cannot use the code again.
        Some(step) => store::accounts::use_totp_step(&mut tx, id, step).await?,
        None => false,
    };
    if !right {
        let tries = store::sign_ins::count_try(&mut tx, &sign_in.token_hash).await?;
        sessions::note(&mut tx, services, id, "fail_second_factor", json!({ "try": tries })).await?;
        tx.commit().await?;
        return Ok(Proven::Wrong { left: TRIES - tries });
    }
    limits::forget(&mut tx, services, PASSWORDS, &account.email).await?;
    limits::forget(&mut tx, services, SECOND_FACTORS, &subject).await?;
    store::sign_ins::delete_sign_in(&mut tx, &sign_in.token_hash).await?;
    let session = open_session(&mut tx, services, id).await?;
    sessions::note(&mut tx, services, id, "sign_in", json!({ "by": "password" })).await?;
    let go_to = match sign_in.go_to {
        Some(go_to) => go_to,
        None => landing(&mut tx, &account).await?,
    };
    tx.commit().await?;
    Ok(Proven::In { session, go_to })
}

async fn landing(tx: &mut store::Tx, account: &Account) -> Result<String> {
    let memberships = store::accounts::list_memberships(tx, account.id).await?;
    Ok(home_of(memberships.first().map(|membership| membership.role)).to_owned())
}

/// A staff try, for its pages: the address as typed, where to go, and how many tries are left for the
/// second factor (`None` before the password was right). `None` when it has ended.
///
/// # Errors
/// When the store fails.
pub async fn staff_under_way(ctx: &Ctx, token: &str) -> Result<Option<StaffUnderWay>> {
    let mut tx = ctx.services.db.read().await?;
    let found = store::sign_ins::find_sign_in(&mut tx, &hash(token), ctx.services.now(), false).await?;
    Ok(found.filter(|sign_in| sign_in.purpose == PURPOSE || sign_in.purpose == RETRY).map(|sign_in| StaffUnderWay {
        left: (sign_in.purpose == PURPOSE).then(|| (TRIES - sign_in.tries).max(0)),
        email: sign_in.email,
        go_to: sign_in.go_to,
    }))
}

/// A try of a member of staff, as its pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffUnderWay {
    /// The address as typed.
    pub email: String,
    /// How many codes may still be tried; `None` before the password was right.
    pub left: Option<i64>,
    /// Where to go afterwards.
    pub go_to: Option<String>,
}
