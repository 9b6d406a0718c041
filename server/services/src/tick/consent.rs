//! Parents and carers who have not answered: reminded after 3 and 7 days, then the learner is told. And forms
//! that staff began for somebody and never sent: forgotten.

use crate::{Result, Services};

/// Writes what is due. How many letters it was.
///
/// # Errors
/// When the store cannot be read.
pub(super) async fn run(services: &Services) -> Result<usize> {
    crate::applications::forget_drafts(services).await?;
    crate::applications::remind_unanswered(services).await
}
