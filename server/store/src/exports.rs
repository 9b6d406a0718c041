//! What leaves the database as files: rows as a spreadsheet has them.

use chrono::NaiveDate;
use domain::ids::OrganisationId;
use serde::Serialize;

use crate::{Result, Tx};

/// An opportunity with one of its sessions; without one where it has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct OpportunityRow {
    /// The organisation's code.
    pub organisation_code: String,
    /// Its name.
    pub organisation: String,
    /// The provider's own reference.
    pub reference: Option<String>,
    /// Its address on the site.
    pub slug: String,
    /// Its kind.
    pub kind: String,
    /// In person, online or mixed.
    pub delivery: String,
    /// Draft, published and so on.
    pub status: String,
    /// Its title.
    pub title: String,
    /// The area of work.
    pub profession: Option<String>,
    /// The youngest age.
    pub min_age: Option<i64>,
    /// The oldest age.
    pub max_age: Option<i64>,
    /// "clinical" or "non-clinical", where the provider said.
    pub setting: Option<String>,
    /// For whom above all, as words with spaces between.
    pub audiences: Option<String>,
    /// No experience and no grades are needed.
    pub nothing_needed: bool,
    /// Buses and stops.
    pub by_bus: String,
    /// What people need to have.
    pub equipment: String,
    /// What comes before.
    pub steps_before: String,
    /// What usually follows.
    pub steps_after: String,
    /// Where.
    pub town: Option<String>,
    /// Where.
    pub postcode: Option<String>,
    /// First day.
    pub starts_on: Option<NaiveDate>,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
    /// Last day for applications.
    pub closes_on: Option<NaiveDate>,
    /// How many can come.
    pub capacity: Option<i64>,
    /// How many places are held.
    pub held: Option<i64>,
}

/// An application without a name or an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow)]
pub struct ApplicationRow {
    /// Its reference.
    pub reference: String,
    /// The organisation's code.
    pub organisation_code: String,
    /// The opportunity's title.
    pub title: String,
    /// The session's first day.
    pub starts_on: Option<NaiveDate>,
    /// Where it stands.
    pub state: String,
    /// When it was sent, in microseconds since 1970 in UTC.
    pub submitted_at: Option<i64>,
    /// By when the provider answers.
    pub decide_by: Option<NaiveDate>,
    /// By when the learner answers.
    pub respond_by: Option<NaiveDate>,
    /// Whether decide-by passed without an answer.
    pub overdue: bool,
    /// Why the provider said no.
    pub no_reason: Option<String>,
}

/// Every opportunity, or one organisation's.
pub async fn list_opportunities(tx: &mut Tx, organisation: Option<OrganisationId>) -> Result<Vec<OpportunityRow>> {
    let rows = all!(
        tx,
        OpportunityRow,
        "select g.code as organisation_code, g.name as organisation, o.reference, o.slug, o.kind, o.delivery, o.status, o.title, o.profession,
                o.min_age, o.max_age, o.setting, o.audiences, o.nothing_needed, o.by_bus, o.equipment, o.steps_before,
                o.steps_after, p.town, p.postcode, s.starts_on, s.ends_on, s.closes_on, s.capacity, s.held
         from opportunities o join organisations g on g.id = o.organisation_id
         left join sites p on p.id = o.site_id left join sessions s on s.opportunity_id = o.id
         where o.organisation_id = coalesce($1, o.organisation_id) order by g.code, o.title, o.slug, s.starts_on, s.id",
        organisation.map(|id| id.0),
    )?;
    Ok(rows)
}

/// Every application that was sent, or those to one organisation.
pub async fn list_applications(tx: &mut Tx, organisation: Option<OrganisationId>) -> Result<Vec<ApplicationRow>> {
    let rows = all!(
        tx,
        ApplicationRow,
        "select a.reference, g.code as organisation_code, o.title, s.starts_on, a.state, a.submitted_at, a.decide_by, a.respond_by,
                a.overdue_at is not null as overdue, a.no_reason
         from applications a join opportunities o on o.id = a.opportunity_id join organisations g on g.id = o.organisation_id
         left join sessions s on s.id = a.session_id
         where a.submitted_at is not null and o.organisation_id = coalesce($1, o.organisation_id) order by a.submitted_at, a.reference",
        organisation.map(|id| id.0),
    )?;
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_empty_database_has_nothing_to_export() {
        crate::testing::both(|db| async move {
            let mut tx = db.read().await.unwrap();
            let nobody = OrganisationId(uuid::Uuid::from_u128(1));
            for organisation in [None, Some(nobody)] {
                assert_eq!(list_opportunities(&mut tx, organisation).await.unwrap(), []);
                assert_eq!(list_applications(&mut tx, organisation).await.unwrap(), []);
            }
        })
        .await;
    }
}
