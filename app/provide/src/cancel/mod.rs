//! Cancelling and changing dates. Plain forms throughout, so nothing of this reaches the browser's bundle.

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
mod dates;
#[cfg(feature = "ssr")]
mod departments;
#[cfg(feature = "ssr")]
mod pages;

#[cfg(feature = "ssr")]
pub use dates::SessionDatesPage;
#[cfg(feature = "ssr")]
pub use departments::DepartmentsPage;
#[cfg(feature = "ssr")]
pub use pages::{CancelApplicationPage, CancelDepartmentPage, CancelSessionPage};

/// The page of a cancelling: what kind of thing it is about, and which.
#[cfg(feature = "ssr")]
pub(crate) fn address(scope: &str, id: &str, query: &str) -> String {
    let of = match scope {
        "application" => "applications",
        "department" => "departments",
        _ => "sessions",
    };
    let mark = if query.is_empty() { "" } else { "?" };
    format!("/provider/{of}/{}/cancel{mark}{query}", kit::urlencode(id))
}

/// The way from an application to cancelling its place, for who decides, while there is one.
#[cfg(feature = "ssr")]
pub(crate) fn link_view(review: &services::applications::Review) -> Option<leptos::prelude::AnyView> {
    use leptos::prelude::*;
    let possible = review.application.state.after(domain::Action::Cancel, domain::Role::Coordinator).is_ok();
    (possible && review.decides).then(|| {
        let href = address("application", &review.application.reference, "");
        view! {
            <p class="wex-no-print">
                <a href=href>"Cancel this place"</a>
            </p>
        }
        .into_any()
    })
}
