//! What becomes of a message: sent, delivered, failed, superseded.

use domain::ids::{AccountId, ApplicationId, MessageId};
use domain::message::Failure;
use domain::time::Moment;
use uuid::Uuid;

use super::{COLUMNS, Message, Row};
use crate::{Result, Tx};

/// Marks older messages of these templates, about the same application and to the same recipient, as
/// superseded by this one: they are never sent. One that is being sent at this moment is left alone. How many.
///
/// `templates` are words of our own code.
pub async fn supersede(tx: &mut Tx, by: &Message, templates: &[&'static str], now: Moment) -> Result<u64> {
    let Some(application) = by.application.filter(|_| !templates.is_empty()) else {
        return Ok(0);
    };
    let list = templates.iter().map(|template| format!("'{template}'")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "update messages set status = 'superseded', superseded_by = $1 where application_id = $2 and recipient = $3 and channel = $4
         and status = 'queued' and id <> $5 and (lease_ends is null or lease_ends <= $6) and template in ({list})"
    );
    Ok(exec!(tx, sqlx::AssertSqlSafe(sql.clone()), by.id.0, application.0, &by.recipient, &by.channel, by.id.0, now.0)?)
}

/// Marks a message as sent.
pub async fn mark_sent(tx: &mut Tx, id: MessageId, at: Moment) -> Result<()> {
    exec!(
        tx,
        "update messages set status = 'sent', sent_at = $1, last_error = null, lease_ends = null where id = $2",
        at.0,
        id.0
    )?;
    Ok(())
}

/// Keeps what the provider that delivers a message calls it, and from when on to ask whether it arrived.
pub async fn await_news(tx: &mut Tx, id: MessageId, provider_id: &str, ask_at: Moment) -> Result<()> {
    exec!(tx, "update messages set provider_id = $1, ask_at = $2 where id = $3", provider_id, ask_at.0, id.0)?;
    Ok(())
}

/// Keeps why a message did not go out, and when to try again.
pub async fn mark_failed(tx: &mut Tx, id: MessageId, error: &str, again_at: Moment) -> Result<()> {
    exec!(
        tx,
        "update messages set last_error = $1, due_at = $2, lease_ends = null where id = $3",
        error,
        again_at.0,
        id.0
    )?;
    Ok(())
}

/// Gives a message up: it was not, or could not be, delivered. Whether that is news.
pub async fn mark_undelivered(tx: &mut Tx, id: MessageId, error: &str, failure: Failure, at: Moment) -> Result<bool> {
    let changed = exec!(
        tx,
        "update messages set status = 'failed', last_error = $1, failure = $2, failed_at = $3, ask_at = null, lease_ends = null
         where id = $4 and status in ('queued', 'sent')",
        error,
        failure.as_str(),
        at.0,
        id.0
    )?;
    Ok(changed == 1)
}

/// Marks a sent message as delivered. Whether that is news. One that was given up may have arrived after all.
pub async fn mark_delivered(tx: &mut Tx, id: MessageId, at: Moment) -> Result<bool> {
    let changed = exec!(
        tx,
        "update messages set status = 'delivered', delivered_at = $1, ask_at = null, failure = null, failed_at = null, last_error = null
         where id = $2 and status in ('sent', 'failed') and sent_at is not null",
        at.0,
        id.0
    )?;
    Ok(changed == 1)
}

/// Puts a sent message back into the outbox: its provider could not even try.
pub async fn send_again(tx: &mut Tx, id: MessageId, error: &str, again_at: Moment) -> Result<bool> {
    let changed = exec!(
        tx,
        "update messages set status = 'queued', sent_at = null, provider_id = null, ask_at = null, last_error = $1, due_at = $2, lease_ends = null
         where id = $3 and status = 'sent'",
        error,
        again_at.0,
        id.0
    )?;
    Ok(changed == 1)
}

/// Sent messages whose provider is to be asked now.
pub async fn list_to_ask(tx: &mut Tx, now: Moment, limit: i64) -> Result<Vec<Message>> {
    let sql = format!(
        "select {COLUMNS} from messages where status = 'sent' and provider_id is not null and ask_at <= $1 order by ask_at, id limit $2"
    );
    Ok(all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), now.0, limit)?.into_iter().map(Into::into).collect())
}

/// Keeps when to ask about a message again; `None` for never.
pub async fn note_asked(tx: &mut Tx, id: MessageId, ask_at: Option<Moment>) -> Result<()> {
    exec!(tx, "update messages set ask_at = $1 where id = $2 and status = 'sent'", ask_at.map(|at| at.0), id.0)?;
    Ok(())
}

/// The message with this identifier.
pub async fn find(tx: &mut Tx, id: MessageId) -> Result<Option<Message>> {
    let sql = format!("select {COLUMNS} from messages where id = $1");
    Ok(opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), id.0)?.map(Into::into))
}

/// The message that its provider calls so.
pub async fn find_by_provider(tx: &mut Tx, provider_id: &str) -> Result<Option<Message>> {
    let sql = format!("select {COLUMNS} from messages where provider_id = $1");
    Ok(opt!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), provider_id)?.map(Into::into))
}

/// Keeps that a member of staff told people what messages about this application could not. How many.
pub async fn mark_told(tx: &mut Tx, application: ApplicationId, by: AccountId, at: Moment) -> Result<u64> {
    Ok(exec!(
        tx,
        "update messages set told_at = $1, told_by = $2 where application_id = $3 and status = 'failed' and told_at is null",
        at.0,
        by.0,
        application.0
    )?)
}

/// How many of an organisation's applications have a message that could not be delivered and that nobody has
/// told the person about.
pub async fn count_to_tell(tx: &mut Tx, organisation: Uuid) -> Result<i64> {
    let (count,) = one!(
        tx,
        (i64,),
        "select cast(count(distinct m.application_id) as bigint) from messages m join applications a on a.id = m.application_id
         join opportunities o on o.id = a.opportunity_id where o.organisation_id = $1 and m.status = 'failed' and m.told_at is null",
        organisation
    )?;
    Ok(count)
}

/// How many wait to be sent, and how many were given up.
pub async fn count_waiting(tx: &mut Tx) -> Result<(i64, i64)> {
    Ok(one!(
        tx,
        (i64, i64),
        "select cast(coalesce(sum(case when status = 'queued' then 1 else 0 end), 0) as bigint), cast(coalesce(sum(case when status = 'failed' then 1 else 0 end), 0) as bigint) from messages"
    )?)
}

/// Whether a message waits to be sent now.
pub async fn is_due(tx: &mut Tx, now: Moment) -> Result<bool> {
    Ok(opt!(tx, (i64,), "select due_at from messages where status = 'queued' and due_at <= $1 limit 1", now.0)?
        .is_some())
}
