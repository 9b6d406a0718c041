//! What staff who act for somebody ask the server for. Plain forms only.

#![allow(clippy::too_many_arguments, reason = "a form's function takes one argument for each box")]

use kit::AppError;
use leptos::prelude::*;

/// Keys in an application: for whoever rang or wrote, or for the linked learner of `account`. What needs
/// mending is kept, and shown on the form's page.
///
/// # Errors
/// [`AppError::NotFound`] for another provider's session, without the right to decide, and for a learner who has
/// not agreed; [`AppError::Refused`] when the applicant has applied already.
#[server(prefix = "/do", endpoint = "apply_key_in")]
pub async fn key_in(
    #[server(default)] session: String,
    #[server(default)] account: String,
    #[server(default)] how: String,
    #[server(default)] name: String,
    #[server(default)] dob_day: String,
    #[server(default)] dob_month: String,
    #[server(default)] dob_year: String,
    #[server(default)] email: String,
    #[server(default)] no_email: String,
    #[server(default)] phone: String,
    #[server(default)] at_school: String,
    #[server(default)] school: String,
    #[server(default)] school_code: String,
    #[server(default)] school_not_listed: String,
    #[server(default)] adviser_may_see: String,
    #[server(default)] guardian_name: String,
    #[server(default)] guardian_email: String,
    #[server(default)] access: String,
    #[server(default)] why: String,
    #[server(default)] read_to: String,
) -> Result<(), AppError> {
    use services::applications::KeyedIn;
    let ctx = kit::request();
    ctx.actor()?;
    let typed = [
        ("how", how),
        ("name", name),
        ("dob-day", dob_day),
        ("dob-month", dob_month),
        ("dob-year", dob_year),
        ("email", email),
        ("no-email", no_email),
        ("phone", phone),
        ("at-school", at_school),
        ("school", school),
        ("school-code", school_code),
        ("school-not-listed", school_not_listed),
        ("adviser-may-see", adviser_may_see),
        ("guardian-name", guardian_name),
        ("guardian-email", guardian_email),
        ("access", access),
        ("why", why),
        ("read-to", read_to),
    ];
    let typed = typed.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    let id = session.parse().map_err(|_| AppError::NotFound)?;
    let whom = crate::act::whom(&account)?;
    match services::applications::key_in(&ctx, id, whom, &typed).await? {
        KeyedIn::Mend => kit::see_other(&format!("{}?tried=1", crate::act::form_address(&account, &session))),
        KeyedIn::Sent(reference) => {
            kit::see_other(&format!("{}?sent={reference}", crate::act::list_address(&account)));
        }
    }
    Ok(())
}

/// An adviser withdraws an application for a linked learner.
///
/// # Errors
/// [`AppError::NotFound`] for a learner who has not agreed, [`AppError::Refused`] when it is over already.
#[server(prefix = "/do", endpoint = "apply_withdraw_for")]
pub async fn withdraw_for(
    #[server(default)] account: String,
    #[server(default)] reference: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    ctx.actor()?;
    let learner = account.parse().map_err(|_| AppError::NotFound)?;
    services::applications::withdraw_for(&ctx, learner, &reference).await?;
    kit::see_other(&format!("/adviser/learners/{}", kit::urlencode(&account)));
    Ok(())
}
