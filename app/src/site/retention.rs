use domain::retention::RULES;
use kit::components::{Cell, Column, Table};
use leptos::prelude::*;
use leptos_meta::Title;

/// How long each kind of record is kept, written from the table that the clock works by.
#[component]
pub fn RetentionPage() -> impl IntoView {
    let rows: Vec<Vec<Cell>> = RULES
        .iter()
        .map(|rule| {
            vec![
                rule.what.into(),
                format!("{} from {}", rule.term.in_words(), rule.from).into(),
                rule.then.into(),
                rule.why.into(),
            ]
        })
        .collect();
    let columns =
        vec![Column::new("What"), Column::new("How long"), Column::new("What happens then"), Column::new("Why")];
    view! {
        <Title text="How long we keep what we know about you" />
        <h1 class="nhsuk-heading-l">"How long we keep what we know about you"</h1>
        <p>"Our computers remove these by themselves. Nobody has to remember to do it."</p>
        <p>"You do not have to wait. You can "<a href="/account/erase">"erase your account"</a>" at any time."</p>
        <Table caption="What we keep and for how long" columns=columns rows=rows />
        <p>
            <a href="/privacy">"Privacy: what we keep and who sees it"</a>
        </p>
    }
}
