//! Who is coming, and what each still needs.

use domain::State;
use domain::clearance::ConsentStatus;
use domain::words::{count, short_date};
use kit::components::{Column, Table};
use leptos::prelude::*;
use services::applications::Line;
use services::sessions::SessionView;

use super::capital;

/// The learner's name; the reference where it is not known.
pub(super) fn name(line: &Line) -> String {
    if line.name.is_empty() { line.reference.clone() } else { line.name.clone() }
}

pub(super) fn coming_view(shown: &SessionView) -> AnyView {
    if shown.coming.is_empty() {
        return view! {
            <h2 class="nhsuk-heading-m">"Who is coming"</h2>
            <p>"Nobody holds a place yet."</p>
        }
        .into_any();
    }
    let rows = shown
        .coming
        .iter()
        .map(|line| {
            let href = format!("/provider/applications/{}", line.reference);
            let needs: Vec<AnyView> =
                needs(line).into_iter().map(|need| view! { <div>{need}</div> }.into_any()).collect();
            vec![
                view! { <a href=href>{name(line)}</a> }.into(),
                capital(line.state.in_words()).into(),
                view! { <div>{needs}</div> }.into(),
            ]
        })
        .collect();
    let n = i64::try_from(shown.coming.len()).unwrap_or(i64::MAX);
    let caption = format!("Who is coming: {}", count(n, "person", "people"));
    view! {
        <Table
            caption=caption
            columns=vec![Column::new("Name"), Column::new("Where it stands"), Column::new("Still needed")]
            rows=rows
        />
    }
    .into_any()
}

/// What somebody still needs before they can come.
fn needs(line: &Line) -> Vec<String> {
    let mut needs = Vec::new();
    match line.state {
        State::Offered => {
            needs.push(match line.respond_by {
                Some(by) => format!("Their answer, by {}", short_date(by)),
                None => "Their answer".to_owned(),
            });
        }
        State::Accepted => {
            if line.consent == ConsentStatus::Asked {
                needs.push("A parent or carer’s yes".to_owned());
            }
            if line.checks_open > 0 {
                let late = if line.checks_late > 0 { format!(", {} at risk", line.checks_late) } else { String::new() };
                needs.push(format!("{}{late}", count(line.checks_open, "check", "checks")));
            }
        }
        _ => {}
    }
    if needs.is_empty() {
        needs.push("Nothing".to_owned());
    }
    needs
}
