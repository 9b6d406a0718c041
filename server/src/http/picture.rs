//! An opportunity's picture, for sites that show one beside a link.

use axum::Extension;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use services::{Ctx, Error};

use super::open_data::{failed, has};

/// The picture. Asked for again, it costs a look at the opportunity; drawn, some milliseconds, of which each
/// address has as many as of the open data.
pub(super) async fn picture(Extension(ctx): Extension<Ctx>, headers: HeaderMap, Path(slug): Path<String>) -> Response {
    match answer(&ctx, &headers, &slug).await {
        Ok(response) => response,
        Err(error) => failed(error),
    }
}

async fn answer(ctx: &Ctx, headers: &HeaderMap, slug: &str) -> services::Result<Response> {
    services::open_data::count(ctx)?;
    let picture = services::discover::picture(ctx, slug).await?;
    let tag = picture.tag.clone();
    if has(headers, &tag) {
        return Ok(kept(StatusCode::NOT_MODIFIED.into_response(), &tag));
    }
    let drawn = tokio::task::spawn_blocking(move || picture.draw()).await;
    let drawn = drawn.map_err(|error| Error::Unexpected(format!("a picture was not drawn: {error}")))??;
    Ok(kept(([(header::CONTENT_TYPE, "image/png")], drawn).into_response(), &tag))
}

/// An hour old is new enough, and every site may show it.
fn kept(mut response: Response, tag: &str) -> Response {
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{tag}\"")) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    response
}
