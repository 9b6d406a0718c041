//! From a role to what can be tried of it now.

use domain::roles::Role;
use domain::search::{Hit, Query};

use crate::{Ctx, Result};

/// How many opportunities a role's page names.
const NAMED: usize = 5;

/// What there is to try of a role.
#[derive(Debug, Clone, PartialEq)]
pub struct ToTry {
    /// The first of them.
    pub hits: Vec<Hit>,
    /// How many there are.
    pub total: usize,
    /// The search that finds them all.
    pub query: Query,
    /// Nothing has the role's own name, so these are of its whole family.
    pub of_the_family: bool,
}

/// Opportunities for a role: those that its name finds, else those of its family.
///
/// # Errors
/// When the store fails.
pub async fn to_try(ctx: &Ctx, role: &Role) -> Result<ToTry> {
    let services = &ctx.services;
    let held = services.catalogue.current(services).await?;
    let today = services.today();
    let family = Query { professions: vec![role.family], page: 1, ..Query::default() };
    // Within the family, so that "theatre nurse" does not find the drama club of a care home.
    let named = Query { what: role.name.to_owned(), ..family.clone() };
    for (query, of_the_family) in [(named, false), (family, true)] {
        let all = held.index.all(&query, None, today, usize::MAX);
        if !all.is_empty() || of_the_family {
            let hits = all.iter().take(NAMED).map(|listing| Hit::of(listing, None, today)).collect();
            return Ok(ToTry { hits, total: all.len(), query, of_the_family });
        }
    }
    Ok(ToTry { hits: Vec::new(), total: 0, query: Query::default(), of_the_family: true })
}
