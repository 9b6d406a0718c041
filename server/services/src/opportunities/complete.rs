//! Filling what a draft lacks. What can be read is saved; what cannot is kept as typed, so that the page
//! shows it again with what is wrong.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::ids::{OpportunityId, SessionId, SiteId};
use domain::publishing::{Missing, NO_LIMIT, Status, usual_closing};
use domain::understand::{self, Problem, is_blank, tidy};
use domain::{Delivery, Kind};
use store::Tx;
use store::opportunities::{Opportunity, Site};
use store::sessions::Session;

use super::{Loaded, load, missing, save};
use crate::{Ctx, Error, Result};

/// A box of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Its name.
    pub name: &'static str,
    /// It is shown when one of these is missing.
    pub shown_for: &'static [Missing],
    /// Its label.
    pub label: &'static str,
    /// Its hint.
    pub hint: &'static str,
}

/// Every box, in the order of the page.
pub const BOXES: [Question; 11] = [
    Question {
        name: "summary",
        shown_for: &[Missing::Summary],
        label: "What learners will do",
        hint: "A few sentences: what a day looks like, and whom they will meet.",
    },
    Question { name: "delivery", shown_for: &[Missing::Delivery], label: "In person or online", hint: "" },
    Question {
        name: "starts_on",
        shown_for: &[Missing::Dates, Missing::FutureDates],
        label: "First day",
        hint: "For example, 24/05/2027.",
    },
    Question {
        name: "ends_on",
        shown_for: &[Missing::Dates, Missing::FutureDates],
        label: "Last day",
        hint: "Leave this blank if it is one day.",
    },
    Question {
        name: "closes_on",
        shown_for: &[Missing::Dates, Missing::FutureDates],
        label: "Last day to apply",
        hint: "Leave this blank for our usual date: four weeks before work experience, else the day before.",
    },
    Question {
        name: "times",
        shown_for: &[Missing::Times],
        label: "Times of the day",
        hint: "For example, 9:30am to 3:30pm. Leave this blank if they differ.",
    },
    Question {
        name: "places",
        shown_for: &[Missing::Places, Missing::Dates],
        label: "Number of places",
        hint: "How many people can come. Type “no limit” if everybody can.",
    },
    Question {
        name: "min_age",
        shown_for: &[Missing::MinAge],
        label: "Youngest age",
        hint: "In years, on the first day. For example, 16, or 14 to 18.",
    },
    Question {
        name: "place",
        shown_for: &[Missing::Where],
        label: "Where it is",
        hint: "The site’s name, and the town. For example, York Hospital, York.",
    },
    Question {
        name: "postcode",
        shown_for: &[Missing::Postcode],
        label: "Postcode",
        hint: "So that people nearby can find it. For example, LS1 4AP.",
    },
    Question {
        name: "contact_email",
        shown_for: &[Missing::Contact],
        label: "Email address for questions",
        hint: "Leave this blank for none.",
    },
];

/// Fills what was typed into a draft, by name of the box. Blank boxes change nothing, but say that there
/// are no times or no contact where what was written before could not be read.
///
/// # Errors
/// [`Error::NotFound`] for anybody who may not post for its organisation; [`Error::Refused`] once it is
/// published, or when somebody else changed it at the same moment.
pub async fn complete(ctx: &Ctx, id: OpportunityId, typed: &BTreeMap<String, String>) -> Result<()> {
    let services = &ctx.services;
    let today = services.today();
    let mut tx = services.db.write().await?;
    let Loaded { mut opportunity, site, mut sessions, actor } =
        load(ctx, &mut tx, id, |membership| membership.can_post).await?;
    if opportunity.status == Status::Published {
        return Err(Error::refused("This opportunity is published already, so nothing is missing."));
    }
    let wrong = problems(typed, today);
    let read =
        |name: &str| typed.get(name).map(String::as_str).filter(|text| !is_blank(text) && !wrong.contains_key(name));
    let blank = |name: &str| typed.get(name).is_some_and(|text| is_blank(text));
    if let Some(text) = read("summary") {
        opportunity.summary = tidy(text);
    }
    if let Some(delivery) = read("delivery").and_then(Delivery::parse) {
        opportunity.delivery = delivery;
        settle(&mut opportunity, Missing::Delivery);
    }
    if let Some(ages) = read("min_age").and_then(|text| understand::ages(text).ok()) {
        opportunity.min_age = ages.value.min.map(u32::from);
        opportunity.max_age = ages.value.max.map(u32::from).or(opportunity.max_age);
    }
    if let Some(email) = read("contact_email").and_then(|text| understand::email(text).ok()) {
        opportunity.contact_email = Some(email.value);
        settle(&mut opportunity, Missing::Contact);
    } else if blank("contact_email") {
        settle(&mut opportunity, Missing::Contact);
    }
    if read("times").is_some() || blank("times") {
        settle(&mut opportunity, Missing::Times);
    }
    let site = self::site(&mut tx, ctx, &opportunity, site, read("place"), read("postcode")).await?;
    opportunity.site = site.as_ref().map(|site| site.id);
    run(&mut tx, ctx, &opportunity, &mut sessions, &read).await?;
    opportunity.missing = missing(&opportunity, site.as_ref(), &sessions, today);
    let kept: BTreeMap<&String, &String> = wrong.iter().map(|(name, (text, _))| (name, text)).collect();
    let kept = serde_json::to_string(&kept).map_err(|error| Error::Unexpected(error.to_string()))?;
    store::opportunities::save_typed(&mut tx, id, &kept).await?;
    save(&mut tx, ctx, &mut opportunity, actor, "complete_opportunity").await?;
    Ok(tx.commit().await?)
}

fn settle(opportunity: &mut Opportunity, what: Missing) {
    opportunity.missing.retain(|missing| *missing != what);
}

/// What cannot be read of what was typed, with why.
pub(super) fn problems(typed: &BTreeMap<String, String>, today: NaiveDate) -> BTreeMap<String, (String, Problem)> {
    let mut wrong = BTreeMap::new();
    let mut first_day = None;
    for name in BOXES.map(|one| one.name) {
        let Some(text) = typed.get(name).filter(|text| !is_blank(text)) else { continue };
        let problem = match name {
            "delivery" => Delivery::parse(text)
                .is_none()
                .then(|| Problem::new("This is neither in person nor online.", "Choose one of the three.")),
            "starts_on" => match understand::date(text, today) {
                Ok(taken) => {
                    first_day = Some(taken.value);
                    (taken.value <= today).then(|| {
                        Problem::new("The first day has passed, or is today.", "Type a day that is still to come.")
                    })
                }
                Err(problem) => Some(problem),
            },
            "ends_on" | "closes_on" => match (understand::date(text, today), first_day) {
                (Err(problem), _) => Some(problem),
                (Ok(_), None) => Some(Problem::new("The first day is missing.", "Type the first day too.")),
                (Ok(day), Some(first)) if name == "ends_on" && day.value < first => Some(Problem::new(
                    "The last day is before the first.",
                    "Type a last day that is not before the first.",
                )),
                (Ok(day), Some(first)) if name == "closes_on" && day.value > first => Some(Problem::new(
                    "The last day to apply is after the first day.",
                    "Type a day that is not after the first.",
                )),
                (Ok(day), Some(_)) if name == "closes_on" && day.value < today => {
                    Some(Problem::new("The last day to apply has passed.", "Type a day that is still to come."))
                }
                _ => None,
            },
            "times" => understand::hours(text).err(),
            "places" => places(text).err(),
            "min_age" => match understand::ages(text) {
                Ok(taken) if taken.value.min.is_none() => {
                    Some(Problem::new("There is no age here.", "Type the youngest age in years, like 16."))
                }
                Ok(_) => None,
                Err(problem) => Some(problem),
            },
            "postcode" => understand::postcode(text).err(),
            "contact_email" => understand::email(text).err(),
            _ => None,
        };
        if let Some(problem) = problem {
            wrong.insert(name.to_owned(), (text.clone(), problem));
        }
    }
    wrong
}

fn places(text: &str) -> Result<i64, Problem> {
    if matches!(tidy(text).to_lowercase().as_str(), "no limit" | "unlimited" | "everybody" | "everyone") {
        return Ok(NO_LIMIT);
    }
    let taken = understand::places(text)?;
    taken
        .value
        .capacity
        .map(i64::from)
        .ok_or_else(|| Problem::new("There is no number here.", "Type how many people can come, like 6."))
}

/// The site with what was typed, a new one where that makes another.
async fn site(
    tx: &mut Tx,
    ctx: &Ctx,
    opportunity: &Opportunity,
    before: Option<Site>,
    place: Option<&str>,
    postcode: Option<&str>,
) -> Result<Option<Site>> {
    let postcode = postcode.and_then(|text| understand::postcode(text).ok()).map(|taken| taken.value);
    if place.is_none() && postcode.is_none() {
        return Ok(before);
    }
    let mut site = before.unwrap_or(Site {
        id: SiteId(ctx.services.uuid()),
        organisation: opportunity.organisation,
        name: String::new(),
        address: None,
        town: None,
        postcode: None,
        latitude: None,
        longitude: None,
        directions: None,
    });
    if let Some(place) = place {
        let place = tidy(place);
        match place.rsplit_once(',') {
            Some((name, town)) => (site.name, site.town) = (name.trim().to_owned(), Some(town.trim().to_owned())),
            None => site.name = place,
        }
    }
    site.postcode = postcode.or(site.postcode);
    // A site belongs to other opportunities too, so a changed one is another.
    site.id = SiteId(ctx.services.uuid());
    let id = store::opportunities::find_or_insert_site(tx, &site).await?;
    Ok(store::opportunities::find_site(tx, id).await?)
}

/// The first session with what was typed; a new one where there is none.
async fn run<'a>(
    tx: &mut Tx,
    ctx: &Ctx,
    opportunity: &Opportunity,
    sessions: &mut Vec<Session>,
    read: &impl Fn(&str) -> Option<&'a str>,
) -> Result<()> {
    let today = ctx.services.today();
    let day = |name: &str| read(name).and_then(|text| understand::date(text, today).ok()).map(|taken| taken.value);
    let starts_on = day("starts_on");
    let capacity = read("places").and_then(|text| places(text).ok());
    let hours = read("times").and_then(|text| understand::hours(text).ok()).map(|taken| taken.value);
    let usual = |first: NaiveDate| usual_closing(opportunity.kind, first).max(today);
    let (mut session, is_new) = match (sessions.first(), starts_on) {
        (Some(session), _) => (session.clone(), false),
        (None, Some(first)) => {
            let new = Session {
                id: SessionId(ctx.services.uuid()),
                opportunity: opportunity.id,
                starts_on: first,
                ends_on: first,
                starts_at: None,
                ends_at: None,
                closes_on: usual(first),
                // Nobody counts the seats of an online talk.
                capacity: if opportunity.delivery == Delivery::Online && opportunity.kind != Kind::WorkExperience {
                    NO_LIMIT
                } else {
                    0
                },
                held: 0,
                cancelled_at: None,
            };
            (new, true)
        }
        (None, None) => return Ok(()),
    };
    if let Some(first) = starts_on {
        session.starts_on = first;
        session.ends_on = day("ends_on").unwrap_or(first);
        session.closes_on = day("closes_on").unwrap_or_else(|| usual(first));
    }
    if let Some(hours) = hours {
        (session.starts_at, session.ends_at) = (Some(hours.from), hours.to);
    }
    session.capacity = capacity.unwrap_or(session.capacity);
    if is_new {
        store::sessions::insert(tx, &session).await?;
        sessions.push(session);
    } else {
        store::sessions::change_dates(tx, &session).await?;
        if !store::sessions::change_capacity(tx, session.id, session.capacity, ctx.services.now()).await? {
            return Err(Error::refused(format!("{} places are held already, so there cannot be fewer.", session.held)));
        }
        sessions[0] = session;
    }
    Ok(())
}
