//! Everything that we hold about a learner, in plain words.

use domain::choices::Choices;
use domain::form::{self, Answers};
use domain::words;
use serde::Serialize;

use super::application;
use crate::applications::answer_in_words;
use crate::time::in_words;
use crate::{Ctx, Error, Result, policy};

/// How many of the newest messages are shown.
const MESSAGES: i64 = 500;

/// What somebody answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The question, or what it is.
    pub what: String,
    /// The answer.
    pub said: String,
}

impl Said {
    pub(super) fn new(what: impl Into<String>, said: impl Into<String>) -> Self {
        Self { what: what.into(), said: said.into() }
    }
}

/// One application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnApplication {
    /// Its reference.
    pub reference: String,
    /// For what.
    pub opportunity: String,
    /// Of whom.
    pub provider: String,
    /// When it is.
    pub dates: String,
    /// Where it stands.
    pub stands: String,
    /// What the learner answered.
    pub answers: Vec<Said>,
    /// What happened, and when.
    pub history: Vec<Said>,
    /// Whom we asked to agree, and what they said.
    pub consent: Vec<Said>,
    /// Checks, and how far each is.
    pub checks: Vec<Said>,
    /// What came after: files, new dates, suggestions, days, certificates, own words, feedback.
    pub after: Vec<Part>,
}

/// A part of what is held about an application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What it is.
    pub title: String,
    /// What is held, oldest first.
    pub lines: Vec<Said>,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnMessage {
    /// When it was written.
    pub when: String,
    /// Its subject.
    pub subject: String,
    /// What it said.
    pub text: String,
}

/// Everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnData {
    /// When this was put together.
    pub written: String,
    /// The account.
    pub account: Vec<Said>,
    /// What the next form begins with.
    pub kept_answers: Vec<Said>,
    /// Choices about messages and research.
    pub choices: Vec<Said>,
    /// Schools and colleges whose careers advisers may see where the learner stands.
    pub schools: Vec<String>,
    /// Browsers that are signed in.
    pub signed_in: Vec<Said>,
    /// Every application.
    pub applications: Vec<OwnApplication>,
    /// What they took that can be taken at any time.
    pub taken: Vec<Said>,
    /// Opportunities and searches that are saved.
    pub saved: Vec<Said>,
    /// What others have keyed in about the learner, and not sent.
    pub keyed: Vec<Said>,
    /// The newest messages.
    pub messages: Vec<OwnMessage>,
}

impl OwnData {
    /// The same for a machine.
    ///
    /// # Errors
    /// Never: text and lists always make JSON.
    pub fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self).map_err(store::Error::from)?)
    }
}

pub(super) fn answers_in_words(answers: &Answers) -> Vec<Said> {
    form::Step::ALL
        .iter()
        .flat_map(|step| step.question().fields)
        .filter(|field| answers.0.keys().any(|key| key == field.name || key.starts_with(&format!("{}-", field.name))))
        .map(|field| Said::new(field.label, answer_in_words(answers, field)))
        .collect()
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "Yes" } else { "No" }
}

/// Everything that we hold about the signed-in learner.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for staff.
pub async fn read(ctx: &Ctx) -> Result<OwnData> {
    let actor = policy::learner(ctx)?;
    let services = &ctx.services;
    let mut tx = services.db.read().await?;
    let account = store::accounts::find(&mut tx, actor.account).await?.ok_or(Error::NotFound)?;
    let learner = store::accounts::find_learner(&mut tx, actor.account).await?.ok_or(Error::NotFound)?;
    let choices: Choices = store::retention::choices(&mut tx, actor.account).await?;
    let mut applications = Vec::new();
    for application in store::applications::list_of_learner(&mut tx, actor.account).await? {
        applications.push(application::read(&mut tx, &application).await?);
    }
    let messages = store::retention::list_messages_to(&mut tx, &account.email, MESSAGES).await?;
    let stated = store::priority::list_statements(&mut tx, actor.account).await?;
    let priority = stated.iter().map(|statement| {
        let reasons: Vec<&str> = statement.reasons.iter().map(|reason| reason.label()).collect();
        Said::new(format!("{} told us", statement.school_name), reasons.join(". "))
    });
    let first = store::priority::of_learner(&mut tx, actor.account).await?.rebook;
    let first = first.then(|| Said::new("Waiting lists", "You go first, because a place of yours was cancelled"));
    let mut saved = Vec::new();
    for (_, title, _) in store::saved::list_opportunities(&mut tx, actor.account).await? {
        saved.push(Said::new("Saved", title));
    }
    for search in store::saved::list_searches(&mut tx, actor.account).await? {
        let since = in_words(search.saved_at);
        saved
            .push(Said::new(format!("{} since {since}", search.every.label()), format!("The search {}", search.query)));
    }
    let taken = store::enrolments::list_of_learner(&mut tx, actor.account).await?;
    let taken = taken.into_iter().map(|taken| {
        let began = format!("Begun {}", in_words(taken.enrolment.enrolled_at));
        let said =
            taken.enrolment.completed_at.map_or(began.clone(), |at| format!("{began}, finished {}", in_words(at)));
        Said::new(format!("{}, {}", taken.title, taken.organisation_name), said)
    });
    let mut keyed = Vec::new();
    for (typed, at) in store::keyed::list_about(&mut tx, actor.account).await? {
        keyed.push(Said::new("Begun for you", in_words(at)));
        keyed.extend(answers_in_words(&typed));
    }
    Ok(OwnData {
        written: in_words(services.now()),
        account: vec![
            Said::new("Name", if account.name.is_empty() { "Not given yet" } else { &account.name }),
            Said::new("Email address", &account.email),
            Said::new("Date of birth", words::short_date(learner.date_of_birth)),
            Said::new("Account since", in_words(account.created_at)),
        ]
        .into_iter()
        .chain(priority)
        .chain(first)
        .collect(),
        kept_answers: answers_in_words(&learner.answers),
        choices: vec![
            Said::new("Text messages to the number you give", yes_no(choices.wants_texts(true))),
            Said::new("We may ask you later how you got on", yes_no(choices.allows_research())),
        ],
        schools: store::adviser_links::list_schools(&mut tx, actor.account)
            .await?
            .into_iter()
            .map(|(_, name)| name)
            .collect(),
        signed_in: store::retention::list_signed_in(&mut tx, actor.account, services.now())
            .await?
            .into_iter()
            .map(|(since, seen)| {
                Said::new(format!("Signed in {}", in_words(since)), format!("Last used {}", in_words(seen)))
            })
            .collect(),
        applications,
        taken: taken.collect(),
        saved,
        keyed,
        messages: messages
            .into_iter()
            .map(|(at, subject, text)| OwnMessage { when: in_words(at), subject, text })
            .collect(),
    })
}
