//! A list of tasks, each with where it stands.

use super::tag::{Tag, TagColour};
use super::text::{MaybeText, joined};
use leptos::prelude::*;

/// Where a task stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskStatus {
    /// Done. Quiet, because nothing is left to do.
    Completed,
    /// Not done.
    Incomplete,
    /// Not possible before another task.
    CannotStartYet,
    /// Something else, in words and a colour.
    Other(String, TagColour),
}

impl TaskStatus {
    fn view(self) -> AnyView {
        const QUIET: &str = "nhsuk-tag--no-colour nhsuk-tag--no-border nhsuk-u-font-weight-normal";
        match self {
            Self::Completed => view! { <Tag class=QUIET>"Completed"</Tag> }.into_any(),
            Self::Incomplete => view! { <Tag colour=TagColour::Blue>"Incomplete"</Tag> }.into_any(),
            Self::CannotStartYet => view! {
                <Tag class=format!("{QUIET} nhsuk-u-secondary-text-colour")>"Cannot start yet"</Tag>
            }
            .into_any(),
            Self::Other(text, colour) => view! { <Tag colour=colour>{text}</Tag> }.into_any(),
        }
    }
}

/// One task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    title: String,
    href: MaybeText,
    hint: MaybeText,
    status: TaskStatus,
}

impl Task {
    /// A task and where it stands.
    pub fn new(title: impl Into<String>, status: TaskStatus) -> Self {
        Self { title: title.into(), href: MaybeText::default(), hint: MaybeText::default(), status }
    }

    /// Where the task is done. A task that cannot start has none.
    pub fn href(mut self, href: impl Into<MaybeText>) -> Self {
        self.href = href.into();
        self
    }

    /// What the task is about.
    pub fn hint(mut self, hint: impl Into<MaybeText>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// A list of tasks.
#[component]
pub fn TaskList(
    /// The tasks in order.
    tasks: Vec<Task>,
    /// Start of the ids; needed when a page has two lists.
    #[prop(default = "task".to_owned(), into)]
    id_prefix: String,
) -> impl IntoView {
    let items = tasks
        .into_iter()
        .enumerate()
        .map(|(position, task)| {
            let number = position + 1;
            let hint_id = format!("{id_prefix}-{number}-hint");
            let status_id = format!("{id_prefix}-{number}-status");
            let hint = task.hint.into_inner();
            let described_by = joined(&[if hint.is_some() { &hint_id } else { "" }, &status_id]);
            let href = task.href.into_inner();
            let class = match href {
                Some(_) => "nhsuk-task-list__item nhsuk-task-list__item--with-link",
                None => "nhsuk-task-list__item",
            };
            let name = match href {
                Some(href) => view! {
                    <a class="nhsuk-task-list__link nhsuk-link" href=href aria-describedby=described_by>
                        {task.title}
                    </a>
                }
                .into_any(),
                None => view! { <div>{task.title}</div> }.into_any(),
            };
            view! {
                <li class=class>
                    <div class="nhsuk-task-list__name-and-hint">
                        {name}
                        {hint.map(|hint| view! { <div class="nhsuk-task-list__hint" id=hint_id>{hint}</div> })}
                    </div>
                    <div class="nhsuk-task-list__status" id=status_id>
                        {task.status.view()}
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="nhsuk-task-list">{items}</ul> }
}
