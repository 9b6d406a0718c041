//! The learners of a school who agreed to be seen: one table, one line each, and the questions above it.

use domain::words::{count, short_date};
use kit::AppError;
use kit::components::{Cell, Column, InsetText, Table, Tag, TagColour};
use leptos::prelude::*;
use leptos_meta::Title;
use services::advise::{Flag, LinkedLearner, my_learners};

use super::{capital, name_or};

/// The learners whom this adviser may see.
#[component]
pub fn LearnersPage() -> impl IntoView {
    let show = kit::query("show");
    kit::page(async move {
        let (school, learners) = my_learners(&kit::request()).await?;
        let chosen = Flag::ALL.into_iter().find(|flag| flag.as_str() == show);
        let title = chosen.map_or_else(|| "My learners".to_owned(), |flag| format!("My learners: {}", flag.label()));
        Ok::<_, AppError>(view! {
            <Title text=title />
            {learners_view(&school, &learners, chosen)}
        })
    })
}

pub(super) fn learners_view(school: &str, learners: &[LinkedLearner], chosen: Option<Flag>) -> impl IntoView + use<> {
    let shown: Vec<&LinkedLearner> =
        learners.iter().filter(|learner| chosen.is_none_or(|flag| learner.flag == flag)).collect();
    let n = i64::try_from(shown.len()).unwrap_or(i64::MAX);
    let heading = chosen.map_or("All", Flag::label);
    let caption = format!("{heading}: {}", count(n, "learner", "learners"));
    let table = if shown.is_empty() {
        let words = if learners.is_empty() {
            "No learner has agreed yet. They are asked once, when they apply and name your school."
        } else {
            "No learner is here at the moment."
        };
        view! { <p>{words}</p> }.into_any()
    } else {
        let columns = vec![
            Column::new("Name"),
            Column::new("Where they stand"),
            Column::new("What for"),
            Column::new("Last activity"),
            Column::new("In short"),
        ];
        view! { <Table caption=caption columns=columns rows=shown.into_iter().map(row).collect() sticky_header=true /> }
            .into_any()
    };
    let said = format!(
        "These learners agreed that careers advisers at {school} may see where they stand. They can stop it at any time. What they wrote stays with them."
    );
    view! {
        <h1 class="nhsuk-heading-l">
            <span class="nhsuk-caption-l">{school.to_owned()}</span>
            "My learners"
        </h1>
        {(!learners.is_empty()).then(|| filters_view(learners, chosen))}
        {table}
        <InsetText>
            <p>{said}</p>
        </InsetText>
    }
}

fn filters_view(learners: &[LinkedLearner], chosen: Option<Flag>) -> impl IntoView + use<> {
    let all = (None, "All", learners.len());
    let flags = Flag::ALL
        .into_iter()
        .map(|flag| (Some(flag), flag.label(), learners.iter().filter(|learner| learner.flag == flag).count()));
    let items = std::iter::once(all)
        .chain(flags)
        .map(|(flag, label, n)| {
            let href = flag.map_or_else(|| "/adviser".to_owned(), |flag| format!("/adviser?show={}", flag.as_str()));
            let current = (flag == chosen).then_some("page");
            view! {
                <li>
                    <a class="wex-filters__link" href=href aria-current=current>
                        {format!("{label} ({n})")}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="wex-filters wex-no-print" aria-label="Which learners">
            <ul class="wex-filters__list">{items}</ul>
        </nav>
    }
}

fn row(learner: &LinkedLearner) -> Vec<Cell> {
    let href = format!("/adviser/learners/{}", learner.account);
    let name = name_or(&learner.name);
    let what = match (&learner.what, learner.applications) {
        (None, _) => "Nothing yet".to_owned(),
        (Some(what), n @ 2..) => format!("{what}, and {} more", n - 1),
        (Some(what), _) => what.clone(),
    };
    let (colour, flag) = (colour(learner.flag), learner.flag.label());
    vec![
        view! { <a href=href>{name}</a> }.into(),
        capital(&learner.stands).into(),
        what.into(),
        learner.last_activity.map_or_else(|| "None yet".to_owned(), short_date).into(),
        view! { <Tag colour=colour>{flag}</Tag> }.into(),
    ]
}

fn colour(flag: Flag) -> TagColour {
    match flag {
        Flag::NeedsSomething => TagColour::Orange,
        Flag::HasPlace => TagColour::Green,
        Flag::WaitingOnProvider => TagColour::Blue,
        Flag::NothingYet | Flag::NothingUnderWay => TagColour::Grey,
    }
}
