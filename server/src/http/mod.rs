//! The site over HTTP: pages, server functions, files, and what stands around each request.

mod assets;
mod cross_site;
mod errors;
mod forms;
mod health;
mod kept;
mod limits;
mod observe;
mod offline;
mod open_data;
mod papers;
mod picture;
mod policy_headers;
mod popular;
pub mod receipts;
mod session;
mod template;
pub mod unsubscribe;
mod widget;

use std::ops::Deref;
use std::sync::Arc;

use app::{App, Site, shell};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{any, get};
use leptos::prelude::provide_context;
use leptos_axum::generate_route_list;
use services::Services;
use services::mail::Post;
use services::time::MovableClock;
use tower_http::compression::CompressionLayer;

pub use assets::Assets;

/// What the site's handlers share. Each layer of a request has it, so it is cheap to clone.
#[derive(Debug, Clone)]
pub struct Web(Arc<Shared>);

impl Deref for Web {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl From<Shared> for Web {
    fn from(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

/// See [`Web`].
#[derive(Debug)]
pub struct Shared {
    /// The services of this process.
    pub services: Arc<Services>,
    /// What pages are told about the site.
    pub site: Arc<Site>,
    /// The site's files.
    pub assets: Arc<Assets>,
    /// A demonstration's clock, to be moved.
    pub clock: Option<MovableClock>,
    /// Where messages go; a demonstration delivers when its clock is moved.
    pub post: Arc<Post>,
    /// How many proxies in front are believed about the address that they pass on.
    pub trusted_proxy: usize,
}

impl Web {
    /// Renders a page for this request: the one at its address, or the one for what went wrong.
    async fn render(&self, request: Request<Body>, failed: Option<kit::AppError>) -> Response {
        let (site, shown) = (self.site.clone(), self.site.clone());
        let context = move || {
            provide_context(site.clone());
            if let Some(error) = &failed {
                provide_context(error.clone());
            }
        };
        leptos_axum::render_app_async_with_context(context, move || shell(shown.clone()))(request).await
    }
}

/// The whole site.
pub fn router(web: Web) -> Router {
    // Not leptos's own list of routes: it would answer server functions too, and we do (see `forms`).
    let mut pages = Router::new();
    for listing in generate_route_list(App) {
        pages = pages.route(listing.path(), get(page));
    }
    let pages = pages
        .route("/certificates/{number}/signed.json", get(papers::record))
        .route("/.well-known/jwks.json", get(papers::keys))
        .route("/provider/import/template.csv", get(template::template))
        .route("/opportunities/{slug}/picture.png", get(picture::picture));
    let pages = pages
        .route("/do/{*function}", any(forms::run))
        .merge(crate::demo::routes(&web))
        .merge(open_data::routes())
        .route("/widget", get(widget::page))
        .fallback(not_found);

    // The first line is the innermost: it sees the request last.
    let pages = crate::demo::layer(pages, web.services.settings.demonstration)
        .layer(from_fn_with_state(web.clone(), session::recognise))
        .layer(from_fn_with_state(web.clone(), kept::first))
        .layer(from_fn_with_state(web.clone(), cross_site::refuse))
        .layer(from_fn_with_state(web.clone(), limits::body))
        .layer(from_fn_with_state(web.clone(), limits::time))
        .layer(from_fn(popular::without_nonce));

    let mut files = Router::new();
    for name in web.assets.public_names() {
        files = files.route(&format!("/{name}"), get(assets::public));
    }
    Router::new()
        .merge(pages)
        .merge(files)
        .route("/pkg/{*file}", get(assets::bundle))
        .route(app::WORKER, get(offline::worker))
        .route("/widget.js", get(assets::widget))
        .route("/widget.css", get(assets::widget))
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .layer(from_fn_with_state(web.clone(), policy_headers::add))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(web.clone(), errors::catch_panic))
        .layer(from_fn_with_state(Arc::new(popular::Popular::default()), popular::keep))
        .layer(from_fn(observe::trace))
        .with_state(web)
}

async fn page(State(web): State<Web>, request: Request) -> Response {
    web.render(request, None).await
}

async fn not_found(State(web): State<Web>, request: Request) -> Response {
    web.render(request, Some(kit::AppError::NotFound)).await
}
