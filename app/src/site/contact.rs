use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::Title;

use crate::Site;

/// Whom to ask, and how to complain.
#[component]
pub fn ContactPage() -> impl IntoView {
    let site = use_context::<Arc<Site>>().unwrap_or_default();
    let us = match site.contact.clone() {
        _ if site.demonstration => view! { <p>"This is a demonstration: nobody reads messages about it."</p> }.into_any(),
        Some(address) => {
            let link = format!("mailto:{address}");
            view! {
                <p>"Write to " <a href=link>{address}</a> "."</p>
                <p>"If a page showed you a reference, tell us: it helps us to find what went wrong."</p>
            }
            .into_any()
        }
        None => {
            view! { <p>"Whoever runs this copy of the service has not set an address yet. The provider of an opportunity can help you meanwhile."</p> }
                .into_any()
        }
    };
    view! {
        <Title text="Contact and complaints" />
        <div class="nhsuk-grid-row">
            <div class="nhsuk-grid-column-two-thirds">
                <h1 class="nhsuk-heading-l">"Contact and complaints"</h1>
                <h2 class="nhsuk-heading-m">"About an application or an opportunity"</h2>
                <p>
                    "Ask the provider first. They decide about applications and know the place. "
                    "Their address is on the opportunity’s page, where they gave one. Give your application’s reference."
                </p>
                <h2 class="nhsuk-heading-m">"About this website"</h2>
                {us}
                <h2 class="nhsuk-heading-m">"If something went wrong"</h2>
                <p>"To complain, say what happened, when, and what you would like to happen now. Somebody who did not deal with it before should look at it."</p>
                <ul>
                    <li>"About how a provider treated you: complain to that provider. Every NHS organisation has its own complaints procedure on its website."</li>
                    <li>
                        "About what we keep about you: you can also complain to the "
                        <a href="https://ico.org.uk/make-a-complaint/" rel="noreferrer">
                            "Information Commissioner’s Office"
                        </a> "."
                    </li>
                </ul>
                <h2 class="nhsuk-heading-m">"If you or somebody else is not safe"</h2>
                <p>
                    "Nobody watches this website for messages about safety. In an emergency call 999. "
                    "At a placement, tell your supervisor, or an adult whom you trust."
                </p>
            </div>
        </div>
    }
}
