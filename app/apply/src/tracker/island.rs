//! The tracker as an island: it looks every so often whether something changed, and shows it in place.
//! Answering an offer needs no new page either. The page works the same without it.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use kit::AppError;
use kit::live::{self, part, set_text};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlFormElement;

use super::{StatusUpdate, ids};

/// How often to look, in seconds.
const EVERY: u64 = 20;

/// Keeps the tracker right. Its children are what the server wrote.
#[island]
pub fn StatusTracker(children: Children) -> impl IntoView {
    let sending = Rc::new(Cell::new(false));
    let look = || {
        if !document().hidden() {
            spawn_local(async {
                // A broken line is tried again at the next look: nothing was asked of the person.
                if let Some((reference, stamp)) = shown()
                    && let Ok(Some(status)) = crate::where_it_stands(reference, stamp).await
                {
                    show(&status, false);
                }
            });
        }
    };
    // In the browser alone.
    Effect::new(move || {
        if let Ok(handle) = set_interval_with_handle(look, Duration::from_secs(EVERY)) {
            on_cleanup(move || handle.clear());
        }
        window_event_listener_untyped("visibilitychange", move |_| look());
    });
    let on_submit = move |event: ev::SubmitEvent| {
        let accepts = match answer(&event) {
            Some(accepts) => accepts,
            None => return,
        };
        event.prevent_default();
        if sending.replace(true) {
            return;
        }
        let sending = sending.clone();
        spawn_local(async move {
            let outcome = send(accepts).await;
            sending.set(false);
            match outcome {
                Ok(Some(status)) => {
                    set_text(part(ids::PROBLEM), "");
                    show(&status, true);
                }
                Ok(None) => {}
                Err(error) => set_text(part(ids::PROBLEM), &error.in_words()),
            }
        });
    };
    view! { <div on:submit=on_submit>{children()}</div> }
}

/// Whether a form accepts an offer or turns it down; nothing for other forms.
fn answer(event: &ev::SubmitEvent) -> Option<bool> {
    let form = event.target()?.dyn_into::<HtmlFormElement>().ok()?;
    let action = form.get_attribute("action")?;
    match action.as_str() {
        "/do/apply_accept_offer" => Some(true),
        "/do/apply_decline_offer" => Some(false),
        _ => None,
    }
}

async fn send(accepts: bool) -> Result<Option<StatusUpdate>, AppError> {
    let Some((reference, stamp)) = shown() else { return Ok(None) };
    if accepts {
        crate::accept_offer(reference.clone()).await?;
    } else {
        crate::decline_offer(reference.clone()).await?;
    }
    crate::where_it_stands(reference, stamp).await
}

/// The reference and the stamp of what is shown.
fn shown() -> Option<(String, String)> {
    let status = part(ids::STATUS)?;
    Some((status.get_attribute(ids::REFERENCE)?, status.get_attribute(ids::STAMP).unwrap_or_default()))
}

/// The focus stays where it is, unless it was on something that is gone.
fn show(update: &StatusUpdate, asked: bool) {
    let Some(place) = part(ids::STATUS) else { return };
    let had_focus = document().active_element().is_some_and(|focused| place.contains(Some(&focused)));
    let _ = place.set_attribute(ids::STAMP, &update.stamp);
    live::replace(&place, &update.html);
    if asked || had_focus {
        live::focus(part(ids::STANDS));
    }
    set_text(part(ids::NEWS), &update.said);
    // The link to take it back goes with the possibility.
    if let Some(withdraw) = part("withdraw") {
        let _ = if update.can_withdraw {
            withdraw.remove_attribute("hidden")
        } else {
            withdraw.set_attribute("hidden", "")
        };
    }
}
