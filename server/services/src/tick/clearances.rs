//! What the clock does about checks: opens those again that run out too early, moves due dates with the
//! dates of the session, tells those who see to checks what is theirs to do, and sees to documents.

use std::collections::BTreeMap;

use chrono::Timelike;
use domain::Role;
use domain::clearance::{ClearanceStatus, Risk, chased_today, due_on};
use store::applications::OpenCheck;

use crate::applications::{facts, tell_coordinators};
use crate::messages::letters::{self, ToDo};
use crate::messages::{Outgoing, queue};
use crate::time::london;
use crate::{Error, Result, Services, audit, documents};

/// Before this hour in London nobody is written to about checks.
const FIRST_HOUR: u32 = 7;
/// Under this name the settings hold the day on which unknown bytes were last looked for.
const SWEPT: &str = "documents-swept";

/// Does what is due about checks and documents. A part that fails does not hold up the others.
pub(super) async fn run(services: &Services) {
    let logged = |what: &'static str, result: Result<()>| {
        if let Err(error) = result {
            tracing::error!(what, %error, "what was due about checks could not be done");
        }
    };
    logged("keep dates", keep_dates(services).await);
    logged("tell owners", tell_owners(services).await);
    logged("scan documents", documents::scan_waiting(services).await);
    logged("forget documents", documents::forget_over(services).await.map(|_| ()));
    logged("sweep", sweep_daily(services).await);
}

async fn open_checks(services: &Services) -> Result<Vec<OpenCheck>> {
    let mut tx = services.db.read().await?;
    Ok(store::applications::list_open_checks(&mut tx, None, services.today()).await?)
}

/// Due dates follow the dates of the session; a check that no longer holds until the last day is opened
/// again.
async fn keep_dates(services: &Services) -> Result<()> {
    let today = services.today();
    for open in open_checks(services).await? {
        let check = &open.check;
        let runs_out = check.risk(today, open.starts_on, open.ends_on) == Some(Risk::RunsOut);
        // Checks of before there was a lead time keep their day.
        let due = due_on(check.requested_on, check.lead_days, open.starts_on);
        let moved = check.status == ClearanceStatus::Requested && check.lead_days > 0 && check.due_on != due;
        if !runs_out && !moved {
            continue;
        }
        match keep_one(services, &open).await {
            Ok(()) | Err(Error::NotFound | Error::Refused(_)) => {}
            Err(error) => tracing::error!(reference = open.reference, %error, "a check could not be kept in step"),
        }
    }
    Ok(())
}

async fn keep_one(services: &Services, open: &OpenCheck) -> Result<()> {
    let today = services.today();
    let mut tx = services.db.write().await?;
    let application = store::applications::find_for_change(&mut tx, &open.reference).await?.ok_or(Error::NotFound)?;
    let about = store::applications::about_application(&mut tx, &application).await?;
    let mut check = store::applications::find_clearance(&mut tx, application.id, open.check.code())
        .await?
        .filter(|check| *check == open.check && application.state == open.state)
        .ok_or(Error::NotFound)?;
    if check.risk(today, about.starts_on, about.ends_on) == Some(Risk::RunsOut) {
        check.status = ClearanceStatus::Requested;
        check.requested_on = today;
        check.due_on = due_on(today, check.lead_days, about.starts_on);
        check.settled = None;
        check.seen_on = None;
        check.valid_until = None;
        check.reused_from = None;
        store::applications::save_clearance(&mut tx, &check).await?;
        let detail = serde_json::json!({ "kind": check.code().as_str() });
        let organisation = Some(about.organisation);
        let action = "reopen_clearance";
        audit::record(
            &mut tx,
            services,
            None,
            Role::System,
            action,
            "application",
            application.id,
            organisation,
            detail,
        )
        .await?;
        let template = "check_again";
        if let Some(account) = store::accounts::find(&mut tx, application.learner).await? {
            let key = format!("{template}:{}:{today}", check.id);
            let letter = letters::check_again(&facts(services, &application, &about));
            queue(
                &mut tx,
                services,
                Outgoing { key, to: account.email, template, letter, application: Some(application.id) },
            )
            .await?;
        }
        let letter = letters::check_again_at(&about.title, &application.reference, &services.settings.base_url);
        let key = format!("{}:{today}", check.id);
        tell_coordinators(&mut tx, services, &about, &key, "check_again_at", &letter).await?;
    } else {
        check.due_on = due_on(check.requested_on, check.lead_days, about.starts_on);
        store::applications::save_clearance(&mut tx, &check).await?;
    }
    Ok(tx.commit().await?)
}

/// Whoever sees to checks is told what is theirs to do. Checks that nobody sees to are the coordinators',
/// who find them on their pages; they are written to when one of these is late.
async fn tell_owners(services: &Services) -> Result<()> {
    let today = services.today();
    if !services.working_days.is_working_day(today) || london(services.now()).hour() < FIRST_HOUR {
        return Ok(());
    }
    let previous = services.working_days.before(today, 1);
    let mut groups: BTreeMap<_, Vec<OpenCheck>> = BTreeMap::new();
    // What is asked for today is told of tomorrow, all at once.
    let asked = |open: &OpenCheck| open.check.status == ClearanceStatus::Requested && open.check.requested_on < today;
    for open in open_checks(services).await?.into_iter().filter(asked) {
        groups.entry((open.organisation, open.check.what.owner.email.clone())).or_default().push(open);
    }
    for ((organisation, email), open) in groups {
        let days: Vec<_> = open
            .iter()
            .filter(|open| !email.is_empty() || open.check.due_on < today)
            .map(|open| (open.check.requested_on, open.check.due_on))
            .collect();
        if !chased_today(today, previous, &days) {
            continue;
        }
        let listed: Vec<ToDo> = open
            .iter()
            .filter(|open| !email.is_empty() || open.check.due_on < today)
            .map(|open| ToDo {
                reference: open.reference.clone(),
                check: open.check.label().to_owned(),
                due_on: open.check.due_on,
                late: open.check.due_on < today,
            })
            .collect();
        let mut tx = services.db.write().await?;
        let readers: Vec<(String, String)> = if email.is_empty() {
            let deciders = store::accounts::list_deciders(&mut tx, organisation).await?;
            deciders.into_iter().map(|decider| (decider.name, decider.email)).collect()
        } else {
            let owner = open.first().map(|open| open.check.what.owner.name.clone()).unwrap_or_default();
            vec![(owner, email)]
        };
        for (name, to) in readers {
            let template = "checks_to_do";
            let letter = letters::checks_to_do(&name, &listed, &services.settings.base_url);
            let key = format!("{template}:{organisation}:{to}:{today}");
            queue(&mut tx, services, Outgoing { key, to, template, letter, application: None }).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Once a day, bytes without a row and what was typed and never mended are removed.
async fn sweep_daily(services: &Services) -> Result<()> {
    let today = services.today().to_string();
    let mut tx = services.db.read().await?;
    if store::settings::get(&mut tx, SWEPT).await?.as_deref() == Some(today.as_str()) {
        return Ok(());
    }
    drop(tx);
    documents::sweep(services).await?;
    let mut tx = services.db.write().await?;
    store::typed_forms::forget_before(&mut tx, services.now().plus_days(-1)).await?;
    store::settings::set(&mut tx, SWEPT, &today).await?;
    Ok(tx.commit().await?)
}
