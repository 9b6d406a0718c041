//! What a question's page needs, from what the services say.

use domain::form::{Answers, Step};
use services::applications::{FormView, SchoolChoice};

/// A name and a text: an answer and its words, a field and its problem, a school's number and its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pair {
    /// Whose text it is.
    pub key: String,
    /// The text.
    pub text: String,
}

/// One question as it is shown, on the server and in the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepData {
    /// The application's reference.
    pub reference: String,
    /// Which question.
    pub step: Step,
    /// Its number, from 1.
    pub number: u32,
    /// How many questions there are.
    pub of: u32,
    /// The question before, if any.
    pub back: Option<Step>,
    /// Whether the person came from "Check your answers".
    pub from_check: bool,
    /// What was typed, by the field's name.
    pub values: Vec<Pair>,
    /// What needs mending, by the field's name.
    pub problems: Vec<Pair>,
    /// Schools that the typed name may mean: number and name.
    pub schools: Vec<Pair>,
}

impl StepData {
    /// The address of this question.
    #[must_use]
    pub fn address(&self) -> String {
        address(&self.reference, self.step, self.from_check)
    }
    /// The window's title; it begins with "Error: " when something needs mending.
    #[must_use]
    pub fn title(&self) -> String {
        let title = self.step.question().title;
        if self.problems.is_empty() { title.to_owned() } else { ["Error: ", title].concat() }
    }
    pub(crate) fn value(&self, field: &str) -> &str {
        find(&self.values, field).unwrap_or("")
    }
    pub(crate) fn problem(&self, field: &str) -> Option<&str> {
        find(&self.problems, field)
    }
}

fn find<'a>(pairs: &'a [Pair], key: &str) -> Option<&'a str> {
    pairs.iter().find(|pair| pair.key == key).map(|pair| pair.text.as_str())
}

/// The address of a question of an application.
pub(crate) fn address(reference: &str, step: Step, from_check: bool) -> String {
    ["/apply/", reference, "/", step.as_str(), if from_check { "?from=check" } else { "" }].concat()
}

/// The names that fields have in the form, for the names that they have in the answers: forms post the
/// names of arguments, which have underscores.
pub(crate) fn posted(field: &str) -> String {
    field.replace('-', "_")
}

/// The answers that a question's page shows.
pub(super) fn names(step: Step) -> &'static [&'static str] {
    match step {
        Step::Name => &["name"],
        Step::DateOfBirth => &["dob-day", "dob-month", "dob-year"],
        Step::Contact => &["phone"],
        Step::School => &["at-school", "school", "school-code", "school-not-listed"],
        Step::Adviser => &["adviser-may-see"],
        Step::Guardian => &["guardian-name", "guardian-email"],
        Step::Access => &["access"],
        Step::Why => &["why"],
    }
}

pub(super) fn values(step: Step, answers: &Answers) -> Vec<Pair> {
    names(step)
        .iter()
        .filter_map(|name| answers.0.get(*name).map(|text| Pair { key: (*name).to_owned(), text: text.clone() }))
        .collect()
}

impl From<SchoolChoice> for Pair {
    fn from(school: SchoolChoice) -> Self {
        Self { key: school.code, text: school.name }
    }
}

impl From<FormView> for StepData {
    fn from(form: FormView) -> Self {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            values: values(form.step, &form.answers),
            reference: form.reference,
            step: form.step,
            number: number(form.number),
            of: number(form.of),
            back: form.back,
            from_check: form.from_check,
            problems: form
                .problems
                .into_iter()
                .map(|problem| Pair { key: problem.field, text: problem.message })
                .collect(),
            schools: form.schools.into_iter().map(Pair::from).collect(),
        }
    }
}
