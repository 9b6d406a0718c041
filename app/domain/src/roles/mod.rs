//! Roles in health and care: what people do, where, and how to get there. Written for wex in plain words.
//!
//! Far more roles exist than most people have heard of, and many need no degree. So routes without one are
//! said as such, and [`new_to_me`] shows what hardly anybody knows.
//!
//! A [`Role`] here is a job. Who somebody is to this service, such as a learner or a coordinator, is
//! [`crate::application::Role`].
//!
//! The data is for the server: nothing in the browser calls it, so the linker leaves it out there.

mod entry;
mod families;
mod interest;
mod lookup;
mod register;
mod role;
#[cfg(test)]
mod tests;
mod unheard;

use std::collections::HashMap;
use std::sync::OnceLock;

pub use entry::Entry;
pub use interest::Interest;
pub use lookup::{Asked, filtered, meant_by};
pub use register::{Register, Regulator};
pub use role::Role;
pub use unheard::{HOW_MANY, new_to_me};

use crate::Profession;

/// Most related roles that [`related`] names.
pub const MOST_RELATED: usize = 6;

/// Every role, family by family in the order of [`Profession::ALL`].
pub fn all() -> impl Iterator<Item = &'static Role> {
    Profession::ALL.iter().flat_map(|family| in_family(*family))
}

/// The roles of a family.
pub fn in_family(family: Profession) -> impl Iterator<Item = &'static Role> {
    families::of(family).iter().flat_map(|part| part.iter())
}

/// The role with this slug.
#[must_use]
pub fn find(slug: &str) -> Option<&'static Role> {
    static BY_SLUG: OnceLock<HashMap<&'static str, &'static Role>> = OnceLock::new();
    BY_SLUG.get_or_init(|| all().map(|role| (role.slug, role)).collect()).get(slug).copied()
}

/// Roles near this one: those that it names, then those that name it. Never itself, none twice, at most
/// [`MOST_RELATED`].
#[must_use]
pub fn related(role: &Role) -> Vec<&'static Role> {
    let mut found: Vec<&'static Role> = role.related.iter().filter_map(|slug| find(slug)).collect();
    for other in all().filter(|other| other.related.contains(&role.slug)) {
        if !found.contains(&other) {
            found.push(other);
        }
    }
    found.truncate(MOST_RELATED);
    found
}
