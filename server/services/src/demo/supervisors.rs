//! The main providers' supervisors: each looks after one department, whose dates are over, running and to come.

use super::Person;
use super::opportunities::Written;
use super::people::Staff;
use super::plan::Date;
use super::stage::Stage;
use crate::{Error, Result};

/// Gives each supervisor the department that the dates to record are about.
pub(super) async fn write(
    stage: &mut Stage<'_>,
    written: &Written,
    staff: &mut [Staff],
    people: &mut [Person],
) -> Result<()> {
    stage.set_clock(stage.day(-200), 600);
    for (provider, staff) in staff.iter_mut().enumerate() {
        let Some(account) = staff.supervisor else { continue };
        let run = written
            .runs
            .iter()
            .find(|run| run.provider == provider && run.planned.is_some_and(|plan| plan.date == Date::Running))
            .ok_or(Error::NotFound)?;
        let session = store::attendance::find_session(stage.tx, run.session).await?.ok_or(Error::NotFound)?;
        let department = session.department.ok_or(Error::NotFound)?;
        store::attendance::add_department(stage.tx, account, department, stage.services.now()).await?;
        staff.department = Some(department);
        if let Some(person) = people.iter_mut().find(|person| person.account == account) {
            person.shows = format!(
                "Supervises {}. Records who came: one week that is over, and dates that run now.",
                session.department_name.unwrap_or_default()
            );
        }
    }
    Ok(())
}
