//! What a learner took that can be taken at any time.

use domain::words::short_date;
use kit::components::{Button, ButtonKind, Cell, Column, Table};
use leptos::prelude::*;
use services::enrolments::Taken;
use services::time::london_day;

/// The table, what is not finished first; nothing where there is none.
pub(super) fn taken_view(taken: &[Taken]) -> Option<AnyView> {
    if taken.is_empty() {
        return None;
    }
    let columns = vec![
        Column::new("What"),
        Column::new("With"),
        Column::new("Began"),
        Column::new("Finished"),
        Column::hidden("Take off"),
    ];
    let rows = taken.iter().map(cells).collect::<Vec<_>>();
    Some(
        view! {
            <section class="wex-record" id="taken">
                <h2 class="nhsuk-heading-m">"Talks, films and courses"</h2>
                <Table caption="What you took, unfinished first" columns=columns rows=rows responsive=true />
            </section>
        }
        .into_any(),
    )
}

fn cells(one: &Taken) -> Vec<Cell> {
    let href = format!("/opportunities/{}#when", one.slug);
    let about = format!(": {}", one.title);
    let (id, title) = (one.enrolment.id.to_string(), one.title.clone());
    let finished = match one.enrolment.completed_at {
        Some(at) => short_date(london_day(at)),
        None => "not yet".to_owned(),
    };
    vec![
        Cell::new(view! { <a href=href>{title}</a> }),
        one.organisation_name.clone().into(),
        short_date(london_day(one.enrolment.enrolled_at)).into(),
        finished.into(),
        Cell::new(view! {
            <form class="wex-no-print" method="post" action="/do/apply_take_off_record">
                <input type="hidden" name="enrolment" value=id />
                <Button kind=ButtonKind::Secondary small=true>
                    "Take it off" <span class="nhsuk-u-visually-hidden">{about}</span>
                </Button>
            </form>
        }),
    ]
}
