//! The list of what is wrong, at the top of a page, each line a link to its field.

use leptos::prelude::*;

/// One thing that is wrong: what to do, and the field it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorLink {
    field: Option<String>,
    text: String,
}

impl ErrorLink {
    /// An error about the field with this id (without `#`).
    pub fn new(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self { field: Some(field.into()).filter(|field| !field.is_empty()), text: text.into() }
    }

    /// An error about the page as a whole.
    pub fn general(text: impl Into<String>) -> Self {
        Self { field: None, text: text.into() }
    }
}

impl<A: Into<String>, B: Into<String>> From<(A, B)> for ErrorLink {
    fn from((field, text): (A, B)) -> Self {
        Self::new(field, text)
    }
}

/// Errors in the order of the page. Taken from a `Vec` of `ErrorLink` or of pairs of field id and text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorList(Vec<ErrorLink>);

impl<T: Into<ErrorLink>> From<Vec<T>> for ErrorList {
    fn from(errors: Vec<T>) -> Self {
        errors.into_iter().collect()
    }
}

impl<T: Into<ErrorLink>> FromIterator<T> for ErrorList {
    fn from_iter<I: IntoIterator<Item = T>>(errors: I) -> Self {
        Self(errors.into_iter().map(Into::into).collect())
    }
}

/// The list of what is wrong. Nothing when nothing is wrong.
///
/// The browser itself moves the focus here (`autofocus` with `tabindex`), where the design system
/// uses a script.
#[component]
pub fn ErrorSummary(
    /// What is wrong.
    #[prop(into)]
    errors: ErrorList,
    /// The heading.
    #[prop(default = "There is a problem".to_owned(), into)]
    heading: String,
) -> impl IntoView {
    (!errors.0.is_empty()).then(|| {
        let items = errors
            .0
            .into_iter()
            .map(|error| match error.field {
                Some(field) => view! { <li><a href=format!("#{field}")>{error.text}</a></li> }.into_any(),
                None => view! { <li>{error.text}</li> }.into_any(),
            })
            .collect_view();
        view! {
            <div class="nhsuk-error-summary" data-module="nhsuk-error-summary" tabindex="-1" autofocus=true>
                <div role="alert">
                    <h2 class="nhsuk-error-summary__heading">{heading}</h2>
                    <div class="nhsuk-error-summary__body">
                        <ul class="nhsuk-list nhsuk-error-summary__list">{items}</ul>
                    </div>
                </div>
            </div>
        }
    })
}
