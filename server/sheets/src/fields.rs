//! What a column of a provider's list can mean, and the headings under which providers keep it.

use serde::{Deserialize, Serialize};

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
    pub const ALL: [Self; 20] = [
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
    ];

    /// What people call it: used where a file has no heading of its own for it.
    pub fn label(self) -> &'static str {
        NAMES
            .iter()
            .find(|names| names.field == self)
            .map_or("", |names| names.label)
    }

    /// How well a heading names this field: 0 not at all, 100 exactly.
    pub(crate) fn score(self, heading: &str) -> u32 {
        let Some(names) = NAMES.iter().find(|names| names.field == self) else {
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

const NAMES: &[Names] = &[
    Names {
        field: Field::Reference,
        label: "Ref",
        exact: &[
            "ref",
            "reference",
            "id",
            "number",
            "reference number",
            "ref number",
            "unique id",
            "record id",
            "record number",
        ],
        within: &[
            "reference",
            "ref number",
            "opportunity id",
            "placement id",
            "opportunity ref",
        ],
    },
    Names {
        field: Field::Organisation,
        label: "Organisation",
        exact: &[
            "organisation",
            "organization",
            "trust",
            "trust code",
            "trust name",
            "provider",
            "ods",
            "ods code",
            "org",
            "employer",
            "host",
            "host organisation",
            "org code",
            "code",
            "company",
        ],
        within: &[
            "trust code",
            "organisation code",
            "organisation name",
            "provider code",
            "provider name",
            "ods code",
            "trust name",
            "name of trust",
            "name of organisation",
            "organisation",
            "organization",
            "nhs trust",
            "trust",
        ],
    },
    Names {
        field: Field::Department,
        label: "Department",
        exact: &[
            "department",
            "dept",
            "ward",
            "team",
            "specialty",
            "speciality",
            "service",
            "directorate",
            "division",
            "unit",
            "area",
        ],
        within: &[
            "department",
            "dept",
            "ward",
            "team name",
            "specialty",
            "department or ward",
            "host team",
        ],
    },
    Names {
        field: Field::Title,
        label: "Opportunity title",
        exact: &[
            "opportunity title",
            "title",
            "opportunity",
            "opportunity name",
            "name of opportunity",
            "title of opportunity",
            "placement title",
            "placement name",
            "event",
            "event title",
            "event name",
            "session title",
            "session name",
            "programme",
            "programme name",
            "activity",
            "activity name",
            "name",
        ],
        within: &[
            "opportunity title",
            "opportunity name",
            "placement title",
            "event name",
            "event title",
            "session title",
            "title of",
            "programme title",
        ],
    },
    Names {
        field: Field::Kind,
        label: "Type",
        exact: &[
            "type",
            "kind",
            "category",
            "opportunity type",
            "type of opportunity",
            "placement type",
            "activity type",
            "event type",
        ],
        within: &["type of", "opportunity type", "kind of", "category"],
    },
    Names {
        field: Field::Delivery,
        label: "In person / online",
        exact: &[
            "in person online",
            "online in person",
            "format",
            "delivery",
            "mode",
            "mode of delivery",
            "delivery mode",
            "delivery method",
            "face to face online",
            "virtual in person",
            "in person virtual",
            "f2f online",
            "attendance",
        ],
        within: &[
            "in person",
            "online",
            "virtual",
            "face to face",
            "delivery",
            "format of",
        ],
    },
    Names {
        field: Field::Start,
        label: "Start",
        exact: &[
            "start",
            "start date",
            "date",
            "dates",
            "from",
            "first day",
            "week",
            "w c",
            "week commencing",
            "week beginning",
            "date from",
            "starts",
            "begins",
            "start day",
            "when",
            "date s",
            "placement dates",
            "session date",
            "event date",
        ],
        within: &[
            "start date",
            "first day",
            "week commencing",
            "date from",
            "starts on",
            "date of placement",
            "date of event",
            "placement dates",
            "placement date",
            "dates of",
        ],
    },
    Names {
        field: Field::End,
        label: "End",
        exact: &[
            "end",
            "end date",
            "to",
            "until",
            "last day",
            "date to",
            "ends",
            "finish",
            "finish date",
            "finishes",
            "end day",
        ],
        within: &["end date", "last day", "finish date", "date to", "ends on"],
    },
    Names {
        field: Field::Times,
        label: "Times",
        exact: &[
            "times",
            "time",
            "hours",
            "daily times",
            "session times",
            "start and end time",
            "start and finish times",
            "working hours",
            "shift",
            "timings",
            "hours of work",
        ],
        within: &[
            "daily times",
            "working hours",
            "times of",
            "start and end time",
            "timings",
            "hours",
        ],
    },
    Names {
        field: Field::Places,
        label: "No. of places",
        exact: &[
            "number of places",
            "places",
            "capacity",
            "spaces",
            "places available",
            "number",
            "number places",
            "max number",
            "max places",
            "number of students",
            "number of learners",
            "number of placements",
            "available places",
            "vacancies",
            "slots",
            "how many",
            "maximum number",
            "number of spaces",
            "max capacity",
        ],
        within: &[
            "number of places",
            "places available",
            "available places",
            "capacity",
            "spaces",
            "how many places",
            "number of students",
            "number of placements",
            "how many students",
            "places",
        ],
    },
    Names {
        field: Field::MinAge,
        label: "Min age",
        exact: &[
            "min age",
            "minimum age",
            "age",
            "ages",
            "age range",
            "age group",
            "age limit",
            "age restriction",
            "year group",
            "year groups",
            "age from",
            "youngest age",
            "lowest age",
            "ages accepted",
        ],
        within: &[
            "min age",
            "minimum age",
            "age range",
            "age group",
            "youngest",
            "year group",
            "age limit",
            "age",
        ],
    },
    Names {
        field: Field::MaxAge,
        label: "Max age",
        exact: &[
            "max age",
            "maximum age",
            "oldest age",
            "upper age",
            "age to",
            "upper age limit",
        ],
        within: &["max age", "maximum age", "oldest", "upper age"],
    },
    Names {
        field: Field::Closing,
        label: "Closing date",
        exact: &[
            "closing date",
            "deadline",
            "apply by",
            "application deadline",
            "closes",
            "closing",
            "close date",
            "applications close",
            "last date to apply",
            "closing date for applications",
        ],
        within: &[
            "closing date",
            "deadline",
            "apply by",
            "applications close",
            "close date",
            "closes",
        ],
    },
    Names {
        field: Field::Where,
        label: "Where",
        exact: &[
            "where",
            "venue",
            "site",
            "address",
            "location",
            "place",
            "hospital",
            "site name",
            "site address",
            "venue address",
            "base",
        ],
        within: &["venue", "site", "address", "location", "where"],
    },
    Names {
        field: Field::Town,
        label: "Town",
        exact: &["town", "city", "town city", "town or city", "city town"],
        within: &["town"],
    },
    Names {
        field: Field::Postcode,
        label: "Postcode",
        exact: &[
            "postcode",
            "post code",
            "site postcode",
            "pcode",
            "zip",
            "postal code",
        ],
        within: &["postcode", "post code", "postal code"],
    },
    Names {
        field: Field::WhoFor,
        label: "Who can apply",
        exact: &[
            "who can apply",
            "eligibility",
            "who for",
            "who is it for",
            "suitable for",
            "target audience",
            "audience",
            "open to",
            "entry requirements",
            "criteria",
            "requirements",
            "eligible",
        ],
        within: &[
            "who can apply",
            "eligibility",
            "suitable for",
            "who is it for",
            "open to",
            "eligible",
            "audience",
            "who is this for",
        ],
    },
    Names {
        field: Field::WhatYouWillDo,
        label: "What they will do",
        exact: &[
            "what they will do",
            "what you will do",
            "description",
            "details",
            "summary",
            "activities",
            "what will they do",
            "overview",
            "outline",
            "about",
            "about the placement",
            "programme outline",
            "duties",
            "learning outcomes",
        ],
        within: &[
            "what they will do",
            "what you will do",
            "description",
            "activities",
            "will be doing",
            "will do",
            "outline",
            "overview",
            "details of",
        ],
    },
    Names {
        field: Field::Dress,
        label: "Dress code",
        exact: &[
            "dress code",
            "dress",
            "what to wear",
            "clothing",
            "uniform",
            "attire",
        ],
        within: &["dress", "wear", "clothing", "uniform"],
    },
    Names {
        field: Field::Contact,
        label: "Contact email",
        exact: &[
            "contact email",
            "email",
            "e mail",
            "contact",
            "email address",
            "contact e mail",
            "contact details",
            "lead email",
            "contact address",
        ],
        within: &["email", "e mail", "contact"],
    },
];

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
        assert!(
            Field::Start.score("placement start date") > Field::Title.score("placement start date")
        );
        assert_eq!(Field::Title.score("favourite colour"), 0);
    }
}
