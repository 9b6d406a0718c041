//! What we hold about one application, from the form to the certificate.

use domain::State;
use domain::application::Action;
use domain::certificate::Standing;
use domain::words::{date_range, short_date};
use papers::Certificate;
use store::Tx;
use store::applications::{Application, Event};

use super::read::{OwnApplication, Part, Said, answers_in_words};
use crate::time::in_words;
use crate::{Error, Result};

/// Everything that is held about an application, in plain words.
pub(super) async fn read(tx: &mut Tx, application: &Application) -> Result<OwnApplication> {
    let about = store::applications::about_application(tx, application).await?;
    let events = store::applications::list_events(tx, application.id).await?;
    let checks = store::applications::list_clearances(tx, application.id).await?;
    let stands = if application.state == State::Draft { "not sent yet" } else { application.state.in_words() };
    let after = [
        ("Files", files(tx, application).await?),
        ("New dates", new_dates(tx, application).await?),
        ("Suggested to you", suggested(tx, application).await?),
        ("Attendance", days(tx, application).await?),
        ("Certificates", certificates(tx, application).await?),
        ("What you wrote for yourself", reflection(tx, application).await?),
        ("What you said about it", feedback(tx, application).await?),
    ];
    Ok(OwnApplication {
        reference: application.reference.clone(),
        opportunity: about.title.clone(),
        provider: about.organisation_name.clone(),
        dates: about.dates(),
        stands: stands.into(),
        answers: answers_in_words(&application.answers),
        history: events.iter().map(|event| Said::new(in_words(event.at), happened(event))).collect(),
        consent: consent(tx, application).await?,
        checks: checks.iter().map(|check| Said::new(check.what.name.clone(), check.status.label())).collect(),
        after: after
            .into_iter()
            .filter(|(_, lines)| !lines.is_empty())
            .map(|(title, lines)| Part { title: title.into(), lines })
            .collect(),
    })
}

fn happened(event: &Event) -> &'static str {
    match event.action {
        Action::Submit => "You sent it",
        Action::View => "The provider opened it",
        Action::Withdraw => "It was withdrawn",
        _ => event.to.in_words(),
    }
}

async fn consent(tx: &mut Tx, application: &Application) -> Result<Vec<Said>> {
    let Some(consent) = store::consents::find(tx, application.id).await? else { return Ok(Vec::new()) };
    let answer = match consent.answer.as_deref() {
        Some("yes") => "They agreed",
        Some(_) => "They did not agree",
        None => "They have not answered",
    };
    Ok(vec![
        Said::new("Parent or carer", consent.guardian_name.clone()),
        Said::new("Their email address", consent.guardian_email.clone()),
        Said::new("Asked", in_words(consent.asked_at)),
        Said::new("Answer", answer),
    ])
}

async fn files(tx: &mut Tx, application: &Application) -> Result<Vec<Said>> {
    let files = store::documents::list(tx, application.id).await?;
    Ok(files
        .iter()
        .map(|file| {
            let size = format!("A {} of {} bytes", file.media.label(), file.bytes);
            Said::new(format!("Uploaded {}", in_words(file.added_at)), size)
        })
        .collect())
}

async fn new_dates(tx: &mut Tx, application: &Application) -> Result<Vec<Said>> {
    let asked = store::date_changes::asked_of(tx, application.id).await?;
    Ok(asked
        .into_iter()
        .map(|(from, to, at, answer)| {
            let said = match answer.as_deref() {
                Some("yes") => "You said yes",
                Some("no") => "You said no",
                Some(_) => "You did not answer in time",
                None => "You have not answered",
            };
            Said::new(format!("Asked {} about {}", in_words(at), date_range(from, to)), said)
        })
        .collect())
}

async fn suggested(tx: &mut Tx, application: &Application) -> Result<Vec<Said>> {
    let mut lines = Vec::new();
    for one in store::suggestions::list(tx, application.id).await? {
        let opportunity = store::opportunities::find(tx, one.opportunity).await?.ok_or(Error::NotFound)?;
        let opened = match one.opened_at {
            Some(at) => format!("You opened it {}", in_words(at)),
            None => "You have not opened it".into(),
        };
        lines.push(Said::new(opportunity.title, opened));
    }
    Ok(lines)
}

/// Every mark, also those that were put right later; and what the learner said was wrong.
async fn days(tx: &mut Tx, application: &Application) -> Result<Vec<Said>> {
    let mut lines: Vec<Said> = store::attendance::list_history(tx, application.id)
        .await?
        .into_iter()
        .map(|day| {
            let mark = day.mark.map_or_else(|| "Nothing recorded".into(), |mark| mark.with_time(day.minutes));
            let why = if day.reason.is_empty() { String::new() } else { format!(". Reason: {}", day.reason) };
            Said::new(short_date(day.day), format!("{mark}, recorded {}{why}", in_words(day.at)))
        })
        .collect();
    for question in store::attendance::list_questions(tx, application.id).await? {
        lines.push(Said::new(format!("You said {}", in_words(question.said_at)), question.said));
        if let Some(at) = question.answered_at {
            lines.push(Said::new(format!("They answered {}", in_words(at)), question.answer));
        }
    }
    Ok(lines)
}

async fn certificates(tx: &mut Tx, application: &Application) -> Result<Vec<Said>> {
    let mut lines = Vec::new();
    for kept in store::certificates::list(tx, application.id).await? {
        let value = serde_json::from_str(&kept.record).map_err(store::Error::from)?;
        let says = Certificate::read(&value).map_err(|error| Error::Unexpected(error.to_string()))?;
        let standing = match kept.standing {
            Standing::Valid => "It counts",
            Standing::Replaced => "Another one took its place",
            Standing::Revoked => "It was taken back",
        };
        let words = format!("For {}, made {}. {standing}", says.name, in_words(kept.issued_at));
        lines.push(Said::new(kept.number, words));
    }
    Ok(lines)
}

async fn reflection(tx: &mut Tx, application: &Application) -> Result<Vec<Said>> {
    let mut all = store::reflections::of_learner(tx, application.learner).await?;
    Ok(all.remove(&application.id).map(|words| Said::new("Your words", words)).into_iter().collect())
}

async fn feedback(tx: &mut Tx, application: &Application) -> Result<Vec<Said>> {
    let Some(said) = store::feedback::find(tx, application.id).await? else { return Ok(Vec::new()) };
    let mut lines: Vec<Said> =
        said.answers.iter().map(|(question, say)| Said::new(question.asked(), say.label())).collect();
    if !said.text.is_empty() {
        lines.push(Said::new("Your words", said.text));
    }
    Ok(lines)
}
