//! Answers to choose from: the items of radios, checkboxes and selects.

use super::text::MaybeText;
use leptos::children::ViewFn;

/// One answer to choose from, or a divider between answers.
#[derive(Clone)]
pub struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) hint: MaybeText,
    pub(crate) disabled: bool,
    pub(crate) exclusive: bool,
    pub(crate) divider: bool,
    pub(crate) name: MaybeText,
    pub(crate) conditional: Option<ViewFn>,
    pub(crate) count: Option<Option<usize>>,
}

impl Choice {
    /// An answer: what is posted, and what the reader sees.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: MaybeText::default(),
            disabled: false,
            exclusive: false,
            divider: false,
            name: MaybeText::default(),
            conditional: None,
            count: None,
        }
    }

    /// A word between answers, such as "or". Selects leave it out.
    pub fn divider(text: impl Into<String>) -> Self {
        Self { divider: true, ..Self::new("", text) }
    }

    /// Help with this answer. Selects leave it out.
    pub fn hint(mut self, hint: impl Into<MaybeText>) -> Self {
        self.hint = hint.into();
        self
    }

    /// An answer that cannot be chosen now.
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }

    /// "None of these": choosing it takes the others away, where scripts run. The server checks.
    pub fn exclusive(mut self) -> Self {
        self.exclusive = true;
        self
    }

    /// How many results it leads to, behind its words; `None` while nobody knows. Scripts find it by
    /// `data-count`, which is the name and value that are posted.
    pub fn count(mut self, count: Option<usize>) -> Self {
        self.count = Some(count);
        self
    }

    /// A name of its own, for checkboxes that post one field each.
    pub fn name(mut self, name: impl Into<MaybeText>) -> Self {
        self.name = name.into();
        self
    }

    /// A further question that shows while this answer is chosen. It is shown by style alone, so
    /// it works without scripts; the server ignores its answer when another choice was made.
    pub fn reveals(mut self, content: impl Into<ViewFn>) -> Self {
        self.conditional = Some(content.into());
        self
    }
}

impl<A: Into<String>, B: Into<String>> From<(A, B)> for Choice {
    fn from((value, label): (A, B)) -> Self {
        Self::new(value, label)
    }
}

/// A list of answers, so that a property takes `vec![("yes", "Yes"), ("no", "No")]` as well as
/// a `Vec<Choice>`.
#[derive(Clone, Default)]
pub struct Choices(pub(crate) Vec<Choice>);

impl<T: Into<Choice>> From<Vec<T>> for Choices {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().collect()
    }
}

impl<T: Into<Choice>, const N: usize> From<[T; N]> for Choices {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

impl<T: Into<Choice>> FromIterator<T> for Choices {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().map(Into::into).collect())
    }
}
