//! How large a request may be, and how long it may take.

use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::Limited;
use kit::AppError;

use super::{Web, errors, session};

const MOST_BYTES: u64 = 1 << 20;
/// A spreadsheet may have 10 MB, and comes in a form of several parts.
const MOST_UPLOAD_BYTES: u64 = 11 << 20;
const UPLOAD: &str = "/do/provide_upload_import";
/// A document may have 5 MB, and comes in such a form too.
const MOST_DOCUMENT_BYTES: u64 = 6 << 20;
const DOCUMENT: &str = "/do/documents_add";
/// Long enough for an upload over a slow line.
const LONGEST: Duration = Duration::from_secs(60);

/// Refuses a body that says it is too large, and stops reading one that does not say.
pub(super) async fn body(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (most, words) = match request.uri().path() {
        UPLOAD => (
            MOST_UPLOAD_BYTES,
            "That file is larger than 10 MB. Split it, or remove pictures and other sheets, and try again.",
        ),
        DOCUMENT => (
            MOST_DOCUMENT_BYTES,
            "That file is larger than 5 MB. Go back and choose a smaller one. A photo of the page is often smaller than a scan.",
        ),
        _ => (MOST_BYTES, "That is more than a form can take. Write less and try again."),
    };
    if request.body().size_hint().lower() > most {
        let mut response = errors::page(&web, &session::request_head(&request), &AppError::Refused(words.into())).await;
        *response.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        return response;
    }
    let (head, body) = request.into_parts();
    let limit = usize::try_from(most).unwrap_or(usize::MAX);
    next.run(Request::from_parts(head, Body::new(Limited::new(body, limit)))).await
}

/// Gives up a request that takes too long. What it wrote is rolled back with its transaction.
pub(super) async fn time(State(web): State<Web>, request: Request, next: Next) -> Response {
    let head = session::request_head(&request);
    match tokio::time::timeout(LONGEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let error = errors::unexpected(&web, "the request took too long");
            let mut response = errors::page(&web, &head, &error).await;
            *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
            response
        }
    }
}
