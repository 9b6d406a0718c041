use domain::Role;
use kit::AppError;
use kit::components::{Cell, Column, Table};
use leptos::prelude::*;
use leptos_meta::Title;
use services::demonstration::Person;

use super::request;

/// Everybody whom one can be, with one click.
#[component]
pub fn PeoplePage() -> impl IntoView {
    kit::page(async move {
        let ctx = request()?;
        let people = services::demonstration::people(&ctx).await?;
        let groups = [
            ("Learners", Role::Learner),
            ("Coordinators", Role::Coordinator),
            ("Supervisors", Role::Supervisor),
            ("Careers advisers", Role::Adviser),
            ("National team", Role::National),
        ]
        .map(|(heading, role)| {
            let people: Vec<_> = people.iter().filter(|person| person.role == role).cloned().collect();
            (!people.is_empty()).then(|| group(heading, people))
        });
        Ok::<_, AppError>(view! {
            <Title text="Be somebody" />
            <h1 class="nhsuk-heading-l">"Be somebody"</h1>
            <p>
                "Choose a person to sign in as. Nobody here is real. A coordinator’s password and code are skipped."
            </p>
            {groups}
        })
    })
}

fn group(heading: &'static str, people: Vec<Person>) -> impl IntoView {
    let rows = people
        .into_iter()
        .map(|person| {
            let shows = match &person.organisation {
                Some(organisation) if !person.shows.contains(organisation.as_str()) => format!("{organisation}. {}", person.shows),
                _ => person.shows,
            };
            let be = view! {
                <form method="post" action="/demo/sign-in">
                    <input type="hidden" name="account" value=person.account.to_string() />
                    <button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small nhsuk-u-margin-bottom-0">"Be " {person.name}</button>
                </form>
            };
            vec![be.into(), shows.into()]
        })
        .collect::<Vec<Vec<Cell>>>();
    view! { <Table caption=heading columns=vec![Column::new("Person"), Column::new("What you see")] rows=rows first_cell_is_header=false /> }
}
