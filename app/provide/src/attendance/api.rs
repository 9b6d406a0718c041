//! What the forms of attendance post to. What cannot be taken is kept, and the page that the form was on
//! shows it again with what is wrong.

use chrono::NaiveDate;
use domain::ids::SessionId;
use domain::reference::tidy_reference;
use kit::AppError;
use leptos::prelude::*;
use services::attendance::{Boxes, Form, send};

fn day_of(typed: &str) -> Result<NaiveDate, AppError> {
    typed.parse().map_err(|_| AppError::NotFound)
}

fn session_of(typed: &str) -> Result<SessionId, AppError> {
    typed.parse().map_err(|_| AppError::NotFound)
}

fn boxes<const N: usize>(list: [(&str, String); N]) -> Boxes {
    list.into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
}

/// The register that the form was on: the supervisor's or the coordinator's.
fn register_address(at: &str, session: SessionId, day: NaiveDate) -> String {
    if at == "supervisor" {
        format!("/supervisor/sessions/{session}?day={day}")
    } else {
        format!("/provider/sessions/{session}/attendance?day={day}")
    }
}

/// Records one learner's day: "came", "part", "did_not_come", or nothing to take it back.
///
/// # Errors
/// [`AppError::NotFound`] for a session that is not theirs.
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
    let reference = tidy_reference(&reference);
    let page = register_address(&at, id, day);
    let typed = boxes([("reference", reference.clone()), ("mark", mark), ("hours", hours)]);
    if send(&ctx, &Form::Day(id, day), typed).await? {
        // To where they were: a list of names is long on a phone.
        kit::see_other(&format!("{page}#{}", kit::urlencode(&reference)));
    } else {
        kit::see_other(&format!("{page}&mend=day"));
    }
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
    let done = send(&kit::request(), &Form::Day(id, day), boxes([("everyone", "yes".to_owned())])).await?;
    let page = register_address(&at, id, day);
    kit::see_other(&if done { page } else { format!("{page}&mend=day") });
    Ok(())
}

/// Notes that a session did not take place on a day, or with `ran` that it did after all.
///
/// # Errors
/// [`AppError::NotFound`] for everybody but the provider's coordinators.
#[server(prefix = "/do", endpoint = "provide_day_not_run")]
pub async fn day_not_run(
    #[server(default)] session: String,
    #[server(default)] day: String,
    #[server(default)] reason: String,
    #[server(default)] ran: String,
) -> Result<(), AppError> {
    let (id, day) = (session_of(&session)?, day_of(&day)?);
    let done = send(&kit::request(), &Form::NotRun(id, day), boxes([("reason", reason), ("ran", ran)])).await?;
    let page = register_address("", id, day);
    kit::see_other(&if done { page } else { format!("{page}&mend=not-run") });
    Ok(())
}

/// One person's days, with what was done or is to be mended.
fn one_address(session: SessionId, reference: &str, query: &str) -> String {
    format!("/provider/sessions/{session}/attendance/{}?{query}", kit::urlencode(&tidy_reference(reference)))
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
    let id = session_of(&session)?;
    let typed = boxes([("day", day), ("mark", mark), ("hours", hours), ("reason", reason)]);
    let done = send(&kit::request(), &Form::Amend(id, reference.clone()), typed).await?;
    kit::see_other(&one_address(id, &reference, if done { "done=changed" } else { "mend=change" }));
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
    let id = session_of(&session)?;
    let done = send(&kit::request(), &Form::Keep(id, reference.clone()), boxes([("answer", answer)])).await?;
    kit::see_other(&one_address(id, &reference, if done { "done=answered" } else { "mend=answer" }));
    Ok(())
}

/// Makes somebody a supervisor of a department, and writes to them.
///
/// # Errors
/// [`AppError::NotFound`] for everybody but coordinators who manage members.
#[server(prefix = "/do", endpoint = "provide_add_supervisor")]
pub async fn add_supervisor(
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] department: String,
) -> Result<(), AppError> {
    let typed = boxes([("name", name), ("email", email), ("department", department)]);
    let done = send(&kit::request(), &Form::Supervisor, typed).await?;
    kit::see_other(if done { "/provider/supervisors?done=invited" } else { "/provider/supervisors?mend=add" });
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
