//! The stories of signing in, on both databases, by a clock that the test moves.

mod learners;
mod sessions;
mod staff;

use std::net::IpAddr;
use std::sync::Arc;

use domain::Role;
use domain::ids::OrganisationId;
use store::Db;
use store::messages::Message;
use store::organisations::Organisation;

use super::*;
use crate::time::MovableClock;
use crate::{Ctx, Services, testing};

const START: &str = "2027-03-01T09:00:00";
const AMIRA: &str = "amira@mail.example";
const SAM: &str = "sam.okafor@trust.example";
const PASSWORD: &str = "three words apart";

/// One browser, before signing in.
fn browser(db: Db) -> (Ctx, MovableClock) {
    let (services, clock) = testing::services(db, START);
    (testing::ctx(&services, None), clock)
}

fn from(ctx: &Ctx, address: &str) -> Ctx {
    Ctx { address: Some(address.parse::<IpAddr>().unwrap()), ..ctx.clone() }
}

fn pass_minutes(clock: &MovableClock, minutes: i64) {
    clock.set_offset(clock.offset() + minutes * 60_000_000);
}

async fn letters(services: &Services) -> Vec<Message> {
    let mut tx = services.db.read().await.unwrap();
    store::messages::list_newest(&mut tx, 1000).await.unwrap()
}

/// The letter that was sent for this try.
async fn letter_for(services: &Services, token: &str) -> Message {
    let key = format!("sign_in:{}", crate::context::hash(token));
    letters(services).await.into_iter().find(|letter| letter.key == key).unwrap()
}

/// The code in it.
async fn code_for(services: &Services, token: &str) -> String {
    let letter = letter_for(services, token).await;
    let line = letter
        .text
        .lines()
        .find(|line| line.starts_with("    "))
        .unwrap_or_else(|| panic!("no code in: {}", letter.text))
        .to_owned();
    line.split_whitespace().collect()
}

/// What the trail says was done to an account, sorted: what happens in one instant has no order.
async fn trail(services: &Services, account: domain::ids::AccountId) -> Vec<String> {
    let mut tx = services.db.read().await.unwrap();
    let mut actions: Vec<_> = store::audit::list_about(&mut tx, "account", &account.to_string())
        .await
        .unwrap()
        .into_iter()
        .map(|line| line.action)
        .collect();
    actions.sort();
    actions
}

/// Another code of six digits.
fn other_than(code: &str) -> String {
    if code == "111111" { "222222".into() } else { "111111".into() }
}

async fn ask(ctx: &Ctx, email: &str) -> String {
    match request_code(ctx, email, "", None).await.unwrap() {
        Asked::Sent(token) => token,
        Asked::Mistyped(_) => panic!("{email} was refused"),
    }
}

/// A learner of 16 with an account; the token of a session.
async fn amira(ctx: &Ctx) -> String {
    let token = ask(ctx, AMIRA).await;
    let code = code_for(&ctx.services, &token).await;
    match enter_code(ctx, &token, &code).await.unwrap() {
        Signed::In { session, .. } => session,
        Signed::NewHere => match start_account(ctx, &token, "27", "3", "2010").await.unwrap() {
            Started::In { session, .. } => session,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// A trust, and an invitation for Sam, its coordinator; the token in the link.
async fn invite_sam(services: &Services) -> String {
    let mut tx = services.db.write().await.unwrap();
    if store::organisations::find_by_code(&mut tx, "RX1").await.unwrap().is_none() {
        let trust = Organisation {
            id: OrganisationId(services.uuid()),
            code: "RX1".into(),
            name: "Moor and Dale NHS Foundation Trust".into(),
            kind: "nhs_trust".into(),
            region_code: None,
            icb_code: None,
            address: None,
            town: None,
            postcode: None,
            opened_on: None,
            closed_on: None,
            successor_code: None,
        };
        store::organisations::save_all(&mut tx, &[trust]).await.unwrap();
    }
    tx.commit().await.unwrap();
    let link = invite_staff(services, SAM, "Sam Okafor", Some("RX1"), Role::Coordinator, Rights::ALL).await.unwrap();
    link.strip_prefix("https://wex.example/staff/invitation/").unwrap().to_owned()
}

/// The code that Sam's app shows now.
fn app_code(services: &Services, secret: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(services.now().0 / 1_000_000).unwrap()).to_string()
}

/// Sam with a password and an app, signed in; the session's token and the app's secret.
async fn sam(ctx: &Ctx) -> (String, String) {
    let invitation = invite_sam(&ctx.services).await;
    let secret = view_invitation(ctx, &invitation).await.unwrap().secret;
    let code = app_code(&ctx.services, &secret);
    match accept_invitation(ctx, &invitation, PASSWORD, &code).await.unwrap() {
        Accepted::In { session, go_to } => {
            assert_eq!(go_to, "/provider");
            (session, secret)
        }
        Accepted::Problems(problems) => panic!("{problems:?}"),
    }
}

async fn actor(services: &Services, session: &str) -> Option<crate::Actor> {
    actor_for_token(services, session).await.unwrap()
}

async fn as_signed_in(services: &Arc<Services>, session: &str) -> Ctx {
    testing::ctx(services, actor(services, session).await)
}

#[test]
fn only_paths_of_ours_are_targets() {
    for good in ["/", "/apply/WX-1?step=2", "/opportunities?q=a%20b", "/applications#top"] {
        assert_eq!(safe_target(good), Some(good));
    }
    let long = format!("/{}", "a".repeat(1000));
    for bad in [
        "",
        "apply",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: x",
        "/do/identity_sign_out",
        "/café",
        "/a b",
        &long,
    ] {
        assert_eq!(safe_target(bad), None, "{bad:?}");
    }
}

#[test]
fn cookies_are_for_this_host_and_for_no_script() {
    assert_eq!(session_cookie("abc", true), "__Host-wex=abc; Path=/; Max-Age=43200; HttpOnly; Secure; SameSite=Lax");
    assert_eq!(session_cookie("abc", false), "__Host-wex=abc; Path=/; Max-Age=5184000; HttpOnly; Secure; SameSite=Lax");
    assert_eq!(forget_cookie(START_COOKIE), "__Host-wex-start=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax");
}
