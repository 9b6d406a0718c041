//! "I have a question": whom to ask, and a short message to them.

use kit::AppError;
use kit::components::{BackLink, Button, ErrorSummary, Textarea};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use services::applications::{About, question_about};

use super::name_or;

/// The page behind "I have a question", by either link. Nobody has to sign in.
#[component]
pub fn QuestionPage() -> impl IntoView {
    let token = kit::param("token");
    let empty = kit::query("problem") == "empty";
    kit::page(async move {
        let (name, about, private) = question_about(&kit::request().services, &token).await?;
        let title = "Ask a question";
        Ok::<_, AppError>(view! {
            <Title text=if empty { format!("Error: {title}") } else { title.to_owned() } />
            <Meta name="robots" content="noindex" />
            {question_view(&name, &about, &token, private, empty)}
        })
    })
}

const EMPTY: &str = "Write your question";

pub(super) fn question_view(name: &str, about: &About, token: &str, private: bool, empty: bool) -> AnyView {
    let name = name_or(name);
    let path = if private { "/consent/page/" } else { "/consent/" };
    let back = format!("{path}{}", kit::urlencode(token));
    let errors = if empty { vec![("question", EMPTY)] } else { vec![] };
    let write = about.contact_email.clone().map(|email| {
        let href = format!("mailto:{email}");
        view! {
            <p>
                {format!("You can write to {} at ", about.organisation_name)} <a href=href>{email}</a> ", or ask here."
            </p>
        }
    });
    let hint = format!(
        "{} gets this by email with your address, and answers you. We do not keep it. Do not write about anybody’s health.",
        about.organisation_name
    );
    view! {
        <BackLink href=back />
        <ErrorSummary errors=errors />
        <h1 class="nhsuk-heading-l">"Ask a question"</h1>
        <p>{format!("It is about {name} and {}. Asking does not say yes or no.", about.title)}</p>
        {write}
        <form method="post" action="/do/apply_ask_question" novalidate=true>
            <input type="hidden" name="token" value=token.to_owned() />
            <Textarea name="question" label="Your question" hint=hint error=empty.then_some(EMPTY) />
            <Button prevent_double_click=true>"Send my question"</Button>
        </form>
    }
    .into_any()
}
