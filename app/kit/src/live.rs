//! What islands share to update a page in place: small steps on the document that the server wrote.
//!
//! An island asks a server function for markup made by the very views that made the page, and puts it in
//! the place of the old. So nothing is written twice, and learners on slow lines carry no views.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::{ev, web_sys};
use web_sys::{
    Element, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, UrlSearchParams,
};

/// The name in the window's own store under which an answer lies that could not be sent.
pub const TYPED: &str = "wex-typed";

/// The part of the page with this id.
#[must_use]
pub fn part(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// Writes a text, if it differs: nothing is announced twice.
pub fn set_text(element: Option<Element>, text: &str) {
    if let Some(element) = element.filter(|element| element.text_content().as_deref() != Some(text)) {
        element.set_text_content(Some(text));
    }
}

/// Puts markup of our own server into a part of the page, in one go: nothing flashes.
pub fn replace(place: &Element, html: &str) {
    place.set_inner_html(html);
}

/// Changes the window's title, and leaves the site's name that the server put behind the last dash.
pub fn set_title(title: &str) {
    let now = document().title();
    let site = now.rfind(" – ").map_or("", |at| &now[at..]);
    document().set_title(&[title, site].concat());
}

/// Changes the address without a visit.
pub fn push_address(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Leaves for another page, as a link does.
pub fn visit(address: &str) {
    let _ = window().location().set_href(address);
}

/// Path and query of the page's address.
#[must_use]
pub fn here() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// Moves the focus to an element, also one that is not made for it.
pub fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        if element.tab_index() < 0 {
            let _ = element.set_attribute("tabindex", "-1");
        }
        let _ = element.focus();
    }
}

/// The element that an event came from, or the nearest around it that fits the selector.
#[must_use]
pub fn closest(target: Option<web_sys::EventTarget>, selector: &str) -> Option<Element> {
    target?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}

/// The address of the link that was clicked; none for other places, and for clicks that mean another window.
#[must_use]
pub fn clicked_link(event: &ev::MouseEvent) -> Option<String> {
    if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
        return None;
    }
    closest(event.target(), "a[href]")?.get_attribute("href")
}

/// Makes a form say what a query says. A field that is not in it is empty.
pub fn fill(form: &HtmlFormElement, query: &str) {
    let Ok(pairs) = UrlSearchParams::new_with_str(query) else { return };
    let value = |name: &str| pairs.get(name).unwrap_or_default();
    let fields = form.elements();
    for at in 0..fields.length() {
        let Some(field) = fields.item(at) else { continue };
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            if matches!(input.type_().as_str(), "checkbox" | "radio") {
                let chosen = pairs.get_all(&input.name()).iter().any(|one| one.as_string() == Some(input.value()));
                input.set_checked(chosen);
            } else {
                input.set_value(&value(&input.name()));
            }
        } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
            select.set_value(&value(&select.name()));
        } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(&value(&area.name()));
        }
    }
}
