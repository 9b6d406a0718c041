//! The waiting list of a session, as rules see it.

use domain::clearance::ConsentStatus;
use domain::form::Answers;
use domain::ids::{AccountId, ApplicationId, SessionId};
use domain::places::{Qualifies, Standing};
use domain::priority::Priority;
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// Somebody on a waiting list.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// Their application.
    pub application: ApplicationId,
    /// Its reference.
    pub reference: String,
    /// Whose.
    pub learner: AccountId,
    /// Their name, as they wrote it.
    pub name: String,
    /// Where they stand.
    pub standing: Standing,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    reference: String,
    learner_id: Uuid,
    answers: String,
    at: i64,
    evidence: i64,
    rebook: i64,
    let_go: i64,
    consent: String,
}

/// Somebody let an offer for these dates go: they turned it down, did not answer, or took back an
/// application that held a place.
const LET_GO: &str = "(select cast(count(*) as bigint) from place_ledger l join applications b on b.id = l.application_id
     where l.session_id = a.session_id and b.learner_id = a.learner_id and l.kind = 'release' and l.because in ('decline', 'expire_offer', 'withdraw'))";

/// A session's waiting list in the order of the domain. `reserved_for` is the code of the school or college
/// that places are reserved for.
pub async fn line(tx: &mut Tx, session: SessionId, reserved_for: Option<&str>) -> Result<Vec<Waiting>> {
    let sql = format!(
        "select a.id, a.reference, a.learner_id, a.answers, coalesce(a.submitted_at, a.created_at) as at,
                (select cast(count(*) as bigint) from evidence_statements e where e.learner_id = a.learner_id and e.ended_at is null) as evidence,
                (select cast(count(*) as bigint) from rebook_priorities r where r.learner_id = a.learner_id and r.used_at is null) as rebook,
                {LET_GO} as let_go, a.consent
         from applications a where a.session_id = $1 and a.state = 'waitlisted'"
    );
    let mut line = all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), session.0)?
        .into_iter()
        .map(|row| {
            let answers: Answers = serde_json::from_str(&row.answers)?;
            let school = answers.at_school() && reserved_for.is_some_and(|code| code == answers.get("school-code"));
            Ok(Waiting {
                application: ApplicationId(row.id),
                reference: row.reference,
                learner: AccountId(row.learner_id),
                name: answers.get("name").to_owned(),
                standing: Standing {
                    priority: Priority { evidence: row.evidence > 0, rebook: row.rebook > 0 },
                    submitted_at: Moment(row.at),
                    id: row.id,
                    qualifies: Qualifies { priority: row.evidence > 0, school },
                    let_go: row.let_go > 0,
                    consent_refused: row.consent == ConsentStatus::Refused.as_str(),
                },
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let mut order: Vec<Standing> = line.iter().map(|waiting| waiting.standing).collect();
    domain::places::order(&mut order);
    line.sort_by_key(|waiting| order.iter().position(|standing| standing.id == waiting.standing.id));
    Ok(line)
}

/// Whether this learner let an offer for this session go.
pub async fn let_go(tx: &mut Tx, session: SessionId, learner: AccountId) -> Result<bool> {
    let (count,) = one!(
        tx,
        (i64,),
        "select cast(count(*) as bigint) from place_ledger l join applications b on b.id = l.application_id
         where l.session_id = $1 and b.learner_id = $2 and l.kind = 'release' and l.because in ('decline', 'expire_offer', 'withdraw')",
        session.0,
        learner.0,
    )?;
    Ok(count > 0)
}

/// The sessions on whose waiting lists this learner is.
pub async fn sessions_of(tx: &mut Tx, learner: AccountId) -> Result<Vec<SessionId>> {
    let rows = all!(
        tx,
        (Uuid,),
        "select distinct session_id from applications where learner_id = $1 and state = 'waitlisted' order by session_id",
        learner.0,
    )?;
    Ok(rows.into_iter().map(|(id,)| SessionId(id)).collect())
}
