//! The provider's sessions: one line each, with what needs somebody's attention.

use chrono::NaiveDate;
use domain::words::{count, date_range};
use kit::AppError;
use kit::components::{Cell, Column, Table, Tag, TagColour};
use leptos::prelude::*;
use leptos_meta::Title;
use services::sessions::SessionLine;

use super::held;

/// The provider's sessions, to come or over.
#[component]
pub fn SessionsPage() -> impl IntoView {
    let past = kit::query("show") == "over";
    kit::page(async move {
        let ctx = kit::request();
        let lines = services::sessions::list(&ctx, past).await?;
        let manages = services::policy::coordinator(&ctx)?.1.can_manage;
        let supervisors = manages.then(|| {
            view! {
                <p>
                    <a href="/provider/supervisors">"Supervisors who record attendance"</a>
                </p>
            }
        });
        let title = if past { "Sessions that are over" } else { "Sessions" };
        Ok::<_, AppError>(view! {
            <Title text=title />
            {list_view(&lines, past, ctx.services.today())}
            {supervisors}
        })
    })
}

pub(super) fn list_view(lines: &[SessionLine], past: bool, today: NaiveDate) -> impl IntoView + use<> {
    let link = |over: bool, href: &'static str, words: &'static str| {
        let current = (over == past).then_some("page");
        view! {
            <li>
                <a class="wex-filters__link" href=href aria-current=current>
                    {words}
                </a>
            </li>
        }
    };
    let n = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let caption = format!("{}: {}", if past { "Over" } else { "To come" }, count(n, "session", "sessions"));
    let table = if lines.is_empty() {
        let words =
            if past { "No session is over yet." } else { "No session is planned. Publish an opportunity with dates." };
        view! { <p>{words}</p> }.into_any()
    } else {
        let columns = vec![
            Column::new("Dates"),
            Column::new("What"),
            Column::new("Places held"),
            Column::new("Waiting list"),
            Column::new("Look at"),
        ];
        let rows = lines.iter().map(|line| row(line, today)).collect();
        view! { <Table caption=caption columns=columns rows=rows sticky_header=true compact=true /> }.into_any()
    };
    view! {
        <h1 class="nhsuk-heading-l">"Sessions"</h1>
        <nav class="wex-filters wex-no-print" aria-label="Which sessions">
            <ul class="wex-filters__list">
                {link(false, "/provider/sessions", "To come")} {link(true, "/provider/sessions?show=over", "Over")}
            </ul>
        </nav>
        {table}
    }
}

fn row(line: &SessionLine, today: NaiveDate) -> Vec<Cell> {
    let session = &line.session;
    let href = format!("/provider/sessions/{}", session.id);
    let dates = date_range(session.starts_on, session.ends_on);
    let about = format!(": {}", line.title);
    let waiting = match line.waiting {
        0 => view! { <span class="wex-quiet">"Nobody"</span> }.into_any(),
        n => count(n, "person", "people").into_any(),
    };
    let tags = attention(line, today);
    let look = if tags.is_empty() {
        view! { <span class="wex-quiet">"Nothing"</span> }.into_any()
    } else {
        let tags =
            tags.into_iter().map(|(colour, words)| view! { <Tag colour=colour>{words}</Tag> " " }).collect_view();
        view! { <div>{tags}</div> }.into_any()
    };
    vec![
        view! {
            <a href=href>
                {dates} <span class="nhsuk-u-visually-hidden">{about}</span>
            </a>
        }
        .into(),
        line.title.clone().into(),
        held(session.held, session.capacity).trim_end_matches(" held").to_owned().into(),
        waiting.into(),
        look.into(),
    ]
}

/// What a coordinator should look at, worst first.
fn attention(line: &SessionLine, today: NaiveDate) -> Vec<(TagColour, String)> {
    let session = &line.session;
    if session.cancelled_at.is_some() {
        return vec![(TagColour::Grey, "Cancelled".to_owned())];
    }
    let mut tags = Vec::new();
    if line.checks_late > 0 {
        tags.push((TagColour::Red, count(line.checks_late, "check at risk", "checks at risk")));
    }
    if line.consents_missing > 0 {
        tags.push((TagColour::Orange, count(line.consents_missing, "consent missing", "consents missing")));
    }
    if line.to_decide > 0 {
        tags.push((TagColour::Blue, count(line.to_decide, "decision to make", "decisions to make")));
    }
    // Until it closes people still apply; after that, an empty place stays empty unless somebody acts.
    if line.unfilled > 0 && session.closes_on < today {
        tags.push((TagColour::Yellow, count(line.unfilled, "place unfilled", "places unfilled")));
    }
    tags
}
