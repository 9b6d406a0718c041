//! How long each kind of record is kept, what happens then, and why: one table. The clock works by it, and
//! the public page is written from it.

use chrono::{Days, Months, NaiveDate};

use crate::application::words;
use crate::words::count;

words! {
    /// A kind of record about people.
    Record {
        /// A code to sign in, and what was typed on the way.
        SignIn = "sign_in",
        /// Counts that stop somebody from trying codes for ever.
        Attempt = "attempt",
        /// That a browser is, or was, signed in.
        Session = "session",
        /// A spreadsheet that a provider uploaded.
        Upload = "upload",
        /// A document that was added for a check.
        Document = "document",
        /// An application that was never sent.
        Draft = "draft",
        /// An application that was sent and has ended.
        Application = "application",
        /// The name, address and answer of a parent or carer.
        Consent = "consent",
        /// An email or text message.
        Message = "message",
        /// A learner's account.
        Account = "account",
        /// Who changed what.
        Audit = "audit",
    }
}

/// For how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// So many days.
    Days(u32),
    /// So many months of the calendar.
    Months(u32),
}

impl Term {
    /// "30 days", "2 years", "18 months".
    #[must_use]
    pub fn in_words(self) -> String {
        match self {
            Self::Days(n) => count(i64::from(n), "day", "days"),
            Self::Months(n) if n % 12 == 0 => count(i64::from(n / 12), "year", "years"),
            Self::Months(n) => count(i64::from(n), "month", "months"),
        }
    }

    /// The first day that is still within the term on this day: what was counted from before it is over.
    #[must_use]
    pub fn begins(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::Days(n) => today.checked_sub_days(Days::new(u64::from(n))),
            Self::Months(n) => today.checked_sub_months(Months::new(n)),
        }
        .unwrap_or(NaiveDate::MIN)
    }
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What it is about.
    pub record: Record,
    /// What it is called on the page.
    pub what: &'static str,
    /// How long it is kept.
    pub term: Term,
    /// From when that counts.
    pub from: &'static str,
    /// What happens then.
    pub then: &'static str,
    /// Why so long, and not longer.
    pub why: &'static str,
}

/// The table.
pub const RULES: &[Rule] = &[
    Rule {
        record: Record::SignIn,
        what: "What you type to sign in",
        term: Term::Days(1),
        from: "when you ask for a code",
        then: "We delete it.",
        why: "A code works for 10 minutes, so nothing of it is needed longer.",
    },
    Rule {
        record: Record::Attempt,
        what: "How often somebody tried to sign in",
        term: Term::Days(1),
        from: "the try",
        then: "We delete it.",
        why: "It stops people who guess codes.",
    },
    Rule {
        record: Record::Session,
        what: "That you are signed in",
        term: Term::Days(30),
        from: "when you sign out, or 60 days after you signed in",
        then: "We delete it.",
        why: "It lets us find out what happened if somebody used your account.",
    },
    Rule {
        record: Record::Upload,
        what: "A spreadsheet that a provider uploads",
        term: Term::Days(1),
        from: "the upload",
        then: "We delete it. What was imported from it stays.",
        why: "A provider may need a day to check it.",
    },
    Rule {
        record: Record::Document,
        what: "A document for a check",
        term: Term::Days(30),
        from: "your last day; or at once, when your application ends without a place",
        then: "We delete it. That the check was done stays.",
        why: "Somebody may have a question about the check while you are there.",
    },
    Rule {
        record: Record::Draft,
        what: "An application that you never sent",
        term: Term::Months(6),
        from: "when it closed",
        then: "We remove everything you wrote.",
        why: "You may want to copy from it for another application.",
    },
    Rule {
        record: Record::Application,
        what: "An application that you sent",
        term: Term::Months(24),
        from: "when it ended",
        then: "We remove your name and everything you wrote. Its dates and how it ended stay, as a number.",
        why: "You or the provider may have a question about it, or a complaint.",
    },
    Rule {
        record: Record::Consent,
        what: "Your parent or carer’s name, email address and answer",
        term: Term::Months(24),
        from: "when the application ended",
        then: "We delete them.",
        why: "A provider may have to show that they agreed.",
    },
    Rule {
        record: Record::Message,
        what: "What our emails and text messages said, and to whom",
        term: Term::Months(12),
        from: "when we wrote them",
        then: "We remove the words and the address. That a message was sent stays.",
        why: "You may ask what we told you.",
    },
    Rule {
        record: Record::Account,
        what: "Your account",
        term: Term::Months(36),
        from: "when you last signed in, if no application is under way",
        then: "We erase it, after writing to you a month before.",
        why: "You may come back for another placement.",
    },
    Rule {
        record: Record::Audit,
        what: "The list of who changed what",
        term: Term::Months(72),
        from: "the change",
        then: "We delete it. It holds no names, only numbers.",
        why: "It protects the people whose applications are decided. Six years is how long most claims can be made.",
    },
];

/// How many days before an account is erased its owner is told.
pub const WARNED_DAYS: u32 = 30;

/// The line about a kind of record.
#[must_use]
pub fn rule(record: Record) -> &'static Rule {
    // Every record has a line: a test says so.
    RULES.iter().find(|rule| rule.record == record).unwrap_or(&RULES[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(y: i32, m: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, day).unwrap()
    }

    #[test]
    fn every_record_has_exactly_one_line() {
        for &record in Record::ALL {
            assert_eq!(RULES.iter().filter(|rule| rule.record == record).count(), 1, "{record:?}");
            let rule = rule(record);
            assert_eq!(rule.record, record);
            assert!(rule.then.ends_with('.') && rule.why.ends_with('.'), "{record:?}");
        }
    }

    #[test]
    fn terms_are_counted_and_said() {
        assert_eq!(Term::Months(24).in_words(), "2 years");
        assert_eq!(Term::Months(6).in_words(), "6 months");
        assert_eq!(Term::Days(1).in_words(), "1 day");
        assert_eq!(Term::Months(6).begins(d(2027, 8, 31)), d(2027, 2, 28));
        assert_eq!(Term::Days(30).begins(d(2027, 3, 2)), d(2027, 1, 31));
    }

    #[test]
    fn consent_goes_with_its_application() {
        assert_eq!(rule(Record::Consent).term, rule(Record::Application).term);
    }
}
