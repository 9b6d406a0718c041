//! The sign-in sheet, to print: names and the days, and nothing that is sensitive.

use domain::ids::SessionId;
use domain::words::{date_range, day_month};
use kit::AppError;
use kit::components::BackLink;
use leptos::prelude::*;
use leptos_meta::Title;
use services::attendance::register;

/// For a coordinator.
#[component]
pub fn SheetPage() -> impl IntoView {
    sheet_page("provider")
}

/// For a supervisor.
#[component]
pub fn SupervisorSheetPage() -> impl IntoView {
    sheet_page("supervisor")
}

fn sheet_page(at: &'static str) -> AnyView {
    let id = kit::param("id");
    kit::page(async move {
        let id: SessionId = id.parse().map_err(|_| AppError::NotFound)?;
        let ctx = kit::request();
        let back = if at == "supervisor" {
            services::policy::supervisor(&ctx)?;
            format!("/supervisor/sessions/{id}")
        } else {
            services::policy::coordinator(&ctx)?;
            format!("/provider/sessions/{id}/attendance")
        };
        let shown = register(&ctx, id, None).await?;
        let days: Vec<_> = shown.days.iter().filter(|one| one.not_run.is_none()).map(|one| one.day).collect();
        let people: Vec<AnyView> = shown
            .people
            .iter()
            .map(|one| {
                let items: Vec<AnyView> = days
                    .iter()
                    .map(|day| view! { <li>{format!("{}: ____________________", day_month(*day))}</li> }.into_any())
                    .collect();
                view! {
                    <section>
                        <h2 class="nhsuk-heading-s">{one.name.clone()}</h2>
                        <ul class="nhsuk-list">{items}</ul>
                    </section>
                }
                .into_any()
            })
            .collect();
        let nobody = people.is_empty().then(|| view! { <p>"Nobody has a confirmed place on these dates."</p> });
        Ok::<_, AppError>(view! {
            <Title text=format!("Sign-in sheet: {}", shown.session.title) />
            <div class="wex-no-print">
                <BackLink href=back text="Who came" />
            </div>
            <h1 class="nhsuk-heading-l">
                <span class="nhsuk-caption-l">"Sign-in sheet"</span>
                {shown.session.title.clone()}
            </h1>
            <p>{date_range(shown.session.starts_on, shown.session.ends_on)}</p>
            <p class="wex-no-print">"Print this page. Each person signs beside the day."</p>
            {nobody}
            {people}
        })
    })
}
