//! Changing how many places a session has, and how many of them are reserved for whom.

use domain::Role;
use domain::ids::{ApplicationId, OrganisationId, SessionId};
use domain::places::{Places, Pool, TooFew, seat_all};
use domain::publishing::NO_LIMIT;
use serde_json::json;
use store::Tx;
use store::applications::{Line, Scope};
use store::ledger::{self, SessionPlaces};

use crate::applications::{Room, promote_next};
use crate::{Ctx, Error, Result, audit, policy};

/// New numbers for a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// All places.
    pub capacity: i64,
    /// Those only for learners who meet a priority.
    pub reserved_priority: i64,
    /// Those only for learners of one school or college.
    pub reserved_school: i64,
    /// Which school or college.
    pub reserved_for: Option<OrganisationId>,
    /// Whether new applications go on the waiting list by themselves while no place is free for them.
    pub lists_when_full: bool,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// The numbers are as asked.
    Done,
    /// They are not: there would be too few places for the people who hold one. Who these are.
    TooFew(TooFew, Vec<Line>),
}

/// Changes a session's places. Nobody who holds a place loses it: where there would be too few, nothing
/// changes. More places, or fewer reserved ones, are offered to the waiting list at once.
///
/// # Errors
/// [`Error::NotFound`] for another provider's session or without the right to post; [`Error::Refused`] when
/// the session is over or was cancelled.
pub async fn change_places(ctx: &Ctx, session: SessionId, new: &Change) -> Result<Changed> {
    change(ctx, session, new, true).await
}

/// What [`change_places`] would answer now; nothing changes.
///
/// # Errors
/// As [`change_places`].
pub async fn would_change(ctx: &Ctx, session: SessionId, new: &Change) -> Result<Changed> {
    change(ctx, session, new, false).await
}

async fn change(ctx: &Ctx, session: SessionId, new: &Change, keep: bool) -> Result<Changed> {
    let services = &ctx.services;
    policy::coordinator(ctx)?;
    let mut tx = if keep { services.db.write().await? } else { services.db.read().await? };
    let about = store::applications::about_session(&mut tx, session).await?.ok_or(Error::NotFound)?;
    let actor = policy::coordinator_of(ctx, about.organisation, |m| m.can_post)?;
    if keep {
        store::applications::lock_session(&mut tx, session).await?;
    }
    if about.cancelled || about.ends_on < services.today() {
        return Err(Error::refused("These dates are over or were cancelled, so their places cannot be changed."));
    }
    if new.capacity > NO_LIMIT {
        return Err(Error::refused(format!("There can be {NO_LIMIT} places at most.")));
    }
    let reserved_for = match new.reserved_for {
        Some(school) if new.reserved_school > 0 => {
            let school = store::organisations::find(&mut tx, school).await?.ok_or(Error::NotFound)?;
            Some((school.id, school.code, school.name))
        }
        None if new.reserved_school > 0 => {
            return Err(Error::refused("Say for which school or college places are reserved."));
        }
        _ => None,
    };
    let before = Room::load(&mut tx, session).await?;
    let places = Places {
        capacity: new.capacity,
        reserved_priority: new.reserved_priority,
        reserved_school: new.reserved_school,
        ..before.session.places
    };
    // Who qualifies depends on the school that is named now.
    let room = Room {
        session: SessionPlaces { places, reserved_for, lists_when_full: new.lists_when_full },
        holdings: before.holdings.clone(),
    };
    if room.session == before.session {
        return Ok(Changed::Done);
    }
    // Unless another school is named, who sits in the school's places may stay.
    let mut holders = room.holders();
    if room.reserved_for() != before.reserved_for() {
        for holder in holders.iter_mut().filter(|holder| holder.pool == Pool::School && !holder.qualifies.school) {
            holder.pool = Pool::Open;
        }
    }
    let seats = match seat_all(new.capacity, new.reserved_priority, new.reserved_school, &holders) {
        Ok(seats) => seats,
        Err(why) => return Ok(Changed::TooFew(why, holding(&mut tx, ctx, session).await?)),
    };
    if !keep {
        return Ok(Changed::Done);
    }
    let moves: Vec<(ApplicationId, Pool, Pool)> = room
        .holdings
        .iter()
        .zip(seats)
        .filter(|(holding, seat)| holding.pool != *seat)
        .map(|(holding, seat)| (holding.application, holding.pool, seat))
        .collect();
    if !ledger::change(&mut tx, session, &room.session, &moves, services.now(), "change_places").await? {
        return Err(Error::refused("Somebody changed these places a moment ago. Load the page again."));
    }
    let detail = json!({
        "capacity": new.capacity,
        "reserved_priority": new.reserved_priority,
        "reserved_school": new.reserved_school,
        "lists_when_full": new.lists_when_full,
    });
    audit::record(
        &mut tx,
        services,
        Some(actor.account),
        Role::Coordinator,
        "change_places",
        "session",
        session,
        Some(about.organisation),
        detail,
    )
    .await?;
    store::catalogue::changed(&mut tx, &[about.opportunity]).await?;
    promote_next(&mut tx, services, &about).await?;
    tx.commit().await?;
    Ok(Changed::Done)
}

/// Everybody who holds a place, by name.
async fn holding(tx: &mut Tx, ctx: &Ctx, session: SessionId) -> Result<Vec<Line>> {
    let mut lines = store::applications::list_lines(tx, Scope::Session(session), ctx.services.today()).await?;
    lines.retain(|line| line.state.holds_place());
    lines.sort_by_key(|line| (line.name.to_lowercase(), line.reference.clone()));
    Ok(lines)
}

/// The school or college that somebody typed, by its name or number.
///
/// # Errors
/// [`Error::Refused`] when there is none or several, with what to type instead.
pub async fn find_school(ctx: &Ctx, typed: &str) -> Result<(OrganisationId, String)> {
    policy::coordinator(ctx)?;
    let typed: String = typed.trim().chars().take(200).collect();
    if typed.is_empty() {
        return Err(Error::refused("Enter the school or college, like Kirkstall High School."));
    }
    let mut tx = ctx.services.db.read().await?;
    if let Some(found) = store::organisations::find_by_code(&mut tx, &typed).await?
        && matches!(found.kind.as_str(), "school" | "college")
    {
        return Ok((found.id, found.name));
    }
    let found = store::organisations::school_matches(&mut tx, &typed, 5).await?;
    let same: Vec<_> = found.iter().filter(|school| school.name.eq_ignore_ascii_case(&typed)).collect();
    let one = match (same.as_slice(), found.as_slice()) {
        ([only], _) => only.code.clone(),
        ([], [only]) => only.code.clone(),
        (_, []) => {
            return Err(Error::refused(
                "We do not know this school or college. Check the spelling, or enter its unique reference number (URN).",
            ));
        }
        _ => {
            let several: Vec<String> =
                found.iter().map(|school| format!("{} ({})", school.name, school.code)).collect();
            return Err(Error::refused(format!("Which one? Enter its number: {}.", several.join(", "))));
        }
    };
    let school = store::organisations::find_by_code(&mut tx, &one).await?.ok_or(Error::NotFound)?;
    Ok((school.id, school.name))
}
