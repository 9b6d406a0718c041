//! Who supervises which department: coordinators who manage members invite and remove.

use domain::form::Problem;
use domain::ids::{AccountId, DepartmentId, OrganisationId};
use domain::{Role, form};
use store::Tx;
use store::attendance::Supervisor;

use super::forms::{Checked, No};
use crate::identity::{Rights, invite_within};
use crate::messages::{Outgoing, letters, queue};
use crate::{Ctx, Error, Result, audit, policy};

/// Longest name, in characters.
const LONGEST_NAME: usize = 100;

/// A provider's supervisors, and the departments that can have some.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervisors {
    /// Who supervises what.
    pub list: Vec<Supervisor>,
    /// Departments, by name.
    pub departments: Vec<(DepartmentId, String)>,
}

fn manager(ctx: &Ctx) -> Result<(AccountId, OrganisationId, &str)> {
    let (actor, member, organisation) = policy::coordinator(ctx)?;
    if !member.can_manage {
        return Err(Error::NotFound);
    }
    Ok((actor.account, organisation, &member.organisation_name))
}

/// The provider's supervisors.
///
/// # Errors
/// [`Error::NotFound`] for everybody but coordinators who manage members.
pub async fn supervisors(ctx: &Ctx) -> Result<Supervisors> {
    let (_, organisation, _) = manager(ctx)?;
    let mut tx = ctx.services.db.read().await?;
    Ok(Supervisors {
        list: store::attendance::list_of_organisation(&mut tx, organisation).await?,
        departments: store::attendance::list_departments(&mut tx, organisation).await?,
    })
}

/// Makes somebody a supervisor of a department. Who has no password yet is sent a link to choose one; it
/// goes to their address alone, so that nobody can take over an account by inviting it.
///
/// # Errors
/// [`Error::Refused`] when the name, the address or the department will not do.
pub async fn invite(ctx: &Ctx, name: &str, email: &str, department: &str) -> Result<()> {
    let mut tx = ctx.services.db.write().await?;
    add(&mut tx, ctx, name, email, department, true).await?;
    tx.commit().await?;
    Ok(())
}

/// Checks the same and, where `really`, does it. Says everything that is wrong at once.
pub(super) async fn add(tx: &mut Tx, ctx: &Ctx, name: &str, email: &str, department: &str, really: bool) -> Checked {
    let services = &ctx.services;
    let (by, organisation, organisation_name) = manager(ctx)?;
    let mut problems = Vec::new();
    let mut wrong = |field: &str, words: &str| {
        problems.push(Problem { field: field.to_owned(), message: words.to_owned() });
    };
    let name = name.trim();
    if name.is_empty() {
        wrong("name", "Enter the person’s name.");
    } else if name.chars().count() > LONGEST_NAME {
        wrong("name", "Use 100 characters or fewer for the name.");
    }
    let email = form::tidy_email(email);
    let (known, memberships) = match &email {
        None => {
            wrong("email", "Enter an email address, like name@example.com.");
            (None, Vec::new())
        }
        Some(email) => {
            let known = store::accounts::find_by_email(tx, email).await?;
            let memberships = match &known {
                Some(account) => store::accounts::list_memberships(tx, account.id).await?,
                None => Vec::new(),
            };
            if memberships.iter().any(|member| member.organisation != Some(organisation)) {
                wrong(
                    "email",
                    "This address belongs to somebody at another organisation. Ask them for a second address.",
                );
            }
            (known, memberships)
        }
    };
    let departments = store::attendance::list_departments(tx, organisation).await?;
    let found = departments.into_iter().find(|(id, _)| id.to_string() == department);
    if found.is_none() {
        wrong("department", "Choose a department.");
    }
    let (Some(email), Some((department, department_name)), true) = (email, found, problems.is_empty()) else {
        return Err(No::Mend(problems));
    };
    if let Some(account) = &known
        && store::accounts::find_learner(tx, account.id).await?.is_some()
    {
        return Err(No::at("email", "This address belongs to a learner’s account. Staff need one of their own."));
    }
    // Who has not signed up yet may have lost the link: they are sent another one.
    let same = store::attendance::list_of_department(tx, department).await?;
    if same.iter().any(|one| one.signed_up && known.as_ref().is_some_and(|known| known.id == one.account)) {
        return Err(No::at("email", format!("They supervise {department_name} already.")));
    }
    if !really {
        return Ok(());
    }
    let has_password = known.as_ref().is_some_and(|account| account.password_hash.is_some());
    let (account, link, is_new) = match known.filter(|_| has_password) {
        Some(account) => {
            if !memberships.iter().any(|member| member.role == Role::Supervisor) {
                let member = store::accounts::Membership {
                    account: account.id,
                    organisation: Some(organisation),
                    organisation_name: String::new(),
                    role: Role::Supervisor,
                    can_post: false,
                    can_decide: false,
                    can_see_sensitive: false,
                    can_manage: false,
                };
                store::accounts::insert_membership(tx, &member).await?;
            }
            (account.id, format!("{}/supervisor", services.settings.base_url), false)
        }
        None => {
            let none = Rights::default();
            let (account, link) =
                invite_within(tx, services, &email, name, Some(organisation), Role::Supervisor, none).await?;
            (account, link, true)
        }
    };
    store::attendance::add_department(tx, account, department, services.now()).await?;
    let detail = serde_json::json!({ "department": department.to_string() });
    audit::record(
        tx,
        services,
        Some(by),
        Role::Coordinator,
        "add_supervisor",
        "account",
        account,
        Some(organisation),
        detail,
    )
    .await?;
    let outgoing = Outgoing {
        key: format!("supervisor_invited:{account}:{department}:{}", services.now().0),
        to: email,
        template: "supervisor_invited",
        letter: letters::supervisor_invited(name, &department_name, organisation_name, &link, is_new),
        application: None,
    };
    queue(tx, services, outgoing).await?;
    Ok(())
}

/// Somebody no longer supervises a department.
///
/// # Errors
/// [`Error::NotFound`] for another provider's, and for everybody but coordinators who manage members.
pub async fn remove(ctx: &Ctx, account: AccountId, department: DepartmentId) -> Result<()> {
    let services = &ctx.services;
    let (by, organisation, _) = manager(ctx)?;
    let mut tx = services.db.write().await?;
    let list = store::attendance::list_of_organisation(&mut tx, organisation).await?;
    if !list.iter().any(|one| one.account == account && one.department == department) {
        return Err(Error::NotFound);
    }
    store::attendance::remove_department(&mut tx, account, department).await?;
    let detail = serde_json::json!({ "department": department.to_string() });
    audit::record(
        &mut tx,
        services,
        Some(by),
        Role::Coordinator,
        "remove_supervisor",
        "account",
        account,
        Some(organisation),
        detail,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
