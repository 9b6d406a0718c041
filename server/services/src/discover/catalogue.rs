//! What is published, in memory (decision 0007).

use std::sync::{Arc, PoisonError, RwLock};

use domain::search::Listing;
use store::Tx;
use tokio::sync::Mutex;

use super::limit::Limit;
use crate::{Result, Services};

/// The published opportunities as they were at a version of the database's counter.
///
/// Each instance has its own. All of them agree as soon as a change commits, because every reader asks
/// for the counter first.
#[derive(Debug, Default)]
pub struct Catalogue {
    held: RwLock<Option<Held>>,
    /// One loader at a time: the others wait for what it brings.
    loading: Mutex<()>,
    pub(super) limit: Limit,
}

#[derive(Debug, Clone)]
struct Held {
    version: i64,
    listings: Arc<Vec<Listing>>,
}

impl Catalogue {
    /// Everything that is published now. Costs one small query, and three more after a change.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn current(&self, services: &Services) -> Result<Arc<Vec<Listing>>> {
        let mut tx = services.db.read().await?;
        self.current_in(&mut tx).await
    }

    /// As [`Self::current`], in a transaction that is open already.
    pub(crate) async fn current_in(&self, tx: &mut Tx) -> Result<Arc<Vec<Listing>>> {
        let version = store::catalogue::version(tx).await?;
        if let Some(listings) = self.at(version) {
            return Ok(listings);
        }
        let _only_one = self.loading.lock().await;
        if let Some(listings) = self.at(version) {
            return Ok(listings);
        }
        // The counter was read before the rows. If something commits in between, the rows are newer
        // than the number says, and the next reader loads them again: late by nothing, never stale.
        let listings = Arc::new(store::catalogue::load(tx).await?);
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        *held = Some(Held { version, listings: listings.clone() });
        Ok(listings)
    }

    /// What is held, if it is of this version. Any other will not do, not even a later one: a database
    /// that was restored counts on from where it was.
    fn at(&self, version: i64) -> Option<Arc<Vec<Listing>>> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|held| held.version == version).map(|held| held.listings.clone())
    }
}
