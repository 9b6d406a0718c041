//! After importing: what was taken, and the rows that were not.

use kit::components::{Button, NotificationBanner, SummaryList, SummaryRow, Table};
use leptos::prelude::*;
use leptos_meta::Title;
use services::import::{Done, Preview};

use super::{counted_rows, opportunities};

pub(super) fn done_view(preview: &Preview, done: &Done) -> impl IntoView + use<> {
    let report = &done.report;
    let refused = report.refused_lines();
    let heading = format!("{} imported", opportunities(report.taken));
    let rows = vec![
        SummaryRow::new("Rows read", report.read.to_string()),
        SummaryRow::new("Published", done.published.to_string()),
        SummaryRow::new("Saved as drafts", done.drafts.to_string()),
        SummaryRow::new("Here already, not changed", report.unchanged.to_string()),
        SummaryRow::new("Not taken", refused.to_string()),
    ];
    view! {
        <Title text="Spreadsheet imported" />
        <NotificationBanner success=true heading=heading />
        <h1 class="nhsuk-heading-l">{format!("What became of “{}”", preview.file_name)}</h1>
        <SummaryList rows=rows />
        {(done.drafts > 0).then(|| view! { <p>"Drafts are seen by nobody else. Add what is missing, then publish them."</p> })}
        <Button href="/provider/opportunities">"See your opportunities"</Button>
        {(refused > 0).then(|| refused_view(done))}
        <p><a href="/provider/import">"Import another spreadsheet"</a></p>
    }
}

fn refused_view(done: &Done) -> impl IntoView + use<> {
    let refused = &done.report.refused;
    let rows = refused
        .iter()
        .map(|refusal| {
            let value = if refusal.value.is_empty() { "(blank)".to_owned() } else { refusal.value.clone() };
            vec![
                refusal.line.to_string().into(),
                refusal.column.clone().into(),
                value.into(),
                refusal.reason.clone().into(),
                refusal.mend.clone().into(),
            ]
        })
        .collect::<Vec<_>>();
    // The file travels inside the link: it is small, and needs no address that must be guarded.
    let href = format!("data:text/csv;charset=utf-8,{}", kit::urlencode(&done.refused_csv));
    view! {
        <h2 class="nhsuk-heading-m">{format!("{} not taken", counted_rows(done.report.refused_lines()))}</h2>
        <p>
            <a href=href download="rows-not-taken.csv">"Download these rows as a spreadsheet (CSV)"</a>
            ". Mend them there, and import that file."
        </p>
        <Table caption="Why rows were not taken" columns=["Line", "Column", "Value", "What is wrong", "What to do"] rows=rows sticky_header=true />
    }
}
