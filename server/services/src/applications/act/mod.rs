//! Acting for somebody: a coordinator keys in what an applicant told them by telephone or wrote on paper, an
//! adviser applies with a learner who agreed to be linked. The form, its rules and its letters are the
//! learner's own; both people are shown wherever the application is.

mod people;
#[cfg(test)]
mod story;
mod telephone;
mod withdraw;

pub use telephone::answer_for;
pub use withdraw::{For, withdraw_for, withdrawing_for};

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::form::{self, Answers, Circumstances, Problem, Step};
use domain::ids::{AccountId, SessionId};
use domain::{Role, words_enum};
use store::Tx;
use store::applications::{About, Application, Event};
use store::keyed::Whose;

pub use store::keyed::OpenSession;

use super::fill::{self, SchoolChoice, Sender, begin, circumstances_of, send, settle_school};
use crate::{Ctx, Error, Result, Services, policy};

/// Whom somebody acts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActFor {
    /// Whoever rang or wrote to a provider.
    Somebody,
    /// A learner who agreed that this adviser's school sees where they stand.
    Linked(AccountId),
}

words_enum! {
    /// How an applicant told a provider.
    How {
        /// They rang.
        Telephone = "telephone",
        /// They filled in the printed form.
        Paper = "paper",
    }
}

impl How {
    /// What the application's history says.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Telephone => "By telephone",
            Self::Paper => "On paper",
        }
    }
}

/// Days after which a form that nobody went on with is forgotten.
const KEPT_DAYS: i64 = 7;
/// Sessions that are listed at once.
const LISTED: usize = 50;
/// Answers that are about the keying in, not the applicant's answers to the form.
const ABOUT_THE_CALL: &[&str] = &["how", "email", "no-email", "read-to"];

/// Forgets forms that were begun and not sent.
///
/// # Errors
/// When the store fails.
pub(crate) async fn forget_drafts(services: &Services) -> Result<()> {
    let mut tx = services.db.write().await?;
    if store::keyed::forget_before(&mut tx, services.now().plus_days(-KEPT_DAYS)).await? > 0 {
        tx.commit().await?;
    }
    Ok(())
}

/// Dates for which this person can act, and the learner's name where they act for one. `what` narrows the
/// list by words of the title or the provider.
///
/// # Errors
/// [`Error::NotFound`] without the right to decide, or for a learner who has not agreed.
pub async fn act_sessions(ctx: &Ctx, whom: ActFor, what: &str) -> Result<(Vec<OpenSession>, Option<String>)> {
    let services = &ctx.services;
    let mut tx = services.db.read().await?;
    let (provider, name) = match whom {
        ActFor::Somebody => {
            let (_, _, provider) = policy::coordinator(ctx)?;
            policy::coordinator_of(ctx, provider, |member| member.can_decide)?;
            (Some(provider), None)
        }
        ActFor::Linked(learner) => (None, Some(people::linked(&mut tx, ctx, learner).await?.name)),
    };
    let words: Vec<String> = what.split_whitespace().take(10).map(str::to_lowercase).collect();
    let sessions = store::keyed::open_sessions(&mut tx, provider, services.today())
        .await?
        .into_iter()
        .filter(|open| {
            let text = format!("{} {}", open.title, open.organisation_name).to_lowercase();
            words.iter().all(|word| text.contains(word))
        })
        .take(LISTED)
        .collect();
    Ok((sessions, name))
}

/// The form on one page.
#[derive(Debug, Clone)]
pub struct KeyedForm {
    /// What it is about.
    pub about: About,
    /// The learner, where one is acted for.
    pub learner: Option<String>,
    /// The questions to ask.
    pub steps: Vec<Step>,
    /// What was typed.
    pub typed: Answers,
    /// What needs mending.
    pub problems: Vec<Problem>,
    /// Schools that the typed name may mean.
    pub schools: Vec<SchoolChoice>,
}

/// Who acts, as what, about which dates.
struct Acting {
    actor: AccountId,
    role: Role,
    about: About,
    linked: Option<people::Linked>,
    whose: Whose,
}

async fn acting(tx: &mut Tx, ctx: &Ctx, session: SessionId, whom: ActFor) -> Result<Acting> {
    let signed_in = ctx.actor()?.account;
    let about = store::applications::about_session(tx, session)
        .await?
        .filter(|about| about.opportunity_status == "published")
        .ok_or(Error::NotFound)?;
    let (role, linked) = match whom {
        ActFor::Somebody => {
            policy::coordinator_of(ctx, about.organisation, |member| member.can_decide)?;
            (Role::Coordinator, None)
        }
        ActFor::Linked(learner) => (Role::Adviser, Some(people::linked(tx, ctx, learner).await?)),
    };
    let subject = linked.as_ref().map_or(signed_in, |linked| linked.account);
    Ok(Acting { actor: signed_in, role, about, linked, whose: Whose { actor: signed_in, session, subject } })
}

/// The form as it was typed so far. `tried`: show what needs mending.
///
/// # Errors
/// [`Error::NotFound`] for another provider's session, without the right to decide, or for a learner who has
/// not agreed.
pub async fn act_form(ctx: &Ctx, session: SessionId, whom: ActFor, tried: bool) -> Result<KeyedForm> {
    let mut tx = ctx.services.db.read().await?;
    let acting = acting(&mut tx, ctx, session, whom).await?;
    let typed = store::keyed::find(&mut tx, acting.whose).await?.unwrap_or_default();
    let (answers, around) = whole(&mut tx, &ctx.services, &acting, &typed).await?;
    let mut steps = asked(&acting, &answers, &around);
    // Nobody knows yet whether they will be 18: the question is there, and says so.
    if acting.linked.is_none() && !steps.contains(&Step::Guardian) {
        let at = steps.iter().position(|step| *step == Step::Access).unwrap_or(steps.len());
        steps.insert(at, Step::Guardian);
    }
    let schools = if answers.at_school() && !answers.get("school").is_empty() && acting.linked.is_none() {
        fill::school_choices(&mut tx, answers.get("school")).await?
    } else {
        Vec::new()
    };
    let problems = if tried { problems(&acting, &typed, &answers, &around, ctx.services.today()) } else { Vec::new() };
    Ok(KeyedForm {
        learner: acting.linked.map(|linked| linked.name),
        about: acting.about,
        steps,
        typed,
        problems,
        schools,
    })
}

/// The answers as the application would have them, and what decides which are right.
async fn whole(tx: &mut Tx, services: &Services, acting: &Acting, typed: &Answers) -> Result<(Answers, Circumstances)> {
    let mut answers = typed.clone();
    for name in ABOUT_THE_CALL {
        answers.0.remove(*name);
    }
    let email = match &acting.linked {
        Some(linked) => {
            linked.put(&mut answers);
            linked.email.clone()
        }
        None => typed.get("email").to_owned(),
    };
    let around = circumstances_of(tx, services, &answers, email, &acting.about).await?;
    Ok((answers, around))
}

/// The questions that are asked: of a linked learner only what their school does not know.
fn asked(acting: &Acting, answers: &Answers, around: &Circumstances) -> Vec<Step> {
    let known = [Step::Name, Step::DateOfBirth, Step::School, Step::Adviser];
    form::steps(answers, around).into_iter().filter(|step| acting.linked.is_none() || !known.contains(step)).collect()
}

fn problems(
    acting: &Acting,
    typed: &Answers,
    answers: &Answers,
    around: &Circumstances,
    today: NaiveDate,
) -> Vec<Problem> {
    let problem = |field: &str, message: &str| Problem { field: field.into(), message: message.into() };
    let mut problems = Vec::new();
    if acting.linked.is_none() && How::parse(typed.get("how")).is_none() {
        problems.push(problem("how", "Choose how they told you"));
    }
    for step in asked(acting, answers, around) {
        problems.extend(form::check(step, answers, around));
        if step == Step::Contact && acting.linked.is_none() {
            problems.extend(check_reach(typed));
        }
    }
    let birth = problems.iter().any(|problem| problem.field.starts_with("dob"));
    if let domain::eligibility::Answer::No(why) | domain::eligibility::Answer::NotYet(why) =
        domain::eligibility::can_apply(&acting.about.asks(), answers.date_of_birth().filter(|_| !birth), today)
    {
        let field = if acting.linked.is_some() { "read-to" } else { "dob-day" };
        problems.push(problem(field, &format!("They cannot apply for these dates. To them we say: “{why}”")));
    }
    if typed.get("read-to") != "yes" {
        problems.push(problem("read-to", "Read the answers to them, and tick the box when they agree"));
    }
    problems
}

/// An email address or a telephone number: somebody whom nobody can reach would never hear the answer.
fn check_reach(typed: &Answers) -> Option<Problem> {
    let problem = |field: &str, message: &str| Some(Problem { field: field.into(), message: message.into() });
    match (typed.get("email"), typed.get("no-email") == "yes") {
        ("", false) => problem("email", "Enter their email address, or tick that they have none"),
        ("", true) if typed.get("phone").is_empty() => {
            problem("phone", "Enter their mobile number, because they have no email")
        }
        ("", true) => None,
        (_, true) => problem("email", "Take out the email address, or the tick that they have none"),
        (email, false) if form::tidy_email(email).is_none() => {
            problem("email", "Enter an email address in the correct format, like name@example.com")
        }
        _ => None,
    }
}

/// What became of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyedIn {
    /// Something needs mending; it was kept as typed.
    Mend,
    /// It was sent, under this reference.
    Sent(String),
}

/// Keeps what was typed and, when everything is there, sends it for the applicant: by the same rules and
/// with the same letters as when they do it themselves.
///
/// # Errors
/// As [`act_form`]; [`Error::Refused`] when the applicant cannot apply, or has applied already.
pub async fn key_in(ctx: &Ctx, session: SessionId, whom: ActFor, typed: &BTreeMap<String, String>) -> Result<KeyedIn> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let acting = acting(&mut tx, ctx, session, whom).await?;
    let mut kept = Answers::default();
    let fields = Step::ALL.iter().flat_map(|step| fill::field_names(*step)).chain(ABOUT_THE_CALL);
    for name in fields {
        let value = typed.get(*name).map(String::as_str).unwrap_or_default();
        kept.set(name, value.chars().take(5000).collect::<String>());
    }
    if acting.linked.is_none() {
        settle_school(&mut tx, &mut kept).await?;
    }
    store::keyed::save(&mut tx, acting.whose, &kept, services.now()).await?;
    let (answers, around) = whole(&mut tx, services, &acting, &kept).await?;
    if !problems(&acting, &kept, &answers, &around, services.today()).is_empty() {
        tx.commit().await?;
        return Ok(KeyedIn::Mend);
    }
    let learner = match &acting.linked {
        Some(linked) => linked.account,
        None => people::find_or_make(&mut tx, services, &acting, &kept, &answers).await?,
    };
    if store::applications::find_live(&mut tx, learner, session).await?.is_some() {
        return Err(Error::refused(
            "This person has begun or sent an application for these dates already. They find it when they sign in.",
        ));
    }
    let about = &acting.about;
    let mut application = begin(&mut tx, services, learner, about, answers).await?;
    let note = How::parse(kept.get("how")).filter(|_| acting.linked.is_none()).map_or("", How::in_words);
    let sender = Sender { role: acting.role, actor: acting.actor, note };
    send(&mut tx, services, &mut application, about, sender).await?;
    super::places::list_if_full(&mut tx, services, &mut application, about).await?;
    store::keyed::forget(&mut tx, acting.whose).await?;
    tx.commit().await?;
    Ok(KeyedIn::Sent(application.reference))
}

/// The name of whoever keyed an application in for the learner, if somebody did.
pub(super) async fn keyed_in_by(tx: &mut Tx, application: &Application, events: &[Event]) -> Result<Option<String>> {
    let sent = events.iter().find(|event| event.action == domain::Action::Submit);
    let Some(by) = sent.and_then(|event| event.actor).filter(|by| *by != application.learner) else {
        return Ok(None);
    };
    Ok(store::accounts::find(tx, by).await?.map(|account| account.name))
}
