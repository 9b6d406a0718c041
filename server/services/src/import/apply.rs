//! Does what a plan says, inside the caller's transaction.

use domain::Role;
use domain::clearance::usual_clearances;
use domain::ids::{AccountId, DepartmentId, OpportunityId, SessionId, SiteId};
use domain::publishing::Status;
use serde_json::json;
use store::Tx;
use store::opportunities::{Department, Opportunity, Site};
use store::sessions::Session;

use super::merge::{Merged, Run, Stored};
use super::plan::{Plan, Planned, Step};
use crate::{Error, Result, Services, audit};

/// Saves every new and changed row, each with its version and its line in the audit trail.
///
/// # Errors
/// [`Error::Refused`] when somebody changed the same opportunity at the same moment.
pub(super) async fn apply(tx: &mut Tx, services: &Services, plan: &Plan, actor: Option<AccountId>) -> Result<()> {
    let mut changed = Vec::new();
    for planned in &plan.rows {
        let (action, id, version) = match &planned.step {
            Step::Keep(_) => continue,
            Step::Add(merged) => {
                let id = add(tx, services, planned, merged).await?;
                ("import_opportunity", id, 1)
            }
            Step::Change(merged, stored) => {
                let version = change(tx, services, planned, merged, stored).await?;
                ("import_changed_opportunity", stored.opportunity.id, version)
            }
        };
        let (Step::Add(merged) | Step::Change(merged, _) | Step::Keep(merged)) = &planned.step;
        store::opportunities::save_particulars(tx, id, &merged.particulars).await?;
        changed.push(id);
        store::opportunities::keep_version(tx, id, services.now(), actor).await?;
        let role = if actor.is_some() { Role::Coordinator } else { Role::System };
        let detail = json!({ "line": planned.row.line, "version": version });
        audit::record(tx, services, actor, role, action, "opportunity", id, Some(planned.organisation.id), detail)
            .await?;
    }
    Ok(store::catalogue::changed(tx, &changed).await?)
}

fn status(planned: &Planned, merged: &Merged, before: Option<Status>) -> Status {
    match before {
        _ if merged.missing.is_empty() && planned.publish => Status::Published,
        // Nothing disappears from the search because a later list says less.
        Some(before) => before,
        None => Status::Draft,
    }
}

async fn add(tx: &mut Tx, services: &Services, planned: &Planned, merged: &Merged) -> Result<OpportunityId> {
    let organisation = planned.organisation.id;
    let now = services.now();
    let id = OpportunityId(services.uuid());
    let status = status(planned, merged, None);
    let town = merged.venue.as_ref().and_then(|venue| venue.town.as_deref());
    let opportunity = Opportunity {
        id,
        slug: store::opportunities::free_slug(tx, &merged.title, town).await?,
        organisation,
        department: department(tx, services, planned, merged).await?,
        site: site(tx, services, planned, merged).await?,
        kind: merged.kind,
        delivery: merged.delivery,
        status,
        version: 1,
        title: merged.title.clone(),
        summary: merged.summary.clone(),
        who_for: merged.who_for.clone(),
        dress: merged.dress.clone(),
        bring: String::new(),
        cost: String::new(),
        access_notes: String::new(),
        how_places_given: String::new(),
        contact_email: merged.contact_email.clone(),
        profession: merged.profession,
        min_age: merged.min_age,
        max_age: merged.max_age,
        open_ended: false,
        // The list does not say that everybody may see the places left.
        shows_places: false,
        asks_why: merged.kind == domain::Kind::WorkExperience,
        decide_within: 10,
        reference: planned.row.reference.clone(),
        row_hash: Some(planned.hash.clone()),
        notes: merged.notes.clone(),
        missing: merged.missing.clone(),
        created_at: now,
        published_at: (status == Status::Published).then_some(now),
    };
    store::opportunities::insert(tx, &opportunity).await?;
    if let Some(run) = &merged.run {
        store::sessions::insert(tx, &session(services, id, run)).await?;
    }
    store::opportunities::set_asked_clearances(
        tx,
        id,
        usual_clearances(merged.kind, merged.delivery, merged.profession),
    )
    .await?;
    Ok(id)
}

async fn change(tx: &mut Tx, services: &Services, planned: &Planned, merged: &Merged, stored: &Stored) -> Result<i64> {
    let before = &stored.opportunity;
    let status = status(planned, merged, Some(before.status));
    let mut after = Opportunity {
        department: department(tx, services, planned, merged).await?.or(before.department),
        site: site(tx, services, planned, merged).await?.or(before.site),
        kind: merged.kind,
        delivery: merged.delivery,
        status,
        title: merged.title.clone(),
        summary: merged.summary.clone(),
        who_for: merged.who_for.clone(),
        dress: merged.dress.clone(),
        contact_email: merged.contact_email.clone(),
        profession: merged.profession,
        min_age: merged.min_age,
        max_age: merged.max_age,
        row_hash: Some(planned.hash.clone()),
        notes: merged.notes.clone(),
        missing: merged.missing.clone(),
        published_at: before.published_at.or_else(|| (status == Status::Published).then(|| services.now())),
        ..before.clone()
    };
    if !store::opportunities::update(tx, &mut after).await? {
        return Err(at_the_same_moment(&before.title));
    }
    match (&merged.run, &stored.session) {
        (Some(run), None) => store::sessions::insert(tx, &session(services, before.id, run)).await?,
        (Some(run), Some(old)) => {
            let new = Session { id: old.id, ..session(services, before.id, run) };
            store::sessions::change_dates(tx, &new).await?;
            if !store::sessions::change_capacity(tx, old.id, run.capacity, services.now()).await? {
                return Err(at_the_same_moment(&before.title));
            }
            // More places than before may be somebody's who waits.
            if run.capacity > old.capacity
                && let Some(about) = store::applications::about_session(tx, old.id).await?
            {
                crate::applications::promote_next(tx, services, &about).await?;
            }
        }
        (None, _) => {}
    }
    Ok(after.version)
}

fn at_the_same_moment(title: &str) -> Error {
    Error::refused(format!("Somebody changed “{title}” at the same moment. Nothing was imported. Try again."))
}

fn session(services: &Services, opportunity: OpportunityId, run: &Run) -> Session {
    Session {
        id: SessionId(services.uuid()),
        opportunity,
        starts_on: run.starts_on,
        ends_on: run.ends_on,
        starts_at: run.starts_at,
        ends_at: run.ends_at,
        closes_on: run.closes_on,
        capacity: run.capacity,
        held: 0,
        cancelled_at: None,
    }
}

async fn department(
    tx: &mut Tx,
    services: &Services,
    planned: &Planned,
    merged: &Merged,
) -> Result<Option<DepartmentId>> {
    let Some(name) = merged.department.clone() else { return Ok(None) };
    let profession = domain::Profession::guess(&name);
    let department =
        Department { id: DepartmentId(services.uuid()), organisation: planned.organisation.id, name, profession };
    Ok(Some(store::opportunities::find_or_insert_department(tx, &department).await?))
}

/// The site. It keeps no coordinates of its own: the search takes them from the postcode each time, so that
/// a better list of postcodes mends every site.
async fn site(tx: &mut Tx, services: &Services, planned: &Planned, merged: &Merged) -> Result<Option<SiteId>> {
    let Some(venue) = merged.venue.clone() else { return Ok(None) };
    let site = Site {
        id: SiteId(services.uuid()),
        organisation: planned.organisation.id,
        name: venue.name,
        address: None,
        town: venue.town,
        postcode: venue.postcode,
        latitude: None,
        longitude: None,
        directions: None,
    };
    Ok(Some(store::opportunities::find_or_insert_site(tx, &site).await?))
}
