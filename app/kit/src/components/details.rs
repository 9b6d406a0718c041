//! Text that opens on demand. The browser's own element: no script.

use super::text::{MaybeText, classes};
use leptos::prelude::*;

fn details_view(summary: String, open: bool, id: MaybeText, class: &str, children: Children) -> AnyView {
    view! {
        <details class=classes(&["nhsuk-details", class]) open=open id=id.into_inner()>
            <summary class="nhsuk-details__summary">
                <span class="nhsuk-details__summary-text">{summary}</span>
            </summary>
            <div class="nhsuk-details__text">{children()}</div>
        </details>
    }
    .into_any()
}

/// Help that few readers need.
#[component]
pub fn Details(
    /// What is inside.
    #[prop(into)]
    summary: String,
    /// Open from the start.
    #[prop(optional)]
    open: bool,
    /// Id.
    #[prop(optional, into)]
    id: MaybeText,
    /// The text.
    children: Children,
) -> impl IntoView {
    details_view(summary, open, id, "", children)
}

/// The same with a box around, for longer parts that many readers need.
#[component]
pub fn Expander(
    /// What is inside.
    #[prop(into)]
    summary: String,
    /// Open from the start.
    #[prop(optional)]
    open: bool,
    /// Id.
    #[prop(optional, into)]
    id: MaybeText,
    /// The text.
    children: Children,
) -> impl IntoView {
    details_view(summary, open, id, "nhsuk-expander", children)
}
