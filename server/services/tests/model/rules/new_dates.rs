//! New dates: whoever has a place is asked, and goes along only by their own yes, as somebody who may come
//! then, with a parent or carer asked again.

use super::*;

/// Everybody who was asked was told so, and what they answered is what happened.
pub fn asked(now: &Snapshot) -> Verdict {
    for one in &now.asked {
        let whose = application(now, one.application_id)?;
        let change = now.new_dates.iter().find(|c| c.id == one.date_change_id).ok_or("asked about nothing")?;
        let told = now.letters.iter().any(|l| {
            l.application_id == Some(whose.id) && l.template == "date_change_asked" && l.created_at == one.asked_at
        });
        must(told, || format!("{} does not know that they are asked", whose.reference))?;
        let did = |action: &str, role: &str| {
            now.events.iter().any(|e| {
                e.application_id == whose.id && e.action == action && e.role == role && Some(e.at) == one.answered_at
            })
        };
        let still_there = TAKEN.contains(&whose.state.as_str()) && whose.session_id == change.old_session_id;
        let right = match one.answer.as_deref() {
            Some("yes") => did("change_dates", "learner"),
            Some(_) => did("cancel", "coordinator"),
            None => change.finished_at.is_none() || !still_there,
        };
        must(right, || format!("{} answered {:?}, and something else happened", whose.reference, one.answer))?;
    }
    // Nobody has a place on dates that were cancelled, but who is still asked about others.
    for one in now.applications.iter().filter(|a| TAKEN.contains(&a.state.as_str())) {
        let is_asked = || {
            now.asked.iter().any(|asked| {
                asked.application_id == one.id
                    && asked.answer.is_none()
                    && now.new_dates.iter().any(|change| {
                        change.id == asked.date_change_id
                            && change.finished_at.is_none()
                            && change.old_session_id == one.session_id
                    })
            })
        };
        must(run(now, one.session_id)?.cancelled_at.is_none() || is_asked(), || {
            format!("{} has a place on cancelled dates", one.reference)
        })?;
    }
    for change in &now.new_dates {
        must(run(now, change.old_session_id)?.cancelled_at.is_some(), || "old dates are still open".into())?;
        let audited = now.audited.iter().filter(|line| {
            line.subject_kind == "session"
                && line.action == "change_dates"
                && line.subject_id == change.old_session_id.to_string()
                && line.actor_id.is_some()
        });
        must(audited.count() == 1, || "the audit trail does not know who proposed new dates".into())?;
    }
    Ok(())
}

/// Whoever has just gone along may come on the new dates; consent was asked for anew. And while people are
/// asked, nobody else is offered a place.
pub fn moved(before: &Snapshot, after: &Snapshot) -> Verdict {
    for event in since(before, after) {
        let whose = application(after, event.application_id)?;
        let run = run(after, whose.session_id)?;
        if event.action == "offer" {
            let was_asked = before.runs.iter().any(|b| b.id == run.id) && being_agreed(before, run);
            must(!(was_asked && being_agreed(after, run)), || {
                format!("{} was offered a place on dates that are being agreed", whose.reference)
            })?;
        }
        if event.action != "change_dates" {
            continue;
        }
        must(years_on(whose.born, 15, run.starts_on), || format!("{} is too young then", whose.reference))?;
        let adult = years_on(whose.born, 18, run.starts_on);
        let asked = after.letters.iter().any(|l| {
            l.application_id == Some(whose.id)
                && ["consent_request", "consent_no_address"].contains(&l.template.as_str())
                && l.created_at == event.at
        });
        let consent = match whose.consent.as_str() {
            "not_needed" => adult,
            "asked" => !adult && asked,
            "refused" => !adult,
            _ => false,
        };
        must(consent, || format!("{} moved, and consent is {}", whose.reference, whose.consent))?;
    }
    Ok(())
}

/// When the day has passed, nobody is asked any more.
pub fn nobody_is_asked_for_ever(now: &Snapshot, today: NaiveDate) -> Verdict {
    for change in now.new_dates.iter().filter(|change| change.finished_at.is_none()) {
        must(change.answer_by >= today, || format!("people were asked until {}, and still are", change.answer_by))?;
        let waits = now.asked.iter().filter(|a| a.date_change_id == change.id && a.answer.is_none());
        let waits: Vec<_> = waits.filter_map(|a| application(now, a.application_id).ok()).collect();
        must(waits.iter().any(|a| TAKEN.contains(&a.state.as_str())), || {
            "everybody has answered about new dates, and they are still being agreed".into()
        })?;
    }
    Ok(())
}
