//! Everything that we hold about a learner, in plain words.

use domain::application::Action;
use domain::choices::Choices;
use domain::form::{self, Answers};
use domain::{State, words};
use serde::Serialize;
use store::Tx;
use store::applications::{Application, Event};

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
    fn new(what: impl Into<String>, said: impl Into<String>) -> Self {
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

fn answers_in_words(answers: &Answers) -> Vec<Said> {
    form::Step::ALL
        .iter()
        .flat_map(|step| step.question().fields)
        .filter(|field| answers.0.keys().any(|key| key == field.name || key.starts_with(&format!("{}-", field.name))))
        .map(|field| Said::new(field.label, answer_in_words(answers, field)))
        .collect()
}

fn happened(event: &Event) -> &'static str {
    match event.action {
        Action::Submit => "You sent it",
        Action::View => "The provider opened it",
        Action::Withdraw => "It was withdrawn",
        _ => event.to.in_words(),
    }
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
        applications.push(one(&mut tx, &application).await?);
    }
    let messages = store::retention::list_messages_to(&mut tx, &account.email, MESSAGES).await?;
    let stated = store::priority::list_statements(&mut tx, actor.account).await?;
    let priority = stated.iter().map(|statement| {
        let reasons: Vec<&str> = statement.reasons.iter().map(|reason| reason.label()).collect();
        Said::new(format!("{} told us", statement.school_name), reasons.join(". "))
    });
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
        messages: messages
            .into_iter()
            .map(|(at, subject, text)| OwnMessage { when: in_words(at), subject, text })
            .collect(),
    })
}

async fn one(tx: &mut Tx, application: &Application) -> Result<OwnApplication> {
    let about = store::applications::about_application(tx, application).await?;
    let events = store::applications::list_events(tx, application.id).await?;
    let consent = store::consents::find(tx, application.id).await?;
    let checks = store::applications::list_clearances(tx, application.id).await?;
    let answer = |answer: Option<&str>| match answer {
        Some("yes") => "They agreed",
        Some(_) => "They did not agree",
        None => "They have not answered",
    };
    let stands = if application.state == State::Draft { "not sent yet" } else { application.state.in_words() };
    Ok(OwnApplication {
        reference: application.reference.clone(),
        opportunity: about.title.clone(),
        provider: about.organisation_name.clone(),
        dates: about.dates(),
        stands: stands.into(),
        answers: answers_in_words(&application.answers),
        history: events.iter().map(|event| Said::new(in_words(event.at), happened(event))).collect(),
        consent: consent
            .map(|consent| {
                vec![
                    Said::new("Parent or carer", consent.guardian_name.clone()),
                    Said::new("Their email address", consent.guardian_email.clone()),
                    Said::new("Asked", in_words(consent.asked_at)),
                    Said::new("Answer", answer(consent.answer.as_deref())),
                ]
            })
            .unwrap_or_default(),
        checks: checks.iter().map(|check| Said::new(check.what.name.clone(), check.status.label())).collect(),
    })
}
