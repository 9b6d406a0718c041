//! What is kept long enough goes, by the table of [`domain::retention`]. Bounded: a run takes so many of each
//! kind, the next run the rest. Running it again, or on two instances at once, changes nothing more.

use chrono::{Days, NaiveTime};
use domain::retention::{Record, WARNED_DAYS, rule};
use domain::time::Moment;

use crate::messages::{Outgoing, letters, queue};
use crate::own_data::{erase_quietly, make_anonymous};
use crate::time::from_london;
use crate::{Result, Services};

/// At most so many of each kind in one run.
const AT_ONCE: i64 = 100;
/// The setting with the hour in which it ran last: once an hour is enough.
const RAN: &str = "retention_ran";

/// What one run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Gone {
    /// Applications made anonymous.
    pub applications: usize,
    /// Messages whose words and address were removed.
    pub messages: u64,
    /// Lines of the audit trail.
    pub audit: u64,
    /// Accounts whose owners were told that they end.
    pub warned: usize,
    /// Accounts erased.
    pub accounts: usize,
}

/// Before this instant a kind of record is over.
fn over(services: &Services, record: Record) -> Moment {
    from_london(rule(record).term.begins(services.today()).and_time(NaiveTime::MIN))
}

/// Does what is due, if an hour has passed since the last run.
///
/// # Errors
/// When the store fails; what was done until then stays done.
pub(super) async fn run_hourly(services: &Services) -> Result<()> {
    let hour = (services.now().0 / 3_600_000_000).to_string();
    let mut tx = services.db.read().await?;
    let ran = store::settings::get(&mut tx, RAN).await?;
    drop(tx);
    if ran.as_deref() == Some(hour.as_str()) {
        return Ok(());
    }
    let mut tx = services.db.write().await?;
    store::settings::set(&mut tx, RAN, &hour).await?;
    tx.commit().await?;
    let gone = run(services).await?;
    if gone != Gone::default() {
        tracing::info!(?gone, "removed what was kept long enough");
    }
    Ok(())
}

/// Removes what is over.
///
/// # Errors
/// As [`run_hourly`].
pub async fn run(services: &Services) -> Result<Gone> {
    let mut gone = Gone::default();
    let now = services.now();

    let mut tx = services.db.write().await?;
    for (never_sent, record) in [(true, Record::Draft), (false, Record::Application)] {
        let before = over(services, record);
        for application in store::retention::list_ended(&mut tx, never_sent, before, AT_ONCE).await? {
            make_anonymous(&mut tx, application, now).await?;
            gone.applications += 1;
        }
    }
    tx.commit().await?;

    let mut tx = services.db.write().await?;
    gone.messages = store::retention::blank_messages(&mut tx, over(services, Record::Message), AT_ONCE).await?;
    gone.audit = store::retention::delete_audit_before(&mut tx, over(services, Record::Audit), AT_ONCE).await?;
    tx.commit().await?;

    accounts(services, &mut gone).await?;
    Ok(gone)
}

/// Accounts that nobody uses: their owners are told first, and erased when they did not come back.
async fn accounts(services: &Services, gone: &mut Gone) -> Result<()> {
    let notice = Days::new(u64::from(WARNED_DAYS));
    let today = services.today();
    let soon = rule(Record::Account).term.begins(today.checked_add_days(notice).unwrap_or(today));
    let mut tx = services.db.write().await?;
    for (account, address) in
        store::retention::list_idle(&mut tx, from_london(soon.and_time(NaiveTime::MIN)), AT_ONCE).await?
    {
        let after = services.now().plus_days(-3 * i64::from(WARNED_DAYS));
        match store::retention::warned_at(&mut tx, &address, after).await? {
            None => {
                let ends = today.checked_add_days(notice).unwrap_or(today);
                let outgoing = Outgoing {
                    key: format!("account_ending:{account}:{today}"),
                    to: address,
                    template: "account_ending",
                    letter: letters::account_ending(ends, &services.settings.base_url),
                    application: None,
                };
                queue(&mut tx, services, outgoing).await?;
                gone.warned += 1;
            }
            Some(at) if services.now() >= at.plus_days(i64::from(WARNED_DAYS)) => {
                erase_quietly(&mut tx, services, account, &address, None).await?;
                gone.accounts += 1;
            }
            Some(_) => {}
        }
    }
    tx.commit().await?;
    Ok(())
}
