//! An offer that waits for its answer: the way to take it back.

use kit::components::{Button, ButtonKind};
use leptos::prelude::*;

use super::Shown;

pub(super) fn offer_view(shown: &Shown) -> Option<AnyView> {
    let href = shown.at.take_back("");
    shown.review.can_take_back.then(|| {
        view! {
            <section class="wex-no-print" aria-labelledby="offer">
                <h2 class="nhsuk-heading-m" id="offer">
                    "The offer"
                </h2>
                <p>"If you cannot host them after all, take the offer back. You read the message before it is sent."</p>
                <Button kind=ButtonKind::Secondary href=href>"Take the offer back"</Button>
            </section>
        }
        .into_any()
    })
}
