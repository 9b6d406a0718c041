//! What a parent or carer asks the server for, by their private links. Nobody signs in; plain forms only.

use kit::AppError;
use leptos::prelude::*;

/// A parent or carer's answer: "yes", "no" or "question". Needs no account.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown link, [`AppError::Refused`] for one that is too old.
#[server(prefix = "/do", endpoint = "apply_answer_consent")]
pub async fn answer_consent(
    #[server(default)] token: String,
    #[server(default)] answer: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let page = format!("/consent/{}", kit::urlencode(&token));
    match answer.as_str() {
        "yes" | "no" => match services::applications::answer_consent(&ctx.services, &token, answer == "yes").await? {
            Some(private) => kit::see_other(&format!("/consent/page/{private}?done=answered")),
            // Answered before: the page says where the answer is.
            None => kit::see_other(&page),
        },
        "question" => kit::see_other(&format!("{page}/question")),
        _ => kit::see_other(&format!("{page}?problem=answer")),
    }
    Ok(())
}

/// Mails a parent or carer's question to the provider.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown link, [`AppError::TooMany`] after five in a day.
#[server(prefix = "/do", endpoint = "apply_ask_question")]
pub async fn ask_question(
    #[server(default)] token: String,
    #[server(default)] question: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let page = kit::urlencode(&token);
    if question.trim().is_empty() {
        // To whoever has no link there is no page.
        services::applications::question_about(&ctx.services, &token).await?;
        kit::see_other(&format!("/consent/{page}/question?problem=empty"));
        return Ok(());
    }
    let private = services::applications::ask_question(&ctx.services, &token, &question).await?;
    let path = if private { "/consent/page/" } else { "/consent/" };
    kit::see_other(&format!("{path}{page}?done=asked"));
    Ok(())
}

/// Mails the link to the private page again, by the link that was answered.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown link, [`AppError::Refused`] within an hour of the last one.
#[server(prefix = "/do", endpoint = "apply_send_page_again")]
pub async fn send_page_again(#[server(default)] token: String) -> Result<(), AppError> {
    services::applications::send_page_again(&kit::request().services, &token).await?;
    kit::see_other(&format!("/consent/{}?done=sent", kit::urlencode(&token)));
    Ok(())
}

/// Withdraws consent, by the link of the private page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown link, [`AppError::Refused`] when the application has ended.
#[server(prefix = "/do", endpoint = "apply_withdraw_consent")]
pub async fn withdraw_consent(#[server(default)] token: String) -> Result<(), AppError> {
    services::applications::withdraw_consent(&kit::request().services, &token).await?;
    kit::see_other(&format!("/consent/page/{}?done=withdrawn", kit::urlencode(&token)));
    Ok(())
}

/// Agrees after a no, by the link of the private page.
///
/// # Errors
/// As [`withdraw_consent`].
#[server(prefix = "/do", endpoint = "apply_agree_after_all")]
pub async fn agree_after_all(#[server(default)] token: String) -> Result<(), AppError> {
    services::applications::agree_after_all(&kit::request().services, &token).await?;
    kit::see_other(&format!("/consent/page/{}?done=agreed", kit::urlencode(&token)));
    Ok(())
}

/// The learner corrects whom we ask. What needs mending is kept, and shown on its page.
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's, [`AppError::Refused`] when nobody is waited for.
#[server(prefix = "/do", endpoint = "apply_correct_guardian")]
pub async fn correct_guardian(
    #[server(default)] reference: String,
    #[server(default)] guardian_name: String,
    #[server(default)] guardian_email: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let sent = services::applications::correct_guardian(&ctx, &reference, &guardian_name, &guardian_email).await?;
    let page = format!("/applications/{}", kit::urlencode(&domain::reference::tidy_reference(&reference)));
    kit::see_other(&if sent { format!("{page}?done=asked") } else { format!("{page}/parent-or-carer?tried=1") });
    Ok(())
}
