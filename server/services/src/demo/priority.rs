//! A few learners whose adviser stated that they meet a priority, and places that are reserved for such.

use domain::Role;
use domain::priority::EvidenceReason;

use super::Person;
use super::opportunities::Written;
use super::plan::Date;
use super::stage::Stage;
use crate::Result;

/// How many places of a session are reserved.
const RESERVED: i64 = 2;

/// Each adviser states something about two learners; two dates of each main provider keep places for such.
pub(super) async fn write(stage: &mut Stage<'_>, written: &Written, people: &[Person]) -> Result<()> {
    for adviser in people.iter().filter(|person| person.role == Role::Adviser) {
        let Some(member) = store::accounts::list_memberships(stage.tx, adviser.account)
            .await?
            .into_iter()
            .find(|member| member.role == Role::Adviser)
        else {
            continue;
        };
        let Some(school) = member.organisation else { continue };
        let learners = store::adviser_links::list_learners(stage.tx, school).await?;
        for (learner, reason) in learners.iter().zip([EvidenceReason::FirstInFamily, EvidenceReason::YoungCarer]) {
            let id = stage.services.uuid();
            let at = learner.agreed_at.plus_days(1).min(stage.now);
            store::priority::end_statement(stage.tx, learner.account, school, adviser.account, at).await?;
            store::priority::insert_statement(stage.tx, id, learner.account, school, adviser.account, at, &[reason])
                .await?;
        }
    }
    for run in written
        .runs
        .iter()
        .filter(|run| run.planned.is_some_and(|planned| matches!(planned.date, Date::ToDecide | Date::Drafts)))
    {
        if let Some(mut places) = store::ledger::places(stage.tx, run.session).await? {
            places.places.reserved_priority = RESERVED;
            // Where too many hold a place already, none is reserved.
            store::ledger::change(stage.tx, run.session, &places, &[], stage.now, "change_places").await?;
        }
    }
    Ok(())
}
