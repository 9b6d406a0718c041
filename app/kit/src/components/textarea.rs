//! Several lines of text, with and without a count.

use super::form_parts::{Surroundings, label_view};
use super::text::{MaybeText, Size, classes};
use leptos::prelude::*;

/// The field itself, the same with and without a count.
fn field_view(around: &Surroundings, name: String, value: MaybeText, rows: u8, extra: &str, before: &str) -> AnyView {
    let error_class = if around.has_error() { "nhsuk-textarea--error" } else { "" };
    view! {
        <textarea
            class=classes(&["nhsuk-textarea", error_class, extra])
            id=around.id.clone()
            name=name
            rows=rows
            aria-describedby=around.described_by(before)
            inner_html=escaped(value.get().unwrap_or(""))
        ></textarea>
    }
    .into_any()
}

/// Text as HTML.
///
/// Leptos 0.8 writes the children of a `textarea` as they are: a typed `</textarea><script>` would
/// run for whoever reads the answer. So the text is escaped here, and every textarea of the site
/// is made here. A first line break is doubled, because browsers drop it.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 1);
    if text.starts_with(['\n', '\r']) {
        html.push('\n');
    }
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            letter => html.push(letter),
        }
    }
    html
}

/// Several lines of text.
#[component]
pub fn Textarea(
    /// Name posted with the form.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// Id; the name unless said otherwise.
    #[prop(optional, into)]
    id: MaybeText,
    /// What was typed before.
    #[prop(optional, into)]
    value: MaybeText,
    /// Help with the answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What was wrong and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// Height in lines.
    #[prop(default = 5)]
    rows: u8,
    /// Size of the label.
    #[prop(optional)]
    label_size: Size,
    /// The label is the page's heading.
    #[prop(optional)]
    page_heading: bool,
    /// Further classes of the label, such as `nhsuk-u-visually-hidden`.
    #[prop(optional, into)]
    label_class: MaybeText,
) -> impl IntoView {
    let around = Surroundings::new(id, &name, hint, error);
    view! {
        <div class=around.group_class("")>
            {label_view(&around.id, label, label_size, page_heading, label_class.get().unwrap_or(""))}
            {around.hint()} {around.error()} {field_view(&around, name, value, rows, "", "")}
        </div>
    }
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Words, separated by white space.
    Words(u32),
    /// Characters.
    Characters(u32),
}

/// Several lines of text with a limit told beforehand.
///
/// The field has no `maxlength`: people may paste and then cut. The server enforces the limit.
#[component]
pub fn CharacterCount(
    /// Name posted with the form.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// The limit.
    limit: Limit,
    /// Id; the name unless said otherwise.
    #[prop(optional, into)]
    id: MaybeText,
    /// What was typed before.
    #[prop(optional, into)]
    value: MaybeText,
    /// Help with the answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What was wrong and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// Show the count from this percentage of the limit on, where scripts run.
    #[prop(optional)]
    threshold: Option<u8>,
    /// Height in lines.
    #[prop(default = 5)]
    rows: u8,
    /// Size of the label.
    #[prop(optional)]
    label_size: Size,
    /// The label is the page's heading.
    #[prop(optional)]
    page_heading: bool,
) -> impl IntoView {
    let around = Surroundings::new(id, &name, hint, error);
    let info_id = format!("{}-info", around.id);
    let (max, count_type, unit) = match limit {
        Limit::Words(max) => (max, Some("words"), "words"),
        Limit::Characters(max) => (max, None, "characters"),
    };
    view! {
        <div
            class=around.group_class("nhsuk-character-count")
            data-module="nhsuk-character-count"
            data-maxlength=max
            data-threshold=threshold
            data-count-type=count_type
        >
            {label_view(&around.id, label, label_size, page_heading, "")}
            {around.hint()}
            {around.error()}
            {field_view(&around, name, value, rows, "nhsuk-js-character-count", &info_id)}
            <div class="nhsuk-hint nhsuk-character-count__message" id=info_id.clone()>
                {format!("You can enter up to {max} {unit}")}
            </div>
        </div>
    }
}
