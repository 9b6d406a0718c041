//! Every question on one page, in the words that the learner would read.

use domain::form::{Kind, Step};
use kit::components::{BackLink, Button, Checkboxes, ErrorLink, ErrorSummary, Input, InputKind, Radios, Size};
use leptos::prelude::*;
use services::applications::{How, KeyedForm};

use super::list_address;
use crate::form::{Pair, StepData, Words, field_view};

pub(super) fn form_view(form: &KeyedForm, account: &str, session: &str) -> AnyView {
    let errors: Vec<ErrorLink> =
        form.problems.iter().map(|problem| ErrorLink::new(problem.field.clone(), problem.message.clone())).collect();
    let who = form.learner.clone().unwrap_or_else(|| "the applicant".to_owned());
    let heading =
        form.learner.as_ref().map_or_else(|| "Key in an application".to_owned(), |name| format!("Apply with {name}"));
    let about = format!("{}, {}, {}", form.about.title, form.about.organisation_name, form.about.dates());
    let lead = format!(
        "Ask {who} these questions in these words, and key in what they say. Your name is kept beside it, and they see it."
    );
    let error = |field: &str| form.problems.iter().find(|p| p.field == field).map(|p| p.message.clone());
    let how = form.learner.is_none().then(|| {
        view! {
            <Radios
                name="how"
                label="How did they tell you?"
                label_size=Size::M
                value=form.typed.get("how").to_owned()
                error=error("how")
                items=vec![
                    (How::Telephone.as_str(), "They rang"),
                    (How::Paper.as_str(), "They filled in the printed form"),
                ]
            />
        }
        .into_any()
    });
    let steps = form.steps.iter().map(|step| step_view(form, *step)).collect_view();
    let agreed = format!("I read these answers to {who}, and they agreed. They say that the answers are true.");
    view! {
        <BackLink href=list_address(account) text="Choose other dates" />
        <ErrorSummary errors=errors />
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{about}</span>
            {heading}
        </h1>
        <p>{lead}</p>
        <form method="post" action="/do/apply_key_in" novalidate=true>
            <input type="hidden" name="session" value=session.to_owned() />
            <input type="hidden" name="account" value=account.to_owned() />
            {how}
            {steps}
            <Checkboxes
                name="read_to"
                id="read-to"
                label="Before it is sent"
                label_size=Size::M
                error=error("read-to")
                items=vec![("yes", agreed)]
            />
            <Button prevent_double_click=true>{format!("Send it for {who}")}</Button>
        </form>
    }
    .into_any()
}

/// One question with its boxes.
fn step_view(form: &KeyedForm, step: Step) -> AnyView {
    let question = step.question();
    let data = data(form, step);
    let alone = matches!(question.fields, [field] if !matches!(field.kind, Kind::Tel));
    let fields = question
        .fields
        .iter()
        .map(|field| {
            let words = if alone {
                Words { label: question.title, hint: question.hint, heading: false }
            } else {
                Words { label: field.label, hint: "", heading: false }
            };
            field_view(field, &words, &data)
        })
        .collect_view();
    let title = (!alone).then(|| {
        let under = (step == Step::Guardian && form.learner.is_none())
            .then_some("Leave this out for somebody who will be 18 or over on the first day. ");
        view! {
            <h2 class="nhsuk-heading-m">{question.title}</h2>
            <p class="nhsuk-hint">{under} {question.hint}</p>
        }
    });
    let reach = (step == Step::Contact && form.learner.is_none()).then(|| reach_view(form));
    view! { {reach} {title} {fields} }.into_any()
}

/// The address that the applicant signs in with, or that they have none.
fn reach_view(form: &KeyedForm) -> AnyView {
    let error = form.problems.iter().find(|p| p.field == "email").map(|p| p.message.clone());
    let none = if form.typed.get("no-email") == "yes" { vec!["yes".to_owned()] } else { vec![] };
    view! {
        <Input
            name="email"
            label="What is your email address?"
            hint="We send the answer there, and they sign in with it to see their application."
            value=form.typed.get("email").to_owned()
            error=error
            kind=InputKind::Email
            autocomplete="off"
        />
        <Checkboxes
            name="no_email"
            id="no-email"
            values=none
            items=vec![("yes", "They have no email. We text them, and you tell them by telephone")]
        />
    }
    .into_any()
}

fn data(form: &KeyedForm, step: Step) -> StepData {
    let pair = |key: &str, text: &str| Pair { key: key.to_owned(), text: text.to_owned() };
    StepData {
        reference: String::new(),
        step,
        number: 1,
        of: 1,
        back: None,
        from_check: false,
        values: form.typed.0.iter().map(|(key, text)| pair(key, text)).collect(),
        problems: form.problems.iter().map(|problem| pair(&problem.field, &problem.message)).collect(),
        schools: form.schools.iter().map(|school| pair(&school.code, &school.name)).collect(),
    }
}
