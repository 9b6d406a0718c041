//! The work that is due by itself: deadlines, reminders, messages.

use std::time::Duration;

use services::mail::{Delivered, Noted, Post, ask_for_news, deliver_while};
use services::{Services, tick};
use tokio::sync::watch;

/// How often the outbox is looked at.
const OUTBOX: Duration = Duration::from_secs(2);
/// How many looks at the outbox there are to one look at deadlines: once a minute.
const LOOKS_PER_TICK: u32 = 30;

/// Works until `stop` says so; then finishes the message in its hands, and no more.
pub async fn run(services: &Services, post: &Post, mut stop: watch::Receiver<bool>) {
    let mut looks = 0;
    while !*stop.borrow() {
        if looks % LOOKS_PER_TICK == 0 {
            tidy(services).await;
            match ask_for_news(services, post).await {
                Ok(noted) if noted != Noted::default() => {
                    tracing::info!(delivered = noted.delivered, failed = noted.failed, "heard about messages")
                }
                Ok(_) => {}
                Err(error) => tracing::error!(%error, "what became of messages could not be asked"),
            }
            match tick::run_due(services).await {
                Ok(done) if done != tick::Done::default() => tracing::info!(?done, "did what was due"),
                Ok(_) => {}
                Err(error) => tracing::error!(%error, "what is due could not be done; trying again in a minute"),
            }
        }
        looks += 1;
        let halted = stop.clone();
        match deliver_while(services, post, || !*halted.borrow()).await {
            Ok(sent) if sent != Delivered::default() => {
                tracing::info!(sent = sent.sent, again = sent.again, given_up = sent.given_up, "delivered")
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the outbox could not be read; trying again"),
        }
        tokio::select! {
            () = tokio::time::sleep(OUTBOX) => {}
            _ = stop.changed() => {}
        }
    }
}

/// Removes what signing in no longer needs, and uploads whose day is over.
async fn tidy(services: &Services) {
    let done: services::Result<()> = async {
        let mut tx = services.db.write().await?;
        services::identity::tidy(&mut tx, services).await?;
        store::imports::forget_ended(&mut tx, services.now()).await?;
        Ok(tx.commit().await?)
    }
    .await;
    if let Err(error) = done {
        tracing::error!(%error, "what is over could not be removed");
    }
}

/// Becomes true when the process is asked to stop.
pub fn stop_signal() -> watch::Receiver<bool> {
    let (tell, hear) = watch::channel(false);
    tokio::spawn(async move {
        asked_to_stop().await;
        let _ = tell.send(true);
        // A second signal does not wait.
        asked_to_stop().await;
        std::process::exit(130);
    });
    hear
}

async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
