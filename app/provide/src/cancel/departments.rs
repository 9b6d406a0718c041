//! An organisation's departments, each with what is to come.

use kit::AppError;
use kit::components::{BackLink, Cell, Column, Table};
use leptos::prelude::*;
use leptos_meta::Title;
use services::cancelling::DepartmentLine;

/// The departments of the coordinator's organisation.
#[component]
pub fn DepartmentsPage() -> impl IntoView {
    kit::page(async move {
        let ctx = kit::request();
        let (lines, decides) = services::cancelling::departments(&ctx).await?;
        Ok::<_, AppError>(view! {
            <Title text="Your departments" />
            <BackLink href="/provider/opportunities" text="Your opportunities" />
            <h1 class="nhsuk-heading-l">"Your departments"</h1>
            {list_view(&lines, decides)}
        })
    })
}

fn list_view(lines: &[DepartmentLine], decides: bool) -> AnyView {
    if lines.is_empty() {
        return view! {
            <p>"No opportunity of yours names a department yet. A department appears here when one does."</p>
        }
        .into_any();
    }
    let rows: Vec<Vec<Cell>> = lines
        .iter()
        .map(|line| {
            let href = super::address("department", &line.id.to_string(), "");
            let cancel = if decides && line.sessions > 0 {
                let hidden = format!(" of {}", line.name);
                view! { <a href=href>"Cancel dates" <span class="nhsuk-u-visually-hidden">{hidden}</span></a> }
                    .into_any()
            } else {
                view! { <span>"Nothing to cancel"</span> }.into_any()
            };
            vec![
                line.name.clone().into(),
                line.sessions.to_string().into(),
                line.held.to_string().into(),
                Cell::new(cancel),
            ]
        })
        .collect();
    let columns = vec![
        Column::new("Department"),
        Column::new("Dates to come"),
        Column::new("Places held"),
        Column::hidden("What you can do"),
    ];
    view! {
        <p>"A department that cannot host on some days can cancel all of its dates in one step."</p>
        <Table caption="Departments" caption_hidden=true columns=columns rows=rows />
    }
    .into_any()
}
