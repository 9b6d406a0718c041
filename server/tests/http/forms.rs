//! What forms post to: refused from other sites, and every error a page in words.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::support::TestSite;

#[tokio::test]
async fn another_sites_page_can_do_nothing() {
    let site = TestSite::new(false).await;
    let cookie = site.signed_in("a@example.com", None).await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("accept", "text/html"),
    ] {
        let request = Request::post("/do/identity_sign_out")
            .header(name, value)
            .header("cookie", &cookie)
            .header("content-type", "application/x-www-form-urlencoded");
        let answer = site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(answer.text.contains("another website"));
    }
    assert!(site.get("/opportunities", &cookie).await.text.contains("Sign out"), "still signed in");
}

#[tokio::test]
async fn signing_out_works_with_scripts_off() {
    let site = TestSite::new(false).await;
    let cookie = site.signed_in("a@example.com", None).await;
    let answer = site.post("/do/identity_sign_out", &cookie, "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.header("location").starts_with('/') && !answer.header("location").contains("secret"));
    assert!(site.get("/opportunities", &cookie).await.text.contains("Sign in"));
}

#[tokio::test]
async fn an_error_is_a_page_with_a_way_on_and_nothing_in_the_address() {
    let site = TestSite::new(false).await;
    // Signed out: to the sign-in, and back to the page without its query.
    let answer = site.post("/do/apply_accept_offer", "", "reference=WEX-NONE").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-in?to=/opportunities"));
    // Somebody else's, or nobody's.
    let cookie = site.signed_in("a@example.com", None).await;
    let answer = site.post("/do/apply_accept_offer", &cookie, "reference=WEX-NONE").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::NOT_FOUND, ""));
    assert_eq!(answer.heading(), "Page not found");
    assert!(answer.text.contains("</html>") && !answer.text.contains("error running server function"));
    // No such function.
    assert_eq!(site.post("/do/no_such_thing", &cookie, "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_islands_call_gets_data_and_the_status() {
    let site = TestSite::new(false).await;
    let cookie = site.signed_in("a@example.com", None).await;
    let request = Request::post("/do/apply_accept_offer")
        .header("accept", "application/json")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", &cookie);
    let answer = site.send(request.body(Body::from("reference=WEX-NONE")).unwrap()).await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::NOT_FOUND, r#"{"error":"not_found"}"#));
}

#[tokio::test]
async fn a_link_to_data_gets_data() {
    let site = TestSite::new(false).await;
    let answer = site.get("/do/discover_search_results?q=", "").await;
    assert_eq!(
        (answer.status, answer.header("content-type"), answer.header("location")),
        (StatusCode::OK, "application/json", "")
    );
    // What is not there is a page all the same.
    let answer = site.get("/do/apply_hear_by?reference=WEX-NONE", "").await;
    assert!(
        answer.header("location").starts_with("/sign-in") || answer.status == StatusCode::NOT_FOUND,
        "{}",
        answer.status
    );
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_in_words() {
    let site = TestSite::new(false).await;
    let long = format!("email={}", "a".repeat(2 << 20));
    let answer = site.post("/do/identity_request_code", "", &long).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text.contains("more than a form can take"));
}

#[tokio::test]
async fn bad_input_is_never_our_fault() {
    let site = TestSite::new(false).await;
    let cookie = site.signed_in("a@example.com", None).await;
    for (path, body) in [
        ("/do/identity_request_code", "email=%FF%FE&to=%00"),
        ("/do/identity_enter_code", "code=%F0%9F%98%80"),
        ("/do/apply_save_answer", "reference=%27%3B+drop+table+applications&step=x"),
        ("/do/apply_start_application", "session=not-an-id"),
        ("/do/discover_search_results", "query=%FF"),
        ("/do/provide_decide", "reference=1&decision=2"),
    ] {
        for cookie in ["", &cookie] {
            let answer = site.post(path, cookie, body).await;
            assert!(!answer.status.is_server_error(), "{path} {body}: {}", answer.status);
        }
    }
}
