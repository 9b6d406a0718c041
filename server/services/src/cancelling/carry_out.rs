//! Carrying it out: the sessions are marked, every application ends as the table says, and each person is
//! told once. More people than fit one transaction are told in further ones; the clock goes on with what a
//! stopped process left.

use domain::cancelling::when_cancelled;
use domain::ids::{AccountId, CancellationId};
use domain::places::{FreedPlace, Pool};
use domain::{Role, State};
use store::Tx;
use store::applications::About;

use super::people::{self, Person, Supervisor};
use super::{BATCH, Cancellation, Scope, Why, cannot, read, sessions};
use crate::applications::{Move, move_on, one_fewer, promote_next};
use crate::messages::{Outgoing, queue, queue_for_telephone, queue_text};
use crate::{Ctx, Error, Result, Services, audit, policy, priority};

/// Cancels what was read in the preview. The same again changes nothing.
///
/// # Errors
/// [`Error::NotFound`] for another organisation's and without the right to decide; [`Error::Refused`] when
/// what would be sent, or to whom, has changed since it was read.
pub async fn cancel(ctx: &Ctx, id: CancellationId, fingerprint: &str) -> Result<()> {
    let services = &ctx.services;
    let (actor, membership, organisation) = policy::coordinator(ctx)?;
    if !membership.can_decide {
        return Err(Error::NotFound);
    }
    let mut tx = services.db.write().await?;
    let found = store::cancellations::find_for_change(&mut tx, id).await?;
    let cancellation = found.filter(|found| found.organisation == organisation).ok_or(Error::NotFound)?;
    if cancellation.done.is_some() {
        return Ok(());
    }
    let scope = cancellation.scope;
    let why = read(scope, &cancellation.typed).map_err(|_| Error::refused("Choose a reason first."))?;
    // Locked in their order, then read again: nobody applies or decides meanwhile.
    for about in sessions(&mut tx, scope, why.days).await? {
        store::applications::lock_session(&mut tx, about.session).await?;
    }
    let about = sessions(&mut tx, scope, why.days).await?;
    if let Some(words) = cannot(&mut tx, ctx, scope, &about, why.days).await? {
        return Err(Error::Refused(words));
    }
    let people = people::gather(&mut tx, services, scope, &about, &why, organisation).await?;
    if people.fingerprint() != fingerprint {
        return Err(Error::refused(
            "Who is told, or what they are told, has changed since you read it. Read it again and cancel then.",
        ));
    }
    let now = services.now();
    store::cancellations::mark_done(&mut tx, id, why.reason, &why.note, actor.account, now).await?;
    if !matches!(scope, Scope::Application(_)) {
        for one in &about {
            store::sessions::cancel(&mut tx, one.session, now).await?;
            store::cancellations::add_session(&mut tx, id, one.session).await?;
            record(&mut tx, services, actor.account, one, &why).await?;
        }
        let opportunities: Vec<_> = about.iter().map(|one| one.opportunity).collect();
        store::catalogue::changed(&mut tx, &opportunities).await?;
    }
    let pool = match scope {
        Scope::Application(application) => store::ledger::pool_of(&mut tx, application).await?,
        _ => None,
    };
    for supervisor in &people.supervisors {
        tell_supervisor(&mut tx, services, id, supervisor).await?;
    }
    let everybody: Vec<Person> = people.people.into_iter().chain(people.drafts).collect();
    let (first, rest) = everybody.split_at(everybody.len().min(BATCH));
    tell(&mut tx, services, id, first, &why, actor.account).await?;
    if rest.is_empty() && !matches!(scope, Scope::Application(_)) {
        end_changes(&mut tx, &about, now).await?;
    }
    if rest.is_empty() {
        store::cancellations::mark_finished(&mut tx, id, now).await?;
    }
    if let (Scope::Application(_), Some(freed), [about]) = (scope, why.freed, about.as_slice()) {
        if freed == FreedPlace::Fewer {
            one_fewer(&mut tx, services, about, pool.unwrap_or(Pool::Open), actor.account).await?;
        }
        promote_next(&mut tx, services, about).await?;
    }
    tx.commit().await?;
    if !rest.is_empty() {
        finish(services, id).await?;
    }
    Ok(())
}

async fn record(tx: &mut Tx, services: &Services, by: AccountId, about: &About, why: &Why) -> Result<()> {
    audit::record(
        tx,
        services,
        Some(by),
        Role::Coordinator,
        "cancel_session",
        "session",
        about.session,
        Some(about.organisation),
        serde_json::json!({ "reason": why.reason.as_str() }),
    )
    .await
}

/// Nobody is asked any more whether they can come on what was cancelled.
async fn end_changes(tx: &mut Tx, sessions: &[About], at: domain::time::Moment) -> Result<()> {
    for about in sessions {
        if let Some(change) = store::date_changes::open_into(tx, about.session).await? {
            store::date_changes::mark_finished(tx, change.id, at).await?;
        }
    }
    Ok(())
}

/// Ends and tells these people's applications. Whoever is told by this is in no later batch: nothing of
/// theirs is live any more.
async fn tell(
    tx: &mut Tx,
    services: &Services,
    id: CancellationId,
    people: &[Person],
    why: &Why,
    by: AccountId,
) -> Result<()> {
    for person in people {
        for (application, about) in &person.applications {
            let mut application = application.clone();
            let Some((action, role)) = when_cancelled(application.state) else { continue };
            let held = matches!(application.state, State::Accepted | State::Confirmed);
            let actor = (role == Role::Coordinator).then_some(by);
            let note = format!("{} {}", why.reason.in_words(), why.note);
            let step = Move { action, role, actor, note: note.trim() };
            move_on(tx, services, &mut application, about, step).await?;
            store::cancellations::add_application(tx, id, application.id).await?;
            if held {
                priority::grant_rebook_priority(tx, services, application.learner, application.id).await?;
            }
        }
        let about = person.applications.first().map(|(application, _)| application.id);
        let key = format!("cancelled:{id}:{}", person.learner);
        let letter = person.letter.letter.clone();
        let outgoing = Outgoing {
            key: key.clone(),
            to: person.letter.to.clone(),
            template: "cancelled",
            letter,
            application: about,
        };
        if person.text.is_some() && !domain::form::has_email(&outgoing.to) {
            // The text message below says that they are rung.
            queue_for_telephone(tx, services, outgoing, None, "").await?;
        } else {
            queue(tx, services, outgoing).await?;
        }
        for (number, carer) in person.carers.iter().enumerate() {
            let outgoing = Outgoing {
                key: format!("{key}:guardian:{number}"),
                to: carer.to.clone(),
                template: "cancelled",
                letter: carer.letter.clone(),
                application: about,
            };
            queue(tx, services, outgoing).await?;
        }
        if let Some((phone, words)) = &person.text {
            queue_text(tx, services, format!("{key}:text"), phone.clone(), "cancelled", words.clone(), about).await?;
        }
    }
    store::cancellations::add_told(tx, id, i64::try_from(people.len()).unwrap_or(i64::MAX)).await?;
    Ok(())
}

async fn tell_supervisor(tx: &mut Tx, services: &Services, id: CancellationId, who: &Supervisor) -> Result<()> {
    let outgoing = Outgoing {
        key: format!("cancelled:{id}:supervisor:{}", who.account),
        to: who.letter.to.clone(),
        template: "cancelled_for_supervisor",
        letter: who.letter.letter.clone(),
        application: None,
    };
    queue(tx, services, outgoing).await
}

/// Tells whoever is left, batch after batch.
async fn finish(services: &Services, id: CancellationId) -> Result<()> {
    loop {
        let mut tx = services.db.write().await?;
        let Some(cancellation) = store::cancellations::find_for_change(&mut tx, id).await? else { return Ok(()) };
        let Cancellation { scope, finished_at, organisation, done, .. } = &cancellation;
        let (None, Some((by, _))) = (finished_at, done) else { return Ok(()) };
        let why = read(*scope, &cancellation.typed)
            .map_err(|_| Error::Unexpected(format!("cancellation {id} cannot be read again")))?;
        let mut about = Vec::new();
        for session in store::cancellations::list_sessions(&mut tx, id).await? {
            store::applications::lock_session(&mut tx, session).await?;
            about.extend(store::applications::about_session(&mut tx, session).await?);
        }
        let people = people::gather(&mut tx, services, *scope, &about, &why, *organisation).await?;
        let left: Vec<Person> = people.people.into_iter().chain(people.drafts).take(BATCH).collect();
        if left.is_empty() {
            end_changes(&mut tx, &about, services.now()).await?;
            store::cancellations::mark_finished(&mut tx, id, services.now()).await?;
            tx.commit().await?;
            return Ok(());
        }
        tell(&mut tx, services, id, &left, &why, *by).await?;
        tx.commit().await?;
    }
}

/// Goes on with what was carried out and has not told everybody: the process was stopped in between.
pub(crate) async fn finish_due(services: &Services) -> Result<()> {
    let mut tx = services.db.read().await?;
    let unfinished = store::cancellations::list_unfinished(&mut tx).await?;
    drop(tx);
    for id in unfinished {
        if let Err(error) = finish(services, id).await {
            tracing::error!(%id, %error, "a cancelling could not be finished");
        }
    }
    Ok(())
}
