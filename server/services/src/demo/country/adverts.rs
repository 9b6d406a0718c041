//! What the invented providers advertise, with dates that are over and dates to come.

use chrono::{Days, NaiveDate, NaiveTime};
use domain::ids::{DepartmentId, OpportunityId, OrganisationId, SessionId};
use domain::publishing::{Status, usual_closing};
use domain::search::{Audience, Setting as Contact};
use domain::{Delivery, Kind, Profession};
use store::Tx;
use store::opportunities::{Department, Opportunity, Particulars};
use store::sessions::Session;

use super::super::providers::has_any;
use super::super::stage::at;
use super::super::texts::{self, Event, Work};
use super::maker::Maker;
use super::providers::Provider;
use crate::{Result, Services};

/// Adverts to a transaction.
const AT_ONCE: usize = 500;

/// Dates of an advert, as far as applications need to know them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub id: SessionId,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub capacity: i64,
}

/// An advert, as far as applications need to know it.
#[derive(Debug)]
pub(super) struct Advert {
    pub id: OpportunityId,
    pub organisation: OrganisationId,
    pub coordinator: domain::ids::AccountId,
    pub youngest: u32,
    pub runs: Vec<Run>,
}

/// What is advertised, of any kind.
struct Offer {
    kind: Kind,
    delivery: Delivery,
    profession: Profession,
    department: Option<&'static str>,
    title: &'static str,
    does: &'static str,
    youngest: u32,
    days: u32,
    open_ended: bool,
}

/// Wards and teams, so that no two adverts of a kind read alike.
const TEAMS: &[&str] = &[
    "Acorn",
    "Beech",
    "Bluebell",
    "Cedar",
    "Chestnut",
    "Clover",
    "Daffodil",
    "Dove",
    "Falcon",
    "Foxglove",
    "Harbour",
    "Heather",
    "Iris",
    "Jasmine",
    "Lavender",
    "Lilac",
    "Lime",
    "Maple",
    "Meadow",
    "Orchard",
    "Poppy",
    "Primrose",
    "Robin",
    "Rosemary",
    "Snowdrop",
    "Spruce",
    "Starling",
    "Sunflower",
    "Sycamore",
    "Thyme",
    "Violet",
    "Walnut",
];
const ALSO: &[&str] = &[
    "You also see how a clinic is planned a month ahead, and who has to know about it.",
    "In the afternoon you go along on a home visit.",
    "You make a poster about something that surprised you. It stays on the wall.",
    "There is an hour with the people who look after the building, its lifts and its power.",
    "You meet two apprentices and hear what they earn and how they started.",
    "You try the equipment on each other before you see it used.",
    "A patient tells you what a good day looks like for them.",
    "You sit in on the morning meeting, where everybody has two minutes.",
    "You learn to take a pulse, blood pressure and temperature, and what they tell.",
    "You follow one sample from the arm to the answer on the screen.",
    "You help in the kitchen and learn who eats what, and why.",
    "You see a video call with somebody who cannot travel.",
];

/// Writes so many adverts, which can all be applied for or taken today.
pub(super) async fn write(
    services: &Services,
    maker: &mut Maker,
    providers: &[Provider],
    count: usize,
    progress: &mut impl FnMut(&str, usize, usize),
) -> Result<Vec<Advert>> {
    let mut adverts = Vec::with_capacity(count);
    while adverts.len() < count {
        let mut tx = services.db.write().await?;
        for number in adverts.len()..count.min(adverts.len() + AT_ONCE) {
            let provider = &providers[number % providers.len()];
            adverts.push(write_one(&mut tx, maker, provider, number).await?);
        }
        tx.commit().await?;
        progress("Opportunities", adverts.len(), count);
    }
    Ok(adverts)
}

fn offer(maker: &mut Maker, provider: &Provider) -> Offer {
    let (kind, list) = match maker.number(1, 100) {
        ..=68 => (Kind::WorkExperience, None),
        69..=82 => (Kind::WorkRelatedLearning, Some(texts::LEARNING)),
        _ => (Kind::CareersInformation, Some(texts::CAREERS)),
    };
    if let Some(list) = list {
        let events: Vec<&Event> = list.iter().filter(|event| has_any(provider.settings, event.at)).collect();
        let event = events[maker.below(events.len())];
        return Offer {
            kind,
            delivery: event.delivery,
            profession: event.profession,
            department: None,
            title: event.title,
            does: event.does,
            youngest: event.youngest,
            days: event.days,
            open_ended: event.open_ended,
        };
    }
    let teams: Vec<&Work> = texts::work().filter(|work| has_any(provider.settings, work.at)).collect();
    let work = teams[maker.below(teams.len())];
    Offer {
        kind,
        delivery: if work.profession == Profession::Digital { Delivery::Mixed } else { Delivery::InPerson },
        profession: work.profession,
        department: Some(work.department),
        title: work.title,
        does: work.does,
        youngest: work.youngest,
        days: maker.one_of(&[1, 2, 3, 5, 5, 5]),
        open_ended: false,
    }
}

async fn write_one(tx: &mut Tx, maker: &mut Maker, provider: &Provider, number: usize) -> Result<Advert> {
    let offer = offer(maker, provider);
    let place = maker.one_of(&provider.places);
    let visited = offer.delivery != Delivery::Online;
    let team = maker.one_of(TEAMS);
    let department = match offer.department {
        Some(name) => {
            let new = Department {
                id: DepartmentId(maker.id()),
                organisation: provider.id,
                name: name.into(),
                profession: Some(offer.profession),
            };
            Some(store::opportunities::find_or_insert_department(tx, &new).await?)
        }
        None => None,
    };
    let title = match offer.kind {
        Kind::WorkExperience => format!("{}, {team} team", offer.title),
        _ => offer.title.to_owned(),
    };
    let since = maker.number(320, 400);
    let created_at = at(maker.day(-since), 600);
    let id = OpportunityId(maker.id());
    // Numbered: two adverts may have the same title in the same town, and the demonstration has low numbers.
    // Behind what a slug is cut to.
    let words = domain::reference::slug(&format!("{title} {}", if visited { place.town } else { "" }));
    let slug = format!("{words}-{}", 10_001 + number);
    let opportunity = Opportunity {
        id,
        slug,
        organisation: provider.id,
        department,
        site: visited.then_some(place.id),
        kind: offer.kind,
        delivery: offer.delivery,
        status: Status::Published,
        version: 1,
        title,
        summary: format!(
            "{}{} {}\n\n{}",
            maker.one_of(texts::OPENINGS),
            offer.does,
            maker.one_of(ALSO),
            maker.one_of(texts::LOOKED_AFTER)
        ),
        who_for: maker.one_of(texts::WHO_FOR).into(),
        dress: String::new(),
        bring: maker.one_of(texts::BRING).into(),
        cost: maker.one_of(texts::COST).into(),
        access_notes: maker.one_of(texts::ACCESS).into(),
        how_places_given: maker.one_of(if offer.open_ended { texts::GIVEN_OPEN } else { texts::GIVEN_DATES }).into(),
        contact_email: Some(format!("work.experience@{}.example", provider.host)),
        profession: Some(offer.profession),
        min_age: Some(offer.youngest),
        max_age: None,
        open_ended: offer.open_ended,
        shows_places: maker.chance(80),
        asks_why: offer.kind == Kind::WorkExperience,
        decide_within: 10,
        reference: None,
        row_hash: None,
        notes: Vec::new(),
        missing: Vec::new(),
        created_at,
        published_at: Some(created_at),
    };
    store::opportunities::insert(tx, &opportunity).await?;
    let particulars = Particulars {
        setting: maker.chance(60).then_some(if offer.kind == Kind::WorkExperience {
            Contact::of(offer.profession)
        } else {
            Contact::ALL[maker.below(Contact::ALL.len())]
        }),
        audiences: maker.chance(20).then(|| vec![Audience::ALL[maker.below(Audience::ALL.len())]]),
        nothing_needed: maker.chance(55),
        by_bus: if visited { "Buses from the station stop near the door.".into() } else { String::new() },
        ..Particulars::default()
    };
    store::opportunities::save_particulars(tx, id, &particulars).await?;
    let runs = if offer.open_ended { Vec::new() } else { write_runs(tx, maker, id, &offer).await? };
    store::opportunities::keep_version(tx, id, created_at, None).await?;
    Ok(Advert { id, organisation: provider.id, coordinator: provider.coordinator, youngest: offer.youngest, runs })
}

/// Three that are over and two to come, at least five weeks from each other.
async fn write_runs(tx: &mut Tx, maker: &mut Maker, opportunity: OpportunityId, offer: &Offer) -> Result<Vec<Run>> {
    let mut runs = Vec::new();
    let first = maker.number(0, 20);
    for offset in [-280, -190, -95, 40, 110] {
        let (starts_on, ends_on) = maker.week(maker.day(offset + first), offer.days);
        let closes_on = usual_closing(offer.kind, starts_on).max(starts_on - Days::new(21));
        let capacity = match offer.kind {
            Kind::WorkExperience => maker.one_of(&[1, 2, 3, 4, 4, 6, 8]),
            _ => maker.number(8, 20),
        };
        let session = Session {
            id: SessionId(maker.id()),
            opportunity,
            starts_on,
            ends_on,
            starts_at: NaiveTime::from_hms_opt(9, 30, 0),
            ends_at: NaiveTime::from_hms_opt(15, 30, 0),
            closes_on,
            capacity,
            held: 0,
            cancelled_at: None,
        };
        store::sessions::insert(tx, &session).await?;
        runs.push(Run { id: session.id, starts_on, ends_on, capacity });
    }
    Ok(runs)
}
