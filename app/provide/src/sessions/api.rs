//! What the forms of a session post to.

use domain::ids::SessionId;
use kit::AppError;
use leptos::prelude::*;
use services::sessions::Changed;

use super::pages::Typed;

/// Changes how many places a session has, and for whom some are reserved. What cannot be is shown again with
/// why: numbers and a school's name are nobody's data, so they travel in the address.
///
/// # Errors
/// [`AppError::NotFound`] for another provider's session or without the right to post; [`AppError::Refused`]
/// when the session is over.
#[server(prefix = "/do", endpoint = "provide_change_places")]
pub async fn change_places(
    #[server(default)] session: String,
    #[server(default)] places: String,
    #[server(default)] priority: String,
    #[server(default)] school_places: String,
    #[server(default)] school: String,
    #[server(default)] lists: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let id: SessionId = session.parse().map_err(|_| AppError::NotFound)?;
    // To others than its provider the session is not there, whatever they typed.
    let view = services::sessions::view(&ctx, id).await?;
    services::policy::coordinator_of(&ctx, view.about.organisation, |m| m.can_post)?;
    let typed = Typed { places, priority, school_places, school, lists };
    let page = format!("/provider/sessions/{id}");
    let Ok(change) = typed.read(&ctx).await? else {
        kit::see_other(&format!("{page}/places?{}", typed.query()));
        return Ok(());
    };
    match services::sessions::change_places(&ctx, id, &change).await? {
        Changed::Done => kit::see_other(&format!("{page}?done=places")),
        Changed::TooFew(..) => kit::see_other(&format!("{page}/places?{}", typed.query())),
    }
    Ok(())
}
