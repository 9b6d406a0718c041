//! Which letter makes which unsent one wrong. The only place that says so: a later decision about the same
//! application, to the same recipient, takes the place of what has not left yet. What is being sent at this
//! moment is not called back: both arrive, in order.

/// Letters that say where an application stands and are wrong once it stands elsewhere.
const ASKS_FOR_AN_ANSWER: &[&str] = &["offered", "offer_nudge"];

/// Each template, with those that it supersedes.
const TABLE: &[(&str, &[&str])] = &[
    ("submitted", &["draft_closing"]),
    ("offered", &["offered", "waitlisted", "not_selected", "lapsed", "overdue", "offer_over"]),
    ("waitlisted", &["waitlisted", "overdue"]),
    ("not_selected", &["not_selected", "waitlisted", "overdue"]),
    ("lapsed", &["waitlisted", "overdue"]),
    ("offer_over", ASKS_FOR_AN_ANSWER),
    ("accepted", ASKS_FOR_AN_ANSWER),
    ("clearance_not_met", &["accepted"]),
    (
        "cancelled",
        &["offered", "offer_nudge", "accepted", "confirmed", "date_change_asked", "date_change_nudge", "dates_moved"],
    ),
    (
        "withdrawn",
        &[
            "offered",
            "offer_nudge",
            "waitlisted",
            "overdue",
            "accepted",
            "confirmed",
            "date_change_asked",
            "date_change_nudge",
            "dates_moved",
        ],
    ),
    // A new link: the old one does not work any more.
    ("consent_request", &["consent_request", "consent_reminder"]),
    ("consent_kept", &["consent_request", "consent_reminder"]),
];

/// The templates that this one supersedes.
pub(super) fn by(template: &str) -> &'static [&'static str] {
    TABLE.iter().find(|(new, _)| *new == template).map_or(&[], |(_, old)| old)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Says again by hand what must never happen: a letter that nobody may miss is superseded by nothing.
    #[test]
    fn some_letters_always_go() {
        for kept in ["submitted", "sign_in", "new_applications", "offer_answered", "decision_due", "consent_answered"] {
            assert!(TABLE.iter().all(|(_, old)| !old.contains(&kept)), "{kept}");
        }
    }

    #[test]
    fn each_template_has_one_line() {
        for (at, (new, _)) in TABLE.iter().enumerate() {
            assert!(TABLE[at + 1..].iter().all(|(other, _)| other != new), "{new} twice");
        }
        assert!(by("offer_over").contains(&"offered") && by("anything else").is_empty());
    }
}
