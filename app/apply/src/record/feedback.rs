//! Saying how it was: six closed questions and one text, all of them optional.

use domain::feedback::{LONGEST_TEXT, Question};
use kit::AppError;
use kit::components::{
    BackLink, Button, CharacterCount, ErrorSummary, InsetText, Limit, NotificationBanner, Radios, Size, SummaryList,
    SummaryRow,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::feedback::{Form, form};

/// How it was.
#[component]
pub fn FeedbackPage() -> impl IntoView {
    let (reference, done, tried) = (kit::param("reference"), kit::query("done"), kit::query("tried"));
    kit::page(async move {
        let form = form(&kit::request(), &reference).await?;
        let tried = form.open && !form.complete && (!tried.is_empty() || form.begun);
        let error = tried && !form.problems.is_empty();
        Ok::<_, AppError>(view! {
            <Title text=if error { "Error: How was it?" } else { "How was it?" } />
            {form_view(&form, done == "thanks", tried)}
        })
    })
}

pub(super) fn form_view(form: &Form, thanks: bool, tried: bool) -> AnyView {
    let problems = if tried { form.problems.clone() } else { Vec::new() };
    let errors: Vec<(String, String)> =
        problems.iter().map(|problem| (problem.field.clone(), problem.message.clone())).collect();
    let thanks = (thanks && form.complete)
        .then(|| view! { <NotificationBanner success=true heading="Thank you. We have kept what you said." /> });
    let body = if form.open { questions_view(form, &problems) } else { read_view(form) };
    let caption = format!("{}, {}", form.about.title, form.about.organisation_name);
    view! {
        <BackLink href="/record" text="My record" />
        <ErrorSummary errors=errors />
        {thanks}
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{caption}</span>
            "How was it?"
        </h1>
        {body}
    }
    .into_any()
}

fn questions_view(form: &Form, problems: &[domain::form::Problem]) -> AnyView {
    let questions = Question::ALL
        .iter()
        .map(|question| {
            let items: Vec<(&str, &str)> = question.answers().iter().map(|say| (say.as_str(), say.label())).collect();
            let chosen = form.answers.get(question).map(|say| say.as_str().to_owned()).unwrap_or_default();
            let error = kit::field_error(problems, question.as_str());
            view! {
                <Radios
                    name=question.as_str()
                    label=question.asked()
                    label_size=Size::M
                    items=items
                    value=chosen
                    error=error
                />
            }
        })
        .collect_view();
    let reference = form.reference.clone();
    let text = form.text.clone();
    let error = kit::field_error(problems, "text");
    let button = if form.complete { "Save my answers" } else { "Send my answers" };
    view! {
        <p>"It takes two minutes, and you can leave out any question. You can change your answers until the national team has read what you wrote."</p>
        <p>"The people who were with you never see which answers are yours. Answers are shown only when at least 10 people have answered."</p>
        <form method="post" action="/do/apply_give_feedback" novalidate=true>
            <input type="hidden" name="reference" value=reference />
            {questions}
            <CharacterCount
                name="text"
                label="What would you tell somebody who thinks about going? (optional)"
                label_size=Size::M
                hint="Others may read this. Please name nobody, and write nothing about patients or anybody’s health. The national team reads it before it is shown."
                value=text
                error=error
                limit=Limit::Characters(u32::try_from(LONGEST_TEXT).unwrap_or(500))
            />
            <Button>{button}</Button>
        </form>
        <InsetText>
            <p>"Did something go wrong, or did you not feel safe? " <a href="/contact">"Tell us"</a> " instead, so that somebody can act on it."</p>
        </InsetText>
    }
    .into_any()
}

/// What was said, once it was read.
fn read_view(form: &Form) -> AnyView {
    let mut rows: Vec<SummaryRow> = Question::ALL
        .iter()
        .filter_map(|question| Some(SummaryRow::new(question.asked(), form.answers.get(question)?.label())))
        .collect();
    rows.push(SummaryRow::new("What you wrote", view! { <span class="wex-written">{form.text.clone()}</span> }));
    view! {
        <p>"The national team has read what you wrote, so it cannot be changed any more. Thank you for it."</p>
        <SummaryList rows=rows />
    }
    .into_any()
}
