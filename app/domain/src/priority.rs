//! What gives somebody priority, and what each kind of it gives.
//!
//! There are two. An **evidence statement**: an adviser says that a learner meets a widening-participation
//! priority. It lets the learner take a place that is reserved for a priority, and go first on a waiting
//! list. A **rebook priority**: a provider cancelled a place that the learner had taken. It lets them go
//! first on a waiting list, with any provider, and is used up when they next accept a place. It opens no
//! reserved place: those are for people whom connections do not help.

crate::words_enum! {
    /// Which widening-participation priority a learner meets. Only the learner and their adviser see which.
    EvidenceReason {
        /// Is or was looked after by a council.
        CareExperienced = "care_experienced",
        /// Gets or got free school meals.
        FreeSchoolMeals = "free_school_meals",
        /// The first of their family to go to university.
        FirstInFamily = "first_in_family",
        /// Lives in an area where few people go on to study.
        DeprivedArea = "deprived_area",
        /// Looks after somebody at home.
        YoungCarer = "young_carer",
        /// Came to this country for safety.
        Refugee = "refugee",
    }
}

impl EvidenceReason {
    /// What an adviser ticks, and what the learner reads.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::CareExperienced => "Care experienced: they are, or were, looked after by a council",
            Self::FreeSchoolMeals => "Free school meals, now or in the last 6 years",
            Self::FirstInFamily => "First in their family to go to university",
            Self::DeprivedArea => "Lives in a deprived area",
            Self::YoungCarer => "Young carer: they look after somebody at home",
            Self::Refugee => "Refugee or asylum seeker",
        }
    }
}

/// What a learner has, at a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Priority {
    /// An adviser's statement is in force.
    pub evidence: bool,
    /// A provider cancelled a place of theirs, and they have not accepted another since.
    pub rebook: bool,
}

impl Priority {
    /// Whether they go before others on a waiting list. Two reasons count no more than one.
    #[must_use]
    pub fn goes_first(self) -> bool {
        self.evidence || self.rebook
    }
    /// What a coordinator reads: never which evidence.
    #[must_use]
    pub fn in_words(self) -> Option<&'static str> {
        match (self.evidence, self.rebook) {
            (true, true) => Some("Meets priority. A provider also cancelled a place of theirs"),
            (true, false) => Some("Meets priority"),
            (false, true) => Some("First on waiting lists: a provider cancelled a place of theirs"),
            (false, false) => None,
        }
    }
}
