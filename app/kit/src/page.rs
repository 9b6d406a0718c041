//! The frame of a page: load, then show; a failure becomes a page too, with the right status.

use std::future::Future;

use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use services::Ctx;

use crate::AppError;

/// The request being answered: the services, and who asks.
///
/// # Panics
/// Outside a request, which only a mistake in the server's wiring can cause.
#[must_use]
pub fn request() -> Ctx {
    use_context::<axum::http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<Ctx>().cloned())
        .expect("the server puts a Ctx into every request")
}

/// A parameter of the path; empty when absent.
#[must_use]
pub fn param(name: &str) -> String {
    use_params_map().read_untracked().get(name).unwrap_or_default()
}

/// A parameter of the query; empty when absent.
#[must_use]
pub fn query(name: &str) -> String {
    use_query_map().read_untracked().get(name).unwrap_or_default()
}

/// Every value of a parameter that the query may have several times, in order.
#[must_use]
pub fn query_all(name: &str) -> Vec<String> {
    use_query_map().read_untracked().get_all(name).unwrap_or_default()
}

/// Shows what `load` makes, once it is there; or the page for its error. The view's type ends here: pages
/// are built in their own rooms, and the list of routes stays small.
pub fn page<V, F>(load: F) -> AnyView
where
    V: IntoView + 'static,
    F: Future<Output = Result<V, AppError>> + Send + 'static,
{
    Suspend::new(async move {
        match load.await {
            Ok(view) => view.into_any(),
            Err(error) => error_page(&error).into_any(),
        }
    })
    .into_any()
}

/// The page for an error, with its status. Somebody who has to sign in is sent there, and back after.
pub fn error_page(error: &AppError) -> impl IntoView + use<> {
    if let Some(response) = use_context::<ResponseOptions>() {
        if *error == AppError::SignIn {
            let here = use_context::<axum::http::request::Parts>()
                .and_then(|parts| parts.uri.path_and_query().map(ToString::to_string))
                .unwrap_or_default();
            see_other(&format!("/sign-in?to={}", urlencode(&here)));
        } else if let Ok(status) = axum::http::StatusCode::from_u16(error.status()) {
            response.set_status(status);
        }
    }
    let title = error.title();
    view! {
        <Title text=title />
        <h1 class="nhsuk-heading-l">{title}</h1>
        <p>{error.in_words()}</p>
        <p><a href="/">"Find work experience"</a>" or "<a href="/contact">"tell us what happened"</a>"."</p>
    }
}

/// Sends the browser to another page of ours (status 303), from a page or a server function. An island's
/// call keeps its answer: fetched with a 303, the browser would follow it and hand the island a page.
pub fn see_other(path: &str) {
    leptos_axum::redirect(path);
    let asks_for_data = use_context::<axum::http::request::Parts>().is_some_and(|parts| {
        parts
            .headers
            .get(axum::http::header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("application/json"))
    });
    if let (false, Some(response)) = (asks_for_data, use_context::<ResponseOptions>()) {
        response.set_status(axum::http::StatusCode::SEE_OTHER);
    }
}

/// Percent-encodes everything but unreserved characters.
#[must_use]
pub fn urlencode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
        out
    })
}

/// The words of the problem at a field, if it has one.
#[must_use]
pub fn field_error(problems: &[domain::form::Problem], field: &str) -> Option<String> {
    problems.iter().find(|problem| problem.field == field).map(|problem| problem.message.clone())
}

/// An answer as typed.
#[must_use]
pub fn form_value(answers: &domain::form::Answers, field: &str) -> String {
    answers.0.get(field).cloned().unwrap_or_default()
}

/// Logs an unexpected failure under a new reference, and returns the reference.
pub(crate) fn logged(what: &str) -> String {
    let reference = use_context::<axum::http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<Ctx>().cloned())
        .map_or_else(|| "none".to_owned(), |ctx| services::context::hex(&ctx.services.bytes::<4>()));
    services::log_unexpected(&reference, what);
    reference
}
