//! The learner corrects their parent or carer's name or address, and we ask there.

use domain::form::Step;
use kit::AppError;
use kit::components::{BackLink, Button, ErrorLink, ErrorSummary, Input, InputKind};
use leptos::prelude::*;
use leptos_meta::Title;
use services::applications::{Correction, correction};

const TITLE: &str = "Change whom we ask";

/// Whom we ask, to be changed.
#[component]
pub fn CorrectGuardianPage() -> impl IntoView {
    let (reference, tried) = (kit::param("reference"), kit::query("tried") == "1");
    kit::page(async move {
        let correction = correction(&kit::request(), &reference, tried).await?;
        let title = if correction.problems.is_empty() { TITLE.to_owned() } else { format!("Error: {TITLE}") };
        Ok::<_, AppError>(view! {
            <Title text=title />
            {correct_view(&correction)}
        })
    })
}

pub(super) fn correct_view(correction: &Correction) -> AnyView {
    let errors: Vec<ErrorLink> = correction
        .problems
        .iter()
        .map(|problem| ErrorLink::new(problem.field.clone(), problem.message.clone()))
        .collect();
    let back = format!("/applications/{}", correction.reference);
    let fields = Step::Guardian
        .question()
        .fields
        .iter()
        .map(|field| {
            let kind = if field.name == "guardian-email" { InputKind::Email } else { InputKind::Text };
            view! {
                <Input
                    name=field.name.replace('-', "_")
                    id=field.name
                    label=field.label
                    value=correction.answers.get(field.name).to_owned()
                    error=kit::field_error(&correction.problems, field.name)
                    kind=kind
                    autocomplete="off"
                />
            }
        })
        .collect_view();
    view! {
        <BackLink href=back text="Back to the application" />
        <ErrorSummary errors=errors />
        <h1 class="nhsuk-heading-l">"Who is your parent or carer?"</h1>
        <p>"We send them a new email now. The link in the email before stops working."</p>
        <form method="post" action="/do/apply_correct_guardian" novalidate=true>
            <input type="hidden" name="reference" value=correction.reference.clone() />
            {fields}
            <Button prevent_double_click=true>"Ask them"</Button>
        </form>
    }
    .into_any()
}
