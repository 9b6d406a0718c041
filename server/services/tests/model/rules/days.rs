//! The days agree with where an application stands, a certificate is there exactly for who came, and the
//! learner is told of every change.

use chrono::{Datelike, Weekday};
use services::time::london_day;
use store::testing::Recorded;

use super::*;

/// England's bank holidays of the time in which sequences play.
const BANK_HOLIDAYS: &[(u32, u32)] = &[(3, 26), (3, 29), (5, 3), (5, 31), (8, 30)];

/// The days of a session that count.
fn counted(now: &Snapshot, run: &Run) -> Vec<NaiveDate> {
    let weekend = |day: NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let weekends = weekend(run.starts_on) || weekend(run.ends_on);
    run.starts_on
        .iter_days()
        .take_while(|day| *day <= run.ends_on)
        .filter(|day| {
            let holiday = BANK_HOLIDAYS.contains(&(day.month(), day.day()));
            *day == run.starts_on || *day == run.ends_on || (!holiday && !weekend(*day)) || (weekends && weekend(*day))
        })
        .filter(|day| !now.not_run.contains(&(run.id, *day)))
        .collect()
}

/// The last word about each of somebody's days.
fn marks(now: &Snapshot, id: Uuid) -> BTreeMap<NaiveDate, &str> {
    let mut marks = BTreeMap::new();
    for one in now.days.iter().filter(|one| one.application_id == id) {
        match &one.mark {
            Some(mark) => marks.insert(one.day, mark.as_str()),
            None => marks.remove(&one.day),
        };
    }
    marks
}

/// What was recorded adds up to where each stands, by somebody who may and not before the day.
pub fn days(now: &Snapshot) -> Verdict {
    let mut numbers: BTreeMap<(Uuid, NaiveDate), i64> = BTreeMap::new();
    for one in &now.days {
        let whose = application(now, one.application_id)?;
        let number = numbers.entry((one.application_id, one.day)).or_default();
        *number += 1;
        must(one.number == *number, || format!("word {number} about {} is numbered {}", one.day, one.number))?;
        must(london_day(domain::time::Moment(one.recorded_at)) >= one.day, || {
            format!("{} was recorded before it came", one.day)
        })?;
        let by = ["supervisor", "coordinator"].contains(&one.role.as_str());
        must(by && one.recorded_by.is_some_and(|by| by != whose.learner_id), || "who recorded it?".into())?;
    }
    for one in &now.applications {
        let state = one.state.as_str();
        if state != "confirmed" && !RECORDED.contains(&state) {
            continue;
        }
        let counted = counted(now, run(now, one.session_id)?);
        let marks = marks(now, one.id);
        must(marks.keys().all(|day| counted.contains(day)), || format!("{}: a day that was none", one.reference))?;
        let open = counted.iter().any(|day| !marks.contains_key(day));
        let all = |mark: &str| marks.values().all(|one| *one == mark);
        let adds_up = match state {
            "confirmed" => open,
            "attended" => !open && all("came"),
            "did_not_attend" => !open && all("did_not_come"),
            _ => !open && !all("came") && !all("did_not_come"),
        };
        must(adds_up, || format!("{} is {state}, and its days are {marks:?} of {counted:?}", one.reference))?;
    }
    Ok(())
}

/// Who came has one certificate that counts, which says how many days; nobody else has one.
pub fn certificates(now: &Snapshot) -> Verdict {
    for one in &now.applications {
        let mine: Vec<_> = now.certificates.iter().filter(|c| c.application_id == one.id).collect();
        let valid: Vec<_> = mine.iter().filter(|c| c.standing == "valid").collect();
        let marks = marks(now, one.id);
        let came = marks.values().filter(|mark| **mark != "did_not_come").count();
        let state = one.state.as_str();
        let owed = usize::from(state == "attended" || state == "partly_attended");
        must(valid.len() == owed, || format!("{} is {state} with {} certificates", one.reference, valid.len()))?;
        for kept in &mine {
            must((kept.standing == "valid") == kept.ended_at.is_none(), || "a certificate ended and counts".into())?;
        }
        if let [kept] = valid.as_slice() {
            let says: serde_json::Value = serde_json::from_str(&kept.record).map_err(|error| error.to_string())?;
            let run = run(now, one.session_id)?;
            must(says["days"].as_u64() == u64::try_from(came).ok(), || {
                format!("the certificate of {} says {} days, not {came}", one.reference, says["days"])
            })?;
            let dates = (says["starts_on"].as_str(), says["ends_on"].as_str());
            let (from, to) = (run.starts_on.to_string(), run.ends_on.to_string());
            must(dates == (Some(&from), Some(&to)), || format!("a certificate of {dates:?}, not {from}"))?;
        }
        let thanked = letters_to(now, one, "thank_you").count();
        must(thanked == usize::from(!mine.is_empty()), || format!("{} was thanked {thanked} times", one.reference))?;
    }
    Ok(())
}

fn letters_to<'a>(
    now: &'a Snapshot,
    whose: &'a Applied,
    template: &'a str,
) -> impl Iterator<Item = &'a store::testing::Letter> {
    now.letters.iter().filter(move |letter| {
        letter.application_id == Some(whose.id)
            && letter.template == template
            && letter.channel == "email"
            && letter.recipient == whose.email
    })
}

/// Every word is in the audit trail; the learner is told of every change, and what they say is answered.
pub fn told(now: &Snapshot) -> Verdict {
    let action = |one: &Recorded| if one.reason.is_empty() { "record_day" } else { "amend_day" };
    let mut words: Vec<_> = now
        .days
        .iter()
        .map(|one| (one.application_id.to_string(), action(one), one.recorded_at, one.role.as_str(), one.recorded_by))
        .collect();
    let mut audited: Vec<_> = now
        .audited
        .iter()
        .filter(|line| ["record_day", "amend_day"].contains(&line.action.as_str()))
        .map(|line| (line.subject_id.clone(), line.action.as_str(), line.at, line.role.as_str(), line.actor_id))
        .collect();
    words.sort();
    audited.sort();
    must(words == audited, || "recorded days and the audit trail differ".into())?;
    for one in &now.applications {
        let changes = now.days.iter().filter(|day| day.application_id == one.id && !day.reason.is_empty());
        let changed: Vec<i64> = changes.map(|day| day.recorded_at).collect();
        let mut told: Vec<i64> = letters_to(now, one, "attendance_amended").map(|letter| letter.created_at).collect();
        told.sort_unstable();
        must(changed.iter().copied().collect::<BTreeSet<_>>() == told.iter().copied().collect(), || {
            format!("days of {} changed at {changed:?}, and they were told at {told:?}", one.reference)
        })?;
        must(told.len() == changed.len(), || format!("{} was told twice of one change", one.reference))?;
        let amends = now.events.iter().filter(|e| e.application_id == one.id && e.action.starts_with("amend_"));
        must(amends.map(|e| e.at).all(|at| told.contains(&at)), || format!("{} was amended unsaid", one.reference))?;
    }
    let mut open = BTreeSet::new();
    for asked in &now.questions {
        let whose = application(now, asked.application_id)?;
        let heard = now.letters.iter().any(|l| l.template == "attendance_question" && l.created_at == asked.said_at);
        must(heard, || format!("{} says that a day is wrong, and nobody heard it", whose.reference))?;
        must(asked.answered_at.is_some() || open.insert(whose.id), || "two open questions".into())?;
        if let Some(at) = asked.answered_at {
            let mut answers =
                letters_to(now, whose, "attendance_kept").chain(letters_to(now, whose, "attendance_amended"));
            must(answers.any(|letter| letter.created_at == at), || format!("{} has no answer", whose.reference))?;
        }
    }
    Ok(())
}
