//! What an understood row makes of an opportunity: a new one, or the next version of a stored one.

use chrono::{NaiveDate, NaiveTime};
use domain::publishing::{self, Facts, Missing, NO_LIMIT, RunFacts};
use domain::{Delivery, Kind, Profession, words};
use sheets::{Note, UnderstoodRow};
use store::opportunities::{Opportunity, Particulars, Site};
use store::sessions::Session;

/// What is stored already about a row's opportunity.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    pub(super) opportunity: Opportunity,
    pub(super) site: Option<Site>,
    pub(super) particulars: Particulars,
    /// The session that the row is about.
    pub(super) session: Option<Session>,
    /// The others.
    pub(super) other_sessions: Vec<Session>,
    /// Applications from sent to confirmed.
    pub(super) live: i64,
}

/// The dates and places that a row gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) starts_on: NaiveDate,
    pub(super) ends_on: NaiveDate,
    pub(super) starts_at: Option<NaiveTime>,
    pub(super) ends_at: Option<NaiveTime>,
    pub(super) closes_on: NaiveDate,
    pub(super) capacity: i64,
}

/// Where it happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Venue {
    pub(super) name: String,
    pub(super) town: Option<String>,
    pub(super) postcode: Option<String>,
}

/// Everything that the opportunity will say.
#[derive(Debug, Clone)]
pub(super) struct Merged {
    pub(super) kind: Kind,
    pub(super) delivery: Delivery,
    pub(super) department: Option<String>,
    pub(super) profession: Option<Profession>,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) who_for: String,
    pub(super) dress: String,
    pub(super) contact_email: Option<String>,
    pub(super) min_age: Option<u32>,
    pub(super) max_age: Option<u32>,
    pub(super) venue: Option<Venue>,
    pub(super) particulars: Particulars,
    pub(super) run: Option<Run>,
    pub(super) notes: Vec<String>,
    pub(super) missing: Vec<Missing>,
}

/// Reads a row together with what is stored. What the row does not say and a coordinator may have filled in
/// since, stays: places, ages, place, postcode, what learners do, dates, and
/// what helps people to come.
pub(super) fn merge(row: &UnderstoodRow, stored: Option<&Stored>, today: NaiveDate) -> Merged {
    let before = stored.map(|stored| &stored.opportunity);
    let mut notes: Vec<String> = row.notes.iter().map(note_in_words).collect();
    let summary = row.what_you_will_do.clone().or_else(|| before.map(|o| o.summary.clone())).unwrap_or_default();
    let (min_age, max_age) = match (row.min_age, row.max_age, before) {
        (None, None, Some(before)) => (before.min_age, before.max_age),
        (min, max, _) => (min.map(u32::from), max.map(u32::from)),
    };
    let unread = unread(row);
    let delivery = match before {
        // The row could not say; a coordinator has said since.
        Some(before) if unread.contains(&Missing::Delivery) && !before.missing.contains(&Missing::Delivery) => {
            before.delivery
        }
        _ => row.delivery,
    };
    let unread: Vec<Missing> =
        unread.into_iter().filter(|what| before.is_none_or(|before| before.missing.contains(what))).collect();
    let venue = venue(row, stored.and_then(|stored| stored.site.as_ref()));
    let run = run(row, stored.and_then(|stored| stored.session.as_ref()), &mut notes);
    let runs: Vec<RunFacts> = stored
        .map(|stored| stored.other_sessions.as_slice())
        .unwrap_or_default()
        .iter()
        .map(|session| RunFacts {
            starts_on: session.starts_on,
            closes_on: session.closes_on,
            capacity: session.capacity,
        })
        .chain(run.map(|run| RunFacts { starts_on: run.starts_on, closes_on: run.closes_on, capacity: run.capacity }))
        .collect();
    let facts = Facts {
        delivery,
        open_ended: false,
        summary: &summary,
        min_age,
        place: venue.as_ref().map(|venue| venue.name.as_str()),
        postcode: venue.as_ref().and_then(|venue| venue.postcode.as_deref()),
        unread: &unread,
        runs: &runs,
    };
    let missing = publishing::missing(&facts, today);
    Merged {
        kind: row.kind,
        delivery,
        department: row.department.clone(),
        profession: row.department.as_deref().and_then(Profession::guess).or_else(|| Profession::guess(&row.title)),
        title: row.title.clone(),
        who_for: row.who_for.clone().unwrap_or_default(),
        dress: row.dress.clone().unwrap_or_default(),
        contact_email: row.contact_email.clone().or_else(|| before.and_then(|o| o.contact_email.clone())),
        summary,
        min_age,
        max_age,
        venue,
        particulars: particulars(row, stored.map(|stored| &stored.particulars)),
        run,
        notes,
        missing,
    }
}

/// What the row says of it, over what is stored: an empty cell takes nothing away.
fn particulars(row: &UnderstoodRow, before: Option<&Particulars>) -> Particulars {
    let before = before.cloned().unwrap_or_default();
    Particulars {
        setting: row.setting.or(before.setting),
        audiences: match &row.audiences {
            Some(named) => Some(named.clone()).filter(|named| !named.is_empty()),
            None => before.audiences,
        },
        nothing_needed: row.nothing_needed.unwrap_or(before.nothing_needed),
        by_bus: row.by_bus.clone().unwrap_or(before.by_bus),
        equipment: row.equipment.clone().unwrap_or(before.equipment),
        steps_before: row.steps_before.clone().unwrap_or(before.steps_before),
        steps_after: row.steps_after.clone().unwrap_or(before.steps_after),
    }
}

/// "Min age: we read “over 16” as 16 and over".
pub(super) fn note_in_words(note: &Note) -> String {
    let Note { column, value, understood_as } = note;
    match (value.as_str(), understood_as.strip_prefix("taken as ")) {
        ("", _) => format!("{column}: {understood_as}"),
        (value, Some(meaning)) => format!("{column}: we read “{value}” as {meaning}"),
        (value, None) => format!("{column} “{value}”: {understood_as}"),
    }
}

fn unread(row: &UnderstoodRow) -> Vec<Missing> {
    row.missing
        .iter()
        .filter_map(|missing| match missing {
            sheets::Missing::Delivery => Some(Missing::Delivery),
            sheets::Missing::Times => Some(Missing::Times),
            sheets::Missing::Contact => Some(Missing::Contact),
            // The facts themselves say that these are missing.
            _ => None,
        })
        .collect()
}

fn venue(row: &UnderstoodRow, before: Option<&Site>) -> Option<Venue> {
    let town = row.town.clone();
    let name = row.place.as_deref().map(|place| {
        // "Worthing Hospital, Worthing": the town stands in a field of its own.
        let without =
            town.as_deref().and_then(|town| place.strip_suffix(town)).map(|rest| rest.trim_end_matches([',', ' ']));
        without.filter(|rest| !rest.is_empty()).unwrap_or(place).to_owned()
    });
    let name = name.or_else(|| before.map(|site| site.name.clone())).or_else(|| town.clone());
    let postcode = row.postcode.clone().or_else(|| before.and_then(|site| site.postcode.clone()));
    let town = town.or_else(|| before.and_then(|site| site.town.clone()));
    match (name, &postcode) {
        (None, None) => None,
        (name, _) => Some(Venue { name: name.unwrap_or_default(), town, postcode }),
    }
}

fn run(row: &UnderstoodRow, before: Option<&Session>, notes: &mut Vec<String>) -> Option<Run> {
    let no_number = if row.missing.contains(&sheets::Missing::Places) {
        before.map_or(0, |session| session.capacity)
    } else {
        NO_LIMIT
    };
    let capacity = row.capacity.map_or(no_number, i64::from);
    let Some(starts_on) = row.start else {
        if let Some(session) = before {
            return Some(Run {
                starts_on: session.starts_on,
                ends_on: session.ends_on,
                starts_at: row.daily_start.or(session.starts_at),
                ends_at: row.daily_end.or(session.ends_at),
                closes_on: row.closing.filter(|day| *day <= session.starts_on).unwrap_or(session.closes_on),
                capacity,
            });
        }
        // Without a first day there is no session to keep these in.
        notes.extend(
            row.capacity
                .map(|n| format!("kept for when the dates are known: {}", words::count(n.into(), "place", "places"))),
        );
        notes.extend(row.daily_start.map(|from| {
            let times =
                row.daily_end.map_or_else(|| format!("from {}", words::time(from)), |to| words::time_range(from, to));
            format!("kept for when the dates are known: {times}")
        }));
        notes.extend(
            row.closing.map(|day| format!("kept for when the dates are known: closing date {}", words::long_date(day))),
        );
        return None;
    };
    let closes_on = row.closing.unwrap_or_else(|| {
        let day = publishing::usual_closing(row.kind, starts_on);
        notes.push(format!("No closing date is written: we took {}", words::long_date(day)));
        day
    });
    Some(Run {
        starts_on,
        ends_on: row.end.unwrap_or(starts_on),
        starts_at: row.daily_start,
        ends_at: row.daily_end,
        closes_on,
        capacity,
    })
}

/// What a row says, hashed: without its line, and without the remarks about how it was written.
pub(super) fn row_hash(row: &UnderstoodRow) -> crate::Result<String> {
    let plain = UnderstoodRow { line: 0, organisation: String::new(), notes: Vec::new(), ..row.clone() };
    let text = serde_json::to_string(&plain).map_err(|error| crate::Error::Unexpected(error.to_string()))?;
    Ok(crate::context::hash(&text))
}
