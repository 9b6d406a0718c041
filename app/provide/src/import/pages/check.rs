//! Before importing: the counts, what the columns mean, every row as understood.

use kit::components::{
    BackLink, Button, Checkboxes, Choice, ErrorSummary, Expander, InsetText, Radios, Select, Size, Table,
};
use leptos::prelude::*;
use leptos_meta::Title;
use services::import::{Field, Outcome, Preview};

use super::rows::rows_view;
use super::{counted_rows, opportunities};

pub(super) fn check_view(preview: &Preview, problem: &str) -> impl IntoView + use<> {
    let errors = match problem {
        "twice" => vec![(
            "columns",
            "Two columns were given the same meaning, and only the last one has it. Check what your columns mean.",
        )],
        _ => Vec::new(),
    };
    let summary = summary(preview);
    view! {
        <Title text="Check your spreadsheet" />
        <BackLink href="/provider/import" text="Choose another file" />
        <ErrorSummary errors=errors />
        <h1 class="nhsuk-heading-l">{format!("Check what we understood from “{}”", preview.file_name)}</h1>
        <InsetText>
            <p>"Nothing is saved yet. "{summary}</p>
        </InsetText>
        {take_view(preview)}
        {choices_view(preview)}
        <h2 class="nhsuk-heading-m" id="rows">"Your rows"</h2>
        {rows_view(preview)}
        {(preview.rows.len() > 10).then(|| take_view(preview))}
    }
}

/// "We read 60 rows: 57 are new or changed …".
fn summary(preview: &Preview) -> String {
    let report = &preview.report;
    let mut parts = vec![format!("{} new or changed", report.taken)];
    if report.unchanged > 0 {
        parts.push(format!("{} here already", report.unchanged));
    }
    let refused = report.refused_lines();
    if refused > 0 {
        parts.push(format!("{refused} with a problem"));
    }
    let kept = match (preview.published, preview.drafts) {
        (_, 0) => String::new(),
        (0, drafts) => format!(" {} saved as drafts.", will_be(drafts)),
        (published, drafts) => {
            format!(" {} published, and {drafts} saved as drafts, because something is missing.", will_be(published))
        }
    };
    format!("We read {}: {}.{kept}", counted_rows(report.read), parts.join(", "))
}

fn will_be(n: usize) -> String {
    format!("{n} will be")
}

fn take_view(preview: &Preview) -> impl IntoView + use<> {
    let refused = preview.report.refused_lines();
    if preview.report.taken == 0 {
        return view! { <p>"There is nothing to import. "{(refused > 0).then_some("Mend the rows below, or upload a mended file.")}</p> }.into_any();
    }
    view! {
        <form method="post" action="/do/provide_take_import">
            <input type="hidden" name="import" value=preview.id.to_string() />
            {(refused > 0).then(|| view! { <p>{format!("{} with a problem will be left out. You can download them afterwards.", counted_rows(refused))}</p> })}
            <Button prevent_double_click=true>{format!("Import {}", opportunities(preview.report.taken))}</Button>
        </form>
    }
    .into_any()
}

/// What the columns mean, and two choices: one form.
fn choices_view(preview: &Preview) -> impl IntoView + use<> {
    let left_out = preview.columns.iter().filter(|column| column.field.is_none()).count();
    let matched = preview.columns.len() - left_out;
    let rows = preview
        .columns
        .iter()
        .enumerate()
        .map(|(position, column)| {
            let heading =
                if column.header.is_empty() { format!("Column {}", column.index + 1) } else { column.header.clone() };
            let items: Vec<Choice> =
                std::iter::once(Choice::new(format!("{}:", column.index), "Leave this column out"))
                    .chain(
                        Field::ALL.into_iter().map(|field| Choice::new(pair(column.index, Some(field)), field.label())),
                    )
                    .collect();
            let select = view! {
                <Select
                    name=format!("columns[{position}]")
                    id=format!("column-{}", column.index)
                    label=format!("What “{heading}” means")
                    label_class="nhsuk-u-visually-hidden"
                    items=items
                    value=pair(column.index, column.field)
                />
            };
            let examples = column.examples.iter().map(|example| shortened(example)).collect::<Vec<_>>();
            let examples =
                if examples.is_empty() { "Nothing is written in it".to_owned() } else { examples.join(" · ") };
            vec![heading.into(), examples.into(), select.into()]
        })
        .collect::<Vec<_>>();
    let organisation = &preview.organisation;
    // Rows for others are what that choice is about.
    let elsewhere = preview.rows.iter().any(|row| match &row.outcome {
        Outcome::Refused(problems) => problems.iter().any(|problem| problem.field == Some(Field::Organisation)),
        _ => false,
    });
    let all = vec![
        Choice::new("yes", format!("Post all rows for {organisation}")).hint(
            "Tick this if your list names hospitals or parts of your organisation under names that we do not know. Rows for other organisations are otherwise left out.",
        ),
    ];
    let publish = vec![
        Choice::new("yes", "Publish complete rows straight away").hint("Rows with something missing become drafts."),
        Choice::new("no", "Save everything as drafts").hint("You publish each one when you are ready."),
    ];
    let of = format!("What your columns mean: {matched} of {} matched", preview.columns.len());
    let headings = format!("The headings are on line {}. We remember your choices for next time.", preview.header_line);
    let above = above_view(preview).into_any();
    let (chosen_all, chosen_publish) = (
        if preview.all_to_organisation { vec!["yes".to_owned()] } else { Vec::new() },
        if preview.publish { "yes" } else { "no" },
    );
    let open =
        left_out > 0 && preview.columns.iter().any(|column| column.field.is_none() && !column.examples.is_empty());
    view! {
        <form method="post" action="/do/provide_match_columns" id="columns">
            <input type="hidden" name="import" value=preview.id.to_string() />
            <Expander summary=of open=open>
                {above}
                <p>{headings}" Examples are the first three different values."</p>
                <div class="wex-import__columns">
                    <Table
                        caption="Your columns, with the first three different values of each"
                        caption_hidden=true
                        columns=["Your heading", "Examples", "What it means"]
                        rows=rows
                        compact=true
                    />
                </div>
            </Expander>
            <Expander summary="How to import the rows" open=elsewhere>
                <Checkboxes name="all" label="Whose opportunities these are" label_size=Size::S items=all values=chosen_all />
                <Radios name="publish" label="What happens to complete rows" label_size=Size::S items=publish value=chosen_publish />
            </Expander>
            <Button kind=kit::components::ButtonKind::Secondary>"Save choices and check again"</Button>
        </form>
    }
}

fn above_view(preview: &Preview) -> impl IntoView + use<> {
    let above = preview.above.iter().filter(|line| !line.is_empty()).cloned().collect::<Vec<_>>();
    let says = format!("Above the headings stands “{}”. We left that out.", above.join("”, “"));
    (!above.is_empty()).then(|| view! { <p>{says}</p> })
}

/// "6:start", as the form posts it.
fn pair(index: usize, field: Option<Field>) -> String {
    format!("{index}:{}", field.map(services::import::field_word).unwrap_or_default())
}

/// At most 60 characters of a value.
fn shortened(text: &str) -> String {
    if text.chars().count() <= 60 { text.to_owned() } else { text.chars().take(57).chain("…".chars()).collect() }
}
