//! Where an application stands, in words and as it looks.

use kit::components::{Button, ButtonKind, Step, StepState, Tracker};
use leptos::prelude::*;

use super::{StatusUpdate, ids};
use crate::form::Pair;

/// Where a step of the tracker lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Behind us.
    Done,
    /// Here.
    Now,
    /// Ahead.
    Later,
    /// The way ended here.
    Ended,
}

/// A step of the tracker.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StatusStep {
    /// What it is.
    pub title: String,
    /// When it was done, in words; empty when it was not.
    pub when: String,
    /// A sentence about it; empty when there is nothing to say.
    pub about: String,
    /// Where it lies.
    pub mark: Mark,
}

/// Where an application stands, in words: what the server's page and the island's updates show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The application's reference.
    pub reference: String,
    /// Differs whenever anything else here does.
    pub stamp: String,
    /// Where it stands, in one sentence.
    pub stands: String,
    /// What happens next, by when, and whose turn it is.
    pub next: String,
    /// The last day for an answer to the offer, in words; empty when there is no offer to answer.
    pub answer_by: String,
    /// Whether it is a draft, to go on with.
    pub draft: bool,
    /// Whether it can be taken back.
    pub can_withdraw: bool,
    /// The way from sending to the place.
    pub steps: Vec<StatusStep>,
    /// Whether it is on a waiting list, to be left in one step.
    pub waiting: bool,
    /// More about it, a paragraph each: the place on the waiting list, or why not.
    pub more: Vec<String>,
    /// Each check and how far it is.
    pub checks: Vec<Pair>,
    /// About the parent or carer; empty when nobody has to agree.
    pub guardian: String,
    /// Whether the parent or carer can be sent a new link.
    pub can_ask_again: bool,
    /// Other things to do, where it ended without a place: address and words.
    pub others: Vec<Pair>,
}

/// What of the page changes.
pub(crate) fn update(status: &Status) -> StatusUpdate {
    StatusUpdate {
        stamp: status.stamp.clone(),
        said: format!("{} {}", status.stands, status.next),
        can_withdraw: status.can_withdraw,
        html: status_view(status).to_html(),
    }
}

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
    let more: Vec<AnyView> =
        status.more.iter().map(|words| view! { <p class="wex-written">{words.clone()}</p> }.into_any()).collect();
    let checks = (!status.checks.is_empty()).then(|| {
        let items: Vec<AnyView> = status
            .checks
            .iter()
            .map(|check| view! { <li><strong>{check.key.clone()}</strong> ": " {check.text.clone()}</li> }.into_any())
            .collect();
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
        {more}
        {actions}
        {others}
        <h2 class="nhsuk-heading-m">"Where it stands"</h2>
        <Tracker steps=steps />
        {guardian}
        {checks}
    }
    .into_any()
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
    view! { <div class="nhsuk-button-group wex-answers">{accept} {decline}</div> }.into_any()
}

fn actions_view(status: &Status) -> Option<AnyView> {
    if status.draft {
        let href = ["/apply/", &status.reference].concat();
        return Some(view! { <Button href=href>"Go on with your application"</Button> }.into_any());
    }
    if status.waiting {
        return Some(super::waiting::leave_view(&status.reference));
    }
    (!status.answer_by.is_empty()).then(|| offer_view(&status.reference))
}

fn others_view(status: &Status) -> Option<AnyView> {
    (!status.others.is_empty()).then(|| {
        let items: Vec<AnyView> = status
            .others
            .iter()
            .map(|other| view! { <li><a href=other.key.clone()>{other.text.clone()}</a></li> }.into_any())
            .collect();
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
                <p>
                    <a href=["/applications/", &status.reference, "/parent-or-carer"].concat()>
                        "Change their name or email address"
                    </a>
                </p>
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
