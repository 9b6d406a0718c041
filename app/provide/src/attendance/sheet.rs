//! The sign-in sheet, to print: a table of people and days, one for each week, and nothing that is sensitive.

use chrono::{Datelike, NaiveDate};
use domain::ids::SessionId;
use domain::words::{count, date_range, day_in_week, time_range};
use kit::AppError;
use kit::components::{BackLink, Cell, Column, Size, Table};
use leptos::prelude::*;
use leptos_meta::Title;
use services::attendance::{Register, register, times};

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
        Ok::<_, AppError>(view! {
            <Title text=format!("Sign-in sheet: {}", shown.session.title) />
            <BackLink href=back text="Who came" />
            {sheet_view(&shown)}
        })
    })
}

/// The days that take place, week by week: five or seven columns fit across a sheet of paper.
fn weeks(shown: &Register) -> Vec<Vec<NaiveDate>> {
    let mut weeks: Vec<Vec<NaiveDate>> = Vec::new();
    for day in shown.days.iter().filter(|one| one.not_run.is_none()).map(|one| one.day) {
        match weeks.last_mut() {
            Some(week) if week.last().is_some_and(|last| last.iso_week() == day.iso_week()) => week.push(day),
            _ => weeks.push(vec![day]),
        }
    }
    weeks
}

pub(super) fn sheet_view(shown: &Register) -> AnyView {
    let session = &shown.session;
    let mut facts = vec![session.organisation_name.clone()];
    facts.extend(session.department_name.clone());
    facts.push(date_range(session.starts_on, session.ends_on));
    facts.extend(times(session).map(|(from, to)| time_range(from, to)));
    let body = if shown.session.cancelled {
        view! { <p>"These dates are cancelled. Nobody is coming."</p> }.into_any()
    } else if shown.people.is_empty() {
        view! { <p>"Nobody has a confirmed place on these dates."</p> }.into_any()
    } else {
        weeks(shown).into_iter().map(|week| week_view(shown, &week)).collect_view().into_any()
    };
    let people = i64::try_from(shown.people.len()).unwrap_or(i64::MAX);
    let how = (!shown.people.is_empty()).then(|| {
        let words = format!(
            "{}. Print this page. Each person signs beside their name on each day.",
            count(people, "person", "people")
        );
        view! { <p class="wex-no-print">{words}</p> }
    });
    view! {
        <div class="wex-sheet">
            <h1 class="nhsuk-heading-l">
                <span class="nhsuk-caption-l">"Sign-in sheet"</span>
                {session.title.clone()}
            </h1>
            <p>{facts.join(", ")}</p>
            {how}
            {body}
        </div>
    }
    .into_any()
}

fn week_view(shown: &Register, week: &[NaiveDate]) -> AnyView {
    let mut columns = vec![Column::new("Name")];
    columns.extend(week.iter().map(|day| Column::new(day_in_week(*day))));
    let rows: Vec<Vec<Cell>> = shown
        .people
        .iter()
        .map(|one| {
            let mut row: Vec<Cell> = vec![one.name.clone().into()];
            // The room to sign is empty, and said to be so.
            row.extend(
                week.iter().map(|_| Cell::new(view! { <span class="nhsuk-u-visually-hidden">"To sign"</span> })),
            );
            row
        })
        .collect();
    let caption = match (week.first(), week.last()) {
        (Some(first), Some(last)) => date_range(*first, *last),
        _ => String::new(),
    };
    view! { <Table caption=caption caption_size=Size::S columns=columns rows=rows /> }.into_any()
}
