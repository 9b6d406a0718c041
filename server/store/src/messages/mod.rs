//! The outbox: every email and text message, from the moment it is decided on to its delivery.

mod fate;

pub use fate::{
    await_news, count_to_tell, count_waiting, find, find_by_provider, is_due, list_to_ask, mark_delivered, mark_failed,
    mark_sent, mark_told, mark_undelivered, note_asked, send_again, supersede,
};

use domain::ids::{ApplicationId, MessageId};
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// A message as it was, or will be, sent. Byte for byte what the preview showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its identifier.
    pub id: MessageId,
    /// Says what it is about; a second message with the same key is not queued.
    pub key: String,
    /// "email" or "text".
    pub channel: String,
    /// Address or telephone number.
    pub recipient: String,
    /// Which letter it is.
    pub template: String,
    /// Subject; empty for a text message.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML; empty for a text message.
    pub html: String,
    /// The application that it is about.
    pub application: Option<ApplicationId>,
    /// When it was decided on.
    pub created_at: Moment,
    /// Not to be sent before.
    pub due_at: Moment,
    /// Where it is, by [`domain::message::Status`].
    pub status: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was sent.
    pub sent_at: Option<Moment>,
    /// What became of it after that.
    pub fate: Fate,
    /// Where the mail program's own button stops such messages, by a POST (RFC 8058).
    pub stop_url: Option<String>,
}

/// What became of a message after it was handed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fate {
    /// What the provider that delivers it calls it.
    pub provider_id: Option<String>,
    /// When it arrived, as far as the provider knows.
    pub delivered_at: Option<Moment>,
    /// When it was given up.
    pub failed_at: Option<Moment>,
    /// How it failed, by [`domain::message::Failure`].
    pub failure: Option<String>,
    /// When a member of staff told the person instead.
    pub told_at: Option<Moment>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    key: String,
    channel: String,
    recipient: String,
    template: String,
    subject: String,
    body_text: String,
    body_html: String,
    application_id: Option<Uuid>,
    created_at: i64,
    due_at: i64,
    status: String,
    attempts: i64,
    sent_at: Option<i64>,
    provider_id: Option<String>,
    delivered_at: Option<i64>,
    failed_at: Option<i64>,
    failure: Option<String>,
    told_at: Option<i64>,
    stop_url: Option<String>,
}

impl From<Row> for Message {
    fn from(row: Row) -> Self {
        Self {
            id: MessageId(row.id),
            key: row.key,
            channel: row.channel,
            recipient: row.recipient,
            template: row.template,
            subject: row.subject,
            text: row.body_text,
            html: row.body_html,
            application: row.application_id.map(ApplicationId),
            created_at: Moment(row.created_at),
            due_at: Moment(row.due_at),
            status: row.status,
            attempts: row.attempts,
            sent_at: row.sent_at.map(Moment),
            fate: Fate {
                provider_id: row.provider_id,
                delivered_at: row.delivered_at.map(Moment),
                failed_at: row.failed_at.map(Moment),
                failure: row.failure,
                told_at: row.told_at.map(Moment),
            },
            stop_url: row.stop_url,
        }
    }
}

const COLUMNS: &str = "id, key, channel, recipient, template, subject, body_text, body_html, application_id, created_at, due_at, status, attempts, sent_at, provider_id, delivered_at, failed_at, failure, told_at, stop_url";

/// Queues a message, unless one with its key is there already. Whether it was queued.
pub async fn queue(tx: &mut Tx, message: &Message) -> Result<bool> {
    let changed = exec!(
        tx,
        "insert into messages (id, key, channel, recipient, template, subject, body_text, body_html, application_id, created_at, due_at, stop_url, status)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'queued') on conflict (key) do nothing",
        message.id.0,
        &message.key,
        &message.channel,
        &message.recipient,
        &message.template,
        &message.subject,
        &message.text,
        &message.html,
        message.application.map(|id| id.0),
        message.created_at.0,
        message.due_at.0,
        message.stop_url.as_deref(),
    )?;
    Ok(changed == 1)
}

/// Whether a message with this key was queued before.
pub async fn has(tx: &mut Tx, key: &str) -> Result<bool> {
    Ok(opt!(tx, (i64,), "select cast(1 as bigint) from messages where key = $1", key)?.is_some())
}

/// Claims up to `limit` messages that are due, oldest first, until `lease_ends`: another worker leaves
/// them alone till then. One whose recipient waits for an earlier message that is being sent, or tried
/// again later, waits too: letters arrive in the order in which they were written.
pub async fn claim_due(tx: &mut Tx, now: Moment, lease_ends: Moment, limit: i64) -> Result<Vec<Message>> {
    let lock = if tx.for_update().is_empty() { "" } else { " for update skip locked" };
    let sql = format!(
        "update messages set due_at = $1, lease_ends = $2, attempts = attempts + 1 where id in (
            select id from messages m where status = 'queued' and due_at <= $3 and not exists (
                select 1 from messages earlier where earlier.recipient = m.recipient and earlier.status = 'queued' and earlier.attempts > 0
                    and earlier.due_at > $4 and (earlier.created_at, earlier.id) < (m.created_at, m.id)
            ) order by created_at, id limit $5{lock}
         ) returning {COLUMNS}"
    );
    let mut rows: Vec<Row> =
        all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), lease_ends.0, lease_ends.0, now.0, now.0, limit)?;
    rows.sort_by_key(|row| (row.created_at, row.id));
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Puts these words in the place of a sent message's: its link or code is a secret, and only its hash may
/// stay at rest.
pub async fn blank_sent(tx: &mut Tx, id: MessageId, words: &str) -> Result<()> {
    exec!(
        tx,
        "update messages set body_text = $1, body_html = '' where id = $2 and status in ('sent', 'delivered')",
        words,
        id.0
    )?;
    Ok(())
}

/// The newest messages, newest first.
pub async fn list_newest(tx: &mut Tx, limit: i64) -> Result<Vec<Message>> {
    let sql = format!("select {COLUMNS} from messages order by created_at desc, id desc limit $1");
    Ok(all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), limit)?.into_iter().map(Into::into).collect())
}

/// The messages about one application, oldest first.
pub async fn list_about(tx: &mut Tx, application: ApplicationId) -> Result<Vec<Message>> {
    let sql = format!("select {COLUMNS} from messages where application_id = $1 order by created_at, id");
    Ok(all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), application.0)?.into_iter().map(Into::into).collect())
}

/// Forgets every message to an address: for somebody who turned out to be too young for an account.
pub async fn forget_recipient(tx: &mut Tx, recipient: &str) -> Result<u64> {
    Ok(exec!(tx, "delete from messages where recipient = $1 and application_id is null", recipient)?)
}
