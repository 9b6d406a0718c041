//! What becomes of a message, in words.

use crate::application::words;

words! {
    /// Where a message is.
    Status {
        /// Waits to be sent, for the first time or again.
        Queued = "queued",
        /// Handed over to whoever delivers it.
        Sent = "sent",
        /// Arrived, as far as whoever delivers it knows.
        Delivered = "delivered",
        /// Given up.
        Failed = "failed",
        /// Never sent: a later decision made it wrong.
        Superseded = "superseded",
    }
}

words! {
    /// How a message failed.
    Failure {
        /// Nobody could take it for a long time: a full mailbox, a mail server that is gone, a phone that is off.
        Temporary = "temporary",
        /// Its address does not exist, or refuses us.
        Permanent = "permanent",
    }
}

impl Status {
    /// What staff read beside a message. `when` is the day and time that belong to the status, such as
    /// "3 May, 9:41am".
    #[must_use]
    pub fn in_words(self, when: &str, text_message: bool, tried: bool) -> String {
        match self {
            Self::Queued if tried => "not sent yet: we try again".into(),
            Self::Queued => "waiting to be sent".into(),
            Self::Sent => format!("sent {when}"),
            Self::Delivered => format!("delivered {when}"),
            Self::Failed if text_message => "could not be delivered to their phone: tell them another way".into(),
            Self::Failed => "could not be delivered: tell them by telephone".into(),
            Self::Superseded => "not sent: a later message took its place".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_says_what_it_means() {
        assert_eq!(Status::Delivered.in_words("3 May, 9:41am", false, true), "delivered 3 May, 9:41am");
        assert_eq!(Status::Failed.in_words("", false, true), "could not be delivered: tell them by telephone");
        let all: std::collections::BTreeSet<_> =
            Status::ALL.iter().map(|status| status.in_words("3 May, 9:41am", false, false)).collect();
        assert_eq!(all.len(), Status::ALL.len());
        assert_ne!(Status::Queued.in_words("", false, true), Status::Queued.in_words("", false, false));
    }
}
