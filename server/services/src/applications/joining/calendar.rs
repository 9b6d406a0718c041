//! A place as a calendar file: one event a day, at the daily times.

use chrono::NaiveDate;
use domain::State;
use domain::time::Moment;
use icalendar::{Component, Event, EventLike, EventStatus};
use store::applications::{About, Application};

use crate::Services;
use crate::calendar_file::{empty, utc};
use crate::time::from_london;

/// The day by which the learner hears, as an event of that day.
pub(super) fn hear_by(services: &Services, application: &Application, about: &About, day: NaiveDate) -> String {
    let link = format!("{}/applications/{}", services.settings.base_url, application.reference);
    let mut event = Event::new();
    event
        .uid(&format!("{}-hear-by@wex", application.reference))
        .timestamp(utc(services.now()))
        .summary(&format!("You hear about {}", about.title))
        .description(&format!(
            "{} answers your application {} by today.",
            about.organisation_name, application.reference
        ))
        .url(&link)
        .all_day(day)
        // Nobody is busy because of it.
        .add_property("TRANSP", "TRANSPARENT");
    let mut calendar = empty("PUBLISH");
    calendar.push(event.done());
    calendar.to_string()
}

/// Times are in UTC, so that no calendar has to know when Britain's clocks change.
pub(super) fn file(services: &Services, application: &Application, about: &About, link: &str) -> String {
    let cancelled =
        !matches!(application.state, State::Confirmed | State::Attended | State::PartlyAttended | State::DidNotAttend);
    let mut calendar = empty(if cancelled { "CANCEL" } else { "PUBLISH" });
    for day in super::days(services, about) {
        calendar.push(event(services.now(), application, about, day, link, cancelled));
    }
    calendar.to_string()
}

fn event(now: Moment, application: &Application, about: &About, day: NaiveDate, link: &str, cancelled: bool) -> Event {
    let mut event = Event::new();
    event
        // The same day of the same place keeps its event; a later state of the application replaces it.
        .uid(&format!("{}-{}@wex", application.reference, day.format("%Y%m%d")))
        .sequence(u32::try_from(application.version).unwrap_or(u32::MAX))
        .timestamp(utc(now))
        .summary(&format!("{} at {}", about.title, about.organisation_name))
        .description(&format!("Reference {}. Everything for the day: {link}", application.reference))
        .url(link)
        .status(if cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    if let Some(place) = about.place() {
        event.location(&place);
    }
    match times(about, day) {
        Some((from, to)) => event.starts(utc(from)).ends(utc(to)),
        None => event.all_day(day),
    };
    event.done()
}

/// When the day begins and ends, if the provider said.
fn times(about: &About, day: NaiveDate) -> Option<(Moment, Moment)> {
    let at = |minutes: i64| {
        let time = chrono::NaiveTime::from_num_seconds_from_midnight_opt(u32::try_from(minutes * 60).ok()?, 0)?;
        Some(from_london(day.and_time(time)))
    };
    Some((at(about.starts_at?)?, at(about.ends_at?)?))
}
