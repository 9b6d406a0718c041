//! Components of our own, where the design system has none. Their styles begin with `wex-`.

use super::text::{Link, MaybeText};
use leptos::prelude::*;

/// Says on every page that this is a demonstration with invented people.
#[component]
pub fn DemonstrationBanner(
    /// What the reader must know.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="wex-demo-banner" role="region" aria-label="About this site">
            <div class="nhsuk-width-container">
                <strong class="nhsuk-tag nhsuk-tag--yellow wex-demo-banner__tag">"Demonstration"</strong>
                <span class="wex-demo-banner__text">{children()}</span>
            </div>
        </div>
    }
}

/// Where a step of a way stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Behind us.
    Done,
    /// Where we are.
    Current,
    /// Ahead.
    Ahead,
    /// The way ended here.
    Ended,
}

impl StepState {
    fn class(self) -> &'static str {
        match self {
            Self::Done => "wex-tracker__step wex-tracker__step--done",
            Self::Current => "wex-tracker__step wex-tracker__step--current",
            Self::Ahead => "wex-tracker__step wex-tracker__step--ahead",
            Self::Ended => "wex-tracker__step wex-tracker__step--ended",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::Current => "You are here",
            Self::Ahead => "Still to come",
            Self::Ended => "It ended here",
        }
    }
}

/// A step of a way: what it is, where it stands, when it was or will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    title: String,
    state: StepState,
    when: MaybeText,
    note: MaybeText,
}

impl Step {
    /// A step.
    pub fn new(title: impl Into<String>, state: StepState) -> Self {
        Self { title: title.into(), state, when: MaybeText::default(), note: MaybeText::default() }
    }

    /// When it was, or by when it will be, in words.
    pub fn when(mut self, when: impl Into<MaybeText>) -> Self {
        self.when = when.into();
        self
    }

    /// One more sentence.
    pub fn note(mut self, note: impl Into<MaybeText>) -> Self {
        self.note = note.into();
        self
    }
}

/// Where something stands, as a list of steps. The current one is marked in words and shape.
#[component]
pub fn Tracker(
    /// The steps in order.
    steps: Vec<Step>,
) -> impl IntoView {
    let items = steps
        .into_iter()
        .map(|step| {
            let current = (step.state == StepState::Current).then_some("step");
            view! {
                <li class=step.state.class() aria-current=current>
                    <span class="wex-tracker__title">{step.title}</span>
                    <span class="wex-tracker__state">{step.state.words()}</span>
                    {step.when.into_inner().map(|text| view! { <span class="wex-tracker__when">{text}</span> })}
                    {step.note.into_inner().map(|text| view! { <span class="wex-tracker__note">{text}</span> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="wex-tracker">{items}</ol> }
}

/// Filters beside the results: a column on a desk, behind a line that opens on a phone.
///
/// The same fields serve both: on a desk the style keeps the `details` element open.
#[component]
pub fn FilterPanel(
    /// The line on a phone, such as "Filter (2 on)".
    #[prop(into)]
    summary: String,
    /// Open from the start on a phone.
    #[prop(optional)]
    open: bool,
    /// The form with its fields.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="wex-filter" open=open>
            <summary class="wex-filter__summary">
                <span class="wex-filter__summary-text">{summary}</span>
            </summary>
            <div class="wex-filter__body">{children()}</div>
        </details>
    }
}

/// The filters that are on, each with a link that takes it away.
#[component]
pub fn ChosenFilters(
    /// Words of the filter, and the address without it.
    filters: Vec<Link>,
    /// The address without any filter.
    #[prop(optional, into)]
    clear: MaybeText,
) -> impl IntoView {
    (!filters.is_empty()).then(|| {
        let items = filters
            .into_iter()
            .map(|filter| {
                view! {
                    <li class="wex-chosen__item">
                        <a class="wex-chosen__link" href=filter.href>
                            <span class="nhsuk-u-visually-hidden">"Remove filter: "</span>
                            {filter.text}
                            <span class="wex-chosen__cross" aria-hidden="true">"×"</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="wex-chosen">
                <h2 class="nhsuk-u-visually-hidden">"Filters that are on"</h2>
                <ul class="wex-chosen__list">{items}</ul>
                {clear
                    .into_inner()
                    .map(|href| view! { <a class="wex-chosen__clear" href=href>"Clear all filters"</a> })}
            </div>
        }
    })
}

/// The page's main action, at the bottom edge of a phone's screen and in the text on a desk.
///
/// The style keeps room below what has focus, so that the bar never covers it.
#[component]
pub fn StickyAction(
    /// One button, with at most one line of text.
    children: Children,
) -> impl IntoView {
    view! { <div class="wex-sticky-action">{children()}</div> }
}

/// What can be done with the rows that are selected.
#[component]
pub fn ActionBar(
    /// What the bar is for, for people who do not see it.
    #[prop(into)]
    label: String,
    /// The number of rows and the buttons.
    children: Children,
) -> impl IntoView {
    view! { <div class="wex-action-bar" role="group" aria-label=label>{children()}</div> }
}
