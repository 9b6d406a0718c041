//! What has to be there before somebody may say how far a check is.

use chrono::NaiveDate;

use super::{ClearanceStatus, ClearanceType, Evidence, Problem, WaiverReason, valid_until};

/// What somebody says of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settling<'a> {
    /// How far it is.
    pub status: ClearanceStatus,
    /// Why it is not needed: for a check about health the word of a [`WaiverReason`], else a sentence.
    pub because: &'a str,
    /// The day on which the evidence was seen, where the type asks for one.
    pub seen_on: Option<NaiveDate>,
}

/// Longest own sentence beside a check that is not needed, in characters.
pub const LONGEST_BECAUSE: usize = 500;

impl<'a> Settling<'a> {
    /// So far, and nothing more to say.
    #[must_use]
    pub fn plain(status: ClearanceStatus, because: &'a str) -> Self {
        Self { status, because, seen_on: None }
    }

    /// What is missing before this may be said of a check of this type, on this day, for a session that
    /// ends on that day: the box and what to do. `documents` counts those that can be opened.
    #[must_use]
    pub fn problem(
        &self,
        what: &ClearanceType,
        documents: usize,
        today: NaiveDate,
        ends_on: NaiveDate,
    ) -> Option<Problem> {
        let problem = |field, words| Some(Problem { field, words });
        match self.status {
            ClearanceStatus::Waived if what.health && WaiverReason::parse(self.because).is_none() => {
                problem("because", "Choose why this check is not needed. Your name is kept beside it")
            }
            ClearanceStatus::Waived if self.because.trim().is_empty() => {
                problem("because", "Write why this check is not needed. Your name is kept beside it")
            }
            ClearanceStatus::Waived if self.because.chars().count() > LONGEST_BECAUSE => {
                problem("because", "Use 500 characters or fewer for the reason")
            }
            ClearanceStatus::Met => {
                if what.evidence == Evidence::Document && documents == 0 {
                    return problem("document", "Add the document first. This check needs one");
                }
                if what.evidence == Evidence::Date {
                    match self.seen_on {
                        None => return problem("seen", "Write the date on which you saw it, like 27 3 2027"),
                        Some(day) if day > today => {
                            return problem("seen", "Write the date on which you saw it: today or earlier");
                        }
                        Some(_) => {}
                    }
                }
                if self.holds_until(what, today).is_some_and(|until| until < ends_on) {
                    return problem("seen", "This is too old: it runs out before the last day. Ask for a newer one");
                }
                None
            }
            _ => None,
        }
    }

    /// The last day on which the check holds, once it is done.
    #[must_use]
    pub fn holds_until(&self, what: &ClearanceType, today: NaiveDate) -> Option<NaiveDate> {
        (self.status == ClearanceStatus::Met)
            .then(|| valid_until(self.seen_on.unwrap_or(today), what.valid_months))
            .flatten()
    }

    /// The reason that is kept: the words of the chosen one for a check about health, and nothing beside
    /// any other answer.
    #[must_use]
    pub fn reason(&self, what: &ClearanceType) -> String {
        match self.status {
            ClearanceStatus::Waived if what.health => {
                WaiverReason::parse(self.because).map(WaiverReason::label).unwrap_or_default().to_owned()
            }
            ClearanceStatus::Waived => self.because.trim().to_owned(),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ClearanceKind;
    use super::*;

    fn d(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, month, day).unwrap()
    }

    fn field(what: &ClearanceType, settling: Settling<'_>, documents: usize) -> Option<&'static str> {
        settling.problem(what, documents, d(6, 1), d(7, 9)).map(|problem| problem.field)
    }

    #[test]
    fn a_waiver_needs_a_reason_and_about_health_one_of_the_list() {
        let identity = ClearanceType::usual(ClearanceKind::Identity);
        let health = ClearanceType::usual(ClearanceKind::OccupationalHealth);
        let waived = |because| Settling::plain(ClearanceStatus::Waived, because);
        assert_eq!(field(&identity, waived("  "), 0), Some("because"));
        assert_eq!(field(&identity, waived("Seen at school"), 0), None);
        let long = "x".repeat(501);
        assert_eq!(field(&identity, waived(&long), 0), Some("because"));
        assert_eq!(waived(" Seen at school ").reason(&identity), "Seen at school");
        assert_eq!(field(&health, waived(""), 0), Some("because"));
        assert_eq!(field(&health, waived("She has asthma"), 0), Some("because"), "nothing about health is typed");
        assert_eq!(waived("She has asthma").reason(&health), "", "and nothing is kept");
        for reason in WaiverReason::ALL {
            assert_eq!(field(&health, waived(reason.as_str()), 0), None);
            assert_eq!(waived(reason.as_str()).reason(&health), reason.label());
        }
        assert_eq!(Settling::plain(ClearanceStatus::Met, "She has asthma").reason(&health), "");
        assert_eq!(Settling::plain(ClearanceStatus::Met, "a note").reason(&identity), "");
    }

    #[test]
    fn the_evidence_has_to_be_there() {
        let met = Settling::plain(ClearanceStatus::Met, "");
        let mut what = ClearanceType::usual(ClearanceKind::Identity);
        assert_eq!(field(&what, met, 0), None);
        what.evidence = Evidence::Document;
        assert_eq!(field(&what, met, 0), Some("document"));
        assert_eq!(field(&what, met, 1), None);
        what.evidence = Evidence::Date;
        assert_eq!(field(&what, met, 0), Some("seen"));
        assert_eq!(field(&what, Settling { seen_on: Some(d(6, 1)), ..met }, 0), None);
        assert_eq!(field(&what, Settling { seen_on: Some(d(6, 2)), ..met }, 0), Some("seen"), "in the future");
        assert_eq!(field(&what, Settling { status: ClearanceStatus::NotMet, ..met }, 0), None);
    }

    #[test]
    fn what_runs_out_before_the_last_day_is_not_done() {
        let mut what = ClearanceType::usual(ClearanceKind::Identity);
        what.evidence = Evidence::Date;
        what.valid_months = Some(2);
        let seen = |day| Settling { seen_on: Some(day), ..Settling::plain(ClearanceStatus::Met, "") };
        assert_eq!(field(&what, seen(d(5, 8)), 0), Some("seen"));
        assert_eq!(field(&what, seen(d(5, 9)), 0), None, "it holds on the last day");
        assert_eq!(seen(d(5, 9)).holds_until(&what, d(6, 1)), Some(d(7, 9)));
        assert_eq!(Settling::plain(ClearanceStatus::Waived, "x").holds_until(&what, d(6, 1)), None);
    }
}
