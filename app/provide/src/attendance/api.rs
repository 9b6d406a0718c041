//! What the forms of attendance post to.

#![allow(clippy::too_many_arguments, reason = "a form's function takes one argument for each box")]

use chrono::NaiveDate;
use domain::attendance::{Mark, read_hours};
use domain::ids::SessionId;
use kit::AppError;
use leptos::prelude::*;

fn day_of(typed: &str) -> Result<NaiveDate, AppError> {
    typed.parse().map_err(|_| AppError::NotFound)
}

fn session_of(typed: &str) -> Result<SessionId, AppError> {
    typed.parse().map_err(|_| AppError::NotFound)
}

/// Back to the register that the form was on: the supervisor's or the coordinator's.
fn back(at: &str, session: SessionId, day: NaiveDate) {
    let page = if at == "supervisor" {
        format!("/supervisor/sessions/{session}?day={day}")
    } else {
        format!("/provider/sessions/{session}/attendance?day={day}")
    };
    kit::see_other(&page);
}

/// How long somebody was there, if it was said.
fn minutes_of(hours: &str) -> Result<Option<i64>, AppError> {
    if hours.trim().is_empty() {
        return Ok(None);
    }
    read_hours(hours)
        .map(Some)
        .ok_or_else(|| AppError::Refused("Enter how many hours they were there, like 3 or 3.5.".into()))
}

/// Records one learner's day: "came", "part", "did_not_come", or nothing to take it back.
///
/// # Errors
/// [`AppError::NotFound`] for a session that is not theirs; [`AppError::Refused`] before the day.
#[server(prefix = "/do", endpoint = "provide_record_day")]
pub async fn record_day(
    #[server(default)] session: String,
    #[server(default)] reference: String,
    #[server(default)] day: String,
    #[server(default)] mark: String,
    #[server(default)] hours: String,
    #[server(default)] at: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let (id, day) = (session_of(&session)?, day_of(&day)?);
    // To others the session is not there, whatever they typed.
    services::attendance::register(&ctx, id, Some(day)).await?;
    let minutes = minutes_of(&hours)?;
    services::attendance::record(&ctx, id, &reference, day, Mark::parse(&mark), minutes).await?;
    back(&at, id, day);
    Ok(())
}

/// Records that everybody came of whom nothing is recorded on a day.
///
/// # Errors
/// As [`record_day`].
#[server(prefix = "/do", endpoint = "provide_everyone_came")]
pub async fn everyone_came(
    #[server(default)] session: String,
    #[server(default)] day: String,
    #[server(default)] at: String,
) -> Result<(), AppError> {
    let (id, day) = (session_of(&session)?, day_of(&day)?);
    services::attendance::everyone_came(&kit::request(), id, day).await?;
    back(&at, id, day);
    Ok(())
}

/// Notes that a session did not take place on a day, or with `ran` that it did after all.
///
/// # Errors
/// [`AppError::NotFound`] for everybody but the provider's coordinators; [`AppError::Refused`] with why not.
#[server(prefix = "/do", endpoint = "provide_day_not_run")]
pub async fn day_not_run(
    #[server(default)] session: String,
    #[server(default)] day: String,
    #[server(default)] reason: String,
    #[server(default)] ran: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let (id, day) = (session_of(&session)?, day_of(&day)?);
    if ran == "yes" {
        services::attendance::ran_after_all(&ctx, id, day).await?;
    } else {
        services::attendance::mark_not_run(&ctx, id, day, &reason).await?;
    }
    back("", id, day);
    Ok(())
}

/// Changes a recorded day, with the reason that the learner reads.
///
/// # Errors
/// As [`day_not_run`].
#[server(prefix = "/do", endpoint = "provide_amend_day")]
pub async fn amend_day(
    #[server(default)] session: String,
    #[server(default)] reference: String,
    #[server(default)] day: String,
    #[server(default)] mark: String,
    #[server(default)] hours: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let id = session_of(&session)?;
    let one = services::attendance::one(&ctx, id, &reference).await?;
    let day: NaiveDate = day.parse().map_err(|_| AppError::Refused("Choose the day to change.".into()))?;
    let mark = Mark::parse(&mark).ok_or_else(|| AppError::Refused("Choose what is right.".into()))?;
    let minutes = minutes_of(&hours)?;
    services::attendance::amend(&ctx, id, &reference, day, mark, minutes, &reason).await?;
    kit::see_other(&format!("/provider/sessions/{id}/attendance/{}", one.application.reference));
    Ok(())
}

/// Leaves the attendance as it is, with an answer that the learner reads.
///
/// # Errors
/// As [`day_not_run`].
#[server(prefix = "/do", endpoint = "provide_keep_attendance")]
pub async fn keep_attendance(
    #[server(default)] session: String,
    #[server(default)] reference: String,
    #[server(default)] answer: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let id = session_of(&session)?;
    services::attendance::keep(&ctx, id, &reference, &answer).await?;
    let reference = domain::reference::tidy_reference(&reference);
    kit::see_other(&format!("/provider/sessions/{id}/attendance/{}", kit::urlencode(&reference)));
    Ok(())
}

/// Makes somebody a supervisor of a department, and writes to them.
///
/// # Errors
/// [`AppError::NotFound`] for everybody but coordinators who manage members; [`AppError::Refused`] with
/// what to mend.
#[server(prefix = "/do", endpoint = "provide_add_supervisor")]
pub async fn add_supervisor(
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] department: String,
) -> Result<(), AppError> {
    services::attendance::invite(&kit::request(), &name, &email, &department).await?;
    kit::see_other("/provider/supervisors?done=invited");
    Ok(())
}

/// Somebody no longer supervises a department.
///
/// # Errors
/// [`AppError::NotFound`] for another provider's.
#[server(prefix = "/do", endpoint = "provide_remove_supervisor")]
pub async fn remove_supervisor(
    #[server(default)] account: String,
    #[server(default)] department: String,
) -> Result<(), AppError> {
    let account = account.parse().map_err(|_| AppError::NotFound)?;
    let department = department.parse().map_err(|_| AppError::NotFound)?;
    services::attendance::remove(&kit::request(), account, department).await?;
    kit::see_other("/provider/supervisors?done=removed");
    Ok(())
}
