//! What the search offers to choose from, beside kind, delivery and profession.

use chrono::NaiveDate;

use crate::Profession;
use crate::application::words;

words! {
    /// Whether the work is beside patients or the people who are cared for (DOMAIN.md, "Site, department").
    Setting {
        /// With patients or what comes from them.
        Clinical = "clinical",
        /// Behind the scenes.
        NonClinical = "non-clinical",
    }
}

impl Setting {
    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Clinical => "With patients",
            Self::NonClinical => "Not with patients",
        }
    }

    /// The setting of an area of work, where nobody said otherwise.
    #[must_use]
    pub fn of(profession: Profession) -> Self {
        if profession.is_clinical() { Self::Clinical } else { Self::NonClinical }
    }
}

words! {
    /// How long a session is, by its days from the first to the last.
    Length {
        /// One day or less.
        Day = "day",
        /// Two to five days.
        Week = "week",
        /// Up to two weeks.
        TwoWeeks = "two-weeks",
        /// More than two weeks.
        Longer = "longer",
        /// No dates: whenever the person has time.
        OwnTime = "own-time",
    }
}

impl Length {
    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Day => "One day",
            Self::Week => "2 days to a week",
            Self::TwoWeeks => "Up to 2 weeks",
            Self::Longer => "More than 2 weeks",
            Self::OwnTime => "In your own time",
        }
    }

    /// The length of a session. A week is up to seven days with the weekend, two weeks up to fourteen.
    #[must_use]
    pub fn between(first: NaiveDate, last: NaiveDate) -> Self {
        match (last - first).num_days() {
            ..=0 => Self::Day,
            1..=6 => Self::Week,
            7..=13 => Self::TwoWeeks,
            _ => Self::Longer,
        }
    }
}

words! {
    /// For whom something is. What names nobody is for everybody.
    Audience {
        /// At school, years 9 to 11.
        School = "school",
        /// In a sixth form or at college.
        College = "college",
        /// At university.
        University = "university",
        /// Adults who change what they do.
        CareerChangers = "career-changers",
        /// People who were in care.
        CareLeavers = "care-leavers",
        /// People who served in the forces.
        Veterans = "veterans",
        /// Refugees and people who seek asylum.
        Refugees = "refugees",
        /// People out of work, and not at school or college.
        OutOfWork = "out-of-work",
    }
}

impl Audience {
    /// What people call them, behind "for".
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::School => "school students",
            Self::College => "sixth form and college students",
            Self::University => "university students",
            Self::CareerChangers => "adults changing career",
            Self::CareLeavers => "people who were in care",
            Self::Veterans => "people who served in the forces",
            Self::Refugees => "refugees and people seeking asylum",
            Self::OutOfWork => "people out of work",
        }
    }

    /// Everybody who is named in what a provider wrote, but not those whom it says that it is not for.
    #[must_use]
    pub fn named_in(text: &str) -> Vec<Self> {
        const SIGNS: &[(Audience, &[&str])] = &[
            (Audience::School, &["school", "year 9", "year 10", "year 11", "gcse", "ks4", "key stage 4"]),
            (
                Audience::College,
                &["sixth form", "sixth-form", "college", "year 12", "year 13", "a level", "a-level", "t level", "btec"],
            ),
            (Audience::University, &["university", "universities", "undergraduate", "graduate"]),
            (Audience::CareerChangers, &["career changer", "changing career", "change of career", "return to work"]),
            (Audience::CareLeavers, &["care leaver", "care experienced", "care-experienced", "in care"]),
            (Audience::Veterans, &["veteran", "forces", "service leaver"]),
            (Audience::Refugees, &["refugee", "asylum"]),
            (Audience::OutOfWork, &["unemployed", "out of work", "jobseeker", "not in education"]),
        ];
        let text = text.to_lowercase().replace(" but ", ",");
        let clauses: Vec<&str> = text.split([',', '.', ';', ':', '!', '?', '(', ')', '\n']).collect();
        let names = |sign: &str| clauses.iter().any(|clause| names(clause, sign));
        SIGNS.iter().filter(|(_, signs)| signs.iter().any(|sign| names(sign))).map(|(one, _)| *one).collect()
    }
}

/// Whether these words stand in a part of a sentence, alone or in the plural, with no "not" before them.
fn names(clause: &str, sign: &str) -> bool {
    clause.match_indices(sign).any(|(at, _)| {
        let (before, after) = (&clause[..at], &clause[at + sign.len()..]);
        let after = after.strip_prefix('s').unwrap_or(after);
        let is_whole = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        let words: Vec<&str> = before.split(' ').collect();
        let is_not = words.iter().enumerate().any(|(at, word)| match *word {
            "not" | "don't" | "don’t" => words.get(at + 1) != Some(&"only"),
            "no" | "except" | "excluding" | "without" | "unless" => true,
            _ => false,
        });
        is_whole && !is_not
    })
}

words! {
    /// How the results are shown. The address of the rest is the same.
    View {
        /// One after the other: complete, and what somebody gets who does not choose.
        List = "list",
        /// On an outline of England, with counts by area.
        Map = "map",
        /// By the day on which they begin.
        Calendar = "calendar",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro that makes these enums derives no default")]
impl Default for View {
    fn default() -> Self {
        Self::List
    }
}

impl View {
    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::List => "List",
            Self::Map => "Map",
            Self::Calendar => "Calendar",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
    }

    #[test]
    fn lengths_are_counted_with_both_ends() {
        for (last, length) in [
            (1, Length::Day),
            (2, Length::Week),
            (5, Length::Week),
            (7, Length::Week),
            (8, Length::TwoWeeks),
            (14, Length::TwoWeeks),
            (15, Length::Longer),
        ] {
            assert_eq!(Length::between(d(1), d(last)), length, "1 to {last} March");
        }
    }

    #[test]
    fn those_who_are_named_are_found_and_nobody_else() {
        assert_eq!(Audience::named_in("Year 10 and Year 12 students"), [Audience::School, Audience::College]);
        assert_eq!(Audience::named_in("Care leavers and veterans"), [Audience::CareLeavers, Audience::Veterans]);
        assert_eq!(Audience::named_in("Anybody with an open mind"), []);
        assert_eq!(Audience::named_in("Interested in careers that reinforce a team"), []);
        assert_eq!(Audience::named_in("For college students. It is not for school students."), [Audience::College]);
        assert_eq!(Audience::named_in("You do not need to be at university"), []);
        assert_eq!(Audience::named_in("Not for schools, but colleges may ask"), [Audience::College]);
        assert_eq!(Audience::named_in("Not only for veterans"), [Audience::Veterans]);
        assert_eq!(Audience::named_in("No experience needed, refugees are welcome"), [Audience::Refugees]);
    }
}
