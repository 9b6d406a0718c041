//! What a learner chose about messages and research. What was not chosen is private; for people under 18
//! everything is off until they turn it on.

use serde::{Deserialize, Serialize};

use crate::form::Answers;

/// A learner's choices. `None`: not chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// Whether we may send text messages to the number that they gave.
    pub texts: Option<bool>,
    /// Whether we may ask them later how they got on.
    pub research: Option<bool>,
    /// What was typed and needs mending, by field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typed: Option<Answers>,
}

impl Choices {
    /// Whether text messages are sent. Giving a number in an application asks for them, at any age; without
    /// a number there are none. Turning them off counts for every application.
    #[must_use]
    pub fn wants_texts(&self, gave_number: bool) -> bool {
        gave_number && self.texts.unwrap_or(true)
    }
    /// Whether they may be asked how they got on. Never without a yes.
    #[must_use]
    pub fn allows_research(&self) -> bool {
        self.research == Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_on_until_somebody_turns_it_on() {
        let new = Choices::default();
        assert!(!new.wants_texts(false) && !new.allows_research());
        // And no adviser sees anything before the learner has said yes.
        assert!(!Answers::default().adviser_may_see());
        let mut at_school = Answers::default();
        at_school.set("at-school", "yes");
        at_school.set("school-code", "900001");
        assert!(!at_school.adviser_may_see());
    }

    #[test]
    fn a_no_counts_even_where_a_number_is_known() {
        let off = Choices { texts: Some(false), ..Choices::default() };
        assert!(!off.wants_texts(true) && Choices::default().wants_texts(true));
        let read: Choices = serde_json::from_str("{}").unwrap_or_default();
        assert_eq!(read, Choices::default());
    }
}
