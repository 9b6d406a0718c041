//! Forgetting: what happens to each table when an application is made anonymous or a person is erased, and
//! what is over by the clock.

use domain::ids::{AccountId, ApplicationId, MessageId};
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// By what a table points at a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// An application.
    Application,
    /// An account.
    Person,
}

/// What happens to a table that points at people.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// The table.
    pub table: &'static str,
    /// By what.
    pub by: By,
    /// The statement, `$1` being the application or the account; `None` where it stays as it is.
    pub sql: Option<&'static str>,
    /// What that means, or why it stays.
    pub because: &'static str,
}

const fn does(table: &'static str, by: By, sql: &'static str, because: &'static str) -> Held {
    Held { table, by, sql: Some(sql), because }
}
const fn stays(table: &'static str, by: By, because: &'static str) -> Held {
    Held { table, by, sql: None, because }
}

use By::{Application, Person};

/// Every table that points at a person, in the order in which they are emptied. A test compares it with the
/// migrations: a new table is not forgotten.
pub const HELD: &[Held] = &[
    does(
        "application_events",
        Application,
        "update application_events set note = '' where application_id = $1",
        "what happened and when stays, without words",
    ),
    does("consents", Application, "delete from consents where application_id = $1", "the parent or carer is forgotten"),
    does("decision_drafts", Application, "delete from decision_drafts where application_id = $1", "never sent"),
    does(
        "clearances",
        Application,
        "update clearances set waived_because = '' where application_id = $1",
        "which checks there were stays",
    ),
    stays("messages", Application, "see `blank_messages`: words and address go, that it was sent stays"),
    stays("place_ledger", Application, "counts places, names nobody"),
    does(
        "attendance_days",
        Application,
        "update attendance_days set reason = '' where application_id = $1",
        "which days somebody came stays, without words",
    ),
    does(
        "attendance_questions",
        Application,
        "delete from attendance_questions where application_id = $1",
        "what they wrote about it",
    ),
    does("typed_forms", Person, "delete from typed_forms where account_id = $1", "typed and never taken"),
    stays("days_not_run", Person, "staff alone"),
    stays("supervisor_departments", Person, "staff alone"),
    does(
        "consent_links",
        Application,
        "delete from consent_links where application_id = $1",
        "no link of a parent or carer works any more",
    ),
    does(
        "documents",
        Application,
        "delete from documents where clearance_id in (select id from clearances where application_id = $1)",
        "what was uploaded is not shown any more; the bytes are swept from where they lie",
    ),
    does(
        "suggestions",
        Application,
        "delete from suggestions where application_id = $1",
        "what somebody thought they may like",
    ),
    does(
        "certificates",
        Application,
        "delete from certificates where application_id = $1",
        "names are in them: their pages are not found any more",
    ),
    does("reflections", Application, "delete from reflections where application_id = $1", "their own words"),
    does(
        "feedback",
        Application,
        "update feedback set application_id = null, text = case when moderation = 'published' then text else '' end,
         moderation = case when moderation = 'waiting' then 'nothing' else moderation end where application_id = $1",
        "counts stay, and what was published, without whose it is",
    ),
    stays("cancelled_applications", Application, "which application a cancellation meant, without a name"),
    stays("date_change_answers", Application, "yes or no, without a name"),
    stays("cancellations", Person, "staff alone"),
    stays("date_changes", Person, "staff alone"),
    stays("clearance_types", Person, "staff alone"),
    does("keyed_drafts", Person, "delete from keyed_drafts where subject_id = $1", "keyed in for them and never sent"),
    does(
        "evidence_reasons",
        Person,
        "delete from evidence_reasons where statement_id in (select id from evidence_statements where learner_id = $1)",
        "says something sensitive",
    ),
    does(
        "evidence_statements",
        Person,
        "delete from evidence_statements where learner_id = $1",
        "says something about them",
    ),
    does(
        "rebook_priorities",
        Person,
        "delete from rebook_priorities where learner_id = $1",
        "nobody is left to use it",
    ),
    does("learners", Person, "delete from learners where account_id = $1", "date of birth and answers"),
    does("saved_searches", Person, "delete from saved_searches where account_id = $1", "nobody is left to answer"),
    does("saved_opportunities", Person, "delete from saved_opportunities where account_id = $1", "what they kept"),
    does(
        "enrolments",
        Person,
        "update enrolments set learner_id = null where learner_id = $1",
        "how often something was taken stays, without whose it is",
    ),
    does("adviser_links", Person, "delete from adviser_links where learner_id = $1", "who could see them"),
    does("auth_sessions", Person, "delete from auth_sessions where account_id = $1", "signed out everywhere"),
    does("sign_ins", Person, "delete from sign_ins where account_id = $1", "tries at signing in"),
    stays("memberships", Person, "staff alone"),
    stays("invitations", Person, "staff alone"),
    stays("opportunity_versions", Person, "staff alone"),
    stays("imports", Person, "staff alone"),
    stays("audit", Person, "says which number did what, and to what; goes after its own term"),
    stays("applications", Person, "see `erase_application`: anonymous"),
];

/// Whether an application was made anonymous.
pub async fn is_erased(tx: &mut Tx, application: ApplicationId) -> Result<bool> {
    Ok(opt!(tx, (i64,), "select erased_at from applications where id = $1 and erased_at is not null", application.0)?
        .is_some())
}

/// Makes an application anonymous: its dates and how it ended stay.
pub async fn erase_application(tx: &mut Tx, application: ApplicationId, at: Moment) -> Result<()> {
    for held in HELD.iter().filter(|held| held.by == By::Application) {
        if let Some(sql) = held.sql {
            exec!(tx, sql, application.0)?;
        }
    }
    exec!(
        tx,
        "update applications set answers = '{}', erased_at = $1, version = version + 1 where id = $2",
        at.0,
        application.0
    )?;
    Ok(())
}

/// Erases a person: every table that points at them, and everything of their account but its number. Their
/// applications are made anonymous before. `address` is what their address was.
pub async fn erase_person(tx: &mut Tx, account: AccountId, address: &str, at: Moment) -> Result<()> {
    for held in HELD.iter().filter(|held| held.by == By::Person) {
        if let Some(sql) = held.sql {
            exec!(tx, sql, account.0)?;
        }
    }
    exec!(tx, "delete from sign_ins where email = $1", address)?;
    // Messages about no application, such as codes. What was not sent yet is not needed any more.
    exec!(tx, "delete from messages where recipient = $1 and application_id is null", address)?;
    exec!(
        tx,
        "update messages set status = 'superseded' where recipient = $1 and status = 'queued' and (lease_ends is null or lease_ends <= $2)",
        address,
        at.0
    )?;
    exec!(
        tx,
        "update accounts set email = $1, name = 'Name removed', password_hash = null, totp_secret = null, erased_at = $2 where id = $3",
        format!("erased-{}@erased.invalid", account.0),
        at.0,
        account.0
    )?;
    Ok(())
}

const BLANK: &str = "recipient = '', subject = '', body_text = '', body_html = '', last_error = null";

/// Removes words and addresses of messages that are older than `before`, that belong to an anonymous
/// application, or that told somebody of their erasure. Messages that wait to be sent are left alone. How many.
pub async fn blank_messages(tx: &mut Tx, before: Moment, limit: i64) -> Result<u64> {
    let sql = format!(
        "update messages set {BLANK} where id in (select m.id from messages m where m.status <> 'queued' and m.recipient <> ''
         and (m.created_at < $1 or m.template = 'account_erased'
              or m.application_id in (select a.id from applications a where a.erased_at is not null))
         limit $2)"
    );
    Ok(exec!(tx, sqlx::AssertSqlSafe(sql.clone()), before.0, limit)?)
}

/// Removes the words and the address of one message.
pub async fn blank_message(tx: &mut Tx, id: MessageId) -> Result<()> {
    let sql = format!("update messages set {BLANK} where id = $1");
    exec!(tx, sqlx::AssertSqlSafe(sql.clone()), id.0)?;
    Ok(())
}

/// Ended applications, not anonymous yet, whose last step was before: those that were never sent, or those
/// that were.
pub async fn list_ended(tx: &mut Tx, never_sent: bool, before: Moment, limit: i64) -> Result<Vec<ApplicationId>> {
    let sent = if never_sent { "submitted_at is null" } else { "submitted_at is not null" };
    let sql = format!(
        "select id from applications where erased_at is null and {sent} and state_since < $1
         and state not in ('draft', 'submitted', 'under_review', 'waitlisted', 'offered', 'accepted', 'confirmed')
         order by state_since, id limit $2"
    );
    let rows = all!(tx, (Uuid,), sqlx::AssertSqlSafe(sql.clone()), before.0, limit)?;
    Ok(rows.into_iter().map(|(id,)| ApplicationId(id)).collect())
}

/// Removes lines of the audit trail before an instant; how many.
pub async fn delete_audit_before(tx: &mut Tx, before: Moment, limit: i64) -> Result<u64> {
    Ok(exec!(tx, "delete from audit where id in (select a.id from audit a where a.at < $1 limit $2)", before.0, limit)?)
}

/// Learners who did not sign in since `before` and have no application under way: account and address.
pub async fn list_idle(tx: &mut Tx, before: Moment, limit: i64) -> Result<Vec<(AccountId, String)>> {
    let rows = all!(
        tx,
        (Uuid, String),
        "select a.id, a.email from accounts a join learners l on l.account_id = a.id
         where a.erased_at is null and coalesce(a.seen_at, a.created_at) < $1
         and not exists (select 1 from memberships m where m.account_id = a.id)
         and not exists (select 1 from auth_sessions s where s.account_id = a.id and s.seen_at >= $2)
         and not exists (select 1 from applications p where p.learner_id = a.id and (p.state_since >= $3
             or p.state in ('draft', 'submitted', 'under_review', 'waitlisted', 'offered', 'accepted', 'confirmed')))
         order by a.created_at, a.id limit $4",
        before.0,
        before.0,
        before.0,
        limit
    )?;
    Ok(rows.into_iter().map(|(id, email)| (AccountId(id), email)).collect())
}

/// When a person was told that their account will be erased, if they were since `after`.
pub async fn warned_at(tx: &mut Tx, address: &str, after: Moment) -> Result<Option<Moment>> {
    let row = opt!(
        tx,
        (i64,),
        "select created_at from messages where recipient = $1 and template = 'account_ending' and created_at > $2 order by created_at desc limit 1",
        address,
        after.0
    )?;
    Ok(row.map(|(at,)| Moment(at)))
}

/// Keeps that somebody signed in.
pub async fn note_seen(tx: &mut Tx, account: AccountId, at: Moment) -> Result<()> {
    exec!(tx, "update accounts set seen_at = $1 where id = $2", at.0, account.0)?;
    Ok(())
}

/// A learner's choices, as JSON.
pub async fn choices(tx: &mut Tx, account: AccountId) -> Result<domain::choices::Choices> {
    let row = opt!(tx, (String,), "select choices from learners where account_id = $1", account.0)?;
    row.map_or_else(|| Ok(domain::choices::Choices::default()), |(text,)| Ok(serde_json::from_str(&text)?))
}

/// Keeps a learner's choices.
pub async fn save_choices(tx: &mut Tx, account: AccountId, choices: &domain::choices::Choices) -> Result<()> {
    exec!(tx, "update learners set choices = $1 where account_id = $2", serde_json::to_string(choices)?, account.0)?;
    Ok(())
}

/// Whose an application is.
pub async fn learner_of(tx: &mut Tx, application: ApplicationId) -> Result<Option<AccountId>> {
    let row = opt!(tx, (Uuid,), "select learner_id from applications where id = $1", application.0)?;
    Ok(row.map(|(id,)| AccountId(id)))
}

/// Since when a person is signed in, in each browser.
pub async fn list_signed_in(tx: &mut Tx, account: AccountId, now: Moment) -> Result<Vec<(Moment, Moment)>> {
    let rows = all!(
        tx,
        (i64, i64),
        "select created_at, seen_at from auth_sessions where account_id = $1 and revoked_at is null and ends_at > $2 order by created_at",
        account.0,
        now.0
    )?;
    Ok(rows.into_iter().map(|(created, seen)| (Moment(created), Moment(seen))).collect())
}

/// The messages to an address, newest first.
pub async fn list_messages_to(tx: &mut Tx, address: &str, limit: i64) -> Result<Vec<(Moment, String, String)>> {
    let rows = all!(
        tx,
        (i64, String, String),
        "select created_at, subject, body_text from messages where recipient = $1 and status <> 'superseded' order by created_at desc, id desc limit $2",
        address,
        limit
    )?;
    Ok(rows.into_iter().map(|(at, subject, text)| (Moment(at), subject, text)).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every table that the migrations point at a person with says what becomes of it.
    #[test]
    fn no_table_about_a_person_is_forgotten() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let mut about = BTreeSet::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap().to_lowercase();
            for statement in text.split(';') {
                let lines: Vec<_> = statement.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
                let statement = lines.join(" ");
                let mut words = statement.split_whitespace();
                let table = match (words.next(), words.next()) {
                    (Some("create" | "alter"), Some("table")) => words.next().unwrap().to_owned(),
                    _ => continue,
                };
                if statement.contains("references accounts") || statement.contains("references applications") {
                    about.insert(table);
                }
            }
        }
        assert!(about.contains("learners") && about.contains("consents"), "{about:?}");
        let said: BTreeSet<_> = HELD.iter().map(|held| held.table.to_owned()).collect();
        let forgotten: Vec<_> = about.difference(&said).collect();
        assert!(
            forgotten.is_empty(),
            "{forgotten:?} point at people: say in HELD what becomes of them when somebody is erased"
        );
    }
}
