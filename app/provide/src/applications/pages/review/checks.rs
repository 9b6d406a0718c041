//! The checks beside an accepted application. What can be said of each stands on a page of its own; one that
//! needs nothing but somebody's word can be marked as done here.

use domain::State;
use domain::clearance::{ClearanceStatus, Evidence};
use domain::words::short_date;
use kit::components::{Button, ButtonKind, Cell, Column, Table};
use leptos::prelude::*;
use services::applications::{Clearance, Review};
use services::time::london_day;

use crate::applications::pages::at::At;
use crate::applications::pages::words::capital;

pub(super) fn checks_view(review: &Review, at: &At, today: chrono::NaiveDate) -> Option<AnyView> {
    if review.clearances.is_empty() {
        return None;
    }
    let rows = review.clearances.iter().map(|check| row(review, check, today)).collect();
    let columns = vec![Column::new("Check"), Column::new("How far"), Column::new("Due by"), Column::new("Who said so")];
    let plain =
        |check: &&Clearance| check.status == ClearanceStatus::Requested && check.what.evidence == Evidence::None;
    let forms = (review.decides && matches!(review.application.state, State::Accepted | State::Confirmed))
        .then(|| review.clearances.iter().filter(plain).map(|check| done_view(at, check)).collect_view());
    Some(
        view! {
            <section aria-labelledby="checks">
                <h2 class="nhsuk-heading-m" id="checks">
                    "Checks"
                </h2>
                <Table caption="Checks" caption_hidden=true columns=columns rows=rows />
                <div class="wex-no-print">{forms}</div>
            </section>
        }
        .into_any(),
    )
}

fn row(review: &Review, check: &Clearance, today: chrono::NaiveDate) -> Vec<Cell> {
    let about = &review.about;
    let optional = if check.mandatory { "" } else { " (the place does not wait for it)" };
    let until = check.valid_until.map(|day| format!(", valid until {}", short_date(day))).unwrap_or_default();
    let status = match check.status {
        ClearanceStatus::Waived => format!("Not needed: {}", check.waived_because),
        ClearanceStatus::Met if check.reused_from.is_some() => format!("Already done{until}"),
        ClearanceStatus::Met => format!("Done{until}"),
        status => capital(status.label()),
    };
    let risk = check.risk(today, about.starts_on, about.ends_on);
    let due = short_date(check.due_on);
    let due = risk.map_or_else(|| due.clone(), |risk| format!("{due}: {}", risk.label()));
    let who = check
        .settled
        .and_then(|(at, by)| review.people.get(&by).map(|name| format!("{name}, {}", short_date(london_day(at)))));
    let href = format!("/provider/applications/{}/checks/{}", review.application.reference, check.code());
    let label = check.label().to_owned();
    vec![
        Cell::new(view! { <a href=href>{label}</a> {optional} }),
        status.into(),
        due.into(),
        who.unwrap_or_else(|| "Nobody yet".to_owned()).into(),
    ]
}

fn done_view(at: &At, check: &Clearance) -> AnyView {
    let about = format!(": {}", check.label());
    view! {
        <form method="post" action="/do/provide_settle_clearance" novalidate>
            <input type="hidden" name="reference" value=at.reference.clone() />
            <input type="hidden" name="show" value=at.filter.as_str() />
            <input type="hidden" name="kind" value=check.code().to_string() />
            <input type="hidden" name="status" value=ClearanceStatus::Met.as_str() />
            <Button kind=ButtonKind::Secondary small=true>"Mark as done" {about}</Button>
        </form>
    }
    .into_any()
}
