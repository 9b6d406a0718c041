//! What must hold of everybody at every moment.

use super::*;

/// Nobody is in two places at once, applies twice for the same dates, or comes without what is needed.
pub fn people(now: &Snapshot) -> Verdict {
    for (at, one) in now.applications.iter().enumerate() {
        for other in &now.applications[at + 1..] {
            if one.learner_id != other.learner_id {
                continue;
            }
            let live = |a: &Applied| {
                a.state == "draft" || UNDECIDED.contains(&a.state.as_str()) || HOLDING.contains(&a.state.as_str())
            };
            must(!(one.session_id == other.session_id && live(one) && live(other)), || "two for one session".into())?;
            let takes = |a: &Applied| TAKEN.contains(&a.state.as_str());
            if takes(one) && takes(other) {
                let (a, b) = (run(now, one.session_id)?, run(now, other.session_id)?);
                // On dates that were cancelled nobody is anywhere.
                let apart = a.ends_on < b.starts_on || b.ends_on < a.starts_on;
                let cancelled = a.cancelled_at.is_some() || b.cancelled_at.is_some();
                must(apart || cancelled, || format!("{} is in two places at once", one.email))?;
            }
        }
        let run = run(now, one.session_id)?;
        let adult = years_on(one.born, 18, run.starts_on);
        if one.state != "draft" && one.state != "expired" {
            must(years_on(one.born, 15, run.starts_on), || format!("{} is too young", one.reference))?;
            must(one.submitted_at.is_some() && one.decide_by.is_some(), || "sent without a promise".into())?;
            must(adult == (one.consent == "not_needed"), || format!("{}: consent is {}", one.reference, one.consent))?;
        }
        if one.state == "confirmed" {
            must(["not_needed", "given"].contains(&one.consent.as_str()), || "confirmed without consent".into())?;
            let open = now.checks.iter().any(|check| {
                check.application_id == one.id && check.mandatory && !["met", "waived"].contains(&check.status.as_str())
            });
            must(!open, || format!("{} is confirmed with an open check", one.reference))?;
        }
        must((one.state == "offered") == one.respond_by.is_some(), || {
            format!("{} is {} and answers by {:?}", one.reference, one.state, one.respond_by)
        })?;
        if let Some(by) = one.respond_by {
            must(by < run.starts_on, || format!("an offer until {by}, and they begin on {}", run.starts_on))?;
        }
    }
    Ok(())
}
