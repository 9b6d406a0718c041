//! A message of the outbox as an email.

use std::time::{Duration, SystemTime};

use lettre::message::{Mailbox, MultiPart, SinglePart, header};
use store::messages::Message;

use super::Undelivered;

/// The email, byte for byte as the outbox has its text and HTML. Its `Message-ID` is the message's own,
/// so that a second delivery can be recognised.
pub(super) fn email(message: &Message, from: &Mailbox) -> Result<lettre::Message, Undelivered> {
    let to: Mailbox =
        message.recipient.parse().map_err(|_| Undelivered::for_good("the address is not an email address"))?;
    let micros = u64::try_from(message.created_at.0).unwrap_or(0);
    let mut builder = lettre::Message::builder();
    if let Some(url) = &message.stop_url {
        builder = builder.header(ListUnsubscribe(format!("<{url}>"))).header(ListUnsubscribePost);
    }
    builder
        .from(from.clone())
        .to(to)
        .subject(message.subject.clone())
        .date(SystemTime::UNIX_EPOCH + Duration::from_micros(micros))
        .message_id(Some(format!("<{}@{}>", message.id, from.email.domain())))
        // Nobody's "out of office" should answer.
        .header(AutoSubmitted)
        // The boundary is the message's own as well: a second try is the same to the last byte.
        .multipart(
            MultiPart::alternative()
                .boundary(format!("wex-{}", message.id))
                .singlepart(SinglePart::plain(message.text.clone()))
                .singlepart(SinglePart::html(message.html.clone())),
        )
        .map_err(Undelivered::for_good)
}

#[derive(Clone)]
struct AutoSubmitted;

impl header::Header for AutoSubmitted {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Where such messages are stopped (RFC 2369).
#[derive(Clone)]
struct ListUnsubscribe(String);

impl header::Header for ListUnsubscribe {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("List-Unsubscribe")
    }
    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }
    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// One POST there is enough (RFC 8058).
#[derive(Clone)]
struct ListUnsubscribePost;

impl header::Header for ListUnsubscribePost {
    fn name() -> header::HeaderName {
        header::HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> header::HeaderValue {
        header::HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}
