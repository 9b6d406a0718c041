//! Who supervises which department.

use kit::AppError;
use kit::components::{
    BackLink, Button, ButtonKind, Cell, Choice, Column, ErrorSummary, Input, InputKind, NotificationBanner, Select,
    Table,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::attendance::{Again, Form, Supervisors, again, supervisors};

/// The provider's supervisors, for coordinators who manage members.
#[component]
pub fn SupervisorsPage() -> impl IntoView {
    let (done, mend) = (kit::query("done"), kit::query("mend"));
    kit::page(async move {
        let ctx = kit::request();
        let shown = supervisors(&ctx).await?;
        let again = if mend.is_empty() { Again::default() } else { again(&ctx, &Form::Supervisor).await? };
        let title = if again.problems.is_empty() { "Supervisors" } else { "Error: Supervisors" };
        Ok::<_, AppError>(view! {
            <Title text=title />
            {supervisors_view(&shown, &again, &done)}
        })
    })
}

pub(super) fn supervisors_view(shown: &Supervisors, again: &Again, done: &str) -> AnyView {
    let banner = match done {
        "invited" => Some("We have written to them."),
        "removed" => Some("They no longer see that department."),
        _ => None,
    };
    // Nothing here is about the form as a whole: the address is what has to be another.
    let errors: Vec<(String, String)> = again
        .problems
        .iter()
        .map(|problem| {
            let field = if problem.field.is_empty() { "email" } else { &problem.field };
            (field.to_owned(), problem.message.clone())
        })
        .collect();
    view! {
        <BackLink href="/provider/sessions" text="Sessions" />
        <ErrorSummary errors=errors />
        {banner.map(|words| view! { <NotificationBanner success=true heading=words /> })}
        <h1 class="nhsuk-heading-l">"Supervisors"</h1>
        <p>"A supervisor sees who is coming to their department, and records who came. Nothing else."</p>
        {list_view(shown)}
        <h2 class="nhsuk-heading-m">"Add a supervisor"</h2>
        {form_view(shown, again)}
    }
    .into_any()
}

fn list_view(shown: &Supervisors) -> AnyView {
    if shown.list.is_empty() {
        return view! { <p>"You have no supervisors yet. Coordinators record who came."</p> }.into_any();
    }
    let rows: Vec<Vec<Cell>> = shown
        .list
        .iter()
        .map(|one| {
            let hidden = format!(": {}, {}", one.name, one.department_name);
            let remove = view! {
                <form method="post" action="/do/provide_remove_supervisor" class="wex-table__actions">
                    <input type="hidden" name="account" value=one.account.to_string() />
                    <input type="hidden" name="department" value=one.department.to_string() />
                    <Button kind=ButtonKind::Secondary small=true>
                        "Remove"
                        <span class="nhsuk-u-visually-hidden">{hidden}</span>
                    </Button>
                </form>
            };
            let waiting = (!one.signed_up).then(|| view! { <p class="wex-quiet">"Has not chosen a password yet."</p> });
            let email = one.email.clone();
            vec![
                one.name.clone().into(),
                one.department_name.clone().into(),
                Cell::new(view! { <div class="wex-own-words">{email} {waiting}</div> }),
                Cell::new(remove),
            ]
        })
        .collect();
    let columns = vec![
        Column::new("Name"),
        Column::new("Department"),
        Column::new("Email address"),
        Column::hidden("What you can do"),
    ];
    view! { <Table caption="Your supervisors" columns=columns rows=rows /> }.into_any()
}

fn form_view(shown: &Supervisors, again: &Again) -> AnyView {
    if shown.departments.is_empty() {
        return view! {
            <p>"You have no departments yet. An opportunity’s department is added when you post or import it."</p>
        }
        .into_any();
    }
    let mut departments: Vec<Choice> = vec![Choice::new("", "Choose a department")];
    departments.extend(shown.departments.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())));
    let email_wrong = again.problem("email").or(again.problem(""));
    view! {
        <form method="post" action="/do/provide_add_supervisor" novalidate>
            <Input name="name" label="Their name" value=again.typed("name") error=again.problem("name") />
            <Input
                name="email"
                label="Their email address"
                hint="We write to them there. Who is new gets a link to choose a password."
                kind=InputKind::Email
                value=again.typed("email")
                error=email_wrong
            />
            <Select
                name="department"
                label="Department"
                items=departments
                value=again.typed("department")
                error=again.problem("department")
            />
            <Button prevent_double_click=true>"Add this supervisor"</Button>
        </form>
    }
    .into_any()
}
