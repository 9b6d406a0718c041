//! `wex serve`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use services::demonstration;
use tokio::net::TcpListener;

use crate::cli::Serve;
use crate::config::Config;
use crate::{Assets, Failure, Shared, Web, router, start, worker};

/// What another instance publishes is seen here after this time.
const TRUSTED_FOR: Duration = Duration::from_millis(500);

pub async fn run(config: &Config, asked: &Serve) -> Result<u8, Failure> {
    let started = start::services(config, asked.demo).await?;
    let services = started.services;
    // Before anything uploads: the demonstration fills itself with documents too.
    start::keep_documents(config, &services, asked.demo)?;
    if asked.demo && demonstration::owner(&services).await? == demonstration::Owner::Nobody {
        super::demo::fill(&services, None).await?;
    }
    let assets = Assets::embedded();
    let mut site = assets.site();
    site.demonstration = asked.demo;
    site.contact.clone_from(&config.contact);
    if site.bundle.is_none() {
        if !cfg!(debug_assertions) {
            return Err(Failure::new("this program was built without the site's files. Build it with: make build"));
        }
        tracing::warn!(
            "built without the site's files: pages have no style and no scripts. Build them with: make site"
        );
    }
    let post = Arc::new(start::post(config)?);
    let web = Web::from(Shared {
        services: services.clone(),
        site: Arc::new(site),
        assets: Arc::new(assets),
        clock: started.clock,
        post: post.clone(),
        trusted_proxy: config.trusted_proxy,
    });

    services.catalogue.trust_for(TRUSTED_FOR);
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        Failure::new(format!("cannot listen on {}: {error}. Choose another with --listen", config.listen))
    })?;
    let address = listener.local_addr().map_err(|error| Failure::new(format!("cannot listen: {error}")))?;
    let stop = worker::stop_signal();
    let work = config.worker.then(|| {
        let (services, stop) = (services.clone(), stop.clone());
        tokio::spawn(async move { worker::run(&services, &post, stop).await })
    });
    tracing::info!(version = env!("CARGO_PKG_VERSION"), %address, database = services.db.name(), demonstration = asked.demo, worker = config.worker, "serving");
    if asked.demo {
        eprintln!("A demonstration on http://{address} — be somebody at http://{address}/demo");
    }
    let mut halted = stop;
    let receipts = crate::http::receipts::routes(services.clone(), config.notify.callback.as_deref());
    let unsubscribe = crate::http::unsubscribe::routes(services.clone());
    let service = router(web).merge(receipts).merge(unsubscribe).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            let _ = halted.wait_for(|stop| *stop).await;
            tracing::info!("stopping: finishing requests");
        })
        .await
        .map_err(|error| Failure::new(format!("serving ended: {error}")))?;
    if let Some(work) = work {
        let _ = work.await;
    }
    services.db.close().await;
    tracing::info!("stopped");
    Ok(0)
}
