//! What the forms of keeping post to.

use domain::saved::Every;
use kit::AppError;
use leptos::prelude::*;

/// Keeps an opportunity.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::NotFound`] when there is none at this address,
/// [`AppError::Refused`] for somebody who keeps too many.
#[server(prefix = "/do", endpoint = "discover_save_opportunity")]
pub async fn save_opportunity(#[server(default)] slug: String) -> Result<(), AppError> {
    services::saved::save(&kit::request(), &slug).await?;
    kit::see_other(&format!("/opportunities/{}?saved=yes#keep", kit::urlencode(&slug)));
    Ok(())
}

/// Keeps an opportunity no longer. `back` is "saved" for the page of everything that is kept.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::NotFound`] when there never was one at this address.
#[server(prefix = "/do", endpoint = "discover_remove_opportunity")]
pub async fn remove_opportunity(
    #[server(default)] slug: String,
    #[server(default)] back: String,
) -> Result<(), AppError> {
    services::saved::remove(&kit::request(), &slug).await?;
    if back == "saved" {
        kit::see_other("/saved?done=removed");
    } else {
        kit::see_other(&format!("/opportunities/{}?saved=no#keep", kit::urlencode(&slug)));
    }
    Ok(())
}

/// Keeps a search; `query` as in its address. Without a choice of how often it is asked again.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::Refused`] for somebody who keeps too many.
#[server(prefix = "/do", endpoint = "discover_save_search")]
pub async fn save_search(#[server(default)] query: String, #[server(default)] every: String) -> Result<(), AppError> {
    let ctx = kit::request();
    ctx.actor()?;
    match Every::parse(&every) {
        Some(every) => {
            services::saved::save_search(&ctx, &query, every).await?;
            kit::see_other("/saved?done=search");
        }
        None => kit::see_other(&format!("/saved/new?for={}&problem=every", kit::urlencode(&query))),
    }
    Ok(())
}

/// Changes how often a search is answered, or, with "never", stops it.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::NotFound`] for somebody else's.
#[server(prefix = "/do", endpoint = "discover_change_search")]
pub async fn change_search(#[server(default)] id: String, #[server(default)] every: String) -> Result<(), AppError> {
    let ctx = kit::request();
    ctx.actor()?;
    let id: uuid::Uuid = id.parse().map_err(|_| AppError::NotFound)?;
    if every == "never" {
        services::saved::forget(&ctx, id).await?;
        kit::see_other("/saved?done=stopped");
    } else {
        let every = Every::parse(&every).ok_or(AppError::NotFound)?;
        services::saved::change(&ctx, id, every).await?;
        kit::see_other("/saved?done=changed");
    }
    Ok(())
}

/// Stops messages about something that is kept, by the link of one of them. Needs no signing in.
///
/// # Errors
/// [`AppError::NotFound`] for a link that is not from one of our messages.
#[server(prefix = "/do", endpoint = "discover_stop_saved")]
pub async fn stop_saved(#[server(default)] token: String) -> Result<(), AppError> {
    services::saved::stop(&kit::request().services, &token).await?;
    kit::see_other(&format!("/saved/stop/{}", kit::urlencode(&token)));
    Ok(())
}
