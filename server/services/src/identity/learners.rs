//! Learners sign in with a code to their address. Who is new tells their date of birth, and has an account.

use domain::form::{self, Answers, Circumstances, Problem, Step};
use domain::ids::AccountId;
use domain::time::Moment;
use serde_json::json;
use store::Tx;
use store::accounts::{Account, Learner};
use store::sign_ins::SignIn;

use super::limits::{self, CODES, CODES_FROM};
use super::{home_of, letters, open_session, safe_target, sessions};
use crate::context::hash;
use crate::messages::{self, Outgoing};
use crate::{Ctx, Result, Services};

const PURPOSE: &str = "learner";
const CODE_MINUTES: i64 = 10;
const CODE_TRIES: i64 = 5;
/// How long somebody new may take over their date of birth.
const START_MINUTES: i64 = 30;

/// What became of asking for a code. The token is for the short-lived cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// A letter is on its way, to whoever has this address.
    Sent(String),
    /// That cannot be an address; what was typed is kept under the token.
    Mistyped(String),
}

/// What became of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signed {
    /// Signed in.
    In {
        /// For the session's cookie.
        session: String,
        /// The page to go to.
        go_to: String,
    },
    /// The address is proven, and has no account yet: ask the date of birth.
    NewHere,
    /// Not the code that was sent.
    Wrong {
        /// How many tries are left.
        left: i64,
    },
    /// Not six digits; no try was counted.
    NotACode,
    /// Too late, used before, or tried too often: ask for a new code.
    Expired,
}

/// What became of a date of birth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Started {
    /// An account was made, and they are signed in.
    In {
        /// For the session's cookie.
        session: String,
        /// The page to go to.
        go_to: String,
    },
    /// Under 13. Nothing about them was kept.
    TooYoung,
    /// Something needs mending; what was typed is kept.
    Problems(Vec<Problem>),
    /// The try has ended: ask for a new code.
    Expired,
}

/// A try at signing in, as its pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInUnderWay {
    /// The address, as typed.
    pub email: String,
    /// Whether it is proven.
    pub proven: bool,
    /// How many codes may still be tried.
    pub left: i64,
    /// Where to go afterwards.
    pub go_to: Option<String>,
    /// The date of birth as typed.
    pub typed: Answers,
    /// What is wrong with it; empty while nothing was typed.
    pub problems: Vec<Problem>,
}

/// Sends a code to an address, or to staff a letter about their own page. The answer is the same
/// whether or not the address is known. `earlier` is the token of a try that this one replaces.
///
/// # Errors
/// [`crate::Error::TooMany`] after 3 codes to one address in 15 minutes, or 100 from one place.
pub async fn request_code(ctx: &Ctx, email: &str, go_to: &str, earlier: Option<&str>) -> Result<Asked> {
    let services = &*ctx.services;
    let mut tx = services.db.write().await?;
    if let Some(earlier) = earlier {
        store::sign_ins::delete_sign_in(&mut tx, &hash(earlier)).await?;
    }
    let token = services.token();
    let mut sign_in = new_sign_in(services, &token, PURPOSE, email.trim(), CODE_MINUTES);
    sign_in.go_to = safe_target(go_to).map(str::to_owned);
    let Some(email) = form::tidy_email(email) else {
        sign_in.email = sign_in.email.chars().take(form::LONGEST).collect();
        store::sign_ins::insert_sign_in(&mut tx, &sign_in).await?;
        tx.commit().await?;
        return Ok(Asked::Mistyped(token));
    };
    limits::note_from(&mut tx, ctx, CODES_FROM).await?;
    limits::note(&mut tx, services, CODES, &email).await?;

    let letter = if is_staff(&mut tx, &email).await? {
        letters::staff(&services.settings.base_url)
    } else {
        let code = format!("{:06}", u64::from_le_bytes(services.bytes()) % 1_000_000);
        sign_in.code_hash = Some(salted(&token, &code));
        letters::code(&code)
    };
    sign_in.email.clone_from(&email);
    store::sign_ins::insert_sign_in(&mut tx, &sign_in).await?;
    let outgoing = Outgoing {
        key: format!("sign_in:{}", sign_in.token_hash),
        to: email,
        template: "sign_in",
        letter,
        application: None,
    };
    messages::queue(&mut tx, services, outgoing).await?;
    tx.commit().await?;
    Ok(Asked::Sent(token))
}

/// Sends a new code for a try under way; the token of the new try. `None` when it has ended.
///
/// # Errors
/// As [`request_code`].
pub async fn send_again(ctx: &Ctx, token: &str) -> Result<Option<Asked>> {
    match find(&ctx.services, token).await? {
        Some(sign_in) => {
            let go_to = sign_in.go_to.unwrap_or_default();
            request_code(ctx, &sign_in.email, &go_to, Some(token)).await.map(Some)
        }
        None => Ok(None),
    }
}

/// Tries a code.
///
/// # Errors
/// When the store fails.
pub async fn enter_code(ctx: &Ctx, token: &str, code: &str) -> Result<Signed> {
    let services = &*ctx.services;
    let now = services.now();
    let mut tx = services.db.write().await?;
    let Some(sign_in) = find_in(&mut tx, token, now, true).await? else { return Ok(Signed::Expired) };
    if sign_in.verified_at.is_some() {
        // Pressed twice: this browser has proven the address.
        return Ok(Signed::NewHere);
    }
    let Some(code) = six_digits(code) else { return Ok(Signed::NotACode) };
    if sign_in.tries >= CODE_TRIES {
        return Ok(Signed::Expired);
    }
    let tries = store::sign_ins::count_try(&mut tx, &sign_in.token_hash).await?;
    if sign_in.code_hash.as_deref() != Some(salted(token, &code).as_str()) {
        tx.commit().await?;
        return Ok(Signed::Wrong { left: CODE_TRIES - tries });
    }
    limits::forget(&mut tx, services, CODES, &sign_in.email).await?;
    let signed = match known_learner(&mut tx, &sign_in.email).await? {
        Known::Staff => Signed::Expired,
        Known::Learner(account) => {
            store::sign_ins::delete_sign_in(&mut tx, &sign_in.token_hash).await?;
            let session = open_session(&mut tx, services, account).await?;
            sessions::note(&mut tx, services, account, "sign_in", json!({ "by": "code" })).await?;
            Signed::In { session, go_to: target(&sign_in) }
        }
        Known::Account(_) | Known::Nobody => {
            store::sign_ins::verify_sign_in(&mut tx, &sign_in.token_hash, now, now.plus_minutes(START_MINUTES)).await?;
            Signed::NewHere
        }
    };
    tx.commit().await?;
    Ok(signed)
}

/// Makes an account for a proven address, for somebody who is 13 or over. Of anybody younger nothing
/// stays: neither the try, nor the letter with the code, nor the count for the limit.
///
/// # Errors
/// When the store fails.
pub async fn start_account(ctx: &Ctx, token: &str, day: &str, month: &str, year: &str) -> Result<Started> {
    let services = &*ctx.services;
    let mut tx = services.db.write().await?;
    let sign_in = find_in(&mut tx, token, services.now(), true).await?;
    let Some(sign_in) = sign_in.filter(|sign_in| sign_in.verified_at.is_some()) else { return Ok(Started::Expired) };

    let mut typed = Answers::default();
    for (field, value) in [("dob-day", day), ("dob-month", month), ("dob-year", year)] {
        typed.set(field, value.chars().take(20).collect::<String>());
    }
    let problems = check(services, &typed, &sign_in.email);
    let today = services.today();
    let born = typed.date_of_birth();
    if born.is_some_and(|born| born < today && !domain::eligibility::old_enough_for_an_account(born, today)) {
        forget_everything(&mut tx, services, &sign_in).await?;
        tx.commit().await?;
        return Ok(Started::TooYoung);
    }
    let Some(born) = born.filter(|_| problems.is_empty()) else {
        store::sign_ins::save_typed(&mut tx, &sign_in.token_hash, &typed).await?;
        tx.commit().await?;
        return Ok(Started::Problems(problems));
    };

    // Two browsers of one person may get here together: the second finds the first's account.
    tx.lock_name(&format!("account {}", sign_in.email)).await?;
    let account = match known_learner(&mut tx, &sign_in.email).await? {
        Known::Staff => return Ok(Started::Expired),
        Known::Learner(account) => account,
        Known::Account(account) => add_learner(&mut tx, services, account, born, &typed).await?,
        Known::Nobody => {
            let account = Account {
                id: AccountId(services.uuid()),
                email: sign_in.email.clone(),
                name: String::new(),
                created_at: services.now(),
                password_hash: None,
                totp_secret: None,
                totp_last_step: None,
                demonstration: false,
            };
            store::accounts::insert_account(&mut tx, &account).await?;
            add_learner(&mut tx, services, account.id, born, &typed).await?
        }
    };
    store::sign_ins::delete_sign_in(&mut tx, &sign_in.token_hash).await?;
    let session = open_session(&mut tx, services, account).await?;
    sessions::note(&mut tx, services, account, "sign_in", json!({ "by": "code" })).await?;
    tx.commit().await?;
    Ok(Started::In { session, go_to: target(&sign_in) })
}

/// The try under way, for its pages; `None` when it has ended.
///
/// # Errors
/// When the store fails.
pub async fn under_way(ctx: &Ctx, token: &str) -> Result<Option<SignInUnderWay>> {
    Ok(find(&ctx.services, token).await?.map(|sign_in| SignInUnderWay {
        problems: if sign_in.typed.0.is_empty() {
            Vec::new()
        } else {
            check(&ctx.services, &sign_in.typed, &sign_in.email)
        },
        email: sign_in.email,
        proven: sign_in.verified_at.is_some(),
        left: (CODE_TRIES - sign_in.tries).max(0),
        go_to: sign_in.go_to,
        typed: sign_in.typed,
    }))
}

/// What has to be removed so that nothing about a child remains.
async fn forget_everything(tx: &mut Tx, services: &Services, sign_in: &SignIn) -> Result<()> {
    store::sign_ins::delete_sign_in(tx, &sign_in.token_hash).await?;
    store::sign_ins::delete_sign_ins_of(tx, &sign_in.email).await?;
    store::messages::forget_recipient(tx, &sign_in.email).await?;
    limits::forget(tx, services, CODES, &sign_in.email).await
}

async fn add_learner(
    tx: &mut Tx,
    services: &Services,
    account: AccountId,
    born: chrono::NaiveDate,
    typed: &Answers,
) -> Result<AccountId> {
    store::accounts::insert_learner(tx, &Learner { account, date_of_birth: born, answers: typed.clone() }).await?;
    sessions::note(tx, services, account, "start_account", json!({})).await?;
    Ok(account)
}

enum Known {
    Nobody,
    Staff,
    Learner(AccountId),
    /// An account that was begun without a date of birth.
    Account(AccountId),
}

async fn known_learner(tx: &mut Tx, email: &str) -> Result<Known> {
    let Some(account) = store::accounts::find_by_email(tx, email).await? else { return Ok(Known::Nobody) };
    if !store::accounts::list_memberships(tx, account.id).await?.is_empty() {
        return Ok(Known::Staff);
    }
    let learner = store::accounts::find_learner(tx, account.id).await?;
    Ok(if learner.is_some() { Known::Learner(account.id) } else { Known::Account(account.id) })
}

async fn is_staff(tx: &mut Tx, email: &str) -> Result<bool> {
    Ok(matches!(known_learner(tx, email).await?, Known::Staff))
}

async fn find(services: &Services, token: &str) -> Result<Option<SignIn>> {
    let mut tx = services.db.read().await?;
    find_in(&mut tx, token, services.now(), false).await
}

async fn find_in(tx: &mut Tx, token: &str, now: Moment, lock: bool) -> Result<Option<SignIn>> {
    let found = store::sign_ins::find_sign_in(tx, &hash(token), now, lock).await?;
    Ok(found.filter(|sign_in| sign_in.purpose == PURPOSE))
}

/// A try that begins now.
pub(super) fn new_sign_in(services: &Services, token: &str, purpose: &str, email: &str, minutes: i64) -> SignIn {
    let now = services.now();
    SignIn {
        token_hash: hash(token),
        purpose: purpose.to_owned(),
        email: email.to_owned(),
        code_hash: None,
        account: None,
        created_at: now,
        ends_at: now.plus_minutes(minutes),
        tries: 0,
        verified_at: None,
        go_to: None,
        typed: Answers::default(),
    }
}

fn check(services: &Services, typed: &Answers, email: &str) -> Vec<Problem> {
    let today = services.today();
    let about = Circumstances {
        asks_why: false,
        starts_on: today,
        today,
        learner_email: email.to_owned(),
        school_has_adviser: false,
    };
    form::check(Step::DateOfBirth, typed, &about)
}

fn target(sign_in: &SignIn) -> String {
    sign_in.go_to.clone().unwrap_or_else(|| home_of(None).to_owned())
}

/// The six digits, however they were grouped.
pub(super) fn six_digits(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// A code has few digits: without the browser's token, which we do not keep, its hash says nothing.
fn salted(token: &str, code: &str) -> String {
    hash(&format!("{token}:{code}"))
}
