//! Writes the audit trail, inside the transaction of the change itself.

use domain::Role;
use domain::ids::{AccountId, OrganisationId};
use store::Tx;

use crate::{Result, Services};

/// Adds a line: who did what to which record. `detail` holds no personal data.
///
/// # Errors
/// When the store fails.
#[expect(clippy::too_many_arguments, reason = "a line of the trail has this many parts, and each is always said")]
pub async fn record(
    tx: &mut Tx,
    services: &Services,
    actor: Option<AccountId>,
    role: Role,
    action: &str,
    subject_kind: &str,
    subject: impl ToString,
    organisation: Option<OrganisationId>,
    detail: serde_json::Value,
) -> Result<()> {
    let entry = store::audit::Entry {
        id: services.uuid(),
        at: services.now(),
        actor,
        role,
        action: action.to_owned(),
        subject_kind: subject_kind.to_owned(),
        subject: subject.to_string(),
        organisation,
        detail: detail.to_string(),
    };
    Ok(store::audit::record(tx, &entry).await?)
}
