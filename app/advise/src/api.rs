//! What the forms of an adviser post to.

#![allow(clippy::too_many_arguments, reason = "a form's function takes one argument for each box")]

use domain::ids::AccountId;
use domain::priority::EvidenceReason;
use kit::AppError;
use leptos::prelude::*;

fn page(account: &str) -> Result<(AccountId, String), AppError> {
    let id: AccountId = account.parse().map_err(|_| AppError::NotFound)?;
    Ok((id, format!("/adviser/learners/{id}")))
}

/// States which priorities a learner meets: a box for each, "yes" when it is ticked.
///
/// # Errors
/// [`AppError::SignIn`] when signed out, [`AppError::NotFound`] for everybody but advisers of a school that
/// the learner agreed to.
#[server(prefix = "/do", endpoint = "advise_state_evidence")]
pub async fn state_evidence(
    #[server(default)] account: String,
    #[server(default)] care_experienced: String,
    #[server(default)] free_school_meals: String,
    #[server(default)] first_in_family: String,
    #[server(default)] deprived_area: String,
    #[server(default)] young_carer: String,
    #[server(default)] refugee: String,
) -> Result<(), AppError> {
    let (id, learner) = page(&account)?;
    let boxes = [
        (EvidenceReason::CareExperienced, care_experienced),
        (EvidenceReason::FreeSchoolMeals, free_school_meals),
        (EvidenceReason::FirstInFamily, first_in_family),
        (EvidenceReason::DeprivedArea, deprived_area),
        (EvidenceReason::YoungCarer, young_carer),
        (EvidenceReason::Refugee, refugee),
    ];
    let reasons: Vec<EvidenceReason> =
        boxes.into_iter().filter(|(_, ticked)| !ticked.is_empty()).map(|(reason, _)| reason).collect();
    match services::priority::state_evidence(&kit::request(), id, &reasons).await {
        Ok(()) => kit::see_other(&format!("{learner}?done=stated")),
        Err(services::Error::Refused(_)) => kit::see_other(&format!("{learner}/evidence?problem=none")),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Takes the school's statement about a learner back.
///
/// # Errors
/// As [`state_evidence`].
#[server(prefix = "/do", endpoint = "advise_end_evidence")]
pub async fn end_evidence(#[server(default)] account: String) -> Result<(), AppError> {
    let (id, learner) = page(&account)?;
    services::priority::end_evidence(&kit::request(), id).await?;
    kit::see_other(&format!("{learner}?done=ended"));
    Ok(())
}
