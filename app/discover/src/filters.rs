//! The search as an island: what the page's plain form, tags and links ask for is fetched and shown in
//! place. The page works the same without it.

use std::cell::Cell;
use std::rc::Rc;

use domain::search::{Query, Results};
use leptos::prelude::*;
use leptos::tachys::view::{Mountable, Render};
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::{ev, web_sys};
use web_sys::{Element, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement};

use crate::results::{ResultsView, count_in_words, filter_in_words, show_in_words, title};

/// The ids by which the island finds the parts of the page that the server wrote.
pub(crate) mod ids {
    /// The form.
    pub const FORM: &str = "search-form";
    /// The box around what changes with every answer.
    pub const RESULTS: &str = "search-results";
    /// The heading with the number of results.
    pub const HEADING: &str = "results-heading";
    /// Where a broken line is said.
    pub const PROBLEM: &str = "search-problem";
    /// The button below the filters.
    pub const SHOW: &str = "show-results";
    /// On [`RESULTS`]: the address of what it shows.
    pub const ADDRESS: &str = "data-address";
}

/// What was done to ask for an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// A field was changed, or the form sent from a field: the focus stays there.
    Form,
    /// The form was sent from the filters on a phone, which close: the focus goes to the results.
    Panel,
    /// A tag, page or other link, which may be gone afterwards: the focus goes to the results.
    Link,
    /// Back or forward: the address is there already.
    History,
}

/// Updates the search in place. Its children are the form and the first results, written by the server.
#[island]
pub fn SearchFilters(children: Children) -> impl IntoView {
    // Counts what was asked, so that only the answer to the last question is shown.
    let asked = Rc::new(Cell::new(0_u32));
    let ask = move |q: String, by: By| {
        asked.set(asked.get() + 1);
        let (number, asked) = (asked.get(), asked.clone());
        set_busy(true);
        spawn_local(async move {
            let answer = crate::search_results(q).await;
            if number != asked.get() {
                return;
            }
            set_busy(false);
            match answer {
                Ok(results) => {
                    say_problem("");
                    show(results, by);
                }
                Err(error) => say_problem(&error.in_words()),
            }
        });
    };
    let on_change = {
        let ask = ask.clone();
        move |_: ev::Event| {
            if let Some(q) = form_query() {
                ask(q, By::Form);
            }
        }
    };
    let on_submit = {
        let ask = ask.clone();
        move |event: ev::SubmitEvent| {
            if let Some(q) = form_query() {
                event.prevent_default();
                ask(q, if close_panel() { By::Panel } else { By::Form });
            }
        }
    };
    let on_click = {
        let ask = ask.clone();
        move |event: ev::MouseEvent| {
            if let Some(q) = search_link(&event) {
                event.prevent_default();
                ask(q, By::Link);
            }
        }
    };
    window_event_listener(ev::popstate, move |_| {
        let location = window().location();
        let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
        // Moving to a fragment of this page is no other search.
        if part(ids::RESULTS).and_then(|results| results.get_attribute(ids::ADDRESS)).is_some_and(|shown| shown != here)
        {
            ask(query_of(&here).to_owned(), By::History);
        }
    });
    view! {
        <div class="wex-search" on:change=on_change on:submit=on_submit on:click=on_click>
            {children()}
        </div>
    }
}

fn part(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

fn form() -> Option<HtmlFormElement> {
    part(ids::FORM)?.dyn_into().ok()
}

fn panel() -> Option<Element> {
    form()?.query_selector("details").ok()?
}

/// The form's fields as the query of an address.
fn form_query() -> Option<String> {
    let data = web_sys::FormData::new_with_form(&form()?).ok()?;
    let pairs = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(pairs.to_string().into())
}

/// What stands behind the question mark.
fn query_of(address: &str) -> &str {
    address.split_once('?').map_or("", |(_, query)| query)
}

/// The query of the search that a click leads to; none for other links, and for clicks that mean another
/// window.
fn search_link(event: &ev::MouseEvent) -> Option<String> {
    if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
        return None;
    }
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??;
    let href = link.get_attribute("href")?;
    (href == "/opportunities" || href.starts_with("/opportunities?")).then(|| query_of(&href).to_owned())
}

/// Closes the filters where a person opened them; whether they were open.
fn close_panel() -> bool {
    panel().is_some_and(|panel| panel.has_attribute("open") && panel.remove_attribute("open").is_ok())
}

fn set_busy(busy: bool) {
    if let Some(results) = part(ids::RESULTS) {
        let _ = results.set_attribute("aria-busy", if busy { "true" } else { "false" });
    }
}

fn say_problem(words: &str) {
    set_text(part(ids::PROBLEM), words);
}

/// Only a text that differs is written, so that nothing is announced twice.
fn set_text(element: Option<Element>, text: &str) {
    if let Some(element) = element.filter(|element| element.text_content().as_deref() != Some(text)) {
        element.set_text_content(Some(text));
    }
}

/// Puts an answer in the place of the one before: results, number, address, title, filters.
fn show(results: Results, by: By) {
    let Some(list) = part(ids::RESULTS) else { return };
    let address = results.query.address();
    let changed = list.get_attribute(ids::ADDRESS).as_deref() != Some(&address);
    if changed
        && by != By::History
        && let Ok(history) = window().history()
    {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&address));
    }
    let _ = list.set_attribute(ids::ADDRESS, &address);
    set_text(part(ids::HEADING), &count_in_words(&results));
    set_text(
        panel().and_then(|panel| panel.query_selector(".wex-filter__summary-text").ok().flatten()),
        &filter_in_words(&results.query),
    );
    set_text(part(ids::SHOW), &show_in_words(results.total));
    // The part behind the last dash is the site's name, which the server puts there.
    let now = document().title();
    let site = now.rfind(" – ").map_or("", |at| &now[at..]);
    document().set_title(&format!("{}{site}", title(&results)));
    if matches!(by, By::Link | By::History) {
        fill_form(&results.query);
    }
    // Built first, then swapped in one go: nothing flashes. Nothing in it reacts, so nothing has to be kept.
    let owner = Owner::new();
    let mut fresh = owner.with(|| view! { <ResultsView results=results /> }.into_any().build());
    list.set_text_content(None);
    fresh.mount(&list, None);
    if matches!(by, By::Link | By::Panel)
        && let Some(heading) = part(ids::HEADING).and_then(|heading| heading.dyn_into::<HtmlElement>().ok())
    {
        let _ = heading.focus();
    }
}

/// Makes the form say what the query says.
fn fill_form(query: &Query) {
    let Some(form) = form() else { return };
    let pairs = query.pairs();
    let value = |name: &str| pairs.iter().find(|(other, _)| *other == name).map_or("", |(_, value)| value.as_str());
    let fields = form.elements();
    for at in 0..fields.length() {
        let Some(field) = fields.item(at) else { continue };
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            if input.type_() == "checkbox" {
                input.set_checked(pairs.iter().any(|(name, value)| *name == input.name() && *value == input.value()));
            } else {
                input.set_value(value(&input.name()));
            }
        } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
            select.set_value(value(&select.name()));
        }
    }
}
