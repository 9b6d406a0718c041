//! What an import says about a file.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// Why one row was not taken: one column of it. A row with several problems has several refusals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The row, as [`crate::SheetRow::line`] numbers it.
    pub line: u32,
    /// The column's heading as its writer wrote it.
    pub column: String,
    /// The cell as its writer wrote it.
    pub value: String,
    /// One plain sentence: what is wrong.
    pub reason: String,
    /// One plain sentence: what to do.
    pub mend: String,
    /// The file, where several were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// The counts of an import. `read` is always `taken + unchanged` and the refused lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Rows in which something is written, below the headings.
    pub read: usize,
    /// Rows that brought something new or changed.
    pub taken: usize,
    /// Rows that said what was known already.
    pub unchanged: usize,
    /// Every reason why a row was not taken.
    pub refused: Vec<Refusal>,
    /// What else there is to say of the file, in plain sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

impl Report {
    /// How many rows were refused, whatever the number of reasons for each.
    pub fn refused_lines(&self) -> usize {
        self.refused.iter().map(|refusal| (&refusal.file, refusal.line)).collect::<BTreeSet<_>>().len()
    }

    /// Whether every row read is accounted for exactly once.
    pub fn adds_up(&self) -> bool {
        self.read == self.taken + self.unchanged + self.refused_lines()
    }

    /// The command's exit status: 0 when nothing was refused, 3 when some rows were.
    pub const fn exit_status(&self) -> u8 {
        if self.refused.is_empty() { 0 } else { 3 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_exactly_the_promised_form() {
        let refusal = |line| Refusal {
            line,
            column: "Start".into(),
            value: "31/02/2027".into(),
            reason: "No.".into(),
            mend: "Yes.".into(),
            file: None,
        };
        let report = Report {
            read: 4,
            taken: 1,
            unchanged: 1,
            refused: vec![refusal(7), refusal(7), refusal(9)],
            ..Report::default()
        };
        assert_eq!(
            serde_json::to_string(&Report { refused: vec![refusal(7)], ..report.clone() }).unwrap(),
            r#"{"read":4,"taken":1,"unchanged":1,"refused":[{"line":7,"column":"Start","value":"31/02/2027","reason":"No.","mend":"Yes."}]}"#
        );
        assert!(report.adds_up());
        assert_eq!(report.refused_lines(), 2);
        assert_eq!((report.exit_status(), Report::default().exit_status()), (3, 0));
    }
}
