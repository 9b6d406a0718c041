//! What an adviser stated about the learner: they see which, and that providers do not.

use domain::words::long_date;
use leptos::prelude::*;
use services::priority::Statement;
use services::time::london_day;

/// The statements in force; nothing where there is none.
pub(super) fn priority_view(statements: &[Statement]) -> Option<AnyView> {
    if statements.is_empty() {
        return None;
    }
    let items: Vec<AnyView> = statements
        .iter()
        .map(|statement| {
            let who = format!("{} told us on {}:", statement.school_name, long_date(london_day(statement.stated_at)));
            let reasons: Vec<AnyView> =
                statement.reasons.iter().map(|reason| view! { <li>{reason.label()}</li> }.into_any()).collect();
            view! {
                <p>{who}</p>
                <ul class="nhsuk-list nhsuk-list--bullet">{reasons}</ul>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <h2 class="nhsuk-heading-m">"Your priority"</h2>
            {items}
            <p>
                "You can have places that are reserved for learners who meet a priority, and you come first on waiting lists. Providers read “meets priority”, never which. If it is not right, ask your adviser to change it."
            </p>
        }
        .into_any(),
    )
}
