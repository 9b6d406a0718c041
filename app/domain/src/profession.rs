//! Professions and fields of work, as the search offers them.

use crate::application::words;

words! {
    /// A family of roles in health and care.
    Profession {
        /// Allied health: physiotherapy, radiography, occupational therapy and others.
        AlliedHealth = "allied-health",
        /// Ambulance crews and control rooms.
        Ambulance = "ambulance",
        /// Dental teams.
        Dental = "dental",
        /// Doctors and surgery.
        Medicine = "medicine",
        /// Digital, data and technology.
        Digital = "digital",
        /// Estates, catering, cleaning and portering.
        Facilities = "facilities",
        /// Healthcare science: laboratories, physiology, physics.
        Science = "healthcare-science",
        /// Finance, records, people and management.
        Management = "management",
        /// Maternity and midwifery.
        Midwifery = "midwifery",
        /// Mental health and psychology.
        MentalHealth = "mental-health",
        /// Nursing of adults, children and people with a learning disability.
        Nursing = "nursing",
        /// Pharmacy.
        Pharmacy = "pharmacy",
        /// Care homes, home care and support work.
        SocialCare = "social-care",
        /// Public health and prevention.
        PublicHealth = "public-health",
    }
}

impl Profession {
    /// The words that the search finds it by: without the example, or whoever looks for physiotherapy finds all
    /// of allied health.
    #[must_use]
    pub fn searched(self) -> &'static str {
        let label = self.label();
        label.split_once(", such as").map_or(label, |(name, _)| name)
    }

    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::AlliedHealth => "Allied health, such as physiotherapy",
            Self::Ambulance => "Ambulance",
            Self::Dental => "Dental",
            Self::Medicine => "Doctors and surgery",
            Self::Digital => "Digital and data",
            Self::Facilities => "Estates, catering and cleaning",
            Self::Science => "Healthcare science",
            Self::Management => "Management and administration",
            Self::Midwifery => "Maternity and midwifery",
            Self::MentalHealth => "Mental health",
            Self::Nursing => "Nursing",
            Self::Pharmacy => "Pharmacy",
            Self::SocialCare => "Social care",
            Self::PublicHealth => "Public health",
        }
    }

    /// Whether its people usually work beside patients or with what comes from them.
    #[must_use]
    pub fn is_clinical(self) -> bool {
        match self {
            Self::AlliedHealth
            | Self::Ambulance
            | Self::Dental
            | Self::Medicine
            | Self::Science
            | Self::Midwifery
            | Self::MentalHealth
            | Self::Nursing
            | Self::Pharmacy => true,
            Self::Digital | Self::Facilities | Self::Management | Self::SocialCare | Self::PublicHealth => false,
        }
    }

    /// The best guess from a department's name or a title; `None` when nothing fits. The coordinator
    /// sees the guess before anything is saved.
    #[must_use]
    pub fn guess(text: &str) -> Option<Self> {
        // The first line that fits wins, so narrower words stand before wider ones.
        const SIGNS: &[(&[&str], Profession)] = &[
            (&["mental", "psycholog", "psychiatr", "camhs", "counsel"], Profession::MentalHealth),
            (&["matern", "midwi", "birth", "labour ward"], Profession::Midwifery),
            (&["ambulance", "paramedic", "999"], Profession::Ambulance),
            (&["pharma", "medicines"], Profession::Pharmacy),
            (&["dental", "dentist", "orthodont"], Profession::Dental),
            (
                &[
                    "physio",
                    "radiograph",
                    "occupational",
                    "speech",
                    "diet",
                    "podiatr",
                    "therap",
                    "x-ray",
                    "imaging",
                    "orthopt",
                    "theatre",
                ],
                Profession::AlliedHealth,
            ),
            (
                &["patholog", "laborator", "science", "audiolog", "cardiac physiolog", "microbio", "haematol", "genom"],
                Profession::Science,
            ),
            (&["public health", "health improvement", "vaccin", "screening"], Profession::PublicHealth),
            (&["digital", "data", "software", "it services", "technology", "cyber"], Profession::Digital),
            (
                &["estate", "cater", "clean", "porter", "kitchen", "facilit", "engineer", "domestic"],
                Profession::Facilities,
            ),
            (&["social care", "care home", "home care", "support work", "residential"], Profession::SocialCare),
            (
                &[
                    "finance",
                    "record",
                    "human resources",
                    "people team",
                    "communications",
                    "manage",
                    "admin",
                    "reception",
                    "governance",
                ],
                Profession::Management,
            ),
            (&["surg", "doctor", "medicine", "medical", "consultant", "general practice", "gp "], Profession::Medicine),
            (
                &["nurs", "ward", "elderly", "children", "outpatient", "emergency", "community team", "hospice"],
                Profession::Nursing,
            ),
        ];
        let text = text.to_lowercase();
        SIGNS.iter().find(|(signs, _)| signs.iter().any(|sign| text.contains(sign))).map(|(_, profession)| *profession)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_search_takes_no_example_for_the_thing() {
        assert_eq!(Profession::AlliedHealth.searched(), "Allied health");
        assert!(
            Profession::ALL.iter().all(|one| one.label().starts_with(one.searched()) && !one.searched().is_empty())
        );
    }

    #[test]
    fn departments_are_guessed_as_a_person_would() {
        for (department, expected) in [
            ("Maternity", Profession::Midwifery),
            ("Ambulance control", Profession::Ambulance),
            ("Occupational therapy", Profession::AlliedHealth),
            ("Learning disability nursing", Profession::Nursing),
            ("Mental health day service", Profession::MentalHealth),
            ("Medical records", Profession::Management),
            ("Pathology", Profession::Science),
            ("Catering", Profession::Facilities),
            ("Children's ward", Profession::Nursing),
            ("Digital services", Profession::Digital),
        ] {
            assert_eq!(Profession::guess(department), Some(expected), "{department}");
        }
        assert_eq!(Profession::guess("Zzz"), None);
    }
}
