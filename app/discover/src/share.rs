//! Sharing and printing an opportunity, where the browser can. Without scripts there is a link for an email,
//! and the browser's own way to print.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys;
use web_sys::js_sys::Reflect;

/// What is said once the address was copied.
const COPIED: &str = "The address is copied.";

/// Two buttons: share, which copies the address where the browser shares nothing itself, and print.
#[island]
pub fn SharePage(
    /// The page's title, for the message.
    title: String,
) -> impl IntoView {
    let (awake, set_awake) = signal(false);
    let (said, say) = signal("");
    Effect::new(move |_| set_awake.set(true));
    let share = move |_| {
        let address = window().location().href().unwrap_or_default();
        let navigator = window().navigator();
        let can = |what: &str| Reflect::get(&navigator, &JsValue::from_str(what)).is_ok_and(|found| found.is_truthy());
        if can("share") {
            let data = web_sys::ShareData::new();
            data.set_title(&title);
            data.set_url(&address);
            // Somebody who closes the browser's own window has shared nothing, and needs no word about it.
            let _ = navigator.share_with_data(&data);
        } else if can("clipboard") {
            let _ = navigator.clipboard().write_text(&address);
            say.set(COPIED);
        }
    };
    view! {
        <p class="wex-share" hidden=move || !awake.get()>
            <button type="button" class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" on:click=share>
                "Share"
            </button>
            " "
            <button
                type="button"
                class="nhsuk-button nhsuk-button--secondary nhsuk-button--small"
                on:click=move |_| {
                    let _ = window().print();
                }
            >
                "Print"
            </button>
            " "
            <span role="status">{move || said.get()}</span>
        </p>
    }
}
