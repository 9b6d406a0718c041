//! Working days as every instance counts them: in memory, and read anew when the counter in the database
//! says that the bank holidays have changed. What was promised before stays promised: deadlines are kept as days.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::NaiveDate;
use domain::calendar::WorkingDays;

use crate::{Result, Services};

/// Working days that can be read anew while the service runs.
#[derive(Debug, Default)]
pub struct SharedDays(RwLock<(i64, Arc<WorkingDays>)>);

impl SharedDays {
    /// As they are now.
    #[must_use]
    pub fn now(&self) -> Arc<WorkingDays> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).1.clone()
    }
    /// As [`WorkingDays::after`].
    #[must_use]
    pub fn after(&self, from: NaiveDate, count: u32) -> NaiveDate {
        self.now().after(from, count)
    }
    /// As [`WorkingDays::before`].
    #[must_use]
    pub fn before(&self, to: NaiveDate, count: u32) -> NaiveDate {
        self.now().before(to, count)
    }
    /// As [`WorkingDays::is_working_day`].
    #[must_use]
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        self.now().is_working_day(day)
    }
    fn version(&self) -> i64 {
        self.0.read().unwrap_or_else(PoisonError::into_inner).0
    }
    fn set(&self, version: i64, days: WorkingDays) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = (version, Arc::new(days));
    }
}

/// Reads the bank holidays anew if they have changed; whether they had. Asked before everything that writes,
/// and before every round of what is due: two instances promise the same.
///
/// # Errors
/// When the store fails.
pub async fn refresh(services: &Services) -> Result<bool> {
    let mut tx = services.db.read().await?;
    let version = store::bank_holidays::version(&mut tx).await?;
    if version == services.working_days.version() {
        return Ok(false);
    }
    let days = store::bank_holidays::list(&mut tx).await?.into_iter().map(|holiday| holiday.day).collect();
    services.working_days.set(version, WorkingDays::published(days));
    Ok(true)
}
