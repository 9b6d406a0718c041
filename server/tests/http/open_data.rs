//! Open data over HTTP: who may read it, entity tags, errors, and its description.

use axum::body::Body;
use axum::http::Request;

use crate::support::{Answer, TestSite};

async fn get_again(site: &TestSite, path: &str, tag: &str) -> Answer {
    site.send(Request::get(path).header("if-none-match", tag).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn any_site_reads_it_and_asking_again_costs_little() {
    let site = TestSite::new(false).await;
    let answer = site.get("/api/v1/opportunities?limit=1&mood=happy", "").await;
    assert_eq!(answer.status.as_u16(), 200);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert!(answer.header("cache-control").contains("public"));
    let told: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    assert!(told["items"].as_array().unwrap().len() <= 1);
    assert_eq!(told["not_understood"].as_array().unwrap().len(), 1, "limit is the API's own");
    let tag = answer.header("etag").to_owned();
    for given in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        let again = get_again(&site, "/api/v1/opportunities?limit=1&mood=happy", &given).await;
        assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""), "{given}");
    }
    let other = get_again(&site, "/api/v1/opportunities?limit=2", &tag).await;
    assert_eq!(other.status.as_u16(), 200, "another question has another answer");
}

#[tokio::test]
async fn what_is_wrong_is_said_in_json_and_never_a_failure_of_ours() {
    let site = TestSite::new(false).await;
    for (path, status) in [
        ("/api/v1/opportunities?cursor=nonsense", 400),
        ("/api/v1/opportunities?limit=-5&what=%00%FF%27%3B--", 200),
        ("/api/v1/opportunities?limit=99999999999999999999&age=x&from=31-31-31&where=%3Cb%3E", 200),
        ("/api/v1/opportunities/no-such-thing", 404),
        ("/api/v1/opportunities/%00", 404),
        ("/opportunities.atom?what=%3C%26%00", 200),
        ("/sitemap.xml", 200),
        ("/sitemap-1.xml", 200),
        ("/sitemap-2.xml", 404),
        ("/sitemap-x.xml", 404),
        ("/nothing-here", 404),
    ] {
        let answer = site.get(path, "").await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text);
        if path.starts_with("/api/") && status >= 400 {
            let told: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
            assert!(told["error"].as_str().unwrap().len() > 10, "{path}");
        }
    }
}

#[tokio::test]
async fn the_description_is_of_what_there_is() {
    let site = TestSite::new(false).await;
    let described: serde_json::Value = serde_json::from_str(&site.get("/api/v1/openapi.json", "").await.text).unwrap();
    assert!(described["openapi"].as_str().unwrap().starts_with("3."));
    let paths: Vec<&String> = described["paths"].as_object().unwrap().keys().collect();
    assert_eq!(paths, ["/api/v1/opportunities", "/api/v1/opportunities/{slug}"]);
    // Each field that is sent is described, and the other way round.
    let answer: serde_json::Value = serde_json::from_str(&site.get("/api/v1/opportunities", "").await.text).unwrap();
    let of = |schema: &str| -> Vec<String> {
        let mut names: Vec<String> =
            described["components"]["schemas"][schema]["properties"].as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    };
    let sent = |value: &serde_json::Value| -> Vec<String> {
        let mut names: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        names.sort();
        names
    };
    assert_eq!(sent(&answer), of("Answer"));
    if let Some(item) = answer["items"].as_array().unwrap().first() {
        assert_eq!(sent(item), of("Item"));
    }
}

#[tokio::test]
async fn only_the_widget_may_be_framed_and_it_is_the_same_for_everybody() {
    let site = TestSite::new(false).await;
    let cookie = site.signed_in("amina@mail.example", None).await;
    for path in ["/widget", "/widget?number=x&colour=%22%3E%3Cscript%3E&heading=%3Cb%3E", "/widget?cursor=1&what=%00"] {
        let answer = site.get(path, &cookie).await;
        assert_eq!(answer.status.as_u16(), 200, "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("frame-ancestors *") && !policy.contains("script-src"), "{policy}");
        assert_eq!(answer.header("cache-control"), "public, max-age=60", "{path}");
        assert!(answer.headers.get("set-cookie").is_none(), "{path}");
        assert!(!answer.text.contains("<script") && !answer.text.contains("<b>") && !answer.text.contains("Amina"));
    }
    for path in ["/", "/opportunities", "/open-data/widget", "/widget/", "/opportunities/none/picture.png"] {
        let policy = site.get(path, "").await.header("content-security-policy").to_owned();
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
    }
    assert_eq!(site.get("/opportunities/none/picture.png", "").await.status.as_u16(), 404);
}

#[tokio::test]
async fn the_empty_list_is_a_file_for_spreadsheets() {
    let answer = TestSite::new(false).await.get("/provider/import/template.csv", "").await;
    assert!(answer.header("content-disposition").contains("opportunities.csv"));
    assert!(answer.text.starts_with("\u{feff}Ref,Organisation,"), "{}", answer.text);
}
