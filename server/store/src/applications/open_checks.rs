//! Checks that somebody still has to see to, with the application that waits for each.

use chrono::NaiveDate;
use domain::State;
use domain::ids::{ApplicationId, OrganisationId};
use uuid::Uuid;

use super::Clearance;
use super::clearances::{FROM, Row, SELECT};
use crate::clearance_types::COLUMNS;
use crate::dialect::known;
use crate::{Result, Tx};

/// One check, and who waits for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCheck {
    /// The check.
    pub check: Clearance,
    /// The application.
    pub application: ApplicationId,
    /// Its reference.
    pub reference: String,
    /// The learner's name.
    pub name: String,
    /// What they come for.
    pub title: String,
    /// At which provider.
    pub organisation: OrganisationId,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Where the application stands.
    pub state: State,
}

#[derive(sqlx::FromRow)]
struct Found {
    application_id: Uuid,
    reference: String,
    person: String,
    title: String,
    organisation: Uuid,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    state: String,
    #[sqlx(flatten)]
    row: Row,
}

/// The checks of accepted and confirmed places whose last day has not passed, that are asked for and not
/// done, or that run out before that day; those due first before the others. Of one provider, or of all.
pub async fn list_open_checks(
    tx: &mut Tx,
    organisation: Option<OrganisationId>,
    today: NaiveDate,
) -> Result<Vec<OpenCheck>> {
    let of = if organisation.is_some() { "o.organisation_id = $2" } else { "coalesce($2, '') = ''" };
    let sql = format!(
        "{SELECT}, a.id as application_id, a.reference, p.name as person, o.title, o.organisation_id as organisation, s.starts_on, s.ends_on, a.state, {COLUMNS} {FROM}
              join sessions s on s.id = a.session_id join accounts p on p.id = a.learner_id
         where a.state in ('accepted', 'confirmed') and s.ends_on >= $1 and {of}
           and (c.status = 'requested' or c.status = 'met' and c.valid_until < s.ends_on)
         order by c.due_on, a.reference, c.kind"
    );
    let rows = match organisation {
        Some(id) => all!(tx, Found, sqlx::AssertSqlSafe(sql.clone()), today, id.0)?,
        None => all!(tx, Found, sqlx::AssertSqlSafe(sql.clone()), today, "")?,
    };
    rows.into_iter()
        .map(|found| {
            Ok(OpenCheck {
                check: found.row.try_into()?,
                application: ApplicationId(found.application_id),
                reference: found.reference,
                name: found.person,
                title: found.title,
                organisation: OrganisationId(found.organisation),
                starts_on: found.starts_on,
                ends_on: found.ends_on,
                state: known("state", &found.state, State::parse)?,
            })
        })
        .collect()
}
