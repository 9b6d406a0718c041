//! What is published, in memory (decision 0012).

use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use finding::{Area, Index};
use store::Tx;
use store::catalogue::Changes;
use store::places::Gazetteer;
use tokio::sync::Mutex;

use super::limit::Limit;
use crate::{Error, Result, Services};

/// When so many have changed since everything was read, everything is read again.
const MOST_CHANGED: usize = 2_000;

/// The published opportunities as they were at a version of the database's counter.
///
/// Each instance has its own, and reads what the log of changes names since the version that it holds. What
/// this process commits is seen at once; what others commit, as soon as the counter is asked for again:
/// each time, or after [`Catalogue::trust_for`].
#[derive(Debug, Default)]
pub struct Catalogue {
    held: RwLock<Option<(Held, Seen)>>,
    trusted_for: OnceLock<Duration>,
    /// One loader at a time: the others wait for what it brings.
    loading: Mutex<()>,
    pub(super) limit: Limit,
}

/// When the counter was asked for, and what this process had committed before.
#[derive(Debug, Clone, Copy)]
struct Seen {
    at: Instant,
    commits: u64,
}

impl Seen {
    fn now() -> Self {
        Self { at: Instant::now(), commits: store::commits() }
    }
}

/// What is held of a version.
#[derive(Debug, Clone)]
pub struct Held {
    version: i64,
    /// What can be searched.
    pub index: Arc<Index>,
    /// Where things are.
    pub places: Arc<Gazetteer>,
}

impl Catalogue {
    /// What is held is believed for so long without asking the database, while this process commits nothing.
    /// Said once, at start; until then it is asked each time.
    pub fn trust_for(&self, time: Duration) {
        let _ = self.trusted_for.set(time);
    }

    /// Everything that is published now. Costs one small query while nothing changes, or none.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn current(&self, services: &Services) -> Result<Held> {
        if let Some(held) = self.trusted() {
            return Ok(held);
        }
        let mut tx = services.db.read().await?;
        self.current_in(&mut tx, services).await
    }

    /// As [`Self::current`], in a transaction that is open already.
    pub(crate) async fn current_in(&self, tx: &mut Tx, services: &Services) -> Result<Held> {
        if let Some(held) = self.trusted() {
            return Ok(held);
        }
        // Before the question: what is committed meanwhile is asked for again.
        let seen = Seen::now();
        let version = store::catalogue::version(tx).await?;
        if let Some(held) = self.at(version, seen) {
            return Ok(held);
        }
        let _only_one = self.loading.lock().await;
        if let Some(held) = self.at(version, seen) {
            return Ok(held);
        }
        // The counter was read before the rows. If something commits in between, the rows are newer
        // than the number says, and the next reader reads them again: late by nothing, never stale.
        let before = self.held.read().unwrap_or_else(PoisonError::into_inner).clone().map(|(held, _)| held);
        let now = match before {
            Some(before) => match store::catalogue::since(tx, before.version, version).await? {
                Some(changes) => follow(tx, &before, &changes, version, services.today()).await?,
                None => None,
            },
            None => None,
        };
        let now = match now {
            Some(now) => now,
            None => everything(tx, version, services.today()).await?,
        };
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Some((now.clone(), seen));
        Ok(now)
    }

    /// What is held, if it is of this version. Any other will not do, not even a later one: a database
    /// that was restored counts on from where it was.
    fn at(&self, version: i64, seen: Seen) -> Option<Held> {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        let (held, before) = held.as_mut().filter(|(held, _)| held.version == version)?;
        if seen.at > before.at {
            *before = seen;
        }
        Some(held.clone())
    }

    /// What is held, where the database need not be asked.
    fn trusted(&self) -> Option<Held> {
        let time = *self.trusted_for.get()?;
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let (held, seen) = held.as_ref()?;
        (seen.at.elapsed() < time && seen.commits == store::commits()).then(|| held.clone())
    }
}

/// What was held, with the changes since; none when so much has changed that everything is read again.
async fn follow(tx: &mut Tx, before: &Held, changes: &Changes, version: i64, today: NaiveDate) -> Result<Option<Held>> {
    let mut now = Held { version, ..before.clone() };
    if before.index.changed() + changes.opportunities.len() > MOST_CHANGED {
        return Ok(None);
    }
    if !changes.opportunities.is_empty() {
        let ids: Vec<_> = changes.opportunities.iter().copied().collect();
        let mut listings = store::catalogue::load_some(tx, &ids, &before.places, Some(today)).await?;
        let changed = ids
            .into_iter()
            .map(|id| {
                let at = listings.iter().position(|listing| listing.id == id);
                (id, at.map(|at| listings.swap_remove(at)))
            })
            .collect();
        now.index = before.index.with(changed).into();
    }
    let places: Vec<_> = changes.places.iter().copied().collect();
    for (session, held) in store::catalogue::held(tx, &places).await? {
        now.index.set_held(session, held);
    }
    Ok(Some(now))
}

async fn everything(tx: &mut Tx, version: i64, today: NaiveDate) -> Result<Held> {
    let places = Gazetteer::load(tx).await?;
    let areas = areas(tx).await?;
    let listings = store::catalogue::load(tx, &places, Some(today)).await?;
    // It takes seconds where there are a hundred thousand: others are answered meanwhile.
    let index = tokio::task::spawn_blocking(move || Index::build(listings, areas));
    let index = index.await.map_err(|error| Error::Unexpected(format!("the index was not built: {error}")))?;
    Ok(Held { version, index: index.into(), places: places.into() })
}

/// NHS England's regions, each before its boards: those that exist. Before any were imported, the regions alone.
async fn areas(tx: &mut Tx) -> Result<Vec<Area>> {
    let mut all = store::places::list_areas(tx, "nhs_region").await?;
    let mut boards = store::places::list_areas(tx, "icb").await?;
    all.retain(|area| area.successor_code.is_none());
    if all.is_empty() {
        let area = |(code, name): (&str, &str)| Area { code: code.into(), name: name.into(), region: None };
        return Ok(store::places::regions().map(area).collect());
    }
    boards.retain(|area| area.successor_code.is_none());
    let area = |area: &store::places::Area, region: Option<&str>| Area {
        code: area.code.as_str().into(),
        name: area.name.clone(),
        region: region.map(str::to_owned),
    };
    let mut sorted = Vec::with_capacity(all.len() + boards.len());
    for region in &all {
        sorted.push(area(region, None));
        let of = boards.iter().filter(|board| board.parent_code.as_deref() == Some(region.code.as_str()));
        sorted.extend(of.map(|board| area(board, Some(&region.code))));
    }
    Ok(sorted)
}
