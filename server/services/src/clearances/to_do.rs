//! What is to do today about checks, and one check by itself.

use chrono::NaiveDate;
use domain::State;
use domain::clearance::{ClearanceCode, Risk};
use domain::ids::AccountId;
pub use store::applications::OpenCheck;
use store::applications::{About, Application, Clearance};
use store::documents::Document;

use crate::applications::{may_settle, own, staff_find};
use crate::documents::{of_check, takes_documents};
use crate::messages::{Letter, letters};
use crate::{Ctx, Error, Result, policy};

/// The open checks of the coordinator's organisation.
#[derive(Debug, Clone)]
pub struct ToDo {
    /// Those that this coordinator sees to.
    pub mine: Vec<OpenCheck>,
    /// All others.
    pub others: Vec<OpenCheck>,
    /// Today, to say which are late.
    pub today: NaiveDate,
}

/// What is to do.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for everybody but coordinators.
pub async fn to_do(ctx: &Ctx) -> Result<ToDo> {
    let (actor, _, organisation) = policy::coordinator(ctx)?;
    let today = ctx.services.today();
    let mut tx = ctx.services.db.read().await?;
    let open = store::applications::list_open_checks(&mut tx, Some(organisation), today).await?;
    let (mine, others) = open.into_iter().partition(|open| open.check.what.owner.account == Some(actor.account));
    Ok(ToDo { mine, others, today })
}

/// One check, as a learner or a member of staff sees it.
#[derive(Debug, Clone)]
pub struct CheckView {
    /// The application.
    pub application: Application,
    /// What it is about.
    pub about: About,
    /// The check.
    pub check: Clearance,
    /// Why it may not be done in time.
    pub risk: Option<Risk>,
    /// Its documents, for those who may open them.
    pub documents: Option<Vec<Document>>,
    /// Whether a document can be added or removed now.
    pub takes_documents: bool,
    /// Whether this person may say how far it is, now.
    pub settles: bool,
    /// Who said how far it is.
    pub settled_by: Option<String>,
    /// The reference of the application from which it was taken over.
    pub reused_from: Option<String>,
    /// What the learner is told when it could not be done, while that can still happen.
    pub letter: Option<Letter>,
    /// Today.
    pub today: NaiveDate,
    /// Whose account asks.
    pub reader: AccountId,
}

/// A check of an application to the coordinator's organisation.
///
/// # Errors
/// [`Error::NotFound`] for another provider's, or one that is not there.
pub async fn check(ctx: &Ctx, typed: &str, code: &ClearanceCode) -> Result<CheckView> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = staff_find(&mut tx, ctx, typed, false).await?;
    view(&mut tx, ctx, application, about, code).await
}

/// A check of the learner's own application.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's, or one that is not there.
pub async fn own_check(ctx: &Ctx, typed: &str, code: &ClearanceCode) -> Result<CheckView> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = own(&mut tx, ctx, typed, false).await?;
    view(&mut tx, ctx, application, about, code).await
}

async fn view(
    tx: &mut store::Tx,
    ctx: &Ctx,
    application: Application,
    about: About,
    code: &ClearanceCode,
) -> Result<CheckView> {
    let actor = ctx.actor()?;
    let check = store::applications::find_clearance(tx, application.id, code).await?.ok_or(Error::NotFound)?;
    let today = ctx.services.today();
    let settled_by = match check.settled {
        Some((_, by)) => store::accounts::find(tx, by).await?.map(|account| account.name),
        None => None,
    };
    let reused_from = match check.reused_from {
        Some(from) => store::applications::find_reference(tx, from).await?,
        None => None,
    };
    let open = application.state == State::Accepted
        || application.state == State::Confirmed && check.status == domain::clearance::ClearanceStatus::Requested;
    let settles = !actor.is_learner() && open && may_settle(ctx, &about, &check).is_ok();
    Ok(CheckView {
        risk: check.risk(today, about.starts_on, about.ends_on),
        documents: of_check(tx, ctx, &application.reference, code).await?,
        takes_documents: takes_documents(application.state, &check),
        letter: (settles && application.state == State::Accepted)
            .then(|| letters::clearance_not_met(&crate::applications::facts(&ctx.services, &application, &about))),
        settles,
        settled_by,
        reused_from,
        today,
        reader: actor.account,
        check,
        application,
        about,
    })
}
