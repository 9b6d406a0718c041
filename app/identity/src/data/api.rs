//! What the forms post to.

use kit::AppError;
use leptos::prelude::*;

/// Corrects the name and telephone number.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::NotFound`] for staff.
#[server(prefix = "/do", endpoint = "identity_correct")]
pub async fn correct(#[server(default)] name: String, #[server(default)] phone: String) -> Result<(), AppError> {
    let right = services::own_data::correct(&kit::request(), &name, &phone).await?;
    kit::see_other(if right { "/account/data?done=corrected" } else { "/account/data/correct?problem=1" });
    Ok(())
}

/// Keeps choices about messages and research: "yes" for each that was ticked.
///
/// # Errors
/// As [`correct`].
#[server(prefix = "/do", endpoint = "identity_choose")]
pub async fn choose(#[server(default)] texts: String, #[server(default)] research: String) -> Result<(), AppError> {
    services::own_data::choose(&kit::request(), texts == "yes", research == "yes").await?;
    kit::see_other("/account/data?done=chosen");
    Ok(())
}

/// Withdraws every application that is under way.
///
/// # Errors
/// As [`correct`].
#[server(prefix = "/do", endpoint = "identity_withdraw_all")]
pub async fn withdraw_all() -> Result<(), AppError> {
    services::own_data::withdraw_all(&kit::request()).await?;
    kit::see_other("/account/data?done=withdrawn");
    Ok(())
}

/// Erases the learner, when they typed the word.
///
/// # Errors
/// As [`correct`].
#[server(prefix = "/do", endpoint = "identity_erase")]
pub async fn erase(#[server(default)] word: String) -> Result<(), AppError> {
    use services::own_data::Erased;
    match services::own_data::erase(&kit::request(), &word).await? {
        Erased::Gone => {
            crate::cookies::signed_out();
            kit::see_other("/account/erased");
        }
        Erased::WordMissing => kit::see_other("/account/erase?problem=word"),
    }
    Ok(())
}
