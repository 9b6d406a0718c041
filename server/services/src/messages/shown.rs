//! Messages as staff see them beside an application: what was said, where it is, and whom to tell another way.

use chrono::{Datelike, NaiveDate};
use domain::message::Status;
use domain::words;
use store::Tx;
use store::applications::Application;
use store::messages::Message;

use crate::time::london;
use crate::{Ctx, Error, Result, audit, policy};

/// "delivered 3 May, 9:41am": where a message is.
#[must_use]
pub fn shown(message: &Message, today: NaiveDate) -> String {
    let status = Status::parse(&message.status).unwrap_or(Status::Queued);
    let at = match status {
        Status::Delivered => message.fate.delivered_at,
        Status::Failed => message.fate.failed_at,
        _ => message.sent_at,
    };
    let when = at.map(|at| {
        let local = london(at);
        let day = local.date();
        let day = if day.year() == today.year() { words::day_month(day) } else { words::short_date(day) };
        format!("{day}, {}", words::time(local.time()))
    });
    let mut text = status.in_words(&when.unwrap_or_default(), message.channel == "text", message.attempts > 0);
    if status == Status::Failed && message.fate.told_at.is_some() {
        text = "could not be delivered, and you have told them another way".into();
    }
    text
}

/// Whose address did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreached {
    /// The learner has no email: a coordinator tells them by telephone.
    NoEmail,
    /// The learner's email.
    LearnerEmail,
    /// The learner's telephone.
    LearnerPhone,
    /// The email of their parent or carer.
    CarerEmail,
}

/// Who could not be reached about an application, and has not been told another way. Each once.
///
/// # Errors
/// When the store fails.
pub async fn could_not_reach(tx: &mut Tx, application: &Application, messages: &[Message]) -> Result<Vec<Unreached>> {
    let lost: Vec<&Message> = messages
        .iter()
        .filter(|message| Status::parse(&message.status) == Some(Status::Failed) && message.fate.told_at.is_none())
        .collect();
    if lost.is_empty() {
        return Ok(Vec::new());
    }
    let learner = store::accounts::find(tx, application.learner).await?.map(|account| account.email);
    let mut whose = Vec::new();
    for message in lost {
        let whom = match message.channel.as_str() {
            "text" => Unreached::LearnerPhone,
            _ if !domain::form::has_email(&message.recipient) => Unreached::NoEmail,
            _ if learner.as_deref() == Some(message.recipient.as_str()) => Unreached::LearnerEmail,
            _ => Unreached::CarerEmail,
        };
        if !whose.contains(&whom) {
            whose.push(whom);
        }
    }
    Ok(whose)
}

/// A member of staff has told them another way what messages about this application could not.
///
/// # Errors
/// [`Error::NotFound`] for another provider's application, and without the right to decide.
pub async fn told_another_way(ctx: &Ctx, typed: &str) -> Result<()> {
    let services = &ctx.services;
    let (_, _, organisation) = policy::coordinator(ctx)?;
    let mut tx = services.db.write().await?;
    let reference = domain::reference::tidy_reference(typed);
    let application = store::applications::find(&mut tx, &reference).await?.ok_or(Error::NotFound)?;
    let about = store::applications::about_application(&mut tx, &application).await?;
    if about.organisation != organisation {
        return Err(Error::NotFound);
    }
    let actor = policy::coordinator_of(ctx, about.organisation, |member| member.can_decide)?.account;
    if store::messages::mark_told(&mut tx, application.id, actor, services.now()).await? > 0 {
        audit::record(
            &mut tx,
            services,
            Some(actor),
            domain::Role::Coordinator,
            "told_another_way",
            "application",
            application.id,
            Some(about.organisation),
            serde_json::json!({}),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(())
}
