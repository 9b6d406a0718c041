//! Where the button of a mail program posts to stop messages (RFC 8058). The link's own signature is what lets
//! it in: mail programs have no cookies of ours, and are other sites.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::post;
use services::{Error, Services};

/// What is posted is "List-Unsubscribe=One-Click", and is not looked at.
const LONGEST: usize = 1024;

/// The one address. Who opens it instead comes to the page that asks first.
pub fn routes(services: Arc<Services>) -> Router {
    Router::new()
        .route("/unsubscribe/{token}", post(stop).get(ask))
        .layer(DefaultBodyLimit::max(LONGEST))
        .with_state(services)
}

async fn stop(State(services): State<Arc<Services>>, Path(token): Path<String>) -> StatusCode {
    match services::saved::stop(&services, &token).await {
        Ok(()) => StatusCode::OK,
        Err(Error::NotFound) => StatusCode::NOT_FOUND,
        Err(error) => {
            tracing::error!(%error, "a mail program's button could not stop messages");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

async fn ask(Path(token): Path<String>) -> Redirect {
    let token: String = token.chars().filter(char::is_ascii_alphanumeric).collect();
    Redirect::to(&format!("/saved/stop/{token}"))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use domain::saved::Every;
    use services::testing::World;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_mail_program_stops_with_one_post_and_looking_stops_nothing() {
        store::testing::both(|db| async move {
            let (services, clock) = services::testing::services(db, "2027-03-01T09:00:00");
            let world = World::make(&services, 1, &[]).await.unwrap();
            let anna = world.learner("anna", 2005).await.unwrap();
            services::saved::save_search(&anna, "what=pharmacy", Every::Day).await.unwrap();
            // So that what is published counts as new.
            let mut tx = services.db.write().await.unwrap();
            let id = store::saved::list_searches(&mut tx, anna.actor().unwrap().account).await.unwrap()[0].id;
            let (long_ago, today) = (domain::time::Moment(-1), services.today());
            store::saved::answered(&mut tx, id, long_ago, today).await.unwrap();
            tx.commit().await.unwrap();
            services::tick::run_due(&services).await.unwrap();
            let _ = clock;
            let mut tx = services.db.read().await.unwrap();
            let sent = store::messages::list_newest(&mut tx, 10).await.unwrap();
            drop(tx);
            let digest = sent.iter().find(|message| message.template == "digest").unwrap();
            let path = digest.stop_url.as_ref().unwrap().split_once("/unsubscribe/").unwrap().1.to_owned();
            let router = routes(services.clone());
            let answer = async |method: &str, path: &str| {
                let request = Request::builder()
                    .method(method)
                    .uri(format!("/unsubscribe/{path}"))
                    .header("origin", "https://mail.example")
                    .body(Body::from("List-Unsubscribe=One-Click"))
                    .unwrap();
                router.clone().oneshot(request).await.unwrap().status().as_u16()
            };
            assert_eq!(answer("GET", &path).await, 303);
            assert_eq!(services::saved::saved(&anna).await.unwrap().searches.len(), 1);
            assert_eq!(answer("POST", "s0123").await, 404);
            assert_eq!(answer("POST", &path).await, 200);
            assert_eq!(answer("POST", &path).await, 200);
            assert_eq!(services::saved::saved(&anna).await.unwrap().searches.len(), 0);
        })
        .await;
    }
}
