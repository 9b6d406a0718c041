//! What every form component has in common: label or legend, hint, error, and how they are tied
//! together for people who do not see the page.

use super::text::{MaybeText, Size, classes, joined};
use leptos::prelude::*;

/// The ids and texts around one field.
pub(crate) struct Surroundings {
    /// Id of the field itself.
    pub id: String,
    hint: Option<String>,
    error: Option<String>,
}

impl Surroundings {
    /// The id defaults to the name, so that a summary of errors can link by field name.
    pub fn new(id: MaybeText, name: &str, hint: MaybeText, error: MaybeText) -> Self {
        Self { id: id.or(name), hint: hint.into_inner(), error: error.into_inner() }
    }

    /// Whether the field is shown with an error.
    pub fn has_error(&self) -> bool {
        self.error.is_some()
    }

    /// The value for `aria-describedby`: `before`, the hint, the error.
    pub fn described_by(&self, before: &str) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id)).unwrap_or_default();
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id)).unwrap_or_default();
        joined(&[before, &hint, &error])
    }

    /// Classes of the group around the field.
    pub fn group_class(&self, more: &str) -> String {
        classes(&["nhsuk-form-group", if self.has_error() { "nhsuk-form-group--error" } else { "" }, more])
    }

    /// The hint's element.
    pub fn hint(&self) -> Option<AnyView> {
        self.hint
            .clone()
            .map(|hint| view! { <div class="nhsuk-hint" id=format!("{}-hint", self.id)>{hint}</div> }.into_any())
    }

    /// The error's element.
    pub fn error(&self) -> Option<AnyView> {
        self.error.clone().map(|error| {
            view! {
                <span class="nhsuk-error-message" id=format!("{}-error", self.id)>
                    <span class="nhsuk-u-visually-hidden">"Error: "</span>
                    {error}
                </span>
            }
            .into_any()
        })
    }
}

/// A label, inside an `h1` when it is the page's heading.
pub(crate) fn label_view(id: &str, text: String, size: Size, page_heading: bool, class: &str) -> AnyView {
    let size = size.for_heading(page_heading);
    let size_class = size.suffix().map(|s| format!("nhsuk-label{s}")).unwrap_or_default();
    let label = view! {
        <label class=classes(&["nhsuk-label", &size_class, class]) for=id.to_owned()>{text}</label>
    };
    if page_heading { view! { <h1 class="nhsuk-label-wrapper">{label}</h1> }.into_any() } else { label.into_any() }
}

/// A legend, with an `h1` in it when it is the page's heading.
pub(crate) fn legend_view(text: String, size: Size, page_heading: bool, class: &str) -> AnyView {
    let size = size.for_heading(page_heading);
    let size_class = size.suffix().map(|s| format!("nhsuk-fieldset__legend{s}")).unwrap_or_default();
    let class = classes(&["nhsuk-fieldset__legend", &size_class, class]);
    if page_heading {
        view! {
            <legend class=class>
                <h1 class="nhsuk-fieldset__heading">{text}</h1>
            </legend>
        }
        .into_any()
    } else {
        view! { <legend class=class>{text}</legend> }.into_any()
    }
}

/// A hint on its own, for text with links in it.
#[component]
pub fn Hint(
    /// Id, to tie it to a field.
    #[prop(optional, into)]
    id: MaybeText,
    /// The hint.
    children: Children,
) -> impl IntoView {
    view! { <div class="nhsuk-hint" id=id.into_inner()>{children()}</div> }
}

/// An error on its own. It starts with "Error:" for people who do not see the colour.
#[component]
pub fn ErrorMessage(
    /// Id, to tie it to a field.
    #[prop(optional, into)]
    id: MaybeText,
    /// What was wrong and what to do.
    children: Children,
) -> impl IntoView {
    view! {
        <span class="nhsuk-error-message" id=id.into_inner()>
            <span class="nhsuk-u-visually-hidden">"Error: "</span>
            {children()}
        </span>
    }
}

/// Fields that answer one question together.
#[component]
pub fn Fieldset(
    /// The question.
    #[prop(into)]
    legend: String,
    /// Size of the question.
    #[prop(optional)]
    size: Size,
    /// The question is the page's heading.
    #[prop(optional)]
    page_heading: bool,
    /// Ids of hints and errors about all of it.
    #[prop(optional, into)]
    described_by: MaybeText,
    /// Further classes of the legend, such as `nhsuk-u-visually-hidden`.
    #[prop(optional, into)]
    legend_class: MaybeText,
    /// The fields.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <fieldset class="nhsuk-fieldset" aria-describedby=described_by.into_inner()>
            {legend_view(legend, size, page_heading, legend_class.get().unwrap_or(""))}
            {children.map(|children| children())}
        </fieldset>
    }
}
