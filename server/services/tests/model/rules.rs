//! The rules said a second time, by hand from the domain's description and without the code that keeps them:
//! what may follow what, who is told of it, and what must hold at every moment.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use store::testing::{Applied, Snapshot};
use uuid::Uuid;

/// Who may do what from where to where.
const TABLE: &[(&str, &[&str], &str, &[&str])] = &[
    ("submit", &["draft"], "submitted", &["learner", "adviser", "coordinator"]),
    ("expire", &["draft"], "expired", &["system"]),
    ("view", &["submitted"], "under_review", &["coordinator"]),
    ("waitlist", &["submitted", "under_review"], "waitlisted", &["coordinator", "system"]),
    (
        "offer",
        &["submitted", "under_review", "waitlisted", "not_selected", "lapsed"],
        "offered",
        &["coordinator", "system"],
    ),
    ("say_no", &["submitted", "under_review", "waitlisted"], "not_selected", &["coordinator"]),
    ("lapse", &["submitted", "under_review", "waitlisted"], "lapsed", &["system"]),
    ("accept", &["offered"], "accepted", &["learner", "coordinator"]),
    ("decline", &["offered"], "declined", &["learner", "coordinator"]),
    ("expire_offer", &["offered"], "offer_expired", &["system"]),
    ("withdraw_offer", &["offered"], "offer_withdrawn", &["coordinator"]),
    ("confirm", &["accepted"], "confirmed", &["system"]),
    ("fail_clearance", &["accepted"], "clearance_not_met", &["coordinator", "system"]),
    ("cancel", &["accepted", "confirmed"], "cancelled_by_provider", &["coordinator"]),
    (
        "withdraw",
        &["submitted", "under_review", "waitlisted", "offered", "accepted", "confirmed"],
        "withdrawn",
        &["learner", "guardian", "adviser", "coordinator"],
    ),
    ("record_attended", &["confirmed"], "attended", &["supervisor", "coordinator"]),
    ("record_partly", &["confirmed"], "partly_attended", &["supervisor", "coordinator"]),
    ("record_absent", &["confirmed"], "did_not_attend", &["supervisor", "coordinator"]),
    ("amend_attended", RECORDED, "attended", &["supervisor", "coordinator"]),
    ("amend_partly", RECORDED, "partly_attended", &["supervisor", "coordinator"]),
    ("amend_absent", RECORDED, "did_not_attend", &["supervisor", "coordinator"]),
];

const RECORDED: &[&str] = &["attended", "partly_attended", "did_not_attend"];
const HOLDING: &[&str] = &["offered", "accepted", "confirmed"];
const UNDECIDED: &[&str] = &["submitted", "under_review", "waitlisted"];

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
        _ => return None,
    })
}

/// Letters to the learner that tell of an event, or of something else.
const REMINDERS: &[&str] = &["consent_answered"];

/// When and by what something was done.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The day in London.
    pub today: NaiveDate,
    /// Whether the clock's work has just been done.
    pub ticked: bool,
}

/// What cancelling does to an application, by where it stands.
const CANCELLING: &[&str] = &["cancel", "withdraw_offer", "lapse", "expire"];

type Verdict = Result<(), String>;

fn must(holds: bool, what: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(what()) }
}

/// Whether everything holds after a step.
pub fn judge(before: &Snapshot, after: &Snapshot, moment: Moment) -> Verdict {
    places(after)?;
    histories(after)?;
    audit(after)?;
    letters(after)?;
    people(after)?;
    if moment.ticked {
        nobody_waits_in_vain(after, moment.today)?;
    }
    the_line(before, after, moment.today)
}

/// Held places are those of the states that hold one, never more than there are, and the ledger says the same.
fn places(now: &Snapshot) -> Verdict {
    for run in &now.runs {
        let holding =
            now.applications.iter().filter(|a| a.session_id == run.id && HOLDING.contains(&a.state.as_str())).count();
        let sum = |kinds: &[&str]| -> i64 {
            now.ledger
                .iter()
                .filter(|(id, _, kind, _)| *id == run.id && kinds.contains(&kind.as_str()))
                .map(|l| l.3)
                .sum()
        };
        must(usize::try_from(run.held) == Ok(holding), || format!("{} held, but {holding} hold a place", run.held))?;
        must(run.held <= run.capacity, || format!("{} held of {}", run.held, run.capacity))?;
        must(sum(&["hold", "release"]) == run.held, || format!("the ledger says {}", sum(&["hold", "release"])))?;
        must(sum(&["capacity"]) == run.capacity, || format!("the ledger's capacity is {}", sum(&["capacity"])))?;
        must(sum(&["reserved"]) == run.reserved, || "the ledger's reserved places differ".into())?;
    }
    for application in &now.applications {
        let held: i64 = now
            .ledger
            .iter()
            .filter(|(_, id, kind, _)| *id == Some(application.id) && ["hold", "release"].contains(&kind.as_str()))
            .map(|line| line.3)
            .sum();
        let holds = i64::from(HOLDING.contains(&application.state.as_str()));
        must(held == holds, || format!("{} is {} and holds {held}", application.reference, application.state))?;
    }
    Ok(())
}

/// Told again from the beginning, the events of an application lead to where it stands, each by somebody who
/// may.
fn histories(now: &Snapshot) -> Verdict {
    let mut stands: BTreeMap<Uuid, (&str, i64)> = BTreeMap::new();
    for event in &now.events {
        let (state, number) = stands.entry(event.application_id).or_insert(("draft", 0));
        *number += 1;
        must(event.number == *number, || format!("event {} is numbered {}", number, event.number))?;
        must(event.from_state == *state, || format!("{} began at {}, not {state}", event.action, event.from_state))?;
        let line = TABLE.iter().find(|line| line.0 == event.action);
        let allowed = line.is_some_and(|(_, from, to, by)| {
            from.contains(&event.from_state.as_str()) && *to == event.to_state && by.contains(&event.role.as_str())
        });
        must(allowed, || {
            format!("{} by {} led from {} to {}", event.action, event.role, event.from_state, event.to_state)
        })?;
        *state = line.map_or(*state, |line| line.2);
    }
    for application in &now.applications {
        let said = stands.get(&application.id).map_or("draft", |(state, _)| *state);
        must(said == application.state, || {
            format!("{} is {}, but its events lead to {said}", application.reference, application.state)
        })?;
    }
    Ok(())
}

/// Every event is in the audit trail, once, with its moment.
fn audit(now: &Snapshot) -> Verdict {
    let mut events: Vec<_> =
        now.events.iter().map(|e| (e.application_id.to_string(), e.action.as_str(), e.at)).collect();
    let mut audited: Vec<_> = now
        .audited
        .iter()
        .filter(|(_, action, _)| TABLE.iter().any(|line| line.0 == action))
        .map(|(id, action, at)| (id.clone(), action.as_str(), *at))
        .collect();
    events.sort();
    audited.sort();
    must(events == audited, || "events and the audit trail differ".into())
}

/// Every event that is to be told was told once, at its moment; nothing else was told as if it were one.
fn letters(now: &Snapshot) -> Verdict {
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
    for event in &now.events {
        let whose = of.get(&event.application_id).map_or("", |application| &application.email);
        if CANCELLING.contains(&event.action.as_str()) && cancelled.contains_key(&(whose, event.at)) {
            *cancelled.entry((whose, event.at)).or_default() += 1;
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
            let known = TABLE.iter().any(|line| line.3.iter().any(|role| tells(line.0, role) == Some(template)));
            must(!known || REMINDERS.contains(&template), || {
                format!("{} was told {template} without an event", application.reference)
            })?;
            must(reminded.insert((id, template, &letter.key)), || format!("{template} twice"))?;
        }
    }
    let lost = now.events.iter().find(|event| {
        let whose = of.get(&event.application_id).map_or("", |application| &application.email);
        event.action == "cancel" && !cancelled.contains_key(&(whose, event.at))
    });
    must(lost.is_none(), || "a place was cancelled, and nobody told the learner".into())?;
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

/// Nobody is in two places at once, applies twice for the same dates, or comes without what is needed.
fn people(now: &Snapshot) -> Verdict {
    let run = |id: Uuid| now.runs.iter().find(|run| run.id == id);
    for (at, one) in now.applications.iter().enumerate() {
        for other in &now.applications[at + 1..] {
            if one.learner_id != other.learner_id {
                continue;
            }
            let live = |a: &Applied| {
                a.state == "draft" || UNDECIDED.contains(&a.state.as_str()) || HOLDING.contains(&a.state.as_str())
            };
            must(!(one.session_id == other.session_id && live(one) && live(other)), || "two for one session".into())?;
            let takes = |a: &Applied| ["accepted", "confirmed"].contains(&a.state.as_str());
            if let (true, Some(a), Some(b)) = (takes(one) && takes(other), run(one.session_id), run(other.session_id)) {
                must(a.ends_on < b.starts_on || b.ends_on < a.starts_on, || "in two places at once".into())?;
            }
        }
        let Some(run) = run(one.session_id) else { return Err("an application for no session".into()) };
        let adult = one.born.checked_add_months(chrono::Months::new(18 * 12)).is_some_and(|day| day <= run.starts_on);
        if one.state != "draft" && one.state != "expired" {
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

/// After the clock's work nobody waits for something that cannot come any more, and no broken promise is
/// without its flag.
fn nobody_waits_in_vain(now: &Snapshot, today: NaiveDate) -> Verdict {
    for application in &now.applications {
        let run = now.runs.iter().find(|run| run.id == application.session_id).ok_or("no session")?;
        let state = application.state.as_str();
        let over = run.starts_on <= today || run.cancelled_at.is_some();
        let say = |what: &str| format!("{} is {state}: {what}", application.reference);
        must(!(UNDECIDED.contains(&state) && over), || say("its session began or was cancelled"))?;
        must(!(state == "accepted" && run.starts_on <= today), || say("its session began"))?;
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
fn the_line(before: &Snapshot, after: &Snapshot, today: NaiveDate) -> Verdict {
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
        let new = |e: &&store::testing::Happened| e.application_id == a.id && e.action == "offer" && e.role == "system";
        after.events.iter().filter(new).count() > before.events.iter().filter(new).count()
    };
    for run in after.runs.iter().filter(|run| run.reserved_priority > 0) {
        let can_offer = run.cancelled_at.is_none() && today < run.starts_on;
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
        let can_offer = run.cancelled_at.is_none() && today <= last;
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
