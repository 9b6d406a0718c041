use domain::Role;
use kit::AppError;
use leptos::prelude::*;
use leptos_meta::Title;
use services::demonstration::DemonstrationPerson;

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

fn group(heading: &'static str, people: Vec<DemonstrationPerson>) -> impl IntoView {
    let rows = people
        .into_iter()
        .map(|person| {
            let shows = shows(&person);
            view! {
                <li>
                    <form method="post" action="/demo/sign-in">
                        <input type="hidden" name="account" value=person.account.to_string() />
                        <button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small nhsuk-u-margin-bottom-1" data-module="nhsuk-button">
                            "Be " {person.name}
                        </button>
                    </form>
                    <p class="nhsuk-body-s">{shows}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <h2 class="nhsuk-heading-m">{heading}</h2>
        <ul class="nhsuk-list">{rows}</ul>
    }
}

/// What one sees as this person.
fn shows(person: &DemonstrationPerson) -> String {
    let at = person.organisation.as_deref().unwrap_or_default();
    match person.role {
        Role::Learner if person.applications.is_empty() => "Has not applied yet".into(),
        Role::Learner => {
            let list: Vec<String> = person.applications.iter().map(|(state, count)| format!("{count} {}", state.in_words())).collect();
            format!("Applications: {}", list.join("; "))
        }
        Role::Coordinator => format!("{at}: opportunities, applications, import"),
        Role::Adviser => format!("{at}: learners who agreed to be linked"),
        _ => at.to_owned(),
    }
}
