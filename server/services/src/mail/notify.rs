//! GOV.UK Notify: emails and text messages over its HTTP interface, version 2
//! (<https://docs.notifications.service.gov.uk/rest-api.html>).
//!
//! One template for emails, whose subject is `((subject))` and whose message is `((body))`, and one for text
//! messages, whose message is `((body))`. Notify makes its own HTML; the text is ours, byte for byte.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::MessageId;
use domain::message::Failure;
use domain::time::Moment;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use serde_json::json;
use store::messages::Message;

use super::news::{Asking, News, take_news};
use super::texts::TextMessages;
use super::{Handed, Sending, Transport, Undelivered};
use crate::time::Clock;
use crate::{Result, Services};

/// Where Notify answers.
pub const NOTIFY_URL: &str = "https://api.notifications.service.gov.uk";
const TIMEOUT: Duration = Duration::from_secs(30);

/// An API key of Notify: which service, and the secret that signs.
#[derive(Clone, PartialEq, Eq)]
pub struct NotifyKey {
    service: String,
    secret: String,
}

impl std::fmt::Debug for NotifyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl NotifyKey {
    /// Reads a key as Notify gives it: a name, the service's identifier and the secret, with dashes between.
    ///
    /// # Errors
    /// What was expected, in words without the secret.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let wrong =
            || "must be an API key of GOV.UK Notify: a name and two identifiers, with dashes between".to_owned();
        let text = text.trim();
        if !text.is_ascii() || text.len() < 73 {
            return Err(wrong());
        }
        let (rest, secret) = text.split_at(text.len() - 36);
        let rest = rest.strip_suffix('-').ok_or_else(wrong)?;
        let service = &rest[rest.len() - 36..];
        if [service, secret].iter().any(|part| uuid::Uuid::try_parse(part).is_err()) {
            return Err(wrong());
        }
        Ok(Self { service: service.to_owned(), secret: secret.to_owned() })
    }

    /// The token of one request (RFC 7519, HS256): who, and when.
    fn token(&self, now: Moment) -> String {
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!(
            "{}.{}",
            part(json!({ "typ": "JWT", "alg": "HS256" })),
            part(json!({ "iss": self.service, "iat": now.0 / 1_000_000 }))
        );
        // Any length of key will do for HMAC.
        let signature = Hmac::<sha2::Sha256>::new_from_slice(self.secret.as_bytes())
            .map(|mut mac| {
                mac.update(signed.as_bytes());
                URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
            })
            .unwrap_or_default();
        format!("{signed}.{signature}")
    }
}

/// Hands messages to Notify.
#[derive(Debug)]
pub struct Notify {
    client: reqwest::Client,
    url: String,
    key: NotifyKey,
    template: String,
    clock: Arc<dyn Clock>,
}

/// What Notify says about one message.
#[derive(Debug, Deserialize)]
struct Notification {
    id: String,
    #[serde(default)]
    reference: Option<String>,
    status: String,
    #[serde(default)]
    completed_at: Option<String>,
}

#[derive(Deserialize)]
struct Notifications {
    notifications: Vec<Notification>,
}

#[derive(Deserialize)]
struct Created {
    id: String,
}

impl Notification {
    fn news(&self) -> News {
        match self.status.as_str() {
            "delivered" => News::Delivered(
                self.completed_at
                    .as_deref()
                    .and_then(|at| chrono::DateTime::parse_from_rfc3339(at).ok())
                    .map(|at| Moment(at.timestamp_micros())),
            ),
            "permanent-failure" => News::Failed(Failure::Permanent, self.status.clone()),
            "temporary-failure" => News::Failed(Failure::Temporary, self.status.clone()),
            // "A problem between Notify and the provider. Notify does not try again."
            "technical-failure" => News::NotTried(self.status.clone()),
            // created, sending, pending; "sent" is as much as is known of a text message abroad.
            _ => News::UnderWay,
        }
    }
}

impl Notify {
    /// A service of Notify at this address, with the identifier of the one template that is used.
    ///
    /// # Errors
    /// When this machine can make no TLS connection.
    pub fn new(url: &str, key: NotifyKey, template: &str, clock: Arc<dyn Clock>) -> std::result::Result<Self, String> {
        // A second call finds one installed, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| format!("no connection to GOV.UK Notify can be made: {error}"))?;
        Ok(Self { client, url: url.trim_end_matches('/').to_owned(), key, template: template.to_owned(), clock })
    }

    async fn ask(&self, path: &str, body: Option<String>) -> std::result::Result<(u16, String), String> {
        let address = format!("{}{path}", self.url);
        let request = match body {
            Some(body) => {
                self.client.post(address).header(reqwest::header::CONTENT_TYPE, "application/json").body(body)
            }
            None => self.client.get(address),
        };
        let answer = request
            .header(reqwest::header::AUTHORIZATION, format!("Bearer {}", self.key.token(self.clock.now())))
            .send()
            .await
            // Its own words would show the address, which holds nothing secret, and nobody's name.
            .map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        Ok((status, answer.text().await.map_err(|error| error.to_string())?))
    }

    /// What Notify has of a message that was tried before and may have arrived there; none that it could not try.
    async fn earlier(&self, message: &Message) -> std::result::Result<Option<Handed>, Undelivered> {
        let path = format!("/v2/notifications?reference={}", message.id);
        match self.ask(&path, None).await.map_err(Undelivered::later)? {
            (200, body) => {
                let found: Notifications = serde_json::from_str(&body).map_err(Undelivered::later)?;
                Ok(found
                    .notifications
                    .into_iter()
                    .find(|one| {
                        one.reference.as_deref() == Some(message.id.to_string().as_str())
                            && !matches!(one.news(), News::NotTried(_))
                    })
                    .map(|one| Handed { provider_id: Some(one.id) }))
            }
            (status, _) => Err(Undelivered::later(format!("Notify answered {status} when asked for a message"))),
        }
    }

    async fn hand_over(&self, message: &Message) -> std::result::Result<Handed, Undelivered> {
        // An attempt before this one may have reached Notify without our knowing: nobody is told twice.
        if message.attempts > 1
            && let Some(handed) = self.earlier(message).await?
        {
            return Ok(handed);
        }
        let reference = message.id.to_string();
        let (path, body) = if message.channel == "text" {
            (
                "/v2/notifications/sms",
                json!({ "phone_number": message.recipient, "template_id": self.template, "reference": reference,
                        "personalisation": { "body": message.text } }),
            )
        } else {
            (
                "/v2/notifications/email",
                json!({ "email_address": message.recipient, "template_id": self.template, "reference": reference,
                        "personalisation": { "subject": message.subject, "body": message.text } }),
            )
        };
        match self.ask(path, Some(body.to_string())).await.map_err(Undelivered::later)? {
            (201, body) => {
                let created: Created = serde_json::from_str(&body).map_err(Undelivered::later)?;
                Ok(Handed { provider_id: Some(created.id) })
            }
            // The address or the message itself is wrong.
            (400, body) => Err(Undelivered::for_good(said(400, &body))),
            // 403: the key or this machine's clock; 429: too many; 5xx: Notify. All pass.
            (status, body) => Err(Undelivered::later(said(status, &body))),
        }
    }

    async fn asked(&self, message: &Message) -> std::result::Result<News, String> {
        let Some(id) = &message.fate.provider_id else { return Ok(News::UnderWay) };
        match self.ask(&format!("/v2/notifications/{id}"), None).await? {
            (200, body) => {
                let one: Notification = serde_json::from_str(&body).map_err(|error| error.to_string())?;
                Ok(one.news())
            }
            (status, _) => Err(format!("Notify answered {status}")),
        }
    }
}

/// Notify's own words for what is wrong, for the operator.
fn said(status: u16, body: &str) -> String {
    #[derive(Deserialize)]
    struct Problem {
        error: String,
        message: String,
    }
    #[derive(Deserialize)]
    struct Problems {
        errors: Vec<Problem>,
    }
    let words = serde_json::from_str::<Problems>(body)
        .map(|all| {
            all.errors.iter().map(|one| format!("{}: {}", one.error, one.message)).collect::<Vec<_>>().join("; ")
        })
        .unwrap_or_default();
    format!("Notify answered {status}. {words}").trim_end().to_owned()
}

impl Transport for Notify {
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a> {
        Box::pin(self.hand_over(message))
    }
    fn news<'a>(&'a self, message: &'a Message) -> Asking<'a> {
        Box::pin(self.asked(message))
    }
    fn check(&self) -> Pin<Box<dyn Future<Output = std::result::Result<String, String>> + Send + '_>> {
        Box::pin(async {
            match self.ask(&format!("/v2/template/{}", self.template), None).await {
                Ok((200, _)) => Ok("GOV.UK Notify answers and has the template".to_owned()),
                Ok((403, body)) => Err(format!("GOV.UK Notify refuses the key. {}", said(403, &body))),
                Ok((404, _)) => Err("GOV.UK Notify does not have the template".to_owned()),
                Ok((status, body)) => Err(said(status, &body)),
                Err(error) => Err(format!("GOV.UK Notify cannot be reached: {error}")),
            }
        })
    }
}

impl TextMessages for Notify {
    fn send<'a>(&'a self, message: &'a Message) -> Sending<'a> {
        Box::pin(self.hand_over(message))
    }
    fn news<'a>(&'a self, message: &'a Message) -> Asking<'a> {
        Box::pin(self.asked(message))
    }
}

/// Whether two secrets are the same, in a time that says nothing about where they differ.
#[must_use]
pub fn same_secret(one: &str, other: &str) -> bool {
    use subtle::ConstantTimeEq;
    // Of equal length, whatever was sent.
    crate::context::hash(one).as_bytes().ct_eq(crate::context::hash(other).as_bytes()).into()
}

/// Takes a delivery receipt that Notify posted. Whether it could be read; one about a message that is not
/// known is read and forgotten, so that Notify does not send it again and again.
///
/// # Errors
/// When the store fails.
pub async fn take_receipt(services: &Services, body: &[u8]) -> Result<bool> {
    let Ok(receipt) = serde_json::from_slice::<Notification>(body) else { return Ok(false) };
    let mut tx = services.db.write().await?;
    let by_reference = receipt.reference.as_deref().and_then(|reference| reference.parse::<uuid::Uuid>().ok());
    let mut message = store::messages::find_by_provider(&mut tx, &receipt.id).await?;
    if let (None, Some(id)) = (&message, by_reference) {
        // An older receipt than our own note of having sent it, or of an attempt that we gave up on.
        message = store::messages::find(&mut tx, MessageId(id)).await?;
    }
    if let Some(message) = message {
        take_news(&mut tx, services, &message, &receipt.news()).await?;
    }
    tx.commit().await?;
    Ok(true)
}
