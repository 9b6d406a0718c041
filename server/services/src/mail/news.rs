//! Whether what was handed over has arrived: asked of the provider that delivers it, or told by it.

use std::future::Future;
use std::pin::Pin;

use domain::message::Failure;
use domain::time::Moment;
use store::Tx;
use store::messages::Message;

use super::{AGAIN_AFTER_MINUTES, Transport};
use crate::{Result, Services};

/// How many messages are asked about in one go: the worker has other things to do.
const AT_ONCE: i64 = 50;

/// What a provider says about a message, or that it cannot be asked now.
pub type Asking<'a> = Pin<Box<dyn Future<Output = std::result::Result<News, String>> + Send + 'a>>;

/// What a provider says about a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// Nothing final yet.
    UnderWay,
    /// It arrived; when, if the provider says so.
    Delivered(Option<Moment>),
    /// It did not arrive, and why, for the operator.
    Failed(Failure, String),
    /// The provider could not even try; it has to be sent again.
    NotTried(String),
}

/// What a round of asking learned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Noted {
    /// Arrived.
    pub delivered: usize,
    /// Did not arrive.
    pub failed: usize,
}

/// When to ask again about a message that was sent at `sent`: soon at first, then less often; `None` when a
/// provider has certainly ended trying.
fn ask_again(sent: Moment, now: Moment) -> Option<Moment> {
    match now.seconds_since(sent) {
        ..600 => Some(now.plus_minutes(1)),
        600..7200 => Some(now.plus_minutes(10)),
        // Providers try for 72 hours.
        7200..360_000 => Some(now.plus_minutes(60)),
        _ => None,
    }
}

/// Asks about every message whose turn it is.
///
/// # Errors
/// When the store fails.
pub async fn ask_for_news(services: &Services, transport: &dyn Transport) -> Result<Noted> {
    let now = services.now();
    let mut tx = services.db.read().await?;
    let messages = store::messages::list_to_ask(&mut tx, now, AT_ONCE).await?;
    drop(tx);
    let mut noted = Noted::default();
    for message in messages {
        let news = transport.news(&message).await;
        let mut tx = services.db.write().await?;
        match news {
            Ok(news) => {
                if take_news(&mut tx, services, &message, &news).await? {
                    match news {
                        News::Delivered(_) => noted.delivered += 1,
                        News::Failed(..) => noted.failed += 1,
                        _ => {}
                    }
                }
            }
            Err(why) => {
                tracing::warn!(message = %message.id, why, "the provider does not say whether a message arrived");
                let again = ask_again(message.sent_at.unwrap_or(now), now);
                store::messages::note_asked(&mut tx, message.id, again).await?;
            }
        }
        tx.commit().await?;
    }
    Ok(noted)
}

/// Keeps what a provider said about a message. Whether it changed anything.
///
/// # Errors
/// When the store fails.
pub async fn take_news(tx: &mut Tx, services: &Services, message: &Message, news: &News) -> Result<bool> {
    let now = services.now();
    Ok(match news {
        News::UnderWay => {
            let again = ask_again(message.sent_at.unwrap_or(now), now);
            store::messages::note_asked(tx, message.id, again).await?;
            false
        }
        News::Delivered(at) => store::messages::mark_delivered(tx, message.id, at.unwrap_or(now).min(now)).await?,
        News::Failed(failure, why) => store::messages::mark_undelivered(tx, message.id, why, *failure, now).await?,
        News::NotTried(why) => {
            let tried = usize::try_from(message.attempts - 1).unwrap_or(0);
            match AGAIN_AFTER_MINUTES.get(tried) {
                Some(minutes) => store::messages::send_again(tx, message.id, why, now.plus_minutes(*minutes)).await?,
                None => store::messages::mark_undelivered(tx, message.id, why, Failure::Temporary, now).await?,
            }
        }
    })
}
