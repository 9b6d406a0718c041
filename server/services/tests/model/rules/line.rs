//! The waiting list is served in its order, and nobody waits in vain.

use chrono::Days;

use super::*;

/// After the clock's work nobody waits for something that cannot come any more, and no broken promise is
/// without its flag.
pub fn nobody_waits_in_vain(now: &Snapshot, today: NaiveDate) -> Verdict {
    for application in &now.applications {
        let run = now.runs.iter().find(|run| run.id == application.session_id).ok_or("no session")?;
        let state = application.state.as_str();
        let over = run.starts_on <= today || run.cancelled_at.is_some();
        let say = |what: &str| format!("{} is {state}: {what}", application.reference);
        must(!(UNDECIDED.contains(&state) && over), || say("its session began or was cancelled"))?;
        let began = run.cancelled_at.is_none() && run.starts_on <= today;
        must(!(state == "accepted" && began), || say("its session began"))?;
        must(!(state == "draft" && run.closes_on < today), || say("it closed"))?;
        must(application.respond_by.is_none_or(|by| by >= today), || say("the time to answer is over"))?;
        if ["submitted", "under_review"].contains(&state) && application.decide_by.is_some_and(|by| by < today) {
            must(application.overdue_at.is_some(), || say("it is late, and not flagged"))?;
            let told = now.letters.iter().any(|l| {
                l.application_id == Some(application.id) && l.template == "overdue" && l.recipient == application.email
            });
            must(told, || say("it is late, and the learner does not know"))?;
        }
    }
    Ok(())
}

/// The waiting list is served in its order, to whom it may, in time; and nobody waits beside a place that they
/// may have.
pub fn the_line(before: &Snapshot, after: &Snapshot, today: NaiveDate) -> Verdict {
    let let_go = |now: &Snapshot, application: &Applied| {
        let mine: BTreeSet<Uuid> = now
            .applications
            .iter()
            .filter(|a| a.learner_id == application.learner_id && a.session_id == application.session_id)
            .map(|a| a.id)
            .collect();
        now.events.iter().any(|e| {
            mine.contains(&e.application_id)
                && HOLDING.contains(&e.from_state.as_str())
                && ["decline", "expire_offer", "withdraw"].contains(&e.action.as_str())
        })
    };
    // A place could not be taken while the parent or carer says no.
    let refused = |a: &Applied| a.consent == "refused";
    // Without reserved places the order is simple: those who go first, then time.
    let order = |a: &Applied| (a.evidence + a.rebook == 0, a.submitted_at, a.id);
    let offered_by_clock = |a: &Applied| {
        let new = |e: &&Happened| e.application_id == a.id && e.action == "offer" && e.role == "system";
        after.events.iter().filter(new).count() > before.events.iter().filter(new).count()
    };
    for run in after.runs.iter().filter(|run| run.reserved_priority > 0) {
        let can_offer = run.cancelled_at.is_none() && today < run.starts_on && !being_agreed(after, run);
        let waits = after.applications.iter().find(|a| {
            a.session_id == run.id && a.state == "waitlisted" && a.evidence > 0 && !refused(a) && !let_go(after, a)
        });
        must(!(can_offer && run.held_priority < run.reserved_priority && waits.is_some()), || {
            format!("{} waits beside a free place for a priority", waits.map_or("", |a| &a.reference))
        })?;
    }
    for run in after.runs.iter().filter(|run| run.reserved == 0) {
        let here = |a: &&Applied| a.session_id == run.id;
        let still: Vec<_> = after
            .applications
            .iter()
            .filter(here)
            .filter(|a| a.state == "waitlisted" && !refused(a) && !let_go(after, a))
            .filter(|a| before.applications.iter().any(|b| b.id == a.id && b.state == "waitlisted"))
            .collect();
        for promoted in
            before.applications.iter().filter(here).filter(|a| a.state == "waitlisted" && offered_by_clock(a))
        {
            let now = after.applications.iter().find(|a| a.id == promoted.id).ok_or("gone")?;
            must(!refused(now), || format!("{} was offered a place against a no", promoted.reference))?;
            must(!let_go(before, promoted), || format!("{} let an offer go before", promoted.reference))?;
            for passed in &still {
                let then = before.applications.iter().find(|a| a.id == passed.id).ok_or("gone")?;
                must(order(promoted) < order(then), || {
                    format!("{} was passed over by {}", passed.reference, promoted.reference)
                })?;
            }
        }
        // An offer by the clock is for the waiting list.
        let last = run.starts_on - Days::new(1);
        let can_offer = run.cancelled_at.is_none() && today <= last && !being_agreed(after, run);
        for application in after.applications.iter().filter(here) {
            if offered_by_clock(application) {
                must(can_offer, || format!("{} was offered too late", application.reference))?;
            }
        }
        let free = run.held < run.capacity;
        must(!(can_offer && free && !still.is_empty()), || {
            format!("{} waits beside a free place", still.first().map_or("", |a| &a.reference))
        })?;
    }
    Ok(())
}
