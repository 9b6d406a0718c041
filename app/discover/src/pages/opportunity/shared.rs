//! What other sites and chats read in the head of an opportunity's page.

use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;
use leptos_meta::Meta;
use services::discover::{Card, OpportunityView, card};

/// What other sites show beside a link to this page.
pub(super) fn shared_view(page: &OpportunityView) -> impl IntoView + use<> {
    let Card { kind, title, provider, when, place } = card(&page.advert, page.today);
    let about =
        [kind, provider, when, place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ");
    // What was taken back has no picture.
    let picture = page.advert.published.then(|| {
        let address = format!("{}/picture.png", page.address);
        view! {
            <Meta property="og:image" content=address />
            <Meta property="og:image:type" content="image/png" />
            <Meta property="og:image:width" content="1200" />
            <Meta property="og:image:height" content="630" />
            <Meta property="og:image:alt" content=format!("{title}. {about}") />
        }
    });
    let card = if picture.is_some() { "summary_large_image" } else { "summary" };
    // They find the page's head when they are written, which can be after this scope was left.
    OwnedView::new(view! {
        <Meta property="og:type" content="website" />
        <Meta property="og:site_name" content="wex: work experience in health and care" />
        <Meta property="og:locale" content="en_GB" />
        <Meta property="og:url" content=page.address.clone() />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=about />
        <Meta name="twitter:card" content=card />
        {picture}
    })
}
