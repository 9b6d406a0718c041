//! For those who watch the service: is the process there, and can it work.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;

use super::Web;

/// The process answers.
pub(super) async fn health() -> impl IntoResponse {
    (StatusCode::OK, "ok\n")
}

/// The database answers, and is of this version.
pub(super) async fn ready(State(web): State<Web>) -> impl IntoResponse {
    const LONGEST: Duration = Duration::from_secs(5);
    match tokio::time::timeout(LONGEST, web.services.db.is_migrated()).await {
        Ok(Ok(true)) => (StatusCode::OK, "ready\n"),
        Ok(Ok(false)) => (StatusCode::SERVICE_UNAVAILABLE, "the database is not migrated\n"),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
