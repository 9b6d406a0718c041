//! Places as applications take and leave them: in which pool, who is next on the waiting list, and where
//! somebody stands on it. The rules are `domain::places`; the counters and the ledger are the store's.

use domain::ids::{AccountId, SessionId};
use domain::places::{Holder, Pool, Qualifies, Seat, last_offer_day, next_in_line, seat};
use domain::{Action, Role, State};
use store::Tx;
use store::applications::{About, Application};
use store::ledger::{self, Holding, Past, SessionPlaces};
use store::waiting::Waiting;

use super::life::{Move, facts, move_on, offer, tell_learner};
use crate::messages::letters;
use crate::{Error, Result, Services, audit, priority};

/// A session's places with everybody who holds one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Room {
    pub(crate) session: SessionPlaces,
    pub(crate) holdings: Vec<Holding>,
}

impl Room {
    /// The numbers and the holders of a session.
    pub(crate) async fn load(tx: &mut Tx, session: SessionId) -> Result<Self> {
        Ok(Self {
            session: ledger::places(tx, session).await?.ok_or(Error::NotFound)?,
            holdings: ledger::holders(tx, session).await?,
        })
    }

    /// The code of the school or college that places are reserved for.
    pub(crate) fn reserved_for(&self) -> Option<&str> {
        self.session.reserved_for.as_ref().map(|(_, code, _)| code.as_str())
    }

    /// Who holds a place, as the rules see them.
    pub(crate) fn holders(&self) -> Vec<Holder> {
        let reserved_for = self.reserved_for();
        self.holdings
            .iter()
            .map(|holding| Holder {
                qualifies: Qualifies {
                    priority: holding.evidence,
                    school: !holding.school_code.is_empty() && reserved_for == Some(&holding.school_code),
                },
                pool: holding.pool,
            })
            .collect()
    }

    /// A seat for somebody, if there is one.
    pub(crate) fn seat(&self, qualifies: Qualifies) -> Option<Seat> {
        seat(&self.session.places, &self.holders(), qualifies)
    }
}

/// Which reserved places of a session the learner of this application may have.
pub(crate) async fn qualifies(tx: &mut Tx, application: &Application, room: &Room) -> Result<Qualifies> {
    let code = application.answers.get("school-code");
    Ok(Qualifies {
        priority: priority::of_learner(tx, application.learner).await?.evidence,
        school: application.answers.at_school() && !code.is_empty() && room.reserved_for() == Some(code),
    })
}

/// Holds a place for this application, in the pool that the rule gives, after others have changed over where
/// that makes room. False when there is none.
pub(super) async fn hold(tx: &mut Tx, services: &Services, application: &Application, action: Action) -> Result<bool> {
    // Those who sit stay where they are until this is done: the session's row is locked here at the latest.
    store::applications::lock_session(tx, application.session).await?;
    let room = Room::load(tx, application.session).await?;
    let Some(seat) = room.seat(qualifies(tx, application, &room).await?) else {
        return Ok(false);
    };
    let now = services.now();
    for (number, from, to) in seat.moves {
        let mover = room.holdings[number].application;
        if !ledger::change_over(tx, application.session, mover, from, to, now).await? {
            return Ok(false);
        }
    }
    Ok(ledger::hold(tx, application.session, seat.pool, Some(application.id), now, action.as_str()).await?)
}

/// Gives back the place that this application holds.
pub(super) async fn release(tx: &mut Tx, services: &Services, application: &Application, action: Action) -> Result<()> {
    let pool = ledger::pool_of(tx, application.id).await?.unwrap_or(Pool::Open);
    let now = services.now();
    if ledger::release(tx, application.session, pool, Some(application.id), now, action.as_str()).await? {
        Ok(())
    } else {
        Err(Error::Unexpected(format!("{} holds no place in the {} pool", application.reference, pool.as_str())))
    }
}

/// Takes a held place along to another session: given back there, held here. False when there is none here,
/// and then the transaction must not commit.
pub(crate) async fn take_along(
    tx: &mut Tx,
    services: &Services,
    application: &mut Application,
    to: SessionId,
) -> Result<bool> {
    release(tx, services, application, Action::ChangeDates).await?;
    store::applications::change_session(tx, application.id, to).await?;
    application.session = to;
    hold(tx, services, application, Action::ChangeDates).await
}

/// Whether this application has a seat now, and in words why not.
pub(super) async fn no_seat(tx: &mut Tx, application: &Application) -> Result<Option<String>> {
    let room = Room::load(tx, application.session).await?;
    let qualifies = qualifies(tx, application, &room).await?;
    if room.seat(qualifies).is_some() {
        return Ok(None);
    }
    let places = room.session.places;
    Ok(Some(match places.left() {
        0 => format!("All {} on these dates are held.", domain::words::count(places.capacity, "place", "places")),
        left => format!(
            "Every open place on these dates is held. {} reserved, and this learner does not qualify.",
            domain::words::count(left, "place is", "places are")
        ),
    }))
}

/// Takes away a place that was given back just now, from the pool that it was in, so that nobody is promised
/// what cannot be hosted. The only place of a session stays.
///
/// # Errors
/// [`Error::Refused`] when somebody changed these places meanwhile.
pub(crate) async fn one_fewer(
    tx: &mut Tx,
    services: &Services,
    about: &About,
    pool: Pool,
    by: AccountId,
) -> Result<()> {
    let mut fewer = ledger::places(tx, about.session).await?.ok_or(Error::NotFound)?;
    if fewer.places.capacity <= 1 {
        return Ok(());
    }
    fewer.places.capacity -= 1;
    match pool {
        Pool::Open => {}
        Pool::Priority => fewer.places.reserved_priority -= 1,
        Pool::School => fewer.places.reserved_school -= 1,
    }
    if !ledger::change(tx, about.session, &fewer, &[], services.now(), "change_places").await? {
        return Err(Error::refused("Somebody changed these places a moment ago. Load the page again."));
    }
    let detail = serde_json::json!({ "capacity": fewer.places.capacity });
    audit::record(
        tx,
        services,
        Some(by),
        Role::Coordinator,
        "change_places",
        "session",
        about.session,
        Some(about.organisation),
        detail,
    )
    .await
}

/// After a place became free, or there are more: offers what is free to whoever is next on the waiting list,
/// until nobody there may have what is left. Not past the last day for offers, and cancelling promotes nobody.
pub(crate) async fn promote_next(tx: &mut Tx, services: &Services, about: &About) -> Result<()> {
    store::applications::lock_session(tx, about.session).await?;
    loop {
        let Some(fresh) = store::applications::about_session(tx, about.session).await? else {
            return Ok(());
        };
        if fresh.cancelled
            || services.today() > last_offer_day(fresh.starts_on)
            || crate::new_dates::being_agreed(tx, about.session).await?.is_some()
        {
            return Ok(());
        }
        let room = Room::load(tx, about.session).await?;
        let line = store::waiting::line(tx, about.session, room.reserved_for()).await?;
        let standings: Vec<_> = line.iter().map(|waiting| waiting.standing).collect();
        let Some((next, _)) = next_in_line(&standings, &room.session.places, &room.holders()) else {
            return Ok(());
        };
        let Some(waiting) = line.iter().find(|waiting| waiting.standing.id == next.id) else {
            return Ok(());
        };
        let Some(mut application) = store::applications::find_for_change(tx, &waiting.reference).await? else {
            return Ok(());
        };
        offer(tx, services, &mut application, &fresh, Move::by_clock(Action::Offer)).await?;
    }
}

/// Puts an application that was just sent on the waiting list, where its session does so by itself and no
/// place is free for this learner. A coordinator can still offer a place or say no. Whether it was put there.
pub(super) async fn list_if_full(
    tx: &mut Tx,
    services: &Services,
    application: &mut Application,
    about: &About,
) -> Result<bool> {
    let room = Room::load(tx, application.session).await?;
    if !room.session.lists_when_full
        || room.seat(qualifies(tx, application, &room).await?).is_some()
        || store::waiting::let_go(tx, application.session, application.learner).await?
    {
        return Ok(false);
    }
    move_on(tx, services, application, about, Move::by_clock(Action::Waitlist)).await?;
    let letter = letters::waitlisted(&facts(services, application, about));
    tell_learner(tx, services, application, "waitlisted", letter).await?;
    Ok(true)
}

/// Where somebody stands on a waiting list, said honestly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InLine {
    /// From 1.
    pub place: i64,
    /// Whether they go before people without a priority.
    pub goes_first: bool,
    /// How often places became free before, in words; `None` where nobody knows.
    pub history: Option<String>,
    /// A parent or carer said no, so the list goes on without them until that is a yes.
    pub consent_refused: bool,
    /// The last day on which a place can be offered.
    pub until: chrono::NaiveDate,
}

/// Where this application stands on its waiting list; `None` when it is on none.
pub(super) async fn in_line(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    about: &About,
) -> Result<Option<InLine>> {
    if application.state != State::Waitlisted {
        return Ok(None);
    }
    let line = waiting_list(tx, application.session).await?;
    let place = line.iter().position(|waiting| waiting.application == application.id).unwrap_or(line.len());
    Ok(Some(InLine {
        goes_first: line.get(place).is_some_and(|waiting| waiting.standing.priority.goes_first()),
        consent_refused: line.get(place).is_some_and(|waiting| waiting.standing.consent_refused),
        place: i64::try_from(place).unwrap_or(i64::MAX).saturating_add(1),
        history: history(tx, services, about).await?,
        until: last_offer_day(about.starts_on),
    }))
}

/// How often places became free in past sessions: of this opportunity, else of the provider.
async fn history(tx: &mut Tx, services: &Services, about: &About) -> Result<Option<String>> {
    let today = services.today();
    let mut freed = ledger::freed_before(tx, Past::Opportunity(about.opportunity.0), today).await?;
    if freed.is_empty() {
        freed = ledger::freed_before(tx, Past::Provider(about.organisation.0), today).await?;
    }
    Ok(domain::places::history_in_words(&freed))
}

/// A session's waiting list, in its order.
pub(crate) async fn waiting_list(tx: &mut Tx, session: SessionId) -> Result<Vec<Waiting>> {
    let reserved_for = ledger::places(tx, session).await?.and_then(|places| places.reserved_for);
    Ok(store::waiting::line(tx, session, reserved_for.as_ref().map(|(_, code, _)| code.as_str())).await?)
}
