//! Adding a type of check, and changing one.

use domain::clearance::{ClearanceCode, ClearanceKind, Evidence};
use kit::AppError;
use kit::components::{BackLink, Button, Choice, ErrorSummary, Input, InputKind, Radios, Size, Textarea};
use leptos::prelude::*;
use leptos_meta::Title;
use services::clearances::FormView;

/// Adding a type.
#[component]
pub fn NewClearanceTypePage() -> impl IntoView {
    kit::page(async move {
        let form = services::clearances::form(&kit::request(), None).await?;
        Ok::<_, AppError>(form_view(&form))
    })
}

/// Changing one.
#[component]
pub fn ClearanceTypePage() -> impl IntoView {
    let code = kit::param("code");
    kit::page(async move {
        let ctx = kit::request();
        services::policy::coordinator(&ctx)?;
        let code = ClearanceCode::parse(&code).ok_or(AppError::NotFound)?;
        let form = services::clearances::form(&ctx, Some(&code)).await?;
        Ok::<_, AppError>(form_view(&form))
    })
}

pub(super) fn form_view(form: &FormView) -> AnyView {
    let of = |name: &str| form.boxes.get(name).cloned().unwrap_or_default();
    let wrong = |name: &str| form.problems.iter().find(|problem| problem.field == name).map(|problem| problem.words);
    // The ids of the boxes, as the summary of errors links to them.
    let errors: Vec<(&str, &str)> = form.problems.iter().map(|problem| (problem.field, problem.words)).collect();
    let heading = if form.is_new { "Add a check".to_owned() } else { format!("Change: {}", form.what.name) };
    let title = if errors.is_empty() { heading.clone() } else { format!("Error: {heading}") };
    let code = if form.is_new { String::new() } else { form.what.code.to_string() };
    let (team_name, team_email) = (of("team_name"), of("team_email"));
    let (name_wrong, email_wrong) = (wrong("team_name"), wrong("team_email"));
    let team = move || {
        view! {
            <Input name="team_name" label="The team’s name" value=team_name.clone() error=name_wrong />
            <Input
                name="team_email"
                label="The team’s email address"
                hint="We write there when there is something to do."
                kind=InputKind::Email
                value=team_email.clone()
                error=email_wrong
            />
        }
        .into_any()
    };
    let owners = std::iter::once(Choice::new("nobody", "Everybody who decides"))
        .chain(form.members.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())))
        .chain(std::iter::once(Choice::new("team", "A team with an email address").reveals(team)))
        .collect::<Vec<_>>();
    let evidence = Evidence::ALL.iter().map(|one| (one.as_str(), one.label())).collect::<Vec<_>>();
    let health = if form.what.code == ClearanceKind::OccupationalHealth {
        view! { <input type="hidden" name="health" value="yes" /> }.into_any()
    } else {
        view! {
            <Radios
                name="health"
                label="Is it about health?"
                hint="Then nothing about it can be typed or uploaded."
                items=vec![("no", "No"), ("yes", "Yes")]
                value=of("health")
                error=wrong("health")
            />
        }
        .into_any()
    };
    let name_box = view! {
        <Input name="name" label="What is it called?" label_size=Size::S value=of("name") error=wrong("name") />
    }
    .into_any();
    let explanation_box = view! {
        <Textarea
            name="explanation"
            label="What does it mean for the learner?"
            label_size=Size::S
            hint="Learners read this. Say what happens, and what they have to do."
            rows=3
            value=of("explanation")
            error=wrong("explanation")
        />
    }
    .into_any();
    let lead_days_box = view! {
        <Input
            name="lead_days"
            label="How many days does it usually take?"
            label_size=Size::S
            hint="We count back from the first day, and warn you when there is too little time."
            width=3
            value=of("lead_days")
            error=wrong("lead_days")
        />
    }
    .into_any();
    let owner_box = view! {
        <Radios
            name="owner"
            label="Who sees to it?"
            items=owners
            value=of("owner")
            error=wrong("owner")
        />
    }
    .into_any();
    let evidence_box = view! {
        <Radios
            name="evidence"
            label="What is needed before it is done?"
            items=evidence
            value=of("evidence")
            error=wrong("evidence")
        />
    }
    .into_any();
    let valid_months_box = view! {
        <Input
            name="valid_months"
            label="For how many months does it hold?"
            label_size=Size::S
            hint="A learner who comes again in that time does not do it again. Leave this blank if it is done for each placement."
            width=3
            value=of("valid_months")
            error=wrong("valid_months")
        />
    }
    .into_any();
    let mandatory_box = view! {
        <Radios
            name="mandatory"
            label="Does a place usually wait for it?"
            items=vec![("yes", "Yes"), ("no", "No")]
            value=of("mandatory")
        />
    }
    .into_any();
    view! {
        <Title text=title />
        <BackLink href="/provider/clearances" text="Checks that you ask for" />
        <ErrorSummary errors=errors />
        <h1 class="nhsuk-heading-l">{heading}</h1>
        <form method="post" action="/do/provide_save_clearance_type" novalidate>
            <input type="hidden" name="code" value=code />
            {name_box}
            {explanation_box}
            {lead_days_box}
            {owner_box}
            {evidence_box}
            {valid_months_box}
            {mandatory_box}
            {health}
            <Button>"Save this check"</Button>
        </form>
    }
    .into_any()
}
