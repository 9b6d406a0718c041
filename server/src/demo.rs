//! What the demonstration's pages post to, and its messages and clock as JSON. Outside demonstration
//! mode none of it is routed.

use axum::extract::{Extension, Form, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Json, Router};
use domain::ids::AccountId;
use serde::Deserialize;
use serde_json::json;
use services::identity::{SESSION_COOKIE, SESSION_COOKIE_SECONDS, actor_for_token, home, sign_in_as};
use services::{Ctx, demonstration, mail, tick};

use crate::http::Web;

/// Rounds of due work after one move of the clock. Each round does everything that is due; what it
/// does makes other things due at most a few times.
const MOST_ROUNDS: usize = 20;

/// The routes, in a demonstration only; the pages themselves are among the app's.
pub fn routes(web: &Web) -> Router<Web> {
    if !web.services.settings.demonstration {
        return Router::new();
    }
    Router::new().route("/demo/sign-in", post(sign_in)).route("/demo/clock", post(move_clock))
}

/// Answers `/demo/outbox` and `/demo/clock` as JSON where that is asked for.
pub async fn as_json(request: Request, next: Next) -> Response {
    let Some(ctx) = request.extensions().get::<Ctx>().filter(|_| wants_json(request.headers())).cloned() else {
        return next.run(request).await;
    };
    match (request.method().as_str(), request.uri().path()) {
        ("GET" | "HEAD", "/demo/outbox") => outbox(&ctx).await,
        ("GET" | "HEAD", "/demo/clock") => clock(&ctx),
        _ => next.run(request).await,
    }
}

/// The layer that does so.
pub fn layer<S: Clone + Send + Sync + 'static>(router: Router<S>, demonstration: bool) -> Router<S> {
    if demonstration { router.layer(from_fn(as_json)) } else { router }
}

fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("application/json") && !value.contains("text/html"))
}

async fn outbox(ctx: &Ctx) -> Response {
    match demonstration::outbox(ctx).await {
        Ok(messages) => Json(messages).into_response(),
        Err(error) => failed(error),
    }
}

fn clock(ctx: &Ctx) -> Response {
    Json(json!({ "now": demonstration::shown(&ctx.services) })).into_response()
}

#[derive(Debug, Deserialize)]
struct Who {
    #[serde(default)]
    account: String,
}

async fn sign_in(Extension(ctx): Extension<Ctx>, Form(who): Form<Who>) -> Response {
    let signed_in = async {
        let account: AccountId = who.account.parse().map_err(|_| services::Error::NotFound)?;
        let token = sign_in_as(&ctx, account).await?;
        let actor = actor_for_token(&ctx.services, &token).await?.ok_or(services::Error::NotFound)?;
        Ok::<_, services::Error>((token, home(&actor)))
    };
    match signed_in.await {
        Ok((token, to)) => {
            let cookie = format!(
                "{SESSION_COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={SESSION_COOKIE_SECONDS}"
            );
            let mut response = Redirect::to(to).into_response();
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                response.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => failed(error),
    }
}

#[derive(Debug, Deserialize)]
struct Move {
    #[serde(default)]
    now: String,
    #[serde(default)]
    advance: String,
}

/// Moves the clock and does everything that is due then, messages included.
async fn move_clock(
    State(web): State<Web>,
    Extension(ctx): Extension<Ctx>,
    headers: HeaderMap,
    Form(asked): Form<Move>,
) -> Response {
    let json = !headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("text/html"));
    let Some(movable) = &web.clock else { return StatusCode::NOT_FOUND.into_response() };
    let to = match demonstration::asked_for(&asked.now, &asked.advance, ctx.services.now()) {
        Ok(to) => to,
        Err(problem) if json => {
            return (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "error": problem }))).into_response();
        }
        Err(_) => return Redirect::to("/demo/clock?problem=time").into_response(),
    };
    let moved = async {
        demonstration::move_clock(&ctx.services, movable, to).await?;
        let mut done = 0;
        let mut sent = 0;
        for _ in 0..MOST_ROUNDS {
            let round = tick::run_due(&ctx.services).await?;
            sent += mail::deliver_due(&ctx.services, &*web.post).await?.sent;
            if round == tick::Done::default() {
                break;
            }
            done += 1;
        }
        Ok::<_, services::Error>((done, sent))
    };
    match moved.await {
        Ok((rounds, sent)) if json => {
            Json(json!({ "now": demonstration::shown(&ctx.services), "rounds": rounds, "sent": sent })).into_response()
        }
        Ok(_) => Redirect::to("/demo/clock").into_response(),
        Err(error) => failed(error),
    }
}

fn failed(error: services::Error) -> Response {
    let error = kit::AppError::from(error);
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(json!({ "error": error.in_words() }))).into_response()
}
