use kit::AppError;
use leptos::prelude::*;

/// Nothing is at this address.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    kit::error_page(&AppError::NotFound)
}
