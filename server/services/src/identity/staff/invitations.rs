//! Invitations: the operator makes a link, the member of staff chooses a password and sets up their app.

use std::fmt;

use domain::Role;
use domain::form;
use domain::ids::AccountId;
use serde_json::json;
use store::Tx;
use store::accounts::{Account, Membership};
use store::sign_ins::Invitation;

use super::super::learners::six_digits;
use super::super::{home_of, open_session, sessions};
use super::{Qr, password, second_factor};
use crate::context::hash;
use crate::{Ctx, Error, Result, Services, audit};

const DAYS: i64 = 7;
const SHORTEST: usize = 12;
const LONGEST: usize = 200;
/// Fewer different characters than this are a pattern, not a password.
const FEWEST_DIFFERENT: usize = 5;

/// What a member may do in the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four rights, each given by itself")]
pub struct Rights {
    /// May post opportunities.
    pub can_post: bool,
    /// May decide applications.
    pub can_decide: bool,
    /// May see access needs.
    pub can_see_sensitive: bool,
    /// May manage members.
    pub can_manage: bool,
}

impl Rights {
    /// Every right.
    pub const ALL: Self = Self { can_post: true, can_decide: true, can_see_sensitive: true, can_manage: true };
}

/// Invites a member of staff, or lets one begin again; the link, which works once within 7 days.
///
/// # Errors
/// [`Error::Refused`] when the address, the role or the organisation will not do, in words that say why.
pub async fn invite_staff(
    services: &Services,
    email: &str,
    name: &str,
    organisation: Option<&str>,
    role: Role,
    rights: Rights,
) -> Result<String> {
    let email = form::tidy_email(email)
        .ok_or_else(|| Error::refused(format!("{email:?} is not an email address, like name@example.com.")))?;
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::refused("Say the person's name, such as --name \"Sam Okafor\"."));
    }
    if !matches!(role, Role::Coordinator | Role::Supervisor | Role::Adviser | Role::National) {
        return Err(Error::refused(format!(
            "Nobody is invited as {}. Choose coordinator, supervisor, adviser or national.",
            role.as_str()
        )));
    }
    let mut tx = services.db.write().await?;
    let organisation = match organisation.filter(|code| !code.trim().is_empty()) {
        Some(code) => {
            let found = store::organisations::find_by_code(&mut tx, code).await?;
            Some(
                found
                    .ok_or_else(|| {
                        Error::refused(format!("There is no organisation with the code {code:?}. Import it first."))
                    })?
                    .id,
            )
        }
        None if role == Role::National => None,
        None => return Err(Error::refused("Say which organisation the person belongs to, by its code.")),
    };
    let (_, link) = invite_within(&mut tx, services, &email, name, organisation, role, rights).await?;
    tx.commit().await?;
    Ok(link)
}

/// The same inside a transaction, by the organisation itself: the account, and the link. The address is
/// tidy and the name is not empty.
///
/// # Errors
/// [`Error::Refused`] when the address is a learner's.
pub(crate) async fn invite_within(
    tx: &mut Tx,
    services: &Services,
    email: &str,
    name: &str,
    organisation: Option<domain::ids::OrganisationId>,
    role: Role,
    rights: Rights,
) -> Result<(AccountId, String)> {
    tx.lock_name(&format!("account {email}")).await?;
    let account = match store::accounts::find_by_email(tx, email).await? {
        Some(account) if store::accounts::find_learner(tx, account.id).await?.is_some() => {
            return Err(Error::refused(format!(
                "{email} belongs to a learner's account. Staff need an address of their own."
            )));
        }
        Some(account) => {
            store::accounts::set_name(tx, account.id, name).await?;
            account.id
        }
        None => add_account(tx, services, email, name).await?,
    };
    store::accounts::insert_membership(
        tx,
        &Membership {
            account,
            organisation,
            organisation_name: String::new(),
            role,
            can_post: rights.can_post,
            can_decide: rights.can_decide,
            can_see_sensitive: rights.can_see_sensitive,
            can_manage: rights.can_manage,
        },
    )
    .await?;

    let now = services.now();
    let token = services.token();
    store::sign_ins::withdraw_invitations(tx, account, now).await?;
    store::sign_ins::insert_invitation(
        tx,
        &Invitation {
            token_hash: hash(&token),
            account,
            created_at: now,
            ends_at: now.plus_days(DAYS),
            totp_secret: second_factor::new_secret(services, account)?,
        },
    )
    .await?;
    let detail = json!({ "role": role.as_str() });
    audit::record(tx, services, None, Role::System, "invite_staff", "account", account, organisation, detail).await?;
    Ok((account, format!("{}/staff/invitation/{token}", services.settings.base_url)))
}

async fn add_account(tx: &mut Tx, services: &Services, email: &str, name: &str) -> Result<AccountId> {
    let account = Account {
        id: AccountId(services.uuid()),
        email: email.to_owned(),
        name: name.to_owned(),
        created_at: services.now(),
        password_hash: None,
        totp_secret: None,
        totp_last_step: None,
        demonstration: false,
    };
    store::accounts::insert_account(tx, &account).await?;
    Ok(account.id)
}

/// An invitation, as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationView {
    /// For whom.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their organisation's name; empty for the national team.
    pub organisation: String,
    /// The second factor's secret, in groups of four.
    pub secret: String,
    /// The same as a picture.
    pub qr: Qr,
}

/// Shows an open invitation.
///
/// # Errors
/// [`Error::NotFound`] when it was used, has ended, or never was.
pub async fn view_invitation(ctx: &Ctx, token: &str) -> Result<InvitationView> {
    let services = &*ctx.services;
    let mut tx = services.db.read().await?;
    let (invitation, account) = find(&mut tx, services, token).await?;
    let memberships = store::accounts::list_memberships(&mut tx, account.id).await?;
    let secret = second_factor::in_base32(services, account.id, &invitation.totp_secret)?;
    Ok(InvitationView {
        qr: Qr::of(&second_factor::address(&account.email, &secret))?,
        secret: secret
            .as_bytes()
            .chunks(4)
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect::<Vec<_>>()
            .join(" "),
        name: account.name,
        email: account.email,
        organisation: memberships.into_iter().next().map(|membership| membership.organisation_name).unwrap_or_default(),
    })
}

async fn find(tx: &mut Tx, services: &Services, token: &str) -> Result<(Invitation, Account)> {
    let invitation =
        store::sign_ins::find_open_invitation(tx, &hash(token), services.now()).await?.ok_or(Error::NotFound)?;
    let account = store::accounts::find(tx, invitation.account).await?.ok_or(Error::NotFound)?;
    Ok((invitation, account))
}

/// What became of an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// Accepted, and signed in.
    In {
        /// For the session's cookie.
        session: String,
        /// The page to go to.
        go_to: String,
    },
    /// Something needs mending.
    Problems(Vec<InvitationProblem>),
}

/// What is wrong with a new password or the first code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationProblem {
    /// Under 12 characters.
    Short,
    /// Over 200 characters.
    Long,
    /// It holds the person's name or address.
    Personal,
    /// A few characters again and again.
    Plain,
    /// Not the code that the app shows.
    Code,
}

impl InvitationProblem {
    /// Every one.
    pub const ALL: [Self; 5] = [Self::Short, Self::Long, Self::Personal, Self::Plain, Self::Code];

    /// The word in the page's address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
            Self::Personal => "personal",
            Self::Plain => "plain",
            Self::Code => "code",
        }
    }
    /// The reverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.as_str() == word)
    }
    /// The field it is about.
    #[must_use]
    pub fn field(self) -> &'static str {
        if self == Self::Code { "code" } else { "password" }
    }
}

impl fmt::Display for InvitationProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => {
                write!(f, "Enter a password of {SHORTEST} characters or more. Three words of your own are a good one")
            }
            Self::Long => write!(f, "Enter a password of {LONGEST} characters or fewer"),
            Self::Personal => write!(f, "Enter a password without your name or email address in it"),
            Self::Plain => write!(f, "Enter a password with at least {FEWEST_DIFFERENT} different characters"),
            Self::Code => write!(f, "Enter the 6-digit code that your app shows now"),
        }
    }
}

/// Takes a password and the first code of the app, and signs in. Other sessions of the account end.
///
/// # Errors
/// [`Error::NotFound`] when the invitation was used, has ended, or never was.
pub async fn accept_invitation(ctx: &Ctx, token: &str, password: &str, code: &str) -> Result<Accepted> {
    let services = &*ctx.services;
    let mut tx = services.db.read().await?;
    let (invitation, account) = find(&mut tx, services, token).await?;
    drop(tx);

    let mut problems: Vec<InvitationProblem> = check_password(password, &account).into_iter().collect();
    let step = match six_digits(code) {
        Some(code) => second_factor::step_of(services, account.id, &invitation.totp_secret, &code)?,
        None => None,
    };
    let Some(step) = step.filter(|_| problems.is_empty()) else {
        if step.is_none() {
            problems.push(InvitationProblem::Code);
        }
        return Ok(Accepted::Problems(problems));
    };
    let hashed = password::hash(services, password).await?;

    let now = services.now();
    let mut tx = services.db.write().await?;
    if !store::sign_ins::use_invitation(&mut tx, &invitation.token_hash, now).await? {
        return Err(Error::NotFound);
    }
    store::accounts::set_credentials(&mut tx, account.id, &hashed, &invitation.totp_secret, step).await?;
    store::sign_ins::revoke_all_sessions(&mut tx, account.id, now).await?;
    let session = open_session(&mut tx, services, account.id).await?;
    sessions::note(&mut tx, services, account.id, "accept_invitation", json!({})).await?;
    let memberships = store::accounts::list_memberships(&mut tx, account.id).await?;
    tx.commit().await?;
    Ok(Accepted::In { session, go_to: home_of(memberships.first().map(|membership| membership.role)).to_owned() })
}

fn check_password(password: &str, account: &Account) -> Option<InvitationProblem> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(InvitationProblem::Short);
    }
    if length > LONGEST {
        return Some(InvitationProblem::Long);
    }
    let lower = password.to_lowercase();
    let local = account.email.split('@').next().unwrap_or_default();
    // Parts of two letters are in too many words to mean anything.
    let personal = account
        .name
        .split_whitespace()
        .map(str::to_lowercase)
        .chain([local.to_owned()])
        .any(|part| part.chars().count() > 2 && lower.contains(&part));
    if personal {
        return Some(InvitationProblem::Personal);
    }
    let different: std::collections::BTreeSet<char> = lower.chars().collect();
    (different.len() < FEWEST_DIFFERENT).then_some(InvitationProblem::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::Moment;

    #[test]
    fn a_password_is_long_and_not_about_the_person() {
        let account = Account {
            id: AccountId(uuid::Uuid::nil()),
            email: "s.okafor@trust.example".into(),
            name: "Sam Okafor".into(),
            created_at: Moment(0),
            password_hash: None,
            totp_secret: None,
            totp_last_step: None,
            demonstration: false,
        };
        let check = |password: &str| check_password(password, &account);
        assert_eq!(check("elevenchars"), Some(InvitationProblem::Short));
        assert_eq!(check("twelve chars"), None);
        assert_eq!(check("twelve OKAFOR chars"), Some(InvitationProblem::Personal));
        assert_eq!(check("my s.okafor pass"), Some(InvitationProblem::Personal));
        assert_eq!(check("ababababababab"), Some(InvitationProblem::Plain));
        assert_eq!(check(&"long words ".repeat(20)), Some(InvitationProblem::Long));
        for problem in InvitationProblem::ALL {
            assert_eq!(InvitationProblem::parse(problem.as_str()), Some(problem));
        }
    }
}
