//! Which checks are to do.

use domain::words::short_date;
use kit::components::{BackLink, Cell, Column, Table};
use leptos::prelude::*;
use leptos_meta::Title;
use services::clearances::{OpenCheck, ToDo};

/// The open checks of the coordinator's organisation: one's own first.
#[component]
pub fn ToDoPage() -> impl IntoView {
    kit::page(async move {
        let to_do = services::clearances::to_do(&kit::request()).await?;
        Ok::<_, kit::AppError>(to_do_view(&to_do))
    })
}

pub(super) fn to_do_view(to_do: &ToDo) -> AnyView {
    let mine = (!to_do.mine.is_empty()).then(|| table("Yours to do", to_do, &to_do.mine));
    let others = (!to_do.others.is_empty()).then(|| {
        table(if to_do.mine.is_empty() { "Checks to do" } else { "What others see to" }, to_do, &to_do.others)
    });
    let none = (mine.is_none() && others.is_none()).then(|| view! { <p>"Every check is done. Nobody is waiting."</p> });
    view! {
        <Title text="Checks to do" />
        <BackLink href="/provider" text="Today" />
        <h1 class="nhsuk-heading-l">"Checks to do"</h1>
        {none}
        {mine}
        {others}
        <p>
            <a href="/provider/clearances">"See the checks that you ask for"</a>
        </p>
    }
    .into_any()
}

fn table(caption: &'static str, to_do: &ToDo, open: &[OpenCheck]) -> AnyView {
    let columns = vec![
        Column::new("Who"),
        Column::new("Check"),
        Column::new("Due by"),
        Column::new("Starts"),
        Column::new("Who sees to it"),
    ];
    let rows = open
        .iter()
        .map(|one| {
            let href = format!("/provider/applications/{}/checks/{}", one.reference, one.check.code());
            let label = one.check.label().to_owned();
            let about = format!(" of {}", one.name);
            let risk = one.check.risk(to_do.today, one.starts_on, one.ends_on);
            let due = short_date(one.check.due_on);
            let due = risk.map_or_else(|| due.clone(), |risk| format!("{due}: {}", risk.label()));
            let owner = &one.check.what.owner.name;
            vec![
                format!("{}, {}", one.name, one.title).into(),
                Cell::new(view! { <a href=href>{label} <span class="nhsuk-u-visually-hidden">{about}</span></a> }),
                due.into(),
                short_date(one.starts_on).into(),
                if owner.is_empty() { "Everybody who decides".to_owned() } else { owner.clone() }.into(),
            ]
        })
        .collect();
    view! { <Table caption=caption columns=columns rows=rows /> }.into_any()
}
