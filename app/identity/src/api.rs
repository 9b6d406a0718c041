//! What the forms of signing in post to. A mistake leads back to the page, which says what to mend;
//! what was typed is in the database meanwhile, never in an address.

use kit::AppError;
use leptos::prelude::*;

/// Sends a code to a learner's address.
#[server(prefix = "/do", endpoint = "identity_request_code")]
pub async fn request_code(#[server(default)] email: String, #[server(default)] to: String) -> Result<(), AppError> {
    use crate::cookies;
    use services::identity::{Asked, request_code};

    let ctx = kit::request();
    let earlier = cookies::start();
    match request_code(&ctx, &email, &to, Some(&earlier)).await? {
        Asked::Sent(token) => {
            cookies::keep_start(&token);
            kit::see_other("/sign-in/code");
        }
        Asked::Mistyped(token) => {
            cookies::keep_start(&token);
            kit::see_other("/sign-in?problem=email");
        }
    }
    Ok(())
}

/// Sends another code to the same address.
#[server(prefix = "/do", endpoint = "identity_send_again")]
pub async fn send_again() -> Result<(), AppError> {
    use crate::cookies;
    use services::identity::{Asked, send_again};

    match send_again(&kit::request(), &cookies::start()).await? {
        Some(Asked::Sent(token)) => {
            cookies::keep_start(&token);
            kit::see_other("/sign-in/code?sent=again");
        }
        Some(Asked::Mistyped(token)) => {
            cookies::keep_start(&token);
            kit::see_other("/sign-in?problem=email");
        }
        None => kit::see_other("/sign-in?problem=ended"),
    }
    Ok(())
}

/// Tries the code from the letter.
#[server(prefix = "/do", endpoint = "identity_enter_code")]
pub async fn enter_code(#[server(default)] code: String) -> Result<(), AppError> {
    use crate::cookies;
    use services::identity::{Signed, enter_code};

    let ctx = kit::request();
    match enter_code(&ctx, &cookies::start(), &code).await? {
        Signed::In { session, go_to } => {
            cookies::signed_in(&ctx, &session, false).await?;
            kit::see_other(&go_to);
        }
        Signed::NewHere => kit::see_other("/sign-in/date-of-birth"),
        Signed::NotACode => kit::see_other("/sign-in/code?problem=digits"),
        Signed::Wrong { left: 1.. } => kit::see_other("/sign-in/code?problem=wrong"),
        Signed::Wrong { .. } | Signed::Expired => kit::see_other("/sign-in?problem=ended"),
    }
    Ok(())
}

/// Takes the date of birth of somebody new.
#[server(prefix = "/do", endpoint = "identity_start_account")]
pub async fn start_account(
    #[server(default)] dob_day: String,
    #[server(default)] dob_month: String,
    #[server(default)] dob_year: String,
) -> Result<(), AppError> {
    use crate::cookies;
    use services::identity::{Started, start_account};

    let ctx = kit::request();
    match start_account(&ctx, &cookies::start(), &dob_day, &dob_month, &dob_year).await? {
        Started::In { session, go_to } => {
            cookies::signed_in(&ctx, &session, false).await?;
            kit::see_other(&go_to);
        }
        Started::TooYoung => {
            cookies::forget_start();
            kit::see_other("/sign-in/too-young");
        }
        Started::Problems(_) => kit::see_other("/sign-in/date-of-birth"),
        Started::Expired => kit::see_other("/sign-in?problem=ended"),
    }
    Ok(())
}

/// Tries a member of staff's password.
#[server(prefix = "/do", endpoint = "identity_enter_password")]
pub async fn enter_password(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] to: String,
) -> Result<(), AppError> {
    use crate::cookies;
    use services::identity::{Entered, enter_password};

    let earlier = cookies::start();
    match enter_password(&kit::request(), &email, &password, &to, Some(&earlier)).await? {
        Entered::Right(token) => {
            cookies::keep_start(&token);
            kit::see_other("/staff/code");
        }
        Entered::Wrong(token) => {
            cookies::keep_start(&token);
            kit::see_other("/staff/sign-in?problem=wrong");
        }
    }
    Ok(())
}

/// Tries a member of staff's second factor.
#[server(prefix = "/do", endpoint = "identity_enter_second_factor")]
pub async fn enter_second_factor(#[server(default)] code: String) -> Result<(), AppError> {
    use crate::cookies;
    use services::identity::{Proven, enter_second_factor};

    let ctx = kit::request();
    match enter_second_factor(&ctx, &cookies::start(), &code).await? {
        Proven::In { session, go_to } => {
            cookies::signed_in(&ctx, &session, true).await?;
            kit::see_other(&go_to);
        }
        Proven::NotACode => kit::see_other("/staff/code?problem=digits"),
        Proven::Wrong { left: 1.. } => kit::see_other("/staff/code?problem=wrong"),
        Proven::Wrong { .. } | Proven::Expired => kit::see_other("/staff/sign-in?problem=ended"),
    }
    Ok(())
}

/// Takes an invited member's password and first code.
#[server(prefix = "/do", endpoint = "identity_accept_invitation")]
pub async fn accept_invitation(
    #[server(default)] invitation: String,
    #[server(default)] password: String,
    #[server(default)] code: String,
) -> Result<(), AppError> {
    use crate::cookies;
    use services::identity::{Accepted, accept_invitation};

    let ctx = kit::request();
    match accept_invitation(&ctx, &invitation, &password, &code).await? {
        Accepted::In { session, go_to } => {
            cookies::signed_in(&ctx, &session, true).await?;
            kit::see_other(&go_to);
        }
        Accepted::Problems(problems) => {
            let words = problems.iter().map(|problem| problem.as_str()).collect::<Vec<_>>().join("-");
            kit::see_other(&format!("/staff/invitation/{}?problem={words}", kit::urlencode(&invitation)));
        }
    }
    Ok(())
}

/// Signs out in this browser.
#[server(prefix = "/do", endpoint = "identity_sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    use crate::cookies;

    if let Some(token) = cookies::session() {
        services::identity::sign_out(&kit::request(), &token).await?;
    }
    cookies::signed_out();
    kit::see_other("/");
    Ok(())
}

/// Signs out in every browser.
#[server(prefix = "/do", endpoint = "identity_sign_out_everywhere")]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    services::identity::sign_out_everywhere(&kit::request()).await?;
    crate::cookies::signed_out();
    kit::see_other("/sign-in");
    Ok(())
}
