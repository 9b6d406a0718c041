//! Reminders before the first day.

use crate::{Result, Services};

/// Sends what is due. How many people were reminded.
///
/// # Errors
/// When the store cannot be read.
pub(super) async fn run(services: &Services) -> Result<usize> {
    crate::applications::remind_due(services).await
}
