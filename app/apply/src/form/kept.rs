//! What was typed and could not be sent, kept in this window until it can be
//! (docs/decisions/0015-typed-offline.md).

use kit::live::{self, TYPED};
use leptos::prelude::window;
use leptos::web_sys::{FormData, HtmlFormElement, Storage, UrlSearchParams};

/// The window's own store: it goes with the window, and no other one sees it.
fn store() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// What is kept for the question at this path.
fn kept(path: &str) -> Option<String> {
    let typed = store()?.get_item(TYPED).ok()??;
    let (of, answers) = typed.split_once('?')?;
    (of == path).then(|| answers.to_owned())
}

/// Whether anything is.
pub(super) fn has(path: &str) -> bool {
    kept(path).is_some()
}

/// Keeps the answers to it, in the place of any kept before; whether the browser could.
pub(super) fn keep(path: &str, answers: &FormData) -> bool {
    let (Some(store), Ok(pairs)) = (store(), UrlSearchParams::new_with_str_sequence_sequence(answers)) else {
        return false;
    };
    store.set_item(TYPED, &[path, "?", &String::from(pairs.to_string())].concat()).is_ok()
}

/// Forgets them: they were sent.
pub(super) fn forget(path: &str) {
    if has(path)
        && let Some(store) = store()
    {
        let _ = store.remove_item(TYPED);
    }
}

/// Puts them back into its form; what they were.
pub(super) fn put_back(path: &str, form: &HtmlFormElement) -> Option<UrlSearchParams> {
    let answers = kept(path)?;
    live::fill(form, &answers);
    UrlSearchParams::new_with_str(&answers).ok()
}
