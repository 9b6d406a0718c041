//! What the clock does about days that nobody recorded: reminds the recorder after 1, 3 and 10 working days.

use domain::attendance::chase_due;
use store::attendance::{RunSession, Scope};

use crate::attendance::open_days;
use crate::messages::{Outgoing, letters, queue};
use crate::{Result, Services};

/// Reminds, once for each step. A session that fails does not hold up the others.
pub(super) async fn run(services: &Services) {
    match sessions(services).await {
        Ok(sessions) => {
            for session in sessions {
                if let Err(error) = chase(services, &session).await {
                    tracing::error!(session = %session.id, %error, "a recorder could not be reminded");
                }
            }
        }
        Err(error) => tracing::error!(%error, "sessions to record could not be read"),
    }
}

async fn sessions(services: &Services) -> Result<Vec<RunSession>> {
    let mut tx = services.db.read().await?;
    let today = services.today();
    let list = store::attendance::list_sessions(&mut tx, Scope::All, today, today).await?;
    Ok(list.into_iter().filter(|session| session.confirmed > 0).collect())
}

/// The first reminder goes to the department's supervisors, the second to them and the coordinators, the
/// last to the coordinators. Without a supervisor every one goes to the coordinators. One letter names
/// every open day; which reminder it is, the earliest of them decides.
async fn chase(services: &Services, session: &RunSession) -> Result<()> {
    let today = services.today();
    let mut tx = services.db.read().await?;
    let mut days = open_days(&mut tx, services, session).await?;
    days.retain(|day| *day < today);
    let Some((first, step)) =
        days.first().and_then(|day| Some((*day, chase_due(*day, today, &services.working_days.now())?)))
    else {
        return Ok(());
    };
    let supervisors = match session.department {
        Some(department) => store::attendance::list_of_department(&mut tx, department).await?,
        None => Vec::new(),
    };
    let base = &services.settings.base_url;
    let mut to = Vec::new();
    if step < 10 {
        let page = format!("{base}/supervisor/sessions/{}", session.id);
        to.extend(supervisors.iter().map(|one| (one.account, one.email.clone(), one.name.clone(), page.clone())));
    }
    if step > 1 || supervisors.is_empty() {
        let page = format!("{base}/provider/sessions/{}/attendance", session.id);
        for one in store::accounts::list_deciders(&mut tx, session.organisation).await? {
            if to.iter().all(|(account, ..)| *account != one.id) {
                to.push((one.id, one.email, one.name, page.clone()));
            }
        }
    }
    let mut new = Vec::new();
    for (account, email, name, page) in to {
        let key = format!("attendance_due:{}:{first}:{step}:{account}", session.id);
        if !store::messages::has(&mut tx, &key).await? {
            let letter = letters::attendance_due(&session.title, &days, &name, &page);
            new.push(Outgoing { key, to: email, template: "attendance_due", letter, application: None });
        }
    }
    drop(tx);
    if new.is_empty() {
        return Ok(());
    }
    let mut tx = services.db.write().await?;
    for outgoing in new {
        queue(&mut tx, services, outgoing).await?;
    }
    tx.commit().await?;
    Ok(())
}
