//! Delivery receipts of GOV.UK Notify: it posts here what became of a message, with a token that we gave it.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::post;
use services::Services;
use services::mail::{same_secret, take_receipt};

/// No receipt is longer than this.
const LONGEST: usize = 16 * 1024;

#[derive(Debug, Clone)]
struct Receipts {
    services: Arc<Services>,
    token: Arc<str>,
}

/// The one address. Without a token among the settings there is none.
pub fn routes(services: Arc<Services>, token: Option<&str>) -> Router {
    let Some(token) = token else { return Router::new() };
    Router::new()
        .route("/notify/callback", post(take))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(Receipts { services, token: token.into() })
}

async fn take(State(receipts): State<Receipts>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    if !same_secret(given, &receipts.token) {
        return StatusCode::UNAUTHORIZED;
    }
    match take_receipt(&receipts.services, &body).await {
        Ok(true) => StatusCode::NO_CONTENT,
        Ok(false) => StatusCode::BAD_REQUEST,
        // Notify sends it again.
        Err(error) => {
            tracing::error!(%error, "a delivery receipt could not be kept");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    async fn status(router: &Router, authorization: Option<&str>, body: &str) -> u16 {
        let mut request = Request::post("/notify/callback");
        if let Some(value) = authorization {
            request = request.header("authorization", value);
        }
        router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap().status().as_u16()
    }

    #[tokio::test]
    async fn only_with_the_right_token() {
        store::testing::both(|db| async move {
            let (services, _) = services::testing::services(db, "2027-03-01T09:00:00");
            let router = routes(services.clone(), Some("a-long-token"));
            let receipt = "{\"id\":\"x\",\"reference\":null,\"status\":\"delivered\"}";
            for wrong in [None, Some(""), Some("Bearer "), Some("Bearer a-long-toke"), Some("a-long-token")] {
                assert_eq!(status(&router, wrong, receipt).await, 401, "{wrong:?}");
            }
            assert_eq!(status(&router, Some("Bearer a-long-token"), receipt).await, 204);
            assert_eq!(status(&router, Some("Bearer a-long-token"), "{").await, 400);
            assert_eq!(status(&routes(services, None), Some("Bearer "), receipt).await, 404);
        })
        .await;
    }
}
