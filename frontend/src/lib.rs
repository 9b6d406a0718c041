//! The entry point of the browser's bundle, and nothing else.

// Named, so that the linker keeps the islands of every audience.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Wakes the islands of the page. Leptos's hydration script calls it once the
/// bundle has loaded.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
