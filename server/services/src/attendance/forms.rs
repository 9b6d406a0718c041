//! The forms of attendance. What cannot be taken is kept as it was typed, and its page shows it again with
//! what is wrong and at which box, so that nothing is lost and nothing typed is ever in an address.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::attendance::{Mark, read_hours};
use domain::form::Problem;
use domain::ids::{AccountId, SessionId};
use domain::reference::tidy_reference;
use store::Tx;

use super::{not_run, questions, record, supervisors};
use crate::{Ctx, Error, Result};

/// What no form of ours sends: somebody pasted a book.
const FAR_TOO_LONG: usize = 20_000;

/// What was typed, by the name of the box.
pub type Boxes = BTreeMap<String, String>;

/// A form of attendance, and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// A day of a session: "reference", "mark" (none takes the record back) and "hours" of one person, or
    /// "everyone" for all of whom nothing is recorded.
    Day(SessionId, NaiveDate),
    /// That a day did not take place: "reason"; or with "ran" that it did after all.
    NotRun(SessionId, NaiveDate),
    /// Changing a recorded day of an application: "day", "mark", "hours" and "reason".
    Amend(SessionId, String),
    /// Leaving the days of an application as they are: "answer".
    Keep(SessionId, String),
    /// Adding a supervisor: "name", "email" and "department".
    Supervisor,
    /// A learner says that a day of their application is wrong: "said".
    Question(String),
}

impl Form {
    /// Under which name what was typed is kept.
    fn name(&self) -> String {
        match self {
            Self::Day(session, day) => format!("attendance-day:{session}:{day}"),
            Self::NotRun(session, day) => format!("attendance-not-run:{session}:{day}"),
            Self::Amend(session, typed) => format!("attendance-amend:{session}:{}", tidy_reference(typed)),
            Self::Keep(session, typed) => format!("attendance-keep:{session}:{}", tidy_reference(typed)),
            Self::Supervisor => "attendance-supervisor".to_owned(),
            Self::Question(typed) => format!("attendance-question:{}", tidy_reference(typed)),
        }
    }
}

/// A form that is shown again: what was typed, and what is wrong with it now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Again {
    /// What was typed.
    pub boxes: Boxes,
    /// What is wrong; a problem of the whole has no field.
    pub problems: Vec<Problem>,
}

impl Again {
    /// What was typed into a box; empty when nothing.
    #[must_use]
    pub fn typed(&self, name: &str) -> String {
        self.boxes.get(name).cloned().unwrap_or_default()
    }

    /// What is wrong at a box.
    #[must_use]
    pub fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|problem| problem.field == field).map(|problem| problem.message.clone())
    }
}

/// Why a form is not taken.
#[derive(Debug)]
pub(super) enum No {
    /// What was typed has to be mended, or a rule says no.
    Mend(Vec<Problem>),
    /// No form helps.
    Other(Error),
}

impl No {
    /// At this box; "" for the whole form.
    pub fn at(field: &str, words: impl Into<String>) -> Self {
        Self::Mend(vec![Problem { field: field.to_owned(), message: words.into() }])
    }
}

impl From<Error> for No {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(words) => Self::at("", words),
            other => Self::Other(other),
        }
    }
}

impl From<store::Error> for No {
    fn from(error: store::Error) -> Self {
        Self::Other(error.into())
    }
}

impl From<No> for Error {
    fn from(no: No) -> Self {
        match no {
            No::Mend(problems) => {
                Self::Refused(problems.into_iter().next().map(|problem| problem.message).unwrap_or_default())
            }
            No::Other(error) => error,
        }
    }
}

/// The result of what a form may get wrong.
pub(super) type Checked<T = ()> = std::result::Result<T, No>;

/// Adds what is wrong to a list, so that a form says all of it at once.
pub(super) fn gather<T>(problems: &mut Vec<Problem>, checked: Checked<T>) -> Result<Option<T>> {
    match checked {
        Ok(value) => Ok(Some(value)),
        Err(No::Mend(more)) => {
            problems.extend(more);
            Ok(None)
        }
        Err(No::Other(error)) => Err(error),
    }
}

/// Does what the form asks for. Whether it could be: else what was typed is kept, and [`again`] shows it.
///
/// # Errors
/// [`Error::NotFound`] for what is not theirs: to others it is not there, whatever they typed.
pub async fn send(ctx: &Ctx, form: &Form, boxes: Boxes) -> Result<bool> {
    if boxes.values().any(|text| text.len() > FAR_TOO_LONG) {
        return Err(Error::refused("That is far longer than fits. Write a sentence or two."));
    }
    // A NUL is nothing that anybody types, and PostgreSQL keeps none.
    let boxes: Boxes = boxes.into_iter().map(|(name, text)| (name, text.replace('\0', ""))).collect();
    let account = ctx.actor()?.account;
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    match go(&mut tx, ctx, form, &boxes, true).await {
        Ok(()) => {
            store::typed_forms::forget(&mut tx, account, &form.name()).await?;
            tx.commit().await?;
            Ok(true)
        }
        Err(No::Mend(_)) => {
            // Nothing of it stays but what was typed.
            drop(tx);
            let mut tx = services.db.write().await?;
            store::typed_forms::keep(&mut tx, account, &form.name(), &boxes, services.now()).await?;
            tx.commit().await?;
            Ok(false)
        }
        Err(No::Other(error)) => Err(error),
    }
}

/// What was typed into the form and not taken, with what is wrong with it now; empty when nothing waits.
///
/// # Errors
/// As [`send`].
pub async fn again(ctx: &Ctx, form: &Form) -> Result<Again> {
    let account: AccountId = ctx.actor()?.account;
    let mut tx = ctx.services.db.read().await?;
    let Some(boxes) = store::typed_forms::find(&mut tx, account, &form.name()).await? else {
        return Ok(Again::default());
    };
    let mut problems = Vec::new();
    gather(&mut problems, go(&mut tx, ctx, form, &boxes, false).await)?;
    Ok(Again { boxes, problems })
}

/// Checks the form and, where `really`, does what it asks for.
async fn go(tx: &mut Tx, ctx: &Ctx, form: &Form, boxes: &Boxes, really: bool) -> Checked {
    let get = |name: &str| boxes.get(name).map_or("", String::as_str);
    match form {
        Form::Day(session, day) => {
            let who = if get("everyone").is_empty() {
                Some((get("reference"), (!get("mark").is_empty()).then(|| (get("mark"), get("hours")))))
            } else {
                None
            };
            record::day(tx, ctx, *session, *day, who, really).await
        }
        Form::NotRun(session, day) if get("ran").is_empty() => {
            not_run::not_run(tx, ctx, *session, *day, get("reason"), really).await
        }
        Form::NotRun(session, day) => not_run::ran(tx, ctx, *session, *day, really).await,
        Form::Amend(session, reference) => record::amend_typed(tx, ctx, *session, reference, boxes, really).await,
        Form::Keep(session, reference) => questions::answer(tx, ctx, *session, reference, get("answer"), really).await,
        Form::Supervisor => supervisors::add(tx, ctx, get("name"), get("email"), get("department"), really).await,
        Form::Question(reference) => questions::say(tx, ctx, reference, get("said"), really).await,
    }
}

/// What was chosen, and how long somebody was there. How long counts for a part of the day only: what else
/// stands in its box belongs to an answer that was not given.
pub(super) fn read_mark(mark: &str, hours: &str) -> Checked<(Mark, Option<i64>)> {
    let mark = Mark::parse(mark).ok_or_else(|| No::at("mark", "Choose what is right."))?;
    if mark != Mark::Part || hours.trim().is_empty() {
        return Ok((mark, None));
    }
    let minutes = read_hours(hours)
        .ok_or_else(|| No::at("hours", "Enter how many hours they were there, like 3 or 3.5, or leave it empty."))?;
    Ok((mark, Some(minutes)))
}
