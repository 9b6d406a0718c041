//! The organisation's types of checks.

use domain::clearance::{ClearanceType, Evidence};
use domain::words::count;
use kit::components::{BackLink, Button, ButtonKind, NotificationBanner, SummaryList, SummaryRow};
use leptos::prelude::*;
use leptos_meta::Title;
use services::clearances::TypesView;

/// The organisation's types of checks.
#[component]
pub fn ClearanceTypesPage() -> impl IntoView {
    let done = kit::query("done");
    kit::page(async move {
        let types = services::clearances::list(&kit::request()).await?;
        Ok::<_, kit::AppError>(types_view(&types, &done))
    })
}

pub(super) fn types_view(shown: &TypesView, done: &str) -> AnyView {
    let banner = match done {
        "saved" => Some("Saved. It counts for everybody who accepts from now on"),
        "retired" => Some("Retired. Nobody new is asked for it"),
        "back" => Some("Opportunities can ask for it again"),
        _ => None,
    };
    let (used, retired): (Vec<_>, Vec<_>) = shown.types.iter().partition(|what| what.retired_at.is_none());
    let used = used.into_iter().map(|what| type_view(what, shown.changes)).collect_view();
    let retired = (!retired.is_empty()).then(|| {
        let retired = retired.into_iter().map(|what| type_view(what, shown.changes)).collect_view();
        view! {
            <h2 class="nhsuk-heading-m">"No longer asked for"</h2>
            {retired}
        }
    });
    let add = if shown.changes {
        view! { <Button href="/provider/clearances/new">"Add a check"</Button> }.into_any()
    } else {
        view! { <p>"A colleague with the right to decide can change them."</p> }.into_any()
    };
    view! {
        <Title text="Checks that you ask for" />
        <BackLink href="/provider" text="Today" />
        {banner.map(|words| view! { <NotificationBanner success=true heading=words /> })}
        <h1 class="nhsuk-heading-l">"Checks that you ask for"</h1>
        <p>"These are the checks that your opportunities can ask for after somebody accepts a place. Each opportunity says which ones."</p>
        <p>
            <a href="/provider/clearances/to-do">"See which checks are to do"</a>
        </p>
        {used}
        {add}
        {retired}
    }
    .into_any()
}

fn type_view(what: &ClearanceType, changes: bool) -> AnyView {
    let owner = if what.owner.name.is_empty() { "Everybody who decides".to_owned() } else { what.owner.name.clone() };
    let holds = what.valid_months.map_or_else(
        || "One placement".to_owned(),
        |months| format!("{}, also for the next placement", count(i64::from(months), "month", "months")),
    );
    let evidence = match what.evidence {
        Evidence::None => "Nothing more",
        Evidence::Document => "A document",
        Evidence::Date => "The date on which somebody saw it",
    };
    let rows = vec![
        SummaryRow::new("What learners read", what.explanation.clone()),
        SummaryRow::new("Usually takes", count(what.lead_days, "day", "days")),
        SummaryRow::new("Who sees to it", owner),
        SummaryRow::new("What is needed", evidence),
        SummaryRow::new("Holds for", holds),
    ];
    let change = changes.then(|| {
        let href = format!("/provider/clearances/{}", what.code);
        let about = format!(": {}", what.name);
        let (code, retired) = (what.code.to_string(), what.retired_at.is_some());
        let words = if retired { "Bring it back" } else { "Retire it" };
        view! {
            <div class="wex-no-print nhsuk-u-margin-bottom-5">
                <p>
                    <a href=href>"Change" <span class="nhsuk-u-visually-hidden">{about.clone()}</span></a>
                </p>
                <form method="post" action="/do/provide_retire_clearance_type">
                    <input type="hidden" name="code" value=code />
                    <input type="hidden" name="back" value=if retired { "yes" } else { "" } />
                    <Button kind=ButtonKind::Secondary small=true>
                        {words} <span class="nhsuk-u-visually-hidden">{about}</span>
                    </Button>
                </form>
            </div>
        }
    });
    view! {
        <section>
            <h2 class="nhsuk-heading-s">{what.name.clone()}</h2>
            <SummaryList rows=rows />
            {change}
        </section>
    }
    .into_any()
}
