use kit::components::BackLink;
use leptos::prelude::*;
use leptos_meta::Title;

/// What can be chosen: its name, and what it does.
const CHOICES: [(&str, &str); 6] = [
    ("search", "Which opportunities: whatever stands behind the question mark of a search’s address here."),
    ("number", "How many are shown: 1 to 20, or 5 if you leave it out."),
    ("heading", "The words of the heading."),
    ("heading-level", "1 to 6, so that the heading fits those around it, or 2. Only for the script."),
    ("colour", "The colour of links and of the line above, like #005eb8."),
    ("background, text", "The colours of the background and of words. Check that people can read one on the other."),
];

/// How another site shows opportunities on its own pages.
#[component]
pub fn WidgetPage() -> impl IntoView {
    let base = kit::request().services.settings.base_url.clone();
    let script = format!(
        "<script async src=\"{base}/widget.js\"\n  data-search=\"profession=nursing&amp;where=LS1\"\n  data-number=\"5\"\n  data-heading=\"Nursing near Leeds\"></script>"
    );
    let element = format!(
        "<script async src=\"{base}/widget.js\"></script>\n<wex-opportunities search=\"profession=nursing\">\n  <a href=\"{base}/opportunities?profession=nursing\">Work experience in nursing</a>\n</wex-opportunities>"
    );
    let frame = format!(
        "<iframe title=\"Nursing near Leeds\"\n  src=\"{base}/widget?profession=nursing&amp;where=LS1&amp;number=5&amp;heading=Nursing+near+Leeds\"\n  width=\"100%\" height=\"640\" loading=\"lazy\"></iframe>"
    );
    let choices = CHOICES
        .map(|(name, what)| {
            view! {
                <div class="nhsuk-summary-list__row">
                    <dt class="nhsuk-summary-list__key">{name}</dt>
                    <dd class="nhsuk-summary-list__value">{what}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <Title text="Opportunities on your own site" />
        <BackLink href="/open-data" text="Open data" />
        <h1 class="nhsuk-heading-l">"Opportunities on your own site"</h1>
        <p>
            "Any website may show the first results of a search: a school’s page, or a page about careers. They are always as new as here. It sets no cookies, and we learn nothing about your readers."
        </p>
        <h2 class="nhsuk-heading-m">"With a script"</h2>
        <p>"Copy this to where the list should stand. The list has its own style, and yours does not change it."</p>
        {snippet("snippet-script", "Script", script)}
        <h2 class="nhsuk-heading-m">"As an element"</h2>
        <p>"If you show several lists, or a link where scripts are off, use the element:"</p>
        {snippet("snippet-element", "Element", element)}
        <h2 class="nhsuk-heading-m">"In an iframe"</h2>
        <p>"This works without scripts. Give the frame a title, for people who cannot see it."</p>
        {snippet("snippet-frame", "Iframe", frame)}
        <h2 class="nhsuk-heading-m">"What you can choose"</h2>
        <p>
            "Write data- in front of each name in the script. In the iframe, each stands in the address, and the search stands there as it is."
        </p>
        <dl class="nhsuk-summary-list">{choices}</dl>
        <p>
            "If your site has a content policy, allow this site in script-src and connect-src, or in frame-src for the iframe."
        </p>
        <h2 class="nhsuk-heading-m" id="example">
            "How it looks"
        </h2>
        <script async="" src="/widget.js" data-search="sort=newest" data-number="3" data-heading="The newest three" data-heading-level="3"></script>
        <noscript>
            <p>"Scripts are off. " <a href="/widget?sort=newest&number=3">"See the page that an iframe shows"</a></p>
        </noscript>
    }
}

/// Text to copy, in a box that can be reached and selected with the keyboard.
fn snippet(id: &'static str, label: &'static str, text: String) -> impl IntoView {
    let rows = text.lines().count().to_string();
    view! {
        <div class="nhsuk-form-group">
            <label class="nhsuk-label" for=id>
                {label}
            </label>
            <textarea class="nhsuk-textarea wex-snippet" id=id rows=rows readonly spellcheck="false">
                {text}
            </textarea>
        </div>
    }
}
