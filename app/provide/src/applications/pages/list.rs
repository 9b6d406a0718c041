//! The table of applications, with filters that are links. The island updates it in place.

use chrono::NaiveDate;
use domain::words::{count, date_range};
use kit::AppError;
use kit::components::{Button, ButtonKind, Cell, Column, NotificationBanner, Table, Tag};
use leptos::prelude::*;
use leptos_meta::Title;
use services::Ctx;
use services::applications::{Line, QueueFilter, can_be_chosen};

use super::at::{At, Choice, filter, list_address};
use super::words::{by_when, capital, empty, flags, waiting_since};
use crate::applications::island::ids;
use crate::applications::{QueueTable, QueueUpdate};

/// The provider's applications.
#[component]
pub fn ApplicationsPage() -> impl IntoView {
    let show = kit::query("show");
    let answered = kit::query("answered").parse::<i64>().unwrap_or(0);
    kit::page(async move {
        let ctx = kit::request();
        let queue = Queue::load(&ctx, &show).await?;
        let answered = (answered > 0).then(|| {
            let said = format!("{} answered", count(answered, "application was", "applications were"));
            view! { <NotificationBanner success=true heading=said /> }
        });
        let decides = services::policy::coordinator(&ctx).is_ok_and(|(_, member, _)| member.can_decide);
        Ok::<_, AppError>(view! {
            <Title text=queue.title() />
            {answered}
            {queue_view(&queue)}
            {decides.then(act_view)}
        })
    })
}

/// For somebody who rang, or sent the printed form.
fn act_view() -> impl IntoView {
    view! {
        <p class="wex-no-print">
            <a href="/provider/act">"Key in an application for somebody who rang or wrote"</a>
        </p>
    }
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
    /// Whether this person answers applications: then rows can be chosen.
    pub(super) decides: bool,
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
            decides: services::policy::coordinator(ctx)?.1.can_decide,
        })
    }
    /// Whether a row can be chosen to be answered with others.
    fn can_choose(&self, line: &Line) -> bool {
        self.decides && can_be_chosen(line.state)
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
    let choosing = queue.lines.iter().any(|line| queue.can_choose(line));
    let rows = queue.lines.iter().map(|line| row(queue, line, choosing)).collect();
    let mut columns = vec![
        Column::new("Name"),
        Column::new("What for"),
        Column::new("Where it stands"),
        Column::new("Waiting since"),
        Column::new("Answer by"),
        Column::new("Look at"),
    ];
    if !choosing {
        return view! { <Table caption=queue.caption() columns=columns rows=rows sticky_header=true compact=true /> }
            .into_any();
    }
    columns.push(Column::new("Choose"));
    view! {
        <form method="get" action="/provider/applications/several">
            <input type="hidden" name="show" value=queue.filter.as_str() />
            <Table caption=queue.caption() columns=columns rows=rows sticky_header=true compact=true />
            {answers_view()}
        </form>
    }
    .into_any()
}

/// The answers for the rows that are chosen.
fn answers_view() -> impl IntoView {
    let button = |choice: Choice, words: &'static str| {
        view! {
            <Button kind=ButtonKind::Secondary small=true name="decision" value=choice.as_str()>
                {words}
            </Button>
            " "
        }
    };
    view! {
        <fieldset class="nhsuk-fieldset wex-answers wex-no-print">
            <legend class="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">"Answer everybody you chose"</legend>
            <p class="nhsuk-hint">"You read the messages before they are sent."</p>
            {button(Choice::Offer, "Offer a place")}
            {button(Choice::Waitlist, "Waiting list")}
            {button(Choice::No, "Say no")}
        </fieldset>
    }
}

/// A box to choose the row with.
fn choose_view(line: &Line, name: &str) -> impl IntoView + use<> {
    let id = format!("choose-{}", line.reference);
    view! {
        <div class="nhsuk-checkboxes nhsuk-checkboxes--small wex-choose">
            <div class="nhsuk-checkboxes__item">
                <input
                    class="nhsuk-checkboxes__input"
                    id=id.clone()
                    name="reference"
                    type="checkbox"
                    value=line.reference.clone()
                />
                <label class="nhsuk-label nhsuk-checkboxes__label" for=id>
                    <span class="nhsuk-u-visually-hidden">{format!("Choose {name}")}</span>
                </label>
            </div>
        </div>
    }
}

fn row(queue: &Queue, line: &Line, choosing: bool) -> Vec<Cell> {
    let href = At { reference: line.reference.clone(), filter: queue.filter }.application("");
    let name = if line.name.is_empty() { line.reference.clone() } else { line.name.clone() };
    let choose =
        choosing.then(|| if queue.can_choose(line) { choose_view(line, &name).into_any() } else { quiet("Not now") });
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
    let mut cells: Vec<Cell> = vec![
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
    ];
    cells.extend(choose.map(Cell::new));
    cells
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
        ("Enter", "Open the application"),
        ("x", "Choose the application, or not any more"),
        ("o", "Offer a place to everybody you chose"),
        ("w", "Put everybody you chose on the waiting list"),
        ("n", "Say no to everybody you chose"),
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
            {button("Enter", "Open")}
            {button("x", "Choose")}
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
