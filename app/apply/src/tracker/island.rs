//! The tracker as an island: it looks every so often whether something changed, and shows it in place.
//! Answering an offer needs no new page either. The page works the same without it.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use kit::AppError;
use leptos::ev;
use leptos::prelude::*;
use leptos::tachys::view::{Mountable, Render};
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlFormElement};

use super::status::status_view;
use super::{Status, ids};

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
                    say(ids::PROBLEM, "");
                    show(&status, true);
                }
                Ok(None) => {}
                Err(error) => say(ids::PROBLEM, &error.in_words()),
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

async fn send(accepts: bool) -> Result<Option<Status>, AppError> {
    let Some((reference, stamp)) = shown() else { return Ok(None) };
    if accepts {
        crate::accept_offer(reference.clone()).await?;
    } else {
        crate::decline_offer(reference.clone()).await?;
    }
    crate::where_it_stands(reference, stamp).await
}

fn part(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// The reference and the stamp of what is shown.
fn shown() -> Option<(String, String)> {
    let status = part(ids::STATUS)?;
    Some((status.get_attribute(ids::REFERENCE)?, status.get_attribute(ids::STAMP).unwrap_or_default()))
}

fn say(id: &str, words: &str) {
    if let Some(place) = part(id) {
        place.set_text_content(Some(words));
    }
}

/// Built first, then swapped in one go: nothing flashes. The focus stays where it is, unless it was on
/// something that is gone.
fn show(status: &Status, asked: bool) {
    let Some(place) = part(ids::STATUS) else { return };
    let had_focus = document().active_element().is_some_and(|focused| place.contains(Some(&focused)));
    let _ = place.set_attribute(ids::STAMP, &status.stamp);
    let mut fresh = Owner::new().with(|| status_view(status).build());
    place.set_text_content(None);
    fresh.mount(&place, None);
    if asked || had_focus {
        if let Some(stands) = part(ids::STANDS).and_then(|stands| stands.dyn_into::<HtmlElement>().ok()) {
            let _ = stands.focus();
        }
    }
    say(ids::NEWS, &[&status.stands, " ", &status.next].concat());
    // The link to take it back goes with the possibility.
    if let Some(withdraw) = part("withdraw") {
        let _ = if status.can_withdraw { withdraw.remove_attribute("hidden") } else { withdraw.set_attribute("hidden", "") };
    }
}
