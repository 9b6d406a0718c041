//! A search's first results for an iframe: the only page of ours that other sites may show inside theirs.

use app::{Look, widget_document};
use axum::Extension;
use axum::extract::RawQuery;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use services::Ctx;
use services::open_data;

use super::open_data::failed;

/// How many are shown where nobody says.
const SHOWN: usize = 5;
/// The most that are shown.
const SHOWN_MOST: usize = 20;

/// Splits what the widget asks itself from what the search asks.
fn asked(raw: &str) -> (String, Look, usize) {
    let (mut look, mut number) = (Look::default(), SHOWN);
    let mut rest = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
        if name == "number" {
            number = value.parse().unwrap_or(SHOWN);
        } else if !look.choose(&name, &value) {
            rest.append_pair(&name, &value);
        }
    }
    (rest.finish(), look, number.clamp(1, SHOWN_MOST))
}

/// The page. It sets no cookie, runs no script, and says the same to everybody.
pub(super) async fn page(Extension(ctx): Extension<Ctx>, RawQuery(raw): RawQuery) -> Response {
    let (query, look, number) = asked(&raw.unwrap_or_default());
    let answer = async {
        open_data::count(&ctx)?;
        open_data::list(&ctx, &query, None, number).await
    };
    let nonce = ctx.services.uuid().simple().to_string();
    let mut response = match answer.await {
        Ok(answer) => {
            let home = format!("{}/opportunities", ctx.services.settings.base_url);
            let more = if query.is_empty() { home.clone() } else { format!("{home}?{query}") };
            Html(widget_document(&answer, &look, &more, &home, &nonce)).into_response()
        }
        Err(error) => failed(error),
    };
    let policy = format!(
        "default-src 'none'; style-src 'self' 'nonce-{nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors *"
    );
    let headers = response.headers_mut();
    // Hexadecimal: always a valid header.
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widgets_own_questions_do_not_reach_the_search() {
        let (query, look, number) = asked("what=nursing&number=7&heading=Near+us&where=LS1&colour=%23fff&what=x");
        assert_eq!((query.as_str(), number), ("what=nursing&where=LS1&what=x", 7));
        assert_eq!((look.heading.as_str(), look.colours.len()), ("Near us", 1));
        for (raw, shown) in [("number=0", 1), ("number=900", 20), ("number=x", 5), ("", 5)] {
            assert_eq!(asked(raw).2, shown, "{raw}");
        }
    }
}
