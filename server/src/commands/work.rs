//! `wex work`.

use services::mail::deliver_due;
use services::tick;

use crate::cli::Work;
use crate::config::Config;
use crate::{Failure, start, worker};

pub async fn run(config: &Config, asked: &Work) -> Result<u8, Failure> {
    let started = start::services(config, false).await?;
    let post = start::post(config)?;
    start::keep_documents(config, &started.services, false)?;
    if asked.once {
        let done = tick::run_due(&started.services).await?;
        let sent = deliver_due(&started.services, &post).await?;
        println!("{done:?}");
        println!("Messages: {} sent, {} to be tried again, {} given up.", sent.sent, sent.again, sent.given_up);
    } else {
        tracing::info!(version = env!("CARGO_PKG_VERSION"), database = started.services.db.name(), "working");
        worker::run(&started.services, &post, worker::stop_signal()).await;
        tracing::info!("stopped");
    }
    started.services.db.close().await;
    Ok(0)
}
