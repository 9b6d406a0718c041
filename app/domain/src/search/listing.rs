//! What the search knows about an opportunity, and what a result says of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{Audience, Length, Setting};
use crate::calendar::age_on;
use crate::eligibility::Asks;
use crate::ids::{OpportunityId, OrganisationId, SessionId};
use crate::time::Moment;
use crate::{Delivery, Kind, Profession, eligibility, words};

/// A named point: a postcode district or a town.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// "LS1", "Leeds".
    pub name: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

impl Place {
    /// Great-circle distance in miles.
    #[must_use]
    pub fn miles_to(&self, latitude: f64, longitude: f64) -> f64 {
        const EARTH_RADIUS_MILES: f64 = 3958.8;
        let (a, b) = (self.latitude.to_radians(), latitude.to_radians());
        let half_lat = (b - a) / 2.0;
        let half_lon = (longitude - self.longitude).to_radians() / 2.0;
        let h = half_lat.sin().powi(2) + a.cos() * b.cos() * half_lon.sin().powi(2);
        2.0 * EARTH_RADIUS_MILES * h.sqrt().min(1.0).asin()
    }
}

/// How many places are held. It moves while the listing stays as it is, so that a place which is taken
/// does not mean that everything published is read again.
#[derive(Debug, Default)]
pub struct Held(AtomicI64);

impl Held {
    /// So many.
    #[must_use]
    pub fn new(held: i64) -> Self {
        Self(AtomicI64::new(held))
    }
    /// How many there are now.
    #[must_use]
    #[inline]
    pub fn get(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
    /// There are so many from now on.
    pub fn set(&self, held: i64) {
        self.0.store(held, Ordering::Relaxed);
    }
}

impl Clone for Held {
    fn clone(&self) -> Self {
        Self::new(self.get())
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl Eq for Held {}

impl From<i64> for Held {
    fn from(held: i64) -> Self {
        Self::new(held)
    }
}

/// One dated session of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its identifier.
    pub id: SessionId,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Daily start.
    pub starts_at: Option<NaiveTime>,
    /// Daily end.
    pub ends_at: Option<NaiveTime>,
    /// Last day for applications.
    pub closes_on: NaiveDate,
    /// How many can come.
    pub capacity: i64,
    /// How many places are held.
    pub held: Held,
    /// Whether the provider cancelled it.
    pub cancelled: bool,
}

impl Run {
    /// Whether an application can be sent on this day.
    #[must_use]
    pub fn is_open(&self, today: NaiveDate) -> bool {
        !self.cancelled && today <= self.closes_on && today < self.starts_on
    }
    /// How long it is.
    #[must_use]
    pub fn length(&self) -> Length {
        Length::between(self.starts_on, self.ends_on)
    }
    /// Places not held, never below nought.
    #[must_use]
    pub fn left(&self) -> i64 {
        (self.capacity - self.held.get()).max(0)
    }
}

/// A published opportunity as the catalogue holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// Its identifier.
    pub id: OpportunityId,
    /// The readable part of its address.
    pub slug: String,
    /// Title.
    pub title: String,
    /// The provider.
    pub provider: OrganisationId,
    /// Provider's name. Shared, as are towns: a thousand opportunities of one provider hold it once.
    pub organisation: Arc<str>,
    /// Town where it happens.
    pub town: Option<Arc<str>>,
    /// ODS code of the integrated care board.
    pub board: Option<Arc<str>>,
    /// ODS code of NHS England's region.
    pub region: Option<Arc<str>>,
    /// Where it happens, if we know.
    pub at: Option<(f64, f64)>,
    /// Kind.
    pub kind: Kind,
    /// In person or online.
    pub delivery: Delivery,
    /// Area of work.
    pub profession: Option<Profession>,
    /// With patients, or not.
    pub setting: Option<Setting>,
    /// For whom it is; nobody named means for everybody.
    pub audiences: Vec<Audience>,
    /// Whether the provider says that no experience and no grades are needed.
    pub nothing_needed: bool,
    /// When it was published.
    pub published_at: Moment,
    /// Youngest age.
    pub min_age: Option<u32>,
    /// Oldest age.
    pub max_age: Option<u32>,
    /// Taken at any time, without dates or places.
    pub open_ended: bool,
    /// Whether places left are shown to everybody.
    pub shows_places: bool,
    /// Sessions, earliest first.
    pub runs: Vec<Run>,
    /// What the words are matched against beside the title: the index reads it, and does not keep it.
    pub text: Text,
}

/// The words of a listing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// What says what it is, beside the title: department and area of work.
    pub strong: String,
    /// What mentions things: what somebody will do, for whom, where, whose.
    pub weak: String,
}

impl Listing {
    /// The address of its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/opportunities/{}", self.slug)
    }
    /// What one of its sessions asks of the people who come.
    #[must_use]
    pub fn asks(&self, run: &Run) -> Asks {
        Asks {
            min_age: self.min_age,
            max_age: self.max_age,
            starts_on: run.starts_on,
            closes_on: run.closes_on,
            cancelled: run.cancelled,
        }
    }
    /// Whether somebody born on `born` is of its ages on this day.
    #[must_use]
    pub fn is_for(&self, born: NaiveDate, day: NaiveDate) -> bool {
        let age = age_on(born, day);
        self.min_age.is_none_or(|min| age >= min) && self.max_age.is_none_or(|max| age <= max)
    }
    /// How far it is from a place, in miles, where it is known where it is.
    #[must_use]
    pub fn miles_from(&self, place: &Place) -> Option<f64> {
        self.at.map(|(latitude, longitude)| place.miles_to(latitude, longitude))
    }
    /// "Calder Valley NHS Trust, Halifax".
    #[must_use]
    pub fn with_whom(&self) -> String {
        match &self.town {
            Some(town) => format!("{}, {town}", self.organisation),
            None => self.organisation.to_string(),
        }
    }
    /// Whether anybody can apply or take part from this day on.
    #[must_use]
    pub fn is_open(&self, today: NaiveDate) -> bool {
        self.open_ended || self.runs.iter().any(|run| run.is_open(today))
    }
}

/// A result: what the page says, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// Address of the opportunity's page.
    pub href: String,
    /// Title.
    pub title: String,
    /// Kind in words.
    pub kind: String,
    /// "Calder Valley NHS Trust, Halifax".
    pub provider: String,
    /// "about 3 miles away".
    pub away: Option<String>,
    /// "24 to 28 May 2027, and 2 more dates", or "any time, online".
    pub when: String,
    /// "16 and over".
    pub ages: String,
    /// "closes in 5 days, Friday 12 March".
    pub closes: Option<String>,
    /// "3 places left", where the provider shows them.
    pub places: Option<String>,
}

impl Hit {
    /// What to say of a listing, to somebody who asked from `place`.
    #[must_use]
    pub fn of(listing: &Listing, miles: Option<f64>, today: NaiveDate) -> Self {
        let open: Vec<&Run> = listing.runs.iter().filter(|run| run.is_open(today)).collect();
        let online = listing.delivery == Delivery::Online;
        let when = match open.as_slice() {
            [] if listing.open_ended => {
                if online {
                    "any time, online".into()
                } else {
                    "any time".into()
                }
            }
            [] => "no open dates".into(),
            [only] => words::date_range(only.starts_on, only.ends_on),
            [first, rest @ ..] => format!(
                "{}, and {}",
                words::date_range(first.starts_on, first.ends_on),
                words::count(rest.len() as i64, "more date", "more dates")
            ),
        };
        let when = if online && !listing.open_ended { format!("{when}, online") } else { when };
        let places =
            listing.shows_places.then(|| open.iter().map(|run| run.left()).sum::<i64>()).filter(|_| !open.is_empty());
        Self {
            href: listing.href(),
            title: listing.title.clone(),
            kind: listing.kind.label().to_owned(),
            provider: listing.with_whom(),
            away: miles.filter(|_| !online).map(words::miles_away),
            when,
            ages: eligibility::ages(listing.min_age, listing.max_age),
            closes: open.iter().map(|run| run.closes_on).min().map(|day| words::closes(day, today)),
            places: places.map(|n| {
                if n == 0 {
                    "full, waiting list open".into()
                } else {
                    format!("{} left", words::count(n, "place", "places"))
                }
            }),
        }
    }
}
