//! A state in a word or two.

use super::text::{MaybeText, classes};
use leptos::prelude::*;

/// Colour of a tag. It helps to find a state again; the words say it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagColour {
    /// The design system's own.
    #[default]
    Default,
    /// White.
    White,
    /// Grey: not active.
    Grey,
    /// Green: new, or done.
    Green,
    /// Aqua green: active.
    AquaGreen,
    /// Blue: pending.
    Blue,
    /// Purple: received.
    Purple,
    /// Pink: sent.
    Pink,
    /// Red: something is wrong.
    Red,
    /// Orange: declined.
    Orange,
    /// Yellow: late.
    Yellow,
}

impl TagColour {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Default => "",
            Self::White => "nhsuk-tag--white",
            Self::Grey => "nhsuk-tag--grey",
            Self::Green => "nhsuk-tag--green",
            Self::AquaGreen => "nhsuk-tag--aqua-green",
            Self::Blue => "nhsuk-tag--blue",
            Self::Purple => "nhsuk-tag--purple",
            Self::Pink => "nhsuk-tag--pink",
            Self::Red => "nhsuk-tag--red",
            Self::Orange => "nhsuk-tag--orange",
            Self::Yellow => "nhsuk-tag--yellow",
        }
    }
}

/// A state in a word or two.
#[component]
pub fn Tag(
    /// The colour.
    #[prop(optional)]
    colour: TagColour,
    /// Without a border, for dense tables.
    #[prop(optional)]
    no_border: bool,
    /// Further classes.
    #[prop(optional, into)]
    class: MaybeText,
    /// The state in words.
    children: Children,
) -> impl IntoView {
    let border = if no_border { "nhsuk-tag--no-border" } else { "" };
    view! {
        <strong class=classes(&["nhsuk-tag", colour.class(), border, class.get().unwrap_or("")])>
            {children()}
        </strong>
    }
}
