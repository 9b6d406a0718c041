//! Tables. With `responsive`, each row becomes a small list on a phone, so that nobody scrolls sideways.

use super::text::{MaybeText, Size, classes};
use leptos::prelude::*;

/// A column: its heading and how its cells are set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    text: String,
    numeric: bool,
    hidden: bool,
}

impl Column {
    /// A column with this heading.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), numeric: false, hidden: false }
    }

    /// A column of numbers, set to the right.
    pub fn numeric(text: impl Into<String>) -> Self {
        Self { numeric: true, ..Self::new(text) }
    }

    /// A heading for screen readers alone, for a column of buttons.
    pub fn hidden(text: impl Into<String>) -> Self {
        Self { hidden: true, ..Self::new(text) }
    }
}

impl From<&str> for Column {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Column {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// Columns, taken from a `Vec` or an array of `Column`, `&str` or `String`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

impl<T: Into<Column>> From<Vec<T>> for Columns {
    fn from(columns: Vec<T>) -> Self {
        Self(columns.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Column>, const N: usize> From<[T; N]> for Columns {
    fn from(columns: [T; N]) -> Self {
        Self(columns.into_iter().map(Into::into).collect())
    }
}

/// A cell: text or a view.
pub struct Cell(AnyView);

impl Cell {
    /// A cell with this content.
    pub fn new(content: impl IntoAny) -> Self {
        Self(content.into_any())
    }
}

impl<T: IntoAny> From<T> for Cell {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

/// A table.
#[component]
pub fn Table(
    /// What the table is about.
    #[prop(into)]
    caption: String,
    /// The columns.
    #[prop(into)]
    columns: Columns,
    /// The rows, each with as many cells as there are columns.
    rows: Vec<Vec<Cell>>,
    /// Size of the caption.
    #[prop(default = Size::M)]
    caption_size: Size,
    /// The caption is for screen readers alone, because a heading says the same.
    #[prop(optional)]
    caption_hidden: bool,
    /// Each row becomes a small list on a phone.
    #[prop(default = true)]
    responsive: bool,
    /// The first cell names its row.
    #[prop(default = true)]
    first_cell_is_header: bool,
    /// Less space, for many rows.
    #[prop(optional)]
    compact: bool,
    /// The headings stay in view while the rows scroll by.
    #[prop(optional)]
    sticky_header: bool,
    /// Id of the table.
    #[prop(optional, into)]
    id: MaybeText,
) -> impl IntoView {
    let columns = columns.0;
    // Roles are lost when the rows are shown as lists; the design system writes them out.
    let role = |role: &'static str| responsive.then_some(role);
    let head = columns
        .iter()
        .map(|column| {
            let class = cell_class("nhsuk-table__header", column.numeric);
            let text = column.text.clone();
            let text = if column.hidden {
                view! { <span class="nhsuk-u-visually-hidden">{text}</span> }.into_any()
            } else {
                text.into_any()
            };
            view! { <th class=class scope="col" role=role("columnheader")>{text}</th> }
        })
        .collect_view();
    let body = rows
        .into_iter()
        .map(|row| {
            let cells = row
                .into_iter()
                .enumerate()
                .map(|(position, cell)| {
                    let column = columns.get(position);
                    let numeric = column.is_some_and(|column| column.numeric);
                    let heading = column.filter(|_| responsive).map(|column| {
                        view! {
                            <span class="nhsuk-table__heading" aria-hidden="true">
                                {format!("{} ", column.text)}
                            </span>
                        }
                    });
                    if position == 0 && first_cell_is_header {
                        let class = cell_class("nhsuk-table__header", numeric);
                        view! { <th class=class scope="row" role=role("rowheader")>{heading}{cell.0}</th> }.into_any()
                    } else {
                        let class = cell_class("nhsuk-table__cell", numeric);
                        view! { <td class=class role=role("cell")>{heading}{cell.0}</td> }.into_any()
                    }
                })
                .collect_view();
            view! { <tr class="nhsuk-table__row" role=role("row")>{cells}</tr> }
        })
        .collect_view();
    let caption_class = classes(&[
        "nhsuk-table__caption",
        &caption_size.suffix().map(|s| format!("nhsuk-table__caption{s}")).unwrap_or_default(),
        if caption_hidden { "nhsuk-u-visually-hidden" } else { "" },
    ]);
    let class = classes(&[
        "nhsuk-table",
        if compact { "nhsuk-table--compact" } else { "" },
        if responsive { "nhsuk-table--responsive" } else { "" },
        if sticky_header { "wex-table--sticky" } else { "" },
    ]);
    view! {
        <table class=class role=role("table") id=id.into_inner()>
            <caption class=caption_class>{caption}</caption>
            <thead class="nhsuk-table__head" role=role("rowgroup")>
                <tr class="nhsuk-table__row" role=role("row")>
                    {head}
                </tr>
            </thead>
            <tbody class="nhsuk-table__body">{body}</tbody>
        </table>
    }
}

fn cell_class(base: &str, numeric: bool) -> String {
    if numeric { format!("{base} {base}--numeric") } else { base.to_owned() }
}
