//! For whom somebody acts: a linked learner, somebody who has an account, or somebody new.

use chrono::NaiveDate;
use domain::form::{Answers, tidy_email};
use domain::ids::AccountId;
use store::Tx;
use store::accounts::{Account, Learner};

use super::Acting;
use crate::applications::fill::put_birth;
use crate::{Ctx, Error, Result, Services, audit, policy};

/// A learner who agreed to be linked to the signed-in adviser's school.
pub(super) struct Linked {
    pub account: AccountId,
    pub name: String,
    pub email: String,
    born: NaiveDate,
    school: String,
    school_code: String,
}

impl Linked {
    /// What is known of them goes into the answers: the adviser neither sees nor changes it.
    pub(super) fn put(&self, answers: &mut Answers) {
        answers.set("name", self.name.clone());
        put_birth(answers, self.born);
        answers.set("at-school", "yes");
        answers.set("school", self.school.clone());
        answers.set("school-code", self.school_code.clone());
        answers.set("school-not-listed", "");
        answers.set("adviser-may-see", "yes");
    }
}

/// The learner, if they agreed.
///
/// # Errors
/// [`Error::NotFound`] for anybody else.
pub(super) async fn linked(tx: &mut Tx, ctx: &Ctx, learner: AccountId) -> Result<Linked> {
    let (_, _, school) = policy::adviser(ctx)?;
    let found = store::adviser_links::list_learners(tx, school).await?;
    found.into_iter().find(|linked| linked.account == learner).ok_or(Error::NotFound)?;
    let account = store::accounts::find(tx, learner).await?.ok_or(Error::NotFound)?;
    let born = store::accounts::find_learner(tx, learner).await?.ok_or(Error::NotFound)?.date_of_birth;
    let school = store::organisations::find(tx, school).await?.ok_or(Error::NotFound)?;
    Ok(Linked {
        account: account.id,
        name: account.name,
        email: account.email,
        born,
        school: school.name,
        school_code: school.code,
    })
}

/// The account of somebody who rang or wrote: the one that they have, untouched, or a new one, which is theirs
/// as soon as they sign in with a code to its address.
///
/// # Errors
/// [`Error::Refused`] for the address of a member of staff.
pub(super) async fn find_or_make(
    tx: &mut Tx,
    services: &Services,
    acting: &Acting,
    typed: &Answers,
    answers: &Answers,
) -> Result<AccountId> {
    let born = answers.date_of_birth().ok_or_else(|| Error::refused("Enter their date of birth."))?;
    let id = AccountId(services.uuid());
    let email = tidy_email(typed.get("email")).unwrap_or_else(|| domain::form::address_of_nobody(id));
    tx.lock_name(&format!("account {email}")).await?;
    let account = match store::accounts::find_by_email(tx, &email).await? {
        Some(account) => {
            if !store::accounts::list_memberships(tx, account.id).await?.is_empty() {
                return Err(Error::refused("This address cannot be used for an applicant. Ask them for another one."));
            }
            account.id
        }
        None => {
            let account = Account {
                id,
                email,
                name: answers.get("name").to_owned(),
                created_at: services.now(),
                password_hash: None,
                totp_secret: None,
                totp_last_step: None,
                demonstration: false,
            };
            store::accounts::insert_account(tx, &account).await?;
            id
        }
    };
    if store::accounts::find_learner(tx, account).await?.is_none() {
        let learner = Learner { account, date_of_birth: born, answers: answers.clone() };
        store::accounts::insert_learner(tx, &learner).await?;
        audit::record(
            tx,
            services,
            Some(acting.actor),
            acting.role,
            "start_account_for",
            "account",
            account,
            Some(acting.about.organisation),
            serde_json::json!({}),
        )
        .await?;
    }
    Ok(account)
}
