//! The list that a provider fills in, as a file. It holds nothing of anybody's: whoever asks gets it.

use axum::Extension;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use services::Ctx;

pub(super) async fn template(Extension(ctx): Extension<Ctx>) -> Response {
    (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
            (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"opportunities.csv\"")),
        ],
        services::import::template(&ctx.services),
    )
        .into_response()
}
