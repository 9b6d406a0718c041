//! Lists of opportunities.

use std::collections::HashMap;

use domain::State;
use domain::ids::{OpportunityId, OrganisationId};
use uuid::Uuid;

use super::{COLUMNS, Opportunity, Row};
use crate::dialect::known;
use crate::enrolments::{self, Counted};
use crate::sessions::{self, Session};
use crate::{Result, Tx};

/// An organisation's own opportunity, with how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The opportunity.
    pub opportunity: Opportunity,
    /// Its sessions, earliest first.
    pub sessions: Vec<Session>,
    /// How many applications stand where.
    pub applications: Vec<(State, i64)>,
    /// How often it was taken, where it can be taken at any time.
    pub taken: Counted,
}

/// An organisation's opportunities, drafts too: by first day, those without dates at the end.
pub async fn list_own(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Own>> {
    let sql = format!("select {COLUMNS} from opportunities where organisation_id = $1 order by title, id");
    let rows = all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), organisation.0)?;
    let mut runs: HashMap<OpportunityId, Vec<Session>> = HashMap::new();
    for session in sessions::list_by_organisation(tx, organisation).await? {
        runs.entry(session.opportunity).or_default().push(session);
    }
    let mut counts: HashMap<OpportunityId, Vec<(State, i64)>> = HashMap::new();
    let counted = all!(
        tx,
        (Uuid, String, i64),
        "select opportunity_id, state, cast(count(*) as bigint) from applications
         where opportunity_id in (select id from opportunities where organisation_id = $1) group by opportunity_id, state order by state",
        organisation.0
    )?;
    for (id, state, count) in counted {
        counts.entry(OpportunityId(id)).or_default().push((known("state", &state, State::parse)?, count));
    }
    let mut taken: HashMap<OpportunityId, Counted> =
        enrolments::count_by_organisation(tx, organisation).await?.into_iter().collect();
    let mut own = rows
        .into_iter()
        .map(|row| {
            let opportunity = Opportunity::try_from(row)?;
            let sessions = runs.remove(&opportunity.id).unwrap_or_default();
            let applications = counts.remove(&opportunity.id).unwrap_or_default();
            let taken = taken.remove(&opportunity.id).unwrap_or_default();
            Ok(Own { opportunity, sessions, applications, taken })
        })
        .collect::<Result<Vec<_>>>()?;
    own.sort_by_key(|own| own.sessions.first().map_or((true, None), |session| (false, Some(session.starts_on))));
    Ok(own)
}

/// How many people wait for this opportunity or have a place: from sent to confirmed.
pub async fn count_live_applications(tx: &mut Tx, opportunity: OpportunityId) -> Result<i64> {
    let (count,) = one!(
        tx,
        (i64,),
        "select count(*) from applications where opportunity_id = $1 and state in ('submitted', 'under_review', 'waitlisted', 'offered', 'accepted', 'confirmed')",
        opportunity.0
    )?;
    Ok(count)
}
