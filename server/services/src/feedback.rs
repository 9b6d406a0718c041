//! What learners say afterwards: asked once, counted from ten on, texts read by the national team first.

use std::collections::BTreeMap;

use domain::feedback::{self, Answers, MOST_TEXTS, Moderation, Question, WhyHeld};
use domain::form::Problem;
use domain::ids::OpportunityId;
use domain::time::Moment;
use domain::{Role, State};
use store::Tx;
use store::applications::About;
use store::feedback::Feedback;
pub use store::feedback::Waiting;
use uuid::Uuid;

use crate::applications::own;
use crate::{Ctx, Error, Result, audit, policy};

/// How many texts the national team sees at once.
const AT_ONCE: i64 = 50;
/// What no form takes.
const FAR_TOO_LONG: usize = 20_000;

/// The form, as a learner left it.
#[derive(Debug, Clone)]
pub struct Form {
    /// The application's reference.
    pub reference: String,
    /// About what.
    pub about: About,
    /// The answers so far.
    pub answers: Answers,
    /// The text so far.
    pub text: String,
    /// Whether something was said before.
    pub begun: bool,
    /// Whether it counts.
    pub complete: bool,
    /// Whether it can still be changed: nobody has read the text yet.
    pub open: bool,
    /// What has to be mended.
    pub problems: Vec<Problem>,
}

/// The form about a placement that the learner attended.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's, or for what they did not attend.
pub async fn form(ctx: &Ctx, reference: &str) -> Result<Form> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = attended(&mut tx, ctx, reference, false).await?;
    let said = store::feedback::find(&mut tx, application.id).await?;
    let begun = said.is_some();
    let open = said.as_ref().is_none_or(|said| can_change(said.moderation));
    let (answers, text, complete) = said.map(|said| (said.answers, said.text, said.complete)).unwrap_or_default();
    Ok(Form {
        reference: application.reference,
        about,
        problems: feedback::problems(&answers, &text),
        answers,
        text,
        begun,
        complete,
        open,
    })
}

fn can_change(moderation: Moderation) -> bool {
    matches!(moderation, Moderation::Nothing | Moderation::Waiting)
}

async fn attended(
    tx: &mut Tx,
    ctx: &Ctx,
    reference: &str,
    change: bool,
) -> Result<(store::applications::Application, About)> {
    let (application, about) = own(tx, ctx, reference, change).await?;
    if matches!(application.state, State::Attended | State::PartlyAttended) {
        Ok((application, about))
    } else {
        Err(Error::NotFound)
    }
}

/// Keeps what the learner says, as typed; it counts once there is nothing to mend. Whether it does.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's, or for what they did not attend; [`Error::Refused`] once the
/// text was read.
pub async fn give(ctx: &Ctx, reference: &str, typed: &BTreeMap<String, String>, text: &str) -> Result<bool> {
    let services = &ctx.services;
    if text.chars().count() > FAR_TOO_LONG {
        return Err(Error::refused(format!("Use {} characters or fewer.", feedback::LONGEST_TEXT)));
    }
    let mut tx = services.db.write().await?;
    let (application, about) = attended(&mut tx, ctx, reference, true).await?;
    let answers: Answers = Question::ALL
        .iter()
        .filter_map(|question| Some((*question, feedback::read(*question, typed.get(question.as_str())?)?)))
        .collect();
    let text = text.replace('\0', "");
    let complete = feedback::problems(&answers, &text).is_empty();
    let moderation = if text.trim().is_empty() { Moderation::Nothing } else { Moderation::Waiting };
    let said = Feedback {
        id: services.uuid(),
        opportunity: about.opportunity,
        answers,
        text,
        complete,
        moderation,
        given_at: services.now(),
    };
    if !store::feedback::save(&mut tx, application.id, &said).await? {
        return Err(Error::refused("The national team has read what you wrote, so it cannot be changed any more."));
    }
    tx.commit().await?;
    Ok(complete)
}

/// What past learners said, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// A sentence for each question.
    pub counts: Vec<String>,
    /// Texts that may be shown.
    pub texts: Vec<String>,
}

/// What past learners said about an opportunity. Nothing while fewer than ten have.
pub(crate) async fn said_in(tx: &mut Tx, opportunity: OpportunityId) -> Result<Option<Said>> {
    let answers = store::feedback::list_answers(tx, opportunity).await?;
    let Some(counts) = feedback::summary(&answers) else {
        return Ok(None);
    };
    let texts = store::feedback::list_published(tx, opportunity, MOST_TEXTS).await?;
    Ok(Some(Said { counts: counts.into_iter().map(feedback::Count::in_words).collect(), texts }))
}

/// The same, for anybody: the opportunity's page shows it too.
///
/// # Errors
/// When the store fails.
pub async fn said(ctx: &Ctx, opportunity: OpportunityId) -> Result<Option<Said>> {
    said_in(&mut ctx.services.db.read().await?, opportunity).await
}

/// The texts that nobody has read yet, and how many there are.
///
/// # Errors
/// [`Error::NotFound`] for everybody but the national team.
pub async fn waiting(ctx: &Ctx) -> Result<(Vec<Waiting>, i64)> {
    policy::national(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    let count = store::feedback::count_waiting(&mut tx).await?;
    Ok((store::feedback::list_waiting(&mut tx, AT_ONCE).await?, count))
}

/// Publishes a text, or holds it back for a reason. `read` is when the text was given that was read.
///
/// # Errors
/// [`Error::NotFound`] for everybody but the national team; [`Error::Refused`] when the learner has
/// changed it meanwhile, or somebody else was quicker.
pub async fn moderate(ctx: &Ctx, id: Uuid, read: Moment, held: Option<WhyHeld>) -> Result<()> {
    let actor = policy::national(ctx)?;
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    if !store::feedback::moderate(&mut tx, id, read, held, actor.account, services.now()).await? {
        return Err(Error::refused("This text has changed, or somebody else has dealt with it. Load the page again."));
    }
    let detail = serde_json::json!({ "held_because": held.map(WhyHeld::as_str) });
    let action = if held.is_some() { "hold_back_feedback" } else { "publish_feedback" };
    audit::record(&mut tx, services, Some(actor.account), Role::National, action, "feedback", id, None, detail).await?;
    tx.commit().await?;
    Ok(())
}
