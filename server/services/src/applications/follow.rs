//! The learner's side after sending: where it stands, accepting, declining, withdrawing.

use chrono::NaiveDate;
use domain::clearance::ConsentStatus;
use domain::{Action, Role, State, words};
use store::Tx;
use store::applications::{About, Application, Clearance, Event, Line, Scope, Taken};

use super::checks::open_clearances;
use super::consent;
use super::life::{Move, confirm_if_ready, facts, move_on, own, tell_coordinators, tell_learner};
use super::places::{InLine, in_line, promote_next};
use crate::messages::letters;
use crate::{Actor, Ctx, Error, Result, Services, policy, time};

/// One application on "My applications".
#[derive(Debug, Clone)]
pub struct Card {
    /// The line of the list.
    pub line: Line,
    /// Where it stands, in one sentence.
    pub stands: String,
    /// What happens next and by when; whose turn it is.
    pub next: String,
}

/// The learner's own applications: offers first, then those under way, then the rest.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for staff.
pub async fn mine(ctx: &Ctx) -> Result<Vec<Card>> {
    let actor = policy::learner(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    let mut lines =
        store::applications::list_lines(&mut tx, Scope::Learner(actor.account), ctx.services.today()).await?;
    lines
        .sort_by_key(|line| (line.state != State::Offered, !line.state.is_live(), std::cmp::Reverse(line.state_since)));
    let today = ctx.services.today();
    Ok(lines.into_iter().map(|line| Card { stands: stands(&line), next: next(&line, today), line }).collect())
}

/// Where an application stands, in one sentence to the learner.
#[must_use]
pub fn stands(line: &Line) -> String {
    match line.state {
        State::Draft => "You have not sent it yet.".into(),
        State::Submitted | State::UnderReview if line.overdue => "The answer is late. That is not your fault.".into(),
        State::Submitted => "We have it. Nobody has opened it yet.".into(),
        State::UnderReview => "Somebody is looking at it.".into(),
        State::Waitlisted => "You are on the waiting list.".into(),
        State::Offered => "You have been offered a place.".into(),
        State::Accepted => "You have accepted. Checks are under way.".into(),
        State::Confirmed => "Your place is confirmed.".into(),
        State::NotSelected => "You did not get a place this time.".into(),
        State::Lapsed | State::Expired if line.cancelled => "The provider cancelled these dates.".into(),
        State::Lapsed => "The provider did not answer in time.".into(),
        State::Declined => "You said no thank you.".into(),
        State::OfferExpired => "The offer ran out before you answered.".into(),
        State::OfferWithdrawn => "The provider had to take the offer back.".into(),
        State::ClearanceNotMet => "A check could not be finished in time.".into(),
        State::CancelledByProvider => "The provider had to cancel.".into(),
        State::Withdrawn => "You withdrew it.".into(),
        State::Expired => "It closed before it was sent.".into(),
        State::Attended => "You took part.".into(),
        State::PartlyAttended => "You took part on some days.".into(),
        State::DidNotAttend => "You did not take part.".into(),
    }
}

fn next(line: &Line, today: NaiveDate) -> String {
    let by = |day: Option<NaiveDate>| day.map(|d| format!(" by {}", words::long_date(d))).unwrap_or_default();
    match line.state {
        State::Draft => "Your turn: finish it and send it.".into(),
        State::Submitted | State::UnderReview if line.overdue => {
            "The provider's turn. We have told them. You can ask for other places meanwhile.".into()
        }
        State::Submitted | State::UnderReview => format!("The provider's turn: they answer{}.", by(line.decide_by)),
        State::Waitlisted => "Nobody's turn: we write to you when a place becomes free.".into(),
        State::Offered => format!("Your turn: answer{}.", by(line.respond_by)),
        State::Accepted => match line.consent {
            ConsentStatus::Asked => "Your parent or carer's turn: they have an email from us.".into(),
            ConsentStatus::Refused => "Talk with your parent or carer. We need their yes.".into(),
            _ if line.checks_open > 0 => {
                format!("The provider's turn: {} to finish.", words::count(line.checks_open, "check", "checks"))
            }
            _ => "We are confirming your place.".into(),
        },
        // Attendance is recorded after the last day: until then it stays confirmed.
        State::Confirmed if today > line.starts_on => {
            format!("You started on {}. The provider records who came.", words::long_date(line.starts_on))
        }
        State::Confirmed => format!("You start on {}.", words::long_date(line.starts_on)),
        State::Attended | State::PartlyAttended => "Nothing more to do.".into(),
        _ => "You can ask for something else.".into(),
    }
}

/// One step of the tracker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackerStep {
    /// What it is.
    pub title: String,
    /// When it was done, in words.
    pub when: Option<String>,
    /// Done, where things are now, or still to come.
    pub position: Position,
    /// A sentence about it.
    pub about: String,
}

/// Where a step lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// Behind us.
    Done,
    /// Here.
    Now,
    /// Ahead.
    Later,
}

/// The learner's page of one application.
#[derive(Debug, Clone)]
pub struct Tracker {
    /// The application.
    pub application: Application,
    /// What it is about.
    pub about: About,
    /// Where it stands and whose turn it is.
    pub card: Card,
    /// The way from sending to the place.
    pub steps: Vec<TrackerStep>,
    /// Checks.
    pub clearances: Vec<Clearance>,
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// Places on the same days that the learner has taken, while there is an offer to answer.
    pub clashes: Vec<Taken>,
    /// Where it stands on the waiting list.
    pub in_line: Option<InLine>,
    /// Whether a new link can be sent to the parent or carer.
    pub can_ask_again: bool,
    /// Who keyed it in for the learner, if somebody did.
    pub keyed_in_by: Option<String>,
}

/// Where one application stands.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's.
pub async fn track(ctx: &Ctx, typed: &str) -> Result<Tracker> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = own(&mut tx, ctx, typed, false).await?;
    let line = store::applications::list_lines(&mut tx, Scope::Learner(application.learner), ctx.services.today())
        .await?
        .into_iter()
        .find(|line| line.reference == application.reference)
        .ok_or(Error::NotFound)?;
    let clearances = store::applications::list_clearances(&mut tx, application.id).await?;
    let events = store::applications::list_events(&mut tx, application.id).await?;
    let in_line = in_line(&mut tx, &ctx.services, &application, &about).await?;
    let clashes = match application.state {
        State::Offered => {
            let (learner, own) = (application.learner, application.id);
            store::applications::overlapping_places(&mut tx, learner, own, about.starts_on, about.ends_on).await?
        }
        _ => Vec::new(),
    };
    let mut card = Card { stands: stands(&line), next: next(&line, ctx.services.today()), line };
    if lapsed_from_list(&events) {
        card.stands = "The waiting list ended, and no place became free.".into();
    }
    Ok(Tracker {
        clashes,
        card,
        steps: steps(&application, &clearances, &events),
        can_ask_again: application.consent == ConsentStatus::Asked && application.state.is_live(),
        keyed_in_by: super::act::keyed_in_by(&mut tx, &application, &events).await?,
        clearances,
        events,
        in_line,
        application,
        about,
    })
}

/// Whether somebody waited until the dates began: they were answered, and there was no place.
fn lapsed_from_list(events: &[Event]) -> bool {
    events.last().is_some_and(|event| event.from == State::Waitlisted && event.to == State::Lapsed)
}

/// The way from sending to the place, with where this application is on it.
fn steps(application: &Application, clearances: &[Clearance], events: &[Event]) -> Vec<TrackerStep> {
    let day = |to: State| {
        events
            .iter()
            .rev()
            .find(|e| e.to == to && e.action != Action::ChangeDates)
            .map(|e| words::long_date(time::london_day(e.at)))
    };
    let state = application.state;
    let sent = application.submitted_at.is_some();
    let mut steps = vec![TrackerStep {
        title: "You send your application".into(),
        when: day(State::Submitted),
        position: if sent { Position::Done } else { Position::Now },
        about: if sent { "We have it.".into() } else { "It is not sent yet.".into() },
    }];
    let answered = matches!(
        state,
        State::Offered
            | State::Accepted
            | State::Confirmed
            | State::Attended
            | State::PartlyAttended
            | State::DidNotAttend
            | State::Declined
            | State::OfferExpired
            | State::OfferWithdrawn
            | State::NotSelected
            | State::CancelledByProvider
            | State::ClearanceNotMet
    );
    let position = |done: bool, now: bool| {
        if done {
            Position::Done
        } else if now {
            Position::Now
        } else {
            Position::Later
        }
    };
    steps.push(TrackerStep {
        title: "The provider answers".into(),
        when: day(State::Offered).or_else(|| day(State::NotSelected)),
        position: position(answered, sent && state.is_live()),
        about: match state {
            State::Waitlisted => "They put you on the waiting list.".into(),
            State::Submitted | State::UnderReview => application
                .decide_by
                .map(|d| format!("They promised an answer by {}.", words::long_date(d)))
                .unwrap_or_default(),
            State::NotSelected => application.no_reason.map(|r| r.in_words().to_owned()).unwrap_or_default(),
            State::Lapsed if lapsed_from_list(events) => "No place became free before the dates began.".into(),
            State::Lapsed => "The dates began or were cancelled without an answer.".into(),
            _ if answered => "They offered you a place.".into(),
            _ => String::new(),
        },
    });
    if state.is_over() && !matches!(state, State::Attended | State::PartlyAttended | State::DidNotAttend) {
        let ended = events.last().map(|e| words::long_date(time::london_day(e.at)));
        steps.push(TrackerStep {
            title: words::capitalised(state.in_words()),
            when: ended,
            position: Position::Now,
            about: String::new(),
        });
        return steps;
    }
    let accepted = matches!(
        state,
        State::Accepted | State::Confirmed | State::Attended | State::PartlyAttended | State::DidNotAttend
    );
    steps.push(TrackerStep {
        title: "You accept".into(),
        when: day(State::Accepted),
        position: position(accepted, state == State::Offered),
        about: match (state, application.respond_by) {
            (State::Offered, Some(by)) => format!("Answer by {}.", words::long_date(by)),
            _ => String::new(),
        },
    });
    let confirmed = accepted && state != State::Accepted;
    if application.consent != ConsentStatus::NotNeeded {
        steps.push(TrackerStep {
            title: "Your parent or carer agrees".into(),
            when: None,
            position: position(
                application.consent == ConsentStatus::Given,
                state == State::Accepted || application.consent == ConsentStatus::Asked && sent,
            ),
            about: match application.consent {
                ConsentStatus::Asked => format!("We wrote to {}.", application.answers.get("guardian-name")),
                ConsentStatus::Given => "They agreed.".into(),
                ConsentStatus::Refused => "They said no.".into(),
                ConsentStatus::NotNeeded => String::new(),
            },
        });
    }
    if !clearances.is_empty() {
        let open = clearances.iter().filter(|c| c.mandatory && !c.status.is_settled()).count();
        steps.push(TrackerStep {
            title: "Checks are finished".into(),
            when: None,
            position: position(open == 0, state == State::Accepted),
            about: if open == 0 {
                "All finished.".into()
            } else {
                format!("{} still open.", words::count(i64::try_from(open).unwrap_or(0), "check is", "checks are"))
            },
        });
    }
    steps.push(TrackerStep {
        title: "Your place is confirmed".into(),
        when: day(State::Confirmed),
        position: position(confirmed, false),
        about: String::new(),
    });
    steps
}

/// Accepts the offered place: checks overlap, opens the clearances with their due dates, tells the
/// provider, and confirms at once when nothing is open. Accepting again changes nothing.
///
/// # Errors
/// [`Error::Refused`] when the offer is over or clashes with another place.
pub async fn accept(ctx: &Ctx, typed: &str) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (mut application, about) = own(&mut tx, ctx, typed, true).await?;
    if matches!(application.state, State::Accepted | State::Confirmed) {
        return Ok(());
    }
    let actor = policy::own(ctx, application.learner)?;
    take(&mut tx, services, &mut application, &about, Role::Learner, actor).await?;
    tx.commit().await?;
    Ok(())
}

/// Accepts the offered place, for the learner or as them.
///
/// # Errors
/// As [`accept`].
pub(super) async fn take(
    tx: &mut Tx,
    services: &Services,
    application: &mut Application,
    about: &About,
    role: Role,
    actor: &Actor,
) -> Result<()> {
    if application.respond_by.is_some_and(|by| services.today() > by) {
        return Err(Error::refused("The time to answer is over, so this place has gone to somebody else."));
    }
    // Two offers for the same days, accepted at once: the second sees the first.
    tx.lock_name(&format!("accept:{}", application.learner)).await?;
    if let [clash, ..] =
        store::applications::overlapping_places(tx, application.learner, application.id, about.starts_on, about.ends_on)
            .await?
            .as_slice()
    {
        return Err(Error::refused(format!(
            "You have a place on these days already: {}. Withdraw from that one first, or say no thank you to this one.",
            clash.in_words()
        )));
    }
    move_on(
        tx,
        services,
        application,
        about,
        Move { action: Action::Accept, role, actor: Some(actor.account), note: "" },
    )
    .await?;
    open_clearances(tx, services, application, about).await?;
    let open = store::applications::list_clearances(tx, application.id).await?;
    let mut waits: Vec<String> =
        open.iter().filter(|c| c.mandatory && !c.status.is_settled()).map(|c| c.label().to_owned()).collect();
    if application.consent == ConsentStatus::Asked {
        waits.insert(0, "Your parent or carer's yes".into());
    }
    tell_learner(
        tx,
        services,
        application,
        "accepted",
        letters::accepted(&facts(services, application, about), &waits),
    )
    .await?;
    let letter = letters::offer_answered(&about.title, &application.reference, true, &services.settings.base_url);
    tell_coordinators(
        tx,
        services,
        about,
        &format!("{}:{}", application.id, application.version),
        "offer_answered",
        &letter,
    )
    .await?;
    confirm_if_ready(tx, services, application, about).await?;
    Ok(())
}

/// Says no thank you: the place goes to whoever is next.
///
/// # Errors
/// [`Error::Refused`] when there is no offer to turn down.
pub async fn decline(ctx: &Ctx, typed: &str) -> Result<()> {
    leave(ctx, typed, Action::Decline).await
}

/// Takes the application back, at any time before the session.
///
/// # Errors
/// [`Error::Refused`] when it is over already.
pub async fn withdraw(ctx: &Ctx, typed: &str) -> Result<()> {
    leave(ctx, typed, Action::Withdraw).await
}

async fn leave(ctx: &Ctx, typed: &str, action: Action) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (mut application, about) = own(&mut tx, ctx, typed, true).await?;
    let actor = policy::own(ctx, application.learner)?;
    let_go(&mut tx, services, &mut application, &about, action, Role::Learner, actor).await?;
    tx.commit().await?;
    Ok(())
}

/// Turns an offer down or takes an application back, for the learner or as them.
///
/// # Errors
/// [`Error::Refused`] when it is over already.
pub(super) async fn let_go(
    tx: &mut Tx,
    services: &Services,
    application: &mut Application,
    about: &About,
    action: Action,
    role: Role,
    actor: &Actor,
) -> Result<()> {
    let held = application.state.holds_place();
    move_on(tx, services, application, about, Move { action, role, actor: Some(actor.account), note: "" }).await?;
    let facts = facts(services, application, about);
    let letter =
        if role == Role::Learner { letters::withdrawn(&facts) } else { letters::withdrawn_for(&facts, &actor.name) };
    tell_learner(tx, services, application, "withdrawn", letter).await?;
    if held {
        let letter = letters::offer_answered(&about.title, &application.reference, false, &services.settings.base_url);
        let key = format!("{}:{}", application.id, application.version);
        tell_coordinators(tx, services, about, &key, "offer_answered", &letter).await?;
        promote_next(tx, services, about).await?;
    } else {
        // Nobody decides about, or keeps a place in the list for, somebody who has left.
        let letter = letters::left_before(&about.title, &application.reference, &services.settings.base_url);
        let key = format!("{}:{}", application.id, application.version);
        tell_coordinators(tx, services, about, &key, "left_before", &letter).await?;
    }
    Ok(())
}

/// Sends the parent or carer a new link; the old one stops working.
///
/// # Errors
/// [`Error::Refused`] when nobody's consent is waited for, or one was sent less than an hour ago.
pub async fn ask_guardian_again(ctx: &Ctx, typed: &str) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (application, about) = own(&mut tx, ctx, typed, true).await?;
    if application.consent != ConsentStatus::Asked || !application.state.is_live() {
        return Err(Error::refused("We are not waiting for your parent or carer, so there is nothing to send."));
    }
    let asked = store::consents::find(&mut tx, application.id).await?;
    if asked.is_some_and(|consent| services.now().seconds_since(consent.asked_at) < 3600) {
        return Err(Error::refused(
            "We sent them a link less than an hour ago. Ask them to look in their spam folder.",
        ));
    }
    consent::ask(&mut tx, services, &application, &about).await?;
    tx.commit().await?;
    Ok(())
}
