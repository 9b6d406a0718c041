//! The pages of importing.

mod check;
mod done;
mod rows;

use domain::ids::ImportId;
use domain::words;
use kit::AppError;
use kit::components::{BackLink, Button, ErrorSummary, FileUpload};
use leptos::prelude::*;
use leptos_meta::Title;

/// Choosing a file.
#[component]
pub fn ImportPage() -> impl IntoView {
    kit::page(async move {
        let ctx = kit::request();
        let organisation = services::import::posts_for(&ctx)?;
        Ok(view! {
            <Title text="Import opportunities" />
            <BackLink href="/provider/opportunities" text="Your opportunities" />
            <h1 class="nhsuk-heading-l">"Import opportunities from a spreadsheet"</h1>
            {choose_view(&organisation, None)}
        })
    })
}

/// The form for a file, with what was wrong with the last one.
fn choose_view(organisation: &str, error: Option<String>) -> impl IntoView + use<> {
    view! {
        <p>{format!("You post for {organisation}. ")}"Upload your list as it is: you do not need to change it first."</p>
        <ul class="nhsuk-list nhsuk-list--bullet">
            <li>"Excel workbooks (.xlsx) and CSV files, up to 10 MB"</li>
            <li>"one row for each opportunity, with headings above them"</li>
            <li>"columns in any order, and under your own names"</li>
        </ul>
        <p>"You will see what we understood before anything is saved. The same list again changes nothing."</p>
        <p>
            "Do you keep no list yet? "
            <a href="/provider/import/template.csv" download="opportunities.csv">
                "Take an empty list with every column"
            </a>
            ". One row in it shows what to write."
        </p>
        <form method="post" action="/do/provide_upload_import" enctype="multipart/form-data">
            <FileUpload name="file" label="Your spreadsheet" accept=".csv,.tsv,.txt,.xlsx" error=error />
            <Button>"Upload"</Button>
        </form>
    }
}

/// What was understood, before importing; what became of it, after.
#[component]
pub fn CheckImportPage() -> impl IntoView {
    let (id, problem) = (kit::param("id"), kit::query("problem"));
    kit::page(async move {
        let ctx = kit::request();
        let id: ImportId = id.parse().map_err(|_| AppError::NotFound)?;
        let preview = services::import::preview(&ctx, id).await?;
        Ok(match (&preview.unreadable, &preview.done) {
            (Some(sentence), _) => unreadable_view(&preview.organisation, sentence).into_any(),
            (None, Some(done)) => done::done_view(&preview, done).into_any(),
            (None, None) => check::check_view(&preview, &problem).into_any(),
        })
    })
}

fn unreadable_view(organisation: &str, sentence: &str) -> impl IntoView + use<> {
    let sentence = sentence.to_owned();
    view! {
        <Title text="Error: Import opportunities" />
        <BackLink href="/provider/opportunities" text="Your opportunities" />
        <ErrorSummary errors=vec![("file", sentence.clone())] />
        <h1 class="nhsuk-heading-l">"Import opportunities from a spreadsheet"</h1>
        {choose_view(organisation, Some(sentence))}
    }
}

/// "57 opportunities".
fn opportunities(n: usize) -> String {
    words::count(i64::try_from(n).unwrap_or(i64::MAX), "opportunity", "opportunities")
}

/// "57 rows".
fn counted_rows(n: usize) -> String {
    words::count(i64::try_from(n).unwrap_or(i64::MAX), "row", "rows")
}
