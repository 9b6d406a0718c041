//! Types of clearances: each organisation has its own list, which begins with the usual four.

use serde::{Deserialize, Serialize};

use super::ClearanceKind;
use crate::application::words;
use crate::ids::AccountId;
use crate::time::Moment;

/// The word by which an organisation's type of clearance is known: "identity" for a usual one, for its own
/// one made from a random number. It never changes, whatever the type is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClearanceCode(String);

impl ClearanceCode {
    /// The word, if it is one: lower-case letters, digits, "-" and "_", at most 40.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        ((1..=40).contains(&text.len()) && text.chars().all(fits)).then(|| Self(text.to_owned()))
    }
    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The usual check that it stands for, if it is one.
    #[must_use]
    pub fn usual(&self) -> Option<ClearanceKind> {
        ClearanceKind::parse(&self.0)
    }
}

impl From<ClearanceKind> for ClearanceCode {
    fn from(kind: ClearanceKind) -> Self {
        Self(kind.as_str().to_owned())
    }
}

impl From<&ClearanceCode> for ClearanceCode {
    fn from(code: &ClearanceCode) -> Self {
        code.clone()
    }
}

impl PartialEq<ClearanceKind> for ClearanceCode {
    fn eq(&self, kind: &ClearanceKind) -> bool {
        self.0 == kind.as_str()
    }
}

impl std::fmt::Display for ClearanceCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

words! {
    /// What has to be there before a check is done.
    Evidence {
        /// Somebody's word.
        None = "none",
        /// A document: a scan, a photo or a PDF.
        Document = "document",
        /// The day on which somebody saw it.
        Date = "date",
    }
}

impl Evidence {
    /// What staff choose from.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "Nothing more: somebody says that it is done",
            Self::Document => "A document, which the learner or you upload",
            Self::Date => "The date on which somebody saw it",
        }
    }
}

words! {
    /// Why a check about health is not needed. A list to choose from, since nothing about anybody's health
    /// may be written down.
    WaiverReason {
        /// The work does not ask for it.
        NotForThisWork = "not_for_this_work",
        /// Somebody else has done it.
        DoneElsewhere = "done_elsewhere",
        /// The department accepts the learner without.
        DepartmentAgrees = "department_agrees",
        /// It was asked for by mistake.
        AskedByMistake = "asked_by_mistake",
    }
}

impl WaiverReason {
    /// What is kept and read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NotForThisWork => "It is not needed for this kind of work",
            Self::DoneElsewhere => "It was done for another organisation that we trust",
            Self::DepartmentAgrees => "The department has agreed that it is not needed",
            Self::AskedByMistake => "It was asked for by mistake",
        }
    }
}

/// Who sees to a check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// A member of staff with an account.
    pub account: Option<AccountId>,
    /// The member's name, or a team's: "Occupational health".
    pub name: String,
    /// Where the digest goes; empty for nobody.
    pub email: String,
}

/// A type of clearance of one organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClearanceType {
    /// The word by which it is known.
    pub code: ClearanceCode,
    /// What people read: "Identity check".
    pub name: String,
    /// What it means for the learner, in plain words.
    pub explanation: String,
    /// How many days it usually takes.
    pub lead_days: i64,
    /// Who sees to it.
    pub owner: Owner,
    /// What has to be there before it is done.
    pub evidence: Evidence,
    /// How many months it holds and can be used again; `None` when it is done for each placement anew.
    pub valid_months: Option<u32>,
    /// Whether a place waits for it, unless the opportunity says otherwise.
    pub mandatory: bool,
    /// Whether it is about health: then nothing about it may be typed or uploaded.
    pub health: bool,
    /// Since when it is no longer asked of anybody new.
    pub retired_at: Option<Moment>,
}

/// What is wrong with a type of clearance as it was typed: one for each box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// The box.
    pub field: &'static str,
    /// What to do.
    pub words: &'static str,
}

impl ClearanceType {
    /// Longest name, in characters.
    pub const LONGEST_NAME: usize = 60;
    /// Longest explanation, in characters.
    pub const LONGEST_EXPLANATION: usize = 400;
    /// Longest time that one may usually take, in days.
    pub const LONGEST_LEAD: i64 = 365;
    /// Longest that one may hold, in months.
    pub const LONGEST_VALID: u32 = 60;

    /// One of the checks that every organisation begins with. Three hold for a year; risks are assessed for
    /// each placement.
    #[must_use]
    pub fn usual(kind: ClearanceKind) -> Self {
        let (name, explanation, lead_days, valid_months) = match kind {
            ClearanceKind::OccupationalHealth => (
                "Occupational health check",
                "Occupational health makes sure that the place is safe for you and for patients. They tell the provider only whether you can come.",
                70,
                Some(12),
            ),
            ClearanceKind::Identity => (
                "Identity check",
                "The provider makes sure that you are who you say. They tell you what to show them.",
                7,
                Some(12),
            ),
            ClearanceKind::Confidentiality => (
                "Confidentiality agreement",
                "You agree to keep what you see and hear about patients to yourself.",
                7,
                Some(12),
            ),
            ClearanceKind::RiskAssessment => (
                "Risk assessment",
                "The department thinks about what could go wrong for a young person, and prepares. You do not need to do anything.",
                14,
                None,
            ),
        };
        Self {
            code: kind.into(),
            name: name.into(),
            explanation: explanation.into(),
            lead_days,
            owner: Owner::default(),
            evidence: Evidence::None,
            valid_months,
            mandatory: true,
            health: kind == ClearanceKind::OccupationalHealth,
            retired_at: None,
        }
    }

    /// One of the checks that every organisation begins with, by its word.
    #[must_use]
    pub fn usual_by_code(code: &ClearanceCode) -> Option<Self> {
        code.usual().map(Self::usual)
    }

    /// What is wrong with it. A check about health takes no document, since that would tell about health.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut add = |field, words| problems.push(Problem { field, words });
        match self.name.chars().count() {
            0 => add("name", "Write what the check is called"),
            n if n > Self::LONGEST_NAME => add("name", "Use 60 characters or fewer for the name"),
            _ => {}
        }
        match self.explanation.chars().count() {
            0 => add("explanation", "Write what the check means for the learner"),
            n if n > Self::LONGEST_EXPLANATION => add("explanation", "Use 400 characters or fewer to explain it"),
            _ => {}
        }
        if !(0..=Self::LONGEST_LEAD).contains(&self.lead_days) {
            add("lead_days", "Write how many days it takes, from 0 to 365");
        }
        if self.valid_months.is_some_and(|months| !(1..=Self::LONGEST_VALID).contains(&months)) {
            add("valid_months", "Write for how many months it holds, from 1 to 60, or leave it empty");
        }
        if self.health && self.evidence == Evidence::Document {
            add("evidence", "Choose something else than a document: a check about health takes none");
        }
        if self.code == ClearanceKind::OccupationalHealth && !self.health {
            add("health", "Choose yes: occupational health is about health");
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_ones_are_in_order_and_about_health_takes_no_document() {
        for kind in ClearanceKind::ALL {
            let usual = ClearanceType::usual(*kind);
            assert_eq!(usual.problems(), [], "{kind:?}");
            assert_eq!(usual.code, *kind);
            assert_eq!(ClearanceType::usual_by_code(&usual.code), Some(usual.clone()));
            assert_eq!(ClearanceCode::parse(kind.as_str()), Some(usual.code.clone()));
        }
        let mut health = ClearanceType::usual(ClearanceKind::OccupationalHealth);
        health.evidence = Evidence::Document;
        assert_eq!(health.problems()[0].field, "evidence");
        health.health = false;
        assert_eq!(health.problems()[0].field, "health", "it cannot be made one that takes documents");
    }

    #[test]
    fn each_box_has_its_borders() {
        let fields = |change: fn(&mut ClearanceType)| {
            let mut one = ClearanceType::usual(ClearanceKind::Identity);
            change(&mut one);
            one.problems().iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(|t| t.name.clear()), ["name"]);
        assert_eq!(fields(|t| t.name = "é".repeat(60)), [""; 0]);
        assert_eq!(fields(|t| t.name = "é".repeat(61)), ["name"]);
        assert_eq!(fields(|t| t.explanation.clear()), ["explanation"]);
        assert_eq!(fields(|t| t.explanation = "x".repeat(401)), ["explanation"]);
        assert_eq!(fields(|t| t.lead_days = 0), [""; 0]);
        assert_eq!(fields(|t| t.lead_days = 365), [""; 0]);
        assert_eq!(fields(|t| t.lead_days = 366), ["lead_days"]);
        assert_eq!(fields(|t| t.lead_days = -1), ["lead_days"]);
        assert_eq!(fields(|t| t.valid_months = Some(0)), ["valid_months"]);
        assert_eq!(fields(|t| t.valid_months = Some(60)), [""; 0]);
        assert_eq!(fields(|t| t.valid_months = Some(61)), ["valid_months"]);
        assert_eq!(fields(|t| t.valid_months = None), [""; 0]);
    }

    #[test]
    fn a_code_is_a_plain_word() {
        for wrong in ["", "Identity", "a b", "a/b", "é", &"a".repeat(41)] {
            assert_eq!(ClearanceCode::parse(wrong), None, "{wrong}");
        }
        assert_eq!(ClearanceCode::parse("own-1f").unwrap().usual(), None);
    }
}
