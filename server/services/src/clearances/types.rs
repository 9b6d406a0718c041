//! Seeing and changing an organisation's types of clearances.

use std::collections::BTreeMap;

use domain::Role;
use domain::clearance::{ClearanceCode, ClearanceType, Evidence, Owner, Problem};
use domain::form::tidy_email;
use domain::ids::AccountId;
use store::accounts::Account;

use crate::context::hex;
use crate::{Ctx, Error, Result, audit, policy};

/// The list of types.
#[derive(Debug, Clone)]
pub struct TypesView {
    /// Each, the usual ones first; those that were retired too.
    pub types: Vec<ClearanceType>,
    /// Whether this coordinator may change them: those who decide may.
    pub changes: bool,
}

/// The organisation's types.
///
/// # Errors
/// [`Error::SignIn`] when signed out, [`Error::NotFound`] for everybody but coordinators.
pub async fn list(ctx: &Ctx) -> Result<TypesView> {
    let (_, membership, organisation) = policy::coordinator(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    let types = store::clearance_types::list(&mut tx, organisation).await?;
    Ok(TypesView { types, changes: membership.can_decide })
}

/// The form of one type.
#[derive(Debug, Clone)]
pub struct FormView {
    /// The type as it is; as a new one begins for none.
    pub what: ClearanceType,
    /// Whether it is there already.
    pub is_new: bool,
    /// What to show in each box.
    pub boxes: BTreeMap<String, String>,
    /// What is wrong with what was typed, if it waits to be mended.
    pub problems: Vec<Problem>,
    /// Who can be chosen to see to it.
    pub members: Vec<(AccountId, String)>,
}

/// The form for the type of this code; without one for a new type.
///
/// # Errors
/// [`Error::NotFound`] for everybody but coordinators who decide, and for a code that is not there.
pub async fn form(ctx: &Ctx, code: Option<&ClearanceCode>) -> Result<FormView> {
    let (actor, _, organisation) = policy::coordinator(ctx)?;
    policy::coordinator_of(ctx, organisation, |member| member.can_decide)?;
    let mut tx = ctx.services.db.read().await?;
    let what = match code {
        Some(code) => store::clearance_types::find(&mut tx, organisation, code).await?.ok_or(Error::NotFound)?,
        None => blank(ClearanceCode::parse("new").ok_or(Error::NotFound)?),
    };
    let members = store::accounts::list_coordinators(&mut tx, organisation).await?;
    let typed = store::typed_forms::find(&mut tx, actor.account, &form_name(code)).await?;
    let problems = match &typed {
        Some(typed) => read(typed, what.clone(), &members).1,
        None => vec![],
    };
    Ok(FormView {
        boxes: typed.unwrap_or_else(|| boxes(&what, code.is_none())),
        is_new: code.is_none(),
        members: members.into_iter().map(|member| (member.id, name_of(&member))).collect(),
        what,
        problems,
    })
}

/// Saves what was typed. Whether it could be taken: else it is kept, and the form shows it with what is
/// wrong. What is saved counts from the next acceptance on; how long it takes, for every opportunity.
///
/// # Errors
/// As [`form`].
pub async fn save(ctx: &Ctx, code: Option<&ClearanceCode>, typed: &BTreeMap<String, String>) -> Result<bool> {
    let services = &ctx.services;
    let (_, _, organisation) = policy::coordinator(ctx)?;
    let actor = policy::coordinator_of(ctx, organisation, |member| member.can_decide)?;
    let mut tx = services.db.write().await?;
    let before = match code {
        Some(code) => store::clearance_types::find(&mut tx, organisation, code).await?.ok_or(Error::NotFound)?,
        None => {
            let code = format!("own-{}", hex(&services.bytes::<6>()));
            blank(ClearanceCode::parse(&code).ok_or(Error::NotFound)?)
        }
    };
    let members = store::accounts::list_coordinators(&mut tx, organisation).await?;
    let (after, problems) = read(typed, before.clone(), &members);
    if !problems.is_empty() {
        store::typed_forms::keep(&mut tx, actor.account, &form_name(code), typed, services.now()).await?;
        tx.commit().await?;
        return Ok(false);
    }
    store::typed_forms::forget(&mut tx, actor.account, &form_name(code)).await?;
    if code.is_none() || after != before {
        store::clearance_types::save(&mut tx, organisation, &after).await?;
        let action = if code.is_some() { "change_clearance_type" } else { "add_clearance_type" };
        record(&mut tx, ctx, actor.account, action, &after.code).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Retires a type, so that it is asked of nobody who accepts from now on, or brings it back. Those who were
/// asked keep theirs.
///
/// # Errors
/// As [`form`].
pub async fn retire(ctx: &Ctx, code: &ClearanceCode, retired: bool) -> Result<()> {
    let services = &ctx.services;
    let (_, _, organisation) = policy::coordinator(ctx)?;
    let actor = policy::coordinator_of(ctx, organisation, |member| member.can_decide)?;
    let mut tx = services.db.write().await?;
    let mut what = store::clearance_types::find(&mut tx, organisation, code).await?.ok_or(Error::NotFound)?;
    if what.retired_at.is_some() == retired {
        return Ok(());
    }
    what.retired_at = retired.then(|| services.now());
    store::clearance_types::save(&mut tx, organisation, &what).await?;
    let action = if retired { "retire_clearance_type" } else { "bring_back_clearance_type" };
    record(&mut tx, ctx, actor.account, action, code).await?;
    tx.commit().await?;
    Ok(())
}

async fn record(tx: &mut store::Tx, ctx: &Ctx, by: AccountId, action: &str, code: &ClearanceCode) -> Result<()> {
    let (_, _, organisation) = policy::coordinator(ctx)?;
    let detail = serde_json::json!({});
    let services = &ctx.services;
    audit::record(tx, services, Some(by), Role::Coordinator, action, "clearance_type", code, Some(organisation), detail)
        .await
}

fn form_name(code: Option<&ClearanceCode>) -> String {
    format!("clearance-type:{}", code.map_or("new", ClearanceCode::as_str))
}

fn blank(code: ClearanceCode) -> ClearanceType {
    ClearanceType {
        code,
        name: String::new(),
        explanation: String::new(),
        lead_days: 7,
        owner: Owner::default(),
        evidence: Evidence::None,
        valid_months: None,
        mandatory: true,
        health: false,
        retired_at: None,
    }
}

fn name_of(account: &Account) -> String {
    if account.name.is_empty() { account.email.clone() } else { account.name.clone() }
}

/// A type as the boxes of its form.
fn boxes(what: &ClearanceType, is_new: bool) -> BTreeMap<String, String> {
    let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    let owner = match (&what.owner.account, what.owner.name.is_empty()) {
        (Some(account), _) => account.to_string(),
        (None, false) => "team".to_owned(),
        (None, true) => "nobody".to_owned(),
    };
    let team = what.owner.account.is_none();
    [
        ("name", what.name.clone()),
        ("explanation", what.explanation.clone()),
        ("lead_days", if is_new { String::new() } else { what.lead_days.to_string() }),
        ("owner", owner),
        ("team_name", if team { what.owner.name.clone() } else { String::new() }),
        ("team_email", if team { what.owner.email.clone() } else { String::new() }),
        ("evidence", what.evidence.as_str().to_owned()),
        ("valid_months", what.valid_months.map(|months| months.to_string()).unwrap_or_default()),
        ("mandatory", yes(what.mandatory)),
        ("health", yes(what.health)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// What was typed as a type, with what is wrong.
fn read(typed: &BTreeMap<String, String>, before: ClearanceType, members: &[Account]) -> (ClearanceType, Vec<Problem>) {
    let get = |name: &str| typed.get(name).map(|text| text.trim()).unwrap_or_default();
    let mut problems = Vec::new();
    let owner = match get("owner") {
        "" | "nobody" => Owner::default(),
        "team" => {
            if get("team_name").is_empty() || get("team_name").chars().count() > ClearanceType::LONGEST_NAME {
                let words = "Write the team’s name, in 60 characters or fewer";
                problems.push(Problem { field: "team_name", words });
            }
            let email = tidy_email(get("team_email"));
            if email.is_none() {
                let words = "Write the team’s email address, like checks@example.nhs.uk";
                problems.push(Problem { field: "team_email", words });
            }
            Owner { account: None, name: get("team_name").to_owned(), email: email.unwrap_or_default() }
        }
        account => match members.iter().find(|member| member.id.to_string() == account) {
            Some(member) => Owner { account: Some(member.id), name: name_of(member), email: member.email.clone() },
            None => {
                problems.push(Problem { field: "owner", words: "Choose who sees to it" });
                Owner::default()
            }
        },
    };
    let evidence = Evidence::parse(get("evidence"));
    if evidence.is_none() {
        problems.push(Problem { field: "evidence", words: "Choose what is needed" });
    }
    let valid_months = match get("valid_months") {
        "" => None,
        // What cannot be read fails the rule of the type.
        text => Some(text.parse().unwrap_or(0)),
    };
    let after = ClearanceType {
        name: get("name").to_owned(),
        explanation: domain::understand::tidy(get("explanation")),
        lead_days: get("lead_days").parse().unwrap_or(-1),
        owner,
        evidence: evidence.unwrap_or(Evidence::None),
        valid_months,
        mandatory: get("mandatory") != "no",
        health: get("health") == "yes",
        ..before
    };
    let mut all = after.problems();
    all.extend(problems);
    const ORDER: [&str; 9] =
        ["name", "explanation", "lead_days", "owner", "team_name", "team_email", "evidence", "valid_months", "health"];
    all.sort_by_key(|problem| ORDER.iter().position(|field| *field == problem.field));
    (after, all)
}
