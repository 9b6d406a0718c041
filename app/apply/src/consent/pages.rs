//! What is asked of a parent or carer, in about 200 words, and their answer.

use domain::Delivery;
use kit::AppError;
use kit::components::{Button, ErrorSummary, InsetText, NotificationBanner, Radios, Size, SummaryList, SummaryRow};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use services::applications::{About, Asked, consent_asked};

/// The page behind the link in the email. Nobody has to sign in.
#[component]
pub fn ConsentPage() -> impl IntoView {
    let token = kit::param("token");
    let unanswered = kit::query("problem") == "answer";
    kit::page(async move {
        let ctx = kit::request();
        let asked = consent_asked(&ctx.services, &token).await?;
        let unanswered = unanswered && asked.answer.is_none() && !asked.over;
        Ok::<_, AppError>(view! {
            <Title text=if unanswered { "Error: Do you agree to this place?" } else { "Do you agree to this place?" } />
            <Meta name="robots" content="noindex" />
            {consent_view(&asked, &token, unanswered)}
        })
    })
}

/// What is missing, in words.
const UNANSWERED: &str = "Choose yes or no";

pub(super) fn consent_view(asked: &Asked, token: &str, unanswered: bool) -> AnyView {
    let name = name_of(asked);
    let heading = match asked.answer {
        Some(_) => format!("Your answer about {name}"),
        None => format!("Do you agree that {name} takes part?"),
    };
    let errors = if unanswered { vec![("answer", UNANSWERED)] } else { vec![] };
    let answered = asked.answer.as_deref().map(|answer| answered_view(&name, answer == "yes"));
    let ending = match asked.answer {
        Some(_) => view! { <p>"If you change your mind, use “I have a question”. You can come back to this page and read your answer."</p> }.into_any(),
        None if asked.over => {
            let words = format!("This link takes no answer any more. Either it is too old, or the application has ended. {name} can send you a new link if a place is still open.");
            view! {
                <InsetText>
                    <p>{words}</p>
                </InsetText>
            }
            .into_any()
        }
        None => ask_view(&name, token, unanswered),
    };
    let greeting = (asked.answer.is_none() && !asked.over).then(|| {
        let words = format!("Hello {}. {name} has asked for this place, and named you as parent or carer. Anybody under 18 needs your yes before a place is confirmed.", asked.guardian_name);
        view! { <p class="nhsuk-lede-text">{words}</p> }
    });
    let looks_after = looks_after_view(&name, &asked.about);
    let question = question_view(&asked.about);
    view! {
        <ErrorSummary errors=errors />
        {answered}
        <h1 class="nhsuk-heading-l">{heading}</h1>
        {greeting}
        {facts_view(&asked.about)}
        {looks_after}
        {ending}
        {question}
    }
    .into_any()
}

fn name_of(asked: &Asked) -> String {
    if asked.learner_name.is_empty() { "The young person".to_owned() } else { asked.learner_name.clone() }
}

fn facts_view(about: &About) -> AnyView {
    let provider = match &about.department {
        Some(department) => format!("{department}, {}", about.organisation_name),
        None => about.organisation_name.clone(),
    };
    let place = if about.delivery == Delivery::Online { Some("Online".to_owned()) } else { about.place() };
    let when = [Some(about.dates()), about.times()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let mut rows = vec![
        SummaryRow::new("What", about.title.clone()),
        SummaryRow::new("With", provider),
        SummaryRow::new("When", when),
    ];
    rows.extend(place.map(|place| SummaryRow::new("Where", place)));
    view! { <SummaryList rows=rows /> }.into_any()
}

fn looks_after_view(name: &str, about: &About) -> AnyView {
    let provider = &about.organisation_name;
    let care = if about.delivery == Delivery::Online {
        format!(
            "{provider} runs this online. {name} takes part from home or school, with the provider’s staff leading it."
        )
    } else {
        format!(
            "{provider} is responsible for {name} during these hours. Their staff look after {name} and tell them how to stay safe. You look after the journey there and back."
        )
    };
    view! {
        <h2 class="nhsuk-heading-m">{format!("Who looks after {name}")}</h2>
        <p>{care}</p>
    }
    .into_any()
}

fn ask_view(name: &str, token: &str, unanswered: bool) -> AnyView {
    let error = unanswered.then_some(UNANSWERED);
    let legend = format!("Do you agree that {name} takes part?");
    view! {
        <h2 class="nhsuk-heading-m">"What you agree to"</h2>
        <p>"By saying yes, you agree that:"</p>
        <ul class="nhsuk-list nhsuk-list--bullet">
            <li>{format!("{name} may take part on these dates, if a place is offered")}</li>
            <li>{format!("the provider may use what {name} wrote in the form to arrange it")}</li>
            <li>{format!("{name} keeps to the provider’s rules, and tells nobody about patients")}</li>
        </ul>
        <p>{format!("Yes does not mean that {name} has the place. No means that {name} cannot take part. We tell {name} which you chose.")}</p>
        <form method="post" action="/do/apply_answer_consent" novalidate=true>
            <input type="hidden" name="token" value=token.to_owned() />
            <Radios
                name="answer"
                label=legend
                label_size=Size::M
                error=error
                items=vec![("yes", "Yes, I agree"), ("no", "No, I do not agree")]
            />
            <Button>"Send my answer"</Button>
        </form>
    }
    .into_any()
}

fn answered_view(name: &str, agreed: bool) -> AnyView {
    let (heading, then) = if agreed {
        ("You said yes", format!("We have told {name}. There is nothing more for you to do."))
    } else {
        ("You said no", format!("We have told {name} that they cannot take part. There is nothing more for you to do."))
    };
    view! {
        <NotificationBanner success=true heading=heading>
            <p>{then}</p>
        </NotificationBanner>
    }
    .into_any()
}

/// A question goes to the provider, or to us where they gave no address.
fn question_view(about: &About) -> AnyView {
    let href = about.contact_email.as_ref().map_or_else(|| "/contact".to_owned(), |email| format!("mailto:{email}"));
    let whom = about.contact_email.as_ref().map(|email| format!(" Write to {email}."));
    view! {
        <p>
            <a href=href>"I have a question"</a>
            {whom}
        </p>
    }
    .into_any()
}
