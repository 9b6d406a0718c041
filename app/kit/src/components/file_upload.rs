//! Choosing a file from the device.

use super::form_parts::{Surroundings, label_view};
use super::text::{MaybeText, Size};
use leptos::prelude::*;

/// A file from the device. The form needs `enctype="multipart/form-data"`.
#[component]
pub fn FileUpload(
    /// Name posted with the form.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// Id; the name unless said otherwise.
    #[prop(optional, into)]
    id: MaybeText,
    /// Help with the answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What was wrong and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// Kinds of file, such as ".csv,.xlsx".
    #[prop(optional, into)]
    accept: MaybeText,
    /// Size of the label.
    #[prop(optional)]
    label_size: Size,
    /// The label is the page's heading.
    #[prop(optional)]
    page_heading: bool,
) -> impl IntoView {
    let around = Surroundings::new(id, &name, hint, error);
    view! {
        <div class=around.group_class("nhsuk-file-upload") data-module="nhsuk-file-upload">
            {label_view(&around.id, label, label_size, page_heading, "")}
            {around.hint()}
            {around.error()}
            <input
                class="nhsuk-file-upload__input"
                id=around.id.clone()
                name=name
                type="file"
                accept=accept.into_inner()
                aria-describedby=around.described_by("")
            />
        </div>
    }
}
