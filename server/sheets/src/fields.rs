//! What a column of a provider's list can mean, and the headings under which providers keep it.

mod names;
mod particulars;

use serde::{Deserialize, Serialize};

use self::names::NAMES;
use self::particulars::PARTICULARS;

/// A column's meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The provider's own reference of the row.
    Reference,
    /// The trust or other organisation: a code or a name.
    Organisation,
    /// The department, ward or team.
    Department,
    /// What the opportunity is called.
    Title,
    /// Work experience, careers talk, course…
    Kind,
    /// In person, online or both.
    Delivery,
    /// The first day, or the whole run of days.
    Start,
    /// The last day.
    End,
    /// When a day starts and ends.
    Times,
    /// How many people can come.
    Places,
    /// The youngest age, or the ages, that may apply.
    MinAge,
    /// The oldest age, where it stands in a column of its own.
    MaxAge,
    /// The last day on which people can apply.
    Closing,
    /// The site or address.
    Where,
    /// The town, where it stands in a column of its own.
    Town,
    /// The postcode of the place.
    Postcode,
    /// Who can apply, in words.
    WhoFor,
    /// What learners will do.
    WhatYouWillDo,
    /// What to wear.
    Dress,
    /// The address for questions.
    Contact,
    /// With patients or not.
    Setting,
    /// For whom it is above all.
    Audiences,
    /// Whether no experience and no grades are needed.
    NothingNeeded,
    /// Buses and stops.
    ByBus,
    /// What people need to have for it.
    Equipment,
    /// What comes before it.
    StepsBefore,
    /// What usually follows it.
    StepsAfter,
}

/// A field's own name, the headings that name it exactly, and the phrases that give it away inside a
/// longer heading. All in lower case, words parted by one space.
struct Names {
    field: Field,
    label: &'static str,
    exact: &'static [&'static str],
    within: &'static [&'static str],
}

impl Field {
    /// Every field, in the order in which people see them.
    pub const ALL: [Self; 27] = [
        Self::Reference,
        Self::Organisation,
        Self::Department,
        Self::Title,
        Self::Kind,
        Self::Delivery,
        Self::Start,
        Self::End,
        Self::Times,
        Self::Places,
        Self::MinAge,
        Self::MaxAge,
        Self::Closing,
        Self::Where,
        Self::Town,
        Self::Postcode,
        Self::WhoFor,
        Self::WhatYouWillDo,
        Self::Dress,
        Self::Contact,
        Self::Setting,
        Self::Audiences,
        Self::NothingNeeded,
        Self::ByBus,
        Self::Equipment,
        Self::StepsBefore,
        Self::StepsAfter,
    ];

    fn names(self) -> Option<&'static Names> {
        NAMES.iter().chain(PARTICULARS).find(|names| names.field == self)
    }

    /// What people call it: used where a file has no heading of its own for it.
    pub fn label(self) -> &'static str {
        self.names().map_or("", |names| names.label)
    }

    /// How well a heading names this field: 0 not at all, 100 exactly.
    pub(crate) fn score(self, heading: &str) -> u32 {
        let Some(names) = self.names() else {
            return 0;
        };
        if names.exact.contains(&heading) {
            return 100;
        }
        let padded = format!(" {heading} ");
        names
            .within
            .iter()
            .filter(|phrase| padded.contains(&format!(" {phrase} ")))
            .map(|phrase| 40 + u32::try_from(phrase.len()).unwrap_or(40).min(40))
            .max()
            .unwrap_or(0)
    }
}

/// A heading as it is compared: words in lower case, parted by one space; "No. of" is "number of".
pub(crate) fn plain_heading(text: &str) -> String {
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| match word {
            "no" | "num" | "nr" => "number".to_owned(),
            other => other.to_owned(),
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_names_and_answers_to_its_own_label() {
        for field in Field::ALL {
            assert_eq!(field.score(&plain_heading(field.label())), 100, "{field:?}");
        }
    }

    #[test]
    fn headings_are_compared_by_their_words() {
        assert_eq!(plain_heading("  No. of\u{a0}Places* "), "number of places");
        assert!(Field::Start.score("placement start date") > Field::Title.score("placement start date"));
        assert_eq!(Field::Title.score("favourite colour"), 0);
    }
}
