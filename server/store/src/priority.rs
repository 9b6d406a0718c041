//! What gives a learner priority: an adviser's evidence statements, and places that a provider cancelled.

use domain::ids::{AccountId, ApplicationId, OrganisationId};
use domain::priority::{EvidenceReason, Priority};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// An adviser's statement that is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its identifier.
    pub id: Uuid,
    /// Whose adviser made it.
    pub school: OrganisationId,
    /// That school's name.
    pub school_name: String,
    /// The adviser's name.
    pub stated_by: String,
    /// When.
    pub stated_at: Moment,
    /// Which priorities: for the learner and their advisers only.
    pub reasons: Vec<EvidenceReason>,
}

/// What gives this learner priority now. Says nothing of why.
pub async fn of_learner(tx: &mut Tx, learner: AccountId) -> Result<Priority> {
    let (evidence, rebook) = one!(
        tx,
        (i64, i64),
        "select (select cast(count(*) as bigint) from evidence_statements where learner_id = $1 and ended_at is null),
                (select cast(count(*) as bigint) from rebook_priorities where learner_id = $2 and used_at is null)",
        learner.0,
        learner.0,
    )?;
    Ok(Priority { evidence: evidence > 0, rebook: rebook > 0 })
}

/// Makes a statement. The school's one before is to be ended first: there is one in force.
pub async fn insert_statement(
    tx: &mut Tx,
    id: Uuid,
    learner: AccountId,
    school: OrganisationId,
    by: AccountId,
    at: Moment,
    reasons: &[EvidenceReason],
) -> Result<()> {
    exec!(
        tx,
        "insert into evidence_statements (id, learner_id, school_id, stated_by, stated_at) values ($1, $2, $3, $4, $5)",
        id,
        learner.0,
        school.0,
        by.0,
        at.0,
    )?;
    for reason in reasons {
        exec!(tx, "insert into evidence_reasons (statement_id, reason) values ($1, $2)", id, reason.as_str())?;
    }
    Ok(())
}

/// Ends the statement of this school. Its reasons are deleted: nothing needs them any more. Whether there
/// was one.
pub async fn end_statement(
    tx: &mut Tx,
    learner: AccountId,
    school: OrganisationId,
    by: AccountId,
    at: Moment,
) -> Result<bool> {
    exec!(
        tx,
        "delete from evidence_reasons where statement_id in
         (select id from evidence_statements where learner_id = $1 and school_id = $2 and ended_at is null)",
        learner.0,
        school.0,
    )?;
    let rows = exec!(
        tx,
        "update evidence_statements set ended_at = $1, ended_by = $2 where learner_id = $3 and school_id = $4 and ended_at is null",
        at.0,
        by.0,
        learner.0,
        school.0,
    )?;
    Ok(rows > 0)
}

/// The statements in force about a learner, oldest first.
pub async fn list_statements(tx: &mut Tx, learner: AccountId) -> Result<Vec<Statement>> {
    let rows = all!(
        tx,
        (Uuid, Uuid, String, String, i64),
        "select s.id, s.school_id, o.name, a.name, s.stated_at from evidence_statements s
         join organisations o on o.id = s.school_id join accounts a on a.id = s.stated_by
         where s.learner_id = $1 and s.ended_at is null order by s.stated_at, s.id",
        learner.0,
    )?;
    let mut statements = Vec::with_capacity(rows.len());
    for (id, school, school_name, stated_by, at) in rows {
        let mut reasons = all!(tx, (String,), "select reason from evidence_reasons where statement_id = $1", id)?
            .into_iter()
            .map(|(word,)| known("reason", &word, EvidenceReason::parse))
            .collect::<Result<Vec<_>>>()?;
        reasons.sort_unstable();
        statements.push(Statement {
            id,
            school: OrganisationId(school),
            school_name,
            stated_by,
            stated_at: Moment(at),
            reasons,
        });
    }
    Ok(statements)
}

/// Gives a learner a rebook priority because of the application whose place was cancelled. False, and
/// nothing changes, when that application has given one already.
pub async fn insert_rebook(
    tx: &mut Tx,
    id: Uuid,
    learner: AccountId,
    because_of: ApplicationId,
    at: Moment,
) -> Result<bool> {
    let rows = exec!(
        tx,
        "insert into rebook_priorities (id, learner_id, because_of, granted_at) values ($1, $2, $3, $4) on conflict (because_of) do nothing",
        id,
        learner.0,
        because_of.0,
        at.0,
    )?;
    Ok(rows == 1)
}

/// Uses up a learner's rebook priorities: they have accepted this place.
pub async fn use_rebook(tx: &mut Tx, learner: AccountId, by: ApplicationId, at: Moment) -> Result<()> {
    exec!(
        tx,
        "update rebook_priorities set used_at = $1, used_by = $2 where learner_id = $3 and used_at is null",
        at.0,
        by.0,
        learner.0,
    )?;
    Ok(())
}
