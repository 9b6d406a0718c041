//! A question of a parent or carer, before or after they answer. It is mailed and not kept.

use domain::Role;
use store::Tx;
use store::applications::{About, Application};
use store::consents::{Consent, Link};

use super::find;
use crate::applications::life::{facts, tell_coordinators};
use crate::context::hash;
use crate::messages::letters;
use crate::{Error, Result, Services, audit};

/// Longest question, in characters.
pub const LONGEST_QUESTION: usize = 1000;
/// Most questions about one application in a day.
const MOST: i64 = 5;
const DAY_MINUTES: i64 = 24 * 60;

async fn find_either(tx: &mut Tx, token: &str) -> Result<(Consent, Application, About)> {
    match find(tx, token, Link::Answer).await {
        Err(Error::NotFound) => find(tx, token, Link::Page).await,
        found => found,
    }
}

/// The young person's name and the place that a question would be about; whether the link is that of the
/// private page.
///
/// # Errors
/// [`Error::NotFound`] for an unknown link.
pub async fn question_about(services: &Services, token: &str) -> Result<(String, About, bool)> {
    let mut tx = services.db.read().await?;
    let private = store::consents::find_by_link(&mut tx, &hash(token), Link::Page).await?.is_some();
    let (_, application, about) = find_either(&mut tx, token).await?;
    Ok((application.answers.get("name").to_owned(), about, private))
}

/// Mails a question to the provider's coordinators, with the address to answer to. The consent stays as it
/// is. Whether the link is that of the private page.
///
/// # Errors
/// [`Error::NotFound`] for an unknown link, [`Error::TooMany`] after five in a day.
pub async fn ask_question(services: &Services, token: &str, question: &str) -> Result<bool> {
    let question: String = question.trim().chars().take(LONGEST_QUESTION).collect();
    let mut tx = services.db.write().await?;
    let (consent, application, about) = find_either(&mut tx, token).await?;
    let private = store::consents::find_by_link(&mut tx, &hash(token), Link::Page).await?.is_some();
    if question.is_empty() {
        return Err(Error::refused("Write your question first."));
    }
    let (now, subject) = (services.now(), application.id.to_string());
    let (asked, oldest) =
        store::sign_ins::count_attempts(&mut tx, "consent_question", &subject, now.plus_minutes(-DAY_MINUTES)).await?;
    if asked >= MOST {
        let free = oldest.unwrap_or(now).plus_minutes(DAY_MINUTES);
        return Err(Error::TooMany(free.seconds_since(now).max(1)));
    }
    store::sign_ins::record_attempt(&mut tx, "consent_question", &subject, now).await?;
    let letter = letters::consent_question(
        &facts(services, &application, &about),
        &consent.guardian_name,
        &consent.guardian_email,
        &question,
    );
    // The same words twice in a day are a double press.
    let key = format!("{}:{}:{}", application.id, services.today(), hash(&question));
    tell_coordinators(&mut tx, services, &about, &key, "consent_question", &letter).await?;
    audit::record(
        &mut tx,
        services,
        None,
        Role::Guardian,
        "ask_question",
        "application",
        application.id,
        Some(about.organisation),
        serde_json::json!({}),
    )
    .await?;
    tx.commit().await?;
    Ok(private)
}
