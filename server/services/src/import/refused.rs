//! The rows that were not taken, as a file to mend and import again.

use std::collections::BTreeMap;

use sheets::{Mapping, Refusal, Sheet};

/// CSV with the headings of the file, and two columns more: what is wrong, and what to do. Begins with a
/// byte-order mark, so that Excel reads it as UTF-8.
pub(super) fn csv(sheet: &Sheet, mapping: &Mapping, refused: &[Refusal]) -> String {
    let mut by_line: BTreeMap<u32, Vec<&Refusal>> = BTreeMap::new();
    for refusal in refused {
        by_line.entry(refusal.line).or_default().push(refusal);
    }
    let width = mapping.columns.iter().map(|column| column.index + 1).max().unwrap_or(0);
    let mut headings = vec![String::new(); width];
    for column in &mapping.columns {
        headings[column.index].clone_from(&column.header);
    }
    headings.extend(["Not taken because".to_owned(), "What to do".to_owned()]);
    let mut out = String::from("\u{feff}");
    line(&mut out, headings.iter().map(String::as_str));
    for row in &sheet.rows {
        let Some(refusals) = by_line.get(&row.line) else { continue };
        let said =
            |of: fn(&Refusal) -> String| refusals.iter().map(|refusal| of(refusal)).collect::<Vec<_>>().join(" ");
        let (why, mend) =
            (said(|refusal| format!("{}: {}", refusal.column, refusal.reason)), said(|refusal| refusal.mend.clone()));
        line(&mut out, (0..width).map(|index| row.cell(index).text.as_str()).chain([why.as_str(), mend.as_str()]));
    }
    out
}

fn line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        // A spreadsheet program would calculate such a cell as a formula.
        let formula = cell.starts_with(['=', '+', '-', '@']);
        let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stay_cells_and_never_become_formulas() {
        let mut out = String::new();
        line(&mut out, ["=SUM(A1)", "-1", "@x", "a, b", "say \"hello\"", "two\nlines", ""].into_iter());
        assert_eq!(out, "'=SUM(A1),'-1,'@x,\"a, b\",\"say \"\"hello\"\"\",\"two\nlines\",\r\n");
    }
}
