//! What programs fetch about certificates: the signed record, and the keys to check it with.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kit::AppError;
use services::Ctx;

use super::{Web, errors};

/// The signed record of the certificate with this number, as a file to keep.
pub(super) async fn record(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    Path(number): Path<String>,
    head: Parts,
) -> Response {
    match services::certificates::file(&ctx, &number).await {
        Ok(file) => (
            [
                (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
                (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"certificate.json\"")),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
                (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow")),
            ],
            file,
        )
            .into_response(),
        Err(error) => errors::page(&web, &head, &AppError::from(error)).await,
    }
}

/// The keys that sign, as a JSON Web Key Set.
pub(super) async fn keys(State(web): State<Web>, head: Parts) -> Response {
    match services::certificates::key_set(&web.services).await {
        Ok(set) => {
            ([(header::CONTENT_TYPE, HeaderValue::from_static("application/jwk-set+json"))], set).into_response()
        }
        Err(error) => errors::page(&web, &head, &AppError::from(error)).await,
    }
}
