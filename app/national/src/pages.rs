//! Texts that learners wrote about placements, to be read before they are shown.

use domain::feedback::WhyHeld;
use domain::words::{count, long_date};
use kit::AppError;
use kit::components::{Button, ButtonKind, Card, Details, ErrorSummary, NotificationBanner, Radios, Size};
use leptos::prelude::*;
use leptos_meta::Title;
use services::feedback::{Waiting, waiting};
use services::time::london_day;

/// What waits to be read.
#[component]
pub fn FeedbackPage() -> impl IntoView {
    let (done, problem) = (kit::query("done"), kit::query("problem"));
    kit::page(async move {
        let (texts, all) = waiting(&kit::request()).await?;
        let wrong = texts.iter().any(|text| text.id.to_string() == problem);
        Ok::<_, AppError>(view! {
            <Title text=if wrong { "Error: What learners said" } else { "What learners said" } />
            {texts_view(&texts, all, &done, &problem)}
        })
    })
}

/// What is missing, in words.
const NO_REASON: &str = "Choose why you hold it back";

fn texts_view(texts: &[Waiting], all: i64, done: &str, problem: &str) -> AnyView {
    let errors: Vec<(String, &str)> = texts
        .iter()
        .filter(|text| text.id.to_string() == problem)
        .map(|text| (format!("reason-{}", text.id), NO_REASON))
        .collect();
    let banner = match done {
        "published" => Some("Published. It is shown once 10 people have answered."),
        "held" => Some("Held back. Nobody is shown it."),
        _ => None,
    }
    .map(|words| view! { <NotificationBanner success=true heading=words /> });
    let lead = if all == 0 {
        "Nothing waits to be read.".to_owned()
    } else {
        format!("{} to be read, oldest first.", count(all, "text waits", "texts wait"))
    };
    let cards = texts.iter().map(|text| text_view(text, text.id.to_string() == problem)).collect_view();
    view! {
        <ErrorSummary errors=errors />
        {banner}
        <h1 class="nhsuk-heading-l">"What learners said"</h1>
        <p>
            "Learners wrote this about placements. You see no names. Publish what helps others, good or bad. Hold back what could harm somebody."
        </p>
        <p>{lead}</p>
        {cards}
    }
    .into_any()
}

fn text_view(text: &Waiting, wrong: bool) -> AnyView {
    let id = text.id.to_string();
    let hidden = || {
        let (id, read) = (text.id.to_string(), text.given_at.0.to_string());
        view! {
            <input type="hidden" name="feedback" value=id />
            <input type="hidden" name="read" value=read />
        }
        .into_any()
    };
    let (hidden, hidden_too) = (hidden(), hidden());
    let (title, title_too) =
        (format!(" what was said about {}", text.title), format!(": what was said about {}", text.title));
    let (heading, words) = (text.title.clone(), text.text.clone());
    let reasons: Vec<(&str, &str)> = WhyHeld::ALL.iter().map(|why| (why.as_str(), why.label())).collect();
    let about = format!("{}, {}, {}", text.title, text.organisation_name, long_date(london_day(text.given_at)));
    let error = wrong.then_some(NO_REASON);
    view! {
        <Card heading=heading size=Size::S>
            <p class="nhsuk-hint">{about}</p>
            <p class="wex-own-words">{words}</p>
            <form method="post" action="/do/national_moderate">
                {hidden}
                <input type="hidden" name="decision" value="publish" />
                <Button small=true>
                    "Publish" <span class="nhsuk-u-visually-hidden">{title}</span>
                </Button>
            </form>
            <Details summary="Hold it back" open=wrong>
                <form method="post" action="/do/national_moderate" novalidate=true>
                    {hidden_too}
                    <input type="hidden" name="decision" value="hold" />
                    <Radios
                        name="reason"
                        id=format!("reason-{id}")
                        label="Why?"
                        items=reasons
                        error=error
                        small=true
                    />
                    <Button kind=ButtonKind::Secondary small=true>
                        "Hold it back"
                        <span class="nhsuk-u-visually-hidden">{title_too}</span>
                    </Button>
                </form>
            </Details>
        </Card>
    }
    .into_any()
}
