//! The bottom of every page.

use super::text::{Link, MaybeText};
use leptos::prelude::*;

/// A group of links with a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FooterGroup {
    heading: MaybeText,
    links: Vec<Link>,
}

impl FooterGroup {
    /// Links under a heading; an empty heading shows none.
    pub fn new(heading: impl Into<MaybeText>, links: Vec<Link>) -> Self {
        Self { heading: heading.into(), links }
    }
}

/// The bottom of every page: groups of links, support links, a line of text.
#[component]
pub fn Footer(
    /// Groups of links, up to four.
    #[prop(optional)]
    groups: Vec<FooterGroup>,
    /// Support links in one line: accessibility, cookies, privacy.
    #[prop(optional)]
    links: Vec<Link>,
    /// What else the footer says, such as licence and version.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let groups = (!groups.is_empty()).then(|| {
        let groups = groups
            .into_iter()
            .map(|group| {
                view! {
                    <div class="nhsuk-grid-column-one-quarter">
                        {group
                            .heading
                            .into_inner()
                            .map(|text| view! { <h2 class="nhsuk-footer__heading nhsuk-heading-s">{text}</h2> })}
                        {list_view(group.links)}
                    </div>
                }
            })
            .collect_view();
        view! { <div class="nhsuk-footer__navigation nhsuk-grid-row">{groups}</div> }
    });
    let links = (!links.is_empty()).then(|| {
        view! {
            <h2 class="nhsuk-u-visually-hidden">"Support links"</h2>
            {list_view(links)}
        }
    });
    view! {
        <footer class="nhsuk-footer" role="contentinfo">
            <div class="nhsuk-width-container">
                {groups} <div class="nhsuk-footer__meta">{links} {children.map(|children| children())}</div>
            </div>
        </footer>
    }
}

fn list_view(links: Vec<Link>) -> AnyView {
    let items = links
        .into_iter()
        .map(|link| {
            view! {
                <li class="nhsuk-footer__list-item">
                    <a class="nhsuk-footer__list-item-link" href=link.href>{link.text}</a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="nhsuk-footer__list">{items}</ul> }.into_any()
}
