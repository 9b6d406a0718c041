//! "What past learners said": counts in words, from ten people on, and a few texts. Never a score.

use leptos::prelude::*;
use services::feedback::Said;

/// What past learners said.
pub(super) fn said_view(said: &Said) -> AnyView {
    let counts = said.counts.iter().cloned().map(|count| view! { <li>{count}</li> }).collect_view();
    let texts = said
        .texts
        .iter()
        .cloned()
        .map(|text| {
            view! {
                <blockquote class="wex-said">
                    <p class="wex-written">{text}</p>
                </blockquote>
            }
        })
        .collect_view();
    let heading = (!said.texts.is_empty()).then(|| view! { <h3 class="nhsuk-heading-s">"In their own words"</h3> });
    view! {
        <h2 class="nhsuk-heading-m" id="said">
            "What past learners said"
        </h2>
        <ul class="nhsuk-list nhsuk-list--bullet">{counts}</ul>
        {heading}
        {texts}
    }
    .into_any()
}
