//! The log of what changed in what the search shows: a counter, and which opportunities each step touched.
//! Every instance reads on from where it is.

use std::collections::BTreeSet;

use domain::ids::OpportunityId;
use uuid::Uuid;

use crate::{Result, Tx};

/// The counter's name among the settings.
const VERSION: &str = "catalogue_version";
/// How many steps are kept. Who is further behind reads everything again.
const KEPT: i64 = 5_000;
/// How often what is older is removed, in steps.
const TIDIED_EVERY: i64 = 500;

/// How often what the search shows has changed; 0 in a new database.
///
/// # Errors
/// When the database does not answer.
pub async fn version(tx: &mut Tx) -> Result<i64> {
    let row = opt!(tx, (i64,), "select cast(value as bigint) from settings where name = $1", VERSION)?;
    Ok(row.map_or(0, |(version,)| version))
}

/// Says that these opportunities changed: published, edited, closed, new dates. Every write that does so calls
/// this in its transaction.
///
/// Call it last: on PostgreSQL it keeps other such writes waiting until this transaction ends.
///
/// # Errors
/// When the database refuses.
pub async fn changed(tx: &mut Tx, ids: &[OpportunityId]) -> Result<()> {
    write(tx, ids, false).await
}

/// Says that places of this opportunity were held or released, and nothing else of it changed. As [`changed`].
///
/// # Errors
/// When the database refuses.
pub async fn places_changed(tx: &mut Tx, id: OpportunityId) -> Result<()> {
    write(tx, &[id], true).await
}

/// Says that anything may have changed: organisations, places, areas. As [`changed`].
///
/// # Errors
/// When the database refuses.
pub async fn everything_changed(tx: &mut Tx) -> Result<()> {
    let version = step(tx).await?;
    exec!(
        tx,
        "insert into catalogue_changes (version, opportunity_id, only_places) values ($1, null, false)",
        version
    )?;
    Ok(())
}

async fn write(tx: &mut Tx, ids: &[OpportunityId], only_places: bool) -> Result<()> {
    // More than that are read as quickly all together.
    if ids.len() > 1_000 {
        return everything_changed(tx).await;
    }
    let Some((first, more)) = ids.split_first() else { return Ok(()) };
    let version = step(tx).await?;
    for id in std::iter::once(first).chain(more) {
        exec!(
            tx,
            "insert into catalogue_changes (version, opportunity_id, only_places) values ($1, $2, $3)",
            version,
            id.0,
            only_places
        )?;
    }
    Ok(())
}

async fn step(tx: &mut Tx) -> Result<i64> {
    let (version,) = one!(
        tx,
        (i64,),
        "insert into settings (name, value) values ($1, '1')
         on conflict (name) do update set value = cast(cast(settings.value as bigint) + 1 as text)
         returning cast(value as bigint)",
        VERSION
    )?;
    if version % TIDIED_EVERY == 0 {
        exec!(tx, "delete from catalogue_changes where version <= $1", version - KEPT)?;
    }
    Ok(version)
}

/// What changed after a version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Opportunities to be read again.
    pub opportunities: BTreeSet<OpportunityId>,
    /// Opportunities of which only the numbers of places moved.
    pub places: BTreeSet<OpportunityId>,
}

/// What changed after version `from` up to version `to`; `None` when that cannot be said opportunity by
/// opportunity, and everything has to be read again.
///
/// # Errors
/// When the database does not answer.
pub async fn since(tx: &mut Tx, from: i64, to: i64) -> Result<Option<Changes>> {
    let rows = all!(
        tx,
        (i64, Option<Uuid>, bool),
        "select version, opportunity_id, only_places from catalogue_changes where version > $1 and version <= $2 order by version",
        from,
        to
    )?;
    // A database that was restored counts from before; one that was tidied does not reach back.
    if to < from || (to > from && rows.first().is_none_or(|(version, ..)| *version != from + 1)) {
        return Ok(None);
    }
    let mut changes = Changes::default();
    for (_, id, only_places) in rows {
        let Some(id) = id.map(OpportunityId) else { return Ok(None) };
        if only_places {
            changes.places.insert(id);
        } else {
            changes.opportunities.insert(id);
        }
    }
    changes.places.retain(|id| !changes.opportunities.contains(id));
    Ok(Some(changes))
}
