//! The coordinator's side: reading an application, previewing the exact message, deciding, and keeping
//! clearances straight.

use std::collections::BTreeMap;

use domain::application::NoReason;
use domain::calendar::age_on;
use domain::ids::AccountId;
use domain::places::{ANSWER_DAYS, ANSWER_DAYS_MAX, ANSWER_DAYS_MIN, last_offer_day};
use domain::priority::Priority;
use domain::{Action, Role, State, reference};
use store::Tx;
use store::applications::{About, Application, Clearance, Event};
use store::messages::Message;

use super::life::{Move, facts, move_on, offer_within, respond_by, tell_learner};
use super::places::no_seat;
use crate::context::hash;
use crate::messages::{Letter, Unreached, could_not_reach, letters};
use crate::suggesting::{self, Suggested};
use crate::{Actor, Ctx, Error, Result, policy};

/// A decision, as a coordinator chose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Offer a place, with the usual time to answer.
    Offer,
    /// Offer a place, with so many working days to answer: 2 to 10.
    OfferWithin(u32),
    /// Put on the waiting list.
    Waitlist,
    /// Say no: the structured reason, and a sentence of one's own.
    SayNo(NoReason, String),
}

impl Decision {
    /// Longest own sentence beside a no, in characters.
    pub const LONGEST_NOTE: usize = 500;

    /// Working days to answer, if it is an offer; as many as there may be when fewer or more were chosen.
    fn answer_days(&self) -> Option<u32> {
        match self {
            Self::Offer => Some(ANSWER_DAYS),
            Self::OfferWithin(days) => Some((*days).clamp(ANSWER_DAYS_MIN, ANSWER_DAYS_MAX)),
            Self::Waitlist | Self::SayNo(..) => None,
        }
    }

    fn action(&self) -> Action {
        match self {
            Self::Offer | Self::OfferWithin(_) => Action::Offer,
            Self::Waitlist => Action::Waitlist,
            Self::SayNo(..) => Action::SayNo,
        }
    }
}

/// What a coordinator reads of one application. Nothing in it is an equality answer, a photo or a grade.
#[derive(Debug, Clone)]
pub struct Review {
    /// The application.
    pub application: Application,
    /// What it is about.
    pub about: About,
    /// The learner's age on the first day.
    pub age: Option<u32>,
    /// Access needs, for those with the right to see them; `None` hides the heading too.
    pub access: Option<String>,
    /// Checks.
    pub clearances: Vec<Clearance>,
    /// What happened.
    pub events: Vec<Event>,
    /// What was sent about it.
    pub messages: Vec<Message>,
    /// Whom these messages did not reach, and who has not been told another way.
    pub unreached: Vec<Unreached>,
    /// Decisions that are possible now.
    pub can: Vec<Action>,
    /// Whether this coordinator decides.
    pub decides: bool,
    /// The names of everybody who did something to it.
    pub people: BTreeMap<AccountId, String>,
    /// Whether the learner has a priority: never which.
    pub priority: Priority,
    /// Why no place can be held for them now; `None` when one can, or they hold one.
    pub no_seat: Option<String>,
    /// Whether this coordinator can take an offer back.
    pub can_take_back: bool,
    /// What the learner is told when a check could not be done, while that can still happen.
    pub check_letter: Option<Letter>,
}

pub(crate) async fn find(tx: &mut Tx, ctx: &Ctx, typed: &str, change: bool) -> Result<(Application, About)> {
    let (_, _, organisation) = policy::coordinator(ctx)?;
    let reference = reference::tidy_reference(typed);
    let found = if change {
        store::applications::find_for_change(tx, &reference).await?
    } else {
        store::applications::find(tx, &reference).await?
    };
    let application = found.filter(|a| a.submitted_at.is_some()).ok_or(Error::NotFound)?;
    if store::retention::is_erased(tx, application.id).await? {
        return Err(Error::NotFound);
    }
    let about = store::applications::about_application(tx, &application).await?;
    if about.organisation == organisation { Ok((application, about)) } else { Err(Error::NotFound) }
}

async fn find_to_decide<'a>(tx: &mut Tx, ctx: &'a Ctx, typed: &str) -> Result<(Application, About, &'a Actor)> {
    let (application, about) = find(tx, ctx, typed, true).await?;
    let actor = policy::coordinator_of(ctx, about.organisation, |m| m.can_decide)?;
    Ok((application, about, actor))
}

/// Opens an application. The first time somebody who decides opens it, it is under review from then on;
/// `looking_ahead` is a browser's prefetch, which is nobody's look.
///
/// # Errors
/// [`Error::NotFound`] for another provider's.
pub async fn open(ctx: &Ctx, typed: &str, looking_ahead: bool) -> Result<Review> {
    let services = &ctx.services;
    let (_, membership, _) = policy::coordinator(ctx)?;
    let decides = membership.can_decide;
    let sees_access = membership.can_see_sensitive;
    let mut tx = services.db.read().await?;
    let (mut application, mut about) = find(&mut tx, ctx, typed, false).await?;
    if application.state == State::Submitted && decides && !looking_ahead {
        drop(tx);
        let mut write = services.db.write().await?;
        let (mut fresh, fresh_about, actor) = find_to_decide(&mut write, ctx, typed).await?;
        if fresh.state == State::Submitted {
            fresh.viewed_at = Some(services.now());
            move_on(
                &mut write,
                services,
                &mut fresh,
                &fresh_about,
                Move { action: Action::View, role: Role::Coordinator, actor: Some(actor.account), note: "" },
            )
            .await?;
            write.commit().await?;
        }
        (application, about) = (fresh, fresh_about);
        tx = services.db.read().await?;
    }
    let can = [Action::Offer, Action::Waitlist, Action::SayNo]
        .into_iter()
        .filter(|action| decides && application.state.after(*action, Role::Coordinator).is_ok())
        .collect();
    let clearances = store::applications::list_clearances(&mut tx, application.id).await?;
    let events = store::applications::list_events(&mut tx, application.id).await?;
    let mut people = BTreeMap::new();
    for id in events
        .iter()
        .filter_map(|event| event.actor)
        .chain(clearances.iter().filter_map(|check| check.settled.map(|(_, by)| by)))
    {
        if !people.contains_key(&id)
            && let Some(account) = store::accounts::find(&mut tx, id).await?
        {
            people.insert(id, account.name);
        }
    }
    let messages = store::messages::list_about(&mut tx, application.id).await?;
    let check_letter = (decides && application.state == State::Accepted && !clearances.is_empty())
        .then(|| letters::clearance_not_met(&facts(services, &application, &about)));
    let no_seat = match application.state.after(Action::Offer, Role::Coordinator) {
        Ok(_) => no_seat(&mut tx, &application).await?,
        Err(_) => None,
    };
    Ok(Review {
        priority: crate::priority::of_learner(&mut tx, application.learner).await?,
        no_seat,
        can_take_back: decides && application.state.after(Action::WithdrawOffer, Role::Coordinator).is_ok(),
        age: application.answers.date_of_birth().map(|born| age_on(born, about.starts_on)),
        access: sees_access.then(|| application.answers.get("access").to_owned()),
        clearances,
        events,
        unreached: could_not_reach(&mut tx, &application, &messages).await?,
        messages,
        can,
        decides,
        people,
        check_letter,
        application,
        about,
    })
}

/// The message that a decision will send, and its fingerprint.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The application.
    pub application: Application,
    /// What it is about.
    pub about: About,
    /// The letter, word for word.
    pub letter: Letter,
    /// Working days to answer, when it is an offer.
    pub answer_days: Option<u32>,
    /// To be given back with the decision: what was read is what is sent.
    pub fingerprint: String,
}

/// What would be sent for this decision.
///
/// # Errors
/// [`Error::Refused`] when the decision is not possible now, with the reason.
pub async fn preview(ctx: &Ctx, typed: &str, decision: &Decision) -> Result<Preview> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = find(&mut tx, ctx, typed, false).await?;
    let actor = policy::coordinator_of(ctx, about.organisation, |m| m.can_decide)?;
    application.state.after(decision.action(), Role::Coordinator)?;
    can_be_done(&mut tx, ctx, &application, &about, decision).await?;
    let suggested = suggested(&mut tx, ctx, &application, &about, decision, actor).await?;
    let letter = letter(ctx, &application, &about, decision, &suggested);
    Ok(Preview { fingerprint: fingerprint(&letter), answer_days: decision.answer_days(), letter, application, about })
}

/// Whether places and days allow the decision. A waiting list is for whom no place is free: nobody waits
/// beside a place that they may have, and nobody who let an offer go, since the list would never ask them.
async fn can_be_done(
    tx: &mut Tx,
    ctx: &Ctx,
    application: &Application,
    about: &About,
    decision: &Decision,
) -> Result<()> {
    if let (Decision::Offer | Decision::OfferWithin(_), Some(words)) =
        (decision, crate::new_dates::being_agreed(tx, about.session).await?)
    {
        return Err(Error::Refused(words));
    }
    let begun = about.cancelled || ctx.services.today() > last_offer_day(about.starts_on);
    match decision {
        Decision::SayNo(..) => Ok(()),
        Decision::Offer | Decision::OfferWithin(_) if begun => {
            Err(Error::refused("These dates have begun or were cancelled, so no place can be offered."))
        }
        Decision::Offer | Decision::OfferWithin(_) => match no_seat(tx, application).await? {
            Some(why) => Err(Error::refused(format!("{why} You can put this application on the waiting list."))),
            None => Ok(()),
        },
        Decision::Waitlist if begun => {
            Err(Error::refused("These dates have begun or were cancelled, so no place can become free."))
        }
        Decision::Waitlist if no_seat(tx, application).await?.is_none() => {
            let free = domain::words::count(about.left(), "place is", "places are");
            Err(Error::refused(format!(
                "{free} free on these dates, so nobody has to wait. Offer a place, or say no with a reason."
            )))
        }
        Decision::Waitlist if store::waiting::let_go(tx, about.session, application.learner).await? => {
            Err(Error::refused(
                "They let a place on these dates go before, so the waiting list would not ask them again. Offer a place when one is free, or say no with a reason.",
            ))
        }
        Decision::Waitlist => Ok(()),
    }
}

/// What goes out beside a no: what this coordinator has ticked, and can still be had.
async fn suggested(
    tx: &mut Tx,
    ctx: &Ctx,
    application: &Application,
    about: &About,
    decision: &Decision,
    actor: &Actor,
) -> Result<Vec<Suggested>> {
    match decision {
        Decision::SayNo(..) => suggesting::chosen(tx, &ctx.services, application, about, actor.account).await,
        _ => Ok(Vec::new()),
    }
}

fn letter(ctx: &Ctx, application: &Application, about: &About, decision: &Decision, suggested: &[Suggested]) -> Letter {
    let services = &ctx.services;
    let facts = facts(services, application, about);
    match decision {
        Decision::Offer | Decision::OfferWithin(_) => {
            let days = decision.answer_days().unwrap_or(ANSWER_DAYS);
            letters::offered(&facts, respond_by(services, about, days))
        }
        Decision::Waitlist => letters::waitlisted(&facts),
        Decision::SayNo(reason, note) => {
            let suggested: Vec<String> = suggested.iter().map(Suggested::in_words).collect();
            letters::not_selected_suggesting(&facts, *reason, note, &suggested)
        }
    }
}

pub(super) fn fingerprint(letter: &Letter) -> String {
    hash(&format!("{}\n{}", letter.subject, letter.text()))
}

/// Decides, and sends exactly the message that was read. The same decision again changes nothing.
///
/// # Errors
/// [`Error::Refused`] when the message has changed since, the capacity is held, or the state does not allow it.
pub async fn decide(ctx: &Ctx, typed: &str, decision: &Decision, read: &str) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (mut application, about, actor) = find_to_decide(&mut tx, ctx, typed).await?;
    let done = match decision {
        Decision::Offer | Decision::OfferWithin(_) => application.state == State::Offered,
        Decision::Waitlist => application.state == State::Waitlisted,
        Decision::SayNo(..) => application.state == State::NotSelected,
    };
    if done {
        return Ok(());
    }
    application.state.after(decision.action(), Role::Coordinator)?;
    if let Decision::SayNo(_, note) = decision
        && note.chars().count() > Decision::LONGEST_NOTE
    {
        return Err(Error::refused(format!("Use {} characters or fewer in your own words.", Decision::LONGEST_NOTE)));
    }
    can_be_done(&mut tx, ctx, &application, &about, decision).await?;
    let suggested = suggested(&mut tx, ctx, &application, &about, decision, actor).await?;
    let letter = letter(ctx, &application, &about, decision, &suggested);
    if fingerprint(&letter) != read {
        return Err(Error::refused(
            "The message has changed since you read it, for example because a day has passed. Read it again and decide then.",
        ));
    }
    let step = Move { action: decision.action(), role: Role::Coordinator, actor: Some(actor.account), note: "" };
    match decision {
        Decision::Offer | Decision::OfferWithin(_) => {
            let days = decision.answer_days().unwrap_or(ANSWER_DAYS);
            offer_within(&mut tx, services, &mut application, &about, step, days).await?;
        }
        Decision::Waitlist => {
            application.overdue_at = None;
            move_on(&mut tx, services, &mut application, &about, step).await?;
            tell_learner(&mut tx, services, &application, "waitlisted", letter).await?;
        }
        Decision::SayNo(reason, note) => {
            application.no_reason = Some(*reason);
            application.overdue_at = None;
            move_on(&mut tx, services, &mut application, &about, Move { note, ..step }).await?;
            tell_learner(&mut tx, services, &application, "not_selected", letter).await?;
            suggesting::keep(&mut tx, services, &application, Some(actor.account), &suggested).await?;
        }
    }
    store::applications::delete_decision_drafts(&mut tx, application.id).await?;
    tx.commit().await?;
    Ok(())
}
