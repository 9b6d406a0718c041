//! When things run, by when one applies, and how many can come.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use domain::ids::{OpportunityId, SessionId};
use domain::publishing::usual_closing;
use domain::{Delivery, Kind};
use store::sessions::Session;

use super::opportunities::Advert;
use super::plan::{Date, MORE, Planned};
use super::stage::Stage;
use super::texts::Dress;

/// An advert's sessions, earliest first, each with its place in the plan; none for what is taken at any time.
pub(super) fn sessions(
    stage: &mut Stage<'_>,
    advert: &Advert<'_>,
    opportunity: OpportunityId,
) -> Vec<(Session, Option<Planned>)> {
    if advert.open_ended {
        return Vec::new();
    }
    let (opens, ends) = times(stage, advert);
    let mut dates: Vec<(NaiveDate, NaiveDate, NaiveDate)> = Vec::new();
    let mut plans: Vec<Planned> = advert.plan.into_iter().collect();
    if plans.first().is_some_and(|plan| plan.date == Date::LastMonth) {
        plans.extend(MORE);
    }
    if advert.plan.is_some() {
        let before = i64::try_from(advert.provider).unwrap_or(0);
        dates.extend(plans.iter().map(|plan| plan.dates(stage, before)));
    } else {
        let count = stage.one_of(&[1, 1, 2, 2, 3]);
        for _ in 0..count {
            let offset = if advert.past { -stage.number(20, 120) } else { stage.number(3, 240) };
            let (first, last) = stage.week_days(stage.day(offset), advert.days);
            // At least a week lies between two of them.
            if dates.iter().all(|(known, ..)| (*known - first).num_days().abs() >= 7) {
                dates.push((first, last, closing(stage, advert, first)));
            }
        }
        dates.sort_unstable();
    }
    dates
        .into_iter()
        .enumerate()
        .map(|(number, (starts_on, ends_on, closes_on))| {
            let plan = plans.get(number).copied();
            let session = Session {
                id: SessionId(stage.services.uuid()),
                opportunity,
                starts_on,
                ends_on,
                starts_at: NaiveTime::from_hms_opt(opens.0, opens.1, 0),
                ends_at: NaiveTime::from_hms_opt(ends.0, ends.1, 0),
                closes_on,
                capacity: match plan {
                    Some(plan) => plan.capacity,
                    None if advert.draft => 0,
                    None if advert.kind == Kind::WorkExperience => stage.one_of(&[1, 2, 2, 3, 4, 4, 6, 8]),
                    None => stage.number(8, 20),
                },
                held: 0,
                cancelled_at: None,
            };
            (session, plan)
        })
        .collect()
}

/// The usual closing date; where that is over already, as late as it can be.
fn closing(stage: &Stage<'_>, advert: &Advert<'_>, first: NaiveDate) -> NaiveDate {
    let usual = usual_closing(advert.kind, first);
    if advert.past || usual > stage.today {
        return usual;
    }
    let late = stage.services.working_days.before(first, 2);
    if late > stage.today { late } else { first - TimeDelta::days(1) }
}

fn times(stage: &mut Stage<'_>, advert: &Advert<'_>) -> ((u32, u32), (u32, u32)) {
    match (advert.kind, advert.delivery) {
        (Kind::WorkExperience, _) if advert.dress == Dress::Practical => ((8, 0), (14, 30)),
        (Kind::WorkExperience, _) => {
            stage.one_of(&[((9, 0), (15, 30)), ((9, 30), (15, 30)), ((9, 0), (16, 0)), ((10, 0), (15, 0))])
        }
        (Kind::WorkRelatedLearning, _) => ((10, 0), (15, 0)),
        (Kind::CareersInformation, Delivery::Online) => ((16, 30), (17, 30)),
        (Kind::CareersInformation, _) => ((17, 0), (19, 0)),
    }
}
