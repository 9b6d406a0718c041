//! What can be done about a session: one link a line, in the order in which they are needed.

use domain::words::date_range;
use leptos::prelude::*;
use services::sessions::SessionView;

/// The list of what can be done. Each entry is an address and words; `None` where it cannot be done now.
pub(super) fn actions_view(shown: &SessionView) -> Option<AnyView> {
    let session = shown.about.session;
    let at = |page: &str| format!("/provider/sessions/{session}{page}");
    let open = shown.can_decide && !shown.about.cancelled && shown.about.ends_on >= shown.today;
    let actions: Vec<Option<(String, &str)>> = vec![
        shown.can_decide.then(|| (at("/attendance"), "Record who came")),
        shown.can_change.then(|| (at("/places"), "Change how many places there are")),
        open.then(|| (at("/dates"), "Propose new dates")),
        open.then(|| (at("/cancel"), "Cancel these dates")),
        (shown.can_decide && shown.new_dates).then(|| (at("/dates"), "See who answered about the new dates")),
    ];
    let items: Vec<AnyView> = actions
        .into_iter()
        .flatten()
        .map(|(href, words)| {
            view! {
                <li>
                    <a href=href>{words.to_owned()}</a>
                </li>
            }
            .into_any()
        })
        .collect();
    let dates = date_range(shown.about.starts_on, shown.about.ends_on);
    (!items.is_empty()).then(|| {
        view! {
            <section class="wex-no-print" aria-labelledby="actions">
                <h2 class="nhsuk-heading-m" id="actions">
                    "What you can do"
                    <span class="nhsuk-u-visually-hidden">{format!(" about {dates}")}</span>
                </h2>
                <ul class="nhsuk-list">{items}</ul>
            </section>
        }
        .into_any()
    })
}
