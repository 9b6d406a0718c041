//! Writes organisations, their places, and what they advertise.

use chrono::NaiveDate;
use domain::clearance::usual_clearances;
use domain::ids::{DepartmentId, OpportunityId, OrganisationId, SessionId, SiteId};
use domain::publishing::{Facts, RunFacts, Status, missing};
use domain::{Delivery, Kind, Profession};
use store::opportunities::{Department, Opportunity, Particulars, Site};
use store::organisations::Organisation;

use super::dates::sessions;
use super::plan::{PLAN, Planned};
use super::providers::{Building, MAIN, PROVIDERS, Provider, SCHOOLS, Setting, has_any};
use super::stage::Stage;
use super::texts::{self, Dress, Event, Work};
use super::towns;
use crate::{Error, Result};

/// A dated session, as far as applications need to know it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub provider: usize,
    pub session: SessionId,
    pub starts_on: NaiveDate,
    /// Its place in the plan of a main provider.
    pub planned: Option<Planned>,
    pub kind: Kind,
}

/// What was written.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub providers: Vec<OrganisationId>,
    pub schools: Vec<OrganisationId>,
    pub opportunities: usize,
    pub sessions: usize,
    pub runs: Vec<Run>,
    /// What can be taken at any time.
    pub open_ended: Vec<OpportunityId>,
}

/// Code of a provider by its number from 0.
fn provider_code(index: usize) -> String {
    format!("DEMO{:02}", index + 1)
}

/// Code of a school by its number from 0.
pub(super) fn school_code(index: usize) -> String {
    format!("{}", 900_001 + index)
}

fn town(name: &str) -> Result<towns::Town> {
    towns::find(name).ok_or_else(|| Error::Unexpected(format!("the demonstration has no town {name}")))
}

/// Every organisation.
pub(super) async fn write_organisations(stage: &mut Stage<'_>, written: &mut Written) -> Result<()> {
    let opened = stage.day(-3000);
    let mut all = Vec::new();
    let blank = |id, code: String, name: &str, kind: &str| Organisation {
        id: OrganisationId(id),
        code,
        name: name.into(),
        kind: kind.into(),
        region_code: None,
        icb_code: None,
        address: None,
        town: None,
        postcode: None,
        opened_on: Some(opened),
        closed_on: None,
        successor_code: None,
    };
    for (index, provider) in PROVIDERS.iter().enumerate() {
        let home = provider.buildings[0];
        let place = town(home.town)?;
        let new = blank(stage.services.uuid(), provider_code(index), provider.name, provider.kind);
        written.providers.push(new.id);
        all.push(Organisation {
            address: Some(format!("{}, {}", home.name, home.street)),
            town: Some(home.town.into()),
            postcode: Some(towns::postcode(place, 0)),
            ..new
        });
    }
    for (index, (name, kind, at)) in SCHOOLS.iter().enumerate() {
        let new = blank(stage.services.uuid(), school_code(index), name, kind);
        written.schools.push(new.id);
        all.push(Organisation {
            town: Some((*at).into()),
            postcode: Some(towns::postcode(town(at)?, 5 + index)),
            ..new
        });
    }
    store::organisations::save_all(stage.tx, &all).await?;
    Ok(())
}

/// What is written of one advert.
#[derive(Clone, Copy)]
pub(super) struct Advert<'a> {
    pub provider: usize,
    pub building: usize,
    pub kind: Kind,
    pub delivery: Delivery,
    pub profession: Profession,
    pub department: Option<&'a str>,
    pub title: &'a str,
    pub does: &'a str,
    pub youngest: u32,
    pub dress: Dress,
    pub open_ended: bool,
    pub days: u32,
    /// A main provider's planned dates.
    pub plan: Option<Planned>,
    /// Not published: places are to be confirmed.
    pub draft: bool,
    /// Over already.
    pub past: bool,
}

/// Everything that one provider advertises.
pub(super) async fn write_provider(stage: &mut Stage<'_>, index: usize, written: &mut Written) -> Result<()> {
    let provider = &PROVIDERS[index];
    let mut sites = Vec::new();
    stage.set_clock(stage.day(-260), 600);
    for (number, building) in provider.buildings.iter().enumerate() {
        sites.push(write_site(stage, written.providers[index], building, number).await?);
    }
    let fits = |at: &[Setting], profession: Profession, department: &str| {
        has_any(provider.settings, at) && !odd(provider, profession, department)
    };
    let teams: Vec<&Work> = texts::work().filter(|work| fits(work.at, work.profession, work.department)).collect();
    // Each provider begins elsewhere in the list, so that no two have the same selection.
    let shift = if index < MAIN { 0 } else { index * 5 };
    for number in 0..provider.work {
        let work = teams[(number + shift) % teams.len()];
        let round = (number + shift) / teams.len();
        let plan = if index < MAIN { PLAN.get(number).copied() } else { None };
        let advert = Advert {
            provider: index,
            building: (number + round) % provider.buildings.len(),
            kind: Kind::WorkExperience,
            delivery: if work.profession == Profession::Digital && plan.is_none() {
                Delivery::Mixed
            } else {
                Delivery::InPerson
            },
            profession: work.profession,
            department: Some(work.department),
            title: work.title,
            does: work.does,
            youngest: plan.map_or(work.youngest, |plan| plan.youngest),
            dress: work.dress,
            open_ended: false,
            days: days(stage, work),
            plan,
            // The last ones of some providers are drafts, or over.
            draft: index.is_multiple_of(4) && number + 1 == provider.work,
            past: index % 5 == 1 && number + 1 == provider.work,
        };
        write_advert(stage, &advert, &sites, written).await?;
    }
    for (kind, list, count) in [
        (Kind::WorkRelatedLearning, texts::LEARNING, provider.learning),
        (Kind::CareersInformation, texts::CAREERS, provider.careers),
    ] {
        let events: Vec<&Event> = list.iter().filter(|event| fits(event.at, event.profession, "")).collect();
        for number in 0..count {
            let event = events[(number + index) % events.len()];
            let advert = Advert {
                provider: index,
                building: number % provider.buildings.len(),
                kind,
                delivery: event.delivery,
                profession: event.profession,
                department: None,
                title: event.title,
                does: event.does,
                youngest: event.youngest,
                dress: Dress::Everyday,
                open_ended: event.open_ended,
                days: event.days,
                plan: None,
                draft: false,
                past: false,
            };
            write_advert(stage, &advert, &sites, written).await?;
        }
    }
    Ok(())
}

/// A children's hospital has no ward for older people.
fn odd(provider: &Provider, profession: Profession, department: &str) -> bool {
    provider.host == "avonridge"
        && (profession == Profession::Midwifery
            || department == "Care of older people"
            || department == "Acute medicine")
}

async fn write_site(
    stage: &mut Stage<'_>,
    organisation: OrganisationId,
    building: &Building,
    number: usize,
) -> Result<SiteId> {
    let at = town(building.town)?;
    // A street away from the middle of the town, each in another direction.
    let aside = [(0.004, -0.006), (-0.005, 0.004), (0.003, 0.007)][number % 3];
    let site = Site {
        id: SiteId(stage.services.uuid()),
        organisation,
        name: building.name.into(),
        address: Some(building.street.into()),
        town: Some(building.town.into()),
        postcode: Some(towns::postcode(at, number)),
        latitude: Some(at.latitude + aside.0),
        longitude: Some(at.longitude + aside.1),
        directions: Some(building.directions.into()),
    };
    Ok(store::opportunities::find_or_insert_site(stage.tx, &site).await?)
}

async fn write_advert(
    stage: &mut Stage<'_>,
    advert: &Advert<'_>,
    sites: &[SiteId],
    written: &mut Written,
) -> Result<()> {
    let provider = &PROVIDERS[advert.provider];
    let organisation = written.providers[advert.provider];
    let long_ago = advert.plan.is_some() || advert.past;
    let created = if long_ago { -250 } else { -stage.number(45, 150) };
    let minutes = stage.number(540, 1000);
    stage.set_clock(stage.day(created), minutes);
    let department = match advert.department {
        Some(name) => {
            let new = Department {
                id: DepartmentId(stage.services.uuid()),
                organisation,
                name: name.into(),
                profession: Some(advert.profession),
            };
            Some(store::opportunities::find_or_insert_department(stage.tx, &new).await?)
        }
        None => None,
    };
    let visited = advert.delivery != Delivery::Online;
    let building = &provider.buildings[advert.building];
    let id = OpportunityId(stage.services.uuid());
    let sessions = sessions(stage, advert, id);
    let runs: Vec<RunFacts> = sessions
        .iter()
        .map(|(s, _)| RunFacts { starts_on: s.starts_on, closes_on: s.closes_on, capacity: s.capacity })
        .collect();
    let summary = summary(stage, advert);
    let facts = Facts {
        delivery: advert.delivery,
        open_ended: advert.open_ended,
        summary: &summary,
        min_age: Some(advert.youngest),
        place: visited.then_some(building.name),
        postcode: visited.then_some("known"),
        unread: &[],
        runs: &runs,
    };
    let lacks = if advert.draft { missing(&facts, stage.today) } else { Vec::new() };
    let town = visited.then_some(building.town);
    let created_at = stage.services.now();
    let max_age = if advert.plan.is_none() && stage.chance(15) { Some(stage.one_of(&[18, 19, 24])) } else { None };
    let who_for = if max_age.is_some() { &texts::WHO_FOR[..texts::WHO_FOR.len() - 1] } else { texts::WHO_FOR };
    let given = match advert.open_ended {
        true => texts::GIVEN_OPEN,
        false if sessions.iter().all(|(session, _)| session.capacity >= 4) => texts::GIVEN_DATES,
        false => &texts::GIVEN_DATES[..texts::GIVEN_DATES.len() - 2],
    };
    let dress = if visited { texts::dress(advert.dress) } else { "" };
    let new = Opportunity {
        id,
        slug: store::opportunities::free_slug(stage.tx, advert.title, town).await?,
        organisation,
        department,
        site: visited.then(|| sites[advert.building]),
        kind: advert.kind,
        delivery: advert.delivery,
        status: if advert.draft { Status::Draft } else { Status::Published },
        version: 1,
        title: advert.title.into(),
        summary,
        who_for: stage.one_of(who_for).into(),
        dress: dress.into(),
        bring: if visited {
            stage.one_of(texts::BRING).into()
        } else {
            "A screen, and something to write on. A phone is enough.".into()
        },
        cost: if visited {
            stage.one_of(texts::COST).into()
        } else {
            "Nothing. You need the internet; a library has it too.".into()
        },
        access_notes: if visited {
            stage.one_of(texts::ACCESS).into()
        } else {
            "There are words on the screen for everything that is said. You can take part with a keyboard alone.".into()
        },
        how_places_given: stage.one_of(given).into(),
        contact_email: Some(format!("work.experience@{}.example", provider.host)),
        profession: Some(advert.profession),
        min_age: Some(advert.youngest),
        max_age,
        open_ended: advert.open_ended,
        shows_places: advert.plan.is_some() || stage.chance(80),
        asks_why: advert.kind == Kind::WorkExperience || stage.chance(30),
        decide_within: if advert.plan.is_some() { 10 } else { stage.one_of(&[5, 10, 10, 15]) },
        reference: None,
        row_hash: None,
        notes: if advert.draft {
            vec!["The department has not said yet how many people can come.".into()]
        } else {
            Vec::new()
        },
        missing: lacks,
        created_at,
        published_at: (!advert.draft).then_some(created_at),
    };
    store::opportunities::insert(stage.tx, &new).await?;
    store::opportunities::save_particulars(stage.tx, id, &particulars(advert, written.opportunities)).await?;
    for (session, _) in &sessions {
        store::sessions::insert(stage.tx, session).await?;
    }
    store::opportunities::set_asked_clearances(
        stage.tx,
        id,
        usual_clearances(advert.kind, advert.delivery, Some(advert.profession)),
    )
    .await?;
    store::opportunities::keep_version(stage.tx, id, created_at, None).await?;
    written.opportunities += usize::from(!advert.draft);
    written.sessions += sessions.len();
    if advert.open_ended && !advert.draft && !advert.past {
        written.open_ended.push(id);
    }
    if !advert.draft && !advert.past {
        written.runs.extend(sessions.iter().map(|(session, planned)| Run {
            provider: advert.provider,
            session: session.id,
            starts_on: session.starts_on,
            planned: *planned,
            kind: advert.kind,
        }));
    }
    Ok(())
}

/// What providers say besides: some more, some less, by the number of the advert.
fn particulars(advert: &Advert<'_>, number: usize) -> Particulars {
    let visited = advert.delivery != Delivery::Online;
    let some = |every: usize, text: &str| if number.is_multiple_of(every) { text.to_owned() } else { String::new() };
    Particulars {
        nothing_needed: number.is_multiple_of(2),
        by_bus: if visited {
            some(3, "Buses from the station stop at the main entrance every 15 minutes.")
        } else {
            String::new()
        },
        steps_before: if advert.kind == Kind::WorkExperience {
            some(4, "A short online lesson about keeping what you see private. We send the link with your place.")
        } else {
            String::new()
        },
        steps_after: some(5, "Many ask for a week with a team afterwards."),
        ..Particulars::default()
    }
}

fn summary(stage: &mut Stage<'_>, advert: &Advert<'_>) -> String {
    if advert.kind == Kind::WorkExperience {
        format!("{}{}\n\n{}", stage.one_of(texts::OPENINGS), advert.does, stage.one_of(texts::LOOKED_AFTER))
    } else {
        advert.does.to_owned()
    }
}

/// How many days, as the title says, where it says so.
fn days(stage: &mut Stage<'_>, work: &Work) -> u32 {
    let title = work.title.to_lowercase();
    match () {
        () if title.contains("a day") => 1,
        () if title.contains("three days") => 3,
        () if title.contains("a week") || stage.chance(55) => 5,
        () => stage.one_of(&[2, 3]),
    }
}
