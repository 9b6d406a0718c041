//! Open data over HTTP: a versioned JSON API with its description, Atom feeds, and the sitemap. Any site may
//! read them, and nobody is signed in here: answers are the same for everybody.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde::Serialize;
use services::open_data::{self, Answer, Item, ItemDetail, LIMIT, LIMIT_MOST, Session, SitePlace};
use services::{Ctx, Error};
use utoipa::{OpenApi, ToSchema};

use super::Web;

/// The API's description, made from the code that answers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Work experience in health and care: open data",
        version = "1",
        description = "Every published opportunity, read only. The filters are those of the search: whatever stands behind the question mark of a search's address can stand here. At most 120 requests a minute from one address; answers have an entity tag, so that asking again costs little."
    ),
    paths(list, one),
    components(schemas(Answer, Item, ItemDetail, Session, SitePlace, Problem))
)]
struct Api;

/// What went wrong, and what to do.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Problem {
    /// In words.
    error: String,
}

/// The routes, which know nobody.
pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/api/v1/opportunities", get(list))
        .route("/api/v1/opportunities/{slug}", get(one))
        .route("/api/v1/openapi.json", get(description))
        .route("/opportunities.atom", get(feed))
        .route("/sitemap.xml", get(sitemap))
        .route("/{sitemap}", get(sitemap_part))
}

fn problem(status: StatusCode, words: impl Into<String>) -> Response {
    (status, Json(Problem { error: words.into() })).into_response()
}

pub(super) fn failed(error: Error) -> Response {
    match error {
        Error::NotFound => problem(StatusCode::NOT_FOUND, "There is nothing at this address."),
        Error::Refused(words) => problem(StatusCode::BAD_REQUEST, words),
        Error::TooMany(seconds) => {
            let words = format!("Too many requests from your address. Ask again in {seconds} seconds.");
            let mut response = problem(StatusCode::TOO_MANY_REQUESTS, words);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        error => {
            tracing::error!(%error, "open data could not be read");
            problem(StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong here. Ask again in a minute.")
        }
    }
}

/// Any site's pages may read this, and a cache may keep it for a minute.
fn open(mut response: Response, tag: Option<&str>) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("etag, retry-after"));
    if let Some(value) = tag.and_then(|tag| HeaderValue::from_str(&format!("\"{tag}\"")).ok()) {
        headers.insert(header::ETAG, value);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    } else {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Whether the caller has this answer already.
pub(super) fn has(headers: &HeaderMap, tag: &str) -> bool {
    let given = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // A proxy that compresses says that its copy is a weak one.
    given
        .split(',')
        .map(|one| one.trim().trim_start_matches("W/").trim_matches('"'))
        .any(|one| one == tag || one == "*")
}

/// Counts the request, answers "not changed" where that is so, and else with what is made.
async fn tagged(
    ctx: &Ctx,
    headers: &HeaderMap,
    question: &str,
    make: impl AsyncFnOnce() -> services::Result<Response>,
) -> Response {
    let answer = async {
        open_data::count(ctx)?;
        let tag = open_data::tag(ctx, question).await?;
        if has(headers, &tag) {
            return Ok(open(StatusCode::NOT_MODIFIED.into_response(), Some(&tag)));
        }
        Ok(open(make().await?, Some(&tag)))
    };
    match answer.await {
        Ok(response) => response,
        Err(error) => open(failed(error), None),
    }
}

/// Splits what the API asks itself from what the search asks.
fn asked(raw: &str) -> (String, Option<String>, usize) {
    let (mut cursor, mut limit) = (None, LIMIT);
    let mut rest = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
        match &*name {
            "cursor" => cursor = Some(value.into_owned()),
            "limit" => limit = value.parse().unwrap_or(LIMIT),
            _ => {
                rest.append_pair(&name, &value);
            }
        }
    }
    (rest.finish(), cursor, limit.clamp(1, LIMIT_MOST))
}

/// Published opportunities, page by page.
#[utoipa::path(
    get,
    path = "/api/v1/opportunities",
    params(
        ("what" = Option<String>, Query, description = "Words: a title, a profession, what one will do"),
        ("where" = Option<String>, Query, description = "A postcode, its first half, or a town"),
        ("within" = Option<u32>, Query, description = "At most so many miles from there"),
        ("kind" = Option<String>, Query, description = "Kinds; more than one by repeating it"),
        ("profession" = Option<String>, Query, description = "Areas of work; more than one by repeating it"),
        ("area" = Option<String>, Query, description = "ODS code of a region or an integrated care board"),
        ("age" = Option<u32>, Query, description = "Age on the first day"),
        ("from" = Option<String>, Query, description = "Starting on or after this day (2027-03-01)"),
        ("to" = Option<String>, Query, description = "Starting on or before this day"),
        ("sort" = Option<String>, Query, description = "nearest, closing, starting or newest"),
        ("limit" = Option<usize>, Query, description = "How many a page has: 1 to 100, else 20"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before")
    ),
    responses(
        (status = 200, description = "A page", body = Answer),
        (status = 304, description = "Nothing has changed since the entity tag that you gave"),
        (status = 400, description = "The cursor is none of ours", body = Problem),
        (status = 429, description = "Too many requests", body = Problem)
    )
)]
async fn list(Extension(ctx): Extension<Ctx>, headers: HeaderMap, RawQuery(raw): RawQuery) -> Response {
    let raw = raw.unwrap_or_default();
    let (query, cursor, limit) = asked(&raw);
    tagged(&ctx, &headers, &format!("list?{raw}"), async || {
        Ok(Json(open_data::list(&ctx, &query, cursor.as_deref(), limit).await?).into_response())
    })
    .await
}

/// Everything that is published of one opportunity.
#[utoipa::path(
    get,
    path = "/api/v1/opportunities/{slug}",
    params(("slug" = String, Path, description = "Its name in addresses")),
    responses(
        (status = 200, description = "The opportunity", body = ItemDetail),
        (status = 304, description = "Nothing has changed since the entity tag that you gave"),
        (status = 404, description = "There is none, or the provider took it back", body = Problem),
        (status = 429, description = "Too many requests", body = Problem)
    )
)]
async fn one(Extension(ctx): Extension<Ctx>, headers: HeaderMap, Path(slug): Path<String>) -> Response {
    tagged(
        &ctx,
        &headers,
        &format!("one/{slug}"),
        async || Ok(Json(open_data::one(&ctx, &slug).await?).into_response()),
    )
    .await
}

async fn description() -> Response {
    open(Json(Api::openapi()).into_response(), None)
}

async fn feed(Extension(ctx): Extension<Ctx>, headers: HeaderMap, RawQuery(raw): RawQuery) -> Response {
    let raw = raw.unwrap_or_default();
    tagged(&ctx, &headers, &format!("feed?{raw}"), async || {
        let feed = open_data::feed(&ctx, &raw).await?;
        Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response())
    })
    .await
}

async fn xml(ctx: &Ctx, headers: &HeaderMap, part: Option<usize>) -> Response {
    tagged(ctx, headers, &format!("sitemap {part:?}"), async || {
        let text = open_data::sitemap(ctx, part).await?;
        Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], text).into_response())
    })
    .await
}

async fn sitemap(Extension(ctx): Extension<Ctx>, headers: HeaderMap) -> Response {
    xml(&ctx, &headers, None).await
}

/// "sitemap-2.xml"; anything else in the first place of an address is no page of ours.
async fn sitemap_part(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    headers: HeaderMap,
    Path(name): Path<String>,
    request: axum::extract::Request,
) -> Response {
    let part = name.strip_prefix("sitemap-").and_then(|rest| rest.strip_suffix(".xml")).and_then(|n| n.parse().ok());
    match part {
        Some(part) => xml(&ctx, &headers, Some(part)).await,
        None => super::not_found(State(web), request).await,
    }
}
