//! One step of the life cycle: the table is asked, the place is held or released, and state, event and
//! audit are written together. Everything that changes an application's state goes through here.

use domain::ids::AccountId;
use domain::places::last_offer_day;
use domain::{Action, Role, State};
use store::Tx;
use store::applications::{About, Application, Event};

use super::places;
use crate::messages::letters::{self, Facts};
use crate::messages::{Letter, Outgoing, queue};
use crate::{Error, Result, Services, audit};

/// Who does what to an application, and why.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Move<'a> {
    pub action: Action,
    pub role: Role,
    pub actor: Option<AccountId>,
    pub note: &'a str,
}

impl Move<'_> {
    /// Something that the clock does.
    pub(crate) fn by_clock(action: Action) -> Self {
        Self { action, role: Role::System, actor: None, note: "" }
    }
}

/// Moves the application on. The caller has locked it (`find_for_change`), changes its other fields
/// before, and sends the letters after.
///
/// # Errors
/// [`Error::Refused`] when the table or the capacity says no, or when somebody else changed it meanwhile.
pub(crate) async fn move_on(
    tx: &mut Tx,
    services: &Services,
    application: &mut Application,
    about: &About,
    step: Move<'_>,
) -> Result<()> {
    let from = application.state;
    let to = from.after(step.action, step.role)?;
    let now = services.now();
    if to.holds_place() && !from.holds_place() {
        if !places::hold(tx, services, application, step.action).await? {
            return Err(Error::refused(
                "Every place on these dates is held. You can put this application on the waiting list.",
            ));
        }
        store::catalogue::places_changed(tx, about.opportunity).await?;
    }
    if from.holds_place() && !to.holds_place() {
        places::release(tx, services, application, step.action).await?;
        store::catalogue::places_changed(tx, about.opportunity).await?;
    }
    application.state = to;
    application.state_since = now;
    if to != State::Offered {
        application.respond_by = None;
    }
    if to == State::Accepted {
        crate::priority::use_rebook_priority(tx, services, application.learner, application.id).await?;
    }
    if !store::applications::save(tx, application).await? {
        return Err(Error::refused("Somebody changed this application a moment ago. Load the page again."));
    }
    application.version += 1;
    let event = Event {
        at: now,
        action: step.action,
        from,
        to,
        role: step.role,
        actor: step.actor,
        note: step.note.to_owned(),
    };
    store::applications::insert_event(tx, services.uuid(), application.id, &event).await?;
    let detail = serde_json::json!({ "from": from.as_str(), "to": to.as_str() });
    audit::record(
        tx,
        services,
        step.actor,
        step.role,
        step.action.as_str(),
        "application",
        application.id,
        Some(about.organisation),
        detail,
    )
    .await?;
    if matches!(to, State::Attended | State::PartlyAttended | State::DidNotAttend) {
        crate::certificates::follow(tx, services, application, about).await?;
    }
    Ok(())
}

/// The name that letters use: as the learner wrote it in this application.
pub(crate) fn name_of(application: &Application) -> &str {
    let name = application.answers.get("name");
    if name.is_empty() { "there" } else { name }
}

/// The facts for a letter about this application.
pub(crate) fn facts<'a>(services: &'a Services, application: &'a Application, about: &'a About) -> Facts<'a> {
    Facts {
        name: name_of(application),
        reference: &application.reference,
        about,
        base_url: &services.settings.base_url,
    }
}

/// Sends a letter to the learner. The key holds the application's version, so that the same step tells
/// once and a later step tells again.
pub(crate) async fn tell_learner(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    template: &'static str,
    letter: Letter,
) -> Result<()> {
    tell(tx, services, application, format!("{template}:{}:{}", application.id, application.version), template, letter)
        .await
}

/// Sends a letter to the learner that is sent once in an application's life: a reminder.
pub(crate) async fn tell_learner_once(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    template: &'static str,
    letter: Letter,
) -> Result<()> {
    tell(tx, services, application, format!("{template}:{}", application.id), template, letter).await
}

/// Sends a letter to the learner that is sent once while the application stands where it stands: whatever
/// else is written down about it meanwhile, such as a parent or carer's yes.
pub(crate) async fn tell_learner_once_here(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    template: &'static str,
    letter: Letter,
) -> Result<()> {
    let key = format!("{template}:{}:{}", application.id, application.state_since.0);
    tell(tx, services, application, key, template, letter).await
}

/// Sends a letter to the learner once for this key, which begins with the template's name.
pub(crate) async fn tell_learner_keyed(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    key: String,
    template: &'static str,
    letter: Letter,
) -> Result<()> {
    tell(tx, services, application, key, template, letter).await
}

async fn tell(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    key: String,
    template: &'static str,
    letter: Letter,
) -> Result<()> {
    let Some(account) = store::accounts::find(tx, application.learner).await? else {
        return Ok(());
    };
    super::consent::copy(tx, services, application, &key, template, &letter).await?;
    let outgoing = Outgoing { key, to: account.email, template, letter, application: Some(application.id) };
    queue(tx, services, outgoing).await
}

/// Sends a letter to every coordinator who decides for the provider. `key` is against doubles.
pub(crate) async fn tell_coordinators(
    tx: &mut Tx,
    services: &Services,
    about: &About,
    key: &str,
    template: &'static str,
    letter: &Letter,
) -> Result<()> {
    for coordinator in store::accounts::list_deciders(tx, about.organisation).await? {
        let outgoing = Outgoing {
            key: format!("{template}:{key}:{}", coordinator.id),
            to: coordinator.email,
            template,
            letter: letter.clone(),
            application: None,
        };
        queue(tx, services, outgoing).await?;
    }
    Ok(())
}

/// Sends a letter of their own to the parent or carer who has not refused, if there is one. Copies of what
/// the learner is sent go out by themselves (`consent::copy`).
pub(crate) async fn tell_guardian(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    template: &'static str,
    letter: impl FnOnce(&str) -> Letter,
) -> Result<()> {
    let Some(consent) = store::consents::find(tx, application.id).await? else {
        return Ok(());
    };
    if consent.answer.as_deref() == Some("no") {
        return Ok(());
    }
    let outgoing = Outgoing {
        key: format!("{template}:guardian:{}:{}", application.id, application.version),
        to: consent.guardian_email.clone(),
        template,
        letter: letter(&consent.guardian_name),
        application: Some(application.id),
    };
    queue(tx, services, outgoing).await
}

/// The day by which the provider promises to answer what is sent today: so many working days on, but
/// before the session begins, since later it would be no answer.
pub(crate) fn promised_by(services: &Services, within: u32, starts_on: chrono::NaiveDate) -> chrono::NaiveDate {
    let today = services.today();
    services.working_days.after(today, within).min(last_offer_day(starts_on)).max(today)
}

/// Holds a place for the learner and tells them, with the usual time to answer. The caller has set nothing
/// yet.
pub(crate) async fn offer(
    tx: &mut Tx,
    services: &Services,
    application: &mut Application,
    about: &About,
    step: Move<'_>,
) -> Result<()> {
    offer_within(tx, services, application, about, step, domain::places::ANSWER_DAYS).await
}

/// The day by which an offer of today is to be answered: so many working days on, but never past the last
/// day for offers.
pub(crate) fn respond_by(services: &Services, about: &About, days: u32) -> chrono::NaiveDate {
    services.working_days.after(services.today(), days).min(last_offer_day(about.starts_on))
}

/// As [`offer`], with so many working days to answer.
pub(super) async fn offer_within(
    tx: &mut Tx,
    services: &Services,
    application: &mut Application,
    about: &About,
    step: Move<'_>,
    days: u32,
) -> Result<()> {
    if services.today() > last_offer_day(about.starts_on) || about.cancelled {
        return Err(Error::refused("These dates have begun or were cancelled, so no place can be offered."));
    }
    if let Some(words) = crate::new_dates::being_agreed(tx, about.session).await? {
        return Err(Error::Refused(words));
    }
    let respond_by = respond_by(services, about, days);
    application.respond_by = Some(respond_by);
    application.overdue_at = None;
    move_on(tx, services, application, about, step).await?;
    let facts = facts(services, application, about);
    tell_learner(tx, services, application, "offered", letters::offered(&facts, respond_by)).await
}

/// Confirms an accepted application when consent and every mandatory clearance are in place; tells the
/// learner, the parent or carer, and by text message who asked for that. Whether it was confirmed.
pub(crate) async fn confirm_if_ready(
    tx: &mut Tx,
    services: &Services,
    application: &mut Application,
    about: &About,
) -> Result<bool> {
    // On dates that were cancelled nobody is confirmed: they are asked about new ones.
    if application.state != State::Accepted || about.cancelled {
        return Ok(false);
    }
    let clearances: Vec<_> = store::applications::list_clearances(tx, application.id)
        .await?
        .into_iter()
        .map(|c| (c.mandatory, c.standing(about.ends_on)))
        .collect();
    if !domain::clearance::ready_to_confirm(application.consent, &clearances) {
        return Ok(false);
    }
    move_on(tx, services, application, about, Move::by_clock(Action::Confirm)).await?;
    let facts = facts(services, application, about);
    tell_learner(tx, services, application, "confirmed", letters::confirmed(&facts, facts.name)).await?;
    tell_guardian(tx, services, application, "confirmed", |guardian| letters::confirmed(&facts, guardian)).await?;
    crate::attendance::tell_hosts(tx, services, &facts, application).await?;
    if let Some(phone) = domain::form::tidy_phone(application.answers.get("phone")) {
        let text = format!(
            "Your place is confirmed. {} starts on {}. Reference {}. Details are in your email.",
            about.organisation_name,
            domain::words::long_date(about.starts_on),
            application.reference
        );
        crate::messages::queue_text(
            tx,
            services,
            format!("confirmed:text:{}:{}", application.id, application.version),
            phone,
            "confirmed",
            text,
            Some(application.id),
        )
        .await?;
    }
    Ok(true)
}

/// The learner's own application with the facts around it; locked when it is to be changed. Somebody
/// else's is not there.
pub(crate) async fn own(tx: &mut Tx, ctx: &crate::Ctx, typed: &str, change: bool) -> Result<(Application, About)> {
    crate::policy::learner(ctx)?;
    let reference = domain::reference::tidy_reference(typed);
    let found = if change {
        store::applications::find_for_change(tx, &reference).await?
    } else {
        store::applications::find(tx, &reference).await?
    };
    of_own(tx, ctx, found).await
}

/// As [`own`], locked for filling in and sending: many do that at once, and wait for nobody else's.
pub(crate) async fn own_to_fill(tx: &mut Tx, ctx: &crate::Ctx, typed: &str) -> Result<(Application, About)> {
    crate::policy::learner(ctx)?;
    let reference = domain::reference::tidy_reference(typed);
    let found = store::applications::find_for_filling(tx, &reference).await?;
    of_own(tx, ctx, found).await
}

async fn of_own(tx: &mut Tx, ctx: &crate::Ctx, found: Option<Application>) -> Result<(Application, About)> {
    let application = found.ok_or(Error::NotFound)?;
    crate::policy::own(ctx, application.learner)?;
    let about = store::applications::about_application(tx, &application).await?;
    Ok((application, about))
}
