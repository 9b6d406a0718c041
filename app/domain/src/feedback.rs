//! What learners say after they attended: closed questions, one text, and from how many answers on they
//! are shown to anybody.

use std::collections::BTreeMap;

use crate::application::words;
use crate::form::Problem;

/// Nothing is shown that fewer people said: nobody is recognised, and one voice is no verdict.
pub const FEWEST: usize = 10;
/// Longest text, in characters.
pub const LONGEST_TEXT: usize = 500;
/// How many published texts an opportunity's page shows.
pub const MOST_TEXTS: usize = 3;

words! {
    /// A closed question.
    Question {
        /// Being welcome.
        Welcome = "welcome",
        /// Learning what the job is like.
        Learned = "learned",
        /// Being safe to ask.
        Safe = "safe",
        /// Knowing whom to go to.
        Helped = "helped",
        /// Recommending it.
        Recommend = "recommend",
        /// Choosing health and care.
        Choose = "choose",
    }
}

words! {
    /// An answer to a closed question.
    Say {
        /// The strongest yes.
        StronglyAgree = "strongly_agree",
        /// Yes.
        Agree = "agree",
        /// In the middle.
        Neither = "neither",
        /// No.
        Disagree = "disagree",
        /// The strongest no.
        StronglyDisagree = "strongly_disagree",
        /// More likely than before.
        More = "more",
        /// As likely as before.
        Same = "same",
        /// Less likely than before.
        Less = "less",
    }
}

use Say::{Agree, Disagree, Less, More, Neither, Same, StronglyAgree, StronglyDisagree};

impl Question {
    /// What the learner reads.
    #[must_use]
    pub fn asked(self) -> &'static str {
        match self {
            Self::Welcome => "I felt welcome",
            Self::Learned => "I learned what the job is like",
            Self::Safe => "I felt safe to ask questions",
            Self::Helped => "I knew who to go to for help",
            Self::Recommend => "I would recommend it to a friend",
            Self::Choose => "Are you more or less likely to choose a job in health and care now?",
        }
    }

    /// The answers to choose from.
    #[must_use]
    pub fn answers(self) -> &'static [Say] {
        match self {
            Self::Choose => &[More, Same, Less],
            _ => &[StronglyAgree, Agree, Neither, Disagree, StronglyDisagree],
        }
    }

    /// What those said who said yes: "felt welcome".
    fn told(self) -> &'static str {
        match self {
            Self::Welcome => "felt welcome",
            Self::Learned => "learned what the job is like",
            Self::Safe => "felt safe to ask questions",
            Self::Helped => "knew who to go to for help",
            Self::Recommend => "would recommend it to a friend",
            Self::Choose => "are now more likely to choose a job in health and care",
        }
    }
}

impl Say {
    /// What the learner reads.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            StronglyAgree => "Strongly agree",
            Agree => "Agree",
            Neither => "Neither agree nor disagree",
            Disagree => "Disagree",
            StronglyDisagree => "Strongly disagree",
            More => "More likely",
            Same => "About the same",
            Less => "Less likely",
        }
    }

    fn is_yes(self) -> bool {
        matches!(self, StronglyAgree | Agree | More)
    }
}

/// The closed answers of one learner. Every question may be left out.
pub type Answers = BTreeMap<Question, Say>;

/// Reads what was chosen for a question; nothing for what is no answer to it.
#[must_use]
pub fn read(question: Question, typed: &str) -> Option<Say> {
    Say::parse(typed).filter(|say| question.answers().contains(say))
}

/// What has to be mended before it counts.
#[must_use]
pub fn problems(answers: &Answers, text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    if answers.is_empty() && text.trim().is_empty() {
        problems.push(Problem {
            field: "welcome".into(),
            message: "Answer at least one question, or write something".into(),
        });
    }
    let length = text.trim().chars().count();
    if length > LONGEST_TEXT {
        problems.push(Problem {
            field: "text".into(),
            message: format!("Use {LONGEST_TEXT} characters or fewer. You have {length}"),
        });
    }
    problems
}

words! {
    /// What became of a text.
    Moderation {
        /// There is none.
        Nothing = "nothing",
        /// Nobody of the national team has read it yet.
        Waiting = "waiting",
        /// It may be shown.
        Published = "published",
        /// It is shown to nobody.
        HeldBack = "held_back",
    }
}

words! {
    /// Why a text is held back.
    WhyHeld {
        /// It names somebody.
        Names = "names",
        /// The learner could be recognised.
        Recognised = "recognised",
        /// It tells about somebody's health or a patient.
        Health = "health",
        /// It is unkind or rude.
        Unkind = "unkind",
        /// It is about something else.
        Other = "other",
        /// It tells of harm or danger.
        Worry = "worry",
    }
}

impl WhyHeld {
    /// What the national team reads.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Names => "It names somebody",
            Self::Recognised => "The learner could be recognised",
            Self::Health => "It tells about somebody’s health, or about a patient",
            Self::Unkind => "It is unkind or rude",
            Self::Other => "It is not about the placement",
            Self::Worry => "It tells of harm or danger: follow it up today",
        }
    }
}

/// What is said of one question: how many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// About which question.
    pub question: Question,
    /// How many said yes.
    pub yes: usize,
    /// Of how many.
    pub of: usize,
}

impl Count {
    /// "11 of 12 people felt welcome."
    #[must_use]
    pub fn in_words(self) -> String {
        let (yes, of, told) = (self.yes, self.of, self.question.told());
        if yes == of {
            return format!("All {of} people {told}.");
        }
        if yes == 0 {
            return format!("None of {of} people said that they {told}.");
        }
        format!("{yes} of {of} people {told}.")
    }
}

/// What past learners said, all together. Nothing while fewer than [`FEWEST`] people have answered, and
/// nothing of a question that fewer than [`FEWEST`] of them answered.
#[must_use]
pub fn summary(everybody: &[Answers]) -> Option<Vec<Count>> {
    if everybody.len() < FEWEST {
        return None;
    }
    let counts: Vec<Count> = Question::ALL
        .iter()
        .map(|question| {
            let said = everybody.iter().filter_map(|answers| answers.get(question));
            Count { question: *question, yes: said.clone().filter(|say| say.is_yes()).count(), of: said.count() }
        })
        .filter(|count| count.of >= FEWEST)
        .collect();
    (!counts.is_empty()).then_some(counts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn one(say: Say) -> Answers {
        BTreeMap::from([(Question::Welcome, say)])
    }

    #[test]
    fn nine_say_nothing_and_ten_do() {
        let nine: Vec<Answers> = (0..9).map(|_| one(Agree)).collect();
        assert_eq!(summary(&nine), None);
        let mut ten = nine.clone();
        ten.push(one(StronglyDisagree));
        let counts = summary(&ten).unwrap();
        assert_eq!(counts, [Count { question: Question::Welcome, yes: 9, of: 10 }]);
        assert_eq!(counts[0].in_words(), "9 of 10 people felt welcome.");
        // Ten people, but nine who answered this question.
        let mut skipped = nine;
        skipped.push(BTreeMap::from([(Question::Safe, Agree)]));
        assert_eq!(summary(&skipped), None);
    }

    #[test]
    fn counts_are_words() {
        let words = |yes, of| Count { question: Question::Choose, yes, of }.in_words();
        assert_eq!(words(12, 12), "All 12 people are now more likely to choose a job in health and care.");
        assert_eq!(
            words(0, 12),
            "None of 12 people said that they are now more likely to choose a job in health and care."
        );
    }

    #[test]
    fn an_answer_belongs_to_its_question() {
        assert_eq!(read(Question::Welcome, "agree"), Some(Agree));
        assert_eq!(read(Question::Welcome, "more"), None);
        assert_eq!(read(Question::Choose, "agree"), None);
        assert_eq!(read(Question::Choose, ""), None);
        for question in Question::ALL {
            assert!(question.answers().iter().any(|say| say.is_yes()));
        }
    }

    #[test]
    fn something_has_to_be_said_and_not_too_much() {
        assert_eq!(problems(&Answers::new(), "  ").len(), 1);
        assert!(problems(&one(Agree), "").is_empty());
        assert!(problems(&Answers::new(), &"ä".repeat(500)).is_empty());
        assert!(problems(&one(Agree), &"ä".repeat(501))[0].message.contains("You have 501"));
    }

    proptest! {
        #[test]
        fn no_count_is_of_few(says in proptest::collection::vec(proptest::option::of(0_usize..8), 0..25)) {
            let everybody: Vec<Answers> = says
                .into_iter()
                .map(|say| say.map(|say| BTreeMap::from([(Question::Helped, Say::ALL[say])])).unwrap_or_default())
                .collect();
            for count in summary(&everybody).unwrap_or_default() {
                prop_assert!(count.of >= FEWEST && count.yes <= count.of && everybody.len() >= FEWEST);
            }
        }
    }
}
