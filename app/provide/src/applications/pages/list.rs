//! The table of applications, with filters that are links. The island updates it in place.

use chrono::NaiveDate;
use domain::words::{count, date_range};
use kit::AppError;
use kit::components::{Cell, Column, Table, Tag};
use leptos::prelude::*;
use leptos_meta::Title;
use services::Ctx;
use services::applications::{Line, QueueFilter};

use super::at::{At, filter, list_address};
use super::words::{by_when, capital, empty, flags, waiting_since};
use crate::applications::island::ids;
use crate::applications::{QueueTable, QueueUpdate};

/// The provider's applications.
#[component]
pub fn ApplicationsPage() -> impl IntoView {
    let show = kit::query("show");
    kit::page(async move {
        let queue = Queue::load(&kit::request(), &show).await?;
        Ok::<_, AppError>(view! {
            <Title text=queue.title() />
            {queue_view(&queue)}
        })
    })
}

/// The table under a filter, for the island: the same markup as the page's.
pub(crate) async fn update(ctx: &Ctx, show: &str) -> Result<QueueUpdate, AppError> {
    let queue = Queue::load(ctx, show).await?;
    Ok(QueueUpdate {
        address: list_address(queue.filter),
        title: queue.title(),
        said: queue.caption(),
        filters: filters_view(&queue).to_html(),
        list: list_view(&queue).to_html(),
    })
}

/// What the page shows.
pub(super) struct Queue {
    pub(super) filter: QueueFilter,
    pub(super) lines: Vec<Line>,
    pub(super) counts: Vec<(QueueFilter, usize)>,
    pub(super) today: NaiveDate,
    pub(super) soon: NaiveDate,
}

impl Queue {
    async fn load(ctx: &Ctx, show: &str) -> Result<Self, AppError> {
        let filter = filter(show);
        let (lines, counts) = services::applications::queue(ctx, filter).await?;
        Ok(Self {
            filter,
            lines,
            counts,
            today: ctx.services.today(),
            soon: services::applications::due_soon(&ctx.services),
        })
    }
    fn title(&self) -> String {
        format!("Applications: {}", self.filter.label())
    }
    fn caption(&self) -> String {
        let n = i64::try_from(self.lines.len()).unwrap_or(i64::MAX);
        format!("{}: {}", self.filter.label(), count(n, "application", "applications"))
    }
}

pub(super) fn queue_view(queue: &Queue) -> impl IntoView + use<> {
    let filters = filters_view(queue);
    let list = list_view(queue);
    view! {
        <h1 class="nhsuk-heading-l">"Applications"</h1>
        <QueueTable>
            <p class="nhsuk-error-message" id=ids::PROBLEM role="alert"></p>
            <p class="nhsuk-u-visually-hidden" id=ids::SAID role="status"></p>
            <nav class="wex-filters wex-no-print" aria-label="Which applications">
                <ul class="wex-filters__list" id=ids::FILTERS>
                    {filters}
                </ul>
            </nav>
            <div id=ids::LIST>{list}</div>
            {keys_view()}
        </QueueTable>
    }
}

fn filters_view(queue: &Queue) -> impl IntoView + use<> {
    let chosen = queue.filter;
    queue
        .counts
        .iter()
        .map(|(filter, n)| {
            let current = (*filter == chosen).then_some("page");
            view! {
                <li>
                    <a class="wex-filters__link" href=list_address(*filter) aria-current=current>
                        {format!("{} ({n})", filter.label())}
                    </a>
                </li>
            }
        })
        .collect_view()
}

fn list_view(queue: &Queue) -> AnyView {
    if queue.lines.is_empty() {
        return view! { <p>{empty(queue.filter)}</p> }.into_any();
    }
    let rows = queue.lines.iter().map(|line| row(queue, line)).collect();
    let columns = vec![
        Column::new("Name"),
        Column::new("What for"),
        Column::new("Where it stands"),
        Column::new("Waiting since"),
        Column::new("Answer by"),
        Column::new("Look at"),
    ];
    view! { <Table caption=queue.caption() columns=columns rows=rows sticky_header=true compact=true /> }.into_any()
}

fn row(queue: &Queue, line: &Line) -> Vec<Cell> {
    let href = At { reference: line.reference.clone(), filter: queue.filter }.application("");
    let name = if line.name.is_empty() { line.reference.clone() } else { line.name.clone() };
    let what = line.title.clone();
    let when = date_range(line.starts_on, line.ends_on);
    let flags = flags(line, queue.today, queue.soon);
    let look = if flags.is_empty() {
        quiet("Nothing")
    } else {
        let tags =
            flags.into_iter().map(|(colour, words)| view! { <Tag colour=colour>{words}</Tag> " " }).collect_view();
        view! { <div>{tags}</div> }.into_any()
    };
    let by = by_when(line).map_or_else(|| quiet("Nothing to decide"), IntoAny::into_any);
    vec![
        view! { <a href=href>{name}</a> }.into(),
        view! {
            <div>
                {what}
                <br />
                <span class="wex-quiet">{when}</span>
            </div>
        }
        .into(),
        capital(line.state.in_words()).into(),
        waiting_since(line, queue.today).into(),
        by.into(),
        look.into(),
    ]
}

/// Words that need no look.
fn quiet(words: &'static str) -> AnyView {
    view! { <span class="wex-quiet">{words}</span> }.into_any()
}

/// Buttons and keys to go through the list. They need scripts: until those run, they are hidden.
fn keys_view() -> impl IntoView {
    let button = |key: &'static str, words: &'static str| {
        view! {
            <button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="button" data-key=key>
                {words}
            </button>
        }
    };
    let keys = [
        ("j", "Next application"),
        ("k", "Previous application"),
        ("Enter or o", "Open the application"),
        ("?", "Show these keys"),
        ("Escape", "Close these keys"),
    ]
    .map(|(key, does)| {
        view! {
            <dt>
                <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
        }
    })
    .collect_view();
    view! {
        <div class="wex-action-bar wex-no-print" id=ids::KEYS role="group" aria-label="Go through the list" hidden>
            {button("j", "Next")}
            {button("k", "Previous")}
            {button("o", "Open")}
            {button("?", "Keyboard shortcuts")}
        </div>
        <dialog class="wex-keys" id=ids::HELP aria-labelledby="queue-help-title">
            <h2 class="nhsuk-heading-m" id="queue-help-title">
                "Keyboard shortcuts"
            </h2>
            <dl class="wex-keys__list">{keys}</dl>
            <div class="nhsuk-checkboxes nhsuk-checkboxes--small">
                <div class="nhsuk-checkboxes__item">
                    <input class="nhsuk-checkboxes__input" id=ids::KEYS_ON type="checkbox" checked />
                    <label class="nhsuk-label nhsuk-checkboxes__label" for=ids::KEYS_ON>
                        "Use these keys on this device"
                    </label>
                </div>
            </div>
            <form method="dialog">
                <button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small">"Close"</button>
            </form>
        </dialog>
    }
}
