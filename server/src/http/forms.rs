//! Server functions, for islands and for plain forms.
//!
//! Leptos answers a plain form's error with a redirect that carries the error in the address. We answer
//! with the error's page, so that nothing personal is ever in an address.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use kit::AppError;
use leptos::server_fn::error::{FromServerFnError, SERVER_FN_ERROR_HEADER};
use leptos::server_fn::redirect::REDIRECT_HEADER;

use super::{Web, errors, session};

/// No error is longer than this.
const LONGEST_ERROR: usize = 64 * 1024;

/// Runs the server function at this address.
pub(super) async fn run(State(web): State<Web>, mut request: Request) -> Response {
    let head = session::request_head(&request);
    let plain_form = accepts_html(&request);
    let writes = request.method() != Method::GET;
    // A deadline that is promised now is counted by the bank holidays as they are now.
    if writes && let Err(error) = services::working_days::refresh(&web.services).await {
        tracing::error!(%error, "bank holidays could not be read anew");
    }
    if plain_form {
        // Hides from leptos that this is a plain form, so that it answers as it would an island.
        request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    }
    let context = {
        let site = web.site.clone();
        move || leptos::prelude::provide_context(site.clone())
    };
    let answer = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    if answer.status() == StatusCode::BAD_REQUEST && !answer.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        // No such function.
        return errors::page(&web, &head, &AppError::NotFound).await;
    }
    if answer.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return failed(&web, &head, answer, plain_form).await;
    }
    match answer.headers().get(header::LOCATION).cloned() {
        Some(to) if plain_form => {
            let mut answer = answer;
            *answer.status_mut() = StatusCode::SEE_OTHER;
            *answer.body_mut() = Body::empty();
            for name in [header::CONTENT_TYPE, header::CONTENT_LENGTH, HeaderName::from_static(REDIRECT_HEADER)] {
                answer.headers_mut().remove(name);
            }
            answer.headers_mut().insert(header::LOCATION, to);
            answer
        }
        // An island follows by itself: a real redirect would end in its answer, and be lost.
        Some(_) => {
            let mut answer = answer;
            *answer.status_mut() = StatusCode::OK;
            answer
        }
        // A function that leads nowhere leads back; one that only reads is what the link was for.
        None if plain_form && writes => {
            let cookies: Vec<_> = answer.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
            let mut back = Redirect::to(&errors::came_from(&head)).into_response();
            cookies.into_iter().for_each(|cookie| {
                back.headers_mut().append(header::SET_COOKIE, cookie);
            });
            back
        }
        None => answer,
    }
}

async fn failed(web: &Web, head: &axum::http::request::Parts, answer: Response, plain_form: bool) -> Response {
    let (mut parts, body) = answer.into_parts();
    let Ok(bytes) = to_bytes(body, LONGEST_ERROR).await else {
        let error = errors::unexpected(web, "a server function's error could not be read");
        return errors::page(web, head, &error).await;
    };
    let mut error = AppError::de(bytes.clone());
    if error == AppError::Unexpected("SF".into()) {
        error = errors::unexpected(web, "a server function failed outside its body");
    }
    if plain_form {
        let mut page = errors::page(web, head, &error).await;
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            page.headers_mut().append(header::SET_COOKIE, cookie.clone());
        }
        return page;
    }
    parts.status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    parts.headers.remove(header::LOCATION);
    parts.headers.remove(header::CONTENT_LENGTH);
    if let AppError::TooMany(seconds) = error {
        parts.headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Response::from_parts(parts, Body::from(error.ser()))
}

fn accepts_html(request: &Request) -> bool {
    request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"))
}
