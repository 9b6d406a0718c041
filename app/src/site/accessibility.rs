use leptos::prelude::*;
use leptos_meta::Title;

/// How accessible the service is, and what to do when it is not.
#[component]
pub fn AccessibilityPage() -> impl IntoView {
    view! {
        <Title text="Accessibility statement" />
        <div class="nhsuk-grid-row">
            <div class="nhsuk-grid-column-two-thirds">
                <h1 class="nhsuk-heading-l">"Accessibility statement"</h1>
                <p>"We want everybody to be able to find and apply for work experience. You should be able to:"</p>
                <ul>
                    <li>"use every page with a keyboard, a screen reader or voice control"</li>
                    <li>"zoom in to 400% without scrolling sideways"</li>
                    <li>"use every page on a small phone"</li>
                    <li>"do everything with scripts turned off"</li>
                    <li>"change colours, contrast and spacing in your browser"</li>
                </ul>
                <h2 class="nhsuk-heading-m">"How accessible this service is"</h2>
                <p>
                    "We build to the "
                    <a href="https://www.w3.org/TR/WCAG22/" rel="noreferrer">
                        "Web Content Accessibility Guidelines version 2.2"
                    </a> ", level AA, with the components of the NHS.UK design system."
                </p>
                <p>
                    "The pages are checked automatically in a browser at two screen sizes, with scripts on and off. "
                    "Automatic checks find only some problems. "
                    "Nobody outside the project has audited this service, and it has not yet been tested with people who use assistive technology. "
                    "So we cannot say that it meets the guidelines in full."
                </p>
                <h2 class="nhsuk-heading-m">"What may not be accessible"</h2>
                <ul>
                    <li>"Providers write the text of their opportunities. Some of it may be hard to read."</li>
                    <li>"Films, talks and websites that an opportunity links to belong to others. They may have no captions."</li>
                    <li>"The places where work experience happens differ. Each opportunity says what its provider told us about access."</li>
                </ul>
                <h2 class="nhsuk-heading-m">"Tell us about a problem"</h2>
                <p>
                    "If you cannot use a page, or need it in another form, "<a href="/contact">"contact us"</a>
                    ". Say which page it is and what you use to read it."
                </p>
                <p>
                    "If you are not happy with our answer, the "
                    <a href="https://www.equalityadvisoryservice.com/" rel="noreferrer">
                        "Equality Advisory and Support Service"
                    </a> " can advise you."
                </p>
            </div>
        </div>
    }
}
