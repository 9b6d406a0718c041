//! The waiting list, in the order in which it is served.

use domain::places::{Pool, last_offer_day};
use domain::words::{count, long_date, ordinal, short_date};
use kit::components::{Column, Table};
use leptos::prelude::*;
use services::sessions::{SessionView, Waiting};
use services::time::london_day;

pub(super) fn waiting_view(shown: &SessionView) -> Option<AnyView> {
    if shown.waiting.is_empty() {
        return None;
    }
    let rows = shown
        .waiting
        .iter()
        .enumerate()
        .map(|(n, waiting)| {
            let href = format!("/provider/applications/{}", waiting.reference);
            let name = if waiting.name.is_empty() { waiting.reference.clone() } else { waiting.name.clone() };
            let place = ordinal(u64::try_from(n).unwrap_or(u64::MAX).saturating_add(1));
            vec![
                view! { <a href=href>{name}</a> }.into(),
                place.into(),
                waiting.standing.priority.in_words().unwrap_or("No").into(),
                short_date(london_day(waiting.standing.submitted_at)).into(),
                may_have(waiting).into(),
            ]
        })
        .collect();
    let n = i64::try_from(shown.waiting.len()).unwrap_or(i64::MAX);
    let caption = format!("Waiting list: {}", count(n, "person", "people"));
    let until = long_date(last_offer_day(shown.about.starts_on));
    Some(
        view! {
            <Table
                caption=caption
                columns=vec![
                    Column::new("Name"),
                    Column::new("Place in the list"),
                    Column::new("Priority"),
                    Column::new("Applied"),
                    Column::new("May have"),
                ]
                rows=rows
            />
            <p>
                {format!(
                    "People who meet a priority come first, and then whoever applied first. A place that becomes free is offered to the first who may have it, until {until}.",
                )}
            </p>
        }
        .into_any(),
    )
}

/// Which places somebody may have, in words.
fn may_have(waiting: &Waiting) -> String {
    let standing = waiting.standing;
    if standing.let_go {
        return "None: they let a place on these dates go before".to_owned();
    }
    if standing.consent_refused {
        return "None while their parent or carer says no".to_owned();
    }
    let reserved: Vec<&str> = standing
        .qualifies
        .pools()
        .into_iter()
        .filter_map(|pool| match pool {
            Pool::Open => None,
            Pool::Priority => Some("priority"),
            Pool::School => Some("school or college"),
        })
        .collect();
    if reserved.is_empty() {
        "An open place".to_owned()
    } else {
        format!("An open place, or one reserved for their {}", reserved.join(" or "))
    }
}
