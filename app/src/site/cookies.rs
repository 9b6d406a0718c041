use leptos::prelude::*;
use leptos_meta::Title;

/// Which cookies there are.
#[component]
pub fn CookiesPage() -> impl IntoView {
    view! {
        <Title text="Cookies" />
        <div class="nhsuk-grid-row">
            <div class="nhsuk-grid-column-two-thirds">
                <h1 class="nhsuk-heading-l">"Cookies"</h1>
                <p>
                    "Cookies are small files that a website keeps in your browser. We use them only to sign you in. "
                    "You cannot turn them off, because signing in does not work without them."
                </p>
                <p>"You can search and read every opportunity without any cookie."</p>
                <p>"We do not count visits with cookies. We do not advertise. No other organisation sets a cookie here."</p>
                <table class="nhsuk-table">
                    <caption class="nhsuk-table__caption nhsuk-table__caption--m">"Cookies we set"</caption>
                    <thead class="nhsuk-table__head">
                        <tr>
                            <th scope="col">"Name"</th>
                            <th scope="col">"What it is for"</th>
                            <th scope="col">"When it ends"</th>
                        </tr>
                    </thead>
                    <tbody class="nhsuk-table__body">
                        <tr class="nhsuk-table__row">
                            <td class="nhsuk-table__cell"><code>"__Host-wex"</code></td>
                            <td class="nhsuk-table__cell">"Keeps you signed in"</td>
                            <td class="nhsuk-table__cell">"When you sign out. At the latest 60 days after you signed in, for staff after 12 hours"</td>
                        </tr>
                        <tr class="nhsuk-table__row">
                            <td class="nhsuk-table__cell"><code>"__Host-wex-start"</code></td>
                            <td class="nhsuk-table__cell">"Remembers that you are in the middle of signing in"</td>
                            <td class="nhsuk-table__cell">"When you have signed in, or after 45 minutes"</td>
                        </tr>
                    </tbody>
                </table>
                <h2 class="nhsuk-heading-m">"Pages to read offline"</h2>
                <p>
                    "When scripts are on, your browser keeps up to 60 pages that you opened here, for 30 days at most. "
                    "You can then "<a href="/offline">"read them without a connection"</a>
                    ", and remove them there. They are pages that anybody can read, and nothing of yours is on them. "
                    "Signing in or out removes them too. They are no cookies and are never sent to us."
                </p>
                <h2 class="nhsuk-heading-m">"An answer that could not be sent"</h2>
                <p>
                    "When the connection breaks while you apply, the answer that you were sending is kept in that window, under the name "
                    <code>"wex-typed"</code>
                    ". It goes when it is sent, when you sign out or when you close the window. No other window sees it."
                </p>
                <h2 class="nhsuk-heading-m">"Keyboard shortcuts"</h2>
                <p>
                    "A coordinator who turns off single-key shortcuts has that kept in their own browser, under the name "
                    <code>"wex-keys-off"</code> ". It is not a cookie and is never sent to us."
                </p>
            </div>
        </div>
    }
}
