//! What browsers ask the server for. Every form works without scripts: a rule's no leads back to a page
//! that says it and the way on.

#![allow(clippy::too_many_arguments, reason = "a form's function takes one argument for each box")]

use kit::AppError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

/// The table of applications under a filter, as the server writes it: the browser's bundle needs no table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueUpdate {
    /// The address of the page that shows it.
    pub address: String,
    /// The page's title.
    pub title: String,
    /// What is in the list, in words.
    pub said: String,
    /// The filters.
    pub filters: String,
    /// The list.
    pub list: String,
}

/// The applications under a filter's word; under the usual filter for any other word.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::NotFound`] for everybody but coordinators.
#[server(prefix = "/do", endpoint = "provide_queue", input = GetUrl)]
pub async fn provide_queue(#[server(default)] show: String) -> Result<QueueUpdate, AppError> {
    let ctx = kit::request();
    crate::applications::pages::update(&ctx, &show).await
}

/// Decides: `decision` is "offer", "waiting-list" or "no", the latter with the word of a reason and an own
/// sentence. `fingerprint` is that of the message that was read; `show` is the list that one came from.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::NotFound`] for another provider's, and without the
/// right to decide.
#[server(prefix = "/do", endpoint = "provide_decide")]
pub async fn provide_decide(
    #[server(default)] reference: String,
    #[server(default)] decision: String,
    #[server(default)] reason: String,
    #[server(default)] note: String,
    #[server(default)] days: String,
    #[server(default)] fingerprint: String,
    #[server(default)] show: String,
) -> Result<(), AppError> {
    use crate::applications::pages::{At, Choice};
    let ctx = kit::request();
    services::policy::coordinator(&ctx)?;
    let at = At::new(&reference, &show);
    let chosen = Choice::parse(&decision).ok_or(AppError::NotFound)?;
    let Some(decided) = chosen.decision(&reason, &note, &days) else {
        // No reason, or too long a sentence. To others than its provider the application is not there.
        services::applications::draft_no(&ctx, &reference).await?;
        kit::see_other(&at.decide(chosen, "check=1"));
        return Ok(());
    };
    match services::applications::decide(&ctx, &reference, &decided, &fingerprint).await {
        Ok(()) => kit::see_other(&at.application(&format!("done={}", chosen.as_str()))),
        // The page says what has changed, and shows the message as it is now.
        Err(services::Error::Refused(_)) => {
            let days = if days.is_empty() { String::new() } else { format!("&days={}", kit::urlencode(&days)) };
            kit::see_other(&at.decide(chosen, &format!("check=1&problem=changed{days}")));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Gives one answer to several applications: `read` holds a reference and the fingerprint of the message
/// that was read for each, "WX-7F3K-92QD:0123… WX-…". Each has its own outcome; those that could not be
/// answered are shown again with the reason.
///
/// # Errors
/// As [`provide_decide`]; [`AppError::NotFound`] for words that no form of ours sends.
#[server(prefix = "/do", endpoint = "provide_decide_several")]
pub async fn provide_decide_several(
    #[server(default)] decision: String,
    #[server(default)] reason: String,
    #[server(default)] read: String,
    #[server(default)] show: String,
) -> Result<(), AppError> {
    use crate::applications::pages::{Choice, after};
    let ctx = kit::request();
    services::policy::coordinator(&ctx)?;
    let chosen =
        Choice::parse(&decision).and_then(|choice| choice.decision(&reason, "", "")).ok_or(AppError::NotFound)?;
    let read: Vec<(String, String)> = read
        .split_whitespace()
        .filter_map(|one| one.split_once(':'))
        .map(|(reference, fingerprint)| (reference.to_owned(), fingerprint.to_owned()))
        .collect();
    let decided = services::applications::decide_several(&ctx, &read, &chosen).await?;
    kit::see_other(&after(&decision, &reason, &show, decided.done, &decided.left));
    Ok(())
}

/// Keeps what is written for a no and what is ticked to suggest, and shows the message that would be sent.
///
/// # Errors
/// As [`provide_decide`]; [`AppError::Refused`] when a no is not possible any more.
#[server(prefix = "/do", endpoint = "provide_draft_no")]
pub async fn provide_draft_no(
    #[server(default)] reference: String,
    #[server(default)] reason: String,
    #[server(default)] note: String,
    #[server(default)] suggest_1: String,
    #[server(default)] suggest_2: String,
    #[server(default)] suggest_3: String,
    #[server(default)] suggest_4: String,
    #[server(default)] suggest_5: String,
    #[server(default)] suggest_6: String,
    #[server(default)] show: String,
) -> Result<(), AppError> {
    use crate::applications::pages::{At, Choice, tidy_note};
    let ctx = kit::request();
    let draft = services::applications::DraftNo { reason, note: tidy_note(&note) };
    services::applications::save_draft_no(&ctx, &reference, &draft).await?;
    let ticked = [suggest_1, suggest_2, suggest_3, suggest_4, suggest_5, suggest_6];
    let chosen: Vec<_> = ticked.iter().filter_map(|id| id.parse().ok()).collect();
    services::suggesting::choose(&ctx, &reference, &chosen).await?;
    kit::see_other(&At::new(&reference, &show).decide(Choice::No, "check=1"));
    Ok(())
}

/// Says how far a check is: `kind` and `status` are the words of its type and of the domain, `because` says
/// why a check is not needed, and the date in three boxes when somebody saw the evidence.
///
/// # Errors
/// As [`provide_decide`]; [`AppError::Refused`] when the application's checks cannot be changed any more.
#[server(prefix = "/do", endpoint = "provide_settle_clearance")]
#[allow(clippy::too_many_arguments, reason = "a form's function takes one argument for each box")]
pub async fn provide_settle_clearance(
    #[server(default)] reference: String,
    #[server(default)] kind: String,
    #[server(default)] status: String,
    #[server(default)] because: String,
    #[server(default)] seen_day: String,
    #[server(default)] seen_month: String,
    #[server(default)] seen_year: String,
    #[server(default)] show: String,
) -> Result<(), AppError> {
    use crate::applications::pages::{At, tidy_note};
    use domain::clearance::{ClearanceCode, ClearanceStatus, LONGEST_BECAUSE, Settling};
    let ctx = kit::request();
    services::policy::coordinator(&ctx)?;
    let at = At::new(&reference, &show);
    // Words that no form of ours sends.
    let (Some(kind), Some(status)) = (ClearanceCode::parse(&kind), ClearanceStatus::parse(&status)) else {
        return Err(AppError::NotFound);
    };
    let because = tidy_note(&because);
    let seen_on = crate::clearances::date(&seen_day, &seen_month, &seen_year);
    let settling = Settling { status, because: &because, seen_on };
    match services::applications::settle(&ctx, &reference, &kind, &settling).await {
        Ok(()) => kit::see_other(&at.application(&format!("done={kind}"))),
        // The check's page says what is missing; a sentence that is too long stays in the browser's form.
        Err(services::Error::Refused(_)) if because.chars().count() <= LONGEST_BECAUSE => {
            let typed = [("day", &seen_day), ("month", &seen_month), ("year", &seen_year)];
            let typed: String = typed.map(|(name, text)| format!("&{name}={}", kit::urlencode(text))).concat();
            let page = format!("/provider/applications/{}/checks/{kind}", kit::urlencode(&at.reference));
            kit::see_other(&format!("{page}?tried={}{typed}", status.as_str()));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// A coordinator told somebody another way what our messages could not.
///
/// # Errors
/// As [`provide_decide`].
#[server(prefix = "/do", endpoint = "provide_told_another_way")]
pub async fn provide_told_another_way(
    #[server(default)] reference: String,
    #[server(default)] show: String,
) -> Result<(), AppError> {
    use crate::applications::pages::At;
    services::messages::told_another_way(&kit::request(), &reference).await?;
    kit::see_other(&At::new(&reference, &show).application(""));
    Ok(())
}

/// Keys in what a learner without an email address said on the telephone: `answer` is "accept", "decline" or
/// "withdraw".
///
/// # Errors
/// As [`provide_decide`]; [`AppError::NotFound`] for a learner who can answer themselves.
#[server(prefix = "/do", endpoint = "provide_answer_for")]
pub async fn provide_answer_for(
    #[server(default)] reference: String,
    #[server(default)] answer: String,
    #[server(default)] show: String,
) -> Result<(), AppError> {
    use crate::applications::pages::At;
    let ctx = kit::request();
    services::policy::coordinator(&ctx)?;
    let action = domain::Action::parse(&answer).ok_or(AppError::NotFound)?;
    services::applications::answer_for(&ctx, &reference, action).await?;
    kit::see_other(&At::new(&reference, &show).application(""));
    Ok(())
}
