//! One line of text.

use super::form_parts::{Surroundings, label_view};
use super::text::{MaybeText, Size, classes};
use leptos::prelude::*;

/// What is typed, which decides the keyboard on a phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    #[default]
    Text,
    /// An email address: no spell check.
    Email,
    /// A telephone number.
    Tel,
    /// Whole numbers and codes of digits. Still a text field, as the design system advises:
    /// number fields change their value when scrolled over.
    Numeric,
    /// A secret.
    Password,
    /// A search.
    Search,
    /// A web address.
    Url,
}

impl InputKind {
    fn html_type(self) -> &'static str {
        match self {
            Self::Text | Self::Numeric => "text",
            Self::Email => "email",
            Self::Tel => "tel",
            Self::Password => "password",
            Self::Search => "search",
            Self::Url => "url",
        }
    }
}

/// One line of text with its label, hint and error.
///
/// Event listeners set on the component (`on:input=...`) sit on the group around the field and
/// hear the field's events as they bubble.
#[component]
pub fn Input(
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
    /// What is typed.
    #[prop(optional)]
    kind: InputKind,
    /// Width in characters: 2, 3, 4, 5, 10, 20 or 30.
    #[prop(optional)]
    width: Option<u8>,
    /// Text before the field, such as "£".
    #[prop(optional, into)]
    prefix: MaybeText,
    /// Text after the field, such as "miles".
    #[prop(optional, into)]
    suffix: MaybeText,
    /// What the browser may fill in, such as `email` or `postal-code` (WCAG 1.3.5).
    #[prop(optional, into)]
    autocomplete: MaybeText,
    /// Keyboard, where the kind does not decide it.
    #[prop(optional, into)]
    inputmode: MaybeText,
    /// `false` for names and codes.
    #[prop(optional)]
    spellcheck: Option<bool>,
    /// Letters set apart, for references and codes.
    #[prop(optional)]
    code: bool,
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
    let width = width.map(|n| format!("nhsuk-input--width-{n}")).unwrap_or_default();
    let class = classes(&[
        "nhsuk-input",
        if around.has_error() { "nhsuk-input--error" } else { "" },
        if code { "nhsuk-input--code" } else { "" },
        &width,
        class.get().unwrap_or(""),
    ]);
    let inputmode = inputmode.into_inner().or((kind == InputKind::Numeric).then(|| "numeric".to_owned()));
    let spellcheck = spellcheck.or((kind == InputKind::Email).then_some(false));
    let field = view! {
        <input
            class=class
            id=around.id.clone()
            name=name
            type=kind.html_type()
            value=value.into_inner()
            aria-describedby=around.described_by("")
            autocomplete=autocomplete.into_inner()
            inputmode=inputmode
            spellcheck=spellcheck.map(|on| if on { "true" } else { "false" })
            disabled=disabled
        />
    };
    let field = if prefix.is_some() || suffix.is_some() {
        view! {
            <div class="nhsuk-input-wrapper">
                {prefix
                    .into_inner()
                    .map(|text| view! { <div class="nhsuk-input-wrapper__prefix" aria-hidden="true">{text}</div> })}
                {field}
                {suffix
                    .into_inner()
                    .map(|text| view! { <div class="nhsuk-input-wrapper__suffix" aria-hidden="true">{text}</div> })}
            </div>
        }
        .into_any()
    } else {
        field.into_any()
    };
    view! {
        <div class=around.group_class("")>
            {label_view(&around.id, label, label_size, page_heading, label_class.get().unwrap_or(""))}
            {around.hint()} {around.error()} {field}
        </div>
    }
}
