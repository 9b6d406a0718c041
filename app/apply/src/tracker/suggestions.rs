//! Other places, beside where an application stands: what the provider suggests, and what the service found.

use domain::cancelling::CancelReason;
use kit::components::{Button, ButtonKind};
use leptos::prelude::*;
use services::suggesting::{Became, Beside, Suggested};

/// Why it was cancelled, and what else there is; nothing where there is nothing to say.
pub(super) fn beside_view(reference: &str, beside: &Beside) -> AnyView {
    let cancelled = beside.cancelled.as_ref().map(|(reason, note)| cancelled_view(beside, *reason, note));
    let (provider, found): (Vec<_>, Vec<_>) = beside.suggested.iter().partition(|one| one.by_provider);
    let from_provider = (!provider.is_empty()).then(|| {
        let heading = format!("{} suggests", beside.organisation);
        list_view(reference, "suggested", heading, &provider)
    });
    let from_service = (!found.is_empty()).then(|| {
        let heading = if provider.is_empty() { "Other places for you" } else { "More places for you" };
        list_view(reference, "found", heading.to_owned(), &found)
    });
    view! { {cancelled} {from_provider} {from_service} }.into_any()
}

fn cancelled_view(beside: &Beside, reason: CancelReason, note: &str) -> AnyView {
    let why = format!("{} cancelled these dates. {}", beside.organisation, reason.in_words());
    let note = (!note.is_empty()).then(|| format!("They add: “{note}”"));
    view! {
        <h2 class="nhsuk-heading-m">"Why it was cancelled"</h2>
        <p>{why}</p>
        {note.map(|words| view! { <p class="wex-written">{words}</p> })}
    }
    .into_any()
}

fn list_view(reference: &str, id: &'static str, heading: String, suggested: &[&Suggested]) -> AnyView {
    let items = suggested.iter().map(|one| view! { <li>{one_view(reference, one)}</li> }).collect_view();
    view! {
        <section aria-labelledby=id>
            <h2 class="nhsuk-heading-m" id=id>
                {heading}
            </h2>
            <p>"Your answers are filled in already. You only say why you would like to come."</p>
            <ul class="wex-cards">{items}</ul>
        </section>
    }
    .into_any()
}

fn one_view(reference: &str, one: &Suggested) -> AnyView {
    let what = [Some(one.organisation.clone()), Some(one.when.clone()), one.away.clone()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    let action = match (one.open, one.became) {
        (_, Became::Applied) => view! { <p>"You have applied for this."</p> }.into_any(),
        (false, _) => view! { <p>"There is no free place any more."</p> }.into_any(),
        (true, _) => {
            let words = match (one.session, one.became) {
                (None, _) => "Look at this",
                (_, Became::Opened) => "Go on with this application",
                _ => "Apply for this",
            };
            let hidden = format!(": {}", one.title);
            view! {
                <form method="post" action="/do/apply_take_suggestion">
                    <input type="hidden" name="reference" value=reference.to_owned() />
                    <input type="hidden" name="opportunity" value=one.opportunity.to_string() />
                    <Button kind=ButtonKind::Secondary small=true>
                        {words} <span class="nhsuk-u-visually-hidden">{hidden}</span>
                    </Button>
                </form>
            }
            .into_any()
        }
    };
    view! {
        <h3 class="nhsuk-heading-s nhsuk-u-margin-bottom-1">
            <a href=one.href.clone()>{one.title.clone()}</a>
        </h3>
        <p class="nhsuk-u-margin-bottom-2">{what}</p>
        {action}
    }
    .into_any()
}
