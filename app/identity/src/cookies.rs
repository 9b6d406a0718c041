//! Cookies of the request being answered, and of its response.

use http::header::{COOKIE, SET_COOKIE};
use http::{HeaderMap, HeaderValue};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use services::identity::{SESSION_COOKIE, START_COOKIE, forget_cookie, replace_session, session_cookie, start_cookie};
use services::{Ctx, Result};

/// The token of the session in this browser.
pub(crate) fn session() -> Option<String> {
    cookie(SESSION_COOKIE)
}

/// The token of the try at signing in that is under way in this browser; empty when there is none.
pub(crate) fn start() -> String {
    cookie(START_COOKIE).unwrap_or_default()
}

/// Keeps a try at signing in in the browser.
pub(crate) fn keep_start(token: &str) {
    set(&start_cookie(token));
}

/// Makes the browser forget a try at signing in.
pub(crate) fn forget_start() {
    set(&forget_cookie(START_COOKIE));
}

/// Keeps a new session in the browser, in place of the one that it had, and forgets the try.
pub(crate) async fn signed_in(ctx: &Ctx, token: &str, staff: bool) -> Result<()> {
    if let Some(earlier) = session() {
        replace_session(&ctx.services, &earlier).await?;
    }
    set(&session_cookie(token, staff));
    forget_start();
    Ok(())
}

/// Makes the browser forget its session.
pub(crate) fn signed_out() {
    set(&forget_cookie(SESSION_COOKIE));
}

fn cookie(name: &str) -> Option<String> {
    find(&use_context::<http::request::Parts>()?.headers, name)
}

fn find(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| value.to_owned())
}

fn set(line: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(line)) {
        response.append_header(SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; __Host-wex-start=two; x__Host-wex=no; __Host-wexx=no"));
        headers.append(COOKIE, HeaderValue::from_static("__Host-wex=four=4"));
        assert_eq!(find(&headers, SESSION_COOKIE).as_deref(), Some("four=4"));
        assert_eq!(find(&headers, START_COOKIE).as_deref(), Some("two"));
        assert_eq!(find(&headers, "b"), None);
    }
}
