use kit::AppError;
use kit::components::{Tag, TagColour};
use leptos::prelude::*;
use leptos_meta::Title;
use services::demonstration::Sent;

use super::request;

/// More than this nobody reads on one page. As JSON there are more.
const SHOWN: usize = 100;

/// The emails and text messages, newest first.
#[component]
pub fn OutboxPage() -> impl IntoView {
    kit::page(async move {
        let ctx = request()?;
        let messages = services::demonstration::outbox(&ctx).await?;
        let (none, more) = (messages.is_empty(), messages.len() > SHOWN);
        Ok::<_, AppError>(view! {
            <Title text="Messages" />
            <h1 class="nhsuk-heading-l">"Messages"</h1>
            <p>"What would have gone out by email and text message, newest first. Nothing leaves this computer."</p>
            {none.then(|| view! { <p>"Nothing was sent yet."</p> })}
            {messages.into_iter().take(SHOWN).map(message).collect_view()}
            {more.then(|| view! { <p>"Older messages are not shown here."</p> })}
        })
    })
}

fn message(sent: Sent) -> impl IntoView {
    let email = sent.channel == "email";
    // The words of a message go when its time is over or its learner erases their account; that it was sent stays.
    let removed = sent.text.is_empty();
    let heading = match (removed, email) {
        (true, _) => "A message whose words were removed".to_owned(),
        (false, true) => sent.subject,
        (false, false) => "Text message".to_owned(),
    };
    let when = sent.at.replace('T', ", ");
    let (status, colour) = match sent.status.as_str() {
        "sent" => ("Sent", TagColour::Green),
        "queued" => ("Waiting", TagColour::Blue),
        "superseded" => ("Replaced", TagColour::Grey),
        _ => ("Failed", TagColour::Red),
    };
    view! {
        <article class="nhsuk-u-margin-bottom-5">
            <h2 class="nhsuk-heading-s nhsuk-u-margin-bottom-1">{heading}</h2>
            <p class="nhsuk-body-s nhsuk-u-margin-bottom-2">
                "To " {sent.to} ". " {when} ". "
                {sent.application.map(|reference| format!("About {reference}. "))} <Tag colour=colour>{status}</Tag>
            </p>
            {(!removed)
                .then(|| view! { <div class="nhsuk-inset-text nhsuk-u-margin-top-2">{lines(&sent.text)}</div> })}
        </article>
    }
}

/// The plain text, with its links to follow: this is where a demonstration's links are found.
fn lines(text: &str) -> impl IntoView + use<> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let lines = part
                .lines()
                .enumerate()
                .map(|(number, line)| {
                    let line = line.trim().to_owned();
                    let link = line.starts_with("http://") || line.starts_with("https://");
                    view! {
                        {(number > 0).then(|| view! { <br /> })}
                        {if link {
                            let href = line.clone();
                            view! { <a href=href>{line}</a> }.into_any()
                        } else {
                            line.into_any()
                        }}
                    }
                })
                .collect_view();
            view! { <p>{lines}</p> }
        })
        .collect_view()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(subject: &str, text: &str) -> String {
        let sent = Sent {
            channel: "email".into(),
            to: "sam@mail.example".into(),
            subject: subject.into(),
            text: text.into(),
            html: String::new(),
            template: "offer".into(),
            at: "2027-03-01T09:00".into(),
            status: "sent".into(),
            application: None,
        };
        Owner::new().with(|| message(sent).to_html())
    }

    #[test]
    fn a_message_without_words_still_has_a_heading() {
        let html = sent("", "");
        assert!(html.contains(">A message whose words were removed</h2>"), "{html}");
        assert!(!html.contains("nhsuk-inset-text"));
        let html = sent("A place for you", "Say yes here:\nhttps://wex.example/x");
        assert!(
            html.contains(">A place for you</h2>") && html.contains(r#"<a href="https://wex.example/x""#),
            "{html}"
        );
    }
}
