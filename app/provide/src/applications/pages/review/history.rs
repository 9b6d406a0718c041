//! What happened to an application, who did it, and what was sent about it.

use chrono::NaiveDate;
use domain::{Action, Role};
use kit::components::{Cell, Column, Details, Table};
use leptos::prelude::*;
use services::applications::{Event, Message, Review};
use services::time::in_words;

use crate::applications::pages::decide::text_view;
use crate::applications::pages::words::{happened, name};

pub(super) fn history_view(review: &Review) -> impl IntoView + use<> {
    let rows: Vec<Vec<Cell>> = review
        .events
        .iter()
        .map(|event| {
            let what = if event.note.is_empty() {
                happened(event).to_owned()
            } else {
                format!("{}: {}", happened(event), event.note)
            };
            vec![in_words(event.at).into(), what.into(), who(review, event).into()]
        })
        .collect();
    let columns = vec![Column::new("When"), Column::new("What"), Column::new("Who")];
    view! { <Table caption="History" columns=columns rows=rows first_cell_is_header=false /> }
}

fn who(review: &Review, event: &Event) -> String {
    match event.role {
        Role::System => "The service, by the clock or the waiting list".to_owned(),
        Role::Guardian => "Parent or carer".to_owned(),
        Role::Learner => name(&review.application),
        _ => {
            let who = event.actor.and_then(|id| review.people.get(&id).cloned());
            let who = who.unwrap_or_else(|| "A colleague".to_owned());
            // What is the learner's to do, done for them.
            let for_them = matches!(event.action, Action::Submit | Action::Accept | Action::Decline | Action::Withdraw);
            if for_them { format!("{who}, for {}", name(&review.application)) } else { who }
        }
    }
}

pub(super) fn messages_view(review: &Review, today: NaiveDate) -> Option<AnyView> {
    if review.messages.is_empty() {
        return None;
    }
    let learner = name(&review.application);
    let messages = review.messages.iter().map(|message| message_view(message, &learner, today)).collect_view();
    Some(
        view! {
            <section aria-labelledby="messages">
                <h2 class="nhsuk-heading-m" id="messages">
                    "Messages"
                </h2>
                {messages}
            </section>
        }
        .into_any(),
    )
}

fn message_view(message: &Message, learner: &str, today: NaiveDate) -> AnyView {
    let private = is_private(message);
    let to = if private || message.key.contains(":guardian:") { "their parent or carer" } else { learner };
    let how = if message.channel == "text" { "text message" } else { "email" };
    let subject = if message.subject.is_empty() { "Text message".to_owned() } else { message.subject.clone() };
    let when = services::messages::shown(message, today);
    let body = if private {
        view! { <p>"It holds a private link for one person, so it is not shown here."</p> }.into_any()
    } else {
        text_view(&message.text)
    };
    let sent = format!("To {to} by {how}, {}", in_words(message.created_at));
    let summary = format!("{subject}, to {to}: {when}");
    view! {
        <Details summary=summary>
            <p>{sent}</p>
            {body}
        </Details>
    }
    .into_any()
}

/// Whether the text lets whoever reads it answer for a parent or carer.
fn is_private(message: &Message) -> bool {
    message.text.contains("/consent/")
}
