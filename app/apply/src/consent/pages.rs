//! What is asked of a parent or carer, in at most 200 words, and their answer.

use kit::AppError;
use kit::components::{Button, ErrorSummary, InsetText, NotificationBanner, Radios, Size};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use services::applications::{Asked, consent_asked};

use super::{agreement_view, facts_view, looks_after_view, name_or};

/// The page behind the link in the email. Nobody has to sign in.
#[component]
pub fn ConsentPage() -> impl IntoView {
    let token = kit::param("token");
    let (problem, done) = (kit::query("problem"), kit::query("done"));
    kit::page(async move {
        let ctx = kit::request();
        let asked = consent_asked(&ctx.services, &token).await?;
        let unanswered = problem == "answer" && !asked.answered && !asked.over;
        let title = if asked.answered { "You have answered already" } else { "Do you agree to this place?" };
        Ok::<_, AppError>(view! {
            <Title text=if unanswered { format!("Error: {title}") } else { title.to_owned() } />
            <Meta name="robots" content="noindex" />
            {consent_view(&asked, &token, unanswered, &done)}
        })
    })
}

/// What is missing, in words.
const UNANSWERED: &str = "Choose yes, no or a question";

pub(super) fn consent_view(asked: &Asked, token: &str, unanswered: bool, done: &str) -> AnyView {
    let name = name_or(&asked.learner_name);
    if asked.answered {
        return answered_view(&name, token, done);
    }
    let banner = (done == "asked").then(|| {
        view! {
            <NotificationBanner success=true heading="We have sent your question">
                <p>"The provider answers you by email. You can come back to this link then."</p>
            </NotificationBanner>
        }
    });
    let errors = if unanswered { vec![("answer", UNANSWERED)] } else { vec![] };
    let greeting =
        format!("Hello {}. {name} has asked for this place and named you as parent or carer.", asked.guardian_name);
    let ending = if asked.over { over_view(&name) } else { ask_view(&name, token, unanswered) };
    view! {
        <ErrorSummary errors=errors />
        {banner}
        <h1 class="nhsuk-heading-l">{format!("Do you agree that {name} takes part?")}</h1>
        <p class="nhsuk-lede-text">{greeting}</p>
        {facts_view(&asked.about, vec![])}
        {looks_after_view(&name, &asked.about)}
        {ending}
    }
    .into_any()
}

fn over_view(name: &str) -> AnyView {
    let words = format!(
        "This link takes no answer any more. Either it is too old, or the application has ended. {name} can send you a new link if a place is still open."
    );
    view! {
        <InsetText>
            <p>{words}</p>
        </InsetText>
        <p>
            <a href="/contact">"I have a question"</a>
        </p>
    }
    .into_any()
}

fn ask_view(name: &str, token: &str, unanswered: bool) -> AnyView {
    let error = unanswered.then_some(UNANSWERED);
    view! {
        <h2 class="nhsuk-heading-m">"What you agree to"</h2>
        <p>"If you say yes, you agree that:"</p>
        {agreement_view(name)}
        <p>
            {format!("Yes does not mean that {name} has the place. No means that {name} cannot take part. You can change your mind later. We tell {name} what you choose.")}
        </p>
        <form method="post" action="/do/apply_answer_consent" novalidate=true>
            <input type="hidden" name="token" value=token.to_owned() />
            <Radios
                name="answer"
                label="Your answer"
                label_size=Size::M
                error=error
                items=vec![
                    ("yes", "Yes, I agree"),
                    ("no", "No, I do not agree"),
                    ("question", "I have a question first"),
                ]
            />
            <Button>"Send my answer"</Button>
        </form>
    }
    .into_any()
}

/// The link has done its work: what was answered is on the private page only.
fn answered_view(name: &str, token: &str, done: &str) -> AnyView {
    let banner = (done == "sent").then(|| {
        view! { <NotificationBanner success=true heading="We have sent you a new link to your private page" /> }
    });
    view! {
        {banner}
        <h1 class="nhsuk-heading-l">"You have answered already"</h1>
        <p>{format!("This link took one answer about {name}. We have sent you an email with the link to your private page. There you can read your answer again, see where the application stands, or change your mind.")}</p>
        <form method="post" action="/do/apply_send_page_again">
            <input type="hidden" name="token" value=token.to_owned() />
            <Button kind=kit::components::ButtonKind::Secondary>"Send me that link again"</Button>
        </form>
    }
    .into_any()
}
