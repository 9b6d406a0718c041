//! Filling in the form: begin, save each answer, check them all, send.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::calendar::age_on;
use domain::clearance::ConsentStatus;
use domain::eligibility::{self, Answer};
use domain::form::{self, Answers, Circumstances, FORM_VERSION, Problem, Step};
use domain::ids::{AccountId, ApplicationId, SessionId};
use domain::{Action, Role, State, reference};
use store::Tx;
use store::applications::{About, Application};

use super::consent;
use super::life::{Move, facts, move_on, own, own_to_fill, promised_by, tell_coordinators, tell_learner};
use crate::messages::letters;
use crate::{Ctx, Error, Result, Services, policy};

/// Begins an application for a session, or finds the one that the learner has begun already. Its reference.
///
/// # Errors
/// [`Error::SignIn`] when signed out; [`Error::Refused`] with the reason when this learner cannot apply.
pub async fn start(ctx: &Ctx, session: SessionId) -> Result<String> {
    let actor = policy::learner(ctx)?;
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let about = store::applications::about_session(&mut tx, session)
        .await?
        .filter(|a| a.opportunity_status == "published")
        .ok_or(Error::NotFound)?;
    if let Some(live) = store::applications::find_live(&mut tx, actor.account, session).await? {
        return Ok(live.reference);
    }
    if let Answer::No(why) | Answer::NotYet(why) = eligibility::can_apply(&about.asks(), actor.born, services.today()) {
        return Err(Error::Refused(why));
    }
    let mut answers = store::accounts::learner_answers(&mut tx, actor.account).await?.unwrap_or_default();
    if answers.date_of_birth().is_none()
        && let Some(born) = actor.born
    {
        put_birth(&mut answers, born);
    }
    // What was said about another place is not said about this one.
    answers.0.remove("why");
    let new = match begin(&mut tx, services, actor.account, &about, answers).await {
        // Two tabs at once: the first one's application is the learner's.
        Err(Error::Store(error)) if error.is_duplicate() => {
            drop(tx);
            let mut tx = services.db.read().await?;
            let live = store::applications::find_live(&mut tx, actor.account, session).await?.ok_or(Error::NotFound)?;
            return Ok(live.reference);
        }
        other => other?,
    };
    tx.commit().await?;
    Ok(new.reference)
}

/// A new draft of this learner with these answers.
///
/// # Errors
/// A duplicate when the learner has a live application for this session.
pub(super) async fn begin(
    tx: &mut Tx,
    services: &Services,
    learner: AccountId,
    about: &About,
    answers: Answers,
) -> Result<Application> {
    let mut new = Application {
        id: ApplicationId(services.uuid()),
        reference: String::new(),
        learner,
        opportunity: about.opportunity,
        session: about.session,
        state: State::Draft,
        state_since: services.now(),
        answers,
        form_version: FORM_VERSION,
        opportunity_version: about.opportunity_version,
        created_at: services.now(),
        submitted_at: None,
        decide_by: None,
        respond_by: None,
        viewed_at: None,
        overdue_at: None,
        no_reason: None,
        consent: ConsentStatus::NotNeeded,
        version: 0,
    };
    // 5 × 10¹⁰ references: drawing one that is taken is rare, drawing taken ones five times is not chance.
    for _ in 0..5 {
        new.reference = reference::application_reference(services.bytes());
        if store::applications::find(tx, &new.reference).await?.is_none() {
            break;
        }
    }
    store::applications::insert(tx, &new).await?;
    Ok(new)
}

/// The address of the advert that a session belongs to: where somebody who has to sign in first goes on.
///
/// # Errors
/// [`Error::NotFound`] when there is no such session or it is not published.
pub async fn advert_address(services: &Services, session: SessionId) -> Result<String> {
    let mut tx = services.db.read().await?;
    let about = store::applications::about_session(&mut tx, session)
        .await?
        .filter(|a| a.opportunity_status == "published")
        .ok_or(Error::NotFound)?;
    Ok(format!("/opportunities/{}", about.slug))
}

pub(super) fn put_birth(answers: &mut Answers, born: NaiveDate) {
    use chrono::Datelike;
    answers.set("dob-day", born.day().to_string());
    answers.set("dob-month", born.month().to_string());
    answers.set("dob-year", born.year().to_string());
}

/// A school that a typed name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolChoice {
    /// Its URN.
    pub code: String,
    /// Name and town.
    pub name: String,
}

/// One question's page.
#[derive(Debug, Clone)]
pub struct FormView {
    /// Reference.
    pub reference: String,
    /// What it is about.
    pub about: About,
    /// The question.
    pub step: Step,
    /// Its number, from 1.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// Answers as typed.
    pub answers: Answers,
    /// What needs mending; empty on the first visit.
    pub problems: Vec<Problem>,
    /// Schools that the typed name may mean.
    pub schools: Vec<SchoolChoice>,
    /// The question before, if any.
    pub back: Option<Step>,
    /// Whether the person came from "Check your answers".
    pub from_check: bool,
}

/// What decides which questions this application is asked.
pub(super) async fn circumstances(
    tx: &mut Tx,
    services: &Services,
    application: &Application,
    about: &About,
) -> Result<Circumstances> {
    let account = store::accounts::find(tx, application.learner).await?.ok_or(Error::NotFound)?;
    circumstances_of(tx, services, &application.answers, account.email, about).await
}

/// The same, for answers that nobody has sent yet.
pub(super) async fn circumstances_of(
    tx: &mut Tx,
    services: &Services,
    answers: &Answers,
    learner_email: String,
    about: &About,
) -> Result<Circumstances> {
    let code = answers.get("school-code");
    let school_has_adviser = !code.is_empty() && store::accounts::school_has_adviser(tx, code).await?;
    Ok(Circumstances {
        asks_why: about.asks_why,
        starts_on: about.starts_on,
        today: services.today(),
        learner_email,
        school_has_adviser,
    })
}

/// The page of one question; the first unfinished one when `step` is none. `tried`: show what needs
/// mending. An application that was sent already is [`Error::Refused`] by its state.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's; [`Error::Refused`] once it was sent.
pub async fn form(ctx: &Ctx, reference: &str, step: Option<Step>, tried: bool, from_check: bool) -> Result<FormView> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = own(&mut tx, ctx, reference, false).await?;
    draft_only(&application)?;
    let around = circumstances(&mut tx, &ctx.services, &application, &about).await?;
    view(&mut tx, application, about, &around, step, tried, from_check).await
}

/// Schools that the typed words may mean, for the list under the box. Fewer than 3 letters mean none.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for staff.
pub async fn find_schools(ctx: &Ctx, typed: &str) -> Result<Vec<SchoolChoice>> {
    policy::learner(ctx)?;
    let typed: String = typed.trim().chars().take(200).collect();
    if typed.chars().count() < 3 {
        return Ok(Vec::new());
    }
    let mut tx = ctx.services.db.read().await?;
    school_choices(&mut tx, &typed).await
}

pub(super) async fn school_choices(tx: &mut Tx, typed: &str) -> Result<Vec<SchoolChoice>> {
    let found = store::organisations::school_matches(tx, typed, 8).await?;
    Ok(found
        .into_iter()
        .map(|school| SchoolChoice {
            name: match &school.town {
                Some(town) => format!("{}, {town}", school.name),
                None => school.name.clone(),
            },
            code: school.code,
        })
        .collect())
}

async fn view(
    tx: &mut Tx,
    application: Application,
    about: About,
    around: &Circumstances,
    step: Option<Step>,
    tried: bool,
    from_check: bool,
) -> Result<FormView> {
    let answers = application.answers;
    let steps = form::steps(&answers, around);
    let step = step
        .filter(|step| steps.contains(step))
        .or_else(|| form::first_unfinished(&answers, around))
        .unwrap_or(Step::Name);
    let at = steps.iter().position(|s| *s == step).unwrap_or(0);
    let schools = if step == Step::School && answers.at_school() && !answers.get("school").is_empty() {
        school_choices(tx, answers.get("school")).await?
    } else {
        Vec::new()
    };
    Ok(FormView {
        reference: application.reference,
        problems: if tried { form::check(step, &answers, around) } else { Vec::new() },
        about,
        step,
        number: at + 1,
        of: steps.len(),
        back: at.checked_sub(1).map(|before| steps[before]),
        answers,
        schools,
        from_check,
    })
}

fn draft_only(application: &Application) -> Result<()> {
    if application.state == State::Draft {
        Ok(())
    } else {
        Err(Error::refused(format!(
            "This application is {}. You cannot change the answers any more.",
            application.state.in_words()
        )))
    }
}

/// What happened to a saved answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It needs mending; it was kept as typed.
    Mend,
    /// The next question.
    Next(Step),
    /// Every question is answered.
    Check,
}

/// Keeps the answers to one question, as typed, and says where to go on.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's; [`Error::Refused`] once it was sent.
pub async fn save_step(
    ctx: &Ctx,
    reference: &str,
    step: Step,
    typed: &BTreeMap<String, String>,
    from_check: bool,
) -> Result<Saved> {
    let mut tx = ctx.services.db.write().await?;
    let (mut application, about) = own_to_fill(&mut tx, ctx, reference).await?;
    draft_only(&application)?;
    for name in field_names(step) {
        let value: String = typed.get(*name).map(String::as_str).unwrap_or_default().chars().take(5000).collect();
        application.answers.set(name, value);
    }
    if step == Step::School {
        let before = application.answers.get("school-code").to_owned();
        settle_school(&mut tx, &mut application.answers).await?;
        // A yes to one school's advisers is no yes to another's.
        if application.answers.get("school-code") != before {
            application.answers.set("adviser-may-see", "");
        }
    }
    if !store::applications::save(&mut tx, &application).await? {
        return Err(Error::refused("This application was changed in another window. Load the page again."));
    }
    let around = circumstances(&mut tx, &ctx.services, &application, &about).await?;
    tx.commit().await?;
    if !form::check(step, &application.answers, &around).is_empty() {
        return Ok(Saved::Mend);
    }
    if from_check {
        return Ok(form::first_unfinished(&application.answers, &around).map_or(Saved::Check, Saved::Next));
    }
    let steps = form::steps(&application.answers, &around);
    let next = steps.iter().skip_while(|s| **s != step).nth(1);
    Ok(next.map_or(Saved::Check, |step| Saved::Next(*step)))
}

/// The fields that a question's page may send.
pub(super) fn field_names(step: Step) -> &'static [&'static str] {
    match step {
        Step::Name => &["name"],
        Step::DateOfBirth => &["dob-day", "dob-month", "dob-year"],
        Step::Contact => &["phone"],
        Step::School => &["at-school", "school", "school-code", "school-not-listed"],
        Step::Adviser => &["adviser-may-see"],
        Step::Guardian => &["guardian-name", "guardian-email"],
        Step::Access => &["access"],
        Step::Why => &["why"],
    }
}

/// A chosen code is only good for a school that is there; a name that means exactly one school is that one.
pub(super) async fn settle_school(tx: &mut Tx, answers: &mut Answers) -> Result<()> {
    if !answers.at_school() {
        for name in ["school", "school-code", "school-not-listed"] {
            answers.set(name, "");
        }
        return Ok(());
    }
    if answers.get("school-code") == "none" {
        answers.set("school-code", "");
        answers.set("school-not-listed", "yes");
        return Ok(());
    }
    let matches = store::organisations::school_matches(tx, answers.get("school"), 8).await?;
    let code = answers.get("school-code").to_owned();
    let chosen = matches.iter().find(|school| school.code == code).or(match matches.as_slice() {
        [only] if code.is_empty() => Some(only),
        _ => None,
    });
    if let Some(school) = chosen {
        answers.set("school", school.name.clone());
        answers.set("school-code", school.code.clone());
        answers.set("school-not-listed", "");
    } else {
        answers.set("school-code", "");
        // Nothing like it is known: the name as typed stands.
        answers
            .set("school-not-listed", if matches.is_empty() && !answers.get("school").is_empty() { "yes" } else { "" });
    }
    Ok(())
}

/// "Check your answers".
#[derive(Debug, Clone)]
pub struct CheckView {
    /// Reference.
    pub reference: String,
    /// What it is about.
    pub about: About,
    /// Each question with its answer in words.
    pub lines: Vec<(Step, &'static str, String)>,
    /// A question that still needs something.
    pub unfinished: Option<Step>,
    /// Why it cannot be sent, as it stands.
    pub cannot: Option<String>,
    /// Whether a parent or carer will be asked.
    pub asks_guardian: bool,
    /// The day by which the provider would answer.
    pub decide_by: NaiveDate,
}

/// Everything on one page, before it is sent.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's; [`Error::Refused`] once it was sent.
pub async fn check_answers(ctx: &Ctx, reference: &str) -> Result<CheckView> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = own(&mut tx, ctx, reference, false).await?;
    draft_only(&application)?;
    let around = circumstances(&mut tx, &ctx.services, &application, &about).await?;
    let steps = form::steps(&application.answers, &around);
    let mut lines = Vec::new();
    for step in &steps {
        for field in step.question().fields {
            lines.push((*step, field.label, answer_in_words(&application.answers, field)));
        }
    }
    let cannot = match eligibility::can_apply(&about.asks(), application.answers.date_of_birth(), around.today) {
        Answer::Yes => None,
        Answer::No(why) | Answer::NotYet(why) => Some(why),
    };
    Ok(CheckView {
        decide_by: promised_by(&ctx.services, about.decide_within, about.starts_on),
        asks_guardian: steps.contains(&Step::Guardian),
        unfinished: form::first_unfinished(&application.answers, &around),
        reference: application.reference,
        lines,
        cannot,
        about,
    })
}

pub(crate) fn answer_in_words(answers: &Answers, field: &form::Field) -> String {
    let said = match field.kind {
        form::Kind::Date => answers.date_of_birth().map(domain::words::short_date).unwrap_or_default(),
        form::Kind::YesNo(..) => match answers.get(field.name) {
            "yes" => "Yes".into(),
            "no" => "No".into(),
            _ => String::new(),
        },
        form::Kind::School => match answers.get("at-school") {
            "yes" => answers.get("school").to_owned(),
            "no" => "Not at school or college".into(),
            _ => String::new(),
        },
        _ => answers.get(field.name).to_owned(),
    };
    if said.is_empty() { if field.optional { "Nothing".into() } else { "Not answered yet".into() } } else { said }
}

/// Sends the application. Sending it again changes nothing.
///
/// # Errors
/// [`Error::Refused`] when an answer is missing, the learner cannot apply, or the declaration is not made.
pub async fn submit(ctx: &Ctx, reference: &str, declared: bool) -> Result<()> {
    let services = &ctx.services;
    let mut tx = services.db.write().await?;
    let (mut application, about) = own_to_fill(&mut tx, ctx, reference).await?;
    if application.submitted_at.is_some() {
        return Ok(());
    }
    draft_only(&application)?;
    if !declared {
        return Err(Error::refused("Tick the box to say that your answers are true. Then send your application."));
    }
    let actor = policy::own(ctx, application.learner)?.account;
    send(&mut tx, services, &mut application, &about, Sender { role: Role::Learner, actor, note: "" }).await?;
    super::places::list_if_full(&mut tx, services, &mut application, &about).await?;
    tx.commit().await?;
    Ok(())
}

/// Who sends an application: the learner, or somebody who acts for them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sender<'a> {
    /// As what.
    pub role: Role,
    /// Who.
    pub actor: AccountId,
    /// How it came about, when somebody else keyed it in.
    pub note: &'a str,
}

/// Sends a draft. The rules are the learner's own, whoever sends it, and so are the letters.
///
/// # Errors
/// [`Error::Refused`] when an answer is missing or the learner cannot apply.
pub(crate) async fn send(
    tx: &mut Tx,
    services: &Services,
    application: &mut Application,
    about: &About,
    by: Sender<'_>,
) -> Result<()> {
    let around = circumstances(tx, services, application, about).await?;
    if let Some(step) = form::first_unfinished(&application.answers, &around) {
        return Err(Error::refused(format!("One question still needs an answer: {}", step.question().title)));
    }
    let born = application.answers.date_of_birth().ok_or_else(|| Error::refused("Enter your date of birth."))?;
    if let Answer::No(why) | Answer::NotYet(why) = eligibility::can_apply(&about.asks(), Some(born), around.today) {
        return Err(Error::Refused(why));
    }
    if let [clash, ..] =
        store::applications::overlapping_places(tx, application.learner, application.id, about.starts_on, about.ends_on)
            .await?
            .as_slice()
    {
        return Err(Error::refused(format!(
            "You have a place on these days already: {}. Nobody can be in two places at once.",
            clash.in_words()
        )));
    }
    let decide_by = promised_by(services, about.decide_within, about.starts_on);
    let asks_guardian = eligibility::needs_consent(born, about.starts_on);
    application.submitted_at = Some(services.now());
    application.decide_by = Some(decide_by);
    application.form_version = FORM_VERSION;
    application.opportunity_version = about.opportunity_version;
    application.consent = if asks_guardian { ConsentStatus::Asked } else { ConsentStatus::NotNeeded };
    let step = Move { action: Action::Submit, role: by.role, actor: Some(by.actor), note: by.note };
    move_on(tx, services, application, about, step).await?;
    // What somebody else keyed in is said about this application; it does not change who the learner says they are.
    if by.role == Role::Learner {
        store::accounts::save_learner(
            tx,
            application.learner,
            application.answers.get("name"),
            born,
            &application.answers,
        )
        .await?;
    }
    // Only who was asked about this school can have agreed.
    if application.answers.adviser_may_see() && form::steps(&application.answers, &around).contains(&Step::Adviser) {
        let school = application.answers.get("school-code");
        store::accounts::link_adviser(tx, application.learner, school, services.now()).await?;
    }
    let mut letter = letters::submitted(&facts(services, application, about), decide_by, asks_guardian);
    if by.role != Role::Learner
        && let Some(who) = store::accounts::find(tx, by.actor).await?
    {
        letter = letters::keyed_in(letter, &who.name);
    }
    tell_learner(tx, services, application, "submitted", letter).await?;
    if asks_guardian {
        consent::ask(tx, services, application, about).await?;
    }
    let letter =
        letters::new_applications(&about.organisation_name, &about.title, decide_by, &services.settings.base_url);
    // One a day for an opportunity: a coordinator with forty applicants gets one letter.
    let key = format!("{}:{}", about.opportunity, around.today);
    tell_coordinators(tx, services, about, &key, "new_applications", &letter).await
}

/// What the "sent" page says: the facts, and by when the learner hears.
///
/// # Errors
/// [`Error::NotFound`] for somebody else's or one that was not sent.
pub async fn sent(ctx: &Ctx, reference: &str) -> Result<(Application, About, u32)> {
    let mut tx = ctx.services.db.read().await?;
    let (application, about) = own(&mut tx, ctx, reference, false).await?;
    if application.submitted_at.is_none() {
        return Err(Error::NotFound);
    }
    let age = application.answers.date_of_birth().map_or(0, |born| age_on(born, about.starts_on));
    Ok((application, about, age))
}
