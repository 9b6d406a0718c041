//! One session: what can be done, who is coming and what each still needs, the waiting list, the places.

use domain::ids::SessionId;
use domain::places::Pool;
use domain::words::count;
use kit::AppError;
use kit::components::{BackLink, InsetText, NotificationBanner, SummaryList, SummaryRow};
use leptos::prelude::*;
use leptos_meta::Title;
use services::sessions::{SessionView, view};

use super::actions::actions_view;
use super::coming::coming_view;
use super::held;
use super::ledger::ledger_view;
use super::waiting::waiting_view;

/// One of the provider's sessions.
#[component]
pub fn SessionPage() -> impl IntoView {
    let (id, done) = (kit::param("id"), kit::query("done"));
    kit::page(async move {
        let id: SessionId = id.parse().map_err(|_| AppError::NotFound)?;
        let shown = view(&kit::request(), id).await?;
        Ok::<_, AppError>(view! {
            <Title text=format!("{}, {}", shown.about.title, shown.about.dates()) />
            {session_view(&shown, &done)}
        })
    })
}

pub(super) fn session_view(shown: &SessionView, done: &str) -> impl IntoView + use<> {
    let about = &shown.about;
    let opportunity = format!("/provider/opportunities/{}", about.opportunity);
    view! {
        <BackLink href="/provider/sessions" text="Sessions" />
        {done_view(shown, done)}
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{about.title.clone()}</span>
            {about.dates()}
        </h1>
        {about
            .cancelled
            .then(|| {
                view! {
                    <InsetText>
                        <p>"These dates are cancelled. Nobody is coming."</p>
                    </InsetText>
                }
            })}
        {facts_view(shown)}
        {actions_view(shown)}
        {coming_view(shown)}
        {undecided_view(shown)}
        {waiting_view(shown)}
        {ledger_view(&shown.ledger)}
        <p>
            <a href=opportunity>"See the opportunity"</a>
        </p>
    }
}

/// What was just done: as the record has it, not as the address claims.
fn done_view(shown: &SessionView, done: &str) -> Option<AnyView> {
    let places = shown.places.places;
    (done == "places").then(|| {
        let words = format!("These dates have {} now.", count(places.capacity, "place", "places"));
        view! { <NotificationBanner success=true heading=words /> }.into_any()
    })
}

fn facts_view(shown: &SessionView) -> impl IntoView + use<> {
    let about = &shown.about;
    let places = shown.places.places;
    let mut rows = Vec::new();
    if let Some(times) = about.times() {
        rows.push(SummaryRow::new("Each day", times));
    }
    if let Some(department) = &about.department {
        rows.push(SummaryRow::new("Department", department.clone()));
    }
    rows.push(SummaryRow::new("Places", held(places.held(), places.capacity)));
    let pool = |pool: Pool| format!("{} of {} held", places.held_in(pool), places.size(pool));
    if places.has_reserved() {
        rows.push(SummaryRow::new("Open to everybody", pool(Pool::Open)));
    }
    if places.reserved_priority > 0 {
        rows.push(SummaryRow::new("Reserved for learners who meet a priority", pool(Pool::Priority)));
    }
    if let (Some((_, _, school)), true) = (&shown.places.reserved_for, places.reserved_school > 0) {
        rows.push(SummaryRow::new(format!("Reserved for learners of {school}"), pool(Pool::School)));
    }
    rows.push(SummaryRow::new(
        "When every place is held",
        if shown.places.lists_when_full {
            "New applications go on the waiting list by themselves"
        } else {
            "You decide who goes on the waiting list"
        },
    ));
    rows.push(SummaryRow::new("Last day to apply", domain::words::long_date(about.closes_on)));
    view! { <SummaryList rows=rows /> }
}

/// A way to the applications that wait for an answer.
fn undecided_view(shown: &SessionView) -> Option<AnyView> {
    let lines = &shown.undecided;
    let n = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    (!lines.is_empty()).then(|| {
        let items: Vec<AnyView> = lines
            .iter()
            .map(|line| {
                let href = format!("/provider/applications/{}", line.reference);
                let name = super::coming::name(line);
                let by = line.decide_by.map(|by| format!(", answer promised by {}", domain::words::short_date(by)));
                view! {
                    <li>
                        <a href=href>{name}</a>
                        {by}
                    </li>
                }
                .into_any()
            })
            .collect();
        view! {
            <h2 class="nhsuk-heading-m">{format!("Waiting for your answer: {}", count(n, "application", "applications"))}</h2>
            <ul class="nhsuk-list">{items}</ul>
        }
        .into_any()
    })
}
