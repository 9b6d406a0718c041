//! Writes from other sites are refused by their headers (decision 0005).

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use services::identity::{SESSION_COOKIE, START_COOKIE};

use super::{Web, errors, session};

/// Lets a request through that only reads, or that comes from our own pages.
pub(super) async fn refuse(State(web): State<Web>, request: Request<Body>, next: Next) -> Response {
    if allowed(request.method(), request.headers(), &web.services.settings.base_url) {
        return next.run(request).await;
    }
    errors::plain_forbidden()
}

/// Whether the request only reads, or was not sent by another site's page.
///
/// Every browser of today says where a request comes from. Whoever says nothing is no browser, or one
/// so old that its cookie could be misused: then it must not carry one.
fn allowed(method: &Method, headers: &HeaderMap, base_url: &str) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name| headers.get(name).map(|value: &axum::http::HeaderValue| value.to_str().unwrap_or("unreadable"));
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    if let Some(origin) = text(header::ORIGIN) {
        let host = origin.split_once("://").map(|(_, host)| host);
        return origin == base_url || (host.is_some() && host == text(header::HOST));
    }
    session::cookie(headers, SESSION_COOKIE).is_none() && session::cookie(headers, START_COOKIE).is_none()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use rstest::rstest;

    use super::*;

    const OURS: &str = "https://wex.example";

    #[rstest]
    // Our own pages, and an address that a person typed.
    #[case::own_form(&[("sec-fetch-site", "same-origin"), ("cookie", "__Host-wex=1")], true)]
    #[case::typed(&[("sec-fetch-site", "none"), ("cookie", "__Host-wex=1")], true)]
    // Others, with and without a cookie.
    #[case::other_site(&[("sec-fetch-site", "cross-site"), ("cookie", "__Host-wex=1")], false)]
    #[case::other_site_signed_out(&[("sec-fetch-site", "cross-site")], false)]
    #[case::sibling_host(&[("sec-fetch-site", "same-site"), ("cookie", "__Host-wex=1")], false)]
    // The first header is believed before the second.
    #[case::contradiction(&[("sec-fetch-site", "cross-site"), ("origin", OURS)], false)]
    #[case::unreadable(&[("sec-fetch-site", "")], false)]
    // Older browsers.
    #[case::old_browser(&[("origin", OURS), ("host", "behind:3000"), ("cookie", "__Host-wex=1")], true)]
    #[case::old_browser_by_host(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")], true)]
    #[case::old_browser_elsewhere(&[("origin", "https://evil.example"), ("host", "wex.example")], false)]
    #[case::longer_name(&[("origin", "https://wex.example.evil.example"), ("host", "wex.example")], false)]
    #[case::other_port(&[("origin", "http://127.0.0.1:4000"), ("host", "127.0.0.1:3000")], false)]
    #[case::no_origin(&[("origin", "null"), ("host", "wex.example")], false)]
    // Clients that say nothing.
    #[case::plain_client(&[("host", "wex.example")], true)]
    #[case::silent_with_session(&[("host", "wex.example"), ("cookie", "a=b; __Host-wex=1")], false)]
    #[case::silent_in_sign_in(&[("host", "wex.example"), ("cookie", "__Host-wex-start=1")], false)]
    #[case::silent_with_other_cookie(&[("host", "wex.example"), ("cookie", "theme=dark")], true)]
    fn writes(#[case] sent: &[(&'static str, &'static str)], #[case] expected: bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in sent {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            assert_eq!(allowed(&method, &headers, OURS), expected, "{method} {sent:?}");
        }
        assert!(allowed(&Method::GET, &headers, OURS) && allowed(&Method::HEAD, &headers, OURS));
    }
}
