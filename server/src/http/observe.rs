//! The log of requests, without personal data: no query, no body, no address.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

static NUMBER: AtomicU64 = AtomicU64::new(1);

/// Logs each request's method, the pattern of its path, status and time, under a number that the
/// answer carries too. Paths themselves may hold a secret link.
pub(super) async fn trace(request: Request, next: Next) -> Response {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let method = request.method().clone();
    let pattern = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| pattern(path.as_str(), request.uri().path()));
    let span = tracing::info_span!("request", number);
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, ms) = (response.status().as_u16(), u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX));
    span.in_scope(|| {
        // Machines ask for these all the time.
        if status < 400 && (pattern.starts_with("/pkg/") || matches!(pattern.as_str(), "/health" | "/ready")) {
            tracing::debug!(%method, path = pattern, status, ms, "answered");
        } else {
            tracing::info!(%method, path = pattern, status, ms, "answered");
        }
    });
    response.headers_mut().insert("x-request-id", HeaderValue::from(number));
    response
}

/// The pattern that matched; a server function's name is no secret and is worth knowing.
fn pattern(matched: &str, path: &str) -> String {
    if matched.starts_with("/do/") {
        path.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '/')).take(80).collect()
    } else {
        matched.to_owned()
    }
}
