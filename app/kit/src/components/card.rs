//! Cards.

use super::heading::heading;
use super::icon::{Icon, icon};
use super::text::{MaybeText, Size, classes};
use leptos::prelude::*;

/// What a card looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardKind {
    /// A plain box.
    #[default]
    Basic,
    /// A box that is one link, with an arrow.
    Primary,
    /// A quieter box.
    Secondary,
    /// With a heading that stands out.
    Feature,
}

/// A box about one thing. With `href` its heading is a link; with `clickable` all of it is.
#[component]
pub fn Card(
    /// Look.
    #[prop(optional)]
    kind: CardKind,
    /// What it is about.
    #[prop(optional, into)]
    heading: MaybeText,
    /// Level of the heading in the page's outline.
    #[prop(default = 2)]
    level: u8,
    /// Size of the heading.
    #[prop(optional)]
    size: Size,
    /// Where the heading leads.
    #[prop(optional, into)]
    href: MaybeText,
    /// The whole card follows the heading's link.
    #[prop(optional)]
    clickable: bool,
    /// One paragraph.
    #[prop(optional, into)]
    description: MaybeText,
    /// Further classes.
    #[prop(optional, into)]
    class: MaybeText,
    /// Further content.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let kind_class = match kind {
        CardKind::Basic => "",
        CardKind::Primary => "nhsuk-card--primary",
        CardKind::Secondary => "nhsuk-card--secondary",
        CardKind::Feature => "nhsuk-card--feature",
    };
    let clickable = clickable || kind == CardKind::Primary;
    let size_class = match size {
        Size::Body => String::new(),
        size => size.suffix().map(|s| format!("nhsuk-heading{}", &s[1..])).unwrap_or_default(),
    };
    let heading = heading.into_inner().map(|text| {
        let inner = match href.into_inner() {
            Some(href) => view! { <a class="nhsuk-card__link" href=href>{text}</a> }.into_any(),
            None => text.into_any(),
        };
        self::heading(level, classes(&["nhsuk-card__heading", &size_class]), None, inner)
    });
    view! {
        <div class=classes(
            &[
                "nhsuk-card",
                if clickable { "nhsuk-card--clickable" } else { "" },
                kind_class,
                class.get().unwrap_or(""),
            ],
        )>
            <div class="nhsuk-card__content">
                {heading}
                {description.into_inner().map(|text| view! { <p class="nhsuk-card__description">{text}</p> })}
                {children.map(|children| children())}
                {(kind == CardKind::Primary).then(|| icon(Icon::ChevronRightCircle))}
            </div>
        </div>
    }
}
