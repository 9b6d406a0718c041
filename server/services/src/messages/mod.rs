//! Letters: what is said to people by email and text message. A letter is data, rendered as text and
//! as HTML by one function, so that both say the same and a preview is what is sent, byte for byte.
//!
//! No letter carries sensitive data: a name, a reference, a link.

pub mod letters;
mod render;
mod shown;
mod supersede;
mod telephone;

pub use shown::{Unreached, could_not_reach, shown, told_another_way};

pub(crate) use telephone::queue_for_telephone;

use domain::ids::{ApplicationId, MessageId};
use store::Tx;
use store::messages::Message;

use crate::{Result, Services};

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A paragraph.
    Para(String),
    /// A link on a line of its own.
    Link {
        /// What it does.
        label: String,
        /// Where it leads: always to this service.
        url: String,
    },
    /// A code to type.
    Code(String),
    /// Points.
    List(Vec<String>),
}

/// A letter before it is addressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its subject.
    pub subject: String,
    /// What it says.
    pub parts: Vec<Part>,
}

impl Letter {
    /// The plain text.
    #[must_use]
    pub fn text(&self) -> String {
        render::text(self)
    }
    /// The HTML.
    #[must_use]
    pub fn html(&self) -> String {
        render::html(self)
    }
}

/// A letter, addressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// What it is about: a second one with the same key is not sent.
    pub key: String,
    /// The address.
    pub to: String,
    /// Which letter.
    pub template: &'static str,
    /// What it says.
    pub letter: Letter,
    /// The application that it is about.
    pub application: Option<ApplicationId>,
}

/// Puts an email into the outbox; the worker sends it once the transaction has committed. Whoever has no
/// email address is told by telephone, whatever it is about.
///
/// # Errors
/// When the store fails.
pub async fn queue(tx: &mut Tx, services: &Services, outgoing: Outgoing) -> Result<()> {
    queue_that_stops(tx, services, outgoing, None).await
}

/// The same for a message that somebody can stop by the button of their mail program, which posts there
/// (RFC 8058).
///
/// # Errors
/// When the store fails.
pub async fn queue_that_stops(
    tx: &mut Tx,
    services: &Services,
    outgoing: Outgoing,
    stop_url: Option<String>,
) -> Result<()> {
    if !domain::form::has_email(&outgoing.to) {
        let about = match outgoing.application {
            Some(id) => store::applications::find_by_id(tx, id).await?,
            None => None,
        };
        let phone = about.as_ref().and_then(|about| domain::form::tidy_phone(about.answers.get("phone")));
        let reference = about.map(|about| about.reference).unwrap_or_default();
        return queue_for_telephone(tx, services, outgoing, phone, &reference).await;
    }
    let message = Message {
        id: MessageId(services.uuid()),
        key: outgoing.key,
        channel: "email".into(),
        recipient: outgoing.to,
        template: outgoing.template.into(),
        text: outgoing.letter.text(),
        html: outgoing.letter.html(),
        subject: outgoing.letter.subject,
        application: outgoing.application,
        created_at: services.now(),
        due_at: services.now(),
        status: "queued".into(),
        attempts: 0,
        sent_at: None,
        fate: store::messages::Fate::default(),
        stop_url,
    };
    keep(tx, services, &message).await
}

/// Puts a text message into the outbox, unless the learner whose application it is about wants none.
///
/// # Errors
/// When the store fails.
pub async fn queue_text(
    tx: &mut Tx,
    services: &Services,
    key: String,
    phone: String,
    template: &'static str,
    text: String,
    application: Option<ApplicationId>,
) -> Result<()> {
    // Giving a number asks for text messages; the learner may have turned them off since.
    if let Some(id) = application
        && let Some(learner) = store::retention::learner_of(tx, id).await?
        && !store::retention::choices(tx, learner).await?.wants_texts(true)
    {
        return Ok(());
    }
    let message = Message {
        id: MessageId(services.uuid()),
        key,
        channel: "text".into(),
        recipient: phone,
        template: template.into(),
        subject: String::new(),
        text,
        html: String::new(),
        application,
        created_at: services.now(),
        due_at: services.now(),
        status: "queued".into(),
        attempts: 0,
        sent_at: None,
        fate: store::messages::Fate::default(),
        stop_url: None,
    };
    keep(tx, services, &message).await
}

/// Keeps a message for sending, unless its like is there already; then older ones that it makes wrong are
/// never sent.
async fn keep(tx: &mut Tx, services: &Services, message: &Message) -> Result<()> {
    if store::messages::queue(tx, message).await? {
        store::messages::supersede(tx, message, supersede::by(&message.template), services.now()).await?;
    }
    Ok(())
}
