//! People who can sign in: accounts, their places in organisations, and what learners answered once.

mod learners;
mod memberships;

pub use learners::{
    Learner, find_learner, insert_learner, learner_answers, link_adviser, save_answers, save_learner,
    school_has_adviser, set_date_of_birth,
};
pub use memberships::{
    Membership, insert_membership, list_coordinators, list_deciders, list_members, list_memberships,
};

use domain::ids::AccountId;
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// A person who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identifier.
    pub id: AccountId,
    /// The address, as [`domain::form::tidy_email`] writes it.
    pub email: String,
    /// Their name as they like it; empty until the form asks.
    pub name: String,
    /// Since when.
    pub created_at: Moment,
    /// Argon2id, as a PHC string; staff only.
    pub password_hash: Option<String>,
    /// The second factor's secret, sealed; staff only.
    pub totp_secret: Option<String>,
    /// The last step of 30 seconds whose code was used: it is not taken again.
    pub totp_last_step: Option<i64>,
    /// Made up for the demonstration.
    pub demonstration: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    email: String,
    name: String,
    created_at: i64,
    password_hash: Option<String>,
    totp_secret: Option<String>,
    totp_last_step: Option<i64>,
    demonstration: bool,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        Self {
            id: AccountId(row.id),
            email: row.email,
            name: row.name,
            created_at: Moment(row.created_at),
            password_hash: row.password_hash,
            totp_secret: row.totp_secret,
            totp_last_step: row.totp_last_step,
            demonstration: row.demonstration,
        }
    }
}

/// Adds an account.
///
/// # Errors
/// [`crate::Error::is_duplicate`] when the address has one already.
pub async fn insert_account(tx: &mut Tx, account: &Account) -> Result<()> {
    exec!(
        tx,
        "insert into accounts (id, email, name, created_at, password_hash, totp_secret, totp_last_step, demonstration) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        account.id.0,
        &account.email,
        &account.name,
        account.created_at.0,
        &account.password_hash,
        &account.totp_secret,
        account.totp_last_step,
        account.demonstration,
    )?;
    Ok(())
}

/// The account with this identifier.
pub async fn find(tx: &mut Tx, id: AccountId) -> Result<Option<Account>> {
    let row = opt!(
        tx,
        Row,
        "select id, email, name, created_at, password_hash, totp_secret, totp_last_step, demonstration from accounts where id = $1",
        id.0
    )?;
    Ok(row.map(Into::into))
}

/// The account with this address.
pub async fn find_by_email(tx: &mut Tx, email: &str) -> Result<Option<Account>> {
    let row = opt!(
        tx,
        Row,
        "select id, email, name, created_at, password_hash, totp_secret, totp_last_step, demonstration from accounts where email = $1",
        email
    )?;
    Ok(row.map(Into::into))
}

/// The people of the demonstration, by name.
pub async fn list_demonstration_accounts(tx: &mut Tx) -> Result<Vec<Account>> {
    let rows = all!(
        tx,
        Row,
        "select id, email, name, created_at, password_hash, totp_secret, totp_last_step, demonstration from accounts where demonstration order by name, email"
    )?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Changes a person's name.
pub async fn set_name(tx: &mut Tx, id: AccountId, name: &str) -> Result<()> {
    exec!(tx, "update accounts set name = $1 where id = $2", name, id.0)?;
    Ok(())
}

/// Gives an account a password and a second factor; `last_step` is the step that proved it.
pub async fn set_credentials(
    tx: &mut Tx,
    id: AccountId,
    password_hash: &str,
    totp_secret: &str,
    last_step: i64,
) -> Result<()> {
    exec!(
        tx,
        "update accounts set password_hash = $1, totp_secret = $2, totp_last_step = $3 where id = $4",
        password_hash,
        totp_secret,
        last_step,
        id.0,
    )?;
    Ok(())
}

/// Uses up a step of the second factor. False when it, or a later one, has been used before.
pub async fn use_totp_step(tx: &mut Tx, id: AccountId, step: i64) -> Result<bool> {
    let changed = exec!(
        tx,
        "update accounts set totp_last_step = $1 where id = $2 and (totp_last_step is null or totp_last_step < $3)",
        step,
        id.0,
        step,
    )?;
    Ok(changed == 1)
}
