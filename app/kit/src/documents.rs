//! The documents of a check, for the learner's page and for staff's.

use domain::clearance::Evidence;
use domain::document::{DocumentStatus, MOST_DOCUMENTS, Unfit};
use domain::words::long_date;
use leptos::prelude::*;
use services::clearances::CheckView;
use services::time::london_day;

use crate::components::{Button, ButtonKind, FileUpload, InsetText, Size};

/// The id of the box for a file.
pub const FILE_ID: &str = "file";

/// What is wrong with the file that was just sent, by the word in the address.
#[must_use]
pub fn file_problem(word: &str, check: &CheckView) -> Option<&'static str> {
    Unfit::parse(word).filter(|_| check.takes_documents).map(Unfit::in_words)
}

/// The documents with what can be done about each, and the form for another. Nothing where the check needs
/// none, or where this person may not open them.
#[must_use]
pub fn documents_view(check: &CheckView, problem: Option<&'static str>) -> Option<AnyView> {
    let documents = check.documents.as_ref()?;
    if check.check.what.evidence != Evidence::Document && documents.is_empty() {
        return None;
    }
    let items = documents
        .iter()
        .enumerate()
        .map(|(at, document)| {
            let number = at + 1;
            let name = format!("Document {number}");
            let id = document.id.to_string();
            let by = if document.added_by == check.reader {
                "you"
            } else if document.added_as == domain::Role::Learner {
                "the learner"
            } else {
                "the provider"
            };
            let kilobytes = (document.bytes + 1023) / 1024;
            let day = long_date(london_day(document.added_at));
            let facts = format!("{}, {kilobytes} KB, added by {by} on {day}.", document.media.label());
            let open = match document.status {
                DocumentStatus::Ready => {
                    let href = format!("/do/documents_open?document={id}");
                    view! { <a href=href rel="external" download>{format!("Save document {number} to look at it")}</a> }.into_any()
                }
                DocumentStatus::Waiting => {
                    view! { <strong>"We are looking for viruses. It can be opened in a few minutes."</strong> }.into_any()
                }
                DocumentStatus::Infected => {
                    view! { <strong>"It had a virus, so we deleted it. Please add it again from a clean copy."</strong> }.into_any()
                }
            };
            let remove = check.takes_documents.then(|| {
                view! {
                    <form method="post" action="/do/documents_remove" class="wex-no-print">
                        <input type="hidden" name="document" value=id />
                        <Button kind=ButtonKind::Secondary small=true>{format!("Remove document {number}")}</Button>
                    </form>
                }
            });
            view! {
                <li>
                    <h3 class="nhsuk-heading-s nhsuk-u-margin-bottom-1">{name}</h3>
                    <p class="nhsuk-u-margin-bottom-2">{facts} <br /> {open}</p>
                    {remove}
                </li>
            }
            .into_any()
        })
        .collect_view();
    let list = if documents.is_empty() {
        view! { <p>"No document has been added yet."</p> }.into_any()
    } else {
        view! { <ul class="nhsuk-list">{items}</ul> }.into_any()
    };
    let usable = documents.iter().filter(|document| document.status != DocumentStatus::Infected).count();
    let form = (check.takes_documents && usable < MOST_DOCUMENTS).then(|| {
        let (reference, code) = (check.application.reference.clone(), check.check.code().to_string());
        view! {
            <form method="post" action="/do/documents_add" enctype="multipart/form-data" novalidate class="wex-no-print">
                <input type="hidden" name="reference" value=reference />
                <input type="hidden" name="kind" value=code />
                <FileUpload
                    name="file"
                    id=FILE_ID
                    label=if documents.is_empty() { "Add a document" } else { "Add another document" }
                    label_size=Size::S
                    hint="A PDF, or a photo (JPEG or PNG) on which everything can be read. At most 5 MB."
                    accept=".pdf,.jpg,.jpeg,.png"
                    error=problem
                />
                <Button kind=if documents.is_empty() { ButtonKind::Primary } else { ButtonKind::Secondary }>"Add this document"</Button>
            </form>
        }
        .into_any()
    });
    let private = check.takes_documents.then(|| {
        view! {
            <InsetText>
                <p>"Show only what is asked for. Never add anything about anybody’s health."</p>
                <p>"Few people at the provider can open it, and we write down who does. We delete it a month after the last day, or when the application ends without a place."</p>
            </InsetText>
        }
    });
    Some(
        view! {
            <section aria-labelledby="documents">
                <h2 class="nhsuk-heading-m" id="documents">"Documents"</h2>
                {list}
                {private}
                {form}
            </section>
        }
        .into_any(),
    )
}
