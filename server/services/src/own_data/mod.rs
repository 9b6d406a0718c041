//! What we hold about a learner: to read, to correct, to take along, and to erase.

mod application;
mod erase;
mod read;
#[cfg(test)]
mod shown;
#[cfg(test)]
mod story;

pub use erase::{ERASE_WORD, Erased, erase, live_applications, withdraw_all};
pub(crate) use erase::{erase_quietly, make_anonymous};
pub use read::{OwnApplication, OwnData, OwnMessage, Part, Said, read};

use domain::Role;
use domain::choices::Choices;
use domain::form::{Answers, Problem, tidy_phone};

use crate::{Ctx, Result, audit, policy};

/// Longest name, in characters.
const LONGEST_NAME: usize = 100;

/// What the learner can correct, as it is or as it was typed, with what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correction {
    /// Their name.
    pub name: String,
    /// Their telephone number.
    pub phone: String,
    /// What is wrong with what was typed.
    pub problems: Vec<Problem>,
}

fn problems(typed: &Answers) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut add = |field: &str, message: &str| {
        problems.push(Problem { field: field.into(), message: message.into() });
    };
    let name = typed.get("name");
    if name.is_empty() {
        add("name", "Enter your name");
    } else if name.chars().count() > LONGEST_NAME {
        add("name", "Enter a name with 100 characters or fewer");
    }
    let phone = typed.get("phone");
    if !phone.is_empty() && tidy_phone(phone).is_none() {
        add("phone", "Enter a UK mobile number, like 07700 900 982");
    }
    problems
}

/// What can be corrected.
///
/// # Errors
/// [`crate::Error::SignIn`] when signed out, [`crate::Error::NotFound`] for staff.
pub async fn correction(ctx: &Ctx) -> Result<Correction> {
    let actor = policy::learner(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    if let Some(typed) = store::retention::choices(&mut tx, actor.account).await?.typed {
        let problems = problems(&typed);
        return Ok(Correction { name: typed.get("name").into(), phone: typed.get("phone").into(), problems });
    }
    let answers = store::accounts::learner_answers(&mut tx, actor.account).await?.unwrap_or_default();
    Ok(Correction { name: actor.name.clone(), phone: answers.get("phone").into(), problems: vec![] })
}

/// Corrects the name and telephone number for what the learner does from now on; what was sent stays as it
/// was. Whether it was right; what was typed is kept otherwise.
///
/// # Errors
/// As [`correction`].
pub async fn correct(ctx: &Ctx, name: &str, phone: &str) -> Result<bool> {
    let actor = policy::learner(ctx)?;
    let mut typed = Answers::default();
    for (field, value) in [("name", name), ("phone", phone)] {
        typed.set(field, value.trim().chars().take(2 * LONGEST_NAME).collect::<String>());
    }
    let right = problems(&typed).is_empty();
    let mut tx = ctx.services.db.write().await?;
    let mut choices = store::retention::choices(&mut tx, actor.account).await?;
    choices.typed = (!right).then(|| typed.clone());
    store::retention::save_choices(&mut tx, actor.account, &choices).await?;
    if right {
        store::accounts::set_name(&mut tx, actor.account, typed.get("name")).await?;
        let mut answers = store::accounts::learner_answers(&mut tx, actor.account).await?.unwrap_or_default();
        answers.set("name", typed.get("name"));
        answers.set("phone", typed.get("phone"));
        store::accounts::save_answers(&mut tx, actor.account, &answers).await?;
        note(&mut tx, ctx, "correct_own_data").await?;
    }
    tx.commit().await?;
    Ok(right)
}

/// A learner's choices about messages and research.
///
/// # Errors
/// As [`correction`].
pub async fn choices(ctx: &Ctx) -> Result<Choices> {
    let actor = policy::learner(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    Ok(store::retention::choices(&mut tx, actor.account).await?)
}

/// Keeps a learner's choices. What is not chosen is off.
///
/// # Errors
/// As [`correction`].
pub async fn choose(ctx: &Ctx, texts: bool, research: bool) -> Result<()> {
    let actor = policy::learner(ctx)?;
    let mut tx = ctx.services.db.write().await?;
    let before = store::retention::choices(&mut tx, actor.account).await?;
    let now = Choices { texts: Some(texts), research: Some(research), typed: before.typed.clone() };
    if now != before {
        store::retention::save_choices(&mut tx, actor.account, &now).await?;
        note(&mut tx, ctx, "choose").await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn note(tx: &mut store::Tx, ctx: &Ctx, action: &str) -> Result<()> {
    let actor = policy::learner(ctx)?.account;
    let nothing = serde_json::json!({});
    audit::record(tx, &ctx.services, Some(actor), Role::Learner, action, "account", actor, None, nothing).await
}
