//! The table of rows as understood: problems first, each with a box to mend it.

use domain::search::Audience;
use domain::{eligibility, words};
use kit::components::{Button, ButtonKind, Cell, Column, Input, Table, Tag, TagColour};
use leptos::prelude::*;
use services::import::{Outcome, Preview, Problem, RowView};

use super::counted_rows;

pub(super) fn rows_view(preview: &Preview) -> impl IntoView + use<> {
    let id = preview.id.to_string();
    let rows = preview.rows.iter().map(|row| cells(&id, row)).collect::<Vec<_>>();
    let columns = vec![
        Column::new("Line"),
        Column::new("Opportunity"),
        Column::new("When and where"),
        Column::new("Who can come"),
        Column::new("What happens"),
    ];
    view! {
        <div class="wex-import__rows">
            <Table
                caption="Rows as we understood them, problems first"
                columns=columns
                rows=rows
                caption_hidden=true
                sticky_header=true
                compact=true
            />
        </div>
        {(preview.not_shown > 0).then(|| view! { <p>{format!("{} more are not shown. They have no problem.", counted_rows(preview.not_shown))}</p> })}
    }
}

fn cells(import: &str, row: &RowView) -> Vec<Cell> {
    let title = if row.title.is_empty() { "No title".to_owned() } else { row.title.clone() };
    let kind = row.row.as_ref().map(|row| format!("{}, {}", row.kind.label(), row.delivery.label().to_lowercase()));
    let about = view! {
        <div>
            <strong>{title}</strong>
            {kind.map(|kind| view! { <br />{kind} })}
            {row.row.as_ref().and_then(|row| row.department.clone()).map(|department| view! { <br />{department} })}
        </div>
    };
    vec![
        view! { <span id=format!("line-{}", row.line)>{row.line}</span> }.into(),
        about.into(),
        when_and_where(row).into(),
        who(row).into(),
        what_happens(import, row).into(),
    ]
}

fn when_and_where(row: &RowView) -> impl IntoView + use<> {
    let mut lines = row.written[0].clone();
    if let Some(row) = &row.row {
        lines.extend(row.start.map(|first| words::date_range(first, row.end.unwrap_or(first))));
        lines.extend(match (row.daily_start, row.daily_end) {
            (Some(from), Some(to)) => Some(words::time_range(from, to)),
            (Some(from), None) => Some(format!("from {}", words::time(from))),
            _ => None,
        });
        lines.extend(row.closing.map(|day| format!("apply by {}", words::long_date(day))));
        let place: Vec<String> = [row.place.clone(), row.postcode.clone()].into_iter().flatten().collect();
        lines.extend((!place.is_empty()).then(|| place.join(", ")));
        lines.extend(row.setting.map(|setting| setting.label().to_owned()));
        lines.extend(row.by_bus.as_ref().map(|text| format!("By bus: {text}")));
    }
    lines_view(lines)
}

fn who(row: &RowView) -> impl IntoView + use<> {
    let mut lines = row.written[1].clone();
    if let Some(understood) = &row.row {
        lines.extend((!row.places.is_empty()).then(|| row.places.clone()));
        let known = understood.min_age.is_some() || understood.max_age.is_some();
        lines.extend(known.then(|| {
            format!("ages {}", eligibility::ages(understood.min_age.map(u32::from), understood.max_age.map(u32::from)))
        }));
        lines.extend(understood.who_for.clone());
        let groups = |named: &Vec<Audience>| named.iter().map(|one| one.label()).collect::<Vec<_>>().join(", ");
        let groups = understood.audiences.as_ref().filter(|named| !named.is_empty()).map(groups);
        lines.extend(groups.map(|groups| format!("for {groups}")));
        lines.extend((understood.nothing_needed == Some(true)).then(|| "no experience or grades needed".to_owned()));
        for (what, text) in [
            ("They need to have", &understood.equipment),
            ("Before", &understood.steps_before),
            ("After", &understood.steps_after),
        ] {
            lines.extend(text.as_ref().map(|text| format!("{what}: {text}")));
        }
    }
    lines_view(lines)
}

fn lines_view(lines: Vec<String>) -> impl IntoView {
    let line = |(position, line)| view! { {(position > 0).then(|| view! { <br /> })}{line} };
    view! { <div>{lines.into_iter().enumerate().map(line).collect_view()}</div> }
}

fn what_happens(import: &str, row: &RowView) -> impl IntoView + use<> {
    let tag = |colour: TagColour, text: String| view! { <Tag colour=colour>{text}</Tag> }.into_any();
    let (tag, says) = match &row.outcome {
        Outcome::Refused(_) => (tag(TagColour::Red, "Left out".into()), None),
        Outcome::Published => (tag(TagColour::Green, "Published".into()), None),
        Outcome::Draft(missing) if missing.is_empty() => (tag(TagColour::Blue, "Draft".into()), None),
        Outcome::Draft(missing) => (
            tag(TagColour::Yellow, "Draft".into()),
            Some(format!("Missing: {}.", services::opportunities::in_words(missing))),
        ),
        Outcome::Changed => (tag(TagColour::Blue, "Changed".into()), Some("What you posted before is updated.".into())),
        Outcome::Unchanged => (tag(TagColour::Grey, "No change".into()), Some("It is here already.".into())),
        Outcome::Repeats(line) => (tag(TagColour::Grey, "No change".into()), Some(format!("It repeats line {line}."))),
    };
    let problems = match &row.outcome {
        Outcome::Refused(problems) => {
            problems.iter().enumerate().map(|(position, problem)| problem_view(import, position, problem)).collect()
        }
        _ => Vec::new(),
    };
    let notes = row.notes.iter().map(|note| view! { <li>{note.clone()}</li> }).collect_view();
    view! {
        <div>
            {tag}
            {says.map(|says| view! { <p class="nhsuk-u-margin-bottom-2">{says}</p> })}
            {problems}
            {(!row.notes.is_empty())
                .then(|| view! { <ul class="nhsuk-list nhsuk-list--bullet wex-import__notes">{notes}</ul> })}
        </div>
    }
}

/// Why a row is left out, and the box in which to put it right.
fn problem_view(import: &str, position: usize, problem: &Problem) -> AnyView {
    let refusal = &problem.refusal;
    let Some(field) = problem.field else {
        return view! { <p><strong>{refusal.column.clone()}": "</strong>{refusal.reason.clone()}" "{refusal.mend.clone()}</p> }.into_any();
    };
    let id = format!("mend-{}-{position}", refusal.line);
    let which = format!(": {} of line {}", refusal.column, refusal.line);
    view! {
        <form class="wex-import__mend" method="post" action="/do/provide_mend_cell">
            <input type="hidden" name="import" value=import.to_owned() />
            <input type="hidden" name="line" value=refusal.line.to_string() />
            <input type="hidden" name="field" value=services::import::field_word(field) />
            <Input
                name="value"
                id=id
                label=format!("{}, line {}", refusal.column, refusal.line)
                value=refusal.value.clone()
                error=format!("{} {}", refusal.reason, refusal.mend)
                width=20
            />
            <Button kind=ButtonKind::Secondary small=true>
                "Check again"
                <span class="nhsuk-u-visually-hidden">{which}</span>
            </Button>
        </form>
    }
    .into_any()
}
