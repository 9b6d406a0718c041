//! Who is asking: the session's cookie, and the address.

use std::net::{IpAddr, SocketAddr};

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use kit::AppError;
use services::Ctx;
use services::identity::{SESSION_COOKIE, actor_for_token};

use super::{Web, errors};

/// Puts a [`Ctx`] into the request, for pages and server functions.
pub(super) async fn recognise(State(web): State<Web>, mut request: Request<Body>, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = client_address(peer, request.headers(), web.trusted_proxy);
    let mut ctx = Ctx { services: web.services.clone(), actor: None, address };
    let mut failure = None;
    if let Some(token) = cookie(request.headers(), SESSION_COOKIE) {
        match actor_for_token(&web.services, token).await {
            Ok(actor) => ctx.actor = actor,
            Err(error) => failure = Some(error),
        }
    }
    let signed_in = ctx.actor.is_some();
    request.extensions_mut().insert(ctx);
    if let Some(error) = failure {
        let error = errors::unexpected(&web, &error.to_string());
        return errors::page(&web, &request_head(&request), &error).await;
    }
    let mut response = next.run(request).await;
    // A page of one person is kept nowhere, and never shown to the next. Signed out, the same address
    // can show another page a minute later: it is asked for again.
    let keep = if signed_in { "no-store" } else { "private, no-cache" };
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(axum::http::HeaderValue::from_static(keep));
    response
}

/// The head of a request, to render an error's page for it.
pub(super) fn request_head(request: &Request<Body>) -> axum::http::request::Parts {
    let mut head = Request::new(()).into_parts().0;
    head.uri = request.uri().clone();
    head.headers = request.headers().clone();
    head.extensions = request.extensions().clone();
    head
}

/// A cookie's value.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The client's address: the connection's, or what the `trusted`th proxy from our end wrote down. What
/// stands further left in the header was written by somebody whom nobody trusts.
fn client_address(peer: Option<IpAddr>, headers: &HeaderMap, trusted: usize) -> Option<IpAddr> {
    if trusted == 0 {
        return peer;
    }
    let passed_on: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    let at = passed_on.len().checked_sub(trusted);
    at.and_then(|at| passed_on[at].parse().ok()).or(peer)
}

/// As [`AppError`], for callers that have only the server's side.
pub(super) fn is_sign_in(error: &AppError) -> bool {
    *error == AppError::SignIn
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_address_is_believed_only_from_proxies_we_trust() {
        let peer = "10.0.0.1".parse().ok();
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", HeaderValue::from_static("6.6.6.6, 192.0.2.7"));
        headers.append("x-forwarded-for", HeaderValue::from_static("10.0.0.2"));
        let shown = |trusted| client_address(peer, &headers, trusted).map(|address| address.to_string());
        assert_eq!(shown(0).as_deref(), Some("10.0.0.1"));
        assert_eq!(shown(1).as_deref(), Some("10.0.0.2"));
        assert_eq!(shown(2).as_deref(), Some("192.0.2.7"));
        assert_eq!(shown(9).as_deref(), Some("10.0.0.1"));
        assert_eq!(client_address(peer, &HeaderMap::new(), 1), peer);
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("__Host-wex-start=1; a=; __Host-wex=22"));
        assert_eq!(
            (cookie(&headers, "__Host-wex"), cookie(&headers, "a"), cookie(&headers, "b")),
            (Some("22"), Some(""), None)
        );
    }
}
