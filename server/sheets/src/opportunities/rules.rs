//! What cannot be true of an opportunity, whatever its cells say one by one.

use chrono::NaiveDate;
use domain::Kind;
use domain::understand::{Ages, Days, Problem, long_date, suggest_kind};

/// Work experience is in a workplace. The right kind is suggested from title and description;
/// `columns` are the headings of kind and delivery.
pub(super) fn online_work_experience(title: &str, what: &str, (kind, delivery): (&str, &str)) -> Problem {
    let mend = match suggest_kind(title, what) {
        Some(Kind::WorkRelatedLearning) => {
            format!("Change “{kind}” to “Work-related learning”: this reads like a course.")
        }
        Some(_) => format!("Change “{kind}” to “Careers information”: this reads like a talk or a question time."),
        None => {
            format!("Change “{kind}” to “Careers information” for a talk, or to “Work-related learning” for a course.")
        }
    };
    Problem::new(
        "Work experience happens in a workplace, so it cannot be online.",
        format!("{mend} If people do come in, change “{delivery}” to “In person”."),
    )
}

/// A session cannot be offered once it has begun.
pub(super) fn start_passed(start: NaiveDate, today: NaiveDate) -> Option<Problem> {
    (start < today).then(|| {
        Problem::new(
            format!("The first day, {}, has passed.", long_date(start)),
            "Type a first day that is still to come, or remove the row.",
        )
    })
}

/// The last day agrees with the days that the start gives.
pub(super) fn end_fits(start: Days, end: NaiveDate) -> Option<Problem> {
    if end < start.first {
        return Some(Problem::new(
            format!("The last day, {}, is before the first, {}.", long_date(end), long_date(start.first)),
            "Type a last day that is not before the first.",
        ));
    }
    (start.last != start.first && end != start.last).then(|| {
        Problem::new(
            format!("The start says until {}, and the end says {}.", long_date(start.last), long_date(end)),
            "Make the two agree, or type only the first day as the start.",
        )
    })
}

/// Nobody can apply after the first day.
pub(super) fn closing_fits(closing: Days, start: Option<NaiveDate>) -> Option<Problem> {
    if closing.first != closing.last {
        return Some(Problem::new(
            "The closing date is more than one day.",
            "Type the last day on which people can apply, like 24/05/2027.",
        ));
    }
    let start = start.filter(|start| closing.first > *start)?;
    Some(Problem::new(
        format!("The closing date, {}, is after the first day, {}.", long_date(closing.first), long_date(start)),
        "Type a closing date that is not after the first day.",
    ))
}

/// The youngest age is not above the oldest, where they stand in two columns.
pub(super) fn ages_in_order(ages: Ages) -> Option<Problem> {
    let (Some(min), Some(max)) = (ages.min, ages.max) else {
        return None;
    };
    (min > max).then(|| {
        Problem::new(
            format!("The youngest age, {min}, is above the oldest, {max}."),
            "Type a youngest age that is not above the oldest.",
        )
    })
}
