//! An opportunity's page: what it says, and "Can I apply?".

use chrono::NaiveDate;
use domain::State;
use domain::eligibility::{Answer, can_apply, can_enrol, needs_consent};
use domain::search::{Hit, Listing, Query, Run};
use store::Tx;
use store::catalogue::{Advert, Applied};
use store::enrolments::Enrolment;
use store::ledger::SessionPlaces;

use crate::applications::promised_by;
use crate::feedback::{Said, said_in};
use crate::{Ctx, Error, Result};

/// How many similar ones are shown beside one that is closed.
const SIMILAR: usize = 5;
/// How many are shown below one that people can apply for.
const SIMILAR_OPEN: usize = 3;

/// Everything that an opportunity's page says.
#[derive(Debug, Clone, PartialEq)]
pub struct OpportunityView {
    /// What the provider wrote.
    pub advert: Advert,
    /// Sessions that are not over, earliest first; with those of the past where the learner has applied.
    pub sessions: Vec<SessionView>,
    /// Each time that the learner took it, newest first; only for what can be taken at any time.
    pub enrolments: Vec<Enrolment>,
    /// "Can I apply?", for the opportunity as a whole.
    pub verdict: Answer,
    /// The ages in words.
    pub ages: String,
    /// Others to look at: more where nobody can apply for this one any more.
    pub similar: Vec<Hit>,
    /// The search that finds more like it.
    pub more: Query,
    /// Whether a learner is signed in.
    pub learner: bool,
    /// Whether somebody is signed in who is no learner: they read, but cannot apply.
    pub staff: bool,
    /// What past learners said, from ten answers on.
    pub said: Option<Said>,
    /// Where the page is, from anywhere.
    pub address: String,
    /// What the page says to machines, in the words of schema.org.
    pub linked: String,
    /// Today in London.
    pub today: NaiveDate,
}

/// A session as the page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionView {
    /// When, and how many places.
    pub run: Run,
    /// Whether this person can apply, and why not.
    pub answer: Answer,
    /// Its places, pool by pool, and for which school or college some are reserved.
    pub places: SessionPlaces,
    /// The application that this learner already has for it: its reference, and where it stands.
    pub application: Option<(String, State)>,
    /// By when they hear if they apply today.
    pub hear_by: NaiveDate,
    /// Whether a parent or carer will be asked; unknown without a date of birth.
    pub consent: Option<bool>,
}

impl OpportunityView {
    /// Whether anybody can still apply or take part.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.advert.published && self.advert.listing.is_open(self.today)
    }

    /// The first session that this person can apply for now.
    #[must_use]
    pub fn first_open(&self) -> Option<&SessionView> {
        self.sessions.iter().find(|session| session.can_start())
    }
}

impl SessionView {
    /// Whether this person can begin an application for it: allowed to, and not in the middle of one.
    #[must_use]
    pub fn can_start(&self) -> bool {
        self.answer.is_yes() && !self.application.as_ref().is_some_and(|(_, state)| state.is_live())
    }
}

/// What the provider wrote about the opportunity at this address, also once it is closed.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it was never published; otherwise when the store fails.
pub(crate) async fn advert(tx: &mut Tx, slug: &str) -> Result<Advert> {
    // Anything else was never an address of ours, and a NUL would be an error on PostgreSQL.
    if !slug.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(Error::NotFound);
    }
    store::catalogue::opportunity_by_slug(tx, slug).await?.ok_or(Error::NotFound)
}

/// The page of the opportunity at this address.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it was never published; otherwise when the store fails.
pub async fn opportunity(ctx: &Ctx, slug: &str) -> Result<OpportunityView> {
    let services = &ctx.services;
    let today = services.today();
    let mut tx = services.db.read().await?;
    let advert = advert(&mut tx, slug).await?;
    let learner = ctx.actor.as_ref().filter(|actor| actor.is_learner());
    let born = learner.and_then(|learner| learner.born);
    let applied = match learner {
        Some(learner) => store::catalogue::applied(&mut tx, advert.listing.id, learner.account).await?,
        None => Vec::new(),
    };
    let enrolments = match learner.filter(|_| advert.listing.open_ended) {
        Some(learner) => store::enrolments::list(&mut tx, advert.listing.id, learner.account).await?,
        None => Vec::new(),
    };
    let mut places = store::ledger::places_of_opportunity(&mut tx, advert.listing.id).await?;
    let sessions: Vec<SessionView> = advert
        .listing
        .runs
        .iter()
        .map(|run| SessionView {
            places: places.remove(&run.id).unwrap_or_default(),
            answer: answer(&advert, run, born, today),
            application: newest(&applied, |one| one.session == Some(run.id)),
            hear_by: promised_by(services, advert.decide_within, run.starts_on),
            consent: born.map(|born| needs_consent(born, run.starts_on)),
            run: run.clone(),
        })
        .filter(|session| session.run.ends_on >= today || session.application.is_some())
        .collect();
    let open = advert.published && advert.listing.is_open(today);
    let more = Query {
        professions: advert.listing.profession.into_iter().collect(),
        kinds: if advert.listing.profession.is_none() { vec![advert.listing.kind] } else { Vec::new() },
        page: 1,
        ..Query::default()
    };
    let held = services.catalogue.current_in(&mut tx, services).await?;
    let place = advert.listing.at.map(|(latitude, longitude)| domain::search::Place {
        name: String::new(),
        latitude,
        longitude,
    });
    let most = if open { SIMILAR_OPEN } else { SIMILAR };
    let all = held.index.all(&more, place.as_ref(), today, most + 1);
    let others = all.into_iter().filter(|listing| listing.id != advert.listing.id).take(most);
    let miles = |listing: &Listing| place.as_ref().and_then(|place| listing.miles_from(place));
    let similar = others.map(|listing| Hit::of(listing, miles(listing), today)).collect();
    let said = said_in(&mut tx, advert.listing.id).await?;
    let mut view = OpportunityView {
        address: format!("{}/opportunities/{}", services.settings.base_url, advert.listing.slug),
        linked: String::new(),
        said,
        verdict: verdict(&advert, &sessions, born, today),
        ages: domain::eligibility::ages(advert.listing.min_age, advert.listing.max_age),
        similar,
        more,
        learner: learner.is_some(),
        staff: ctx.actor.is_some() && learner.is_none(),
        sessions,
        enrolments,
        advert,
        today,
    };
    view.linked = super::linked_data(&view, &services.settings.base_url);
    Ok(view)
}

fn newest(applied: &[Applied], which: impl Fn(&Applied) -> bool) -> Option<(String, State)> {
    // A live one says more than one that ended, however old it is.
    let mut mine = applied.iter().filter(|one| which(one));
    let first = mine.clone().next();
    mine.find(|one| one.state.is_live()).or(first).map(|one| (one.reference.clone(), one.state))
}

fn answer(advert: &Advert, run: &Run, born: Option<NaiveDate>, today: NaiveDate) -> Answer {
    if !advert.published {
        return Answer::No("The provider has closed this opportunity.".into());
    }
    can_apply(&advert.listing.asks(run), born, today)
}

/// The answer for the opportunity as a whole: yes as soon as one session says yes.
fn verdict(advert: &Advert, sessions: &[SessionView], born: Option<NaiveDate>, today: NaiveDate) -> Answer {
    if !advert.published {
        return Answer::No("This opportunity is closed. Nobody can apply any more.".into());
    }
    if advert.listing.open_ended {
        return can_enrol(advert.listing.min_age, advert.listing.max_age, born, today);
    }
    if sessions.iter().any(|session| session.answer.is_yes()) {
        return Answer::Yes;
    }
    if sessions.is_empty() {
        return Answer::NotYet("There are no dates yet. Look again later, or look at others like it.".into());
    }
    // Of several noes the one about the person says most, so a session that is still open comes first.
    sessions
        .iter()
        .find(|session| session.run.is_open(today))
        .or(sessions.last())
        .map_or(Answer::Yes, |session| session.answer.clone())
}
