//! No answer leaves before what it is based on is on the disk.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::{Web, errors, session};

/// A use case that finds its work done already ends without a commit of its own; what it found may have
/// been done a moment before and not be on the disk yet (docs/decisions/0011-group-commit.md).
pub(super) async fn first(State(web): State<Web>, request: Request<Body>, next: Next) -> Response {
    let head = session::request_head(&request);
    let response = next.run(request).await;
    match web.services.db.settled().await {
        Ok(()) => response,
        Err(error) => {
            let error = errors::unexpected(&web, &error.to_string());
            errors::page(&web, &head, &error).await
        }
    }
}
