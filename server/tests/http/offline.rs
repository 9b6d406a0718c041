//! What the service worker relies on.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::support::TestSite;

#[tokio::test]
async fn the_worker_may_ask_us_and_nobody_else() {
    let site = TestSite::new(false).await;
    let worker = site.get("/sw.js", "").await;
    assert_eq!((worker.status, worker.header("content-type")), (StatusCode::OK, "text/javascript; charset=utf-8"));
    // Without leave to connect, every page that it passes on would fail.
    assert_eq!(worker.header("content-security-policy"), "default-src 'none'; connect-src 'self'");
    assert_eq!(worker.header("cache-control"), "no-cache");
    assert!(worker.text.starts_with("const FILES_OF_BUILD = ["), "{}", worker.text);
    let again = site
        .send(Request::get("/sw.js").header("if-none-match", worker.header("etag")).body(Body::empty()).unwrap())
        .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn a_page_with_scripts_sets_up_the_worker() {
    let site = TestSite::new(false).await;
    let page = site.get("/", "").await;
    assert!(page.header("content-security-policy").contains("; worker-src 'self';"));
    // A server that was built before the site has no scripts on its pages, and so no worker.
    assert_eq!(page.text.contains("register('/sw.js')"), page.text.contains("/pkg/frontend-"));
}

#[tokio::test]
async fn the_list_of_kept_pages_has_its_place_and_is_for_everybody() {
    let site = TestSite::new(false).await;
    let page = site.get("/offline", "").await;
    assert_eq!((page.status, page.heading().as_str()), (StatusCode::OK, "Pages to read offline"));
    let (_, rest) = page.text.split_once("<!--kept-->").expect("where the list begins");
    assert!(rest.contains("<!--/kept-->"), "where the list ends");
    assert!(page.text.contains("<main") && page.text.contains("<title>"), "where the worker writes");
    assert!(!page.header("cache-control").contains("no-store"));
}

#[tokio::test]
async fn what_the_worker_must_not_keep_says_so() {
    let site = TestSite::new(false).await;
    let learner = site.signed_in("a@example.com", None).await;
    for path in ["/", "/opportunities", "/roles", "/offline", "/saved", "/applications", "/account"] {
        assert_eq!(site.get(path, &learner).await.header("cache-control"), "no-store", "{path}");
    }
}
