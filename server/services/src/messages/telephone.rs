//! Letters to a learner without an email address: a text message says what it is about, and the letter itself
//! waits beside the application until somebody has told them by telephone.

use domain::ids::MessageId;
use domain::message::Failure;
use store::Tx;
use store::messages::Message;

use super::{Outgoing, queue_text};
use crate::{Result, Services};

/// Keeps the letter for the coordinators to tell, and sends a text message to the telephone if it takes any.
///
/// # Errors
/// When the store fails.
pub(crate) async fn queue_for_telephone(
    tx: &mut Tx,
    services: &Services,
    outgoing: Outgoing,
    phone: Option<String>,
    reference: &str,
) -> Result<()> {
    let (subject, template, application) = (outgoing.letter.subject.clone(), outgoing.template, outgoing.application);
    if let Some(phone) = phone {
        let text = format!(
            "{subject}. Reference {reference}. We ring you about it, because you have no email. wex: work experience in health and care"
        );
        queue_text(tx, services, format!("{}:call", outgoing.key), phone, template, text, application).await?;
    }
    let now = services.now();
    let message = Message {
        id: MessageId(services.uuid()),
        key: outgoing.key,
        channel: "email".into(),
        recipient: outgoing.to,
        template: template.into(),
        text: outgoing.letter.text(),
        html: outgoing.letter.html(),
        subject,
        application,
        created_at: now,
        due_at: now,
        status: "queued".into(),
        attempts: 0,
        sent_at: None,
        fate: store::messages::Fate::default(),
        stop_url: None,
    };
    if store::messages::queue(tx, &message).await? {
        store::messages::mark_undelivered(tx, message.id, "no email address", Failure::Permanent, now).await?;
    }
    Ok(())
}
