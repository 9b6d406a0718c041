//! What sort of thing a provider advertises, and how it is attended.

use serde::{Deserialize, Serialize};

/// The three kinds of opportunity (the domain's words).
///
/// Work experience is in a workplace and supervised, so it is never online.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// In a workplace, supervised; never online.
    WorkExperience,
    /// Curated content with learning outcomes, online or in person.
    WorkRelatedLearning,
    /// Informs and inspires: talks, fairs, open days, films.
    CareersInformation,
}

impl Kind {
    /// Every kind, in the order in which people see them.
    pub const ALL: [Self; 3] = [Self::WorkExperience, Self::WorkRelatedLearning, Self::CareersInformation];

    /// The name used in addresses, databases and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WorkExperience => "work_experience",
            Self::WorkRelatedLearning => "work_related_learning",
            Self::CareersInformation => "careers_information",
        }
    }

    /// The words that people see.
    pub const fn label(self) -> &'static str {
        match self {
            Self::WorkExperience => "Work experience",
            Self::WorkRelatedLearning => "Work-related learning",
            Self::CareersInformation => "Careers information",
        }
    }

    /// Reads what [`Kind::as_str`] writes. For what people write, see
    /// [`crate::understand::kind`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// How an opportunity is attended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// At a place.
    InPerson,
    /// Only through a screen.
    Online,
    /// Some of each.
    Mixed,
}

impl Delivery {
    /// Every way, in the order in which people see them.
    pub const ALL: [Self; 3] = [Self::InPerson, Self::Online, Self::Mixed];

    /// The name used in addresses, databases and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Online => "online",
            Self::Mixed => "mixed",
        }
    }

    /// The words that people see.
    pub const fn label(self) -> &'static str {
        match self {
            Self::InPerson => "In person",
            Self::Online => "Online",
            Self::Mixed => "In person and online",
        }
    }

    /// Reads what [`Delivery::as_str`] writes. For what people write, see
    /// [`crate::understand::delivery`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|delivery| delivery.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_match_their_serialised_form() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.as_str()));
        }
        for delivery in Delivery::ALL {
            assert_eq!(Delivery::parse(delivery.as_str()), Some(delivery));
            assert_eq!(serde_json::to_string(&delivery).unwrap(), format!("\"{}\"", delivery.as_str()));
        }
        assert_eq!(Kind::parse("pre-employment"), None);
        assert_eq!(Delivery::parse("virtual"), None);
    }
}
