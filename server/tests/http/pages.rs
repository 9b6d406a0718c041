//! What stands around every page.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::Role;

use crate::support::TestSite;

const OPEN_PAGES: &[&str] = &[
    "/",
    "/opportunities",
    "/sign-in",
    "/staff/sign-in",
    "/accessibility",
    "/privacy",
    "/cookies",
    "/contact",
    "/open-data/widget",
];

#[tokio::test]
async fn open_pages_are_whole_before_they_are_sent() {
    let site = TestSite::new(false).await;
    for path in OPEN_PAGES {
        let page = site.get(path, "").await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.heading().is_empty(), "{path}");
        // Nothing arrives later by a script.
        assert!(!page.text.contains("<template"), "{path} has a part that comes later");
        assert!(
            page.text.contains(r#"lang="en-GB""#)
                && page.text.contains(r#"id="maincontent""#)
                && page.text.contains("</html>"),
            "{path}"
        );
        assert!(page.text.contains(" – wex</title>"), "{path} has no title");
        assert!(!page.text.contains("wex-demo-banner"), "{path}");
        assert_eq!(page.header("cache-control"), "private, no-cache", "{path}");
    }
}

#[tokio::test]
async fn every_answer_says_what_browsers_may_not_do() {
    let site = TestSite::new(false).await;
    for path in ["/", "/no-such-page", "/health", "/favicon.svg", "/pkg/none.js", "/demo"] {
        let answer = site.get(path, "").await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert!(answer.header("strict-transport-security").starts_with("max-age="), "{path}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert!(!answer.header("x-request-id").is_empty(), "{path}");
    }
    let local = TestSite::with(false, "http://127.0.0.1:3000").await;
    assert_eq!(local.get("/", "").await.header("strict-transport-security"), "");
}

#[tokio::test]
async fn each_page_has_its_own_nonce_and_no_other_script() {
    let site = TestSite::new(false).await;
    let nonce = |policy: &str| policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
    let (first, second) = (site.get("/", "").await, site.get("/", "").await);
    let (one, two) = (nonce(first.header("content-security-policy")), nonce(second.header("content-security-policy")));
    assert_ne!(one, two);
    for script in first.text.split("<script").skip(1) {
        let tag = &script[..script.find('>').unwrap()];
        assert!(tag.contains(&format!("nonce=\"{one}\"")), "{tag}");
    }
    assert!(!first.text.contains(" style=\"") && !first.text.contains(" onclick="), "something inline");
    assert!(!first.header("content-security-policy").contains("unsafe-inline"));
}

#[tokio::test]
async fn an_address_without_a_page_says_so() {
    let site = TestSite::new(false).await;
    for path in [
        "/no-such-page",
        "/opportunities/no-such-thing",
        "/demo",
        "/demo/outbox",
        "/demo/clock",
        "/consent/abc",
        "/pkg/../Cargo.toml",
    ] {
        let page = site.get(path, "").await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        if !path.starts_with("/pkg") {
            assert!(page.text.contains("Find work experience"), "{path} offers no way on");
        }
    }
}

#[tokio::test]
async fn pages_of_one_person_are_kept_nowhere() {
    let site = TestSite::new(false).await;
    let cookie = site.signed_in("a@example.com", None).await;
    let page = site.get("/opportunities", &cookie).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(page.text.contains("Sign out") && page.text.contains("My applications"));
    // A cookie that is not ours, or not any more, is nobody's.
    for stale in ["__Host-wex=", "__Host-wex=0000", "__Host-wex=../../etc", &format!("__Host-wex={}", "0".repeat(64))] {
        assert!(site.get("/opportunities", stale).await.text.contains("Sign in"), "{stale}");
    }
}

#[tokio::test]
async fn the_menu_is_each_persons_own() {
    let site = TestSite::new(false).await;
    let coordinator = site.signed_in("c@example.com", Some(Role::Coordinator)).await;
    let page = site.get("/opportunities", &coordinator).await.text;
    assert!(page.contains(r#"href="/provider/import""#) && !page.contains("My applications"));
    assert!(!site.get("/opportunities", "").await.text.contains("href=\"/provider"));
}

#[tokio::test]
async fn a_page_that_needs_a_person_asks_for_sign_in_and_comes_back() {
    let site = TestSite::new(false).await;
    for path in ["/applications", "/account", "/provider", "/provider/import"] {
        let page = site.get(path, "").await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert!(page.header("location").contains("sign-in?to=/"), "{path}: {}", page.header("location"));
    }
    let learner = site.signed_in("a@example.com", None).await;
    for path in ["/provider", "/provider/import", "/provider/applications"] {
        assert_eq!(site.get(path, &learner).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn watchers_and_files() {
    let site = TestSite::new(false).await;
    assert_eq!(site.get("/health", "").await.text, "ok\n");
    assert_eq!(site.get("/ready", "").await.text, "ready\n");
    let icon = site.get("/favicon.svg", "").await;
    assert_eq!((icon.status, icon.header("content-type")), (StatusCode::OK, "image/svg+xml"));
    let again = site
        .send(Request::get("/favicon.svg").header("if-none-match", icon.header("etag")).body(Body::empty()).unwrap())
        .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    // The design system's styles name it.
    assert_eq!(site.get("/assets/images/nhsuk-icon-cross.svg", "").await.status, StatusCode::OK);
    let manifest = site.get("/manifest.webmanifest", "").await;
    assert_eq!(manifest.header("content-type"), "application/manifest+json");
    serde_json::from_str::<serde_json::Value>(&manifest.text).unwrap();
}

#[tokio::test]
async fn pages_are_compressed_where_that_is_taken() {
    let site = TestSite::new(false).await;
    for (accepts, encoding) in [("br, gzip", "br"), ("gzip", "gzip"), ("identity", "")] {
        let page =
            site.send(Request::get("/privacy").header("accept-encoding", accepts).body(Body::empty()).unwrap()).await;
        assert_eq!(page.header("content-encoding"), encoding);
    }
}

#[tokio::test]
async fn the_bundle_is_served_for_ever_and_small() {
    let site = TestSite::new(false).await;
    let page = site.get("/", "").await.text;
    let Some(at) = page.find("/pkg/main-") else {
        eprintln!("skipped: built without the site's files");
        return;
    };
    let path = page[at..].split('"').next().unwrap();
    let styles = site.send(Request::get(path).header("accept-encoding", "gzip, br").body(Body::empty()).unwrap()).await;
    assert_eq!(
        (styles.status, styles.header("content-encoding"), styles.header("content-type")),
        (StatusCode::OK, "br", "text/css; charset=utf-8")
    );
    assert_eq!(styles.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(page.contains("/pkg/frontend-") && page.contains("_bg.wasm"));
}
