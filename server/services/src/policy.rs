//! Who may do what. One function a question; a no is "not found", so that nobody learns what exists.

use domain::Role;
use domain::ids::{AccountId, OrganisationId};

use crate::{Actor, Ctx, Error, Membership, Result};

/// The signed-in learner.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for staff.
pub fn learner(ctx: &Ctx) -> Result<&Actor> {
    let actor = ctx.actor()?;
    if actor.is_learner() { Ok(actor) } else { Err(Error::NotFound) }
}

/// The signed-in learner, if the record is theirs.
///
/// # Errors
/// As [`learner`], and [`Error::NotFound`] for somebody else's record.
pub fn own(ctx: &Ctx, owner: AccountId) -> Result<&Actor> {
    let actor = learner(ctx)?;
    if actor.account == owner { Ok(actor) } else { Err(Error::NotFound) }
}

/// The signed-in coordinator and their membership.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for everybody else.
pub fn coordinator(ctx: &Ctx) -> Result<(&Actor, &Membership, OrganisationId)> {
    member(ctx, Role::Coordinator)
}

/// A coordinator of this organisation with the right that `right` looks at.
///
/// # Errors
/// As [`coordinator`], and [`Error::NotFound`] for another organisation or without the right.
pub fn coordinator_of(ctx: &Ctx, organisation: OrganisationId, right: impl Fn(&Membership) -> bool) -> Result<&Actor> {
    let (actor, membership, own) = coordinator(ctx)?;
    if own == organisation && right(membership) { Ok(actor) } else { Err(Error::NotFound) }
}

/// The signed-in adviser and their school.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for everybody else.
pub fn adviser(ctx: &Ctx) -> Result<(&Actor, &Membership, OrganisationId)> {
    member(ctx, Role::Adviser)
}

/// The signed-in member of the national team.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for everybody else.
pub fn national(ctx: &Ctx) -> Result<&Actor> {
    let actor = ctx.actor()?;
    actor.member_as(Role::National).map(|_| actor).ok_or(Error::NotFound)
}

/// The signed-in supervisor and their organisation. Which sessions are theirs, their departments say.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for everybody else.
pub fn supervisor(ctx: &Ctx) -> Result<(&Actor, &Membership, OrganisationId)> {
    member(ctx, Role::Supervisor)
}

fn member(ctx: &Ctx, role: Role) -> Result<(&Actor, &Membership, OrganisationId)> {
    let actor = ctx.actor()?;
    let membership = actor.member_as(role).ok_or(Error::NotFound)?;
    let organisation = membership.organisation.ok_or(Error::NotFound)?;
    Ok((actor, membership, organisation))
}
