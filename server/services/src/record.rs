//! "My record": what a learner did, and what they wrote about it for themselves.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::certificate::{Attended, all_together};
use domain::{Kind, State};
use papers::Certificate;
use store::enrolments::Taken;

use crate::applications::own;
use crate::{Ctx, Error, Result, policy};

/// Longest reflection, in characters. A longer one is kept as it was typed, and the page says so.
pub const LONGEST_REFLECTION: usize = 2000;
/// What no form takes: somebody pasted a book.
const FAR_TOO_LONG: usize = 20_000;

/// Something that a learner did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The application's reference.
    pub reference: String,
    /// What.
    pub title: String,
    /// With whom.
    pub organisation_name: String,
    /// Which kind.
    pub kind: Kind,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// How much, as the certificate says.
    pub attended: Option<Attended>,
    /// The certificate's number, if there is one that counts.
    pub number: Option<String>,
    /// What the learner wrote for themselves.
    pub reflection: String,
    /// Whether they said how it was.
    pub said: bool,
}

/// A learner's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Whose: the name of the newest certificate.
    pub name: String,
    /// Latest first.
    pub done: Vec<Done>,
    /// What can be taken at any time: what is not finished first, then the newest.
    pub taken: Vec<Taken>,
    /// How much of each kind, in words.
    pub totals: Vec<(Kind, String)>,
}

/// The learner's own record.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for staff.
pub async fn mine(ctx: &Ctx) -> Result<Record> {
    let actor = policy::learner(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    let mut certificates = HashMap::new();
    let mut name = actor.name.clone();
    for kept in store::certificates::list_of_learner(&mut tx, actor.account).await? {
        let value = serde_json::from_str(&kept.record).map_err(store::Error::from)?;
        let said = Certificate::read(&value).map_err(|error| Error::Unexpected(error.to_string()))?;
        name.clone_from(&said.name);
        certificates.insert(kept.application, said);
    }
    let mut reflections = store::reflections::of_learner(&mut tx, actor.account).await?;
    let mut done = Vec::new();
    for application in store::applications::list_of_learner(&mut tx, actor.account).await? {
        if !matches!(application.state, State::Attended | State::PartlyAttended) {
            continue;
        }
        let about = store::applications::about_application(&mut tx, &application).await?;
        let certificate = certificates.remove(&application.id);
        let said = store::feedback::find(&mut tx, application.id).await?.is_some_and(|said| said.complete);
        done.push(Done {
            reference: application.reference,
            title: about.title,
            organisation_name: about.organisation_name,
            kind: about.kind,
            starts_on: about.starts_on,
            ends_on: about.ends_on,
            attended: certificate.as_ref().map(|certificate| certificate.attended),
            number: certificate.map(|certificate| certificate.number),
            reflection: reflections.remove(&application.id).unwrap_or_default(),
            said,
        });
    }
    done.sort_by_key(|one| (std::cmp::Reverse(one.starts_on), one.reference.clone()));
    let totals = Kind::ALL
        .into_iter()
        .filter_map(|kind| {
            let parts: Vec<Attended> =
                done.iter().filter(|one| one.kind == kind).filter_map(|one| one.attended).collect();
            (!parts.is_empty()).then(|| (kind, all_together(parts)))
        })
        .collect();
    let taken = store::enrolments::list_of_learner(&mut tx, actor.account).await?;
    Ok(Record { name, done, taken, totals })
}

/// Keeps what the learner wrote for themselves, as typed. Whether it is short enough.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's, or for what they did not attend.
pub async fn reflect(ctx: &Ctx, reference: &str, text: &str) -> Result<bool> {
    if text.chars().count() > FAR_TOO_LONG {
        return Err(Error::refused(format!("Use {LONGEST_REFLECTION} characters or fewer.")));
    }
    let mut tx = ctx.services.db.write().await?;
    let (application, _) = own(&mut tx, ctx, reference, true).await?;
    if !matches!(application.state, State::Attended | State::PartlyAttended) {
        return Err(Error::NotFound);
    }
    // A NUL is nothing that anybody types, and PostgreSQL keeps none.
    let text = text.replace('\0', "");
    store::reflections::save(&mut tx, application.id, &text, ctx.services.now()).await?;
    tx.commit().await?;
    Ok(text.chars().count() <= LONGEST_REFLECTION)
}
