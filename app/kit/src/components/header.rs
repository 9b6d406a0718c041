//! The top of every page. A text mark, no logo: nobody may take this for an NHS organisation's site.

use super::icon::{Icon, icon};
use super::text::{Link, MaybeText};
use leptos::prelude::*;

/// The service's name, as the header, titles and mails show it.
pub const SERVICE_NAME: &str = "Work experience in health and care";

/// A link in the header's menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    link: Link,
    current: bool,
}

impl NavItem {
    /// A link; `current` when the page shown belongs to it.
    pub fn new(text: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self { link: Link::new(text, href), current }
    }
}

/// What the header says about who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountItem {
    /// The person's name, leading to their account.
    Person(Link),
    /// A link such as "Sign in".
    Link(Link),
    /// A button that posts, such as "Sign out", with hidden fields.
    Button {
        /// What it says.
        text: String,
        /// Where it posts.
        action: String,
        /// Hidden fields: name and value.
        fields: Vec<(String, String)>,
    },
}

/// The top of every page: mark, service, account, menu.
///
/// The menu is plain links that wrap. The design system's header hides what does not fit behind
/// "More" and needs a script for it.
#[component]
pub fn Header(
    /// Where the mark leads.
    #[prop(optional, into)]
    home: MaybeText,
    /// The service's name, when it is not this service.
    #[prop(optional, into)]
    service: MaybeText,
    /// The menu.
    #[prop(optional)]
    navigation: Vec<NavItem>,
    /// Who is signed in.
    #[prop(optional)]
    account: Vec<AccountItem>,
) -> impl IntoView {
    let service = service.or(SERVICE_NAME);
    let mark_label = format!("wex {service} homepage");
    let account = (!account.is_empty()).then(|| {
        let items = account.into_iter().map(account_view).collect_view();
        view! {
            <nav class="nhsuk-header__account" aria-label="Account">
                <ul class="nhsuk-header__account-list">{items}</ul>
            </nav>
        }
    });
    let navigation = (!navigation.is_empty()).then(|| {
        let items = navigation.into_iter().map(nav_view).collect_view();
        view! {
            <nav class="nhsuk-header__navigation" aria-label="Menu">
                <div class="nhsuk-header__navigation-container nhsuk-width-container">
                    <ul class="nhsuk-header__navigation-list">{items}</ul>
                </div>
            </nav>
        }
    });
    view! {
        <header class="nhsuk-header" role="banner">
            <div class="nhsuk-header__container nhsuk-width-container">
                <div class="nhsuk-header__service">
                    <a class="nhsuk-header__service-logo" href=home.or("/") aria-label=mark_label>
                        <span class="wex-header__mark">"wex"</span>
                        " "
                        <span class="nhsuk-header__service-name">{service}</span>
                    </a>
                </div>
                {account}
            </div>
            {navigation}
        </header>
    }
}

fn account_view(item: AccountItem) -> AnyView {
    let inner = match item {
        AccountItem::Person(link) => view! {
            <a class="nhsuk-header__account-link" href=link.href>
                {icon(Icon::User)}
                {link.text}
            </a>
        }
        .into_any(),
        AccountItem::Link(link) => {
            view! { <a class="nhsuk-header__account-link" href=link.href>{link.text}</a> }.into_any()
        }
        AccountItem::Button { text, action, fields } => {
            let fields = fields
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
                .collect_view();
            view! {
                <form class="nhsuk-header__account-form" action=action method="post" novalidate>
                    {fields}
                    <button class="nhsuk-header__account-button">{text}</button>
                </form>
            }
            .into_any()
        }
    };
    view! { <li class="nhsuk-header__account-item">{inner}</li> }.into_any()
}

fn nav_view(item: NavItem) -> AnyView {
    let NavItem { link, current } = item;
    if current {
        view! {
            <li class="nhsuk-header__navigation-item nhsuk-header__navigation-item--current">
                <a class="nhsuk-header__navigation-link" href=link.href aria-current="true">
                    <strong class="nhsuk-header__navigation-item-current-fallback">{link.text}</strong>
                </a>
            </li>
        }
        .into_any()
    } else {
        view! {
            <li class="nhsuk-header__navigation-item">
                <a class="nhsuk-header__navigation-link" href=link.href>{link.text}</a>
            </li>
        }
        .into_any()
    }
}
