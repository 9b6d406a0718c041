//! Suggesting something else: beside a coordinator's no, and by the service itself where an answer is late
//! or a way has ended. The learner chooses; nothing moves by itself.

#[cfg(test)]
mod story;

use std::collections::BTreeSet;

use domain::State;
use domain::cancelling::CancelReason;
use domain::ids::{AccountId, OpportunityId, SessionId, SuggestionId};
use domain::search::Hit;
use domain::suggest::{self, MOST, Suits, Wish};
use store::Tx;
use store::applications::{About, Application};
use store::suggestions::Suggestion;

use crate::applications::{find_as_coordinator, own};
use crate::discover::Held;
use crate::{Ctx, Error, Result, Services, policy};

/// How many a coordinator chooses from.
const OFFERED: usize = 6;
/// How many the service suggests by itself.
const BY_ITSELF: usize = 3;

/// Something else, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggested {
    /// What it is.
    pub opportunity: OpportunityId,
    /// The session to apply for; `None` for what is taken at any time.
    pub session: Option<SessionId>,
    /// The address of its advert.
    pub href: String,
    /// Title.
    pub title: String,
    /// Whose.
    pub organisation: String,
    /// When.
    pub when: String,
    /// How far from what was asked for.
    pub away: Option<String>,
    /// Whether it can be had now.
    pub open: bool,
    /// Whether a coordinator suggested it; otherwise the service found it.
    pub by_provider: bool,
    /// Whether the learner opened it, and whether they sent an application.
    pub became: Became,
}

/// What became of a suggestion.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Became {
    /// Nothing yet.
    #[default]
    Nothing,
    /// The learner opened it.
    Opened,
    /// They applied.
    Applied,
}

impl Suggested {
    fn of(suits: &Suits<'_>, today: chrono::NaiveDate) -> Self {
        let hit = Hit::of(suits.listing, suits.miles, today);
        let when = suits
            .run
            .map_or_else(|| "Any time".to_owned(), |run| domain::words::date_range(run.starts_on, run.ends_on));
        Self {
            opportunity: suits.listing.id,
            session: suits.run.map(|run| run.id),
            href: hit.href,
            title: hit.title,
            organisation: suits.listing.organisation.to_string(),
            when,
            away: hit.away,
            open: true,
            by_provider: false,
            became: Became::Nothing,
        }
    }

    /// "A day with Dental, Aire Valley NHS Trust, 12 July 2027": as a letter says it.
    #[must_use]
    pub fn in_words(&self) -> String {
        format!("{}, {}, {}", self.title, self.organisation, self.when)
    }
}

/// What this person asked for, for the ranking.
async fn wish(tx: &mut Tx, held: &Held, application: &Application, about: &About) -> Result<Wish> {
    let listing = held.index.get(about.opportunity);
    let near = match listing.and_then(|listing| listing.at) {
        Some(at) => Some(at),
        None => near_home(tx, held, application, about).await?,
    };
    let mine = store::applications::list_of_learner(tx, application.learner).await?;
    Ok(Wish {
        organisation: about.organisation,
        profession: match listing {
            Some(listing) => listing.profession,
            None => store::opportunities::find(tx, about.opportunity).await?.and_then(|found| found.profession),
        },
        kind: about.kind,
        near,
        starts_on: about.starts_on,
        born: application.answers.date_of_birth(),
        except: mine.iter().map(|one| one.session).collect(),
        except_opportunities: Vec::new(),
    })
}

/// Where the place is, or else the learner's school.
async fn near_home(tx: &mut Tx, held: &Held, application: &Application, about: &About) -> Result<Option<(f64, f64)>> {
    let online = about.delivery == domain::Delivery::Online;
    let mut postcode = about.postcode.clone().filter(|_| !online);
    if postcode.is_none() && !application.answers.get("school-code").is_empty() {
        let code = application.answers.get("school-code");
        postcode = store::organisations::find_by_code(tx, code).await?.and_then(|school| school.postcode);
    }
    let Some(postcode) = postcode else { return Ok(None) };
    Ok(held.places.find(&postcode).map(|place| (place.latitude, place.longitude)))
}

/// What suits the person of this application, best first.
async fn ranked(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    about: &About,
    own_first: bool,
) -> Result<Vec<Suggested>> {
    let held = services.catalogue.current_in(tx, services).await?;
    let wish = wish(tx, &held, application, about).await?;
    let today = services.today();
    Ok(suggest::rank(held.index.listings(), &wish, own_first, today)
        .iter()
        .map(|suits| Suggested::of(suits, today))
        .collect())
}

/// What a coordinator can suggest beside a no, and what they have ticked.
///
/// # Errors
/// [`Error::NotFound`] for another provider's application and without the right to decide.
pub async fn to_choose(ctx: &Ctx, typed: &str) -> Result<(Vec<Suggested>, Vec<OpportunityId>)> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = find_as_coordinator(&mut tx, ctx, typed, false).await?;
    let actor = policy::coordinator_of(ctx, about.organisation, |member| member.can_decide)?;
    let chosen = store::suggestions::chosen(&mut tx, application.id, actor.account).await?;
    let mut all = ranked(&mut tx, &ctx.services, &application, &about, true).await?;
    // What was ticked stays in sight, however the ranking has moved.
    let (mut kept, rest): (Vec<_>, Vec<_>) = all.drain(..).partition(|one| chosen.contains(&one.opportunity));
    kept.extend(rest.into_iter().take(OFFERED.saturating_sub(kept.len())));
    Ok((kept, chosen))
}

/// Keeps what a coordinator has ticked. The reason and the own words are kept before.
///
/// # Errors
/// As [`to_choose`].
pub async fn choose(ctx: &Ctx, typed: &str, chosen: &[OpportunityId]) -> Result<()> {
    let mut tx = ctx.services.db.write().await?;
    let (application, about) = find_as_coordinator(&mut tx, ctx, typed, true).await?;
    let actor = policy::coordinator_of(ctx, about.organisation, |member| member.can_decide)?;
    let mut seen = BTreeSet::new();
    let chosen: Vec<_> = chosen.iter().copied().filter(|id| seen.insert(*id)).take(OFFERED).collect();
    store::suggestions::save_chosen(&mut tx, application.id, actor.account, &chosen).await?;
    tx.commit().await?;
    Ok(())
}

/// What is ticked and can still be had: as the letter says it and the no keeps it.
pub(crate) async fn chosen(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    about: &About,
    by: AccountId,
) -> Result<Vec<Suggested>> {
    let chosen = store::suggestions::chosen(tx, application.id, by).await?;
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let mut all = ranked(tx, services, application, about, true).await?;
    all.retain(|one| chosen.contains(&one.opportunity));
    all.truncate(MOST);
    Ok(all)
}

/// Keeps what goes out beside a no.
pub(crate) async fn keep(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    by: Option<AccountId>,
    suggested: &[Suggested],
) -> Result<()> {
    for (number, one) in suggested.iter().enumerate() {
        let new = Suggestion {
            id: SuggestionId(services.uuid()),
            application: application.id,
            opportunity: one.opportunity,
            session: one.session,
            position: i64::try_from(number).unwrap_or(i64::MAX).saturating_add(1),
            by,
            at: services.now(),
            opened_at: None,
            new_application: None,
            applied: false,
        };
        store::suggestions::insert(tx, &new).await?;
    }
    Ok(())
}

/// What was suggested, with what became of it: the coordinator's page.
///
/// # Errors
/// [`Error::NotFound`] for another provider's application.
pub async fn made(ctx: &Ctx, typed: &str) -> Result<Vec<Suggested>> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = find_as_coordinator(&mut tx, ctx, typed, false).await?;
    let mut made = kept(&mut tx, &ctx.services, &application, &about).await?;
    made.retain(|one| one.by_provider);
    Ok(made)
}

/// What was kept beside this application.
async fn kept(tx: &mut Tx, services: &Services, application: &Application, about: &About) -> Result<Vec<Suggested>> {
    let stored = store::suggestions::list(tx, application.id).await?;
    if stored.is_empty() {
        return Ok(Vec::new());
    }
    let today = services.today();
    let held = services.catalogue.current_in(tx, services).await?;
    let wish = wish(tx, &held, application, about).await?;
    let mut kept = Vec::new();
    for one in stored {
        // An advert that was taken off is no suggestion any more.
        let Some(listing) = held.index.get(one.opportunity) else { continue };
        let run = one.session.and_then(|id| listing.runs.iter().find(|run| run.id == id));
        let can_be_had =
            !suggest::rank([listing], &Wish { except: Vec::new(), ..wish.clone() }, false, today).is_empty();
        let own = listing.provider == wish.organisation;
        let mut suggested = Suggested::of(&Suits { listing, run, miles: None, own }, today);
        // One that is over is not in memory any more.
        let over = one.session.is_some() && run.is_none();
        suggested.open = can_be_had && !over && run.is_none_or(|run| run.is_open(today) && run.left() > 0);
        suggested.by_provider = one.by.is_some();
        suggested.became = match (one.applied, one.opened_at) {
            (true, _) => Became::Applied,
            (false, Some(_)) => Became::Opened,
            _ => Became::Nothing,
        };
        kept.push(suggested);
    }
    Ok(kept)
}

/// What a learner's page says beside where an application stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The provider's name.
    pub organisation: String,
    /// What the provider suggests, then what the service found.
    pub suggested: Vec<Suggested>,
    /// Why it was cancelled, and the provider's own words.
    pub cancelled: Option<(CancelReason, String)>,
}

/// Whether the service suggests something by itself: the answer is late, or the way has ended without a place.
fn suggests_by_itself(application: &Application) -> bool {
    match application.state {
        State::Submitted | State::UnderReview => application.overdue_at.is_some(),
        State::NotSelected
        | State::Lapsed
        | State::ClearanceNotMet
        | State::OfferExpired
        | State::OfferWithdrawn
        | State::CancelledByProvider => true,
        _ => false,
    }
}

/// What else the learner can do about an application of their own.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's.
pub async fn for_learner(ctx: &Ctx, typed: &str) -> Result<Beside> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = own(&mut tx, ctx, typed, false).await?;
    let suggested = all_for(&mut tx, &ctx.services, &application, &about).await?;
    let cancelled = match application.state {
        State::CancelledByProvider | State::Lapsed | State::OfferWithdrawn | State::Expired => {
            crate::cancelling::told(&mut tx, &application).await?
        }
        _ => None,
    };
    Ok(Beside { organisation: about.organisation_name, suggested, cancelled })
}

async fn all_for(tx: &mut Tx, services: &Services, application: &Application, about: &About) -> Result<Vec<Suggested>> {
    if !suggests_by_itself(application) {
        return Ok(Vec::new());
    }
    let mut suggested = kept(tx, services, application, about).await?;
    if suggested.iter().filter(|one| one.open).count() < BY_ITSELF {
        let more = ranked(tx, services, application, about, false).await?;
        let known: BTreeSet<_> = suggested.iter().map(|one| one.opportunity).collect();
        let room = BY_ITSELF.saturating_sub(suggested.iter().filter(|one| one.open).count());
        suggested.extend(more.into_iter().filter(|one| !known.contains(&one.opportunity)).take(room));
    }
    Ok(suggested)
}

/// Takes up a suggestion: begins the new application, with what is known filled in, and keeps that it was
/// opened. Where to go on.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's application or what was not suggested; [`Error::Refused`] when it
/// cannot be had any more.
pub async fn take(ctx: &Ctx, typed: &str, opportunity: OpportunityId) -> Result<String> {
    let services = &ctx.services;
    let mut tx = services.db.read().await?;
    let (application, about) = own(&mut tx, ctx, typed, false).await?;
    let all = all_for(&mut tx, services, &application, &about).await?;
    let one = all.into_iter().find(|one| one.opportunity == opportunity).ok_or(Error::NotFound)?;
    drop(tx);
    let to = match one.session {
        Some(session) => Some(crate::applications::start(ctx, session).await?),
        None => None,
    };
    let mut tx = services.db.write().await?;
    let began = match &to {
        Some(reference) => store::applications::find(&mut tx, reference).await?.map(|new| new.id),
        None => None,
    };
    keep(&mut tx, services, &application, None, std::slice::from_ref(&one)).await?;
    store::suggestions::mark_opened(&mut tx, application.id, opportunity, services.now(), began).await?;
    tx.commit().await?;
    Ok(to.map_or(one.href, |reference| format!("/apply/{reference}")))
}
