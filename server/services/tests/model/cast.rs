//! Who plays: two providers with their dates, their staff, a school's adviser, and the learners.

use chrono::{Days, NaiveDate};
use domain::Role;
use domain::ids::{DepartmentId, OpportunityId, OrganisationId, SessionId};
use services::testing::{World, services};
use services::{Ctx, Error};
use store::Db;
use store::opportunities::{Department, Opportunity};
use store::sessions::Session;

use super::sequence::LEARNERS;

/// When a template is made.
pub const NOW: &str = "2027-03-01T09:00:00";

/// Everybody, with an account in the template.
pub struct Cast {
    /// A world for each session: the last is the other provider's.
    pub worlds: Vec<World>,
    pub learners: Vec<Ctx>,
    pub decides: Ctx,
    pub posts: Ctx,
    /// Decides for the other provider.
    pub stranger: Ctx,
    pub supervisor: Ctx,
    pub adviser: Ctx,
}

impl Cast {
    /// Fills the template.
    pub async fn gather(db: Db) -> services::Result<Self> {
        let (services, _) = services(db, NOW);
        let world = World::make(&services, 1, &[]).await?;
        let mut learners = Vec::new();
        for (name, year) in LEARNERS {
            learners.push(world.learner(name, *year).await?);
        }
        let mut tx = services.db.read().await?;
        let other = store::organisations::find_by_code(&mut tx, "TEST2").await?.ok_or(Error::NotFound)?.id;
        drop(tx);
        let supervisor = world.staff("Supervisor", Role::Supervisor, world.provider).await?;
        department(&world, &supervisor).await?;
        let overlapping = world.another_session(7, 7).await?;
        let later = world.another_session(8, 2).await?;
        let elsewhere = elsewhere(&world, other).await?;
        Ok(Self {
            decides: world.coordinator().await?,
            posts: world.posts_only("Poster").await?,
            stranger: world.staff("Stranger", Role::Coordinator, other).await?,
            adviser: world.staff("Adviser", Role::Adviser, world.school).await?,
            worlds: vec![world, overlapping, later, elsewhere],
            supervisor,
            learners,
        })
    }
}

/// The opportunity happens in a department, which has a supervisor.
async fn department(world: &World, supervisor: &Ctx) -> services::Result<()> {
    let services = &world.services;
    let id = DepartmentId(services.uuid());
    let mut tx = services.db.write().await?;
    let new = Department { id, organisation: world.provider, name: "Pharmacy".into(), profession: None };
    store::opportunities::find_or_insert_department(&mut tx, &new).await?;
    let mut found = store::opportunities::find(&mut tx, world.opportunity).await?.ok_or(Error::NotFound)?;
    found.department = Some(id);
    store::opportunities::update(&mut tx, &mut found).await?;
    store::attendance::add_department(&mut tx, supervisor.actor()?.account, id, services.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Another provider's opportunity with one session, 19 to 23 July.
async fn elsewhere(world: &World, other: OrganisationId) -> services::Result<World> {
    let services = &world.services;
    let mut tx = services.db.write().await?;
    let like = store::opportunities::find(&mut tx, world.opportunity).await?.ok_or(Error::NotFound)?;
    let opportunity = Opportunity {
        id: OpportunityId(services.uuid()),
        slug: "a-week-in-a-care-home".into(),
        title: "A week in a care home".into(),
        organisation: other,
        department: None,
        ..like
    };
    store::opportunities::insert(&mut tx, &opportunity).await?;
    let like = store::sessions::find(&mut tx, world.session).await?.ok_or(Error::NotFound)?;
    let starts_on = NaiveDate::from_ymd_opt(2027, 7, 19).unwrap_or_default();
    let session = Session {
        id: SessionId(services.uuid()),
        opportunity: opportunity.id,
        starts_on,
        ends_on: starts_on + Days::new(4),
        ..like
    };
    store::sessions::insert(&mut tx, &session).await?;
    store::catalogue::changed(&mut tx, &[opportunity.id]).await?;
    tx.commit().await?;
    Ok(World { provider: other, opportunity: opportunity.id, session: session.id, ..world.clone() })
}
