use leptos::prelude::*;
use leptos_meta::Title;

/// What a browser kept of the site. Only the browser's own worker knows it, and writes the list between the
/// two comments (`server/src/http/offline/worker.js`); it also shows this page where there is no connection.
#[component]
pub fn OfflinePage() -> impl IntoView {
    let nothing = r#"<!--kept--><p>No page is kept on this device yet.</p><!--/kept-->"#;
    view! {
        <Title text="Pages to read offline" />
        <div class="nhsuk-grid-row">
            <div class="nhsuk-grid-column-two-thirds">
                <h1 class="nhsuk-heading-l">"Pages to read offline"</h1>
                <p>
                    "When scripts are on, your browser keeps pages that you opened here. You can read them again without a connection. "
                    "To apply, or to see your applications, you need a connection."
                </p>
                <div inner_html=nothing></div>
            </div>
        </div>
    }
}
