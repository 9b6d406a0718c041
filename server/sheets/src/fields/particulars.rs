//! The headings of what helps people to find an opportunity and to come.
//!
//! "No" is "number" in a heading as it is compared (see [`super::plain_heading`]).

use super::{Field, Names};

pub(super) const PARTICULARS: &[Names] = &[
    Names {
        field: Field::Setting,
        label: "Setting",
        exact: &[
            "setting",
            "clinical",
            "clinical or non clinical",
            "clinical non clinical",
            "clinical setting",
            "type of setting",
            "patient contact",
            "patient facing",
            "with patients",
            "with patients or not",
        ],
        within: &["non clinical", "patient contact", "patient facing", "with patients"],
    },
    // What is headed "Audience" is a text in the provider's own words: see "Who can apply".
    Names {
        field: Field::Audiences,
        label: "Audiences",
        exact: &["audiences", "target audiences", "target groups", "groups", "for which groups", "which groups"],
        within: &["audiences", "target groups", "which groups"],
    },
    Names {
        field: Field::NothingNeeded,
        label: "Nothing needed",
        exact: &[
            "nothing needed",
            "number experience needed",
            "number experience required",
            "number experience or grades needed",
            "number grades needed",
            "number qualifications needed",
            "number entry requirements",
        ],
        within: &["nothing needed", "number experience", "number grades", "number qualifications"],
    },
    Names {
        field: Field::ByBus,
        label: "By bus",
        exact: &[
            "by bus",
            "bus",
            "buses",
            "bus route",
            "bus routes",
            "public transport",
            "getting there by bus",
            "how to get there by bus",
        ],
        within: &["by bus", "bus route", "bus routes", "nearest bus", "public transport"],
    },
    Names {
        field: Field::Equipment,
        label: "What people need to have",
        exact: &[
            "equipment",
            "equipment needed",
            "what people need to have",
            "what you need to have",
            "what learners need to have",
            "technology needed",
        ],
        within: &["need to have", "equipment"],
    },
    Names {
        field: Field::StepsBefore,
        label: "What comes before",
        exact: &[
            "steps before",
            "what comes before",
            "before this",
            "prerequisites",
            "pre requisites",
            "learning before",
        ],
        within: &["comes before", "steps before", "prerequisites", "pre requisites"],
    },
    Names {
        field: Field::StepsAfter,
        label: "What usually follows",
        exact: &["steps after", "what usually follows", "what follows", "after this", "next steps", "what comes after"],
        within: &["usually follows", "steps after", "next steps", "comes after"],
    },
];
