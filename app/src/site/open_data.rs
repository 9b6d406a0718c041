use kit::components::BackLink;
use leptos::prelude::*;
use leptos_meta::Title;

/// How other sites and programs read what is published.
#[component]
pub fn OpenDataPage() -> impl IntoView {
    view! {
        <Title text="Open data" />
        <BackLink href="/" text="Home" />
        <h1 class="nhsuk-heading-l">"Open data"</h1>
        <p>"Everything that is published here can be read by other websites and programs. Nothing about any person is in it."</p>
        <h2 class="nhsuk-heading-m">"As JSON"</h2>
        <p>
            <a href="/api/v1/opportunities">"/api/v1/opportunities"</a>
            " lists opportunities, page by page. Whatever stands behind the question mark of a search’s address can stand here too."
        </p>
        <p>
            "A page of the list says in “next” what the “cursor” of the following page is. One opportunity is at /api/v1/opportunities/ and the end of its address."
        </p>
        <p>
            <a href="/api/v1/openapi.json">"The description for programs (OpenAPI)"</a>
        </p>
        <p>"You may ask 120 times a minute. Send the ETag of an answer back as If-None-Match, and an answer that has not changed costs nothing."</p>
        <h2 class="nhsuk-heading-m">"As a feed"</h2>
        <p>
            <a href="/opportunities.atom">"/opportunities.atom"</a>
            " has the newest 50, for a feed reader. Put the end of any search’s address behind it: every search has its own feed."
        </p>
        <h2 class="nhsuk-heading-m">"On your own site"</h2>
        <p>
            <a href="/open-data/widget">"Show opportunities on your own pages"</a>
            " with one line: a list of a search’s first results, with links."
        </p>
        <h2 class="nhsuk-heading-m">"For search engines"</h2>
        <p>
            <a href="/sitemap.xml">"The sitemap"</a>
            " names every page that can be found, and each opportunity’s page has structured data in the words of schema.org."
        </p>
    }
}
