//! Button, and a link that looks like one.

use super::text::{MaybeText, classes};
use leptos::prelude::*;

/// What a button looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one main action of a page.
    #[default]
    Primary,
    /// Everything else.
    Secondary,
    /// On a dark background.
    Reverse,
    /// For what cannot be taken back, such as withdrawing an application.
    Warning,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "",
            Self::Secondary => "nhsuk-button--secondary",
            Self::Reverse => "nhsuk-button--reverse",
            Self::Warning => "nhsuk-button--warning",
        }
    }
}

/// A button that submits its form, or with `href` a link that looks like a button.
///
/// `prevent_double_click` writes the design system's data attribute. Whether a second press is
/// harmless is decided by the server, never by this attribute.
#[component]
pub fn Button(
    /// Look.
    #[prop(optional)]
    kind: ButtonKind,
    /// Makes it a link to this address.
    #[prop(optional, into)]
    href: MaybeText,
    /// Smaller, for tables and action bars.
    #[prop(optional)]
    small: bool,
    /// `submit` unless said otherwise; `button` inside islands.
    #[prop(optional, into)]
    button_type: MaybeText,
    /// Name posted with the form when this button is pressed.
    #[prop(optional, into)]
    name: MaybeText,
    /// Value posted with the form when this button is pressed.
    #[prop(optional, into)]
    value: MaybeText,
    /// Id of the form, when the button stands outside it.
    #[prop(optional, into)]
    form: MaybeText,
    /// Address to post to, when it is not the form's own.
    #[prop(optional, into)]
    formaction: MaybeText,
    /// Not usable. Prefer a usable button and an error that says what is missing.
    #[prop(optional)]
    disabled: bool,
    /// Asks scripts to ignore a second press within a second.
    #[prop(optional)]
    prevent_double_click: bool,
    /// Id of the element.
    #[prop(optional, into)]
    id: MaybeText,
    /// Further classes.
    #[prop(optional, into)]
    class: MaybeText,
    /// What the button says: what will happen, not "OK".
    children: Children,
) -> impl IntoView {
    let class = classes(&[
        "nhsuk-button",
        kind.class(),
        if small { "nhsuk-button--small" } else { "" },
        class.get().unwrap_or(""),
    ]);
    let id = id.into_inner();
    let once = prevent_double_click.then_some("true");
    match href.into_inner() {
        Some(href) => view! {
            <a
                class=class
                id=id
                data-module="nhsuk-button"
                data-prevent-double-click=once
                href=href
                role="button"
                draggable="false"
            >
                {children()}
            </a>
        }
        .into_any(),
        None => view! {
            <button
                class=class
                id=id
                data-module="nhsuk-button"
                data-prevent-double-click=once
                type=button_type.or("submit")
                name=name.into_inner()
                value=value.into_inner()
                form=form.into_inner()
                formaction=formaction.into_inner()
                disabled=disabled
                aria-disabled=disabled.then_some("true")
            >
                {children()}
            </button>
        }
        .into_any(),
    }
}

/// Buttons and links side by side, one below the other on a phone.
#[component]
pub fn ButtonGroup(
    /// Buttons and links.
    children: Children,
) -> impl IntoView {
    view! { <div class="nhsuk-button-group">{children()}</div> }
}
