//! Acting for somebody: the learner's own questions on one page, keyed in by a coordinator or an adviser.

mod form;
mod pages;
#[cfg(test)]
mod tests;
mod withdraw;

pub use pages::{ActFormPage, ActPage, AdviserActFormPage, AdviserActPage};
pub use withdraw::WithdrawForPage;

use domain::ids::AccountId;
use kit::AppError;
use services::applications::ActFor;

/// For whom, by the account in an address or a form; nobody's account is somebody who rang or wrote.
///
/// # Errors
/// [`AppError::NotFound`] for what is no account.
pub(crate) fn whom(account: &str) -> Result<ActFor, AppError> {
    if account.is_empty() {
        return Ok(ActFor::Somebody);
    }
    account.parse::<AccountId>().map(ActFor::Linked).map_err(|_| AppError::NotFound)
}

/// The page of the sessions to choose from.
pub(crate) fn list_address(account: &str) -> String {
    if account.is_empty() {
        "/provider/act".to_owned()
    } else {
        format!("/adviser/learners/{}/apply", kit::urlencode(account))
    }
}

/// The page of the form.
pub(crate) fn form_address(account: &str, session: &str) -> String {
    format!("{}/{}", list_address(account), kit::urlencode(session))
}
