//! What the open data says of an opportunity.

use chrono::NaiveDate;
use domain::search::{Hit, Listing, Place, Run};
use serde::Serialize;
use store::catalogue::Advert;
use utoipa::ToSchema;

/// An opportunity in a list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
pub struct Item {
    /// Its name in addresses; stays the same.
    #[schema(example = "a-week-with-pharmacy")]
    pub slug: String,
    /// The page for people.
    #[schema(example = "https://wex.example/opportunities/a-week-with-pharmacy")]
    pub url: String,
    /// Its title.
    pub title: String,
    /// "work_experience", "insight_day" and so on, as in the search's addresses.
    pub kind: String,
    /// "in_person", "online" or both.
    pub delivery: String,
    /// The area of work, as in the search's addresses.
    pub profession: Option<String>,
    /// "clinical" or "non-clinical".
    pub setting: Option<String>,
    /// For whom it is above all; empty for everybody.
    pub audiences: Vec<String>,
    /// Who offers it.
    pub organisation: String,
    /// Where it is.
    pub town: Option<String>,
    /// ODS code of NHS England's region.
    pub region: Option<String>,
    /// ODS code of the integrated care board.
    pub icb: Option<String>,
    /// Degrees north, of the middle of the postcode sector or district.
    pub latitude: Option<f64>,
    /// Degrees east, of the middle of the postcode sector or district.
    pub longitude: Option<f64>,
    /// About how many miles from the place that was asked for.
    pub miles: Option<f64>,
    /// The same in words.
    #[schema(example = "about 3 miles away")]
    pub away: Option<String>,
    /// When it is, in words.
    #[schema(example = "24 to 28 May 2027, and 2 more dates")]
    pub when: String,
    /// Until when people can apply for the first of its dates, in words.
    #[schema(example = "closes in 5 days, Friday 12 March")]
    pub closes: Option<String>,
    /// Youngest age on the first day.
    pub min_age: Option<u32>,
    /// Oldest age on the first day.
    pub max_age: Option<u32>,
    /// No experience and no grades are needed, says the provider.
    pub nothing_needed: bool,
    /// It can be taken at any time: there are no sessions.
    pub open_ended: bool,
    /// When it was published, by the second in UTC.
    #[schema(example = "2027-03-01T09:00:00Z")]
    pub published_at: String,
    /// Its dates that people can apply for.
    pub sessions: Vec<Session>,
}

/// A session that people can apply for.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Session {
    /// Its identifier.
    pub id: String,
    /// First day.
    #[schema(value_type = String, format = Date, example = "2027-07-05")]
    pub starts_on: NaiveDate,
    /// Last day.
    #[schema(value_type = String, format = Date, example = "2027-07-09")]
    pub ends_on: NaiveDate,
    /// Last day to apply.
    #[schema(value_type = String, format = Date, example = "2027-06-07")]
    pub closes_on: NaiveDate,
    /// Places left, where the provider shows them.
    pub places_left: Option<i64>,
}

/// Everything that is published of one opportunity.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ItemDetail {
    /// As in a list.
    #[serde(flatten)]
    pub item: Item,
    /// What people will do.
    pub summary: String,
    /// The department.
    pub department: Option<String>,
    /// Where it happens.
    pub site: Option<SitePlace>,
    /// Who it is for, in the provider's words.
    pub who_for: String,
    /// How places are given.
    pub how_places_given: String,
    /// What to wear.
    pub dress: String,
    /// What to bring.
    pub bring: String,
    /// What it costs.
    pub cost: String,
    /// Access.
    pub access: String,
    /// Buses and stops.
    pub by_bus: String,
    /// What somebody has to have, and what they do who have none.
    pub equipment: String,
    /// What comes before.
    pub steps_before: String,
    /// What usually follows.
    pub steps_after: String,
    /// Checks after somebody accepts a place.
    pub checks: Vec<String>,
    /// Working days within which the provider answers.
    pub answers_within: u32,
}

/// Where something happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SitePlace {
    /// Its name.
    pub name: String,
    /// Street.
    pub address: Option<String>,
    /// Town.
    pub town: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
}

/// A moment as RFC 3339 has it.
pub(super) fn rfc3339(at: domain::time::Moment) -> String {
    chrono::DateTime::from_timestamp_micros(at.0).unwrap_or_default().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// To three decimals, about a hundred metres: the middle of a district is not known better.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1000.0).round() / 1000.0
}

impl Item {
    pub(super) fn of(listing: &Listing, place: Option<&Place>, base_url: &str, today: NaiveDate) -> Self {
        let session = |run: &Run| Session {
            id: run.id.to_string(),
            starts_on: run.starts_on,
            ends_on: run.ends_on,
            closes_on: run.closes_on,
            places_left: listing.shows_places.then(|| run.left()),
        };
        let miles = place.and_then(|place| listing.miles_from(place));
        let hit = Hit::of(listing, miles, today);
        Self {
            slug: listing.slug.clone(),
            url: format!("{base_url}/opportunities/{}", listing.slug),
            title: listing.title.clone(),
            kind: listing.kind.as_str().into(),
            delivery: listing.delivery.as_str().into(),
            profession: listing.profession.map(|one| one.as_str().into()),
            setting: listing.setting.map(|one| one.as_str().into()),
            audiences: listing.audiences.iter().map(|one| one.as_str().into()).collect(),
            organisation: listing.organisation.to_string(),
            town: listing.town.as_deref().map(Into::into),
            region: listing.region.as_deref().map(Into::into),
            icb: listing.board.as_deref().map(Into::into),
            latitude: listing.at.map(|(latitude, _)| rounded(latitude)),
            longitude: listing.at.map(|(_, longitude)| rounded(longitude)),
            miles: miles.map(|miles| (miles * 10.0).round() / 10.0),
            away: hit.away,
            when: hit.when,
            closes: hit.closes,
            min_age: listing.min_age,
            max_age: listing.max_age,
            nothing_needed: listing.nothing_needed,
            open_ended: listing.open_ended,
            published_at: rfc3339(listing.published_at),
            sessions: listing.runs.iter().filter(|run| run.is_open(today)).map(session).collect(),
        }
    }
}

impl ItemDetail {
    pub(super) fn of(advert: Advert, base_url: &str, today: NaiveDate) -> Self {
        Self {
            item: Item::of(&advert.listing, None, base_url, today),
            summary: advert.summary,
            department: advert.department,
            site: advert.site.map(|site| SitePlace {
                name: site.name,
                address: site.address,
                town: site.town,
                postcode: site.postcode,
            }),
            who_for: advert.who_for,
            how_places_given: advert.how_places_given,
            dress: advert.dress,
            bring: advert.bring,
            cost: advert.cost,
            access: advert.access_notes,
            by_bus: advert.by_bus,
            equipment: advert.equipment,
            steps_before: advert.steps_before,
            steps_after: advert.steps_after,
            checks: advert.clearances.into_iter().map(|asked| asked.what.name).collect(),
            answers_within: advert.decide_within,
        }
    }
}
