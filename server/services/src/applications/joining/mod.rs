//! The joining pack: everything for the first day, as a page, as a letter and as a calendar file; and the
//! reminders before it.

mod calendar;
mod remind;
#[cfg(test)]
mod story;

use chrono::NaiveDate;
use domain::State;
use store::applications::{About, Application};

use super::life::own;
use crate::{Ctx, Error, Result, Services};

pub(crate) use remind::remind_due;

/// What the learner needs for the first day.
#[derive(Debug, Clone)]
pub struct Pack {
    /// The application.
    pub application: Application,
    /// What it is about.
    pub about: About,
    /// The days on which it takes place.
    pub days: Vec<NaiveDate>,
}

/// The joining pack of the learner's own confirmed place.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's, and while the place is not confirmed.
pub async fn joining_pack(ctx: &Ctx, reference: &str) -> Result<Pack> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = own(&mut tx, ctx, reference, false).await?;
    if application.state != State::Confirmed {
        return Err(Error::NotFound);
    }
    Ok(Pack { days: days(&ctx.services, &about), application, about })
}

fn days(services: &Services, about: &About) -> Vec<NaiveDate> {
    domain::attendance::days(about.starts_on, about.ends_on, &services.working_days.now())
}

/// The learner's place as a calendar file (RFC 5545). After a place is lost the same address takes the
/// events out of the calendar again.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's, and for a place that was never confirmed.
pub async fn calendar(ctx: &Ctx, reference: &str) -> Result<String> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = own(&mut tx, ctx, reference, false).await?;
    let events = store::applications::list_events(&mut tx, application.id).await?;
    if !events.iter().any(|event| event.to == State::Confirmed) {
        return Err(Error::NotFound);
    }
    let link = format!("{}/applications/{}/joining", ctx.services.settings.base_url, application.reference);
    Ok(calendar::file(&ctx.services, &application, &about, &link))
}

/// The day by which the learner hears, as a calendar file.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's application, or one that was not sent.
pub async fn hear_by_calendar(ctx: &Ctx, reference: &str) -> Result<String> {
    let (application, about, _) = super::sent(ctx, reference).await?;
    let day = application.decide_by.ok_or(Error::NotFound)?;
    Ok(calendar::hear_by(&ctx.services, &application, &about, day))
}

/// As [`calendar`], for the parent or carer with this private page.
///
/// # Errors
/// As [`super::guardian_page`]; [`Error::NotFound`] while the place is not confirmed.
pub async fn guardian_calendar(services: &Services, token: &str) -> Result<String> {
    let page = super::guardian_page(services, token).await?;
    if page.state != State::Confirmed {
        return Err(Error::NotFound);
    }
    let mut tx = services.db.read().await?;
    let application = store::applications::find(&mut tx, &page.reference).await?.ok_or(Error::NotFound)?;
    Ok(calendar::file(services, &application, &page.about, &services.settings.base_url))
}
