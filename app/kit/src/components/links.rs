//! Ways to go elsewhere: back link, breadcrumb, action link, skip link.

use super::icon::{Icon, icon};
use super::text::{Link, MaybeText};
use leptos::prelude::*;

/// A link to the page before, above the page's heading.
#[component]
pub fn BackLink(
    /// Where "back" is. Never the browser's history: the address must hold on its own.
    #[prop(into)]
    href: String,
    /// The words.
    #[prop(default = "Back".to_owned(), into)]
    text: String,
) -> impl IntoView {
    view! { <a class="nhsuk-back-link" href=href>{text}</a> }
}

/// Where the page stands. On a phone only a link to the page above is shown.
#[component]
pub fn Breadcrumb(
    /// The pages above this one, from the start page down.
    items: Vec<Link>,
) -> impl IntoView {
    let back = items.last().cloned().map(|link| {
        view! {
            <a class="nhsuk-back-link" href=link.href>
                <span class="nhsuk-u-visually-hidden">"Back to "</span>
                {link.text}
            </a>
        }
    });
    let items = items
        .into_iter()
        .map(|link| {
            view! {
                <li class="nhsuk-breadcrumb__list-item">
                    <a class="nhsuk-breadcrumb__link" href=link.href>{link.text}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="nhsuk-breadcrumb" aria-label="Breadcrumb">
            <ol class="nhsuk-breadcrumb__list">{items}</ol>
            {back}
        </nav>
    }
}

/// A link to the next thing to do, with an arrow.
#[component]
pub fn ActionLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// What the reader will do there.
    children: Children,
) -> impl IntoView {
    view! {
        <a class="nhsuk-action-link" href=href>
            {icon(Icon::ArrowRightCircle)}
            <span class="nhsuk-action-link__text">{children()}</span>
        </a>
    }
}

/// The first link of a page, seen when focused: past the header to the content.
///
/// The target needs `id="maincontent"` and `tabindex="-1"`, so that the focus follows.
#[component]
pub fn SkipLink(
    /// The target.
    #[prop(optional, into)]
    href: MaybeText,
) -> impl IntoView {
    view! {
        <a class="nhsuk-skip-link" data-module="nhsuk-skip-link" href=href.or("#maincontent")>
            "Skip to main content"
        </a>
    }
}
