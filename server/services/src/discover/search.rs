//! The search page and the way in.

use domain::Profession;
use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use domain::search::{Query, Results, View};
use finding::{Begins, Person};
use store::places::Gazetteer;

use crate::{Ctx, Error, Result};

/// The page of results for a query. `odd` is what was not understood so far, in words; an unknown place
/// is added to it, and the search goes on without.
///
/// Nothing that somebody types is an error: the answer is always a page.
///
/// # Errors
/// [`Error::TooMany`] beyond the searches a minute of the settings; otherwise when the store fails.
pub async fn search(ctx: &Ctx, query: Query, mut odd: Vec<String>) -> Result<Answer> {
    let services = &ctx.services;
    let most = services.settings.searches_per_minute;
    if let (Some(address), 1..) = (ctx.address, most) {
        services.catalogue.limit.count(address, services.now(), most).map_err(Error::TooMany)?;
    }
    let held = services.catalogue.current(services).await?;
    let place = held.places.find(&query.place);
    if place.is_none() && !query.place.trim().is_empty() {
        let meant = like(&held.places, &query.place).map(|town| format!(" Did you mean {town}?")).unwrap_or_default();
        odd.push(format!(
            "We do not know the place “{}”.{meant} Enter a postcode or town, like LS1 4AP or Leeds.",
            shortened(&query.place)
        ));
    }
    let person = match ctx.actor.as_ref().filter(|actor| query.mine && actor.is_learner()) {
        Some(actor) => match actor.born {
            Some(born) => {
                let mut tx = services.db.read().await?;
                let mine = store::applications::list_of_learner(&mut tx, actor.account).await?;
                let applied = mine.iter().filter(|one| one.state.is_live()).map(|one| one.session).collect();
                Some(Person { born, applied })
            }
            None => None,
        },
        None => None,
    };
    let today = services.today();
    let results = held.index.search(&query, place.as_ref(), person.as_ref(), odd, today);
    let calendar = (results.query.view == View::Calendar && results.total > 0).then(|| {
        let month = results.query.month.or(results.query.from).unwrap_or(today).max(today);
        let month = month.with_day(1).unwrap_or(month);
        let last = month.checked_add_months(Months::new(1)).and_then(|day| day.pred_opt()).unwrap_or(month);
        let days =
            held.index.calendar(&results.query, place.as_ref(), person.as_ref(), (month, last), NAMED_A_DAY, today);
        Calendar { month, today, days }
    });
    Ok(Answer { results, calendar })
}

/// The town whose name is a slip of the finger away from what was typed.
fn like(places: &Gazetteer, typed: &str) -> Option<String> {
    let typed = typed.trim().to_lowercase();
    // No town is called as long as that, and comparing takes its time.
    let most = if typed.chars().count() > 40 { 0 } else { finding::most_slips(&typed) };
    if most == 0 {
        return None;
    }
    let near = |name: &str| finding::slips(&typed, &name.to_lowercase(), most).map(|slips| (slips, name.to_owned()));
    places.names().filter_map(near).min().map(|(_, name)| name)
}

/// How many the calendar names on one day.
const NAMED_A_DAY: usize = 5;

/// What is found, and how it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The page of results, and what every choice would find.
    pub results: Results,
    /// With the calendar's view: a month of it.
    pub calendar: Option<Calendar>,
}

/// What begins in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// Its first day.
    pub month: NaiveDate,
    /// Today in London.
    pub today: NaiveDate,
    /// The days on which something begins.
    pub days: BTreeMap<NaiveDate, Begins>,
}

/// What somebody typed, short enough to be quoted.
fn shortened(typed: &str) -> String {
    let mut text: String = typed.chars().take(40).collect();
    if text.len() < typed.len() {
        text.push('…');
    }
    text
}

/// What the first page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// Areas of work that somebody can apply for now, with how many opportunities each has.
    pub professions: Vec<(Profession, usize)>,
    /// How many opportunities there are now.
    pub total: usize,
}

/// What the first page says. Its numbers are those that a search would find.
///
/// # Errors
/// When the store fails.
pub async fn home(ctx: &Ctx) -> Result<Home> {
    let held = ctx.services.catalogue.current(&ctx.services).await?;
    let all = held.index.search(&Query::default(), None, None, Vec::new(), ctx.services.today());
    let professions = all.counts.professions.into_iter().filter(|(_, count)| *count > 0).collect();
    Ok(Home { professions, total: all.total })
}
