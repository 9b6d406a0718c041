//! Pages for what went wrong.

use std::panic::AssertUnwindSafe;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::FutureExt;
use kit::AppError;
use services::Ctx;

use super::{Web, session};

/// The page for an error, in answer to this request; somebody who has to sign in is sent there.
pub(super) async fn page(web: &Web, head: &Parts, error: &AppError) -> Response {
    if session::is_sign_in(error) {
        return Redirect::to(&format!("/sign-in?to={}", kit::urlencode(&came_from(head)))).into_response();
    }
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = head.uri.clone();
    *request.headers_mut() = head.headers.clone();
    *request.extensions_mut() = head.extensions.clone();
    if request.extensions().get::<Ctx>().is_none() {
        request.extensions_mut().insert(Ctx { services: web.services.clone(), actor: None, address: None });
    }
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let rendered = AssertUnwindSafe(web.render(request, Some(error.clone()))).catch_unwind().await;
    let mut response = rendered.unwrap_or_else(|_| (status, error.in_words()).into_response());
    *response.status_mut() = status;
    if let AppError::TooMany(seconds) = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The page of ours from which a form was sent, without its query: that may hold what somebody typed.
pub(super) fn came_from(head: &Parts) -> String {
    let referer = head.headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let path = referer.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap_or("/");
    let path = path.split(['?', '#']).next().unwrap_or("/");
    services::identity::safe_target(path).unwrap_or("/").to_owned()
}

/// Logs an unexpected failure; the error that shows its reference.
pub(super) fn unexpected(web: &Web, what: &str) -> AppError {
    let reference = services::context::hex(&web.services.bytes::<4>());
    services::log_unexpected(&reference, what);
    AppError::Unexpected(reference)
}

/// A request from another site's page. It gets no page of ours: it is no person's doing.
pub(super) fn plain_forbidden() -> Response {
    let text = "This request came from another website, so nothing was done.\nOpen the page again and send the form from there.\n";
    (StatusCode::FORBIDDEN, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// A mistake of ours in one request leaves the others alone, and has a reference that is in the log.
pub(super) async fn catch_panic(State(web): State<Web>, request: Request, next: Next) -> Response {
    let head = session::request_head(&request);
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => {
            let what = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("panic");
            let error = unexpected(&web, what);
            page(&web, &head, &error).await
        }
    }
}
