//! Delivering the outbox (decision 0006): takes what is due, sends it, notes that. At least once: after a
//! crash between sending and noting, a message is sent again with the same `Message-ID`.

mod folder;
mod letter;
mod news;
mod notify;
mod smtp;
#[cfg(test)]
mod tests;
mod texts;

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

pub use folder::Folder;
pub use news::{Asking, News, Noted, ask_for_news, take_news};
pub use notify::{NOTIFY_URL, Notify, NotifyKey, same_secret, take_receipt};
pub use smtp::{Smtp, check_address};
pub use texts::{TextFile, TextMessages};

use domain::message::Failure;
use domain::time::Moment;
use store::messages::Message;

use crate::{Result, Services};

/// While a message is being sent, another worker leaves it alone for so long.
const LEASE_SECONDS: i64 = 300;
/// How long to wait after each failure, in minutes; after the last the message is given up.
const AGAIN_AFTER_MINUTES: &[i64] = &[1, 5, 15, 60, 180, 480, 1440];

/// What an attempt to send answers.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Handed, Undelivered>> + Send + 'a>>;

/// A message was handed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handed {
    /// What the provider calls it, when it can be asked later whether the message arrived.
    pub provider_id: Option<String>,
}

/// Why a message did not go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// For the operator; kept beside the message, never logged.
    pub why: String,
    /// Whether trying again is no use: the address does not exist.
    pub for_good: bool,
}

impl Undelivered {
    fn later(why: impl ToString) -> Self {
        Self { why: why.to_string(), for_good: false }
    }
    fn for_good(why: impl ToString) -> Self {
        Self { why: why.to_string(), for_good: true }
    }
}

/// Takes emails to where they go.
pub trait Transport: Send + Sync + Debug {
    /// Hands one message over.
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a>;
    /// Whether a message that was handed over has arrived. A transport that cannot know says so by default.
    fn news<'a>(&'a self, _message: &'a Message) -> Asking<'a> {
        Box::pin(async { Ok(News::UnderWay) })
    }
    /// Whether it can be reached now, in words for `wex doctor`.
    fn check(&self) -> Pin<Box<dyn Future<Output = Result<String, String>> + Send + '_>>;
}

/// Takes each message the way of its channel.
#[derive(Debug)]
pub struct Post {
    /// For emails.
    pub mail: Box<dyn Transport>,
    /// For text messages.
    pub texts: Box<dyn TextMessages>,
}

impl Transport for Post {
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a> {
        match message.channel.as_str() {
            "email" => self.mail.send(message),
            "text" => self.texts.send(message),
            other => {
                let why = format!("there is no channel {other:?}");
                Box::pin(async { Err(Undelivered::for_good(why)) })
            }
        }
    }
    fn news<'a>(&'a self, message: &'a Message) -> Asking<'a> {
        match message.channel.as_str() {
            "text" => self.texts.news(message),
            _ => self.mail.news(message),
        }
    }
    fn check(&self) -> Pin<Box<dyn Future<Output = Result<String, String>> + Send + '_>> {
        self.mail.check()
    }
}

/// What a round of delivery did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Sent.
    pub sent: usize,
    /// To be tried again later.
    pub again: usize,
    /// Given up.
    pub given_up: usize,
}

/// Sends everything that is due now.
///
/// # Errors
/// When the store fails; what was sent until then is noted.
pub async fn deliver_due(services: &Services, transport: &dyn Transport) -> Result<Delivered> {
    deliver_while(services, transport, || true).await
}

/// As [`deliver_due`], asking between any two messages whether to go on.
///
/// # Errors
/// As [`deliver_due`].
pub async fn deliver_while(
    services: &Services,
    transport: &dyn Transport,
    go_on: impl Fn() -> bool,
) -> Result<Delivered> {
    let mut done = Delivered::default();
    while go_on() {
        let now = services.now();
        // Asking costs a read; only a message that is there costs a write.
        let mut tx = services.db.read().await?;
        let due = store::messages::is_due(&mut tx, now).await?;
        tx.commit().await?;
        if !due {
            break;
        }
        let mut tx = services.db.write().await?;
        let claimed = store::messages::claim_due(&mut tx, now, now.plus_seconds(LEASE_SECONDS), 1).await?;
        tx.commit().await?;
        let Some(message) = claimed.into_iter().next() else { break };
        let outcome = transport.send(&message).await;
        let mut tx = services.db.write().await?;
        match outcome {
            Ok(handed) => {
                let now = services.now();
                store::messages::mark_sent(&mut tx, message.id, now).await?;
                if let Some(provider_id) = &handed.provider_id {
                    store::messages::await_news(&mut tx, message.id, provider_id, now.plus_minutes(1)).await?;
                }
                // Whoever was erased leaves no address behind.
                if message.template == "account_erased" {
                    store::retention::blank_message(&mut tx, message.id).await?;
                }
                // A demonstration shows every message as it went out; nothing in it is anybody's.
                if holds_secret(&message) && !services.settings.demonstration {
                    store::messages::blank_sent(&mut tx, message.id, BLANKED).await?;
                }
                done.sent += 1;
            }
            Err(undelivered) => {
                let now = services.now();
                let again = again_at(&message, &undelivered, now);
                match again {
                    Some(at) => store::messages::mark_failed(&mut tx, message.id, &undelivered.why, at).await?,
                    None => {
                        let failure = if undelivered.for_good { Failure::Permanent } else { Failure::Temporary };
                        store::messages::mark_undelivered(&mut tx, message.id, &undelivered.why, failure, now).await?;
                    }
                }
                tracing::warn!(message = %message.id, attempt = message.attempts, gives_up = again.is_none(), "a message was not delivered");
                if again.is_some() { done.again += 1 } else { done.given_up += 1 }
            }
        }
        tx.commit().await?;
    }
    Ok(done)
}

/// What stays of a sent message whose link or code is a secret.
const BLANKED: &str = "This message was sent. Its private link or code is not kept.";

/// Whether a letter holds a link or a code that opens something.
fn holds_secret(message: &Message) -> bool {
    // A copy for a parent or carer leads to their private page; their question is not kept.
    matches!(message.template.as_str(), "consent_request" | "consent_question" | "sign_in")
        || message.text.contains("/consent/")
}

/// When to try again; `None` to give up. `attempts` counts this one.
fn again_at(message: &Message, undelivered: &Undelivered, now: Moment) -> Option<Moment> {
    if undelivered.for_good {
        return None;
    }
    let failed = usize::try_from(message.attempts - 1).unwrap_or(0);
    AGAIN_AFTER_MINUTES.get(failed).map(|minutes| now.plus_minutes(*minutes))
}
