//! Clearances: checks that stand beside an accepted application. No field here takes health details.

mod due;
mod settle;
mod types;

pub use due::{Risk, chased_today, due_on, risk, valid_until};
pub use settle::{LONGEST_BECAUSE, Settling};
pub use types::{ClearanceCode, ClearanceType, Evidence, Owner, Problem, WaiverReason};

use crate::application::words;
use crate::{Delivery, Kind, Profession};

words! {
    /// The checks that every organisation begins with; it may change them, and add its own
    /// ([`ClearanceType`]).
    ClearanceKind {
        /// Occupational health has said that the learner can come. Only that, never why.
        OccupationalHealth = "occupational_health",
        /// The learner is who they say.
        Identity = "identity",
        /// The learner has agreed to keep what they see to themselves.
        Confidentiality = "confidentiality",
        /// The department has assessed the risks for a young person.
        RiskAssessment = "risk_assessment",
    }
}

words! {
    /// How far a clearance is.
    ClearanceStatus {
        /// Asked for, not finished.
        Requested = "requested",
        /// Done.
        Met = "met",
        /// Not needed after all; a reason and a name are kept.
        Waived = "waived",
        /// Cannot be met.
        NotMet = "not_met",
    }
}

impl ClearanceStatus {
    /// Whether it no longer stands in the way.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Met | Self::Waived)
    }
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Requested => "in progress",
            Self::Met => "done",
            Self::Waived => "not needed",
            Self::NotMet => "could not be done",
        }
    }
}

words! {
    /// How far a parent or carer's consent is.
    ConsentStatus {
        /// An adult needs nobody's consent.
        NotNeeded = "not_needed",
        /// The link has been sent.
        Asked = "asked",
        /// Yes.
        Given = "given",
        /// No.
        Refused = "refused",
    }
}

impl ConsentStatus {
    /// Whether a place may be confirmed as far as consent goes.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Self::NotNeeded | Self::Given)
    }
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NotNeeded => "not needed",
            Self::Asked => "asked, no answer yet",
            Self::Given => "given",
            Self::Refused => "refused",
        }
    }
}

/// The checks that are usual for an opportunity, where its provider does not choose others: what,
/// whether a place needs it, and how many days it usually takes. Only work experience in a workplace has
/// any; only clinical work needs occupational health, which takes ten weeks or more.
#[must_use]
pub fn usual_clearances(
    kind: Kind,
    delivery: Delivery,
    profession: Option<Profession>,
) -> &'static [(ClearanceKind, bool, i64)] {
    const USUAL: &[(ClearanceKind, bool, i64)] = &[
        (ClearanceKind::Identity, true, 7),
        (ClearanceKind::Confidentiality, true, 7),
        (ClearanceKind::OccupationalHealth, true, 70),
    ];
    match (kind, delivery) {
        (Kind::WorkExperience, Delivery::InPerson | Delivery::Mixed)
            if profession.is_some_and(Profession::is_clinical) =>
        {
            USUAL
        }
        (Kind::WorkExperience, Delivery::InPerson | Delivery::Mixed) => &USUAL[..2],
        _ => &[],
    }
}

/// Whether an accepted application can be confirmed: consent settled and every mandatory clearance met
/// or waived.
#[must_use]
pub fn ready_to_confirm(consent: ConsentStatus, clearances: &[(bool, ClearanceStatus)]) -> bool {
    consent.is_settled() && clearances.iter().all(|(mandatory, status)| !mandatory || status.is_settled())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_checks_follow_the_work() {
        let kinds = |kind, delivery, profession| {
            usual_clearances(kind, delivery, profession).iter().map(|(kind, ..)| *kind).collect::<Vec<_>>()
        };
        let basic = [ClearanceKind::Identity, ClearanceKind::Confidentiality];
        assert_eq!(
            kinds(Kind::WorkExperience, Delivery::InPerson, Some(Profession::Nursing)),
            [&basic[..], &[ClearanceKind::OccupationalHealth]].concat()
        );
        assert_eq!(kinds(Kind::WorkExperience, Delivery::InPerson, Some(Profession::Digital)), basic);
        assert_eq!(kinds(Kind::WorkExperience, Delivery::InPerson, None), basic);
        assert_eq!(kinds(Kind::CareersInformation, Delivery::InPerson, Some(Profession::Nursing)), []);
        assert_eq!(kinds(Kind::WorkRelatedLearning, Delivery::Online, Some(Profession::Nursing)), []);
    }

    #[test]
    fn confirmation_waits_for_consent_and_mandatory_checks_only() {
        use ClearanceStatus::{Met, Requested, Waived};
        assert!(ready_to_confirm(ConsentStatus::NotNeeded, &[]));
        assert!(ready_to_confirm(ConsentStatus::Given, &[(true, Met), (true, Waived), (false, Requested)]));
        assert!(!ready_to_confirm(ConsentStatus::Given, &[(true, Requested)]));
        assert!(!ready_to_confirm(ConsentStatus::Asked, &[]));
        assert!(!ready_to_confirm(ConsentStatus::Refused, &[(true, Met)]));
    }
}
