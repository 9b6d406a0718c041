//! The checks beside an accepted application, each with what can be said of it.

use domain::State;
use domain::clearance::{ClearanceCode, ClearanceStatus};
use domain::words::short_date;
use kit::components::{Button, ButtonKind, Cell, Column, Details, Table, Textarea};
use leptos::prelude::*;
use services::applications::{Clearance, Review};
use services::time::london_day;

use crate::applications::pages::at::At;
use crate::applications::pages::decide::letter_view;
use crate::applications::pages::words::{capital, name};

/// What is said when somebody calls a check unnecessary without a reason.
pub(super) const REASON_MISSING: &str = "Write why this check is not needed";

/// The id of the box for that reason.
pub(super) fn reason_id(kind: &ClearanceCode) -> String {
    format!("because-{}", kind.as_str())
}

pub(super) fn checks_view(review: &Review, at: &At, problem: Option<&ClearanceCode>) -> Option<AnyView> {
    if review.clearances.is_empty() {
        return None;
    }
    // A table names the rows; what can be done stands below, where the forms have room on a phone.
    let rows = review.clearances.iter().map(|check| row(review, check)).collect();
    let columns = vec![Column::new("Check"), Column::new("How far"), Column::new("Due by"), Column::new("Who said so")];
    let forms = (review.decides && review.application.state == State::Accepted).then(|| {
        review
            .clearances
            .iter()
            .map(|check| forms_view(review, at, check, problem == Some(check.code())))
            .collect_view()
    });
    Some(
        view! {
            <section aria-labelledby="checks">
                <h2 class="nhsuk-heading-m" id="checks">
                    "Checks"
                </h2>
                <Table caption="Checks" caption_hidden=true columns=columns rows=rows />
                {forms}
            </section>
        }
        .into_any(),
    )
}

fn row(review: &Review, check: &Clearance) -> Vec<Cell> {
    let optional = if check.mandatory { "" } else { " (the place does not wait for it)" };
    let status = match check.status {
        ClearanceStatus::Waived => format!("Not needed: {}", check.waived_because),
        status => capital(status.label()),
    };
    let late = check.status == ClearanceStatus::Requested && check.due_on > review.about.starts_on;
    let due =
        if late { format!("{}, after the first day", short_date(check.due_on)) } else { short_date(check.due_on) };
    let who = check
        .settled
        .and_then(|(at, by)| review.people.get(&by).map(|name| format!("{name}, {}", short_date(london_day(at)))));
    vec![
        format!("{}{optional}", check.label()).into(),
        status.into(),
        due.into(),
        who.unwrap_or_else(|| "Nobody yet".to_owned()).into(),
    ]
}

/// What can be said of a check: done, not needed, could not be done; or, of a settled one, that it is not.
fn forms_view(review: &Review, at: &At, check: &Clearance, problem: bool) -> AnyView {
    let kind = check.code().clone();
    let label = check.label().to_owned();
    if check.status != ClearanceStatus::Requested {
        return view! {
            <div class="wex-no-print">
                <h3 class="nhsuk-heading-s">{label.clone()}</h3>
                <SettleForm at=at.clone() kind=kind.clone() status=ClearanceStatus::Requested>
                    <Button kind=ButtonKind::Secondary small=true>"Set back to in progress" {of(&label)}</Button>
                </SettleForm>
            </div>
        }
        .into_any();
    }
    let name = name(&review.application);
    let letter = review.check_letter.as_ref().map(letter_view);
    let ends = format!("This ends the place of {name}. It cannot be taken back. We send them this message:");
    let of_label = of(&label);
    let id = reason_id(&kind);
    let not_needed = view! {
        <SettleForm at=at.clone() kind=kind.clone() status=ClearanceStatus::Waived>
            <Textarea
                name="because"
                id=id
                label="Why is it not needed?"
                hint="Your name is kept beside it. Write nothing about anybody’s health."
                rows=2
                error=problem.then_some(REASON_MISSING)
            />
            <Button kind=ButtonKind::Secondary small=true>"Record as not needed" {of_label}</Button>
        </SettleForm>
    }
    .into_any();
    let to_end = kind.clone();
    let not_met = view! {
        <SettleForm at=at.clone() kind=to_end status=ClearanceStatus::NotMet>
            <Button kind=ButtonKind::Warning small=true>{format!("End the place and tell {name}")}</Button>
        </SettleForm>
    }
    .into_any();
    let done = of(&label);
    let (without, failed) = (format!("{label}: not needed"), format!("{label}: could not be done"));
    view! {
        <div class="wex-no-print">
            <h3 class="nhsuk-heading-s">{label}</h3>
            <SettleForm at=at.clone() kind=kind status=ClearanceStatus::Met>
                <Button kind=ButtonKind::Secondary small=true>"Mark as done" {done}</Button>
            </SettleForm>
            <Details summary=without open=problem>
                {not_needed}
            </Details>
            <Details summary=failed>
                <p>{ends}</p>
                {letter}
                {not_met}
            </Details>
        </div>
    }
    .into_any()
}

/// Which check, for people who hear the button alone.
fn of(label: &str) -> AnyView {
    view! { <span class="nhsuk-u-visually-hidden">{format!(": {}", label)}</span> }.into_any()
}

#[component]
fn SettleForm(at: At, kind: ClearanceCode, status: ClearanceStatus, children: Children) -> impl IntoView {
    view! {
        <form method="post" action="/do/provide_settle_clearance" novalidate>
            <input type="hidden" name="reference" value=at.reference.clone() />
            <input type="hidden" name="show" value=at.filter.as_str() />
            <input type="hidden" name="kind" value=kind.to_string() />
            <input type="hidden" name="status" value=status.as_str() />
            {children()}
        </form>
    }
}
