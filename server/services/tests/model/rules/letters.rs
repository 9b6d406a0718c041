//! Who is told of what.

use super::*;

/// The letter that tells the learner of an event; `None` where nobody is told of it.
fn tells(action: &str, role: &str) -> Option<&'static str> {
    Some(match (action, role) {
        ("expire" | "view", _) => return None,
        ("submit", _) => "submitted",
        ("waitlist", _) => "waitlisted",
        ("offer", _) => "offered",
        ("say_no", _) => "not_selected",
        ("lapse", _) => "lapsed",
        ("accept", _) => "accepted",
        ("expire_offer", _) => "offer_over",
        ("withdraw_offer", _) => "offer_over",
        ("confirm", _) => "confirmed",
        ("fail_clearance", _) => "clearance_not_met",
        // A parent or carer's no is told as such; the place goes with it.
        ("withdraw", "guardian") => "consent_answered",
        ("decline" | "withdraw", _) => "withdrawn",
        ("change_dates", "coordinator") => "dates_moved",
        ("change_dates", _) => "date_change_agreed",
        ("record_attended", _) => "thank_you",
        ("record_partly" | "record_absent", _) => "attendance_recorded",
        // Changes are told day by day: see `days`.
        _ => return None,
    })
}

/// Letters to the learner that tell of an event, or of something else.
const REMINDERS: &[&str] = &["consent_answered", "thank_you", "dates_moved"];

/// What cancelling does to an application, by where it stands.
const CANCELLING: &[&str] = &["cancel", "withdraw_offer", "lapse", "expire"];

/// What new dates say to whom they end something for.
const ENDED_BY_NEW_DATES: &[&str] = &["dates_do_not_fit", "date_change_not_coming"];

/// Every event that is to be told was told once, at its moment; nothing else was told as if it were one.
pub fn letters(now: &Snapshot) -> Verdict {
    let of: BTreeMap<Uuid, &Applied> = now.applications.iter().map(|a| (a.id, a)).collect();
    let mut told: BTreeMap<(Uuid, &str, i64), i64> = BTreeMap::new();
    // One letter tells of everything that a provider cancels for somebody at once.
    let mut cancelled: BTreeMap<(&str, i64), i64> = BTreeMap::new();
    for letter in now.letters.iter().filter(|l| l.template == "cancelled" && l.channel == "email") {
        let to_learner = letter.application_id.and_then(|id| of.get(&id)).is_some_and(|a| a.email == letter.recipient);
        if to_learner {
            let second = cancelled.insert((&letter.recipient, letter.created_at), 0).is_some();
            must(!second, || format!("{} was told twice of one cancelling", letter.recipient))?;
        }
    }
    let ended: BTreeMap<(Uuid, i64), &str> = now
        .letters
        .iter()
        .filter(|l| ENDED_BY_NEW_DATES.contains(&l.template.as_str()))
        .filter_map(|l| Some(((l.application_id?, l.created_at), l.template.as_str())))
        .collect();
    for event in &now.events {
        let whose = of.get(&event.application_id).map_or("", |application| &application.email);
        let cancels = CANCELLING.contains(&event.action.as_str());
        if cancels && cancelled.contains_key(&(whose, event.at)) {
            *cancelled.entry((whose, event.at)).or_default() += 1;
        } else if let Some(template) = ended.get(&(event.application_id, event.at)).filter(|_| cancels) {
            *told.entry((event.application_id, template, event.at)).or_default() += 1;
        } else if event.action == "cancel" {
            return Err(format!("a place of {whose} was cancelled, and nobody told them"));
        } else if let Some(template) = tells(&event.action, &event.role) {
            *told.entry((event.application_id, template, event.at)).or_default() += 1;
        }
    }
    let mut reminded: BTreeSet<(Uuid, &str, &str)> = BTreeSet::new();
    for letter in &now.letters {
        let Some(id) = letter.application_id else { continue };
        let application = of.get(&id).ok_or("a letter about no application")?;
        if letter.channel != "email" || letter.recipient != application.email {
            continue;
        }
        let template = letter.template.as_str();
        if template == "cancelled" {
            let of_events = cancelled.get(&(letter.recipient.as_str(), letter.created_at));
            must(of_events.is_some_and(|events| *events > 0), || "told of a cancelling that was none".into())?;
            continue;
        }
        if let Some(left) = told.get_mut(&(id, template, letter.created_at)) {
            *left -= 1;
            must(*left >= 0, || format!("{} was told twice of {template}", application.reference))?;
        } else {
            let known = ENDED_BY_NEW_DATES.contains(&template)
                || TABLE.iter().any(|line| line.3.iter().any(|role| tells(line.0, role) == Some(template)));
            must(!known || REMINDERS.contains(&template), || {
                format!("{} was told {template} without an event", application.reference)
            })?;
            must(reminded.insert((id, template, &letter.key)), || format!("{template} twice"))?;
            // New dates are told without an event to whom had not sent anything.
            let sent = now.events.iter().any(|e| e.application_id == id && e.at <= letter.created_at);
            must(template != "dates_moved" || !sent, || format!("{} was told of new dates", application.reference))?;
        }
    }
    for ((id, template, _), left) in told {
        must(left == 0, || format!("{} was not told: {template}", of[&id].reference))?;
    }
    // The same words to the same person at the same moment are the same letter.
    let mut seen = BTreeSet::new();
    for letter in &now.letters {
        let same = (&letter.recipient, &letter.template, letter.application_id, letter.created_at, &letter.body_text);
        must(letter.status == "sent" || seen.insert(same), || {
            format!("{} was told {} twice at once", letter.recipient, letter.template)
        })?;
    }
    // Whoever needs a parent or carer's yes has one who was asked.
    for application in now.applications.iter().filter(|a| a.consent == "asked") {
        must(
            now.letters.iter().any(|l| l.application_id == Some(application.id) && l.template == "consent_request"),
            || format!("nobody was asked about {}", application.reference),
        )?;
    }
    Ok(())
}
