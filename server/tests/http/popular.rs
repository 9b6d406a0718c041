//! Pages that many ask for are made once: the same page, without the nonce of one answer.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::support::{Answer, TestSite};

async fn asks(site: &TestSite, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(path).header("accept", "text/html");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    site.send(request.body(Body::empty()).unwrap()).await
}

/// Asks until the page is one for many. Other tests commit in this process, and each time it is made anew.
async fn for_many(site: &TestSite, path: &str) -> Answer {
    for _ in 0..200 {
        let answer = asks(site, path, &[]).await;
        if answer.headers.contains_key("etag") {
            return answer;
        }
    }
    panic!("{path} is never kept");
}

#[tokio::test]
async fn a_page_for_many_names_its_scripts_by_their_hashes() {
    let site = TestSite::new(false).await;
    let path = "/opportunities?what=nurse";
    let own = asks(&site, path, &[]).await;
    assert_eq!(own.status, StatusCode::OK);
    let policy = |answer: &Answer| answer.headers["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy(&own).contains("'nonce-") && own.text.contains("nonce="), "the first one is its own");

    let many = for_many(&site, path).await;
    assert!(!policy(&many).contains("nonce") && !many.text.contains("nonce"), "{}", many.text);
    let scripts: Vec<&str> = many
        .text
        .split("<script")
        .skip(1)
        .filter_map(|piece| piece.split_once('>')?.1.split_once("</script>"))
        .map(|(script, _)| script)
        .filter(|script| !script.is_empty())
        .collect();
    assert!(!scripts.is_empty());
    for script in scripts {
        let hash = format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script)));
        assert!(policy(&many).contains(&hash), "{script}");
    }
    // Apart from that it is the page that anybody gets.
    assert!(policy(&many).contains("frame-ancestors 'none'"));
    assert_eq!(many.headers["cache-control"], own.headers["cache-control"]);
    assert_eq!(many.headers["x-content-type-options"], "nosniff");

    let tag = many.headers["etag"].to_str().unwrap().to_owned();
    let mut seen = false;
    for _ in 0..200 {
        let again = asks(&site, path, &[("if-none-match", &tag)]).await;
        if again.status == StatusCode::NOT_MODIFIED {
            assert!(again.text.is_empty());
            seen = true;
            break;
        }
    }
    assert!(seen, "nobody is told that the page is the same");
}

#[tokio::test]
async fn whoever_has_a_cookie_gets_a_page_of_their_own() {
    let site = TestSite::new(false).await;
    let cookie = site.signed_in("learner@example.com", None).await;
    for_many(&site, "/opportunities").await;
    let own = asks(&site, "/opportunities", &[("cookie", &cookie)]).await;
    assert!(!own.headers.contains_key("etag"));
    assert_eq!(own.headers["cache-control"], "no-store");
    assert!(own.text.contains("My applications"));
    let other = asks(&site, "/opportunities", &[]).await;
    assert!(!other.text.contains("My applications"));
}
