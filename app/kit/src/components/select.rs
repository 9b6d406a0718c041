//! A list to pick from, for filters and sorting. Radios are better for questions.

use super::choice::Choices;
use super::form_parts::{Surroundings, label_view};
use super::text::{MaybeText, Size, classes};
use leptos::prelude::*;

/// A list to pick one answer from.
#[component]
pub fn Select(
    /// Name posted with the form.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// The answers: `Vec<Choice>`, or pairs of value and words.
    #[prop(into)]
    items: Choices,
    /// The answer chosen before.
    #[prop(optional, into)]
    value: MaybeText,
    /// Id; the name unless said otherwise.
    #[prop(optional, into)]
    id: MaybeText,
    /// Help with the answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What was wrong and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// Size of the label.
    #[prop(optional)]
    label_size: Size,
    /// The label is the page's heading.
    #[prop(optional)]
    page_heading: bool,
    /// Further classes of the label, such as `nhsuk-u-visually-hidden`.
    #[prop(optional, into)]
    label_class: MaybeText,
    /// Not usable.
    #[prop(optional)]
    disabled: bool,
    /// Further classes of the field.
    #[prop(optional, into)]
    class: MaybeText,
) -> impl IntoView {
    let around = Surroundings::new(id, &name, hint, error);
    let chosen = value.into_inner().unwrap_or_default();
    let options = items
        .0
        .into_iter()
        .filter(|item| !item.divider)
        .map(|item| {
            let selected = item.value == chosen && !chosen.is_empty();
            let counted = item.count.map(|_| format!("{name}={}", item.value));
            let label = match item.count.flatten() {
                Some(count) => format!("{} ({count})", item.label),
                None => item.label,
            };
            view! {
                <option value=item.value selected=selected disabled=item.disabled data-count=counted>
                    {label}
                </option>
            }
        })
        .collect_view();
    let error_class = if around.has_error() { "nhsuk-select--error" } else { "" };
    view! {
        <div class=around.group_class("")>
            {label_view(&around.id, label, label_size, page_heading, label_class.get().unwrap_or(""))}
            {around.hint()} {around.error()}
            <select
                class=classes(&["nhsuk-select", error_class, class.get().unwrap_or("")])
                id=around.id.clone()
                name=name
                disabled=disabled
                aria-describedby=around.described_by("")
            >
                {options}
            </select>
        </div>
    }
}
