//! The search as an island: what the page's plain form, tags and links ask for is fetched and shown in
//! place. The page works the same without it.

use std::cell::Cell;
use std::rc::Rc;

use kit::live::{self, part, set_text};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, FormData, HtmlFormElement, HtmlInputElement, HtmlSelectElement, UrlSearchParams};

use crate::SearchUpdate;

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
                Ok(update) => {
                    say_problem("");
                    show(&update, by);
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
    // What somebody chose before this was awake is asked for now.
    let late = ask.clone();
    Effect::new(move |_| {
        if let Some(q) = form().filter(is_changed).and_then(|_| form_query()) {
            late(q, By::Form);
        }
    });
    window_event_listener(ev::popstate, move |_| {
        let here = live::here();
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

fn form() -> Option<HtmlFormElement> {
    part(ids::FORM)?.dyn_into().ok()
}

fn panel() -> Option<Element> {
    form()?.query_selector("details").ok()?
}

/// Whether a field of the form says something else than when the page came.
fn is_changed(form: &HtmlFormElement) -> bool {
    let fields = form.elements();
    (0..fields.length()).filter_map(|at| fields.item(at)).any(|field| {
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            input.checked() != input.default_checked() || input.value() != input.default_value()
        } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
            let came = select.query_selector("option[selected]").ok().flatten();
            let came = came.or_else(|| select.query_selector("option").ok().flatten());
            came.and_then(|option| option.get_attribute("value")).is_some_and(|value| value != select.value())
        } else {
            false
        }
    })
}

/// The form's fields as the query of an address.
fn form_query() -> Option<String> {
    let data = FormData::new_with_form(&form()?).ok()?;
    let pairs = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(pairs.to_string().into())
}

/// What stands behind the question mark.
fn query_of(address: &str) -> &str {
    address.split_once('?').map_or("", |(_, query)| query)
}

/// The query of the search that a click leads to; none for other links.
fn search_link(event: &ev::MouseEvent) -> Option<String> {
    let href = live::clicked_link(event)?;
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

/// Puts an answer in the place of the one before: results, number, address, title, filters.
fn show(update: &SearchUpdate, by: By) {
    let Some(list) = part(ids::RESULTS) else { return };
    if list.get_attribute(ids::ADDRESS).as_deref() != Some(&update.address) && by != By::History {
        live::push_address(&update.address);
    }
    let _ = list.set_attribute(ids::ADDRESS, &update.address);
    set_text(part(ids::HEADING), &update.heading);
    set_text(
        panel().and_then(|panel| panel.query_selector(".wex-filter__summary-text").ok().flatten()),
        &update.filters,
    );
    set_text(part(ids::SHOW), &update.show);
    for (key, text) in &update.labels {
        set_text(form().and_then(|form| form.query_selector(&format!("[data-count=\"{key}\"]")).ok().flatten()), text);
    }
    live::set_title(&update.title);
    if matches!(by, By::Link | By::History)
        && let Some(form) = form()
    {
        live::fill(&form, query_of(&update.address));
    }
    live::replace(&list, &update.html);
    if matches!(by, By::Link | By::Panel) {
        live::focus(part(ids::HEADING));
    }
}
