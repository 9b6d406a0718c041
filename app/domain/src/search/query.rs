//! The query: read from an address leniently, written back canonically.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::choices::{Audience, Length, Setting, View};
use crate::{Delivery, Kind, Profession};

/// Results on one page.
pub const PER_PAGE: usize = 10;
/// The distances on offer, in miles.
pub const RADII: [u32; 5] = [5, 10, 20, 40, 80];

/// The order of the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// What has the words in its title or area of work before what only mentions them; within that,
    /// nearest first with a place, otherwise closing soonest.
    #[default]
    Best,
    /// Nearest; without a place, closing soonest.
    Nearest,
    /// Closing soonest.
    Closing,
    /// Starting soonest.
    Starting,
    /// Published last.
    Newest,
}

impl Sort {
    /// Every order, as people see them.
    pub const ALL: [Self; 5] = [Self::Best, Self::Nearest, Self::Closing, Self::Starting, Self::Newest];

    /// The word in the address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Nearest => "nearest",
            Self::Closing => "closing",
            Self::Starting => "starting",
            Self::Newest => "newest",
        }
    }

    /// The words that people see.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Best => "Best match",
            Self::Nearest => "Nearest",
            Self::Closing => "Closing soonest",
            Self::Starting => "Starting soonest",
            Self::Newest => "Newest",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text)
    }
}

/// What somebody is looking for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Query {
    /// Words: interest, role, place of work.
    pub what: String,
    /// Postcode, district or town, as typed.
    pub place: String,
    /// At most so many miles away; only with a place.
    pub within: Option<u32>,
    /// Kinds; none means all.
    pub kinds: Vec<Kind>,
    /// In person or online; none means all.
    pub delivery: Vec<Delivery>,
    /// Professions; none means all.
    pub professions: Vec<Profession>,
    /// With patients, or not; none means both.
    pub settings: Vec<Setting>,
    /// How long; none means any length.
    pub lengths: Vec<Length>,
    /// NHS England's regions and integrated care boards, by their ODS codes; none means all of England.
    pub areas: Vec<String>,
    /// Who asks: only what is for them, or for everybody.
    pub audience: Option<Audience>,
    /// Only what asks for no experience and no grades.
    pub nothing_needed: bool,
    /// Only what the signed-in learner can apply for. Says nothing to anybody else.
    pub mine: bool,
    /// The person's age on the first day.
    pub age: Option<u32>,
    /// Sessions that start on this day or later.
    pub from: Option<NaiveDate>,
    /// Sessions that start on this day or earlier.
    pub to: Option<NaiveDate>,
    /// Only with places left, where the provider shows them.
    pub places_left: bool,
    /// The order.
    pub sort: Sort,
    /// How the answer is shown.
    pub view: View,
    /// The month that the calendar shows, by its first day.
    pub month: Option<NaiveDate>,
    /// The page, from 1.
    pub page: usize,
}

/// At most so many areas in one query: more than there are boards.
const MOST_AREAS: usize = 60;

impl Query {
    /// Reads the pairs of an address. What cannot be understood is left out and named, in words for
    /// the person; nothing is an error.
    #[must_use]
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Self, Vec<String>) {
        let mut query = Self { page: 1, ..Self::default() };
        let mut odd = Vec::new();
        let mut date_parts: [[String; 3]; 2] = Default::default();
        for (name, value) in pairs {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match name {
                "what" => query.what = value.chars().take(100).collect(),
                "where" => query.place = value.chars().take(60).collect(),
                "within" => match value.parse::<u32>() {
                    Ok(miles) if (1..=500).contains(&miles) => query.within = Some(miles),
                    _ if value == "any" => {}
                    _ => odd.push(format!("We did not understand the distance “{}”.", short(value))),
                },
                "kind" => match Kind::parse(value) {
                    Some(kind) if !query.kinds.contains(&kind) => query.kinds.push(kind),
                    Some(_) => {}
                    None => odd.push(format!("There is no kind called “{}”.", short(value))),
                },
                "delivery" => match Delivery::parse(value) {
                    Some(way) if !query.delivery.contains(&way) => query.delivery.push(way),
                    Some(_) => {}
                    None => odd.push(format!("We did not understand “{}”. Choose in person or online.", short(value))),
                },
                "profession" => match Profession::parse(value) {
                    Some(profession) if !query.professions.contains(&profession) => query.professions.push(profession),
                    Some(_) => {}
                    None => odd.push(format!("There is no area of work called “{}”.", short(value))),
                },
                "setting" => match Setting::parse(value) {
                    Some(setting) if !query.settings.contains(&setting) => query.settings.push(setting),
                    Some(_) => {}
                    None => odd.push(format!("We did not understand “{}”. Choose with patients or not.", short(value))),
                },
                "length" => match Length::parse(value) {
                    Some(length) if !query.lengths.contains(&length) => query.lengths.push(length),
                    Some(_) => {}
                    None => odd.push(format!("There is no length called “{}”.", short(value))),
                },
                // Whether there is such an area is known to the index, which says so.
                "area" => {
                    let code: String = value.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
                    if !code.is_empty() && query.areas.len() < MOST_AREAS {
                        let code = code.to_ascii_uppercase();
                        if !query.areas.contains(&code) {
                            query.areas.push(code);
                        }
                    } else {
                        odd.push(format!("There is no area called “{}”.", short(value)));
                    }
                }
                "for" => match Audience::parse(value) {
                    Some(audience) => query.audience = Some(audience),
                    None => odd.push(format!("We did not understand who “{}” are.", short(value))),
                },
                "needs" => query.nothing_needed = value == "nothing",
                "mine" => query.mine = value == "yes",
                "view" => match View::parse(value) {
                    Some(view) => query.view = view,
                    None => odd.push(format!("We cannot show the results as “{}”.", short(value))),
                },
                "month" => match format!("{value}-01").parse::<NaiveDate>() {
                    Ok(day) => query.month = Some(day),
                    Err(_) => odd.push(format!("Enter a real month. We did not understand “{}”.", short(value))),
                },
                "age" => match value.parse::<u32>() {
                    Ok(age) if (1..=110).contains(&age) => query.age = Some(age),
                    _ => odd.push(format!("Enter an age in years, like 15. We did not understand “{}”.", short(value))),
                },
                "from" | "to" => match value.parse::<NaiveDate>() {
                    Ok(day) if name == "from" => query.from = Some(day),
                    Ok(day) => query.to = Some(day),
                    Err(_) => odd.push(format!("Enter a real date. We did not understand “{}”.", short(value))),
                },
                "from-day" => date_parts[0][2] = value.to_owned(),
                "from-month" => date_parts[0][1] = value.to_owned(),
                "from-year" => date_parts[0][0] = value.to_owned(),
                "to-day" => date_parts[1][2] = value.to_owned(),
                "to-month" => date_parts[1][1] = value.to_owned(),
                "to-year" => date_parts[1][0] = value.to_owned(),
                "places" => query.places_left = value == "left",
                "sort" => match Sort::parse(value) {
                    Some(sort) => query.sort = sort,
                    None => odd.push(format!("We cannot sort by “{}”.", short(value))),
                },
                "page" => match value.parse::<usize>() {
                    Ok(page) if page > 0 => query.page = page,
                    _ => odd.push(format!("There is no page “{}”.", short(value))),
                },
                _ => odd.push(format!("We do not know the filter “{}”.", short(name))),
            }
        }
        for (at, parts) in date_parts.iter().enumerate() {
            if parts.iter().all(String::is_empty) {
                continue;
            }
            let day = match (parts[0].parse(), parts[1].parse(), parts[2].parse()) {
                (Ok(y), Ok(m), Ok(d)) => NaiveDate::from_ymd_opt(y, m, d),
                _ => None,
            };
            match (day, at) {
                (Some(day), 0) => query.from = Some(day),
                (Some(day), _) => query.to = Some(day),
                (None, _) => odd.push("Enter a real date, with day, month and year.".into()),
            }
        }
        if let (Some(from), Some(to)) = (query.from, query.to)
            && to < from
        {
            odd.push("The last day is before the first. Change one of the two dates.".into());
        }
        odd.truncate(5);
        (query, odd)
    }

    /// The pairs of the canonical address, without what is left at its default.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.what.is_empty() {
            pairs.push(("what", self.what.clone()));
        }
        if !self.place.is_empty() {
            pairs.push(("where", self.place.clone()));
        }
        pairs.extend(self.within.map(|miles| ("within", miles.to_string())));
        pairs.extend(self.kinds.iter().map(|k| ("kind", k.as_str().to_owned())));
        pairs.extend(self.delivery.iter().map(|d| ("delivery", d.as_str().to_owned())));
        pairs.extend(self.professions.iter().map(|p| ("profession", p.as_str().to_owned())));
        pairs.extend(self.settings.iter().map(|s| ("setting", s.as_str().to_owned())));
        pairs.extend(self.lengths.iter().map(|l| ("length", l.as_str().to_owned())));
        pairs.extend(self.areas.iter().map(|code| ("area", code.clone())));
        pairs.extend(self.audience.map(|audience| ("for", audience.as_str().to_owned())));
        if self.nothing_needed {
            pairs.push(("needs", "nothing".into()));
        }
        if self.mine {
            pairs.push(("mine", "yes".into()));
        }
        pairs.extend(self.age.map(|age| ("age", age.to_string())));
        pairs.extend(self.from.map(|day| ("from", day.to_string())));
        pairs.extend(self.to.map(|day| ("to", day.to_string())));
        if self.places_left {
            pairs.push(("places", "left".into()));
        }
        if self.sort != Sort::Best {
            pairs.push(("sort", self.sort.as_str().into()));
        }
        if self.view != View::List {
            pairs.push(("view", self.view.as_str().into()));
        }
        pairs.extend(self.month.map(|day| ("month", day.format("%Y-%m").to_string())));
        if self.page > 1 {
            pairs.push(("page", self.page.to_string()));
        }
        pairs
    }

    /// The address of this search.
    #[must_use]
    pub fn address(&self) -> String {
        let pairs = self.pairs();
        if pairs.is_empty() {
            return "/opportunities".into();
        }
        let text: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        format!("/opportunities?{}", text.join("&"))
    }

    /// The chosen filters, each in words and with the query that has it taken away. `area` says what an area
    /// of this code is called.
    #[must_use]
    pub fn chosen(&self, area: impl Fn(&str) -> Option<String>) -> Vec<(String, Self)> {
        let mut chosen = Vec::new();
        let without = |change: &dyn Fn(&mut Self)| {
            let mut query = Self { page: 1, ..self.clone() };
            change(&mut query);
            query
        };
        if let (Some(miles), false) = (self.within, self.place.is_empty()) {
            chosen.push((format!("Within {miles} miles"), without(&|q| q.within = None)));
        }
        for kind in &self.kinds {
            chosen.push((kind.label().to_owned(), without(&|q| q.kinds.retain(|k| k != kind))));
        }
        for way in &self.delivery {
            chosen.push((way.label().to_owned(), without(&|q| q.delivery.retain(|d| d != way))));
        }
        for profession in &self.professions {
            chosen.push((profession.label().to_owned(), without(&|q| q.professions.retain(|p| p != profession))));
        }
        for setting in &self.settings {
            chosen.push((setting.label().to_owned(), without(&|q| q.settings.retain(|s| s != setting))));
        }
        for length in &self.lengths {
            chosen.push((length.label().to_owned(), without(&|q| q.lengths.retain(|l| l != length))));
        }
        for code in &self.areas {
            let name = area(code).unwrap_or_else(|| code.clone());
            chosen.push((name, without(&|q| q.areas.retain(|a| a != code))));
        }
        if let Some(audience) = self.audience {
            chosen.push((format!("For {}", audience.label()), without(&|q| q.audience = None)));
        }
        if self.nothing_needed {
            chosen.push(("No experience or grades needed".to_owned(), without(&|q| q.nothing_needed = false)));
        }
        if self.mine {
            chosen.push(("Only what I can apply for".to_owned(), without(&|q| q.mine = false)));
        }
        if let Some(age) = self.age {
            chosen.push((format!("Age {age}"), without(&|q| q.age = None)));
        }
        if let Some(day) = self.from {
            chosen.push((format!("From {}", crate::words::short_date(day)), without(&|q| q.from = None)));
        }
        if let Some(day) = self.to {
            chosen.push((format!("Until {}", crate::words::short_date(day)), without(&|q| q.to = None)));
        }
        if self.places_left {
            chosen.push(("Places left".to_owned(), without(&|q| q.places_left = false)));
        }
        chosen
    }
}

fn short(text: &str) -> String {
    text.chars().take(30).collect()
}

/// Percent-encoding for the value of an address, with "+" for a space, as forms write it.
fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            b' ' => out.push('+'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back_as_written() {
        let query = Query {
            what: "A&E nurse".into(),
            place: "LS1 4AP".into(),
            within: Some(10),
            kinds: vec![Kind::WorkExperience],
            professions: vec![Profession::Nursing, Profession::Ambulance],
            settings: vec![Setting::Clinical],
            lengths: vec![Length::Week],
            areas: vec!["QWO".into()],
            audience: Some(Audience::CareLeavers),
            nothing_needed: true,
            age: Some(15),
            from: NaiveDate::from_ymd_opt(2027, 7, 1),
            sort: Sort::Newest,
            view: View::Calendar,
            month: NaiveDate::from_ymd_opt(2027, 7, 1),
            page: 3,
            ..Query::default()
        };
        assert_eq!(
            query.address(),
            "/opportunities?what=A%26E+nurse&where=LS1+4AP&within=10&kind=work_experience&profession=nursing&profession=ambulance&setting=clinical&length=week&area=QWO&for=care-leavers&needs=nothing&age=15&from=2027-07-01&sort=newest&view=calendar&month=2027-07&page=3"
        );
        let pairs = query.pairs();
        let (again, odd) = Query::read(pairs.iter().map(|(n, v)| (*n, v.as_str())));
        assert_eq!(again, query);
        assert!(odd.is_empty());
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let (query, odd) = Query::read([
            ("age", "fifteen"),
            ("kind", "'; drop table"),
            ("page", "0"),
            ("colour", "red"),
            ("what", &"x".repeat(10_000)),
        ]);
        assert_eq!(query.page, 1);
        assert_eq!(query.what.len(), 100);
        assert_eq!(odd.len(), 4);
        assert!(odd[0].contains("fifteen"));
        let days = |from, to| Query::read([("from", from), ("to", to)]).1;
        assert_eq!(days("2027-07-01", "2027-06-30").len(), 1);
        assert!(days("2027-07-01", "2027-07-01").is_empty());
    }

    #[test]
    fn a_chosen_filter_can_be_taken_away() {
        let query = Query { kinds: vec![Kind::WorkExperience], age: Some(15), page: 2, ..Query::default() };
        let chosen = query.chosen(|_| None);
        assert_eq!(chosen.len(), 2);
        assert_eq!(chosen[1].1, Query { kinds: vec![Kind::WorkExperience], page: 1, ..Query::default() });
    }
}
