//! How people get into a role.

crate::words_enum! {
    /// A way into a role in England, from what asks for least to what asks for most.
    Entry {
        /// Nobody asks for qualifications.
        NoQualifications = "no-qualifications",
        /// GCSEs or what counts the same, then learning on the job.
        Gcse = "gcse",
        /// A course at a college or sixth form.
        College = "college",
        /// An apprenticeship that does not end in a degree.
        Apprenticeship = "apprenticeship",
        /// Working up from another role that needs no degree.
        Experience = "experience",
        /// An apprenticeship that ends in a degree.
        DegreeApprenticeship = "degree-apprenticeship",
        /// A degree at a university.
        Degree = "degree",
        /// A course after a first degree.
        FurtherDegree = "further-degree",
        /// More training for those who have qualified in another role with a degree, such as nurses.
        Qualified = "qualified",
    }
}

impl Entry {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NoQualifications => "No qualifications needed: you learn on the job",
            Self::Gcse => "With GCSEs or similar: you learn on the job",
            Self::College => "A college course, such as a T Level or BTEC",
            Self::Apprenticeship => "An apprenticeship: you are paid while you learn",
            Self::Experience => "Working your way up from another job",
            Self::DegreeApprenticeship => "A degree apprenticeship: you are paid, and end with a degree",
            Self::Degree => "A degree at university",
            Self::FurtherDegree => "A course after a first degree",
            Self::Qualified => "More training, once you have qualified in another role",
        }
    }

    /// Whether this way goes through a degree, before or within it.
    #[must_use]
    pub fn takes_a_degree(self) -> bool {
        match self {
            Self::NoQualifications | Self::Gcse | Self::College | Self::Apprenticeship | Self::Experience => false,
            Self::DegreeApprenticeship | Self::Degree | Self::FurtherDegree | Self::Qualified => true,
        }
    }
}
