//! The list of an organisation's own opportunities.

use chrono::NaiveDate;
use domain::State;
use domain::words;
use kit::components::{ActionLink, Cell, Column, Table, Tag};
use leptos::prelude::*;
use leptos_meta::Title;
use services::opportunities::Line;

use super::{places, standing};

/// The opportunities of the coordinator's organisation.
#[component]
pub fn OwnOpportunitiesPage() -> impl IntoView {
    kit::page(async move {
        let ctx = kit::request();
        let lines = services::opportunities::list(&ctx).await?;
        let today = ctx.services.today();
        Ok(view! {
            <Title text="Your opportunities" />
            <h1 class="nhsuk-heading-l">"Your opportunities"</h1>
            {list_view(&lines, today)}
        })
    })
}

fn list_view(lines: &[Line], today: NaiveDate) -> impl IntoView + use<> {
    let import = view! { <ActionLink href="/provider/import">"Import a spreadsheet"</ActionLink> };
    if lines.is_empty() {
        return view! { <p>"You have not posted anything yet."</p>{import} }.into_any();
    }
    let columns = vec![
        Column::new("Opportunity"),
        Column::new("Dates"),
        Column::new("Places held"),
        Column::new("Applications"),
        Column::new("Where it stands"),
    ];
    let rows = lines.iter().map(|line| cells(line, today)).collect::<Vec<_>>();
    let caption = words::count(
        i64::try_from(lines.len()).unwrap_or(i64::MAX),
        "opportunity, by first day",
        "opportunities, by first day",
    );
    view! {
        {import}
        <p>
            <a href="/provider/departments">"Cancel a department’s dates"</a>
        </p>
        <Table caption=caption columns=columns rows=rows sticky_header=true />
    }
    .into_any()
}

fn cells(line: &Line, today: NaiveDate) -> Vec<Cell> {
    let opportunity = &line.own.opportunity;
    let sessions = &line.own.sessions;
    let dates = match sessions.as_slice() {
        [] if opportunity.open_ended => "any time".to_owned(),
        [] => "not known yet".to_owned(),
        [only] => words::date_range(only.starts_on, only.ends_on),
        [first, rest @ ..] => format!(
            "{}, and {}",
            words::date_range(first.starts_on, first.ends_on),
            words::count(rest.len() as i64, "more date", "more dates")
        ),
    };
    let (held, capacity) =
        sessions.iter().fold((0, 0), |(held, capacity), session| (held + session.held, capacity + session.capacity));
    let places = if sessions.is_empty() { String::new() } else { places(held, capacity) };
    let closes_on = sessions.iter().map(|session| session.closes_on).filter(|day| *day >= today).min();
    let (colour, tag, words) = standing(opportunity.status, &line.missing, closes_on, today);
    let sent: i64 = line
        .own
        .applications
        .iter()
        .filter(|(state, _)| *state != State::Draft && *state != State::Expired)
        .map(|(_, count)| count)
        .sum();
    vec![
        view! { <a href=format!("/provider/opportunities/{}", opportunity.id)>{opportunity.title.clone()}</a> }.into(),
        dates.into(),
        places.into(),
        if opportunity.open_ended {
            format!("not needed: {}", super::taken(line.own.taken)).into()
        } else {
            sent.to_string().into()
        },
        view! { <div><Tag colour=colour>{tag}</Tag><br />{words}</div> }.into(),
    ]
}
