//! What the browser asks the server for: plain forms post here too, and are sent on to a page.

#![allow(clippy::too_many_arguments, reason = "a form's function takes one argument for each box")]

use kit::AppError;
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::form::{QuestionUpdate, SchoolsUpdate, StepOutcome};
use crate::tracker::StatusUpdate;
#[cfg(feature = "ssr")]
use kit::calendar::CalendarFile;

/// Begins an application for a session, or goes on with the one that was begun.
///
/// # Errors
/// [`AppError::Refused`] with the reason when this learner cannot apply.
#[server(prefix = "/do", endpoint = "apply_start_application")]
pub async fn start_application(#[server(default)] session: String) -> Result<(), AppError> {
    let ctx = kit::request();
    let session = session.parse().map_err(|_| AppError::NotFound)?;
    match services::applications::start(&ctx, session).await {
        Ok(reference) => kit::see_other(&format!("/apply/{reference}")),
        // Back to the advert, which then says whether they can apply.
        Err(services::Error::SignIn) => {
            let advert = services::applications::advert_address(&ctx.services, session).await?;
            kit::see_other(&format!("/sign-in?to={}", kit::urlencode(&advert)));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Keeps the answer to one question, as typed. A form is sent on to the next question, to the same one
/// when it needs mending, or to "Check your answers"; an island is told which, and shows it in place.
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's application; [`AppError::Refused`] once it was sent.
#[server(prefix = "/do", endpoint = "apply_save_answer")]
pub async fn save_answer(
    #[server(default)] reference: String,
    #[server(default)] step: String,
    #[server(default)] from_check: String,
    #[server(default)] name: String,
    #[server(default)] dob_day: String,
    #[server(default)] dob_month: String,
    #[server(default)] dob_year: String,
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
) -> Result<StepOutcome, AppError> {
    let typed = [
        ("name", name),
        ("dob-day", dob_day),
        ("dob-month", dob_month),
        ("dob-year", dob_year),
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
    ];
    let typed = typed.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    on_the_server::save(&reference, &step, from_check == "yes", &typed).await
}

/// A question of one's own draft, for moving about in the browser.
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's application; [`AppError::Refused`] once it was sent.
#[server(prefix = "/do", endpoint = "apply_question", input = GetUrl)]
pub async fn question(
    #[server(default)] reference: String,
    #[server(default)] step: String,
    #[server(default)] from_check: String,
) -> Result<QuestionUpdate, AppError> {
    let ctx = kit::request();
    let step = domain::form::Step::parse(&step).ok_or(AppError::NotFound)?;
    let form = services::applications::form(&ctx, &reference, Some(step), false, from_check == "yes").await?;
    Ok(on_the_server::update(&form.into()))
}

/// Schools and colleges that the typed words may mean, with the chosen one still chosen.
///
/// # Errors
/// [`AppError::SignIn`] when signed out.
#[server(prefix = "/do", endpoint = "apply_find_schools", input = GetUrl)]
pub async fn find_schools(
    #[server(default)] q: String,
    #[server(default)] chosen: String,
) -> Result<SchoolsUpdate, AppError> {
    let ctx = kit::request();
    let schools: Vec<_> = services::applications::find_schools(&ctx, &q).await?.into_iter().map(Into::into).collect();
    Ok(SchoolsUpdate {
        said: crate::form::schools_in_words(schools.len(), &q),
        html: crate::form::school_list(&schools, &chosen, None).to_html(),
    })
}

/// Sends the application.
///
/// # Errors
/// [`AppError::Refused`] with what is in the way.
#[server(prefix = "/do", endpoint = "apply_submit_application")]
pub async fn submit_application(
    #[server(default)] reference: String,
    #[server(default)] declared: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let reference = domain::reference::tidy_reference(&reference);
    if declared != "yes" {
        kit::see_other(&format!("/apply/{reference}/check?problem=declared"));
        return Ok(());
    }
    services::applications::submit(&ctx, &reference, true).await?;
    kit::see_other(&format!("/applications/{reference}/sent"));
    Ok(())
}

/// Accepts the offered place.
///
/// # Errors
/// [`AppError::Refused`] when the offer is over or clashes with another place.
#[server(prefix = "/do", endpoint = "apply_accept_offer")]
pub async fn accept_offer(#[server(default)] reference: String) -> Result<(), AppError> {
    services::applications::accept(&kit::request(), &reference).await?;
    on_the_server::to_tracker(&reference, "accepted");
    Ok(())
}

/// Says no thank you to the offered place.
///
/// # Errors
/// [`AppError::Refused`] when there is no offer to turn down.
#[server(prefix = "/do", endpoint = "apply_decline_offer")]
pub async fn decline_offer(#[server(default)] reference: String) -> Result<(), AppError> {
    services::applications::decline(&kit::request(), &reference).await?;
    on_the_server::to_tracker(&reference, "declined");
    Ok(())
}

/// Takes the application back.
///
/// # Errors
/// [`AppError::Refused`] when it is over already.
#[server(prefix = "/do", endpoint = "apply_withdraw_application")]
pub async fn withdraw_application(#[server(default)] reference: String) -> Result<(), AppError> {
    services::applications::withdraw(&kit::request(), &reference).await?;
    on_the_server::to_tracker(&reference, "withdrawn");
    Ok(())
}

/// Sends the parent or carer a new link.
///
/// # Errors
/// [`AppError::Refused`] when nobody is waited for, or one was sent less than an hour ago.
#[server(prefix = "/do", endpoint = "apply_ask_guardian_again")]
pub async fn ask_guardian_again(#[server(default)] reference: String) -> Result<(), AppError> {
    services::applications::ask_guardian_again(&kit::request(), &reference).await?;
    on_the_server::to_tracker(&reference, "asked");
    Ok(())
}

/// Stops a school's advisers from seeing where the learner stands.
///
/// # Errors
/// [`AppError::NotFound`] when there is nothing to stop.
#[server(prefix = "/do", endpoint = "apply_stop_sharing")]
pub async fn stop_sharing(
    #[server(default)] school: String,
    #[server(default)] reference: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    let school = school.parse().map_err(|_| AppError::NotFound)?;
    services::advise::stop_sharing(&ctx, school).await?;
    if reference.is_empty() {
        kit::see_other("/applications?done=stopped");
    } else {
        on_the_server::to_tracker(&reference, "stopped");
    }
    Ok(())
}

/// Where an application stands; nothing when it is as `since` says: the stamp that was seen last.
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's.
#[server(prefix = "/do", endpoint = "apply_status", input = GetUrl)]
pub async fn where_it_stands(
    #[server(default)] reference: String,
    #[server(default)] since: String,
) -> Result<Option<StatusUpdate>, AppError> {
    let status = crate::tracker::read(&kit::request(), &reference).await?;
    Ok((status.stamp != since).then(|| crate::tracker::update(&status)))
}

/// Says whether the learner can come on the new dates: "yes" or "no".
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's; [`AppError::Refused`] when it is too late or cannot be.
#[server(prefix = "/do", endpoint = "apply_answer_dates")]
pub async fn answer_dates(
    #[server(default)] reference: String,
    #[server(default)] answer: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    services::policy::learner(&ctx)?;
    if !matches!(answer.as_str(), "yes" | "no") {
        return Err(AppError::NotFound);
    }
    services::new_dates::answer(&ctx, &reference, answer == "yes").await?;
    let reference = domain::reference::tidy_reference(&reference);
    kit::see_other(&format!("/applications/{}/dates", kit::urlencode(&reference)));
    Ok(())
}

/// Takes up a suggestion: begins an application that is filled in as far as the answers are known.
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's or what was not suggested; [`AppError::Refused`] when it
/// cannot be had any more.
#[server(prefix = "/do", endpoint = "apply_take_suggestion")]
pub async fn take_suggestion(
    #[server(default)] reference: String,
    #[server(default)] opportunity: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    services::policy::learner(&ctx)?;
    let opportunity = opportunity.parse().map_err(|_| AppError::NotFound)?;
    kit::see_other(&services::suggesting::take(&ctx, &reference, opportunity).await?);
    Ok(())
}

#[cfg(feature = "ssr")]
mod on_the_server {
    use std::collections::BTreeMap;

    use domain::form::Step;
    use domain::reference::tidy_reference;
    use kit::AppError;
    use services::applications::{Saved, form, save_step};

    use leptos::prelude::RenderHtml;

    use crate::form::{QuestionUpdate, StepData, StepOutcome, question_view};

    pub(super) async fn save(
        reference: &str,
        step: &str,
        from_check: bool,
        typed: &BTreeMap<String, String>,
    ) -> Result<StepOutcome, AppError> {
        let ctx = kit::request();
        let step = Step::parse(step).ok_or(AppError::NotFound)?;
        // A plain form is sent on to the page of what an island puts in place.
        Ok(match save_step(&ctx, reference, step, typed, from_check).await? {
            Saved::Mend => {
                let data: StepData = form(&ctx, reference, Some(step), true, from_check).await?.into();
                kit::see_other(&format!("{}{}tried=1", data.address(), if data.from_check { "&" } else { "?" }));
                StepOutcome::Mend(update(&data))
            }
            Saved::Next(next) => {
                let data: StepData = form(&ctx, reference, Some(next), false, from_check).await?.into();
                kit::see_other(&data.address());
                StepOutcome::Next(update(&data))
            }
            Saved::Check => {
                let address = format!("/apply/{}/check", tidy_reference(reference));
                kit::see_other(&address);
                StepOutcome::Check(address)
            }
        })
    }

    pub(super) fn update(data: &StepData) -> QuestionUpdate {
        QuestionUpdate { address: data.address(), title: data.title(), html: question_view(data).to_html() }
    }

    pub(super) fn to_tracker(reference: &str, done: &str) {
        kit::see_other(&format!("/applications/{}?done={done}", kit::urlencode(&tidy_reference(reference))));
    }
}

/// The day by which the provider answers, as a file for a calendar.
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's application, or one that was not sent.
#[cfg(feature = "ssr")]
#[server(prefix = "/do", endpoint = "apply_hear_by", input = GetUrl, output = CalendarFile)]
pub async fn hear_by(#[server(default)] reference: String) -> Result<kit::calendar::Calendar, AppError> {
    let text = services::applications::hear_by_calendar(&kit::request(), &reference).await?;
    Ok(kit::calendar::file("attachment; filename=\"hear-by.ics\"", text))
}

/// The learner's confirmed place, as a file for a calendar.
///
/// # Errors
/// [`AppError::NotFound`] for somebody else's application, or a place that was never confirmed.
#[cfg(feature = "ssr")]
#[server(prefix = "/do", endpoint = "apply_calendar", input = GetUrl, output = CalendarFile)]
pub async fn calendar(#[server(default)] reference: String) -> Result<kit::calendar::Calendar, AppError> {
    let text = services::applications::calendar(&kit::request(), &reference).await?;
    Ok(kit::calendar::file("attachment; filename=\"work-experience.ics\"", text))
}

/// The same for the parent or carer with this private page.
///
/// # Errors
/// [`AppError::NotFound`] for a link that is not known, and while the place is not confirmed.
#[cfg(feature = "ssr")]
#[server(prefix = "/do", endpoint = "apply_guardian_calendar", input = GetUrl, output = CalendarFile)]
pub async fn guardian_calendar(#[server(default)] token: String) -> Result<kit::calendar::Calendar, AppError> {
    let text = services::applications::guardian_calendar(&kit::request().services, &token).await?;
    Ok(kit::calendar::file("attachment; filename=\"work-experience.ics\"", text))
}
