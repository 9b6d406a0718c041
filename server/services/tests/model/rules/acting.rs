//! Who did what for whom: in the history and in the audit trail, and nothing is sent to nobody.

use domain::form::has_email;

use super::*;

/// Every event is in the audit trail, once, with its moment and who did it.
pub fn audit(now: &Snapshot) -> Verdict {
    let mut events: Vec<_> = now
        .events
        .iter()
        .map(|e| (e.application_id.to_string(), e.action.as_str(), e.at, e.role.as_str(), e.actor_id))
        .collect();
    let mut audited: Vec<_> = now
        .audited
        .iter()
        .filter(|line| line.subject_kind == "application" && TABLE.iter().any(|known| known.0 == line.action))
        .map(|line| (line.subject_id.clone(), line.action.as_str(), line.at, line.role.as_str(), line.actor_id))
        .collect();
    events.sort();
    audited.sort();
    must(events == audited, || "events and the audit trail differ".into())
}

/// Learners act on their own applications only, staff on others' only, and each is named; the clock, and a
/// parent or carer, have no account.
pub fn actors(now: &Snapshot) -> Verdict {
    for event in &now.events {
        let whose = application(now, event.application_id)?;
        let right = match event.role.as_str() {
            "learner" => event.actor_id == Some(whose.learner_id),
            "system" | "guardian" => event.actor_id.is_none(),
            _ => event.actor_id.is_some_and(|actor| actor != whose.learner_id),
        };
        must(right, || format!("{} of {} by {}: who did it?", event.action, whose.reference, event.role))?;
    }
    for one in now.applications.iter().filter(|a| !has_email(&a.email)) {
        // Somebody who was keyed in: their account says by whom, and their own hand did nothing.
        let begun = now.audited.iter().any(|line| {
            line.subject_kind == "account"
                && line.action == "start_account_for"
                && line.subject_id == one.learner_id.to_string()
                && line.actor_id.is_some()
        });
        must(begun, || format!("nobody knows who began the account of {}", one.reference))?;
        must(now.events.iter().all(|e| e.application_id != one.id || e.role != "learner"), || {
            format!("{} acted, and cannot sign in", one.reference)
        })?;
        let sent = now.letters.iter().find(|l| l.recipient == one.email && ["queued", "sent"].contains(&&*l.status));
        must(sent.is_none(), || format!("a letter is sent to nobody: {}", sent.map_or("", |l| &l.template)))?;
    }
    Ok(())
}
