//! Listings to search.

#![allow(dead_code, reason = "each test program uses its part")]

use chrono::NaiveDate;
use domain::ids::{OpportunityId, OrganisationId, SessionId};
use domain::search::{Listing, Place, Run, Setting, Text};
use domain::time::Moment;
use domain::{Delivery, Kind, Profession};
use uuid::Uuid;

pub fn d(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, month, day).unwrap()
}

pub fn today() -> NaiveDate {
    d(3, 1)
}

pub fn leeds() -> Place {
    Place { name: "LS1".into(), latitude: 53.796, longitude: -1.547 }
}

pub const YORK: (f64, f64) = (53.96, -1.08);

pub fn run(n: u128, starts: NaiveDate, days: u64, closes: NaiveDate) -> Run {
    Run {
        id: SessionId(Uuid::from_u128(n)),
        starts_on: starts,
        ends_on: starts + chrono::Days::new(days - 1),
        starts_at: None,
        ends_at: None,
        closes_on: closes,
        capacity: 4,
        held: 1.into(),
        cancelled: false,
    }
}

/// Five days in July, in the nursing of a provider.
pub fn listing(n: u128, title: &str, at: (f64, f64), closes: NaiveDate) -> Listing {
    Listing {
        id: OpportunityId(Uuid::from_u128(n)),
        slug: format!("o-{n}"),
        title: title.into(),
        provider: OrganisationId(Uuid::nil()),
        organisation: "Aire Valley".into(),
        town: Some("Leeds".into()),
        board: None,
        region: None,
        at: Some(at),
        kind: Kind::WorkExperience,
        delivery: Delivery::InPerson,
        profession: Some(Profession::Nursing),
        setting: Some(Setting::Clinical),
        audiences: vec![],
        nothing_needed: false,
        published_at: Moment(i64::try_from(n).unwrap()),
        min_age: Some(16),
        max_age: None,
        open_ended: false,
        shows_places: true,
        runs: vec![run(n * 10, d(7, 6), 5, closes)],
        text: Text { strong: "Nursing".into(), weak: "You will meet the team.".into() },
    }
}
