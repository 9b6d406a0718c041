//! What was, and can be, done for a learner by somebody else: both names are always there.

use domain::form::has_email;
use domain::{Action, Role};
use kit::components::{Button, ButtonGroup, ButtonKind, SummaryRow};
use leptos::prelude::*;
use services::applications::Review;

use super::Shown;
use crate::applications::pages::words::name;

/// "Keyed in by Helen Makewell for Amira, by telephone", where the learner did not send it themselves.
pub(super) fn acted_row(review: &Review) -> Option<SummaryRow> {
    let sent = review.events.iter().find(|event| event.action == Action::Submit)?;
    if sent.role == Role::Learner {
        return None;
    }
    let who = sent.actor.and_then(|id| review.people.get(&id).cloned()).unwrap_or_else(|| "A colleague".to_owned());
    let how = if sent.note.is_empty() { String::new() } else { format!(", {}", sent.note.to_lowercase()) };
    Some(SummaryRow::new("Keyed in by", format!("{who} for {}{how}", name(&review.application))))
}

/// Whether the learner has no email address, and so cannot answer by themselves.
fn without_email(review: &Review) -> bool {
    review.messages.iter().any(|message| message.channel == "email" && !has_email(&message.recipient))
}

/// What a learner without an email address may say on the telephone.
pub(super) fn for_them_view(shown: &Shown) -> Option<AnyView> {
    let review = &shown.review;
    if !review.decides || !without_email(review) {
        return None;
    }
    let who = name(&review.application);
    let can = |action: Action| review.application.state.after(action, Role::Coordinator).is_ok();
    let form = |action: Action, kind: ButtonKind, words: String| {
        let (reference, show) = (review.application.reference.clone(), shown.at.filter.as_str());
        can(action).then(|| {
            view! {
                <form method="post" action="/do/provide_answer_for">
                    <input type="hidden" name="reference" value=reference />
                    <input type="hidden" name="answer" value=action.as_str() />
                    <input type="hidden" name="show" value=show />
                    <Button kind=kind prevent_double_click=true>{words}</Button>
                </form>
            }
        })
    };
    let accept = form(Action::Accept, ButtonKind::Primary, format!("{who} accepts the place"));
    let decline = form(Action::Decline, ButtonKind::Secondary, format!("{who} says no thank you"));
    let withdraw = (!can(Action::Decline))
        .then(|| form(Action::Withdraw, ButtonKind::Secondary, format!("{who} withdraws")))
        .flatten();
    if accept.is_none() && decline.is_none() && withdraw.is_none() {
        return None;
    }
    Some(
        view! {
            <section class="wex-no-print" aria-labelledby="for-them">
                <h2 class="nhsuk-heading-m" id="for-them">
                    {format!("Answer for {who}")}
                </h2>
                <p>
                    {format!("{who} has no email, so they tell you on the telephone. Your name is kept beside what you key in.")}
                </p>
                <ButtonGroup>{accept} {decline} {withdraw}</ButtonGroup>
            </section>
        }
        .into_any(),
    )
}
