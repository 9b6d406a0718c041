//! Where a coordinator is: which application, out of which list. The list's filter goes along from page
//! to page, so that "next" means the next in that list.

use domain::application::NoReason;
use domain::words_enum;
use services::applications::{Decision, QueueFilter};

words_enum! {
    /// The three answers, as the address has them.
    Choice {
        /// A place.
        Offer = "offer",
        /// The waiting list.
        Waitlist = "waiting-list",
        /// No.
        No = "no",
    }
}

impl Choice {
    /// The decision: `days` is for an offer, as chosen; the usual time for anything else. `None` while a no has no reason or an own sentence that is too long.
    pub(crate) fn decision(self, reason: &str, note: &str, days: &str) -> Option<Decision> {
        match self {
            Self::Offer => Some(days.parse().map_or(Decision::Offer, Decision::OfferWithin)),
            Self::Waitlist => Some(Decision::Waitlist),
            Self::No => {
                let note = tidy_note(note);
                (note.chars().count() <= Decision::LONGEST_NOTE)
                    .then_some(Decision::SayNo(NoReason::parse(reason)?, note))
            }
        }
    }
}

/// A text as typed, without space around it. A browser's form ends lines with two signs; one is kept, so
/// that the preview, the form and the letter hold the same bytes.
pub(crate) fn tidy_note(typed: &str) -> String {
    typed.trim().replace("\r\n", "\n").replace('\r', "\n")
}

/// The addresses around one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct At {
    /// The application's reference, as it is written.
    pub(crate) reference: String,
    /// The list that one came from.
    pub(crate) filter: QueueFilter,
}

impl At {
    /// From the words of the address or a form.
    pub(crate) fn new(reference: &str, show: &str) -> Self {
        Self { reference: domain::reference::tidy_reference(reference), filter: filter(show) }
    }
    /// The application's page.
    pub(crate) fn application(&self, query: &str) -> String {
        self.address("", query)
    }
    /// The page that shows the message of an answer.
    pub(crate) fn decide(&self, choice: Choice, query: &str) -> String {
        self.address(&format!("/{}", choice.as_str()), query)
    }
    /// The page on which an offer is taken back.
    pub(crate) fn take_back(&self, query: &str) -> String {
        self.address("/take-back", query)
    }
    /// The list that one came from.
    pub(crate) fn list(&self) -> String {
        list_address(self.filter)
    }

    fn address(&self, page: &str, query: &str) -> String {
        let show =
            if self.filter == QueueFilter::Open { String::new() } else { format!("show={}", self.filter.as_str()) };
        let query = [query, &show].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/provider/applications/{}{page}{mark}{query}", kit::urlencode(&self.reference))
    }
}

/// The filter with this word; what is under way for any other.
pub(super) fn filter(show: &str) -> QueueFilter {
    QueueFilter::parse(show).unwrap_or(QueueFilter::Open)
}

/// The address of the list under a filter.
pub(super) fn list_address(filter: QueueFilter) -> String {
    if filter == QueueFilter::Open {
        "/provider/applications".to_owned()
    } else {
        format!("/provider/applications?show={}", filter.as_str())
    }
}
