//! The life cycle of an application: the states, and the one table of what may follow what.
//!
//! Pages, messages, reports and documentation ask this table; nothing else decides.

/// An enum whose variants have a word each, for code, database and addresses alike: `as_str`, `parse`, `ALL`.
#[macro_export]
macro_rules! words_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every one, in the order of the life cycle.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word that code, database and addresses use.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The reverse of [`Self::as_str`].
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use words_enum as words;

words! {
    /// Where an application stands. *Overdue* is a flag beside it, not a state.
    State {
        /// Being written by the learner.
        Draft = "draft",
        /// Never sent, and the closing date has passed.
        Expired = "expired",
        /// Sent; nobody at the provider has opened it yet.
        Submitted = "submitted",
        /// A coordinator has opened it.
        UnderReview = "under_review",
        /// Waiting for a place to become free.
        Waitlisted = "waitlisted",
        /// A place is held for the learner, who has not answered yet.
        Offered = "offered",
        /// The provider said no, with a reason.
        NotSelected = "not_selected",
        /// The session began or was cancelled before anybody decided.
        Lapsed = "lapsed",
        /// The learner said yes; consent and clearances are under way.
        Accepted = "accepted",
        /// The learner said no thank you.
        Declined = "declined",
        /// The learner did not answer in time.
        OfferExpired = "offer_expired",
        /// The provider took the offer back.
        OfferWithdrawn = "offer_withdrawn",
        /// Everything is in place; the learner is coming.
        Confirmed = "confirmed",
        /// A mandatory check could not be met in time.
        ClearanceNotMet = "clearance_not_met",
        /// The provider cancelled after an acceptance.
        CancelledByProvider = "cancelled_by_provider",
        /// The learner, guardian or adviser took the application back.
        Withdrawn = "withdrawn",
        /// The learner came.
        Attended = "attended",
        /// The learner came on some of the days.
        PartlyAttended = "partly_attended",
        /// The learner did not come.
        DidNotAttend = "did_not_attend",
    }
}

words! {
    /// Who is acting.
    Role {
        /// The person who applies.
        Learner = "learner",
        /// Their parent or carer.
        Guardian = "guardian",
        /// Their careers adviser or teacher.
        Adviser = "adviser",
        /// Provider staff who post, decide and manage.
        Coordinator = "coordinator",
        /// The host in a department.
        Supervisor = "supervisor",
        /// Keeps standards; never decides an application.
        National = "national",
        /// The service itself, by the clock.
        System = "system",
    }
}

words! {
    /// What moves an application from one state to another.
    Action {
        /// The learner sends it.
        Submit = "submit",
        /// The closing date passes over a draft.
        Expire = "expire",
        /// A coordinator opens it for the first time.
        View = "view",
        /// It goes on the waiting list.
        Waitlist = "waitlist",
        /// A place is offered.
        Offer = "offer",
        /// The provider says no.
        SayNo = "say_no",
        /// The session begins with no decision.
        Lapse = "lapse",
        /// The learner takes the place.
        Accept = "accept",
        /// The learner says no thank you.
        Decline = "decline",
        /// The respond-by date passes.
        ExpireOffer = "expire_offer",
        /// The provider takes the offer back.
        WithdrawOffer = "withdraw_offer",
        /// Consent and clearances are complete.
        Confirm = "confirm",
        /// A mandatory check cannot be met.
        FailClearance = "fail_clearance",
        /// The provider cancels.
        Cancel = "cancel",
        /// It goes to the session's new dates. What is still to be settled for these is settled again.
        ChangeDates = "change_dates",
        /// The learner's side takes it back.
        Withdraw = "withdraw",
        /// Came on every day.
        RecordAttended = "record_attended",
        /// Came on some days.
        RecordPartly = "record_partly",
        /// Did not come.
        RecordAbsent = "record_absent",
        /// The record is changed later: came on every day.
        AmendAttended = "amend_attended",
        /// The record is changed later: came on some days.
        AmendPartly = "amend_partly",
        /// The record is changed later: did not come.
        AmendAbsent = "amend_absent",
    }
}

/// One line of the table: this action leads from any of these states to that one, for these roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// What is done.
    pub action: Action,
    /// Where it may start.
    pub from: &'static [State],
    /// Where it leads.
    pub to: State,
    /// Who may do it.
    pub by: &'static [Role],
}

use Action as A;
use Role as R;
use State as S;

const OPEN: &[State] = &[S::Submitted, S::UnderReview];
const UNDECIDED: &[State] = &[S::Submitted, S::UnderReview, S::Waitlisted];
/// A coordinator answers only for a learner without an email address, who told them by telephone.
const LEARNER_OR_FOR_THEM: &[Role] = &[R::Learner, R::Coordinator];
const LEARNERS_SIDE: &[Role] = &[R::Learner, R::Guardian, R::Adviser, R::Coordinator];
const HOSTS: &[Role] = &[R::Supervisor, R::Coordinator];
const RECORDED: &[State] = &[S::Attended, S::PartlyAttended, S::DidNotAttend];

/// The life cycle (DOMAIN.md, "Application states").
pub const TRANSITIONS: &[Transition] = &[
    Transition {
        action: A::Submit,
        from: &[S::Draft],
        to: S::Submitted,
        by: &[R::Learner, R::Adviser, R::Coordinator],
    },
    Transition { action: A::Expire, from: &[S::Draft], to: S::Expired, by: &[R::System] },
    Transition { action: A::View, from: &[S::Submitted], to: S::UnderReview, by: &[R::Coordinator] },
    Transition { action: A::Waitlist, from: OPEN, to: S::Waitlisted, by: &[R::Coordinator, R::System] },
    Transition {
        action: A::Offer,
        from: &[S::Submitted, S::UnderReview, S::Waitlisted, S::NotSelected, S::Lapsed],
        to: S::Offered,
        by: &[R::Coordinator, R::System],
    },
    Transition { action: A::SayNo, from: UNDECIDED, to: S::NotSelected, by: &[R::Coordinator] },
    Transition { action: A::Lapse, from: UNDECIDED, to: S::Lapsed, by: &[R::System] },
    Transition { action: A::Accept, from: &[S::Offered], to: S::Accepted, by: LEARNER_OR_FOR_THEM },
    Transition { action: A::Decline, from: &[S::Offered], to: S::Declined, by: LEARNER_OR_FOR_THEM },
    Transition { action: A::ExpireOffer, from: &[S::Offered], to: S::OfferExpired, by: &[R::System] },
    Transition { action: A::WithdrawOffer, from: &[S::Offered], to: S::OfferWithdrawn, by: &[R::Coordinator] },
    Transition { action: A::Confirm, from: &[S::Accepted], to: S::Confirmed, by: &[R::System] },
    Transition {
        action: A::FailClearance,
        from: &[S::Accepted],
        to: S::ClearanceNotMet,
        by: &[R::Coordinator, R::System],
    },
    Transition {
        action: A::Cancel,
        from: &[S::Accepted, S::Confirmed],
        to: S::CancelledByProvider,
        by: &[R::Coordinator],
    },
    Transition { action: A::ChangeDates, from: &[S::Submitted], to: S::Submitted, by: &[R::Coordinator] },
    Transition { action: A::ChangeDates, from: &[S::UnderReview], to: S::UnderReview, by: &[R::Coordinator] },
    Transition { action: A::ChangeDates, from: &[S::Waitlisted], to: S::Waitlisted, by: &[R::Coordinator] },
    Transition { action: A::ChangeDates, from: &[S::Offered], to: S::Offered, by: &[R::Coordinator] },
    Transition { action: A::ChangeDates, from: &[S::Accepted, S::Confirmed], to: S::Accepted, by: &[R::Learner] },
    Transition {
        action: A::Withdraw,
        from: &[S::Submitted, S::UnderReview, S::Waitlisted, S::Offered, S::Accepted, S::Confirmed],
        to: S::Withdrawn,
        by: LEARNERS_SIDE,
    },
    Transition { action: A::RecordAttended, from: &[S::Confirmed], to: S::Attended, by: HOSTS },
    Transition { action: A::RecordPartly, from: &[S::Confirmed], to: S::PartlyAttended, by: HOSTS },
    Transition { action: A::RecordAbsent, from: &[S::Confirmed], to: S::DidNotAttend, by: HOSTS },
    // A supervisor only puts right what they recorded the same day (`attendance::may_amend`).
    Transition { action: A::AmendAttended, from: RECORDED, to: S::Attended, by: HOSTS },
    Transition { action: A::AmendPartly, from: RECORDED, to: S::PartlyAttended, by: HOSTS },
    Transition { action: A::AmendAbsent, from: RECORDED, to: S::DidNotAttend, by: HOSTS },
];

/// Why an action is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The action does not start from this state.
    #[error("this application is {}, so that is not possible any more", .0.in_words())]
    State(State),
    /// Another role's to do.
    #[error("that is not yours to do")]
    Role,
}

impl State {
    /// The state after `action`, if the table allows it to this role.
    ///
    /// # Errors
    /// [`Refused::State`] when the action does not start here; [`Refused::Role`] when another role's.
    pub fn after(self, action: Action, role: Role) -> Result<State, Refused> {
        let line = TRANSITIONS
            .iter()
            .find(|line| line.action == action && line.from.contains(&self))
            .ok_or(Refused::State(self))?;
        if line.by.contains(&role) { Ok(line.to) } else { Err(Refused::Role) }
    }

    /// Whether a place is held: offered + accepted + confirmed never exceed the capacity.
    #[must_use]
    pub fn holds_place(self) -> bool {
        matches!(self, S::Offered | S::Accepted | S::Confirmed)
    }

    /// Whether the learner is still in it: no second application to the same session meanwhile.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(
            self,
            S::Draft | S::Submitted | S::UnderReview | S::Waitlisted | S::Offered | S::Accepted | S::Confirmed
        )
    }

    /// Whether the provider still owes an answer.
    #[must_use]
    pub fn awaits_decision(self) -> bool {
        matches!(self, S::Submitted | S::UnderReview)
    }

    /// Nothing follows any more, but for an offer to somebody who was told no.
    #[must_use]
    pub fn is_over(self) -> bool {
        !self.is_live()
    }

    /// What a person reads: on the learner's pages and in the coordinator's table.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            S::Draft => "not sent yet",
            S::Expired => "closed before it was sent",
            S::Submitted => "sent",
            S::UnderReview => "being looked at",
            S::Waitlisted => "on the waiting list",
            S::Offered => "offered a place",
            S::NotSelected => "did not get a place this time",
            S::Lapsed => "closed without an answer",
            S::Accepted => "accepted, checks under way",
            S::Declined => "place turned down",
            S::OfferExpired => "offer ran out",
            S::OfferWithdrawn => "offer taken back",
            S::Confirmed => "place confirmed",
            S::ClearanceNotMet => "checks could not be finished in time",
            S::CancelledByProvider => "cancelled by the provider",
            S::Withdrawn => "withdrawn",
            S::Attended => "attended",
            S::PartlyAttended => "attended some days",
            S::DidNotAttend => "did not attend",
        }
    }
}

words! {
    /// Why a provider says no. Structured, so that reports can count it and the learner reads kind words.
    NoReason {
        /// More people asked than there were places.
        MoreAsked = "more_asked",
        /// The dates do not suit the department any more.
        DatesChanged = "dates_changed",
        /// Places go first to people who live or study nearby.
        OutsideArea = "outside_area",
        /// What the learner hopes to see does not happen here.
        NotAMatch = "not_a_match",
        /// Support that is needed cannot be arranged in time.
        SupportNotReady = "support_not_ready",
    }
}

impl NoReason {
    /// The sentence that the learner reads.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::MoreAsked => "More people asked than we have places for.",
            Self::DatesChanged => "The team can no longer host anyone on these dates.",
            Self::OutsideArea => "Places went first to people who live or study near us.",
            Self::NotAMatch => "What you hope to see does not happen in this team.",
            Self::SupportNotReady => "We could not arrange what you would need in time for these dates.",
        }
    }
}

/// The state diagram of the documentation, in Mermaid, written from [`TRANSITIONS`].
#[must_use]
pub fn state_diagram() -> String {
    let mut text = String::from("stateDiagram-v2\n    [*] --> draft\n");
    for line in TRANSITIONS {
        for from in line.from {
            text.push_str(&format!("    {} --> {}: {}\n", from.as_str(), line.to.as_str(), line.action.as_str()));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table written out a second time, by hand, as DOMAIN.md has it: every path that is allowed.
    fn expected(from: State) -> &'static [(Action, State)] {
        match from {
            S::Draft => &[(A::Submit, S::Submitted), (A::Expire, S::Expired)],
            S::Submitted => &[
                (A::View, S::UnderReview),
                (A::ChangeDates, S::Submitted),
                (A::Waitlist, S::Waitlisted),
                (A::Offer, S::Offered),
                (A::SayNo, S::NotSelected),
                (A::Lapse, S::Lapsed),
                (A::Withdraw, S::Withdrawn),
            ],
            S::UnderReview => &[
                (A::ChangeDates, S::UnderReview),
                (A::Waitlist, S::Waitlisted),
                (A::Offer, S::Offered),
                (A::SayNo, S::NotSelected),
                (A::Lapse, S::Lapsed),
                (A::Withdraw, S::Withdrawn),
            ],
            S::Waitlisted => &[
                (A::ChangeDates, S::Waitlisted),
                (A::Offer, S::Offered),
                (A::SayNo, S::NotSelected),
                (A::Lapse, S::Lapsed),
                (A::Withdraw, S::Withdrawn),
            ],
            S::Offered => &[
                (A::ChangeDates, S::Offered),
                (A::Accept, S::Accepted),
                (A::Decline, S::Declined),
                (A::ExpireOffer, S::OfferExpired),
                (A::WithdrawOffer, S::OfferWithdrawn),
                (A::Withdraw, S::Withdrawn),
            ],
            S::NotSelected | S::Lapsed => &[(A::Offer, S::Offered)],
            S::Accepted => &[
                (A::ChangeDates, S::Accepted),
                (A::Confirm, S::Confirmed),
                (A::FailClearance, S::ClearanceNotMet),
                (A::Cancel, S::CancelledByProvider),
                (A::Withdraw, S::Withdrawn),
            ],
            S::Confirmed => &[
                (A::ChangeDates, S::Accepted),
                (A::Cancel, S::CancelledByProvider),
                (A::Withdraw, S::Withdrawn),
                (A::RecordAttended, S::Attended),
                (A::RecordPartly, S::PartlyAttended),
                (A::RecordAbsent, S::DidNotAttend),
            ],
            S::Attended | S::PartlyAttended | S::DidNotAttend => &[
                (A::AmendAttended, S::Attended),
                (A::AmendPartly, S::PartlyAttended),
                (A::AmendAbsent, S::DidNotAttend),
            ],
            _ => &[],
        }
    }

    #[test]
    fn every_path_is_allowed_or_forbidden_as_written() {
        for &from in State::ALL {
            for &action in Action::ALL {
                let allowed = expected(from).iter().find(|(a, _)| *a == action).map(|(_, to)| *to);
                for &role in Role::ALL {
                    let got = from.after(action, role);
                    match allowed {
                        None => assert_eq!(got, Err(Refused::State(from)), "{from:?} {action:?} {role:?}"),
                        Some(to) => assert!(
                            got == Ok(to) || got == Err(Refused::Role),
                            "{from:?} {action:?} {role:?} gave {got:?}"
                        ),
                    }
                }
                if allowed.is_some() {
                    assert!(
                        Role::ALL.iter().any(|r| from.after(action, *r).is_ok()),
                        "nobody may {action:?} from {from:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_national_team_never_decides() {
        for &from in State::ALL {
            for &action in Action::ALL {
                assert!(from.after(action, R::National).is_err());
            }
        }
    }

    #[test]
    fn the_clock_never_says_no_for_anybody() {
        for &from in State::ALL {
            assert!(from.after(A::SayNo, R::System).is_err());
        }
    }

    #[test]
    fn words_go_both_ways() {
        for &s in State::ALL {
            assert_eq!(State::parse(s.as_str()), Some(s));
        }
        assert_eq!(State::parse("gone"), None);
    }

    #[test]
    fn places_are_held_by_three_states_only() {
        let held: Vec<_> = State::ALL.iter().filter(|s| s.holds_place()).collect();
        assert_eq!(held, [&S::Offered, &S::Accepted, &S::Confirmed]);
        assert!(State::ALL.iter().filter(|s| s.holds_place()).all(|s| s.is_live()));
    }

    /// The page of the life cycle holds the diagram of this table: write it with `WEX_WRITE_DOCS=1`.
    #[test]
    fn the_documentation_shows_this_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/LIFE_CYCLE.md");
        let mut page = String::from(
            "# The life cycle of an application\n\nWritten from the one table in `app/domain/src/application.rs`; a test compares them.\n\n```mermaid\n",
        );
        page.push_str(&state_diagram());
        page.push_str("```\n\n| Action | From | To | Who |\n|---|---|---|---|\n");
        for line in TRANSITIONS {
            let from: Vec<_> = line.from.iter().map(|s| s.as_str()).collect();
            let by: Vec<_> = line.by.iter().map(|r| r.as_str()).collect();
            page.push_str(&format!(
                "| {} | {} | {} | {} |\n",
                line.action.as_str(),
                from.join(", "),
                line.to.as_str(),
                by.join(", ")
            ));
        }
        if std::env::var_os("WEX_WRITE_DOCS").is_some() {
            std::fs::write(path, &page).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), page);
    }

    #[test]
    fn the_diagram_names_every_state() {
        let diagram = state_diagram();
        for s in State::ALL {
            assert!(diagram.contains(s.as_str()), "{s:?}");
        }
    }
}
