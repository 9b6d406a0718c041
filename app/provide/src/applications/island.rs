//! The table as an island: filters update in place, keys go through the rows, and the list is looked up
//! again every half a minute. Everything works the same without it, by links.

use std::cell::Cell;
use std::time::Duration;

use kit::live::{self, closest, part, set_text};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::{ev, web_sys};
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement};

use super::QueueUpdate;

/// The ids by which the island finds the parts of the page that the server wrote.
pub(crate) mod ids {
    /// The filters.
    pub const FILTERS: &str = "queue-filters";
    /// The box around the table.
    pub const LIST: &str = "queue-list";
    /// Where what changed is said to people who do not see it.
    pub const SAID: &str = "queue-said";
    /// Where a broken line is said.
    pub const PROBLEM: &str = "queue-problem";
    /// The buttons that go through the list.
    pub const KEYS: &str = "queue-keys";
    /// The list of keys.
    pub const HELP: &str = "queue-help";
    /// The box that turns keys off.
    pub const KEYS_ON: &str = "queue-keys-on";
}

const PATH: &str = "/provider/applications";
/// How often the list is looked up again.
const AGAIN: Duration = Duration::from_secs(30);
/// Where the browser keeps that somebody does not want single keys.
const KEYS_OFF: &str = "wex-keys-off";
/// After so many looks without a key or a click nobody is there: the session may end as it should.
const LOOKS: u32 = 20;
const CURRENT: &str = "wex-table__row--current";

/// Why the list is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// A filter was chosen.
    Filter,
    /// Back or forward: the address is there already.
    History,
    /// Time has passed: nothing may move that a person looks at or types in.
    Time,
}

/// Updates the applications in place. Its children are the filters and the table, written by the server.
#[island]
pub fn QueueTable(children: Children) -> impl IntoView {
    Effect::new(|_| {
        if let Some(keys) = part(ids::KEYS) {
            let _ = keys.remove_attribute("hidden");
        }
        if let Some(on) = keys_box() {
            on.set_checked(stored().and_then(|s| s.get_item(KEYS_OFF).ok().flatten()).is_none());
        }
        let _ = set_interval_with_handle(
            || {
                if !document().hidden() && LOOKED.replace(LOOKED.get() + 1) < LOOKS {
                    ask(shown(), By::Time);
                }
            },
            AGAIN,
        );
        window_event_listener(ev::popstate, |_| ask(shown(), By::History));
        window_event_listener(ev::keydown, on_key);
    });
    view! {
        <div class="wex-queue" on:click=on_click on:change=on_change on:focusin=on_focus>
            {children()}
        </div>
    }
}

fn keys_box() -> Option<HtmlInputElement> {
    part(ids::KEYS_ON)?.dyn_into().ok()
}

fn stored() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn help() -> Option<HtmlDialogElement> {
    part(ids::HELP)?.dyn_into().ok()
}

/// The word of the filter in the address.
fn shown() -> String {
    word_of(&window().location().search().unwrap_or_default())
}

fn word_of(search: &str) -> String {
    web_sys::UrlSearchParams::new_with_str(search).ok().and_then(|words| words.get("show")).unwrap_or_default()
}

thread_local! {
    /// Counts what a person asked for, so that only the answer to the last question is shown.
    static ASKED: Cell<u32> = const { Cell::new(0) };
    /// Counts looks since the last key or click.
    static LOOKED: Cell<u32> = const { Cell::new(0) };
}

fn stir() {
    LOOKED.set(0);
}

fn ask(show: String, by: By) {
    if by != By::Time {
        ASKED.set(ASKED.get() + 1);
    }
    let number = ASKED.get();
    spawn_local(async move {
        let answer = super::provide_queue(show.clone()).await;
        if number != ASKED.get() || by == By::Time && shown() != show {
            return;
        }
        match answer {
            Ok(update) => {
                set_text(part(ids::PROBLEM), "");
                show_update(&update, by);
            }
            Err(error) => set_text(part(ids::PROBLEM), &error.in_words()),
        }
    });
}

/// Markup of our own server as elements, not yet in the page.
fn built(html: &str) -> Option<Element> {
    let holder = document().create_element("div").ok()?;
    holder.set_inner_html(html);
    Some(holder)
}

fn children_of(parent: &Element) -> Vec<Element> {
    let children = parent.children();
    (0..children.length()).filter_map(|at| children.item(at)).collect()
}

fn show_update(update: &QueueUpdate, by: By) {
    let (Some(filters), Some(list)) = (part(ids::FILTERS), part(ids::LIST)) else { return };
    if by == By::Filter {
        live::push_address(&update.address);
    }
    if by != By::Time {
        live::set_title(&update.title);
    }
    // The same filters in the same order: their words and which one is chosen change, the links stay.
    if let Some(fresh) = built(&update.filters) {
        for (old, new) in children_of(&filters).iter().zip(&children_of(&fresh)) {
            if let (Some(old), Some(new)) = (old.first_element_child(), new.first_element_child()) {
                set_text(Some(old.clone()), &new.text_content().unwrap_or_default());
                let _ = match new.get_attribute("aria-current") {
                    Some(value) => old.set_attribute("aria-current", &value),
                    None => old.remove_attribute("aria-current"),
                };
            }
        }
    }
    let Some(fresh) = built(&update.list) else { return };
    let before = list.text_content();
    if by != By::Time || !merge(&list, &fresh) {
        list.set_inner_html(&update.list);
    }
    if by != By::Time || before != list.text_content() {
        set_text(part(ids::SAID), &update.said);
    }
}

/// Makes one table say what the other says, cell by cell: a row that stays keeps its place, its mark and
/// the focus. Whether both are tables.
fn merge(list: &Element, fresh: &Element) -> bool {
    let both = |what: &str| Some((list.query_selector(what).ok()??, fresh.query_selector(what).ok()??));
    let (Some((body, new_body)), Some((caption, new_caption))) = (both("tbody"), both("caption")) else { return false };
    set_text(Some(caption), &new_caption.text_content().unwrap_or_default());
    let new_rows = children_of(&new_body);
    for row in children_of(&body) {
        if !new_rows.iter().any(|new| key(new) == key(&row)) {
            row.remove();
        }
    }
    for (at, new) in new_rows.iter().enumerate() {
        let rows = children_of(&body);
        let there = rows.get(at);
        if let Some(old) = rows.iter().find(|row| key(row) == key(new)) {
            for (cell, new_cell) in children_of(old).iter().zip(&children_of(new)) {
                let html = new_cell.inner_html();
                if cell.inner_html() != html {
                    cell.set_inner_html(&html);
                }
            }
            if there != Some(old) {
                let _ = body.insert_before(old, there.map(AsRef::as_ref));
            }
        } else {
            let _ = body.insert_before(new, there.map(AsRef::as_ref));
        }
    }
    true
}

/// What a row is about: the address that it leads to.
fn key(row: &Element) -> Option<String> {
    link(row)?.get_attribute("href")
}

fn link(row: &Element) -> Option<HtmlElement> {
    row.query_selector("a").ok()??.dyn_into().ok()
}

/// The box that chooses a row, if it can be chosen.
fn boxes(row: &Element) -> Option<HtmlInputElement> {
    row.query_selector("input[type=checkbox]").ok()??.dyn_into().ok()
}

fn rows() -> Vec<Element> {
    part(ids::LIST)
        .and_then(|list| list.query_selector("tbody").ok().flatten())
        .map(|body| children_of(&body))
        .unwrap_or_default()
}

fn is_current(row: &Element) -> bool {
    row.class_list().contains(CURRENT)
}

fn mark(row: &Element) {
    for other in rows() {
        let _ = other.class_list().remove_1(CURRENT);
    }
    let _ = row.class_list().add_1(CURRENT);
}

/// What a key or its button does. A key takes the focus along; a button keeps it, to be pressed again.
fn act(key: &str, by_key: bool) -> bool {
    let rows = rows();
    let at = rows.iter().position(is_current);
    match (key, at) {
        ("j" | "k", at) => {
            let to = match (key, at) {
                (_, None) => 0,
                ("j", Some(at)) => (at + 1).min(rows.len().saturating_sub(1)),
                (_, Some(at)) => at.saturating_sub(1),
            };
            let Some((row, link)) = rows.get(to).and_then(|row| Some((row, link(row)?))) else { return false };
            mark(row);
            if by_key {
                let _ = link.focus();
            } else {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                row.scroll_into_view_with_scroll_into_view_options(&options);
                set_text(part(ids::SAID), &link.text_content().unwrap_or_default());
            }
        }
        // A focused link opens by itself: this is the button's way.
        ("Enter", Some(at)) if !by_key => {
            if let Some(link) = link(&rows[at]) {
                link.click();
            }
        }
        ("x", Some(at)) => {
            let Some(choose) = boxes(&rows[at]) else { return false };
            choose.set_checked(!choose.checked());
            set_text(part(ids::SAID), if choose.checked() { "Chosen" } else { "Not chosen" });
        }
        ("x", None) => return act("j", by_key),
        ("Enter", None) if !by_key => return act("j", by_key),
        ("o" | "w" | "n", _) if by_key => {
            if !rows.iter().flat_map(boxes).any(|choose| choose.checked()) {
                set_text(part(ids::PROBLEM), "Choose at least one application first. Press x on its row.");
                return true;
            }
            let answer = match key {
                "o" => "offer",
                "w" => "waiting-list",
                _ => "no",
            };
            let Some(button) = part(ids::LIST)
                .and_then(|list| list.query_selector(&format!("button[value={answer}]")).ok().flatten())
                .and_then(|button| button.dyn_into::<HtmlElement>().ok())
            else {
                return false;
            };
            button.click();
        }
        ("?", _) => {
            if let Some(help) = help() {
                let _ = help.show_modal();
            }
        }
        _ => return false,
    }
    true
}

fn on_click(event: ev::MouseEvent) {
    stir();
    if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
        return;
    }
    if let Some(button) = closest(event.target(), "button[data-key]") {
        act(&button.get_attribute("data-key").unwrap_or_default(), false);
    } else if let Some(href) = closest(event.target(), ".wex-filters__link").and_then(|link| link.get_attribute("href"))
    {
        event.prevent_default();
        ask(word_of(href.strip_prefix(PATH).unwrap_or_default()), By::Filter);
    }
}

fn on_change(event: ev::Event) {
    if let (Some(_), Some(on), Some(stored)) =
        (closest(event.target(), &format!("#{}", ids::KEYS_ON)), keys_box(), stored())
    {
        let _ = if on.checked() { stored.remove_item(KEYS_OFF) } else { stored.set_item(KEYS_OFF, "1") };
    }
}

fn on_focus(event: ev::FocusEvent) {
    if let Some(row) = closest(event.target(), "tbody tr") {
        mark(&row);
    }
}

fn on_key(event: ev::KeyboardEvent) {
    stir();
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
        return;
    }
    // Letters belong to what is typed in, and nothing behind the list of keys moves.
    if closest(event.target(), "input:not([type=checkbox]), select, textarea, dialog").is_some()
        || help().is_some_and(|help| help.open())
    {
        return;
    }
    if keys_box().is_some_and(|on| on.checked()) && act(&event.key(), true) {
        event.prevent_default();
    }
}
