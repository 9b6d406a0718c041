//! Who may open and do what: every page and every server function × everybody, on one's own record and
//! on somebody else's. A page or function that is in no table fails the test. A request that is turned
//! away changes nothing: the whole database is compared.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod people;
mod tables;

use std::collections::BTreeSet;

use axum::http::Method;
use leptos::server_fn::axum::server_fn_paths;

use people::{Cast, EVERYBODY, Who};
use tables::{Access, functions, pages};

/// What an answer means for somebody's access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// Shown, done, or refused by a rule in words.
    LetIn,
    /// Sent to sign in.
    SignIn,
    /// As if it were not there.
    NotThere,
}

fn expected(access: Access, who: Who) -> Seen {
    match access {
        Access::Anybody => Seen::LetIn,
        Access::Nobody => Seen::NotThere,
        Access::Only(allowed) if allowed.contains(&who) => Seen::LetIn,
        Access::Only(_) if who == Who::SignedOut => Seen::SignIn,
        Access::Only(_) => Seen::NotThere,
    }
}

/// Parameters of a path as they are written in the routes: `:slug` and `{slug}` alike.
fn shape(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with([':', '{']) { "*" } else { part }).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_page_for_everybody() {
    let cast = Cast::make().await;
    let pages = pages(&cast);
    let mut missing: BTreeSet<String> = cast.routes().iter().map(|path| shape(path)).collect();
    for page in &pages {
        assert!(
            missing.remove(&shape(page.route)) || pages.iter().filter(|other| other.route == page.route).count() > 1,
            "{} is no route",
            page.route
        );
    }
    assert!(missing.is_empty(), "pages in no table: {missing:?}");
    let mut wrong = Vec::new();
    for page in &pages {
        for who in EVERYBODY {
            let seen = cast.see(Method::GET, &page.path, "", *who).await;
            if seen != expected(page.access, *who) {
                wrong.push(format!("{} as {who:?}: {seen:?}", page.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_server_function_for_everybody() {
    let cast = Cast::make().await;
    let functions = functions(&cast);
    let mut missing: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    for function in &functions {
        missing.remove(function.path);
    }
    assert!(missing.is_empty(), "server functions in no table: {missing:?}");
    let mut wrong = Vec::new();
    for function in &functions {
        // Those who are turned away first: what they asked for must leave everything as it is.
        for turned_away in [true, false] {
            for who in EVERYBODY.iter().filter(|who| (expected(function.access, **who) != Seen::LetIn) == turned_away) {
                let before = store::testing::everything(&cast.services.db).await;
                let seen = cast.see(function.method.clone(), function.path, &function.form, *who).await;
                if seen != expected(function.access, *who) {
                    wrong.push(format!("{} as {who:?}: {seen:?}", function.path));
                }
                if turned_away && store::testing::everything(&cast.services.db).await != before {
                    wrong.push(format!("{} as {who:?} was turned away and changed something", function.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A form of another site, with the person's own cookie, is refused before anything else happens.
#[tokio::test]
async fn no_form_of_another_site() {
    let cast = Cast::make().await;
    for function in functions(&cast).iter().filter(|function| function.method == Method::POST) {
        for who in EVERYBODY.iter().filter(|who| **who != Who::SignedOut) {
            let before = store::testing::everything(&cast.services.db).await;
            let status = cast.sent_by_another_site(function.path, &function.form, *who).await;
            assert_eq!(status, 403, "{} as {who:?}", function.path);
            assert_eq!(store::testing::everything(&cast.services.db).await, before, "{} as {who:?}", function.path);
        }
    }
}
