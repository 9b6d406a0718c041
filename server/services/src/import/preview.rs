//! What the page of an upload shows: each row as understood, and what becomes of it.

use std::collections::BTreeMap;

use domain::ids::ImportId;
use domain::publishing::{Missing, Status};
use sheets::{Field, Mapping, Refusal, Report, Sheet, UnderstoodRow};

use super::merge::Merged;
use super::plan::{Plan, Step, places_in_words, plan};
use super::upload::{Done, Kept, Open, choice, open, own, parse};
use crate::{Ctx, Result};

/// How many rows a page shows. Problems come first, so none of the first so many is hidden.
const SHOWN: usize = 300;

/// A column, its examples, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnView {
    /// Counted from 0.
    pub index: usize,
    /// The heading as written.
    pub header: String,
    /// The first three values that differ.
    pub examples: Vec<String>,
    /// What it means; `None` when it is left out.
    pub field: Option<Field>,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is not taken.
    Refused(Vec<Problem>),
    /// It becomes a draft, which lacks this.
    Draft(Vec<Missing>),
    /// It is published.
    Published,
    /// A stored opportunity changes.
    Changed,
    /// It says what is stored already.
    Unchanged,
    /// It repeats an earlier line.
    Repeats(u32),
}

/// Why a row is not taken, with the field in which to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, why, and what to do.
    pub refusal: Refusal,
    /// What the column means.
    pub field: Option<Field>,
}

/// A row as understood.
#[derive(Debug, Clone, PartialEq)]
pub struct RowView {
    /// Its line in the file.
    pub line: u32,
    /// Its title; empty when it was not understood.
    pub title: String,
    /// Everything understood; `None` for refused and repeated rows.
    pub row: Option<UnderstoodRow>,
    /// When and where, and who can come, as written; only for rows that were not understood.
    pub written: [Vec<String>; 2],
    /// "6 places", "no limit".
    pub places: String,
    /// What we decided for the writer.
    pub notes: Vec<String>,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// The page before and after importing.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The upload.
    pub id: ImportId,
    /// What the file was called.
    pub file_name: String,
    /// For whom opportunities are posted.
    pub organisation: String,
    /// Set when the file could not be read: what is wrong and what to do. Then there is nothing else.
    pub unreadable: Option<String>,
    /// Set once it was imported.
    pub done: Option<Done>,
    /// The line of the headings.
    pub header_line: u32,
    /// What stands above the headings.
    pub above: Vec<String>,
    /// Every column.
    pub columns: Vec<ColumnView>,
    /// Every row goes to the coordinator's organisation, whatever it names.
    pub all_to_organisation: bool,
    /// Complete rows are published at once.
    pub publish: bool,
    /// Rows, problems first; at most 300.
    pub rows: Vec<RowView>,
    /// How many rows are not shown.
    pub not_shown: usize,
    /// The counts, as they will be.
    pub report: Report,
    /// How many rows will be published.
    pub published: usize,
    /// How many will be drafts.
    pub drafts: usize,
}

/// What each row was understood as and what would become of it; or what became of it.
///
/// # Errors
/// [`Error::NotFound`] for anybody but a coordinator of that organisation who may post, and after a day.
pub async fn preview(ctx: &Ctx, id: ImportId) -> Result<Preview> {
    let mut tx = ctx.services.db.read().await?;
    let (import, organisation) = own(ctx, &mut tx, id).await?;
    let mut preview = Preview {
        id,
        file_name: import.file_name.clone(),
        organisation: organisation.name.clone(),
        unreadable: None,
        done: None,
        header_line: 0,
        above: Vec::new(),
        columns: Vec::new(),
        all_to_organisation: false,
        publish: true,
        rows: Vec::new(),
        not_shown: 0,
        report: Report::default(),
        published: 0,
        drafts: 0,
    };
    match import.report.as_deref().map(parse::<Kept>).transpose()? {
        Some(Kept::Unreadable(sentence)) => preview.unreadable = Some(sentence),
        Some(Kept::Done(done)) => {
            preview.report = done.report.clone();
            preview.done = Some(done);
        }
        None => {
            let Open { sheet, mapping, choices } = open(&import)?;
            let plan = plan(&mut tx, &sheet, &mapping, ctx.services.today(), &choice(&organisation, choices)).await?;
            (preview.published, preview.drafts) = count(&plan);
            preview.header_line = mapping.header_line;
            preview.above.clone_from(&plan.above);
            preview.columns = mapping
                .columns
                .iter()
                .map(|column| ColumnView {
                    index: column.index,
                    header: column.header.clone(),
                    examples: column.examples.clone(),
                    field: mapping.field(column.index),
                })
                .collect();
            preview.all_to_organisation = choices.all_to_organisation;
            preview.publish = choices.publish;
            preview.report = plan.report();
            preview.rows = rows(&mapping, &sheet, plan);
            preview.not_shown = preview.rows.len().saturating_sub(SHOWN);
            preview.rows.truncate(SHOWN);
        }
    }
    Ok(preview)
}

/// How many rows will be published, and how many will be drafts; unchanged ones are neither.
pub(super) fn count(plan: &Plan) -> (usize, usize) {
    let saved = plan.rows.iter().filter_map(|planned| match &planned.step {
        Step::Add(merged) => Some(planned.publish && merged.missing.is_empty()),
        Step::Change(merged, stored) => {
            Some(stored.opportunity.status == Status::Published || planned.publish && merged.missing.is_empty())
        }
        Step::Keep(_) => None,
    });
    saved.fold(
        (0, 0),
        |(published, drafts), public| if public { (published + 1, drafts) } else { (published, drafts + 1) },
    )
}

/// Every row: refused ones first, then those with remarks or something missing, then the rest.
fn rows(mapping: &Mapping, sheet: &Sheet, plan: Plan) -> Vec<RowView> {
    let cell = |line: u32, field: Field| {
        let row = sheet.rows.iter().find(|row| row.line == line).zip(mapping.column(field));
        row.map(|(row, column)| domain::understand::tidy(&row.cell(column.index).text)).unwrap_or_default()
    };
    let written = |line: u32, fields: &[Field]| {
        fields.iter().map(|field| cell(line, *field)).filter(|text| !text.is_empty()).collect::<Vec<_>>()
    };
    let field_of = |column: &str| Field::ALL.into_iter().find(|field| mapping.header(*field) == column);
    let mut refused: BTreeMap<u32, Vec<Problem>> = BTreeMap::new();
    for refusal in plan.refused {
        refused.entry(refusal.line).or_default().push(Problem { field: field_of(&refusal.column), refusal });
    }
    let bare = |line: u32, outcome: Outcome| RowView {
        line,
        title: cell(line, Field::Title),
        row: None,
        written: [
            written(line, &[Field::Start, Field::End, Field::Times, Field::Where, Field::Postcode]),
            written(line, &[Field::Places, Field::MinAge]),
        ],
        places: String::new(),
        notes: Vec::new(),
        outcome,
    };
    let mut rows: Vec<RowView> =
        refused.into_iter().map(|(line, problems)| bare(line, Outcome::Refused(problems))).collect();
    rows.extend(plan.repeats.iter().map(|repeat| bare(repeat.line, Outcome::Repeats(repeat.of))));
    rows.extend(plan.rows.into_iter().map(|planned| {
        let outcome = |merged: &Merged| match (&planned.step, planned.publish && merged.missing.is_empty()) {
            (Step::Keep(_), _) => Outcome::Unchanged,
            (Step::Change(..), _) => Outcome::Changed,
            (Step::Add(_), true) => Outcome::Published,
            (Step::Add(_), false) => Outcome::Draft(merged.missing.clone()),
        };
        let (Step::Add(merged) | Step::Change(merged, _) | Step::Keep(merged)) = &planned.step;
        let places = merged.run.map(|run| places_in_words(run.capacity)).unwrap_or_default();
        RowView {
            line: planned.row.line,
            title: planned.row.title.clone(),
            written: Default::default(),
            places,
            notes: merged.notes.clone(),
            outcome: outcome(merged),
            row: Some(planned.row),
        }
    }));
    rows.sort_by_key(|row| {
        let rank = match &row.outcome {
            Outcome::Refused(_) => 0,
            Outcome::Draft(missing) if !missing.is_empty() => 1,
            _ if !row.notes.is_empty() => 2,
            _ => 3,
        };
        (rank, row.line)
    });
    rows
}
