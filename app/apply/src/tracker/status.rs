//! Where an application stands as it looks, the same from the server and in the browser.

use kit::components::{Button, ButtonGroup, ButtonKind, Step, StepState, Tracker};
use leptos::prelude::*;

use super::{Mark, Status, ids};

/// Where it stands, what the learner can do now, and the way to the place.
pub(crate) fn status_view(status: &Status) -> AnyView {
    let steps = status
        .steps
        .iter()
        .map(|step| {
            let state = match step.mark {
                Mark::Done => StepState::Done,
                Mark::Now => StepState::Current,
                Mark::Later => StepState::Ahead,
                Mark::Ended => StepState::Ended,
            };
            Step::new(step.title.clone(), state).when(step.when.clone()).note(step.about.clone())
        })
        .collect();
    let actions = actions_view(status);
    let others = others_view(status);
    let line = paragraph(&status.line);
    let checks = (!status.checks.is_empty()).then(|| {
        let items: Vec<AnyView> = status.checks.iter().map(|check| view! { <li><strong>{check.key.clone()}</strong> ": " {check.text.clone()}</li> }.into_any()).collect();
        view! {
            <h2 class="nhsuk-heading-m">"Checks"</h2>
            <ul class="nhsuk-list">{items}</ul>
        }
        .into_any()
    });
    let guardian = guardian_view(status);
    view! {
        <p class="wex-status__stands" id=ids::STANDS tabindex="-1">
            {status.stands.clone()}
        </p>
        <p>{status.next.clone()}</p>
        {actions}
        {others}
        <h2 class="nhsuk-heading-m">"Where it stands"</h2>
        <Tracker steps=steps />
        {line}
        {guardian}
        {checks}
    }
    .into_any()
}

fn paragraph(words: &str) -> Option<AnyView> {
    (!words.is_empty()).then(|| view! { <p>{words.to_owned()}</p> }.into_any())
}

/// "Accept the place" and "Say no thank you", for an offer.
pub(crate) fn offer_view(reference: &str) -> AnyView {
    let form = |action: &'static str, kind: ButtonKind, words: &'static str| {
        view! {
            <form method="post" action=action>
                <input type="hidden" name="reference" value=reference.to_owned() />
                <Button kind=kind>{words}</Button>
            </form>
        }
        .into_any()
    };
    let accept = form("/do/apply_accept_offer", ButtonKind::Primary, "Accept the place");
    let decline = form("/do/apply_decline_offer", ButtonKind::Secondary, "Say no thank you");
    view! { <ButtonGroup>{accept} {decline}</ButtonGroup> }.into_any()
}

fn actions_view(status: &Status) -> Option<AnyView> {
    if status.draft {
        let href = ["/apply/", &status.reference].concat();
        return Some(view! { <Button href=href>"Go on with your application"</Button> }.into_any());
    }
    (!status.answer_by.is_empty()).then(|| offer_view(&status.reference))
}

fn others_view(status: &Status) -> Option<AnyView> {
    (!status.others.is_empty()).then(|| {
        let items: Vec<AnyView> = status.others.iter().map(|other| view! { <li><a href=other.key.clone()>{other.text.clone()}</a></li> }.into_any()).collect();
        view! {
            <h2 class="nhsuk-heading-m">"What you can do now"</h2>
            <ul class="nhsuk-list nhsuk-list--bullet">{items}</ul>
        }
        .into_any()
    })
}

fn guardian_view(status: &Status) -> Option<AnyView> {
    (!status.guardian.is_empty()).then(|| {
        let again = status.can_ask_again.then(|| {
            view! {
                <form method="post" action="/do/apply_ask_guardian_again">
                    <input type="hidden" name="reference" value=status.reference.clone() />
                    <Button kind=ButtonKind::Secondary small=true>"Send them a new email"</Button>
                </form>
            }
            .into_any()
        });
        view! {
            <h2 class="nhsuk-heading-m">"Your parent or carer"</h2>
            <p>{status.guardian.clone()}</p>
            {again}
        }
        .into_any()
    })
}
