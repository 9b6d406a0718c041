//! How a coordinator's pages say things.

use chrono::NaiveDate;
use domain::clearance::ConsentStatus;
use domain::words::{count, short_date};
use domain::{Action, Role, State};
use kit::components::TagColour;
use services::applications::{Application, Event, Line, QueueFilter};
use services::time::london_day;

/// With a capital at the beginning.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The learner's name, as they wrote it in this application.
pub(super) fn name(application: &Application) -> String {
    let name = application.answers.get("name");
    if name.is_empty() { "this learner".to_owned() } else { name.to_owned() }
}

/// "2 March 2027, 5 days": since when somebody waits; for the others since when they stand there.
pub(super) fn waiting_since(line: &Line, today: NaiveDate) -> String {
    let at = if line.state.awaits_decision() || line.state == State::Waitlisted {
        line.submitted_at.unwrap_or(line.state_since)
    } else {
        line.state_since
    };
    let day = london_day(at);
    match (today - day).num_days() {
        ..=0 => "Today".to_owned(),
        days => format!("{}, {}", short_date(day), count(days, "day", "days")),
    }
}

/// Whose turn it is, and by when; `None` when nobody has to answer.
pub(super) fn by_when(line: &Line) -> Option<String> {
    match line.state {
        state if state.awaits_decision() => line.decide_by.map(short_date),
        State::Offered => line.respond_by.map(|day| format!("They answer by {}", short_date(day))),
        _ => None,
    }
}

/// What a coordinator should look at, in words, worst first. `soon` is the day until which an answer is
/// due soon.
pub(super) fn flags(line: &Line, today: NaiveDate, soon: NaiveDate) -> Vec<(TagColour, String)> {
    let mut flags = Vec::new();
    if QueueFilter::Overdue.takes(line, soon) {
        flags.push((TagColour::Red, "Answer overdue".to_owned()));
    } else if let (true, Some(by)) = (QueueFilter::DueSoon.takes(line, soon), line.decide_by) {
        flags.push((
            TagColour::Orange,
            match (by - today).num_days() {
                ..=0 => "Answer due today".to_owned(),
                1 => "Answer due tomorrow".to_owned(),
                days => format!("Answer due in {days} days"),
            },
        ));
    }
    if line.state.is_live() && line.consent == ConsentStatus::Refused {
        flags.push((TagColour::Red, "Parent or carer said no".to_owned()));
    } else if QueueFilter::ConsentMissing.takes(line, soon) {
        flags.push((TagColour::Orange, "Consent missing".to_owned()));
    }
    if QueueFilter::ChecksLate.takes(line, soon) {
        flags.push((TagColour::Red, count(line.checks_late, "check at risk", "checks at risk")));
    } else if QueueFilter::ChecksOpen.takes(line, soon) {
        flags.push((TagColour::Grey, count(line.checks_open, "check open", "checks open")));
    }
    if line.not_reached > 0 {
        flags.push((TagColour::Red, "Not reached".to_owned()));
    }
    flags
}

/// What happened, as a line of the history.
pub(super) fn happened(event: &Event) -> &'static str {
    match (event.action, event.role) {
        (Action::Submit, _) => "Application sent",
        (Action::Expire, _) => "Closed before it was sent",
        (Action::View, _) => "Opened",
        (Action::Waitlist, _) => "Put on the waiting list",
        (Action::Offer, Role::System) => "Offered a place from the waiting list",
        (Action::Offer, _) => "Offered a place",
        (Action::SayNo, _) => "Told no",
        (Action::Lapse, _) => "Closed without an answer: the dates began or were cancelled",
        (Action::Accept, _) => "Place accepted",
        (Action::Decline, _) => "Place turned down",
        (Action::ExpireOffer, _) => "Offer ran out",
        (Action::WithdrawOffer, _) => "Offer taken back",
        (Action::Confirm, _) => "Place confirmed",
        (Action::FailClearance, _) => "A check could not be done",
        (Action::Cancel, _) => "Cancelled by the provider",
        (Action::ChangeDates, Role::Learner) => "Said yes to the new dates",
        (Action::ChangeDates, _) => "Went to the new dates",
        (Action::Withdraw, _) => "Application taken back",
        (Action::RecordAttended, _) => "Came",
        (Action::RecordPartly, _) => "Came on some days",
        (Action::RecordAbsent, _) => "Did not come",
        (Action::AmendAttended, _) => "Attendance changed: came on every day",
        (Action::AmendPartly, _) => "Attendance changed: came on some days",
        (Action::AmendAbsent, _) => "Attendance changed: did not come",
    }
}

/// Why the list under a filter is empty, kindly.
pub(super) fn empty(filter: QueueFilter) -> &'static str {
    match filter {
        QueueFilter::Open => "There is no application under way. New ones appear here by themselves.",
        QueueFilter::ToDecide => "Nobody is waiting for your answer.",
        QueueFilter::DueSoon => "No answer is due in the next three working days.",
        QueueFilter::Overdue => "No answer is overdue. Thank you.",
        QueueFilter::Waiting => "Nobody is on a waiting list.",
        QueueFilter::Offered => "Nobody has an offer to answer.",
        QueueFilter::ConsentMissing => "No parent or carer has still to answer.",
        QueueFilter::ChecksOpen => "No check is open.",
        QueueFilter::ChecksLate => "No check is at risk.",
        QueueFilter::Confirmed => "No place is confirmed yet.",
        QueueFilter::NotReached => "Our messages reach everybody who applied.",
        QueueFilter::All => "Nobody has applied yet. New applications appear here by themselves.",
    }
}
