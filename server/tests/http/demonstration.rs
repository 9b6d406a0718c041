//! A demonstration's own pages.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::Role;

use crate::support::TestSite;

#[tokio::test]
async fn one_click_signs_in_as_anybody() {
    let site = TestSite::new(true).await;
    site.signed_in("coordinator@example.com", Some(Role::Coordinator)).await;
    let page = site.get("/demo", "").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("Coordinators") && page.text.contains("wex-demo-banner"));
    let account = page.text.split("name=\"account\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer = site.post("/demo/sign-in", "", &format!("account={account}")).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/provider"));
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    for part in ["__Host-wex=", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
        assert!(answer.header("set-cookie").contains(part), "{part}");
    }
    assert!(site.get("/opportunities", &cookie).await.text.contains("Sign out"));
    for other in ["", "account=", "account=x", "account=00000000-0000-0000-0000-000000000001"] {
        assert_eq!(site.post("/demo/sign-in", "", other).await.status, StatusCode::NOT_FOUND, "{other}");
    }
}

#[tokio::test]
async fn the_clock_moves_and_what_is_due_is_done() {
    let site = TestSite::new(true).await;
    // A code by email waits in the outbox until the clock moves.
    site.post("/do/identity_request_code", "", "email=amina%40example.com").await;
    let json = |answer: &str| serde_json::from_str::<serde_json::Value>(answer).unwrap();
    let outbox = || Request::get("/demo/outbox").header("accept", "application/json").body(Body::empty()).unwrap();
    let messages = json(&site.send(outbox()).await.text);
    assert_eq!(
        (&messages[0]["to"], &messages[0]["channel"], &messages[0]["status"]),
        (&"amina@example.com".into(), &"email".into(), &"queued".into())
    );
    for key in ["subject", "text", "html", "template", "at", "application"] {
        assert!(messages[0].get(key).is_some(), "{key}");
    }
    // As a plain client does.
    let post = |body: &'static str| {
        Request::post("/demo/clock")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap()
    };
    assert_eq!(json(&site.send(post("advance=5m")).await.text)["now"], "2027-03-01T09:05");
    assert_eq!(json(&site.send(outbox()).await.text)[0]["status"], "sent");
    assert_eq!(site.files("mail"), 1);
    assert_eq!(json(&site.send(post("now=2027-03-26T16:55")).await.text)["now"], "2027-03-26T16:55");
    let wrong = site.send(post("now=tomorrow")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("like 2027-03-26T16:55"));
    // As a browser does.
    let answer = site.post("/demo/clock", "", "advance=1d").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/demo/clock"));
    let page = site.get("/demo/clock", "").await;
    assert!(page.text.contains("Saturday 27 March 2027"), "{}", page.text);
    let page = site.get("/demo/outbox", "").await;
    assert_eq!((page.status, page.heading().as_str()), (StatusCode::OK, "Messages"));
    let asked = Request::get("/demo/clock").header("accept", "application/json").body(Body::empty()).unwrap();
    assert_eq!(json(&site.send(asked).await.text)["now"], "2027-03-27T16:55");
}

#[tokio::test]
async fn outside_a_demonstration_none_of_it_is_there() {
    let site = TestSite::new(false).await;
    for path in ["/demo/sign-in", "/demo/clock", "/demo/outbox"] {
        let answer = site.post(path, "", "advance=1d&account=00000000-0000-0000-0000-000000000001").await;
        assert!(
            matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED),
            "{path}: {}",
            answer.status
        );
        let asked = Request::get(path).header("accept", "application/json").body(Body::empty()).unwrap();
        assert_eq!(site.send(asked).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
