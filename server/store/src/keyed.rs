//! Forms that staff key in for somebody else: what was typed so far, and for which dates they can be.

use chrono::NaiveDate;
use domain::form::Answers;
use domain::ids::{AccountId, OrganisationId, SessionId};
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// Whose form: who types, for which dates, and for whom (the actor themself when the person is new).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose {
    /// The member of staff.
    pub actor: AccountId,
    /// The session.
    pub session: SessionId,
    /// The learner; the actor when the person has no account that they may see.
    pub subject: AccountId,
}

/// Keeps what was typed.
pub async fn save(tx: &mut Tx, whose: Whose, typed: &Answers, at: Moment) -> Result<()> {
    exec!(
        tx,
        "insert into keyed_drafts (account_id, session_id, subject_id, typed, saved_at) values ($1, $2, $3, $4, $5)
         on conflict (account_id, session_id, subject_id) do update set typed = excluded.typed, saved_at = excluded.saved_at",
        whose.actor.0,
        whose.session.0,
        whose.subject.0,
        serde_json::to_string(typed)?,
        at.0,
    )?;
    Ok(())
}

/// What was typed.
pub async fn find(tx: &mut Tx, whose: Whose) -> Result<Option<Answers>> {
    let row = opt!(
        tx,
        (String,),
        "select typed from keyed_drafts where account_id = $1 and session_id = $2 and subject_id = $3",
        whose.actor.0,
        whose.session.0,
        whose.subject.0,
    )?;
    Ok(row.map(|(typed,)| serde_json::from_str(&typed)).transpose()?)
}

/// What others have keyed in about this learner and not sent.
pub async fn list_about(tx: &mut Tx, subject: AccountId) -> Result<Vec<(Answers, Moment)>> {
    let rows = all!(
        tx,
        (String, i64),
        "select typed, saved_at from keyed_drafts where subject_id = $1 and account_id <> $1 order by saved_at",
        subject.0,
    )?;
    rows.into_iter().map(|(typed, at)| Ok((serde_json::from_str(&typed)?, Moment(at)))).collect()
}

/// Forgets what was typed: it was sent.
pub async fn forget(tx: &mut Tx, whose: Whose) -> Result<()> {
    exec!(
        tx,
        "delete from keyed_drafts where account_id = $1 and session_id = $2 and subject_id = $3",
        whose.actor.0,
        whose.session.0,
        whose.subject.0,
    )?;
    Ok(())
}

/// Forgets what nobody has gone on with since this moment. How many.
pub async fn forget_before(tx: &mut Tx, moment: Moment) -> Result<u64> {
    Ok(exec!(tx, "delete from keyed_drafts where saved_at < $1", moment.0)?)
}

/// Dates for which somebody can apply today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// The session.
    pub session: SessionId,
    /// What it is.
    pub title: String,
    /// Whose.
    pub organisation_name: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
}

/// Sessions that take applications on this day, of one provider or of all, by title and date.
pub async fn open_sessions(
    tx: &mut Tx,
    provider: Option<OrganisationId>,
    today: NaiveDate,
) -> Result<Vec<OpenSession>> {
    let sql = "select s.id, o.title, g.name, s.starts_on, s.ends_on from sessions s join opportunities o on o.id = s.opportunity_id
         join organisations g on g.id = o.organisation_id
         where o.status = 'published' and s.cancelled_at is null and s.closes_on >= $1 and s.starts_on > $2";
    let rows = match provider {
        Some(provider) => {
            let sql = format!("{sql} and o.organisation_id = $3 order by o.title, s.starts_on, s.id");
            all!(
                tx,
                (Uuid, String, String, NaiveDate, NaiveDate),
                sqlx::AssertSqlSafe(sql.clone()),
                today,
                today,
                provider.0
            )?
        }
        None => {
            let sql = format!("{sql} order by o.title, s.starts_on, s.id");
            all!(tx, (Uuid, String, String, NaiveDate, NaiveDate), sqlx::AssertSqlSafe(sql.clone()), today, today)?
        }
    };
    Ok(rows
        .into_iter()
        .map(|(id, title, organisation_name, starts_on, ends_on)| OpenSession {
            session: SessionId(id),
            title,
            organisation_name,
            starts_on,
            ends_on,
        })
        .collect())
}
