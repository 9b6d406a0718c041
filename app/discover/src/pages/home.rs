//! The first page: what this is, and the way into the search.

use domain::Profession;
use domain::search::Query;
use kit::components::{Button, Input, InputKind, Size};
use leptos::prelude::*;
use leptos_meta::Title;
use services::discover::Home;

/// The first page.
#[component]
pub fn HomePage() -> impl IntoView {
    kit::page(async move {
        let ctx = kit::request();
        let home = services::discover::home(&ctx).await?;
        Ok(view! {
            <Title text="Find work experience in health and care" />
            {home_view(home)}
        })
    })
}

fn home_view(home: Home) -> impl IntoView {
    let count = match home.total {
        0 => None,
        1 => Some("There is 1 opportunity to choose from today.".to_owned()),
        n => Some(format!("There are {n} opportunities to choose from today.")),
    };
    // Without anything published yet every role is shown, without a number.
    let roles: Vec<(Profession, Option<usize>)> = if home.professions.is_empty() {
        Profession::ALL.iter().map(|profession| (*profession, None)).collect()
    } else {
        home.professions.into_iter().map(|(profession, count)| (profession, Some(count))).collect()
    };
    let roles = roles
        .into_iter()
        .map(|(profession, count)| {
            let href = Query { professions: vec![profession], page: 1, ..Query::default() }.address();
            view! {
                <li>
                    <a href=href>{profession.label()}</a>
                    {count.map(|count| format!(" ({count})"))}
                </li>
            }
        })
        .collect_view();
    view! {
        <h1 class="nhsuk-heading-xl">"Find work experience in health and care"</h1>
        <p class="nhsuk-lede-text">
            "See what a job in a hospital, surgery, ambulance station or care home is like. Apply here, and hear back by a date you are told."
        </p>
        {count.map(|count| view! { <p>{count}</p> })}
        <form class="wex-start" method="get" action="/opportunities" role="search" aria-label="Opportunities">
            <Input
                name="what"
                label="What interests you?"
                label_size=Size::M
                hint="A role, a place of work or a subject, like nursing or A&E. You can leave this empty."
                kind=InputKind::Search
            />
            <Input
                name="where"
                label="Where?"
                label_size=Size::M
                hint="A postcode or town, like LS1 4AP or Leeds"
                width=20
            />
            <Button>"Find opportunities"</Button>
        </form>
        <h2 class="nhsuk-heading-m">"Browse by role"</h2>
        <ul class="nhsuk-list wex-roles">{roles}</ul>
        <p>
            <a href="/roles">"Read what people do, role by role"</a>
            ", or "
            <a href="/roles/new-to-me">"see roles you may never have heard of"</a>
            "."
        </p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(home: Home) -> String {
        Owner::new().with(|| home_view(home).to_html())
    }

    #[test]
    fn numbers_are_shown_only_when_there_are_any() {
        let some = html(Home { professions: vec![(Profession::Nursing, 34)], total: 40 });
        assert!(some.contains("There are 40 opportunities") && some.contains("(34)"), "{some}");
        assert!(some.contains(r#"href="/opportunities?profession=nursing""#));
        assert!(!some.contains("Pharmacy") && !some.contains("<template"));
        let none = html(Home { professions: vec![], total: 0 });
        assert!(none.contains("Pharmacy") && !none.contains("There are") && !none.contains("(0)"));
    }
}
