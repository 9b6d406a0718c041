//! Radios and checkboxes: one component each over the same markup.

use super::choice::{Choice, Choices};
use super::form_parts::{Surroundings, legend_view};
use super::text::{MaybeText, Size, classes, joined};
use leptos::prelude::*;

/// What differs between radios and checkboxes.
#[derive(Clone, Copy)]
struct Shape {
    block: &'static str,
    html_type: &'static str,
    module: &'static str,
}

const RADIOS: Shape = Shape { block: "nhsuk-radios", html_type: "radio", module: "nhsuk-radios" };
const CHECKBOXES: Shape = Shape { block: "nhsuk-checkboxes", html_type: "checkbox", module: "nhsuk-checkboxes" };

/// One item: a divider, or a field with label and hint, and what it reveals.
fn item_view(
    shape: Shape,
    position: usize,
    group_id: &str,
    name: &str,
    described_by: Option<&str>,
    chosen: bool,
    item: Choice,
) -> AnyView {
    let Shape { block, html_type, .. } = shape;
    if item.divider {
        return view! { <div class=format!("{block}__divider")>{item.label}</div> }.into_any();
    }
    // The first item has the group's id, so that a summary of errors can link to it.
    let id = if position == 0 { group_id.to_owned() } else { format!("{group_id}-{}", position + 1) };
    let hint_id = format!("{id}-item-hint");
    let hint = item.hint.into_inner();
    let described_by = joined(&[described_by.unwrap_or(""), hint.as_ref().map(|_| hint_id.as_str()).unwrap_or("")]);
    let conditional_id = format!("conditional-{id}");
    let controls = item.conditional.is_some().then(|| conditional_id.clone());
    let posted = item.name.or(name);
    let count = item.count.map(|count| {
        view! {
            " "
            <span class="wex-count" data-count=format!("{posted}={}", item.value)>
                {count.map(|count| format!("({count})"))}
            </span>
        }
    });
    let field = view! {
        <div class=format!("{block}__item")>
            <input
                class=format!("{block}__input")
                id=id.clone()
                name=posted
                type=html_type
                value=item.value
                checked=chosen
                disabled=item.disabled
                aria-describedby=described_by
                data-aria-controls=controls
                data-behaviour=item.exclusive.then_some("exclusive")
            />
            <label class=format!("nhsuk-label {block}__label") for=id>
                {item.label} {count}
            </label>
            {hint.map(|hint| view! { <div class=format!("nhsuk-hint {block}__hint") id=hint_id>{hint}</div> })}
        </div>
    };
    let conditional = item.conditional.map(|content| {
        let hidden = if chosen { String::new() } else { format!("{block}__conditional--hidden") };
        view! {
            <div class=classes(&[&format!("{block}__conditional"), &hidden]) id=conditional_id>
                {content.run()}
            </div>
        }
    });
    view! { {field} {conditional} }.into_any()
}

struct Group {
    shape: Shape,
    around: Surroundings,
    name: String,
    label: Option<String>,
    label_size: Size,
    page_heading: bool,
    label_class: MaybeText,
    items: Choices,
    chosen: Vec<String>,
    small: bool,
    inline: bool,
}

/// The group around the items: a fieldset when there is a question, else the items alone.
fn group_view(group: Group) -> AnyView {
    let Group { shape, around, name, label, items, chosen, .. } = group;
    let described_by = around.described_by("");
    let on_items = if label.is_none() { described_by.clone() } else { None };
    let block = shape.block;
    let class = classes(&[
        block,
        &if group.small { format!("{block}--small") } else { String::new() },
        &if group.inline { format!("{block}--inline") } else { String::new() },
    ]);
    let items = items
        .0
        .into_iter()
        .enumerate()
        .map(|(position, item)| {
            let is_chosen = !item.divider && chosen.contains(&item.value);
            item_view(shape, position, &around.id, &name, on_items.as_deref(), is_chosen, item)
        })
        .collect_view();
    let inner = view! {
        {around.hint()}
        {around.error()}
        <div class=class data-module=shape.module>
            {items}
        </div>
    };
    let inner = match label {
        Some(label) => view! {
            <fieldset class="nhsuk-fieldset" aria-describedby=described_by>
                {legend_view(
                    label,
                    group.label_size,
                    group.page_heading,
                    group.label_class.get().unwrap_or(""),
                )}
                {inner}
            </fieldset>
        }
        .into_any(),
        None => inner.into_any(),
    };
    view! { <div class=around.group_class("")>{inner}</div> }.into_any()
}

/// One answer out of several.
#[component]
pub fn Radios(
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
    /// Id of the first answer; the name unless said otherwise.
    #[prop(optional, into)]
    id: MaybeText,
    /// Help with the question.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What was wrong and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// Smaller, for filters.
    #[prop(optional)]
    small: bool,
    /// Side by side, for two short answers.
    #[prop(optional)]
    inline: bool,
    /// Size of the question.
    #[prop(optional)]
    label_size: Size,
    /// The question is the page's heading.
    #[prop(optional)]
    page_heading: bool,
    /// Further classes of the question, such as `nhsuk-u-visually-hidden`.
    #[prop(optional, into)]
    label_class: MaybeText,
) -> impl IntoView {
    group_view(Group {
        shape: RADIOS,
        around: Surroundings::new(id, &name, hint, error),
        name,
        label: Some(label),
        label_size,
        page_heading,
        label_class,
        items,
        chosen: value.into_inner().into_iter().collect(),
        small,
        inline,
    })
}

/// Any number of answers. Without a `label` the boxes stand alone, as for one declaration.
#[component]
pub fn Checkboxes(
    /// Name posted with the form, once for each box ticked.
    #[prop(into)]
    name: String,
    /// The answers: `Vec<Choice>`, or pairs of value and words.
    #[prop(into)]
    items: Choices,
    /// The question.
    #[prop(optional, into)]
    label: MaybeText,
    /// The answers ticked before.
    #[prop(optional, into)]
    values: Vec<String>,
    /// Id of the first box; the name unless said otherwise.
    #[prop(optional, into)]
    id: MaybeText,
    /// Help with the question.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What was wrong and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// Smaller, for filters.
    #[prop(optional)]
    small: bool,
    /// Size of the question.
    #[prop(optional)]
    label_size: Size,
    /// The question is the page's heading.
    #[prop(optional)]
    page_heading: bool,
    /// Further classes of the question, such as `nhsuk-u-visually-hidden`.
    #[prop(optional, into)]
    label_class: MaybeText,
) -> impl IntoView {
    group_view(Group {
        shape: CHECKBOXES,
        around: Surroundings::new(id, &name, hint, error),
        name,
        label: label.into_inner(),
        label_size,
        page_heading,
        label_class,
        items,
        chosen: values,
        small,
        inline: false,
    })
}
