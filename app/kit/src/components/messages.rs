//! Messages that stand out: inset text, warning, notification, panel.

use super::heading::heading;
use super::text::{MaybeText, Size, classes};
use leptos::prelude::*;

/// Something to notice within the text. Put paragraphs in it.
#[component]
pub fn InsetText(
    /// Paragraphs.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="nhsuk-inset-text">
            <span class="nhsuk-u-visually-hidden">"Information: "</span>
            {children()}
        </div>
    }
}

/// Something that goes wrong when it is not read. Put paragraphs in it.
#[component]
pub fn WarningCallout(
    /// The heading. Other headings than "Important" are read with "Important:" before them.
    #[prop(optional, into)]
    heading: MaybeText,
    /// Level of the heading in the page's outline.
    #[prop(default = 3)]
    level: u8,
    /// Paragraphs; the design system gives them the class `nhsuk-card__description`.
    children: Children,
) -> impl IntoView {
    let inner = match heading.into_inner() {
        None => "Important".into_any(),
        Some(text) => view! {
            <span role="text">
                <span class="nhsuk-u-visually-hidden">"Important: "</span>
                {text}
            </span>
        }
        .into_any(),
    };
    view! {
        <div class="nhsuk-card nhsuk-card--warning">
            <div class="nhsuk-card__content">
                {self::heading(level, "nhsuk-card__heading".to_owned(), None, inner)} {children()}
            </div>
        </div>
    }
}

/// News about what the reader just did, or must know before anything else.
///
/// After a success the browser moves the focus here, where the design system uses a script.
#[component]
pub fn NotificationBanner(
    /// It worked.
    #[prop(optional)]
    success: bool,
    /// Title; "Success" or "Important" unless said otherwise.
    #[prop(optional, into)]
    title: MaybeText,
    /// What happened, in one sentence.
    #[prop(optional, into)]
    heading: MaybeText,
    /// Id of the title; needed when a page has two banners.
    #[prop(optional, into)]
    title_id: MaybeText,
    /// Details.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let title_id = title_id.or("nhsuk-notification-banner-title");
    let labelled_by = title_id.clone();
    let title = title.or(if success { "Success" } else { "Important" });
    let details = children.map(|children| children());
    let has_details = details.is_some();
    let heading = heading.into_inner().map(|text| {
        let class = "nhsuk-notification-banner__heading";
        if has_details {
            view! { <h3 class=class>{text}</h3> }.into_any()
        } else {
            view! { <p class=class>{text}</p> }.into_any()
        }
    });
    view! {
        <div
            class=classes(
                &["nhsuk-notification-banner", if success { "nhsuk-notification-banner--success" } else { "" }],
            )
            data-module="nhsuk-notification-banner"
            role=if success { "alert" } else { "region" }
            aria-labelledby=labelled_by
            tabindex=success.then_some("-1")
            autofocus=success
        >
            <div class="nhsuk-notification-banner__header">
                <h2 class="nhsuk-notification-banner__title" id=title_id>
                    {title}
                </h2>
            </div>
            <div class="nhsuk-notification-banner__content">{heading} {details}</div>
        </div>
    }
}

/// The answer to "did it work?" on a page of its own, or a stop before something goes on.
#[component]
pub fn Panel(
    /// What was done.
    #[prop(into)]
    heading: String,
    /// Level of the heading in the page's outline.
    #[prop(default = 1)]
    level: u8,
    /// Size of the heading.
    #[prop(optional)]
    size: Size,
    /// A stop before something goes on, not a confirmation.
    #[prop(optional)]
    interruption: bool,
    /// Reference, or what happens next.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let size = if interruption && size == Size::Body { Size::L } else { size };
    let size_class = size.suffix().map(|s| format!("nhsuk-panel__heading{s}")).unwrap_or_default();
    view! {
        <div class=classes(&["nhsuk-panel", if interruption { "nhsuk-panel--interruption" } else { "" }])>
            {self::heading(level, classes(&["nhsuk-panel__heading", &size_class]), None, heading)}
            {children.map(|children| view! { <div class="nhsuk-panel__body">{children()}</div> })}
        </div>
    }
}
