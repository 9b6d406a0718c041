//! Small values that the components share: optional text, sizes, links.

/// Text that may be absent, so that a property takes `"text"`, a `String`, an
/// `Option<String>` or an `Option<&str>` alike. Blank text counts as absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaybeText(Option<String>);

impl MaybeText {
    /// The text, when there is any.
    pub fn get(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// Whether there is any text.
    pub fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// The text, when there is any, taking the value apart.
    pub fn into_inner(self) -> Option<String> {
        self.0
    }

    /// The text, or what `other` gives.
    pub fn or(self, other: impl Into<String>) -> String {
        self.0.unwrap_or_else(|| other.into())
    }
}

impl From<String> for MaybeText {
    fn from(text: String) -> Self {
        Self(Some(text).filter(|text| !text.trim().is_empty()))
    }
}

impl From<&str> for MaybeText {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for MaybeText {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl<T: Into<MaybeText>> From<Option<T>> for MaybeText {
    fn from(text: Option<T>) -> Self {
        text.map(Into::into).unwrap_or_default()
    }
}

/// The size of a label, legend or heading, in the design system's scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// As the surrounding text.
    #[default]
    Body,
    /// Small.
    S,
    /// Medium.
    M,
    /// Large.
    L,
    /// Extra large.
    Xl,
}

impl Size {
    /// The ending of the design system's class, such as `--m`.
    pub(crate) fn suffix(self) -> Option<&'static str> {
        match self {
            Self::Body => None,
            Self::S => Some("--s"),
            Self::M => Some("--m"),
            Self::L => Some("--l"),
            Self::Xl => Some("--xl"),
        }
    }

    /// The size to use when the label is also the page's heading: large unless said otherwise.
    pub(crate) fn for_heading(self, page_heading: bool) -> Self {
        if page_heading && self == Self::Body { Self::L } else { self }
    }
}

/// A link: its words and its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What the reader sees.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

impl Link {
    /// A link with these words to this address.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

impl<A: Into<String>, B: Into<String>> From<(A, B)> for Link {
    fn from((text, href): (A, B)) -> Self {
        Self::new(text, href)
    }
}

/// Joins class names, leaving out the empty ones.
pub(crate) fn classes(parts: &[&str]) -> String {
    joined(parts).unwrap_or_default()
}

/// Joins words with spaces, leaving out the empty ones; nothing when nothing is left.
pub(crate) fn joined(parts: &[&str]) -> Option<String> {
    let words: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_text_is_absent() {
        assert_eq!(MaybeText::from("  ").get(), None);
        assert_eq!(MaybeText::from(Some("Enter your name")).get(), Some("Enter your name"));
        assert_eq!(MaybeText::from(None::<String>).get(), None);
    }

    #[test]
    fn words_are_joined_without_gaps() {
        assert_eq!(joined(&["a", "", "b"]).as_deref(), Some("a b"));
        assert_eq!(joined(&["", ""]), None);
    }
}
