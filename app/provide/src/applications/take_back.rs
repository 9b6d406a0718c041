//! What the forms of taking an offer back post to.

use kit::AppError;
use leptos::prelude::*;

/// Keeps why an offer is taken back, and shows the message that would be sent.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::NotFound`] for another provider's, and without the right
/// to decide; [`AppError::Refused`] when there is no offer any more.
#[server(prefix = "/do", endpoint = "provide_draft_take_back")]
pub async fn provide_draft_take_back(
    #[server(default)] reference: String,
    #[server(default)] reason: String,
    #[server(default)] note: String,
    #[server(default)] place: String,
    #[server(default)] show: String,
) -> Result<(), AppError> {
    use crate::applications::pages::{At, tidy_note};
    let draft = services::applications::DraftNo { reason, note: tidy_note(&note) };
    services::applications::save_taking_back(&kit::request(), &reference, &draft).await?;
    let place = domain::places::FreedPlace::parse(&place).unwrap_or(domain::places::FreedPlace::Next);
    kit::see_other(&At::new(&reference, &show).take_back(&format!("check=1&place={}", place.as_str())));
    Ok(())
}

/// Takes an offer back with the message that was read; `place` says whether the place goes away too.
///
/// # Errors
/// As [`provide_draft_take_back`].
#[server(prefix = "/do", endpoint = "provide_take_back")]
pub async fn provide_take_back(
    #[server(default)] reference: String,
    #[server(default)] reason: String,
    #[server(default)] note: String,
    #[server(default)] place: String,
    #[server(default)] fingerprint: String,
    #[server(default)] show: String,
) -> Result<(), AppError> {
    use crate::applications::pages::{At, tidy_note};
    let ctx = kit::request();
    services::policy::coordinator(&ctx)?;
    let at = At::new(&reference, &show);
    let draft = services::applications::DraftNo { reason, note: tidy_note(&note) };
    let freed = domain::places::FreedPlace::parse(&place).unwrap_or(domain::places::FreedPlace::Next);
    match services::applications::take_back(&ctx, &reference, &draft, freed, &fingerprint).await {
        Ok(()) => kit::see_other(&at.application("done=taken-back")),
        Err(services::Error::Refused(_)) => {
            kit::see_other(&at.take_back(&format!("check=1&problem=changed&place={}", freed.as_str())));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
