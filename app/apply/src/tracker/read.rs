//! Where an application stands, from what the services say.

use std::hash::{DefaultHasher, Hash, Hasher};

use domain::clearance::{ClearanceStatus, ConsentStatus};
use domain::search::Query;
use domain::words::long_date;
use domain::{Action, Role, State};
use kit::AppError;
use services::Ctx;
use services::applications::{Clearance, Position, Tracker, track};

use super::status::{Mark, Status, StatusStep};
use crate::form::Pair;

/// Where an application of the learner's own stands.
pub(crate) async fn read(ctx: &Ctx, reference: &str) -> Result<Status, AppError> {
    let tracker = track(ctx, reference).await?;
    status(ctx, &tracker).await
}

/// The same, from what was read already.
pub(super) async fn status(ctx: &Ctx, tracker: &Tracker) -> Result<Status, AppError> {
    let state = tracker.application.state;
    let others = if ended_without_place(state) { others(ctx, tracker).await } else { Vec::new() };
    Ok(in_words(tracker, others))
}

/// Whether it is over and the learner did not come.
fn ended_without_place(state: State) -> bool {
    state.is_over() && !matches!(state, State::Attended | State::PartlyAttended)
}

/// Two other things to do: the same area of work, and the same place.
async fn others(ctx: &Ctx, tracker: &Tracker) -> Vec<Pair> {
    // An advert that is gone is no reason to say nothing: then every opportunity is offered.
    let like_it =
        services::discover::opportunity(ctx, &tracker.about.slug).await.map(|page| page.more).unwrap_or_default();
    let area = like_it
        .professions
        .first()
        .map(|profession| format!("Look at other places in {}", profession.label().to_lowercase()));
    let mut others =
        vec![Pair { key: like_it.address(), text: area.unwrap_or_else(|| "Look at other places like it".into()) }];
    match &tracker.about.town {
        Some(town) => others.push(Pair {
            key: Query { place: town.clone(), page: 1, ..Query::default() }.address(),
            text: format!("See what else is near {town}"),
        }),
        None => others.push(Pair {
            key: Query { delivery: vec![domain::Delivery::Online], page: 1, ..Query::default() }.address(),
            text: "See what you can do online".into(),
        }),
    }
    others
}

/// The words, for what was read.
fn in_words(tracker: &Tracker, others: Vec<Pair>) -> Status {
    let application = &tracker.application;
    let state = application.state;
    let over = ended_without_place(state);
    let mut steps: Vec<StatusStep> = tracker
        .steps
        .iter()
        .map(|step| StatusStep {
            title: step.title.clone(),
            when: step.when.clone().unwrap_or_default(),
            about: step.about.clone(),
            mark: mark(step.position, over),
        })
        .collect();
    // A parent or carer is asked while others are still to answer: where one is, is the first of them.
    for step in steps.iter_mut().filter(|step| step.mark == Mark::Now).skip(1) {
        step.mark = Mark::Later;
    }
    let mut status = Status {
        stamp: String::new(),
        stands: tracker.card.stands.clone(),
        next: tracker.card.next.clone(),
        answer_by: if state == State::Offered {
            application.respond_by.map_or_else(|| "soon".to_owned(), long_date)
        } else {
            String::new()
        },
        draft: state == State::Draft,
        can_withdraw: state.after(Action::Withdraw, Role::Learner).is_ok(),
        waiting: tracker.in_line.is_some(),
        more: more(tracker),
        // What is no longer waited for is left out.
        checks: tracker
            .clearances
            .iter()
            .filter(|check| !over || check.status == ClearanceStatus::NotMet)
            .map(check)
            .collect(),
        guardian: if over && application.consent != ConsentStatus::Refused { String::new() } else { guardian(tracker) },
        can_ask_again: tracker.can_ask_again,
        reference: application.reference.clone(),
        steps,
        others,
    };
    let mut hasher = DefaultHasher::new();
    (&status.stands, &status.next, &status.answer_by, &status.steps, &status.more, &status.guardian).hash(&mut hasher);
    (status.can_withdraw, status.can_ask_again, &status.checks, &status.others).hash(&mut hasher);
    status.stamp = format!("{:016x}", hasher.finish());
    status
}

/// The place on the waiting list, said honestly; or why not, kindly.
fn more(tracker: &Tracker) -> Vec<String> {
    if !tracker.clashes.is_empty() {
        return super::waiting::clashes_in_words(&tracker.clashes);
    }
    if let Some(line) = &tracker.in_line {
        return super::waiting::in_words(line);
    }
    let Some(reason) = tracker.application.no_reason.filter(|_| tracker.application.state == State::NotSelected) else {
        return Vec::new();
    };
    let mut more = vec![format!("The provider says: “{}”", reason.in_words())];
    let note =
        tracker.events.iter().rev().find(|event| event.to == State::NotSelected).map_or("", |event| event.note.trim());
    if !note.is_empty() {
        more.push(format!("They add: “{note}”"));
    }
    more.push("Thank you for asking. This answer does not count against you when you ask for something else.".into());
    more
}

fn mark(position: Position, ended: bool) -> Mark {
    match position {
        Position::Done => Mark::Done,
        Position::Now if ended => Mark::Ended,
        Position::Now => Mark::Now,
        Position::Later => Mark::Later,
    }
}

fn check(clearance: &Clearance) -> Pair {
    let mut text = clearance.status.label().to_owned();
    if clearance.status == ClearanceStatus::Requested {
        text.push_str(&format!(", to be done by {}", long_date(clearance.due_on)));
    }
    if !clearance.mandatory {
        text.push_str(". Your place does not wait for it");
    }
    Pair { key: clearance.label().to_owned(), text: format!("{text}.") }
}

fn guardian(tracker: &Tracker) -> String {
    let name = tracker.application.answers.get("guardian-name");
    match tracker.application.consent {
        _ if tracker.application.state == State::Draft => String::new(),
        ConsentStatus::NotNeeded => String::new(),
        ConsentStatus::Asked if tracker.can_ask_again => {
            format!("We have asked {name} to agree. They have an email with a link, and have not answered yet.")
        }
        ConsentStatus::Asked => format!("{name} did not answer."),
        ConsentStatus::Given => format!("{name} agreed."),
        ConsentStatus::Refused => format!("{name} did not agree."),
    }
}
