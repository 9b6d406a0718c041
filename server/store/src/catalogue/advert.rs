//! One opportunity with everything that its page says, and a learner's applications there.

use domain::State;
use domain::ids::{AccountId, OpportunityId, OrganisationId, SessionId};
use domain::publishing::Status;
use domain::search::Listing;
use uuid::Uuid;

use super::{ListingRow, Names, RunRow};
use crate::applications::AskedClearance;
use crate::dialect::known;
use crate::places::Gazetteer;
use crate::{Error, Result, Tx};

/// Where an opportunity happens, as its page says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// "Ward 7", "Halifax General".
    pub name: String,
    /// Street, without town and postcode.
    pub address: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// How to get there.
    pub directions: Option<String>,
}

/// One opportunity with everything that its page says.
#[derive(Debug, Clone, PartialEq)]
pub struct Advert {
    /// What the search knows of it too. Without coordinates of its own, its place is a coarse guess.
    pub listing: Listing,
    /// Whether it is published; otherwise it was once, and is closed now.
    pub published: bool,
    /// Whose it is.
    pub organisation_id: OrganisationId,
    /// The department that hosts.
    pub department: Option<String>,
    /// Where it happens.
    pub site: Option<Site>,
    /// What you will do. Paragraphs are parted by blank lines.
    pub summary: String,
    /// Who it is for.
    pub who_for: String,
    /// What to wear.
    pub dress: String,
    /// What to bring.
    pub bring: String,
    /// What it costs, and what is paid back.
    pub cost: String,
    /// Access: steps, lifts, hearing loops and so on.
    pub access_notes: String,
    /// How places are given.
    pub how_places_given: String,
    /// Buses and stops.
    pub by_bus: String,
    /// What somebody has to have for it, and what they do who have none.
    pub equipment: String,
    /// What comes before it.
    pub steps_before: String,
    /// What usually follows.
    pub steps_after: String,
    /// Whom to ask.
    pub contact_email: Option<String>,
    /// Whether the form asks why.
    pub asks_why: bool,
    /// The provider answers within so many working days.
    pub decide_within: u32,
    /// What is checked after somebody accepts.
    pub clearances: Vec<AskedClearance>,
}

#[derive(sqlx::FromRow)]
struct AdvertRow {
    status: String,
    organisation_id: Uuid,
    site_name: Option<String>,
    site_address: Option<String>,
    site_town: Option<String>,
    site_postcode: Option<String>,
    directions: Option<String>,
    dress: String,
    bring: String,
    cost: String,
    access_notes: String,
    how_places_given: String,
    contact_email: Option<String>,
    asks_why: bool,
    decide_within: i64,
    by_bus: String,
    equipment: String,
    steps_before: String,
    steps_after: String,
    #[sqlx(flatten)]
    listing: ListingRow,
}

/// The opportunity at this address with everything that its page says; none for one that was never
/// published. One that the provider took back is still found, so that its page can say so.
///
/// # Errors
/// When the database does not answer, or holds a word that this version does not know.
pub async fn opportunity_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Advert>> {
    let row = opt!(
        tx,
        AdvertRow,
        "select o.id, o.slug, o.title, o.summary, o.who_for, g.name as organisation, g.region_code, g.icb_code, d.name as department,
                case when s.id is null then g.town else s.town end as town,
                case when s.id is null then g.postcode else s.postcode end as postcode,
                s.latitude, s.longitude, o.kind, o.delivery, o.profession, o.min_age, o.max_age, o.open_ended, o.shows_places,
                o.setting, o.audiences, o.nothing_needed, o.published_at,
                o.status, o.organisation_id, s.name as site_name, s.address as site_address, s.town as site_town,
                s.postcode as site_postcode, s.directions, o.dress, o.bring, o.cost, o.access_notes,
                o.how_places_given, o.contact_email, o.asks_why, o.decide_within,
                o.by_bus, o.equipment, o.steps_before, o.steps_after
         from opportunities o
         join organisations g on g.id = o.organisation_id
         left join sites s on s.id = o.site_id
         left join departments d on d.id = o.department_id
         where o.slug = $1 and o.published_at is not null",
        slug
    )?;
    let Some(row) = row else { return Ok(None) };
    let runs = all!(
        tx,
        RunRow,
        "select id, opportunity_id, starts_on, ends_on, starts_at, ends_at, closes_on, capacity, held,
                (cancelled_at is not null) as cancelled
         from sessions where opportunity_id = $1 order by starts_on, starts_at, id",
        row.listing.id
    )?
    .into_iter()
    .map(RunRow::into_run)
    .collect::<Result<Vec<_>>>()?;
    let clearances = crate::applications::asked_clearances(tx, OpportunityId(row.listing.id)).await?;
    let site = row.site_name.map(|name| Site {
        name,
        address: row.site_address,
        town: row.site_town,
        postcode: row.site_postcode,
        directions: row.directions,
    });
    Ok(Some(Advert {
        published: known("status", &row.status, Status::parse)? == Status::Published,
        organisation_id: OrganisationId(row.organisation_id),
        department: row.listing.department.clone(),
        site,
        summary: row.listing.summary.clone(),
        who_for: row.listing.who_for.clone(),
        dress: row.dress,
        bring: row.bring,
        cost: row.cost,
        access_notes: row.access_notes,
        how_places_given: row.how_places_given,
        by_bus: row.by_bus,
        equipment: row.equipment,
        steps_before: row.steps_before,
        steps_after: row.steps_after,
        contact_email: row.contact_email.filter(|email| !email.is_empty()),
        asks_why: row.asks_why,
        decide_within: u32::try_from(row.decide_within)
            .map_err(|_| Error::Unknown { what: "decide_within", value: row.decide_within.to_string() })?,
        clearances,
        listing: row.listing.into_listing(runs, &Gazetteer::default(), &mut Names::default())?,
    }))
}

/// An application that a learner already has at an opportunity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Its reference, by which its page is found.
    pub reference: String,
    /// For which session; none for open-ended opportunities.
    pub session: Option<SessionId>,
    /// Where it stands.
    pub state: State,
}

/// This learner's applications at this opportunity, newest first.
///
/// # Errors
/// When the database does not answer, or holds a state that this version does not know.
pub async fn applied(tx: &mut Tx, opportunity: OpportunityId, learner: AccountId) -> Result<Vec<Applied>> {
    all!(
        tx,
        (String, Option<Uuid>, String),
        "select reference, session_id, state from applications where opportunity_id = $1 and learner_id = $2 order by created_at desc, id desc",
        opportunity.0,
        learner.0
    )?
    .into_iter()
    .map(|(reference, session, state)| {
        Ok(Applied { reference, session: session.map(SessionId), state: known("application state", &state, State::parse)? })
    })
    .collect()
}
