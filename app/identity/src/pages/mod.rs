//! The pages of signing in, and of one's account.

mod account;
mod learner;
mod staff;

pub use crate::data::pages::{CorrectPage, DataPage, ErasePage, ErasedPage, WithdrawAllPage};
pub use account::AccountPage;
pub use learner::{CodePage, DateOfBirthPage, SignInPage, TooYoungPage};
pub use staff::{InvitationPage, StaffCodePage, StaffSignInPage};

use kit::components::{ErrorLink, ErrorSummary};
use leptos::prelude::*;
use leptos_meta::Title;
use services::Ctx;

/// The title in the window and, after a mistake, the summary at the top of the page.
fn head(title: &str, errors: Vec<(&'static str, String)>) -> impl IntoView + use<> {
    let text = if errors.is_empty() { title.to_owned() } else { format!("Error: {title}") };
    let errors: Vec<ErrorLink> = errors.into_iter().map(ErrorLink::from).collect();
    view! {
        <Title text=text />
        <ErrorSummary errors=errors />
    }
}

/// The words of the error at one field.
fn error_at(errors: &[(&'static str, String)], field: &str) -> Option<String> {
    errors.iter().find(|(at, _)| *at == field).map(|(_, words)| words.clone())
}

/// Sends on whoever is signed in already. Whether they were.
fn sent_on(ctx: &Ctx, to: &str) -> bool {
    if let Some(actor) = &ctx.actor {
        kit::see_other(services::identity::safe_target(to).unwrap_or(services::identity::home(actor)));
        return true;
    }
    false
}
